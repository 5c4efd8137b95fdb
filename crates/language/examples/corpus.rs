//! Parses documents for the comparison with Python spaCy: `corpus MODEL CORPUS`.
//!
//! CORPUS has a line of JSON a document, `{"paragraphs": [...]}`; the parse of each goes to stdout, a line a document.
//! Spans are byte ranges of the paragraphs joined by line ends.

// An example is a program: it may touch files.
#![allow(clippy::disallowed_methods)]

use std::{
    error::Error,
    io::{BufRead, BufReader, Write},
    ops::Range,
    path::PathBuf,
};

#[derive(serde::Deserialize)]
struct Document {
    paragraphs: Vec<String>,
}

impl Document {
    fn join(&self) -> (String, Vec<Range<usize>>) {
        let text = self.paragraphs.join("\n");
        let mut at = 0;
        let ranges = self.paragraphs.iter().map(|paragraph| {
            let start = at;
            at += paragraph.len() + 1;
            start..start + paragraph.len()
        });
        let ranges = ranges.collect();
        (text, ranges)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [model, corpus] = &arguments[..] else {
        return Err("usage: corpus MODEL CORPUS".into());
    };
    let pipeline = language::Pipeline::load(model)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in BufReader::new(std::fs::File::open(corpus)?).lines() {
        let (text, paragraphs) = serde_json::from_str::<Document>(&line?)?.join();
        serde_json::to_writer(&mut out, &pipeline.parse(&text, &paragraphs))?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}

//! Parses the lines of files as paragraphs and writes each file's parse as one line of JSON: `parse MODEL FILES…`.

use std::{error::Error, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [model, files @ ..] = &arguments[..] else {
        return Err("usage: parse MODEL FILES…".into());
    };
    let pipeline = language::Pipeline::load(model)?;
    for file in files {
        let text = std::fs::read_to_string(file)?;
        let mut at = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            let start = at;
            at += line.len();
            start..start + line.strip_suffix('\n').unwrap_or(line).len()
        });
        let lines: Vec<_> = lines
            .filter(|line| !text[line.clone()].trim().is_empty())
            .collect();
        println!("{}", serde_json::to_string(&pipeline.parse(&text, &lines))?);
    }
    Ok(())
}

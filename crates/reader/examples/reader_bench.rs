//! What reading costs beside the language engine: `reader_bench DATA_DIR CORPUS`.
//!
//! The corpus holds a document a line, `{"paragraphs": [...]}`. Every document is parsed by one pipeline and read whole
//! by another (each with caches of its own, the order turned every time), and the processor time of each is summed: one
//! line of JSON with both, their ratio, the speed of the first look, and the cost of texts built to be hard at one, two
//! and four times a length.

// An example is a program: it may touch files and clocks.
#![allow(clippy::disallowed_methods)]

use std::{error::Error, fs, path::Path, time::Instant};

use reader::{
    Input, Resources,
    claims::judge::{Judge, encoded, linear},
    first_look,
    read::places::Gazetteer,
};

#[derive(serde::Deserialize)]
struct Document {
    paragraphs: Vec<String>,
}

/// Seconds this thread has run on a processor; by the clock where the system does not tell.
fn seconds(start: Instant) -> f64 {
    fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|stat| stat.split_whitespace().next()?.parse::<u64>().ok())
        .map_or_else(|| start.elapsed().as_secs_f64(), |nanos| nanos as f64 / 1e9)
}

fn load(data: &Path) -> Result<Resources, Box<dyn Error>> {
    let base = fs::read(data.join("minilm-l6.bin"))?;
    let model = encoder::Model::read(base, Some(encoded::TUNED.bytes.into()))?;
    let judge = Judge::Encoded(Box::new(encoded::Encoded::new(
        model,
        linear::shipped().clone(),
    )?));
    Ok(Resources {
        pipeline: language::Pipeline::load(&data.join("en_core_web_sm-3.8.0.bin"))?,
        gazetteer: Gazetteer::from_bytes(fs::read(data.join("gazetteer.bin"))?)?,
        judge,
        files: "unnamed".to_owned(),
    })
}

fn input(text: &str) -> Input {
    Input {
        name: "bench".to_owned(),
        bytes: text.as_bytes().to_vec(),
        ..Input::default()
    }
}

/// Texts that would punish anything that walks a text again for each of its parts.
fn hard(shape: &str, n: usize) -> String {
    match shape {
        "sentences" => "Police said two men were shot in the market on Monday. ".repeat(n),
        "figures" => (0..n)
            .map(|i| format!("{} were killed and {} hurt, ", i % 90, i % 70))
            .collect(),
        "quotes" => format!("{}he said{}", "“They said ".repeat(n), "”".repeat(n)),
        _ => "Three people, a man, his wife and ".repeat(n),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, corpus] = &arguments[..] else {
        return Err("usage: reader_bench DATA_DIR CORPUS".into());
    };
    let start = Instant::now();
    let (engine, whole) = (load(Path::new(data))?, load(Path::new(data))?);
    let texts: Vec<String> = fs::read_to_string(corpus)?
        .lines()
        .map(|line| {
            Ok(serde_json::from_str::<Document>(line)?
                .paragraphs
                .join("\n\n"))
        })
        .collect::<Result<_, serde_json::Error>>()?;
    let (mut parse_seconds, mut read_seconds, mut tokens) = (0.0, 0.0, 0);
    for (number, text) in texts.iter().enumerate() {
        let mut parse = || {
            let before = seconds(start);
            tokens += engine.pipeline.parse_text(text).len();
            parse_seconds += seconds(start) - before;
        };
        let mut read = || {
            let input = input(text);
            let before = seconds(start);
            let _ = reader::read_whole(&input, &whole);
            read_seconds += seconds(start) - before;
        };
        if number % 2 == 0 {
            parse();
            read();
        } else {
            read();
            parse();
        }
    }
    // Nothing in scope is the worst case: every byte is looked at.
    let sentence =
        "The committee met on Tuesday to set a budget for the coming year and heard the clerk. ";
    let dull = sentence.repeat(100_000);
    let before = seconds(start);
    let seen = first_look::in_scope(&dull);
    let look = dull.len() as f64 / 1e6 / (seconds(start) - before);
    let mut growth = serde_json::Map::new();
    for shape in ["sentences", "figures", "quotes", "list"] {
        let costs: Vec<f64> = [2500, 5000, 10_000]
            .into_iter()
            .map(|n| {
                let input = input(&hard(shape, n));
                let before = seconds(start);
                let _ = reader::read_whole(&input, &whole);
                seconds(start) - before
            })
            .collect();
        growth.insert(shape.to_owned(), serde_json::json!(costs));
    }
    println!(
        "{}",
        serde_json::json!({
            "tokens": tokens,
            "engine_seconds": parse_seconds,
            "reader_seconds": read_seconds,
            "ratio": read_seconds / parse_seconds,
            "first_look_megabytes_a_second": look,
            "first_look_in_scope": seen,
            "seconds_at_2500_5000_10000": growth,
        })
    );
    Ok(())
}

//! Measures our side of the speed comparison: `bench MODEL CORPUS THREADS`.
//!
//! Parses the corpus (see the `corpus` example) once, with empty caches, each document by itself, and writes one line
//! of JSON: tokens, seconds by the clock and on the processor, and the machine's own rate of f32 multiply-adds in the
//! kernel's best case.

// An example is a program: it may touch files and clocks.
#![allow(clippy::disallowed_methods)]

use std::{
    error::Error,
    ops::Range,
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
    time::Instant,
};

#[derive(serde::Deserialize)]
struct Document {
    paragraphs: Vec<String>,
}

fn join(line: &str) -> serde_json::Result<(String, Vec<Range<usize>>)> {
    let document: Document = serde_json::from_str(line)?;
    let text = document.paragraphs.join("\n");
    let mut at = 0;
    let ranges = document.paragraphs.iter().map(|paragraph| {
        let start = at;
        at += paragraph.len() + 1;
        start..start + paragraph.len()
    });
    let ranges = ranges.collect();
    Ok((text, ranges))
}

/// Nanoseconds this thread has run on a processor, where the system tells.
fn on_processor() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split_whitespace().next()?.parse().ok()
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, corpus, threads] = &arguments[..] else {
        return Err("usage: bench MODEL CORPUS THREADS".into());
    };
    let loading = Instant::now();
    let pipeline = language::Pipeline::load(model.as_ref())?;
    let loading = loading.elapsed().as_secs_f64();
    let corpus = std::fs::read_to_string(corpus)?;
    let documents: Vec<_> = corpus.lines().map(join).collect::<Result<_, _>>()?;
    let next = AtomicUsize::new(0);
    let tokens = AtomicUsize::new(0);
    let busy = AtomicU64::new(0);
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads.parse().unwrap_or(1) {
            scope.spawn(|| {
                let before = on_processor().unwrap_or(0);
                while let Some((text, paragraphs)) =
                    documents.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    let parsed = pipeline.parse(text, paragraphs).len();
                    tokens.fetch_add(parsed, Ordering::Relaxed);
                }
                let after = on_processor().unwrap_or(0);
                busy.fetch_add(after - before, Ordering::Relaxed);
            });
        }
    });
    let seconds = start.elapsed().as_secs_f64();
    let rate = language::speed::matrix_rate(|| Instant::now().duration_since(start).as_secs_f64());
    println!(
        "{}",
        serde_json::json!({
            "tokens": tokens.load(Ordering::Relaxed),
            "seconds": seconds,
            "processor_seconds": busy.load(Ordering::Relaxed) as f64 / 1e9,
            "load_seconds": loading,
            "multiply_adds_per_second": rate,
            "multiply_adds_per_token": language::speed::multiply_adds(&pipeline),
        })
    );
    Ok(())
}

//! Which of the towns named is the happening's, and which mention of it says so best.
//!
//! What comes in: candidates with features. What goes out: their scores. Boosted trees choose the town
//! (`crates/reader/data/town-ranker.tre`); linear weights, one feature a line in `crates/reader/data/town-ranker.txt`, choose the mention.
//! Both are written by `cargo run --release -p crossbearing-score --example train_towns -- GVA.jsonl crates/reader/data`.

use std::sync::LazyLock;

use super::towns::{Candidate, FEATURES};
use crate::learned::trees::Trees;

/// The trees; none if the bytes are no trees, and then the weights choose the town too.
static TREES: LazyLock<Option<Trees>> =
    LazyLock::new(|| Trees::read(include_bytes!("../../../data/town-ranker.tre")).ok());

/// Weights as [`FEATURES`] orders them.
static WEIGHTS: LazyLock<Vec<f32>> =
    LazyLock::new(|| read(include_str!("../../../data/town-ranker.txt")));

/// Reads lines "name weight"; a feature without a line weighs nothing, lines that begin with `#` are comments.
fn read(text: &str) -> Vec<f32> {
    let mut out = vec![0.0; FEATURES.len()];
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let (Some(name), Some(weight)) = (words.next(), words.next()) else {
            continue;
        };
        if let (Some(at), Ok(weight)) = (
            FEATURES.iter().position(|known| *known == name),
            weight.parse(),
        ) {
            out[at] = weight;
        }
    }
    out
}

/// How well a candidate fits, in points of log-odds against the others of its report.
pub fn score(candidate: &Candidate) -> f32 {
    match TREES.as_ref() {
        Some(trees) => trees.score(&candidate.features),
        None => weigh(&candidate.features),
    }
}

/// The same for the features of one mention.
pub fn weigh(features: &[f32]) -> f32 {
    features
        .iter()
        .zip(WEIGHTS.iter())
        .map(|(value, weight)| value * weight)
        .sum()
}

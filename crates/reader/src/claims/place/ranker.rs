//! Which of the towns named is the event's, and which mention of it says so best.
//!
//! What comes in: candidates with features. What goes out: their scores. Boosted trees choose the town
//! (`crates/reader/data/town-ranker.trees`); linear weights, one feature a line in
//! `crates/reader/data/town-ranker.weights`, choose the mention. Both are made by the stage `towns` of
//! `crossbearing-learn`.

use std::sync::LazyLock;

use super::towns::{Candidate, FEATURES};
use crate::learned::{
    trees::Trees,
    weights::{self, File, WeightsError},
};

/// The files: trees, and weights of the mentions.
pub static FILES: [File; 2] = [
    File {
        path: "crates/reader/data/town-ranker.trees",
        stage: "towns",
        features: FEATURES,
        bytes: include_bytes!("../../../data/town-ranker.trees"),
    },
    File {
        path: "crates/reader/data/town-ranker.weights",
        stage: "towns",
        features: FEATURES,
        bytes: include_bytes!("../../../data/town-ranker.weights"),
    },
];

/// Trees, and weights as [`FEATURES`] orders them.
static SHIPPED: LazyLock<Result<(Trees, Vec<f32>), WeightsError>> = LazyLock::new(|| {
    let [trees, weights] = &FILES;
    Ok((trees.trees()?, weights.named()?))
});

/// Whether the files of this build fit its code.
///
/// # Errors
/// If one does not.
pub fn check() -> Result<(), WeightsError> {
    weights::checked(&SHIPPED)
}

/// How well a candidate fits, in points of log-odds against the others of its report.
pub fn score(candidate: &Candidate) -> f32 {
    weights::shipped(&SHIPPED).0.score(&candidate.features)
}

/// The same for the features of one mention.
pub fn weigh(features: &[f32]) -> f32 {
    features
        .iter()
        .zip(&weights::shipped(&SHIPPED).1)
        .map(|(value, weight)| value * weight)
        .sum()
}

//! How the features are weighed, from a file that a person can read.

use super::{features::N, trees::Tree};

/// Learned by `cargo run --release -p crossbearing-score --example train_link`; the head of the file says on what and what it earned.
const SHIPPED: &str = include_str!("../../data/link-weights.txt");

/// Trees over the features whose answers add up.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// The trees.
    pub trees: Vec<Tree>,
    /// Log odds before any feature is looked at.
    pub constant: f64,
    /// Mean score from which two groups are joined, 0–1.
    pub cut: f64,
}

impl Weights {
    /// Those that come with the program.
    pub fn shipped() -> Self {
        Self::parse(SHIPPED)
    }

    /// Reads lines: `constant value`, `cut value`, or a tree; lines that start with `#` are remarks, others are passed over.
    pub fn parse(text: &str) -> Self {
        let mut out = Self {
            trees: Vec::new(),
            constant: 0.0,
            cut: 0.5,
        };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            match line.split_once(' ') {
                Some(("constant", value)) => out.constant = value.parse().unwrap_or(0.0),
                Some(("cut", value)) => out.cut = value.parse().unwrap_or(0.5),
                _ => out.trees.extend(Tree::parse(line)),
            }
        }
        out
    }

    /// Log odds that a pair with these features is one incident.
    pub fn odds(&self, features: &[f64; N]) -> f64 {
        let sum: f64 = self.trees.iter().map(|tree| tree.score(features)).sum();
        sum + self.constant
    }

    /// What each feature adds to the log odds of a pair.
    pub fn shares(&self, features: &[f64; N]) -> [f64; N] {
        let mut out = [0.0; N];
        self.trees
            .iter()
            .for_each(|tree| tree.share(features, &mut out));
        out
    }
}

/// Chance from log odds.
pub fn chance(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_is_read_whole() {
        let weights = Weights::shipped();
        let lines = SHIPPED
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count();
        assert_eq!(weights.trees.len() + 2, lines);
        assert!(weights.cut > 0.1 && weights.cut < 0.9);
    }

    #[test]
    fn shares_and_what_every_pair_has_add_up() {
        let weights = Weights::shipped();
        let features = [0.3; N];
        let roots: f64 = weights.trees.iter().map(|tree| tree.knots[0].value).sum();
        let sum: f64 = weights.shares(&features).iter().sum();
        assert!((sum + roots + weights.constant - weights.odds(&features)).abs() < 1e-6);
    }
}

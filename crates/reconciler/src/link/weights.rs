//! The weights of the features, from a file that a person can read.

use super::features::{N, NAMES};

/// Learned by `cargo run --release -p crossbearing-score --example train_link`; the head of the file says on what and what it earned.
const SHIPPED: &str = include_str!("../../data/link-weights.txt");

/// Weights of a logistic score.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// By feature, in the order of [`NAMES`].
    pub features: [f64; N],
    /// The constant.
    pub constant: f64,
    /// Mean score from which two groups are joined, 0–1.
    pub cut: f64,
}

impl Weights {
    /// Those that come with the program.
    pub fn shipped() -> Self {
        Self::parse(SHIPPED)
    }

    /// Reads lines `name value`; lines that start with `#` are remarks, names that are not features are passed over.
    pub fn parse(text: &str) -> Self {
        let mut out = Self {
            features: [0.0; N],
            constant: 0.0,
            cut: 0.5,
        };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let (Some(name), Some(Ok(value))) = (words.next(), words.next().map(str::parse::<f64>))
            else {
                continue;
            };
            match name {
                "constant" => out.constant = value,
                "cut" => out.cut = value,
                _ => {
                    if let Some(at) = NAMES.iter().position(|known| *known == name) {
                        out.features[at] = value;
                    }
                }
            }
        }
        out
    }

    /// Log odds that a pair with these features is one incident.
    pub fn odds(&self, features: &[f64; N]) -> f64 {
        let sum: f64 = self.features.iter().zip(features).map(|(w, x)| w * x).sum();
        sum + self.constant
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
    fn the_shipped_weights_name_every_feature() {
        for name in NAMES.iter().chain(&["constant", "cut"]) {
            let line = SHIPPED
                .lines()
                .find(|line| line.split_whitespace().next() == Some(name));
            assert!(line.is_some(), "no weight of {name}");
        }
        let weights = Weights::shipped();
        assert!(weights.cut > 0.1 && weights.cut < 0.9);
        assert!(weights.features.iter().all(|weight| weight.abs() < 20.0));
    }
}

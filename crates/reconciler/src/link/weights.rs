//! How the features are weighed, from a file that a person can read.

use super::{features::N, trees::Tree};

/// Made by the stage `link` of `crossbearing-learn`; the head of the file says on what and what it earned.
const SHIPPED: &str = include_str!("../../data/link-weights.txt");
/// Path of the file from the root of the repository.
pub const FILE: &str = "crates/reconciler/data/link-weights.txt";

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

/// Why the weights of the linker are refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeightsError {
    /// The line, counted from one; `None` where one is missing.
    line: Option<usize>,
    /// What is wrong.
    fault: String,
}

impl std::fmt::Display for WeightsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the weights {FILE} do not fit this program: ")?;
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        write!(
            f,
            "{}; `cargo run --release -p crossbearing-learn -- link --adopt` makes them again",
            self.fault
        )
    }
}

impl std::error::Error for WeightsError {}

/// Whether the weights that come with the program fit its code.
///
/// # Errors
/// If they do not.
pub fn check() -> Result<(), WeightsError> {
    Weights::parse(SHIPPED).map(|_| ())
}

impl Weights {
    /// Those that come with the program.
    ///
    /// # Panics
    /// If the file does not fit the code: [`check`] says so first.
    pub fn shipped() -> Self {
        Self::parse(SHIPPED).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Reads lines: `constant value`, `cut value`, each once, or a tree; lines that start with `#` are comments.
    ///
    /// # Errors
    /// If a line is none of these, a tree looks at a feature that is none, or constant, cut or all trees are missing.
    pub fn parse(text: &str) -> Result<Self, WeightsError> {
        let (mut constant, mut cut, mut trees) = (None, None, Vec::new());
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |fault: String| WeightsError {
                line: Some(at + 1),
                fault,
            };
            let number = |value: &str| {
                value
                    .parse::<f64>()
                    .map_err(|_| wrong(format!("`{value}` is no number")))
            };
            match line.split_once(' ') {
                Some(("constant", value)) => constant = Some(number(value)?),
                Some(("cut", value)) => cut = Some(number(value)?),
                _ => trees.push(Tree::parse(line).map_err(wrong)?),
            }
        }
        let missing = |name: &str| WeightsError {
            line: None,
            fault: format!("it has no {name}"),
        };
        if trees.is_empty() {
            return Err(missing("tree"));
        }
        Ok(Self {
            trees,
            constant: constant.ok_or_else(|| missing("constant"))?,
            cut: cut.ok_or_else(|| missing("cut"))?,
        })
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
    fn a_feature_that_is_none_is_named_and_so_is_what_is_missing() {
        let weights = Weights::parse(SHIPPED).expect("the file that ships");
        assert!(weights.cut > 0.1 && weights.cut < 0.9);
        let of = |text: &str| Weights::parse(text).unwrap_err().to_string();
        let misspelt = of(&SHIPPED.replace("town_far", "town_fra"));
        for words in ["`town_fra`", "town_far", FILE, "-- link --adopt"] {
            assert!(misspelt.contains(words), "{words} in {misspelt}");
        }
        assert!(of("constant 1\n= 0.5\n").contains("it has no cut"));
        assert!(of("constant x\n").contains("line 1: `x` is no number"));
        assert!(of("constant 1\ncut 0.3\n").contains("it has no tree"));
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

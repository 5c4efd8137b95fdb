//! Decision trees whose answers add up, in a form that a person can read: what each feature of a pair adds can be told.
//!
//! A line is a tree, written from its root: `name threshold value` is a fork, whose left side (values up to the
//! threshold) follows, then its right side; `= value` is an end. A value is what the tree says of the pairs that come
//! there, as log odds.

use super::features::{N, NAMES};

/// A fork or, where there is no feature, an end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Knot {
    /// Place of the feature in [`NAMES`].
    pub feature: Option<usize>,
    /// Left up to this value.
    pub threshold: f64,
    /// What the tree says of all that come here.
    pub value: f64,
    /// Place of the right side among the knots; the left side comes next.
    pub right: usize,
}

/// A tree; the first knot is the root.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// From the root, left before right.
    pub knots: Vec<Knot>,
}

impl Tree {
    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it, when it is no tree: a feature that is none is named with those that there are.
    pub fn parse(line: &str) -> Result<Self, String> {
        let mut out = Self::default();
        let mut words = line.split_whitespace();
        // Forks whose right side is still to come.
        let mut open: Vec<(usize, bool)> = Vec::new();
        loop {
            let short = || "the tree is cut short".to_owned();
            let name = words.next().ok_or_else(short)?;
            let at = out.knots.len();
            let mut knot = Knot {
                feature: None,
                threshold: 0.0,
                value: 0.0,
                right: 0,
            };
            if name != "=" {
                let at = NAMES.iter().position(|known| *known == name);
                let unknown = || format!("`{name}` is no feature; there are {}", NAMES.join(", "));
                knot.feature = Some(at.ok_or_else(unknown)?);
                knot.threshold = number(words.next())?;
            }
            knot.value = number(words.next())?;
            out.knots.push(knot);
            if knot.feature.is_some() {
                open.push((at, false));
                continue;
            }
            while let Some((fork, true)) = open.last() {
                let _ = fork;
                open.pop();
            }
            let Some((fork, right)) = open.last_mut() else {
                return match words.next() {
                    None => Ok(out),
                    Some(word) => Err(format!("`{word}` stands behind the tree")),
                };
            };
            *right = true;
            out.knots[*fork].right = out.knots.len();
        }
    }

    /// The line that [`Self::parse`] reads.
    pub fn line(&self) -> String {
        let word = |knot: &Knot| match knot.feature.and_then(|at| NAMES.get(at)) {
            Some(name) => format!("{name} {} {}", knot.threshold, knot.value),
            None => format!("= {}", knot.value),
        };
        let words: Vec<String> = self.knots.iter().map(word).collect();
        words.join(" ")
    }

    /// Goes from the root to an end; `step` is told of each fork's feature and by how much the side taken differs from
    /// the fork.
    fn walk(&self, features: &[f64; N], mut step: impl FnMut(usize, f64)) -> f64 {
        let mut at = 0;
        while let Some(knot) = self.knots.get(at) {
            let Some(feature) = knot.feature else {
                return knot.value;
            };
            let left = features[feature] <= knot.threshold;
            // A right side lies behind its fork, so that this ends.
            at = if left { at + 1 } else { knot.right.max(at + 1) };
            let value = self.knots.get(at).map_or(knot.value, |next| next.value);
            step(feature, value - knot.value);
        }
        0.0
    }

    /// What the tree says of a pair.
    pub fn score(&self, features: &[f64; N]) -> f64 {
        self.walk(features, |_, _| {})
    }

    /// Adds to `shares` what each feature adds.
    pub fn share(&self, features: &[f64; N], shares: &mut [f64; N]) {
        self.walk(features, |feature, gain| shares[feature] += gain);
    }
}

fn number(word: Option<&str>) -> Result<f64, String> {
    let word = word.ok_or("the tree is cut short")?;
    word.parse().map_err(|_| format!("`{word}` is no number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_and_written_and_walked() {
        let line = "title 0.5 0.1 lead 0.25 -0.5 = -1 = 0.5 = 2";
        let tree = Tree::parse(line).unwrap();
        assert_eq!(tree.line(), line);
        let mut features = [0.0; N];
        let at = |name| NAMES.iter().position(|known| *known == name).unwrap();
        assert_eq!(tree.score(&features), -1.0);
        features[at("lead")] = 0.3;
        assert_eq!(tree.score(&features), 0.5);
        let mut shares = [0.0; N];
        tree.share(&features, &mut shares);
        assert!(
            (shares[at("title")] + 0.6).abs() < 1e-9 && (shares[at("lead")] - 1.0).abs() < 1e-9
        );
        features[at("title")] = 0.6;
        assert_eq!(tree.score(&features), 2.0);
        assert_eq!(Tree::parse("= 3").unwrap().score(&features), 3.0);
        for broken in ["", "title 0.5 0.1 = 1", "= 1 = 2", "nothing 1 1 = 1 = 1"] {
            assert!(Tree::parse(broken).is_err(), "{broken}");
        }
    }
}

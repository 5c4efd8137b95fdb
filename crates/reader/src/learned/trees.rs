//! Boosted trees over a few dense figures: many small decision trees whose leaves add up to the log-odds of yes.
//!
//! Comes in: the figures of one thing to judge, always in the same order. Goes out: its score. For decisions over a
//! handful of aggregates, where thresholds and their combination matter and a linear model is too blunt; see
//! [`super::Linear`] for words.

use super::FormatError;

const MAGIC: &[u8; 4] = b"TRE2";

/// A fork of a tree: left when the figure is at most the threshold. Children from 0 up are forks of the same tree,
/// below 0 leaves (-1 is leaf 0).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fork {
    /// Which figure is looked at.
    pub figure: u8,
    /// Where it goes on for at most the threshold.
    pub left: i8,
    /// Where it goes on for more.
    pub right: i8,
    /// The threshold.
    pub threshold: f32,
}

/// One tree: forks, the first the root, and leaves. A tree without forks is its only leaf.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// The forks.
    pub forks: Vec<Fork>,
    /// What each leaf adds.
    pub leaves: Vec<f32>,
}

impl Tree {
    /// What the tree adds for these figures.
    pub fn score(&self, figures: &[f32]) -> f32 {
        let mut at = if self.forks.is_empty() { -1 } else { 0 };
        // A tree is no deeper than it has forks: bytes that run in a circle end here too.
        for _ in 0..=self.forks.len() {
            let Ok(index) = usize::try_from(at) else {
                break;
            };
            let Some(fork) = self.forks.get(index) else {
                return 0.0;
            };
            let figure = figures
                .get(usize::from(fork.figure))
                .copied()
                .unwrap_or(0.0);
            at = if figure <= fork.threshold {
                fork.left
            } else {
                fork.right
            };
        }
        usize::try_from(-1 - i32::from(at))
            .ok()
            .and_then(|leaf| self.leaves.get(leaf))
            .copied()
            .unwrap_or(0.0)
    }
}

/// Boosted trees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trees {
    /// What is added whatever the figures.
    pub bias: f32,
    /// The trees.
    pub trees: Vec<Tree>,
    /// Fingerprint of the names of the figures that they were trained on; see [`super::weights::fingerprint`].
    pub features: u64,
}

impl Trees {
    /// The log-odds of yes.
    pub fn score(&self, figures: &[f32]) -> f32 {
        self.trees
            .iter()
            .fold(self.bias, |sum, tree| sum + tree.score(figures))
    }

    /// The same trees, with the fingerprint of the names of their figures.
    pub fn trained_on(mut self, features: u64) -> Self {
        self.features = features;
        self
    }

    /// Trees whose score is the mean of these trees' scores.
    pub fn mean(all: &[Trees]) -> Self {
        let share = 1.0 / all.len().max(1) as f32;
        let mut out = Self::default();
        for one in all {
            out.bias += one.bias * share;
            out.trees.extend(one.trees.iter().cloned().map(|mut tree| {
                tree.leaves.iter_mut().for_each(|leaf| *leaf *= share);
                tree
            }));
        }
        out
    }

    /// The bytes that [`Self::read`] reads.
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend_from_slice(&self.features.to_le_bytes());
        out.extend_from_slice(&(self.trees.len() as u32).to_le_bytes());
        out.extend_from_slice(&self.bias.to_le_bytes());
        for tree in &self.trees {
            out.push(tree.forks.len() as u8);
            for fork in &tree.forks {
                out.extend_from_slice(&[
                    fork.figure,
                    fork.left.cast_unsigned(),
                    fork.right.cast_unsigned(),
                ]);
                out.extend_from_slice(&fork.threshold.to_le_bytes());
            }
            for leaf in &tree.leaves {
                out.extend_from_slice(&leaf.to_le_bytes());
            }
        }
        out
    }

    /// Reads trees: magic, fingerprint of the figures (u64), how many (u32), bias (f32); a tree: forks (u8), each
    /// figure, left, right (a byte each) and threshold (f32); one leaf (f32) more than forks. Little endian.
    ///
    /// # Errors
    /// [`FormatError`] when the bytes are no such thing.
    pub fn read(bytes: &[u8]) -> Result<Self, FormatError> {
        fn take<'a>(rest: &mut &'a [u8], n: usize) -> Result<&'a [u8], FormatError> {
            let (head, tail) = rest.split_at_checked(n).ok_or(FormatError::Length)?;
            *rest = tail;
            Ok(head)
        }
        fn four(rest: &mut &[u8]) -> Result<[u8; 4], FormatError> {
            take(rest, 4)?.try_into().map_err(|_| FormatError::Length)
        }
        let mut rest = bytes;
        if take(&mut rest, 4)? != MAGIC {
            return Err(FormatError::Magic);
        }
        let features = take(&mut rest, 8)?;
        let features = u64::from_le_bytes(features.try_into().map_err(|_| FormatError::Length)?);
        let count = u32::from_le_bytes(four(&mut rest)?);
        let bias = f32::from_le_bytes(four(&mut rest)?);
        let mut trees = Vec::new();
        for _ in 0..count {
            let n = usize::from(take(&mut rest, 1)?[0]);
            let mut tree = Tree::default();
            for _ in 0..n {
                let head = take(&mut rest, 3)?;
                tree.forks.push(Fork {
                    figure: head[0],
                    left: head[1].cast_signed(),
                    right: head[2].cast_signed(),
                    threshold: f32::from_le_bytes(four(&mut rest)?),
                });
            }
            for _ in 0..=n {
                tree.leaves.push(f32::from_le_bytes(four(&mut rest)?));
            }
            trees.push(tree);
        }
        if rest.is_empty() {
            Ok(Self {
                bias,
                trees,
                features,
            })
        } else {
            Err(FormatError::Length)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stump() -> Trees {
        let fork = Fork {
            figure: 1,
            left: -1,
            right: -2,
            threshold: 2.5,
        };
        Trees {
            bias: 0.5,
            trees: vec![Tree {
                forks: vec![fork],
                leaves: vec![-1.0, 1.0],
            }],
            features: 5,
        }
    }

    #[test]
    fn a_fork_parts_at_its_threshold() {
        assert_eq!(stump().score(&[9.0, 2.5]), -0.5);
        assert_eq!(stump().score(&[0.0, 3.0]), 1.5);
    }

    #[test]
    fn the_mean_of_two_scores_is_scored() {
        let mut other = stump();
        other.bias = 2.5;
        other.trees[0].leaves = vec![3.0, 5.0];
        let both = Trees::mean(&[stump(), other]);
        assert_eq!(both.score(&[9.0, 2.5]), (-0.5 + 5.5) / 2.0);
    }

    #[test]
    fn trees_are_read_as_they_were_written() {
        let bytes = stump().write();
        assert_eq!(Trees::read(&bytes), Ok(stump()));
        assert_eq!(
            Trees::read(&bytes[..bytes.len() - 2]),
            Err(FormatError::Length)
        );
        assert_eq!(Trees::read(b"LIN2"), Err(FormatError::Magic));
    }

    #[test]
    fn a_tree_that_runs_in_a_circle_ends() {
        let mut trees = stump();
        trees.trees[0].forks[0].left = 0;
        assert!(trees.score(&[0.0, 0.0]).is_finite());
    }
}

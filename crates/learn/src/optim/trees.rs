//! Boosted trees that choose among options, or say yes or no: gradient boosting on histograms.
//!
//! Comes in: rows of figures with yes or no. Goes out: trees. The same rows and settings give the same trees: columns
//! are drawn by a fixed seed, ties go to the first. The method is Friedman's (2001, "Greedy function approximation: a
//! gradient boosting machine") with second-order gains, figures cut into at most 64 bins, and trees grown at their best
//! leaf.

use reader::learned::{
    sigmoid, softmax,
    trees::{Fork, Tree, Trees},
};

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Trees.
    pub trees: usize,
    /// Leaves of a tree.
    pub leaves: usize,
    /// Share of a tree's answer that is added.
    pub rate: f32,
    /// Share of the columns that a tree may use.
    pub columns: f32,
    /// Rows a leaf must hold.
    pub rows: usize,
    /// Penalty on the square of leaves.
    pub l2: f32,
    /// Seed of the columns drawn.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            trees: 200,
            leaves: 8,
            rate: 0.06,
            columns: 0.4,
            rows: 15,
            l2: 1.0,
            seed: 1,
        }
    }
}

const BINS: usize = 64;

/// A leaf in the making: its rows and the best way to part them.
struct Leaf {
    rows: Vec<u32>,
    gradient: f32,
    hessian: f32,
    best: Option<Split>,
}

#[derive(Clone, Copy)]
struct Split {
    gain: f32,
    column: usize,
    bin: usize,
}

/// Trains trees on rows of equal length; `yes` and `weight` have one entry a row. Rows that share a number in `groups`
/// stand side by side and are options of one choice: the softmax of their scores is the chance of each, and one of them
/// is to be chosen. Without groups a row's score is the log-odds of yes.
pub fn boost(
    rows: &[Vec<f32>],
    yes: &[bool],
    weight: &[f32],
    groups: Option<&[u32]>,
    settings: Settings,
) -> Trees {
    let columns = rows.first().map_or(0, Vec::len).min(256);
    let cuts: Vec<Vec<f32>> = (0..columns).map(|column| cuts(rows, column)).collect();
    let bins: Vec<Vec<u8>> = (0..columns)
        .map(|column| {
            rows.iter()
                .map(|row| cuts[column].partition_point(|cut| *cut < row[column]) as u8)
                .collect()
        })
        .collect();
    let total: f32 = weight.iter().sum();
    let sure: f32 = yes
        .iter()
        .zip(weight)
        .filter(|(yes, _)| **yes)
        .map(|(_, w)| w)
        .sum();
    let share = (sure / total.max(1e-6)).clamp(1e-4, 1.0 - 1e-4);
    let mut out = Trees {
        bias: if groups.is_some() {
            0.0
        } else {
            (share / (1.0 - share)).ln()
        },
        ..Trees::default()
    };
    let mut scores = vec![out.bias; rows.len()];
    let mut random = settings.seed;
    for _ in 0..settings.trees {
        let mut chances = scores.clone();
        match groups {
            Some(groups) => {
                let mut at = 0;
                for group in groups.chunk_by(|a, b| a == b) {
                    softmax(&mut chances[at..at + group.len()]);
                    at += group.len();
                }
            }
            None => chances
                .iter_mut()
                .for_each(|score| *score = sigmoid(*score)),
        }
        let slopes: Vec<(f32, f32)> = chances
            .iter()
            .zip(yes)
            .zip(weight)
            .map(|((&p, yes), weight)| {
                (
                    (p - f32::from(u8::from(*yes))) * weight,
                    (p * (1.0 - p)).max(1e-6) * weight,
                )
            })
            .collect();
        let drawn: Vec<usize> = (0..columns)
            .filter(|_| {
                random = random
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                ((random >> 40) as f32 / (1_u64 << 24) as f32) < settings.columns
            })
            .collect();
        let (tree, leaves) = grow(&bins, &cuts, &slopes, &drawn, settings);
        for (leaf, value) in leaves.iter().zip(&tree.leaves) {
            for &row in &leaf.rows {
                scores[row as usize] += value;
            }
        }
        out.trees.push(tree);
    }
    out
}

/// Where a column's figures are cut: between distinct values, at most so many.
fn cuts(rows: &[Vec<f32>], column: usize) -> Vec<f32> {
    let mut values: Vec<f32> = rows.iter().map(|row| row[column]).collect();
    values.sort_by(f32::total_cmp);
    let mut distinct = values.clone();
    distinct.dedup();
    let chosen: Vec<f32> = if distinct.len() <= BINS {
        distinct
    } else {
        (1..BINS)
            .map(|bin| values[bin * (values.len() - 1) / BINS])
            .collect()
    };
    let mut cuts: Vec<f32> = chosen;
    cuts.dedup();
    cuts.pop();
    cuts
}

fn grow(
    bins: &[Vec<u8>],
    cuts: &[Vec<f32>],
    slopes: &[(f32, f32)],
    drawn: &[usize],
    settings: Settings,
) -> (Tree, Vec<Leaf>) {
    let leaf = |rows: Vec<u32>| {
        let (mut gradient, mut hessian) = (0.0, 0.0);
        for &row in &rows {
            gradient += slopes[row as usize].0;
            hessian += slopes[row as usize].1;
        }
        let mut leaf = Leaf {
            rows,
            gradient,
            hessian,
            best: None,
        };
        leaf.best = best(&leaf, bins, cuts, slopes, drawn, settings);
        leaf
    };
    let mut leaves = vec![leaf((0..slopes.len() as u32).collect())];
    let mut forks: Vec<Fork> = Vec::new();
    // Which fork and side leads to each leaf.
    let mut parent: Vec<Option<(usize, bool)>> = vec![None];
    while leaves.len() < settings.leaves.min(100) {
        let mut chosen: Option<(usize, Split)> = None;
        for (at, leaf) in leaves.iter().enumerate() {
            if let Some(split) = leaf.best
                && chosen.is_none_or(|(_, known)| split.gain > known.gain)
            {
                chosen = Some((at, split));
            }
        }
        let Some((at, split)) = chosen else { break };
        let rows = std::mem::take(&mut leaves[at].rows);
        let (left, right): (Vec<u32>, Vec<u32>) = rows
            .into_iter()
            .partition(|&row| usize::from(bins[split.column][row as usize]) <= split.bin);
        let fork = forks.len();
        if let Some((above, is_left)) = parent[at] {
            let side = if is_left {
                &mut forks[above].left
            } else {
                &mut forks[above].right
            };
            *side = fork as i8;
        }
        let new = leaves.len();
        forks.push(Fork {
            figure: split.column as u8,
            left: -1 - at as i8,
            right: -1 - new as i8,
            threshold: cuts[split.column][split.bin],
        });
        leaves[at] = leaf(left);
        leaves.push(leaf(right));
        parent[at] = Some((fork, true));
        parent.push(Some((fork, false)));
    }
    let values = leaves
        .iter()
        .map(|leaf| -leaf.gradient / (leaf.hessian + settings.l2) * settings.rate)
        .collect();
    (
        Tree {
            forks,
            leaves: values,
        },
        leaves,
    )
}

/// The split of a leaf with the most gain.
fn best(
    leaf: &Leaf,
    bins: &[Vec<u8>],
    cuts: &[Vec<f32>],
    slopes: &[(f32, f32)],
    drawn: &[usize],
    settings: Settings,
) -> Option<Split> {
    if leaf.rows.len() < 2 * settings.rows {
        return None;
    }
    let worth = |g: f32, h: f32| g * g / (h + settings.l2);
    let mut found: Option<Split> = None;
    for &column in drawn {
        let mut sums = [(0.0_f32, 0.0_f32, 0_usize); BINS + 1];
        for &row in &leaf.rows {
            let sum = &mut sums[usize::from(bins[column][row as usize])];
            let (gradient, hessian) = slopes[row as usize];
            sum.0 += gradient;
            sum.1 += hessian;
            sum.2 += 1;
        }
        let (mut g, mut h, mut n) = (0.0, 0.0, 0);
        for (bin, sum) in sums.iter().enumerate().take(cuts[column].len()) {
            g += sum.0;
            h += sum.1;
            n += sum.2;
            if n < settings.rows || leaf.rows.len() - n < settings.rows {
                continue;
            }
            let gain = worth(g, h) + worth(leaf.gradient - g, leaf.hessian - h)
                - worth(leaf.gradient, leaf.hessian);
            if gain > 1e-3 && found.is_none_or(|known| gain > known.gain) {
                found = Some(Split { gain, column, bin });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_figures_decide_together_is_learned() {
        let rows: Vec<Vec<f32>> = (0..800)
            .map(|i| vec![(i % 7) as f32, (i % 11) as f32, (i % 5) as f32])
            .collect();
        let yes: Vec<bool> = rows
            .iter()
            .map(|row| (row[0] > 3.0) != (row[1] > 5.0))
            .collect();
        let settings = Settings {
            trees: 60,
            columns: 1.0,
            ..Settings::default()
        };
        let trees = boost(&rows, &yes, &vec![1.0; rows.len()], None, settings);
        for (row, yes) in rows.iter().zip(&yes) {
            assert_eq!(trees.score(row) > 0.0, *yes, "{row:?}");
        }
        let again = boost(&rows, &yes, &vec![1.0; rows.len()], None, settings);
        assert_eq!(again.write(), trees.write());
    }

    #[test]
    fn one_of_each_group_is_chosen() {
        // The right option is the one with the larger figure, wherever its group stands.
        let rows: Vec<Vec<f32>> = (0..600)
            .flat_map(|i| {
                let base = (i % 13) as f32;
                let more = i % 2 == 0;
                [(0.0, more), (1.0, !more)]
                    .map(|(side, larger)| vec![base, side, f32::from(u8::from(larger))])
            })
            .collect();
        let yes: Vec<bool> = rows.iter().map(|row| row[2] > 0.5).collect();
        let groups: Vec<u32> = (0..rows.len() as u32).map(|row| row / 2).collect();
        let settings = Settings {
            trees: 30,
            columns: 1.0,
            ..Settings::default()
        };
        let trees = boost(&rows, &yes, &vec![1.0; rows.len()], Some(&groups), settings);
        for pair in rows.chunks(2) {
            let first = trees.score(&pair[0]) > trees.score(&pair[1]);
            assert_eq!(first, pair[0][2] > 0.5);
        }
    }
}

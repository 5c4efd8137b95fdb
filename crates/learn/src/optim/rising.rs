//! Boosted trees that may only rise, or only fall, with a feature: places further apart never speak for one incident.
//!
//! Comes in: rows of features with yes or no and how much each counts. Goes out: [`Tree`]s whose sum is the log odds of
//! yes. Second-order gradient boosting on histograms, grown at the best leaf; the same rows give the same trees.

use reconciler::link::{
    features::N,
    trees::{Knot, Tree},
};

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Trees.
    pub trees: usize,
    /// Ends of a tree.
    pub leaves: usize,
    /// Share of a tree's answer that is added.
    pub rate: f64,
    /// Weight of the rows that an end must hold.
    pub least: f64,
    /// Penalty on the square of ends.
    pub l2: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            trees: 150,
            leaves: 15,
            rate: 0.08,
            least: 40.0,
            l2: 5.0,
        }
    }
}

/// Rows to learn from: features, yes or no, weight.
pub type Row<'a> = (&'a [f64; N], bool, f64);

const BINS: usize = 64;

#[derive(Clone, Copy, Default)]
struct Sum {
    slope: f64,
    curve: f64,
    weight: f64,
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.slope += other.slope;
        self.curve += other.curve;
        self.weight += other.weight;
    }

    fn less(self, other: Sum) -> Sum {
        Sum {
            slope: self.slope - other.slope,
            curve: self.curve - other.curve,
            weight: self.weight - other.weight,
        }
    }

    fn value(self, l2: f64) -> f64 {
        -self.slope / (self.curve + l2)
    }

    fn gain(self, l2: f64) -> f64 {
        self.slope * self.slope / (self.curve + l2)
    }
}

/// A node in the making.
struct Node {
    rows: Vec<u32>,
    sum: Sum,
    /// What its rows hold, feature by feature and bin by bin.
    held: Vec<Sum>,
    /// Between which its value must lie.
    bounds: (f64, f64),
    best: Option<Split>,
    sides: Option<(usize, usize)>,
}

#[derive(Clone, Copy)]
struct Split {
    gain: f64,
    feature: usize,
    bin: usize,
}

struct Table {
    cuts: Vec<Vec<f64>>,
    /// For each row the bin of each feature.
    bins: Vec<[u8; N]>,
    sums: Vec<Sum>,
}

/// Trains. `slopes` says for each feature whether the answer may only rise with it (1), only fall (-1) or both (0);
/// `None` leaves it out. Goes out the constant and the trees.
pub fn boost(rows: &[Row<'_>], slopes: &[Option<i8>; N], settings: Settings) -> (f64, Vec<Tree>) {
    let total: f64 = rows.iter().map(|row| row.2).sum();
    let yes: f64 = rows.iter().filter(|row| row.1).map(|row| row.2).sum();
    let share = (yes / total.max(1e-9)).clamp(1e-4, 1.0 - 1e-4);
    let constant = (share / (1.0 - share)).ln();
    let cuts: Vec<Vec<f64>> = (0..N)
        .map(|at| {
            if slopes[at].is_some() {
                cuts(rows, at)
            } else {
                Vec::new()
            }
        })
        .collect();
    let bins = rows
        .iter()
        .map(|row| std::array::from_fn(|at| cuts[at].partition_point(|cut| *cut < row.0[at]) as u8))
        .collect();
    let mut table = Table {
        cuts,
        bins,
        sums: Vec::new(),
    };
    let mut odds = vec![constant; rows.len()];
    let mut trees = Vec::new();
    for _ in 0..settings.trees {
        table.sums = rows
            .iter()
            .zip(&odds)
            .map(|((_, yes, weight), odds)| {
                let p = 1.0 / (1.0 + (-odds).exp());
                Sum {
                    slope: (p - f64::from(u8::from(*yes))) * weight,
                    curve: (p * (1.0 - p)).max(1e-6) * weight,
                    weight: *weight,
                }
            })
            .collect();
        let tree = table.grow(slopes, settings);
        for (row, odds) in rows.iter().zip(&mut odds) {
            *odds += tree.score(row.0);
        }
        trees.push(tree);
    }
    (constant, trees)
}

/// Thresholds between the values of a feature, at most [`BINS`] less one, half-way between neighbours: as many by the
/// values of the rows that are a yes, which are few, as by those of all.
fn cuts(rows: &[Row<'_>], at: usize) -> Vec<f64> {
    let values = |keep: &dyn Fn(&Row<'_>) -> bool| {
        let kept = rows.iter().filter(|row| keep(row));
        let mut values: Vec<f64> = kept.map(|row| row.0[at]).collect();
        values.sort_by(f64::total_cmp);
        values
    };
    let all = values(&|_| true);
    let mut picked = all.clone();
    picked.dedup();
    if picked.len() > BINS {
        picked.clear();
        for values in [&all, &values(&|row| row.1)] {
            let last = values.len().saturating_sub(1);
            let pick = |n: usize| values.get(n * last / (BINS / 2 - 1));
            picked.extend((0..BINS / 2).filter_map(pick));
        }
        picked.sort_by(f64::total_cmp);
        picked.dedup();
    }
    // Four digits are what the file holds.
    let middle = |pair: &[f64]| ((pair[0] + pair[1]) * 5_000.0).round() / 10_000.0;
    let mut out: Vec<f64> = picked.windows(2).map(middle).collect();
    out.dedup();
    out
}

impl Table {
    /// What rows hold, feature by feature and bin by bin.
    fn held(&self, rows: &[u32]) -> Vec<Sum> {
        let mut held = vec![Sum::default(); N * BINS];
        for row in rows {
            let sum = self.sums[*row as usize];
            for (feature, bin) in self.bins[*row as usize].iter().enumerate() {
                held[feature * BINS + usize::from(*bin)].add(sum);
            }
        }
        held
    }

    fn node(
        &self,
        rows: Vec<u32>,
        held: Vec<Sum>,
        bounds: (f64, f64),
        slopes: &[Option<i8>; N],
        settings: Settings,
    ) -> Node {
        let mut sum = Sum::default();
        // Every row has one bin of the first feature.
        held[..BINS].iter().for_each(|own| sum.add(*own));
        let mut node = Node {
            rows,
            sum,
            held,
            bounds,
            best: None,
            sides: None,
        };
        for (feature, slope) in slopes.iter().enumerate() {
            let (Some(slope), cuts) = (slope, &self.cuts[feature]) else {
                continue;
            };
            if cuts.is_empty() {
                continue;
            }
            let mut left = Sum::default();
            let held = &node.held[feature * BINS..(feature + 1) * BINS];
            for (bin, own) in held.iter().enumerate().take(cuts.len()) {
                left.add(*own);
                let right = sum.less(left);
                if left.weight < settings.least || right.weight < settings.least {
                    continue;
                }
                let rise = right.value(settings.l2) - left.value(settings.l2);
                if rise * f64::from(*slope) < 0.0 {
                    continue;
                }
                let gain = left.gain(settings.l2) + right.gain(settings.l2) - sum.gain(settings.l2);
                if gain > 1e-6 && node.best.is_none_or(|best| gain > best.gain) {
                    node.best = Some(Split { gain, feature, bin });
                }
            }
        }
        node
    }

    fn grow(&self, slopes: &[Option<i8>; N], settings: Settings) -> Tree {
        let all: Vec<u32> = (0..self.sums.len() as u32).collect();
        let wide = (f64::NEG_INFINITY, f64::INFINITY);
        let held = self.held(&all);
        let mut nodes = vec![self.node(all, held, wide, slopes, settings)];
        let mut ends = 1;
        while ends < settings.leaves {
            let open = nodes
                .iter()
                .enumerate()
                .filter(|(_, node)| node.sides.is_none());
            let best = open
                .filter_map(|(at, node)| Some((at, node.best?)))
                .max_by(|(x, a), (y, b)| a.gain.total_cmp(&b.gain).then(y.cmp(x)));
            let Some((at, split)) = best else { break };
            let rows = std::mem::take(&mut nodes[at].rows);
            let (left, right): (Vec<u32>, Vec<u32>) = rows
                .into_iter()
                .partition(|row| usize::from(self.bins[*row as usize][split.feature]) <= split.bin);
            // What the smaller side holds is added up, the rest is the other's.
            let mut rest = std::mem::take(&mut nodes[at].held);
            let small = self.held(if left.len() < right.len() {
                &left
            } else {
                &right
            });
            for (all, own) in rest.iter_mut().zip(&small) {
                *all = all.less(*own);
            }
            let (of_small, of_rest) = (small, rest);
            let (left_held, right_held) = if left.len() < right.len() {
                (of_small, of_rest)
            } else {
                (of_rest, of_small)
            };
            let value = |held: &[Sum]| {
                let mut sum = Sum::default();
                held[..BINS].iter().for_each(|own| sum.add(*own));
                sum.value(settings.l2)
            };
            let (low, high) = nodes[at].bounds;
            let middle = ((value(&left_held) + value(&right_held)) / 2.0).clamp(low, high);
            let (below, above) = ((low, middle), (middle, high));
            let (of_left, of_right) = match slopes[split.feature] {
                Some(1) => (below, above),
                Some(-1) => (above, below),
                _ => ((low, high), (low, high)),
            };
            let sides = (nodes.len(), nodes.len() + 1);
            nodes.push(self.node(left, left_held, of_left, slopes, settings));
            nodes.push(self.node(right, right_held, of_right, slopes, settings));
            nodes[at].sides = Some(sides);
            ends += 1;
        }
        let mut tree = Tree::default();
        self.write(&nodes, 0, &mut tree, settings);
        tree
    }

    fn write(&self, nodes: &[Node], at: usize, tree: &mut Tree, settings: Settings) {
        let node = &nodes[at];
        let value = node
            .sum
            .value(settings.l2)
            .clamp(node.bounds.0, node.bounds.1);
        let own = tree.knots.len();
        let fork = node.sides.zip(node.best);
        tree.knots.push(Knot {
            feature: fork.map(|(_, split)| split.feature),
            threshold: fork.map_or(0.0, |(_, split)| self.cuts[split.feature][split.bin]),
            value: (value * settings.rate * 10_000.0).round() / 10_000.0,
            right: 0,
        });
        if let Some(((left, right), _)) = fork {
            self.write(nodes, left, tree, settings);
            tree.knots[own].right = tree.knots.len();
            self.write(nodes, right, tree, settings);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_follow_what_tells_and_never_against_its_slope() {
        let rows: Vec<([f64; N], bool)> = (0..400)
            .map(|i| {
                let mut row = [0.0; N];
                row[0] = f64::from(i % 4);
                row[1] = f64::from(i % 2);
                (row, i % 4 > 1)
            })
            .collect();
        let rows: Vec<Row<'_>> = rows.iter().map(|(row, yes)| (row, *yes, 1.0)).collect();
        let mut slopes = [None; N];
        slopes[0] = Some(1);
        slopes[1] = Some(0);
        let odds = |(constant, trees): &(f64, Vec<Tree>), value: f64| {
            let mut row = [0.0; N];
            row[0] = value;
            constant + trees.iter().map(|tree| tree.score(&row)).sum::<f64>()
        };
        let found = boost(&rows, &slopes, Settings::default());
        assert!(odds(&found, 3.0) > 2.0 && odds(&found, 0.0) < -2.0);
        slopes[0] = Some(-1);
        let found = boost(&rows, &slopes, Settings::default());
        assert!(odds(&found, 3.0) <= odds(&found, 0.0));
    }
}

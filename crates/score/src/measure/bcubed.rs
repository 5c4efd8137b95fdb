//! B-cubed: how well a grouping agrees with the gold's, item by item (Bagga and Baldwin 1998).

use std::collections::BTreeMap;

/// Means over all items.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BCubed {
    /// Mean share of an item's group that belongs with it.
    pub precision: f64,
    /// Mean share of what belongs with an item that its group holds.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
}

/// Measures a grouping: `items[i]` is the group of item `i` and its gold group. No items give zeros.
pub fn bcubed<A: Ord, B: Ord>(items: &[(A, B)]) -> BCubed {
    let mut group: BTreeMap<&A, usize> = BTreeMap::new();
    let mut gold: BTreeMap<&B, usize> = BTreeMap::new();
    let mut both: BTreeMap<(&A, &B), usize> = BTreeMap::new();
    for (a, b) in items {
        *group.entry(a).or_default() += 1;
        *gold.entry(b).or_default() += 1;
        *both.entry((a, b)).or_default() += 1;
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for (&(a, b), &n) in &both {
        precision += (n * n) as f64 / group[a] as f64;
        recall += (n * n) as f64 / gold[b] as f64;
    }
    let all = items.len().max(1) as f64;
    let (precision, recall) = (precision / all, recall / all);
    let f1 = if precision + recall == 0.0 {
        0.0
    } else {
        2.0 * precision * recall / (precision + recall)
    };
    BCubed {
        precision,
        recall,
        f1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_of_two_kinds_costs_precision() {
        // Group 1 = {x, x, y}, group 2 = {y}: precision (2/3 + 2/3 + 1/3 + 1) / 4, recall (1 + 1 + 1/2 + 1/2) / 4.
        let found = bcubed(&[(1, 'x'), (1, 'x'), (1, 'y'), (2, 'y')]);
        assert!((found.precision - 8.0 / 12.0).abs() < 1e-12);
        assert!((found.recall - 0.75).abs() < 1e-12);
        assert!((found.f1 - 2.0 * (8.0 / 12.0) * 0.75 / (8.0 / 12.0 + 0.75)).abs() < 1e-12);
    }

    #[test]
    fn all_alone_is_precise() {
        let found = bcubed(&[(1, 'x'), (2, 'x')]);
        assert_eq!((found.precision, found.recall), (1.0, 0.5));
        assert_eq!(bcubed::<u8, u8>(&[]).f1, 0.0);
    }
}

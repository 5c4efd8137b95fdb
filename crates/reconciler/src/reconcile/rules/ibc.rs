//! `ibc`: minimum and maximum over independent sources, after Iraq Body Count.

use std::collections::BTreeMap;

use model::RuleRange;

use super::figure::{Chosen, Figure, out, point};

/// Minimum and maximum over independent origins.
///
/// Source: Iraq Body Count, "Methods": where sources report differing numbers for one incident, the range, a minimum
/// and a maximum, is given; reports that only repeat another source are no second source. Each origin counts once, with
/// its own lowest and highest standing figure; "at least N" is N at both ends.
pub fn apply(figures: &[Figure]) -> RuleRange {
    let chosen = Chosen::by(figures, out);
    let mut origins: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
    for figure in &chosen.used {
        let low = point(&figure.count);
        // Rounded figures stand for the number said; other ranges for both ends.
        let high = match figure.count.bound {
            model::Bound::About => low,
            _ => figure.count.high.unwrap_or(low),
        };
        let range = origins.entry(figure.origin).or_insert((low, high));
        *range = (range.0.min(low), range.1.max(high));
    }
    let low = origins.values().map(|range| range.0).min();
    let high = origins.values().map(|range| range.1).max();
    chosen.range(low, None, high)
}

#[cfg(test)]
mod tests {
    use super::super::figure::testing::*;
    use super::apply;

    #[test]
    fn differing_sources_give_a_range() {
        assert_eq!(show(&apply(&[exact(7, 0), exact(10, 1)])), "7 - 10");
        assert_eq!(show(&apply(&[least(200, 0), least(211, 1)])), "200 - 211");
    }

    #[test]
    fn one_source_quoted_twice_is_one_source() {
        let twice = apply(&[exact(7, 0), exact(7, 0)]);
        assert_eq!(show(&twice), "7 - 7");
        assert_eq!(twice.used.len(), 2);
    }
}

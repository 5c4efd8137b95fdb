//! `interval`: what all standing figures allow.

use model::RuleRange;

use super::figure::{Chosen, Figure, out};

/// The numbers that every standing figure allows; when there is none, the hull of what they allow.
///
/// A convention of this project: bounds are intervals, agreement is their intersection. No best figure.
pub fn apply(figures: &[Figure]) -> RuleRange {
    let chosen = Chosen::by(figures, out);
    let low = chosen.used.iter().map(|figure| figure.count.low);
    let high = || chosen.used.iter().map(|figure| figure.count.high);
    let (top_low, least_high) = (low.clone().max(), high().flatten().min());
    let common = top_low.unwrap_or(0) <= least_high.unwrap_or(u64::MAX);
    let (low, high) = if common {
        (top_low, least_high)
    } else {
        let open = high().any(|high| high.is_none());
        (low.min(), if open { None } else { high().flatten().max() })
    };
    chosen.range(low, None, high)
}

#[cfg(test)]
mod tests {
    use super::super::figure::testing::*;
    use super::apply;

    #[test]
    fn bounds_intersect() {
        assert_eq!(show(&apply(&[least(200, 0), least(211, 1)])), "211 - -");
        assert_eq!(show(&apply(&[least(200, 0), exact(205, 1)])), "205 - 205");
    }

    #[test]
    fn disputed_figures_give_the_hull() {
        assert_eq!(show(&apply(&[exact(5, 0), exact(8, 1)])), "5 - 8");
        assert_eq!(show(&apply(&[exact(5, 0), least(8, 1)])), "5 - -");
    }

    #[test]
    fn superseded_figures_are_set_aside_with_the_reason() {
        let range = apply(&[superseded(exact(5, 0)), exact(8, 0)]);
        assert_eq!(show(&range), "8 - 8");
        assert_eq!(range.set_aside[0].1, "a later figure took its place");
        assert_eq!(show(&apply(&[])), "- - -");
    }
}

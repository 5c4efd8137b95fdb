//! `acled`: one figure, the most conservative, after the Armed Conflict Location & Event Data project.

use model::{Bound, Count, RuleRange};

use super::figure::{Chosen, Figure, limit_only, out, point, says};

/// Words for a number that is not given, and the number coded. The longest match would not matter: the least does.
const VAGUE: &[(&str, u64)] = &[
    ("thousands", 1000),
    ("hundreds", 100),
    ("dozens", 12),
    ("dozen", 12),
    ("tens", 10),
];

/// Number coded for "several", "many", "a few" and other words that hold no number.
const SEVERAL: u64 = 3;

/// The most conservative standing figure.
///
/// Source: ACLED, "FAQs: ACLED Fatality Methodology": where reports differ or are vague the most conservative estimate
/// is used; "tens" is coded 10, "dozens" 12, "hundreds" 100; "several", "many" or "few" 3; totals are revised, upward
/// or downward, when better information becomes available. One figure, so low, best and high are the same.
pub fn apply(figures: &[Figure]) -> RuleRange {
    let chosen = Chosen::by(figures, out)
        .unless_alone(|figure| limit_only(&figure.count).then(|| "an upper limit only".to_owned()));
    let least = chosen.used.iter().map(|figure| coded(&figure.count)).min();
    chosen.range(least, least, least)
}

/// The number coded for one figure.
fn coded(count: &Count) -> u64 {
    if count.bound != Bound::Vague {
        return point(count);
    }
    VAGUE
        .iter()
        .filter(|(word, _)| says(count, word))
        .map(|(_, n)| *n)
        // "hundreds of thousands", "tens of thousands": the product.
        .reduce(u64::saturating_mul)
        .unwrap_or(SEVERAL)
}

#[cfg(test)]
mod tests {
    use super::super::figure::testing::*;
    use super::apply;

    #[test]
    fn vague_words_have_published_numbers() {
        for (words, n) in [
            ("tens", 10),
            ("dozens", 12),
            ("hundreds", 100),
            ("several", 3),
            ("tens of thousands", 10_000),
        ] {
            let range = apply(&[vague(words, 2, None, 0)]);
            assert_eq!(range.best, Some(n), "{words}");
        }
    }

    #[test]
    fn the_most_conservative_estimate_is_used() {
        assert_eq!(show(&apply(&[exact(12, 0), exact(15, 1)])), "12 12 12");
        assert_eq!(show(&apply(&[least(200, 0), least(211, 1)])), "200 200 200");
    }

    #[test]
    fn better_information_revises_upward_or_downward() {
        assert_eq!(
            show(&apply(&[superseded(exact(5, 0)), exact(8, 0)])),
            "8 8 8"
        );
        assert_eq!(
            show(&apply(&[superseded(exact(9, 0)), exact(8, 0)])),
            "8 8 8"
        );
    }
}

//! `ucdp`: low, best and high after the Uppsala Conflict Data Program.

use model::{Bound, RuleRange};

use super::figure::{Chosen, Figure, limit_only, out, point};

/// Low, best and high estimate.
///
/// Source: UCDP Battle-Related Deaths and Georeferenced Event Dataset codebooks, "best, high and low estimates": best
/// is the most reliable number; where reports differ and none is found more reliable, the lower figure is given; low
/// and high are the lowest and the highest estimate found credible. The claims of a warring party about the fighting
/// are not relied on while others report. Read here: the most reliable number that all allow, if there is one (their
/// common lower end, or an exact or rounded number inside it); the lower figure if not, lower bounds that others meet
/// left out. High stays open while a figure is a lower bound only.
pub fn apply(figures: &[Figure]) -> RuleRange {
    let chosen = Chosen::by(figures, out)
        .unless_alone(|figure| {
            figure
                .interested
                .then(|| "a party to it speaking for itself, while others report".to_owned())
        })
        .unless_alone(|figure| limit_only(&figure.count).then(|| "an upper limit only".to_owned()));
    let used = &chosen.used;
    let low = used.iter().map(|figure| figure.count.low).min();
    let open = used.iter().any(|figure| figure.count.high.is_none());
    let high = if open {
        None
    } else {
        used.iter().filter_map(|figure| figure.count.high).max()
    };
    let (floor, ceiling) = (
        used.iter()
            .map(|figure| figure.count.low)
            .max()
            .unwrap_or(0),
        used.iter()
            .filter_map(|figure| figure.count.high)
            .min()
            .unwrap_or(u64::MAX),
    );
    let best = if floor <= ceiling {
        used.iter()
            .filter(|figure| matches!(figure.count.bound, Bound::Exact | Bound::About))
            .map(|figure| point(&figure.count))
            .filter(|n| (floor..=ceiling).contains(n))
            .min()
            .or((!used.is_empty()).then_some(floor))
    } else {
        // A lower bound that a sharper figure meets sets no lower figure.
        let met = |figure: &&&Figure| {
            let count = &figure.count;
            count.high.is_none()
                && used
                    .iter()
                    .any(|other| other.count.high.is_some() && other.count.within(count))
        };
        let sharp = used.iter().filter(|figure| !met(figure));
        sharp.map(|figure| point(&figure.count)).min()
    };
    chosen.range(low, best, high)
}

#[cfg(test)]
mod tests {
    use super::super::figure::testing::*;
    use super::apply;

    #[test]
    fn lower_bounds_that_agree_give_the_higher_as_best_and_no_high() {
        assert_eq!(show(&apply(&[least(200, 0), least(211, 1)])), "200 211 -");
    }

    #[test]
    fn without_a_more_reliable_report_the_lower_figure_is_best() {
        assert_eq!(show(&apply(&[exact(12, 0), exact(15, 1)])), "12 12 15");
    }

    #[test]
    fn a_party_counts_only_when_nobody_else_does() {
        let mut party = exact(90, 0);
        party.interested = true;
        let both = apply(&[party.clone(), exact(12, 1)]);
        assert_eq!(show(&both), "12 12 12");
        assert!(both.set_aside[0].1.starts_with("a party to it"));
        assert_eq!(show(&apply(&[party])), "90 90 90");
    }
}

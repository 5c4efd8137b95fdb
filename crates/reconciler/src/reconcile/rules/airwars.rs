//! `airwars`: minimum and maximum after Airwars.

use model::{Bound, Count, RuleRange};

use super::{Chosen, Figure, limit_only, point, says};

/// Minimum and maximum.
///
/// Source: Airwars, "Methodology" and its casualty coding notes: the minimum is the number of victims identified or the "at least"
/// once early tolls are superseded, the maximum the highest claim still standing; a plural without a number is 2, "dozens" 12
/// to 24. Deaths only feared move the maximum, not the minimum; so does "up to N".
pub fn apply(figures: &[Figure]) -> RuleRange {
    // A plural is two only where nobody says a number.
    let number_said = figures
        .iter()
        .any(|figure| figure.count.bound != Bound::Vague && !figure.denied && !figure.possible);
    let plural = |count: &Count| count.bound == Bound::Vague && count.high.is_none();
    let chosen = Chosen::by(figures, |figure| {
        let without = number_said && plural(&figure.count);
        figure
            .superseded
            .clone()
            .or_else(|| figure.denied.then(|| "denied".to_owned()))
            .or_else(|| without.then(|| "a plural without a number, beside figures".to_owned()))
    });
    let firm = |figure: &&&Figure| !figure.possible && !limit_only(&figure.count);
    let low = chosen
        .used
        .iter()
        .filter(firm)
        .map(|figure| ends(&figure.count).0)
        .min();
    let high = chosen.used.iter().map(|figure| ends(&figure.count).1).max();
    let low = low.or(high.map(|_| 0));
    chosen.range(low, None, high)
}

/// Least and most people one figure stands for.
fn ends(count: &Count) -> (u64, u64) {
    let low = point(count);
    match count.bound {
        Bound::Vague if says(count, "dozens") || says(count, "dozen") => (12, 24),
        Bound::Vague if says(count, "tens") => (10, 20),
        Bound::Vague if says(count, "hundreds") => (100, 200),
        Bound::Vague if says(count, "thousands") => (1000, 2000),
        Bound::Vague => (2, 2),
        Bound::About => (low, low),
        _ => (low, count.high.unwrap_or(low)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::apply;
    use model::{Bound, Count};

    #[test]
    fn a_plural_is_two_and_dozens_are_twelve_to_twenty_four() {
        assert_eq!(show(&apply(&[vague("children", 2, None, 0)])), "2 - 2");
        assert_eq!(show(&apply(&[vague("dozens", 24, Some(99), 0)])), "12 - 24");
    }

    #[test]
    fn a_plural_yields_to_a_figure() {
        let range = apply(&[vague("civilians", 2, None, 0), exact(9, 1)]);
        assert_eq!(show(&range), "9 - 9");
        assert_eq!(range.set_aside.len(), 1);
    }

    #[test]
    fn the_highest_standing_claim_is_the_maximum() {
        let range = apply(&[superseded(exact(4, 0)), least(7, 0), exact(11, 1)]);
        assert_eq!(show(&range), "7 - 11");
        assert_eq!(range.set_aside.len(), 1);
    }

    #[test]
    fn feared_deaths_and_limits_move_the_maximum_only() {
        let mut feared = exact(30, 0);
        feared.possible = true;
        let up_to = figure(Count::said(40, Bound::AtMost, "up to 40"), 1);
        assert_eq!(show(&apply(&[exact(9, 2), feared, up_to])), "9 - 40");
    }
}

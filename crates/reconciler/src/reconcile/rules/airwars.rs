//! `airwars`: minimum and maximum after Airwars.

use std::collections::{BTreeMap, BTreeSet};

use model::{Bound, Count, RuleRange};

use super::figure::{Chosen, Figure, limit_only, point, says};

/// Minimum and maximum.
///
/// Source: Airwars, "Methodology" and its casualty coding notes: the minimum is the number of victims identified or the
/// "at least" once early tolls are superseded, the maximum the highest claim still standing; a plural without a number
/// is 2, "dozens" 12 to 24; victims are presumed civilian unless sources say otherwise: fighters and soldiers told
/// among them are taken off. Deaths only feared move the maximum, not the minimum; so does "up to N". Read here, report
/// by report: what a report gives first in its own words is its minimum, other figures in it raise the maximum; without
/// one, the lowest figure it passes on, then the most people it tells of one by one. The members of a family are
/// everybody only where nothing else is said.
pub fn apply(figures: &[Figure]) -> RuleRange {
    let mut figures = figures.to_vec();
    figures.sort_by_key(|figure| figure.order);
    let only_armed: BTreeSet<usize> = figures
        .iter()
        .filter(|figure| figure.armed > 0 && figure.armed >= figure.count.low)
        .map(|figure| figure.order)
        .collect();
    for figure in &mut figures {
        figure.count.low -= figure.armed.min(figure.count.low);
        figure.count.high = figure
            .count
            .high
            .map(|high| high.saturating_sub(figure.armed));
        figure.count.stated = figure.count.stated.map(|n| n.saturating_sub(figure.armed));
    }
    // An early toll is one only beside another of the same report.
    let brought_up: BTreeSet<usize> = figures
        .iter()
        .filter(|figure| !figure.early && !figure.denied && numbered(figure))
        .map(|figure| figure.report)
        .collect();
    let chosen = Chosen::by(&figures, |figure| {
        let early = figure.early && brought_up.contains(&figure.report);
        // "may reach dozens" has a number in it, "may have killed civilians" has none.
        let feared = figure.possible && !numbered(figure) && figure.count.high.is_none();
        figure
            .superseded
            .clone()
            .or_else(|| {
                only_armed
                    .contains(&figure.order)
                    .then(|| "fighters or soldiers, whom this rule does not count".to_owned())
            })
            .or_else(|| figure.denied.then(|| "denied".to_owned()))
            .or_else(|| early.then(|| "an early toll, by its own words".to_owned()))
            .or_else(|| feared.then(|| "only thought possible, without a number".to_owned()))
    });
    let mut reports: BTreeMap<usize, Vec<&Figure>> = BTreeMap::new();
    for &figure in &chosen.used {
        reports.entry(figure.report).or_default().push(figure);
    }
    let ranges: Vec<Range> = reports.values().map(|figures| range(figures)).collect();
    // A report that only names some of the dead, or has no number, says nothing against the figures of others.
    let low = [Ground::Number, Ground::Word]
        .into_iter()
        .find_map(|ground| {
            let on = ranges.iter().filter(|range| range.ground == ground);
            on.map(|range| range.low).min()
        })
        .or_else(|| ranges.iter().map(|range| range.low).max());
    let high = ranges.iter().map(|range| range.high).max();
    // Nobody at all is no claim of harm: "Unknown", not a range.
    let (low, high) = match high {
        Some(0) => (None, None),
        high => (low, high),
    };
    let chosen = chosen.without(|figure| {
        let (least, most) = ends(&figure.count);
        (high.is_some_and(|high| least > high) || low.is_some_and(|low| most < low))
            .then(|| "outside the range that its report gives".to_owned())
    });
    chosen.range(low, None, high)
}

/// What one report stands by.
struct Range {
    low: u64,
    high: u64,
    ground: Ground,
}

/// What the least of a range rests on.
#[derive(Clone, Copy, PartialEq)]
enum Ground {
    /// A number that is said.
    Number,
    /// A word without a number.
    Word,
    /// People told of one by one, a limit, or what is only feared.
    Some,
}

fn numbered(figure: &Figure) -> bool {
    figure.count.bound != Bound::Vague
}

/// The range of one report's figures, in the order of its text.
fn range(figures: &[&Figure]) -> Range {
    let firm: Vec<&Figure> = figures
        .iter()
        .copied()
        .filter(|figure| !figure.possible || figure.likely)
        .collect();
    // A word without a number is no minimum beside figures, unless it comes first and holds one ("dozens").
    let numbers = firm.iter().any(|figure| numbered(figure));
    let stands = |at: usize, figure: &Figure| {
        !figure.listed && (!numbers || numbered(figure) || (at == 0 && figure.count.high.is_some()))
    };
    let stated: Vec<&Figure> = firm
        .iter()
        .enumerate()
        .filter(|(at, figure)| stands(*at, figure))
        .map(|(_, figure)| *figure)
        .collect();
    let first = stated.first().filter(|figure| {
        figure.own
            || figures
                .first()
                .is_some_and(|lead| lead.claim == figure.claim)
    });
    let exact = first.is_some_and(|first| first.count.bound == Bound::Exact);
    let most = figures
        .iter()
        .filter(|figure| numbered(figure) || !(exact || numbers && says(&figure.count, "large")))
        .map(|figure| ends(&figure.count).1)
        .max()
        .unwrap_or(0);
    let least = |whole: bool| {
        let firm = stated.iter().filter(|figure| !limit_only(&figure.count));
        firm.filter(|figure| !(whole && figure.family))
            .min_by_key(|figure| ends(&figure.count).0)
            .copied()
    };
    let lowest = least(true).or_else(|| least(false));
    let on = |figure: &Figure| match numbered(figure) {
        true => Ground::Number,
        false => Ground::Word,
    };
    let (low, high, ground) = match (first, lowest) {
        (Some(first), lowest) if limit_only(&first.count) => {
            let top = ends(&first.count).1;
            let lowest = lowest.filter(|lowest| ends(&lowest.count).0 <= top);
            match lowest {
                Some(lowest) => (ends(&lowest.count).0, top, on(lowest)),
                // "Up to six were killed" says that somebody was.
                None => (u64::from(top > 0 && !first.possible), top, Ground::Some),
            }
        }
        (Some(first), _) => {
            let (low, top) = ends(&first.count);
            let decided = first.count.bound == Bound::Between;
            (low, if decided { top } else { most.max(top) }, on(first))
        }
        (None, Some(lowest)) => (ends(&lowest.count).0, most, on(lowest)),
        (None, None) => {
            let named = firm.iter().filter(|figure| !limit_only(&figure.count));
            let named = named.map(|figure| ends(&figure.count).0).max();
            (named.unwrap_or(0), most, Ground::Some)
        }
    };
    Range { low, high, ground }
}

/// Least and most people one figure stands for.
fn ends(count: &Count) -> (u64, u64) {
    let low = point(count);
    match count.bound {
        Bound::Vague if says(count, "dozens") || says(count, "dozen") => (12, 24),
        // "a large number", as coded: as dozens.
        Bound::Vague if says(count, "large") => (12, 24),
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
    use super::super::figure::testing::*;
    use super::{Figure, apply};
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

    /// Figures of one report, in its order.
    fn one_report(figures: Vec<Figure>) -> Vec<Figure> {
        let mut figures = figures;
        for (order, figure) in figures.iter_mut().enumerate() {
            figure.report = 0;
            figure.order = order;
        }
        figures
    }

    fn told_by_others(mut figure: Figure) -> Figure {
        figure.own = false;
        figure
    }

    #[test]
    fn a_report_is_held_to_what_it_gives_first_in_its_own_words() {
        let others = || told_by_others(exact(7, 1));
        let raised = one_report(vec![least(12, 0), others(), told_by_others(exact(15, 2))]);
        assert_eq!(show(&apply(&raised)), "12 - 15");
        let between = figure(Count::range(10, Some(20), Bound::Between, "10 to 20"), 0);
        let decided = one_report(vec![between, others(), told_by_others(exact(60, 2))]);
        assert_eq!(show(&apply(&decided)), "10 - 20");
        let up_to = figure(Count::said(20, Bound::AtMost, "up to 20"), 0);
        assert_eq!(show(&apply(&one_report(vec![up_to, others()]))), "7 - 20");
    }

    #[test]
    fn early_tolls_families_and_people_told_one_by_one_are_no_minimum() {
        let mut early = told_by_others(exact(4, 1));
        early.early = true;
        let mut family = told_by_others(exact(5, 2));
        family.family = true;
        let mut listed = exact(2, 0);
        listed.listed = true;
        let later = told_by_others(exact(9, 3));
        let range = apply(&one_report(vec![listed.clone(), early, family, later]));
        assert_eq!(show(&range), "9 - 9");
        assert!(
            range
                .set_aside
                .iter()
                .any(|(_, why)| why == "an early toll, by its own words")
        );
        assert_eq!(show(&apply(&[listed])), "2 - 2");
    }

    #[test]
    fn fighters_and_soldiers_are_taken_off() {
        let mut soldier = exact(1, 0);
        soldier.armed = 1;
        let mut mixed = exact(7, 1);
        mixed.armed = 5;
        assert_eq!(show(&apply(&[soldier.clone(), mixed])), "2 - 2");
        let range = apply(&[soldier]);
        assert_eq!(show(&range), "- - -");
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
        assert_eq!(
            show(&apply(&[exact(9, 2), feared.clone(), up_to])),
            "9 - 40"
        );
        let mut dozens = vague("dozens", 12, Some(99), 1);
        dozens.possible = true;
        assert_eq!(
            show(&apply(&one_report(vec![exact(9, 2), dozens.clone()]))),
            "9 - 9"
        );
        assert_eq!(
            show(&apply(&one_report(vec![least(9, 2), dozens]))),
            "9 - 24"
        );
        feared.likely = true;
        assert_eq!(show(&apply(&[feared])), "30 - 30");
        let up_to = figure(Count::said(40, Bound::AtMost, "up to 40"), 1);
        assert_eq!(show(&apply(&[up_to])), "1 - 40");
    }
}

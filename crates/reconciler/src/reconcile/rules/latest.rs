//! `latest`: the newest figure of each speaker.

use std::collections::BTreeMap;

use model::RuleRange;

use super::figure::{Chosen, Figure, point};

/// The range over each voice's newest figure; best is the newest of all, where its time is known.
///
/// A convention of this project: nobody is held to a figure they have since replaced. Figures without a time count as
/// older than those with one; among equals the one read last is the newest.
pub fn apply(figures: &[Figure]) -> RuleRange {
    let time = |figure: &Figure| figure.moment.map(|moment| moment.start);
    let mut newest: BTreeMap<usize, &Figure> = BTreeMap::new();
    for figure in figures.iter().filter(|figure| !figure.denied) {
        let best = newest.entry(figure.origin).or_insert(figure);
        if time(figure) >= time(best) {
            *best = figure;
        }
    }
    let chosen = Chosen::by(figures, |figure| {
        if figure.denied {
            return Some("denied".to_owned());
        }
        let kept = newest.get(&figure.origin)?;
        (kept.claim != figure.claim && kept.count.interval() != figure.count.interval())
            .then(|| "an earlier figure of the same speaker".to_owned())
    });
    let kept: Vec<&&Figure> = newest.values().collect();
    let low = kept.iter().map(|figure| figure.count.low).min();
    let open = kept.iter().any(|figure| figure.count.high.is_none());
    let high = if open {
        None
    } else {
        kept.iter().filter_map(|figure| figure.count.high).max()
    };
    let top = kept.iter().filter_map(|figure| time(figure)).max();
    let last: Vec<u64> = kept
        .iter()
        .filter(|figure| top.is_some() && time(figure) == top)
        .map(|figure| point(&figure.count))
        .collect();
    let best = match last.as_slice() {
        [first, rest @ ..] if rest.iter().all(|n| n == first) => Some(*first),
        _ => None,
    };
    chosen.range(low, best, high)
}

#[cfg(test)]
mod tests {
    use super::super::figure::testing::*;
    use super::*;
    use crate::ledger::Moment;
    use jiff::civil::date;

    fn on(day: i8, mut figure: Figure) -> Figure {
        figure.moment = Some(Moment {
            start: date(2031, 5, day).at(0, 0, 0, 0),
            end: date(2031, 5, day + 1).at(0, 0, 0, 0),
            fine: false,
        });
        figure
    }

    #[test]
    fn each_voice_is_held_to_its_newest_figure() {
        let range = apply(&[on(8, exact(12, 0)), on(6, exact(5, 0)), on(7, exact(9, 1))]);
        assert_eq!(show(&range), "9 12 12");
        assert_eq!(
            range.set_aside[0].1,
            "an earlier figure of the same speaker"
        );
    }

    #[test]
    fn without_times_there_is_no_best() {
        assert_eq!(show(&apply(&[exact(5, 0), exact(8, 1)])), "5 - 8");
    }
}

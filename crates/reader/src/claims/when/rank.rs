//! Which day the report's happening is dated to.
//!
//! Comes in: candidates with their features. Goes out: one of them. The weights stand in `crates/reader/data/when.txt`, a line each.
//! A candidate weighs the sum of its features, a day as much as its candidates together (log of the sum of their exponentials), and its
//! share is that of a softmax over the days.

use std::{collections::HashMap, sync::LazyLock};

use jiff::civil::Date;

use super::{
    candidates::{Basis, Candidate},
    features::Feature,
};

/// The weights that ship with the program.
static SHIPPED: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(include_str!("../../../data/when.txt")));

/// A weight for each feature; what is not there weighs nothing.
#[derive(Clone, Debug, Default)]
pub struct Weights(HashMap<Feature, f32>);

impl Weights {
    /// The weights that ship with the program.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads lines of a feature's three words and its weight. Lines that begin with `#`, and lines of another shape, are passed over.
    pub fn read(text: &'static str) -> Self {
        let line = |line: &'static str| {
            let mut words = line.split_whitespace();
            let feature = [words.next()?, words.next()?, words.next()?];
            let weight = words.next()?.parse().ok()?;
            (!line.starts_with('#')).then_some((feature, weight))
        };
        Self(text.lines().filter_map(line).collect())
    }

    /// Weights given outright, as a trainer has them.
    pub fn of(weights: impl IntoIterator<Item = (Feature, f32)>) -> Self {
        Self(weights.into_iter().collect())
    }

    /// The sum over a candidate's features.
    pub fn weigh(&self, candidate: &Candidate) -> f32 {
        let weights = candidate.features.iter().map(|feature| self.0.get(feature));
        weights.map(|weight| weight.copied().unwrap_or(0.0)).sum()
    }
}

/// The candidate chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chosen {
    /// Its index.
    pub at: usize,
    /// Share of its day among all days, 0–1.
    pub share: f32,
}

/// The day that weighs most, and of its candidates the weightiest that was said; ties go to the first in the text.
pub fn choose(candidates: &[Candidate], weights: &Weights) -> Option<Chosen> {
    let scores: Vec<f32> = candidates.iter().map(|one| weights.weigh(one)).collect();
    let top = scores.iter().copied().reduce(f32::max)?;
    let mut days: Vec<(Date, bool, f32)> = Vec::new();
    let mut at: HashMap<(Date, bool), usize> = HashMap::new();
    for (one, score) in candidates.iter().zip(&scores) {
        let index = *at.entry((one.day, one.coarse)).or_insert_with(|| {
            days.push((one.day, one.coarse, 0.0));
            days.len() - 1
        });
        days[index].2 += (score - top).exp();
    }
    let total: f32 = days.iter().map(|day| day.2).sum();
    let best = days
        .iter()
        .copied()
        .reduce(|a, b| if b.2 > a.2 { b } else { a })?;
    let said = |one: &Candidate| matches!(one.basis, Basis::Said { .. });
    let straight = |one: &Candidate| matches!(one.basis, Basis::Said { shift: 0, .. });
    let (at, _) = candidates
        .iter()
        .enumerate()
        .filter(|(_, one)| (one.day, one.coarse) == (best.0, best.1))
        .reduce(|a, b| {
            let rank = |(i, one): (usize, &Candidate)| (straight(one), said(one), scores[i]);
            if rank(b) > rank(a) { b } else { a }
        })?;
    Some(Chosen {
        at,
        share: best.2 / total,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn candidate(day: i8, basis: Basis, feature: &'static str) -> Candidate {
        Candidate {
            day: date(2031, 3, day),
            coarse: false,
            basis,
            event: 0,
            features: vec![["test", feature, "-"]],
        }
    }

    #[test]
    fn a_day_weighs_as_much_as_its_candidates_together() {
        let weights = Weights::read("# a comment\ntest strong - 1.0\ntest weak - 0.6\nno weight\n");
        let said = |time, shift| Basis::Said { time, shift };
        let found = [
            candidate(3, said(0, 0), "strong"),
            candidate(4, said(1, 0), "weak"),
            candidate(4, Basis::Printing { back: 0 }, "weak"),
            candidate(4, said(2, 1), "strong"),
        ];
        let one = choose(&found[..2], &weights).expect("a choice");
        assert_eq!(one.at, 0);
        // Of the candidates of the day, the one said as it stands carries the claim.
        let all = choose(&found, &weights).expect("a choice");
        assert_eq!(all.at, 1);
        assert!(all.share > one.share && all.share < 1.0);
        assert_eq!(choose(&[], &weights), None);
    }

    #[test]
    fn the_weights_that_ship_can_be_read() {
        assert!(Weights::shipped().0.len() > 300);
    }
}

//! Which day the report's event is dated to.
//!
//! Comes in: candidates with their features. Goes out: one of them. The weights stand in
//! `crates/reader/data/when.triples`, a line each. A candidate weighs the sum of its features, a day as much as its
//! candidates together (log of the sum of their exponentials), and its share is that of a softmax over the days.

use std::{collections::HashMap, sync::LazyLock};

use jiff::civil::Date;

use super::{
    candidates::{Basis, Candidate},
    features::{Feature, KINDS},
};
use crate::learned::weights::{self, Fault, File, WeightsError, lines};

/// The file of the weights.
pub static FILE: File = File {
    path: "crates/reader/data/when.triples",
    stage: "when",
    features: KINDS,
    bytes: include_bytes!("../../../data/when.triples"),
};

/// The weights that ship with the program.
static SHIPPED: LazyLock<Result<Weights, WeightsError>> = LazyLock::new(Weights::load);

/// A weight for each feature; what is not there weighs nothing.
#[derive(Clone, Debug, Default)]
pub struct Weights(HashMap<Feature, f32>);

impl Weights {
    /// The weights that ship with the program.
    ///
    /// # Panics
    /// If the file does not fit the code: [`crate::weights::check`] says so first.
    pub fn shipped() -> &'static Self {
        weights::shipped(&SHIPPED)
    }

    /// Whether the files of this build fit its code.
    ///
    /// # Errors
    /// If one does not.
    pub fn check() -> Result<(), WeightsError> {
        weights::checked(&SHIPPED)
    }

    /// Reads the file of this build.
    ///
    /// # Errors
    /// If it does not fit the code.
    pub fn load() -> Result<Self, WeightsError> {
        let text = FILE.text().map_err(|fault| FILE.refused(fault))?;
        Self::read(text).map_err(|fault| FILE.refused(fault))
    }

    /// Reads lines of a feature's three words and its weight; `#` begins a comment. The features of each kind of
    /// [`KINDS`] that are not there weigh nothing: there are thousands, and most decide nothing.
    ///
    /// # Errors
    /// If a line is none, the kind of a feature is unknown, a feature stands there twice, or no feature of a kind does.
    pub fn read(text: &'static str) -> Result<Self, Fault> {
        let mut out = HashMap::new();
        for (number, line) in lines(text) {
            let [a, b, c, weight] = line.split(' ').collect::<Vec<_>>()[..] else {
                return Err(Fault::Line(number));
            };
            let weight = weight.parse().map_err(|_| Fault::Line(number))?;
            if !KINDS.contains(&a) || out.insert([a, b, c], weight).is_some() {
                let seen: Vec<&str> = lines(text)
                    .filter_map(|(_, line)| line.split(' ').next())
                    .collect();
                return Err(Fault::Unknown {
                    line: number,
                    found: format!("{a} {b} {c}"),
                    expected: KINDS.iter().find(|kind| !seen.contains(*kind)).copied(),
                });
            }
        }
        match KINDS
            .iter()
            .find(|kind| !out.keys().any(|[a, ..]| a == *kind))
        {
            Some(kind) => Err(Fault::Missing(kind)),
            None => Ok(Self(out)),
        }
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
        let weights = Weights::of([(["test", "strong", "-"], 1.0), (["test", "weak", "-"], 0.6)]);
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
    fn a_kind_that_nobody_looks_at_is_named_and_so_is_one_that_is_missing() {
        let text = FILE.text().expect("text");
        assert!(Weights::read(text).expect("the weights that ship").0.len() > 300);
        let of = |text: String| Weights::read(text.leak()).unwrap_err().to_string();
        let misspelt = of(text.replace("\nweek ", "\nweak "));
        assert!(
            misspelt.contains("`weak ") && misspelt.contains("`week`"),
            "{misspelt}"
        );
        assert_eq!(
            of("form a b 1".to_owned()),
            format!("nothing weighs the feature `{}`", KINDS[0])
        );
        assert!(of("form a 1".to_owned()).contains("line 1"));
    }
}

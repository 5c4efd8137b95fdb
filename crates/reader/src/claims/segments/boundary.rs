//! Whether a sentence opens another event: a small logistic model.
//!
//! Comes in: what the segment so far has told, and what a sentence and its neighbours say ([`Facts`]). Goes out: a row
//! of figures with a name each ([`FEATURES`]) and, by the weights of `crates/reader/data/segments.weights`, a yes or
//! no. The features are of role and syntax: no name of a place or person stands in them. The weights are made by the
//! stage `segments` of `crossbearing-learn`.

use std::sync::LazyLock;

use super::{facts::Facts, segment::EventSegment};
use crate::learned::weights::{self, Fault, File, WeightsError, named};

/// Names of the features, in the order of a [`Row`].
pub const FEATURES: [&str; 52] = [
    "cue-strong",
    "cue-middle",
    "cue-weak",
    "cue-block",
    "street-other",
    "street-same",
    "street-first",
    "street-follows",
    "quarter-other",
    "town-other",
    "quarter-same",
    "clock-other",
    "clock-near",
    "clock-first",
    "date-other",
    "date-same",
    "fresh-after",
    "fresh-first",
    "fresh-other-street",
    "fresh-clock-other",
    "fresh-date-other",
    "fresh-quarter-other",
    "age-other",
    "age-same",
    "name-same",
    "name-other",
    "newcomer",
    "newcomer-after",
    "newcomer-time-first",
    "block",
    "block-fresh",
    "takes-up",
    "takes-up-street",
    "counts-on",
    "counts-on-summed",
    "summed",
    "summed-fresh",
    "time-first",
    "item",
    "scene-full",
    "scene-bare",
    "scene-fresh",
    "several",
    "violent",
    "lead",
    "lead-street-other",
    "lead-cue",
    "title-only",
    "people-same",
    "people-more",
    "retells",
    "retells-clock",
];

/// The features of one sentence after one segment.
pub type Row = [f32; FEATURES.len()];

/// A weight for each feature, and a constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// In the order of [`FEATURES`].
    pub each: Row,
    /// What a sentence of which nothing is known weighs.
    pub constant: f32,
}

/// Name of the constant in the file, behind those of the features.
const CONSTANT: &str = "constant";
/// What the file weighs.
const WEIGHED: [&str; FEATURES.len() + 1] = {
    let mut out = [CONSTANT; FEATURES.len() + 1];
    let mut at = 0;
    while at < FEATURES.len() {
        out[at] = FEATURES[at];
        at += 1;
    }
    out
};

/// The file of the weights.
pub static FILE: File = File {
    path: "crates/reader/data/segments.weights",
    stage: "segments",
    features: &WEIGHED,
    bytes: include_bytes!("../../../data/segments.weights"),
};

static SHIPPED: LazyLock<Result<Weights, WeightsError>> = LazyLock::new(Weights::load);

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
        Ok(Self::of(&FILE.named()?))
    }

    /// Reads lines of a feature and its weight; `constant` names the constant. Lines that begin with `#` are comments.
    ///
    /// # Errors
    /// If a line is none, a feature is unknown or one has no weight.
    pub fn read(text: &str) -> Result<Self, Fault> {
        Ok(Self::of(&named(text, &WEIGHED)?))
    }

    /// Weights in the order of the features, the constant behind them.
    pub fn of(weights: &[f32]) -> Self {
        let mut out = Self {
            each: [0.0; FEATURES.len()],
            constant: weights.get(FEATURES.len()).copied().unwrap_or(0.0),
        };
        for (each, weight) in out.each.iter_mut().zip(weights) {
            *each = *weight;
        }
        out
    }

    /// The log-odds of a sentence opening a segment.
    pub fn odds(&self, row: &Row) -> f32 {
        let each = self.each.iter().zip(row);
        self.constant + each.map(|(weight, value)| weight * value).sum::<f32>()
    }
}

/// What the report has told before a sentence, beside the segment it stands in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Before {
    /// It told that there are several events.
    pub summed: bool,
    /// It told of more than one.
    pub several: bool,
    /// Sentences of the segment.
    pub sentences: usize,
}

/// Sentences at the head of a report that its body may tell anew.
const LEAD: usize = 6;

/// Minutes by which two hours of one event may differ.
const NEAR: u32 = 25;

/// What a sentence says against a segment.
struct Compared {
    /// A street other than the segment's.
    street_other: bool,
    /// A quarter or town other than the segment's.
    quarter_other: bool,
    /// The place is finer than a town.
    fine: bool,
    /// Minutes between the hours of both.
    gap: Option<u32>,
    /// An hour too far from the segment's.
    clock_other: bool,
    /// A day other than the segment's.
    date_other: bool,
    /// People newly told of, after the victims of the segment.
    after: bool,
    /// Ages on both sides.
    ages: bool,
    /// An age of the segment.
    age_same: bool,
    /// Names on both sides.
    names: bool,
    /// A name of the segment.
    name_same: bool,
    /// The sentence behind is on another street.
    follows: bool,
    /// The segment has its street, and victims or an hour.
    full: bool,
    /// The segment has neither street nor victims.
    bare: bool,
}

impl Compared {
    fn of(segment: &EventSegment, facts: &Facts, next: Option<&Facts>) -> Self {
        let apart = |known: &[u64], said: &[u64]| {
            !known.is_empty() && !said.is_empty() && !shares(known, said)
        };
        let street_other = apart(&segment.streets, &facts.streets);
        let quarter_other = apart(&segment.quarters, &facts.quarters);
        let fine = facts.quarter_weight > 1.0;
        let gap = segment.clock.zip(facts.clock).map(|(known, said)| {
            let gap = u32::from(known.abs_diff(said));
            gap.min(1440_u32.saturating_sub(gap))
        });
        let clock_other = gap.is_some_and(|gap| gap > NEAR);
        let date_other = segment
            .date
            .zip(facts.date)
            .is_some_and(|(known, said)| known != said);
        let after = facts.fresh && segment.victims;
        let ages = !facts.ages.is_empty() && !segment.ages.is_empty();
        let age_same = facts.ages.iter().any(|age| segment.ages.contains(age));
        let names = !facts.names.is_empty() && !segment.names.is_empty();
        let name_same = shares(&segment.names, &facts.names);
        // "A man was shot in the north on Sunday. The man was at the corner of …": the street of what this sentence
        // opens.
        let follows = facts.streets.is_empty()
            && next.is_some_and(|next| {
                apart(&segment.streets, &next.streets) && !next.fresh && next.cue < 2.0
            });
        let full = !segment.streets.is_empty() && (segment.victims || segment.clock.is_some());
        let bare = segment.streets.is_empty() && !segment.victims;
        Self {
            street_other,
            quarter_other,
            fine,
            gap,
            clock_other,
            date_other,
            after,
            ages,
            age_same,
            names,
            name_same,
            follows,
            full,
            bare,
        }
    }
}

/// The features of a sentence after a segment; `next` is the sentence that follows.
pub fn row(segment: &EventSegment, facts: &Facts, next: Option<&Facts>, before: Before) -> Row {
    let seen = Compared::of(segment, facts, next);
    // The head of a report is told anew below it.
    let lead = !before.several && before.sentences < LEAD;
    let strong = facts.cue >= 2.0;
    let middle = facts.cue >= 1.0 && !strong;
    let yes = [
        strong,
        middle,
        facts.cue > 0.0 && facts.cue < 1.0,
        facts.cue >= 1.0 && facts.block,
        seen.street_other,
        shares(&segment.streets, &facts.streets),
        segment.streets.is_empty() && !facts.streets.is_empty(),
        seen.follows,
        seen.quarter_other && seen.fine,
        seen.quarter_other && !seen.fine,
        shares(&segment.quarters, &facts.quarters),
        seen.clock_other,
        seen.gap.is_some() && !seen.clock_other,
        segment.clock.is_none() && facts.clock.is_some(),
        seen.date_other,
        segment.date.is_some() && facts.date.is_some() && !seen.date_other,
        seen.after,
        facts.fresh && !segment.victims,
        seen.after && (seen.street_other || seen.follows),
        seen.after && seen.clock_other,
        seen.after && seen.date_other,
        seen.after && seen.quarter_other,
        seen.ages && !seen.age_same,
        seen.age_same,
        seen.name_same,
        seen.names && !seen.name_same,
        facts.newcomer,
        facts.newcomer && (segment.victims || segment.newcomer),
        facts.newcomer && facts.time_first,
        facts.block,
        facts.block && facts.fresh,
        facts.takes_up,
        facts.takes_up && seen.street_other,
        facts.counts_on,
        facts.counts_on && before.summed,
        before.summed,
        before.summed && facts.fresh,
        facts.time_first,
        facts.item,
        seen.full,
        seen.bare,
        before.sentences < 2,
        before.several,
        facts.violent,
        lead,
        lead && seen.street_other,
        lead && (strong || middle),
        segment.title,
        facts.people > 0 && facts.people == segment.people,
        segment.people > 0 && facts.people > segment.people,
        facts.takes_up && !facts.fresh,
        facts.takes_up && !facts.fresh && facts.clock.is_some() && segment.clock.is_none(),
    ];
    let mut out = [0.0; FEATURES.len()];
    for (value, yes) in out.iter_mut().zip(yes) {
        *value = f32::from(u8::from(yes));
    }
    out
}

fn shares(a: &[u64], b: &[u64]) -> bool {
    a.iter().any(|key| b.contains(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_by_name() {
        let text: String = WEIGHED
            .iter()
            .map(|name| match *name {
                "constant" => "constant -2\n".to_owned(),
                "fresh-after" => "fresh-after 1.5\n".to_owned(),
                name => format!("{name} 0\n"),
            })
            .collect();
        let weights = Weights::read(&text).expect("all are weighed");
        let mut row = [0.0; FEATURES.len()];
        assert_eq!(weights.odds(&row), -2.0);
        row[FEATURES
            .iter()
            .position(|name| *name == "fresh-after")
            .expect("a feature")] = 1.0;
        assert_eq!(weights.odds(&row), -0.5);
        let misspelt = Weights::read(&text.replace("fresh-after", "fresh-afer")).unwrap_err();
        assert!(misspelt.to_string().contains("`fresh-afer`"), "{misspelt}");
        assert!(misspelt.to_string().contains("`fresh-after`"), "{misspelt}");
    }

    #[test]
    fn the_weights_that_ship_hold_most_sentences_back() {
        let weights = Weights::shipped();
        assert!(weights.odds(&[0.0; FEATURES.len()]) < 0.0);
    }
}

//! The judge of candidates: one learned model for all kinds of events and all count slots.
//!
//! Comes in: a text with every phrase that may count people ([`candidates`]). Goes out: for each what it counts, if anything ([`Verdict`]):
//! the slot, whether of the report's own happening or another, whether everybody or a part, whether it is the figure that the report gives
//! as things stand, and with which commitment. Two judges give the same kind of verdict: a linear one over hashed features ([`linear`]), and a small
//! pretrained encoder whose upper layers were tuned for this ([`encoded`]). [`settle`] turns verdicts into claims. Numbers come from words alone:
//! a judge chooses, it never writes.

pub mod candidates;
pub mod encoded;
pub mod features;
pub mod linear;
mod settle;
pub mod toll;
pub mod windows;

use std::ops::Range;

use model::{Basis, Slot, StanceKind};

use super::{draft::Draft, passes::Passes, slots};
use crate::learned::Features;

pub use candidates::{Candidate, Form};
pub(super) use settle::settle;

/// The count slots, in the order of the classes of a verdict; class 0 is none of them.
pub const SLOTS: [Slot; 11] = [
    Slot::Killed,
    Slot::Injured,
    Slot::Missing,
    Slot::Escaped,
    Slot::Freed,
    Slot::Captured,
    Slot::Surrendered,
    Slot::Held,
    Slot::Hostages,
    Slot::AtRisk,
    Slot::Displaced,
];
/// Classes of a verdict: none, then [`SLOTS`].
pub const CLASSES: usize = SLOTS.len() + 1;
/// The stances, in the order of the chances of a verdict.
pub const STANCES: [StanceKind; 6] = [
    StanceKind::Asserted,
    StanceKind::Reported,
    StanceKind::Claimed,
    StanceKind::Possible,
    StanceKind::Denied,
    StanceKind::Unconfirmed,
];

/// What a judge says of a candidate; all chances are from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Chance of none, then of each of [`SLOTS`]; they sum to 1.
    pub slots: [f32; CLASSES],
    /// Chance that it is of another happening than the report's own, or of a period.
    pub background: f32,
    /// Chance that it is the figure which the report gives, as things stand, for everybody in its own happening.
    pub own: f32,
    /// Chance that it counts everybody, not a part.
    pub whole: f32,
    /// Chance of each of [`STANCES`]; they sum to 1.
    pub stances: [f32; STANCES.len()],
}

impl Verdict {
    /// The likeliest class: 0 for none, else one more than the place in [`SLOTS`]. Of equals the first.
    pub fn class(&self) -> usize {
        let mut best = 0;
        for class in 1..CLASSES {
            if self.slots[class] > self.slots[best] {
                best = class;
            }
        }
        best
    }
}

/// Who judges.
pub enum Judge {
    /// Nobody: the rules' claims stand as they are.
    Rules,
    /// The linear models.
    Linear(Box<linear::Weights>),
    /// The encoder.
    Encoded(Box<encoded::Encoded>),
}

impl Judge {
    /// Its name, as the version of a reading has it.
    pub fn name(&self) -> &'static str {
        match self {
            Judge::Rules => "rules",
            Judge::Linear(_) => "linear",
            Judge::Encoded(_) => "encoder",
        }
    }

    /// Judges the candidates of a report.
    fn judge(
        &self,
        cx: &Passes<'_>,
        drafts: &[Draft],
        candidates: &[Candidate],
    ) -> Option<Vec<Verdict>> {
        match self {
            Judge::Rules => None,
            Judge::Linear(weights) => Some(
                features(cx, drafts, candidates)
                    .iter()
                    .map(|features| weights.judge(features))
                    .collect(),
            ),
            Judge::Encoded(encoded) => Some(encoded.judge(cx, drafts, candidates)),
        }
    }
}

/// The features of each candidate for the linear judge.
fn features(cx: &Passes<'_>, drafts: &[Draft], candidates: &[Candidate]) -> Vec<Features> {
    let title = super::victims::title(cx);
    let mut out = Vec::with_capacity(candidates.len());
    for one in candidates {
        let mut rules: Vec<Slot> = drafts
            .iter()
            .filter(|draft| settle::says(draft, one))
            .map(|draft| draft.slot)
            .collect();
        rules.sort_unstable();
        rules.dedup();
        out.push(features::of(cx, one, title, &rules));
    }
    out
}

/// A report as the trainer of the judge sees it.
pub struct Sample {
    /// Byte ranges of its sentences in the text, in order.
    pub sentences: Vec<Range<usize>>,
    /// Its candidates, in order of their words.
    pub candidates: Vec<Candidate>,
    /// Of each: the bytes of its words, the bytes of the word that heads it, its sentence.
    pub at: Vec<(Range<usize>, Range<usize>, usize)>,
    /// Of each: what the linear judge sees.
    pub features: Vec<Features>,
    /// Of each: what the rules make of it.
    pub ruled: Vec<Option<Ruled>>,
}

/// What the rules make of a candidate.
#[derive(Clone, Copy, Debug)]
pub struct Ruled {
    /// The class of the slot, from 1.
    pub class: usize,
    /// Of another happening than the report's own.
    pub background: bool,
    /// The report's own toll, as the victims' room has it.
    pub own: bool,
}

/// What the rules make of a candidate: the draft that gives its figure, else one that tells people one by one, it among them.
fn ruled(cx: &Passes<'_>, drafts: &[Draft], one: &Candidate) -> Option<Ruled> {
    let draft = drafts
        .iter()
        .filter(|draft| settle::says(draft, one))
        .max_by_key(|draft| draft.rests_on(Basis::ReportToll))
        .or_else(|| drafts.iter().find(|draft| settle::holds(draft, one)))?;
    let class = SLOTS.iter().position(|slot| *slot == draft.slot)? + 1;
    let own = draft.rests_on(Basis::ReportToll);
    let other = draft.other.is_some()
        || !own && super::other::other_happening(cx, draft.slot, draft.anchor).is_some();
    Some(Ruled {
        class,
        background: other,
        own: own && !other && settle::says(draft, one),
    })
}

/// The candidates of a report.
pub fn sample(cx: &Passes<'_>) -> Sample {
    let mut drafts = slots::counts(cx);
    let candidates = candidates::find(cx);
    let at = candidates.iter().map(|one| place(cx, one)).collect();
    let features = features(cx, &drafts, &candidates);
    super::victims::settle(cx, super::victims::shipped(), &mut drafts);
    let ruled = candidates
        .iter()
        .map(|one| ruled(cx, &drafts, one))
        .collect();
    Sample {
        sentences: cx
            .doc
            .sentences()
            .map(|sentence| cx.doc.bytes(sentence))
            .collect(),
        features,
        candidates,
        at,
        ruled,
    }
}

/// What a judge says of each candidate of a report, in the order of [`sample`]; `None` where nobody judges.
pub fn verdicts(cx: &Passes<'_>, judge: &Judge) -> Option<Vec<Verdict>> {
    judge.judge(cx, &slots::counts(cx), &candidates::find(cx))
}

/// Where a candidate stands: the bytes of its words, of the word that heads it, and its sentence.
fn place(cx: &Passes<'_>, one: &Candidate) -> (Range<usize>, Range<usize>, usize) {
    let words = cx.doc.bytes(one.tokens.clone());
    let head = cx.doc.bytes(one.head..one.head + 1);
    (words, head, cx.doc.token(one.tokens.start).sentence_index())
}

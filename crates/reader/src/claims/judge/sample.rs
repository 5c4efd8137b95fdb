//! A report as the trainer of the judge sees it.

use std::ops::Range;

use model::Basis;

use super::{
    super::{draft::Draft, other, passes::Passes, report_toll, slots},
    candidates::{self, Candidate, place},
    drafted, features,
    judges::Judge,
    verdict::{SLOTS, Verdict},
};
use crate::learned::Features;

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
    /// Of another event than the report's own.
    pub background: bool,
    /// The report's own toll, as `report_toll` has it.
    pub own: bool,
}

/// What the rules make of a candidate: the draft that gives its figure, else one that tells people one by one, it among
/// them.
fn ruled(cx: &Passes<'_>, drafts: &[Draft], one: &Candidate) -> Option<Ruled> {
    let draft = drafts
        .iter()
        .filter(|draft| drafted::says(draft, one))
        .max_by_key(|draft| draft.rests_on(Basis::ReportToll))
        .or_else(|| drafts.iter().find(|draft| drafted::holds(draft, one)))?;
    let class = SLOTS.iter().position(|slot| *slot == draft.slot)? + 1;
    let own = draft.rests_on(Basis::ReportToll);
    let other =
        draft.other.is_some() || !own && other::other_event(cx, draft.slot, draft.anchor).is_some();
    Some(Ruled {
        class,
        background: other,
        own: own && !other && drafted::says(draft, one),
    })
}

/// The candidates of a report.
pub fn sample(cx: &Passes<'_>) -> Sample {
    let mut drafts = slots::counts(cx);
    let candidates = candidates::find(cx);
    let at = candidates.iter().map(|one| place(cx, one)).collect();
    let features = features::all(cx, &drafts, &candidates);
    report_toll::apply(cx, report_toll::shipped(), &mut drafts);
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

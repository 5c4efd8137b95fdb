//! `when`: the day, or the time of day, of the report's event.
//!
//! Every time that could date it is a candidate ([`candidates`]), and so is the day of publication with the day before,
//! in the words of the event itself. Each is described by what stands around it ([`features`]) and weighed
//! ([`rank`]); the day whose candidates weigh most is the report's. Every other day that the clause of an event
//! itself names is a further day, under the rule `when/also`.

mod candidates;
mod features;
mod rank;
mod rules;

use model::{Slot, Value, When, WhenPrecision};

pub use candidates::{Basis, Candidate, candidates};
pub use features::{Feature, KINDS};
pub use rank::{Chosen, FILE, Weights, choose};

use super::{
    draft::{Draft, Rule},
    segments::Segmented,
};
use crate::read::times::{Time, TimeKind};

/// Share of the weight of all days from which a day stands on its own: below it the claim's rule says `near`.
const SURE: f32 = 0.7;
/// Claims a report gives at most.
const MAX_CLAIMS: usize = 6;

/// Rule of the day that the clause of the event gives.
const EVENT_TIME: Rule = Rule::new("when/event-time", model::Basis::Stated);
/// Rule of a day that stands near the event.
const NEAR: Rule = Rule::new("when/near", model::Basis::Near);
/// Rule of the day of what came after the event.
const FOLLOW_UP: Rule = Rule::new("when/follow-up", model::Basis::FollowUp);
/// Rule of a day inferred from publication.
const PUBLISHED: Rule = Rule::new("when/published", model::Basis::Publication);
/// Rule of any other day that the clause of an event names.
const FURTHER: Rule = Rule::new("when/also", model::Basis::Further);

/// Claims of the slot: the day that fits best, and every other day that the clause of an event itself names.
pub(super) fn claims(cx: &Segmented<'_>) -> Vec<Draft> {
    let mut found = candidates(cx);
    // The day of another event is no day of this one, unless nothing else is.
    let own = |candidate: &Candidate| match candidate.basis {
        Basis::Said { time, .. } => cx.in_main_segment(cx.read.times[time].tokens.start),
        Basis::Printing { .. } => true,
    };
    if cx.segments().several()
        && found
            .iter()
            .any(|candidate| matches!(candidate.basis, Basis::Said { .. }) && own(candidate))
    {
        found.retain(own);
    }
    let mut out: Vec<Draft> = Vec::new();
    if let Some(chosen) = choose(&found, Weights::shipped()) {
        out.push(draft(cx, &found[chosen.at], chosen.share));
    }
    further(cx, &mut out);
    if out.is_empty() {
        out.extend(undated(cx));
    }
    out
}

/// The claim of the day chosen.
pub(super) fn draft(cx: &Segmented<'_>, candidate: &Candidate, share: f32) -> Draft {
    let (when, tokens, rule) = match candidate.basis {
        Basis::Said { time, shift } => {
            let time = &cx.read.times[time];
            let when = time
                .when
                .clone()
                .filter(|_| shift == 0)
                .unwrap_or_else(|| shifted(cx, candidate, time, shift));
            // The day of an arrest or a hearing tells only by when it had happened.
            let rule = if rules::follows(cx, time) {
                FOLLOW_UP
            } else if share >= SURE {
                EVENT_TIME
            } else {
                NEAR
            };
            (when, rules::words(cx, time, candidate.event), rule)
        }
        Basis::Printing { back } => {
            let words = cx.doc.slice(candidate.event..candidate.event + 1);
            let anchor = "inferred from publication: the report names no day";
            let mut when = When::day(candidate.day, words, anchor);
            if back > 0
                && let Some(published) = &cx.report.published
                && published.end > when.end
            {
                // What is told as news happened on one of these days.
                when.end = published.end.max(when.end);
                when.precision = WhenPrecision::Interval;
            }
            (when, candidate.event..candidate.event + 1, PUBLISHED)
        }
    };
    Draft::new(Slot::When, Value::When(when), tokens, candidate.event, rule)
}

/// The day beside the one that the words were resolved to.
fn shifted(cx: &Segmented<'_>, candidate: &Candidate, time: &Time, shift: i16) -> When {
    let anchor = match shift {
        1 => "the day after the night named",
        -7 => "the weekday a week before",
        ..-300 => "the day a year before",
        -1 if time.value.ends_with("T24:00") => "the day that ended at midnight",
        _ => "the day before, counted from what else the report says",
    };
    When::day(candidate.day, cx.doc.slice(time.tokens.clone()), anchor)
}

/// Adds the days, other than those known, that the clause of an event itself names.
fn further(cx: &Segmented<'_>, out: &mut Vec<Draft>) {
    if out.is_empty() {
        return;
    }
    let mut ranked: Vec<(i32, usize, &Time, usize)> = Vec::new();
    for (index, time) in cx.read.times.iter().enumerate() {
        if rules::dates_a_day(cx, time) {
            let (weight, event) = rules::weigh(cx, time);
            if weight >= rules::STRONG {
                ranked.push((weight, index, time, event));
            }
        }
    }
    ranked.sort_by_key(|&(weight, index, ..)| (std::cmp::Reverse(weight), index));
    for (_, _, time, event) in ranked {
        if out.len() == MAX_CLAIMS {
            break;
        }
        let Some(when) = &time.when else { continue };
        let known = out
            .iter()
            .any(|draft| matches!(&draft.value, Value::When(known) if known.overlaps(when)));
        if !known {
            out.push(Draft::new(
                Slot::When,
                Value::When(when.clone()),
                rules::words(cx, time, event),
                event,
                FURTHER,
            ));
        }
    }
}

/// A claim that keeps the words of a weekday that nothing in the report anchors: it still says something beside
/// another's date.
fn undated(cx: &Segmented<'_>) -> Option<Draft> {
    let times = cx.read.times.iter().filter(|time| {
        matches!(time.kind, TimeKind::Date | TimeKind::Time)
            && time.when.is_none()
            && rules::is_weekday(cx, time)
    });
    let (time, event) = times
        .filter_map(|time| Some((time, rules::event_of(cx, time)?)))
        .next()?;
    let value = Value::Words {
        words: cx.doc.slice(time.tokens.clone()).to_owned(),
    };
    let words = rules::words(cx, time, event);
    Some(Draft::new(Slot::When, value, words, event, "when/undated"))
}

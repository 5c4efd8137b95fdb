//! `when`: the day, or the time of day, of the report's happening.
//!
//! A time counts when it stands in the clause of a word for a violent happening or of its taking place, is no later than
//! publication, and is not marked off as the past of another story. The first mention of each day gives a claim.

use model::{Slot, Value, WhenPrecision};

use super::{context::Context, draft::Draft, frames, happenings};
use crate::read::times::{Time, TimeKind};

/// Claims of the slot.
pub fn claims(cx: &Context<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    let horizon = cx.report.published.as_ref();
    for time in &cx.read.times {
        let Some(when) = &time.when else { continue };
        if !matches!(time.kind, TimeKind::Date | TimeKind::Time)
            || when.precision > WhenPrecision::Week
        {
            continue;
        }
        if horizon.is_some_and(|published| when.start > published.end) {
            continue;
        }
        let Some(event) = event_of(cx, time) else {
            continue;
        };
        let start = time.tokens.start;
        // The quote holds the preposition ("on Thursday") and, when near, the happening itself.
        let from = if start > 0 && cx.doc.token(start - 1).dep() == "prep" {
            start - 1
        } else {
            start
        };
        let tokens = frames::cover(event..event + 1, from..time.tokens.end, 9);
        let known = out
            .iter()
            .any(|draft| matches!(&draft.value, Value::When(known) if known.overlaps(when)));
        if known {
            continue;
        }
        out.push(Draft::new(
            Slot::When,
            Value::When(when.clone()),
            tokens,
            event,
            "when/event-time",
        ));
        if out.len() == 3 {
            break;
        }
    }
    out
}

fn is_weekday(cx: &Context<'_>, time: &Time) -> bool {
    const DAYS: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    time.tokens
        .clone()
        .any(|i| DAYS.contains(&cx.doc.token(i).lower()))
}

/// A claim that keeps the words of a day without a date.
fn undated(cx: &Context<'_>, time: &Time, event: usize) -> Draft {
    let start = time.tokens.start;
    let from = if start > 0 && cx.doc.token(start - 1).dep() == "prep" {
        start - 1
    } else {
        start
    };
    let tokens = frames::cover(event..event + 1, from..time.tokens.end, 9);
    let words = cx.doc.slice(time.tokens.clone()).to_owned();
    Draft::new(
        Slot::When,
        Value::Words { words },
        tokens,
        event,
        "when/undated",
    )
}

/// The happening that a time dates: the nearest word for one above it in the tree or in its clause.
fn event_of(cx: &Context<'_>, time: &Time) -> Option<usize> {
    let head = time
        .tokens
        .clone()
        .map(|i| cx.doc.token(i))
        .find(|token| !time.tokens.contains(&token.head().i) || token.is_root())?;
    let mut above = head.ancestors();
    let verb = above.find(|token| {
        matches!(
            token.pos(),
            language::Pos::Verb | language::Pos::Aux | language::Pos::Noun
        ) && token.dep() != "pobj"
            || happenings::kind_of(*token).is_some()
    });
    let verb = verb?;
    let violent = |token: language::Token<'_>| {
        happenings::kind_of(token)
            .is_some_and(|(_, rank)| rank > 0 || token.pos() == language::Pos::Verb)
            && happenings::is_told(token)
    };
    if violent(verb) {
        return Some(verb.i);
    }
    // "The attack began on Thursday", "fighting engulfed the jail on Thursday, when fighters rammed …".
    let subject = frames::subject(verb);
    if subject.is_some_and(|subject| happenings::kind_of(subject).is_some()) {
        return Some(verb.i);
    }
    // "… on Friday, when a bomb exploded": the clause that hangs on the time or beside it.
    head.children()
        .chain(verb.children())
        .find(|child| {
            matches!(child.dep(), "relcl" | "advcl") && child.i > head.i && violent(*child)
        })
        .map(|child| child.i)
        .or_else(|| {
            (happenings::TAKE_PLACE.contains(&verb.lemma())
                && subject
                    .is_some_and(|subject| matches!(subject.lower(), "it" | "this" | "incident")))
            .then_some(verb.i)
        })
}

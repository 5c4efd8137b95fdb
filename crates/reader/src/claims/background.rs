//! `background`: what went before, dated by the text to an earlier year.

use model::{Slot, Value, WhenPrecision};

use super::{draft::Draft, passes::Passes, said_of_people as said};
use crate::read::times::TimeKind;

/// Claims of the slot: a clause with a past verb or a nominal ("its defeat in 2017") and a year before the report's
/// own.
pub fn claims(cx: &Passes<'_>, this_year: Option<i16>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for time in &cx.read.times {
        let Some(when) = &time.when else { continue };
        if time.kind != TimeKind::Date
            || !matches!(
                when.precision,
                WhenPrecision::Year | WhenPrecision::Month | WhenPrecision::Season
            )
        {
            continue;
        }
        if this_year.is_none_or(|year| when.date().year() >= year) {
            continue;
        }
        let first = cx.doc.token(time.tokens.start);
        let preposition = first.head();
        if first.dep() != "pobj"
            || !matches!(
                preposition.lower(),
                "in" | "since" | "from" | "until" | "during"
            )
        {
            continue;
        }
        // The words: the verb's clause or the noun's phrase that the year hangs on.
        let head = preposition.head();
        let object = head
            .children()
            .find(|child| matches!(child.dep(), "dobj" | "attr"));
        let start = match head.pos() {
            language::Pos::Verb | language::Pos::Aux => {
                object.map_or(head.i, |object| head.i.min(object.i))
            }
            _ => super::people::phrase(head, None).start,
        };
        let start = start.max(first.sentence().start);
        let tokens = if time.tokens.end > start && time.tokens.end - start <= 18 {
            start..time.tokens.end
        } else {
            preposition.i.min(time.tokens.start)..time.tokens.end
        };
        if out
            .last()
            .is_some_and(|last| last.tokens.end > tokens.start)
        {
            continue;
        }
        let tokens = said::trim(cx, tokens);
        let mut draft = Draft::new(
            Slot::Background,
            Value::When(when.clone()),
            tokens,
            head.i,
            "background/year",
        );
        draft.as_of = None;
        out.push(draft);
    }
    out
}

//! `age`: the ages of people spoken of as a group ("aged 4 to 14", "some as young as 12").
//!
//! The age of a single described person is part of the scope of what is said of that person.

use model::{Bound, Count, Slot, Value};

use super::{draft::Draft, passes::Passes, said_of_people as said};

/// Claims of the slot.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out = Vec::new();
    for token in cx.doc.tokens() {
        let i = token.i;
        let number = |i: usize| {
            (i < cx.doc.len())
                .then(|| cx.doc.token(i).text().parse::<u64>().ok())
                .flatten()
        };
        let word = |i: usize| {
            if i < cx.doc.len() {
                cx.doc.token(i).lower()
            } else {
                ""
            }
        };
        // "as young as 12", "as old as 80".
        if token.lower() == "as"
            && matches!(word(i + 1), "young" | "old")
            && word(i + 2) == "as"
            && let Some(years) = number(i + 3).filter(|&years| years < 120)
        {
            let end = if word(i + 4).starts_with("year") {
                i + 5
            } else {
                i + 4
            };
            let words = cx.doc.slice(i..end.min(cx.doc.len()));
            let bound = if word(i + 1) == "young" {
                Bound::AtLeast
            } else {
                Bound::AtMost
            };
            let draft = Draft::new(
                Slot::Age,
                Value::Count(Count::said(years, bound, words)),
                i..end.min(cx.doc.len()),
                i,
                "age/as-young-as",
            );
            out.push(draft.scoped(said::people_in_sentence(cx, token.sentence_index())));
        }
        // "aged 4 to 14", "aged between 4 and 14".
        if matches!(token.lower(), "aged" | "ages") {
            let mut at = i + 1;
            if word(at) == "between" || word(at) == "from" {
                at += 1;
            }
            if let (Some(low), Some(high)) = (number(at), number(at + 2))
                && matches!(word(at + 1), "to" | "and" | "-" | "–")
                && low < high
                && high < 120
            {
                let tokens = said::trim(cx, i..at + 3);
                let count = Count::range(
                    low,
                    Some(high),
                    Bound::Between,
                    cx.doc.slice(tokens.clone()),
                );
                let draft = Draft::new(Slot::Age, Value::Count(count), tokens, i, "age/range");
                out.push(draft.scoped(said::people_in_sentence(cx, token.sentence_index())));
            }
        }
    }
    out
}

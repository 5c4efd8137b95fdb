//! `detention_length`: how long people have been held.

use model::Slot;

use super::{draft::Draft, grammar, passes::Passes, said_of_people as said};
use crate::read::times::TimeKind;

const CUSTODY: &[&str] = &[
    "hold",
    "detain",
    "imprison",
    "jail",
    "prison",
    "detention",
    "captive",
    "captivity",
    "camp",
    "custody",
    "incarcerate",
    "facility",
];

/// Claims of the slot: a length of time in a sentence on people in custody, hung on the verb of being held or being
/// there.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out = Vec::new();
    for time in &cx.read.times {
        if time.kind != TimeKind::Duration {
            continue;
        }
        let first = cx.doc.token(time.tokens.start);
        let custody = first
            .sentence()
            .any(|i| CUSTODY.contains(&cx.doc.token(i).lemma()));
        let Some(verb) = grammar::clause_verb(first) else {
            continue;
        };
        let state = matches!(
            verb.lemma(),
            "hold"
                | "detain"
                | "imprison"
                | "jail"
                | "be"
                | "spend"
                | "keep"
                | "languish"
                | "remain"
        );
        // A sentence of a court is not time spent.
        let sentenced = first.sentence().any(|i| {
            matches!(
                cx.doc.token(i).lemma(),
                "sentence" | "face" | "maximum" | "parole" | "convict"
            )
        });
        if !custody || !state || sentenced {
            continue;
        }
        let mut start = time.tokens.start;
        // "for as long as three years": the reader of times may hold only the length.
        while start > 0
            && matches!(
                cx.doc.token(start - 1).lower(),
                "as" | "long"
                    | "than"
                    | "more"
                    | "over"
                    | "up"
                    | "to"
                    | "nearly"
                    | "almost"
                    | "about"
            )
        {
            start -= 1;
        }
        out.push(
            said::words(
                cx,
                Slot::DetentionLength,
                start..time.tokens.end,
                verb.i,
                "detention_length/duration",
            )
            .scoped(said::people_in_sentence(cx, first.sentence_index())),
        );
    }
    out
}

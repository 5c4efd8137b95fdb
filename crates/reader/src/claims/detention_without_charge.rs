//! `detention_without_charge`: people held whom nobody has charged.

use language::Pos;
use model::Slot;

use super::{draft::Draft, frames, passes::Passes, said_of_people as said};

/// Claims of the slot: "none of them have been charged", "held without charge", "without trial".
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out = Vec::new();
    for token in cx.doc.tokens() {
        match token.lower() {
            "charged" | "tried" | "convicted" | "indicted" if token.pos() == Pos::Verb => {
                let Some(subject) = frames::object(token) else {
                    continue;
                };
                let none = matches!(subject.lower(), "none" | "nobody")
                    || subject
                        .children()
                        .any(|child| child.lower() == "no" && child.dep() == "det");
                // A person not (yet) charged in a criminal case is no detention without charge: several people, or
                // custody said.
                let held = token.sentence().any(|i| {
                    matches!(
                        cx.doc.token(i).lemma(),
                        "hold" | "detain" | "imprison" | "jail" | "prison" | "camp"
                    )
                });
                let many =
                    matches!(subject.tag(), "NNS" | "NNPS") || none || subject.lower() == "they";
                if !(none || frames::is_negated(token)) || !(many && (none || held)) {
                    continue;
                }
                let end = token.subtree().end.min(token.i + 6);
                let start = subject.i.min(token.i);
                out.push(
                    said::kind(
                        cx,
                        Slot::DetentionWithoutCharge,
                        "not_charged",
                        start..end,
                        token.i,
                        "detention_without_charge/not-charged",
                    )
                    .scoped(said::scope_of(cx, Some(subject))),
                );
            }
            "without" => {
                let Some(object) = token
                    .child("pobj")
                    .filter(|object| matches!(object.lemma(), "charge" | "trial" | "process"))
                else {
                    continue;
                };
                let verb = token.head();
                if !matches!(
                    verb.lemma(),
                    "hold" | "detain" | "imprison" | "jail" | "keep" | "intern"
                ) {
                    continue;
                }
                out.push(
                    said::kind(
                        cx,
                        Slot::DetentionWithoutCharge,
                        "not_charged",
                        verb.i..object.i + 1,
                        verb.i,
                        "detention_without_charge/without",
                    )
                    .scoped(said::scope_of(cx, frames::object(verb))),
                );
            }
            _ => {}
        }
    }
    out
}

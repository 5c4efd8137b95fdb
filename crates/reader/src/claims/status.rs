//! `status`: whether it goes on.

use language::{Pos, Token};
use model::{Slot, Value};

use super::{draft::Draft, event_kinds, frames, passes::Passes};

const GO_ON: &[&str] = &[
    "continue",
    "rage",
    "persist",
    "intensify",
    "resume",
    "escalate",
];
const END: &[&str] = &["end", "cease", "stop", "subside", "conclude", "finish"];

/// Claims of the slot: "the battle continues", "fighting was ongoing", "the siege has ended".
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for token in cx.doc.tokens() {
        let Some((code, subject)) = state(token) else {
            continue;
        };
        let Some(subject) = subject else { continue };
        let violent = event_kinds::kind_of(subject).is_some()
            || matches!(
                subject.lemma(),
                "operation"
                    | "standoff"
                    | "unrest"
                    | "fire"
                    | "war"
                    | "manhunt"
                    | "search"
                    | "situation"
            );
        if !violent || frames::is_irrealis(token) {
            continue;
        }
        let mut start = subject
            .subtree()
            .start
            .max(subject.i.saturating_sub(3))
            .min(token.i);
        let mut end = (token.i + 1).max(subject.i + 1);
        // A neighbouring clause of the same quotation belongs to it ("there is progress, but the battle continues
        // inside").
        for child in token
            .children()
            .filter(|child| matches!(child.dep(), "advmod" | "prep") && child.i > token.i)
        {
            if child.subtree().end - token.i < 8 {
                end = end.max(child.subtree().end);
            }
        }
        start = start.max(token.sentence().start);
        while end > start + 1 && cx.doc.token(end - 1).is_punct() {
            end -= 1;
        }
        // "is not over" hangs the negation on the verb.
        let negated = frames::is_negated(token)
            || token.head().lemma() == "be" && frames::is_negated(token.head());
        let code = match (code, negated) {
            ("ended", true) => "ongoing",
            ("ongoing", true) => "ended",
            (code, _) => code,
        };
        let words = cx.doc.slice(start..end).to_owned();
        out.push(Draft::new(
            Slot::Status,
            Value::Kind {
                code: code.to_owned(),
                words,
            },
            start..end,
            token.i,
            "status/predicate",
        ));
    }
    out
}

fn state(token: Token<'_>) -> Option<(&'static str, Option<Token<'_>>)> {
    match token.pos() {
        Pos::Verb if GO_ON.contains(&token.lemma()) => Some(("ongoing", frames::subject(token))),
        Pos::Verb if END.contains(&token.lemma()) && token.child("dobj").is_none() => {
            let subject = if frames::is_passive(token) {
                frames::object(token)
            } else {
                frames::subject(token)
            };
            Some(("ended", subject))
        }
        Pos::Adj | Pos::Adv | Pos::Adp
            if matches!(token.lower(), "ongoing" | "underway" | "over")
                && token.head().lemma() == "be" =>
        {
            let code = if token.lower() == "over" {
                "ended"
            } else {
                "ongoing"
            };
            Some((code, frames::subject(token.head())))
        }
        _ => None,
    }
}

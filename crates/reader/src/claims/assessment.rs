//! `assessment`: what somebody thinks it may mean.

use language::Pos;
use model::{Slot, StanceKind};

use super::{draft::Draft, passes::Passes, said_of_people as said};

const MEAN: &[&str] = &[
    "mark",
    "signal",
    "herald",
    "indicate",
    "suggest",
    "represent",
    "underscore",
    "highlight",
    "undermine",
    "fuel",
    "trigger",
    "escalate",
    "destabilise",
    "destabilize",
    "deepen",
    "usher",
];

/// Claims of the slot: "could mark a new phase", "raised fears of a resurgence", "the deadliest attack since".
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for token in cx.doc.tokens() {
        let found = match token.pos() {
            Pos::Verb if MEAN.contains(&token.lemma()) => {
                let modal = token.children().find(|child| {
                    child.dep() == "aux"
                        && matches!(child.lower(), "may" | "might" | "could" | "would")
                });
                modal.map(|modal| {
                    (
                        modal.i,
                        token.subtree().end,
                        Some(StanceKind::Possible),
                        "assessment/may-mean",
                    )
                })
            }
            Pos::Verb
                if token.lemma() == "raise"
                    || token.lemma() == "spark"
                    || token.lemma() == "stoke" =>
            {
                token
                    .child("dobj")
                    .filter(|object| {
                        matches!(object.lower(), "fears" | "fear" | "concerns" | "alarm")
                    })
                    .filter(|object| {
                        object.subtree().len() > 1
                            && object.children().any(|child| child.dep() == "prep")
                    })
                    .map(|object| {
                        (
                            token.i,
                            object.subtree().end,
                            Some(StanceKind::Possible),
                            "assessment/fears",
                        )
                    })
            }
            Pos::Adj
                if matches!(
                    token.lower(),
                    "largest" | "deadliest" | "worst" | "biggest" | "bloodiest"
                ) =>
            {
                let since = token
                    .head()
                    .subtree()
                    .any(|i| cx.doc.token(i).lower() == "since");
                since.then(|| {
                    (
                        token.i,
                        token.head().subtree().end,
                        None,
                        "assessment/superlative",
                    )
                })
            }
            _ => None,
        };
        let Some((start, end, stance, rule)) = found else {
            continue;
        };
        let end = end.min(start + 24).min(token.sentence().end);
        if end <= start || out.last().is_some_and(|last| last.tokens.end > start) {
            continue;
        }
        let mut draft = said::words(cx, Slot::Assessment, start..end, token.i, rule);
        draft.stance = stance;
        out.push(draft);
    }
    out
}

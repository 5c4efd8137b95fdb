//! `statement`: what somebody named says that fits no other slot; its words are kept.

use model::{Slot, Value};

use super::{draft::Draft, passes::Passes};

/// Claims of the slot, given the claims of all others: one for each attributed content in which no other claim's words
/// stand.
pub fn claims(cx: &Passes<'_>, others: &[Draft]) -> Vec<Draft> {
    let mut out = Vec::new();
    for attribution in &cx.read.attributions {
        if attribution.speakers.is_empty()
            || attribution.inside.is_some()
            || !attribution.said
            || !is_speech(&attribution.lemma)
        {
            continue;
        }
        let Some(range) = attribution.content.iter().max_by_key(|range| range.len()) else {
            continue;
        };
        // "(Published Wednesday)" is a page's remark.
        if range.len() < 5 || range.end > cx.doc.len() || cx.doc.token(range.start).lower() == "(" {
            continue;
        }
        // "feared a backlash" is what somebody thinks; "feared that …" is what somebody says.
        let clause = cx
            .doc
            .slice(range.clone())
            .trim_start_matches(['“', '"', '\'', '‘'])
            .starts_with("that ");
        if attribution.lemma == "fear" && !clause {
            continue;
        }
        let taken = others.iter().any(|draft| {
            attribution
                .content
                .iter()
                .any(|range| draft.tokens.start < range.end && range.start < draft.tokens.end)
        });
        if taken {
            continue;
        }
        let anchor = range.start + range.len() / 2;
        let words = cx.doc.slice(range.clone()).to_owned();
        out.push(Draft::new(
            Slot::Statement,
            Value::Words { words },
            range.clone(),
            anchor,
            "statement/attributed",
        ));
    }
    out
}

/// Verbs of saying; belief, hope and discovery make no statement of their own.
fn is_speech(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "tell"
            | "add"
            | "note"
            | "write"
            | "announce"
            | "warn"
            | "claim"
            | "argue"
            | "declare"
            | "insist"
            | "explain"
            | "state"
            | "report"
            | "reply"
            | "respond"
            | "continue"
            | "accord"
            | "according"
            | "tweet"
            | "confirm"
            | "deny"
            | "describe"
            | "stress"
            | "admit"
            | "allege"
            | "condemn"
            | "accuse"
            | "promise"
            | "vow"
            | "estimate"
            | "reveal"
            | "acknowledge"
            | "recall"
            | "express"
            | "fear"
            | "post"
    )
}

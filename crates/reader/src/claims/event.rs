//! `event`: what kind of event the report is about.
//!
//! One claim a report: among the events its title and first sentences name, the most specific kind, the earliest of
//! equals.

use model::{Slot, Value};

use super::{draft::Draft, event_kinds, frames, passes::Passes};

/// Sentences from the start of the report that may name its news.
const LEAD: usize = 8;

/// The token that names the report's main event, its kind, and how specific that is.
pub fn main_event(cx: &Passes<'_>) -> Option<(usize, &'static str)> {
    let mut best: Option<(usize, &'static str, i32)> = None;
    for (number, sentence) in cx.doc.sentences().take(LEAD).enumerate() {
        for i in sentence {
            let token = cx.doc.token(i);
            let Some((kind, rank)) = event_kinds::kind_of(token) else {
                continue;
            };
            if !event_kinds::is_news(token) || !cx.in_main_segment(i) {
                continue;
            }
            // What the first sentences tell as a verb or a head noun weighs more than a modifier further down.
            let weight = i32::from(rank) * 3 - number as i32 - i32::from(token.dep() == "compound");
            if best.is_none_or(|(_, _, known)| weight > known) {
                best = Some((i, kind, weight));
            }
        }
    }
    best.map(|(token, kind, _)| (token, kind))
}

/// Claims of the slot.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let Some((at, kind)) = main_event(cx) else {
        return Vec::new();
    };
    let token = cx.doc.token(at);
    let mut tokens = frames::predicate_tokens(token);
    let target = if token.pos() == language::Pos::Verb {
        frames::object(token)
    } else {
        token
            .children()
            .find(|child| {
                child.dep() == "prep" && matches!(child.lower(), "on" | "against" | "at" | "in")
            })
            .and_then(|child| child.child("pobj"))
    };
    if let Some(target) = target {
        let phrase = super::people::phrase(target, None);
        tokens = if tokens.start < phrase.end {
            tokens.start..phrase.end
        } else {
            phrase.start..tokens.end
        };
        if tokens.len() > 14 {
            tokens = frames::predicate_tokens(token);
        }
    }
    let value = Value::Kind {
        code: kind.to_owned(),
        words: cx.doc.slice(tokens.clone()).to_owned(),
    };
    let mut draft = Draft::new(Slot::Event, value, tokens, at, "event/lead");
    draft.actor = frames_agent(cx, token).map(|info| info.party.clone());
    vec![draft]
}

/// The party that did it, as its clause says.
fn frames_agent<'a>(
    cx: &Passes<'a>,
    token: language::Token<'_>,
) -> Option<&'a crate::read::parties::PartyInfo> {
    if token.pos() == language::Pos::Verb {
        return frames::agent(token).and_then(|agent| cx.body_of(agent));
    }
    token
        .children()
        .find(|child| matches!(child.lower(), "by"))
        .and_then(|by| by.child("pobj"))
        .and_then(|agent| cx.body_of(agent))
}

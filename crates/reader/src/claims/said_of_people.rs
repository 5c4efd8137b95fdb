//! What the slots on people's situation share: a predicate found by its words, the people it is said of, a draft of
//! both.

use std::ops::Range;

use language::Token;
use model::{Scope, Slot, Value};

use super::{draft::Draft, frames, passes::Passes, people};

/// The scope of the people that head a phrase; everybody when it names none.
pub fn scope_of(cx: &Passes<'_>, token: Option<Token<'_>>) -> Scope {
    token
        .and_then(|token| people::group_at(cx, token))
        .map_or_else(Scope::default, |group| group.scope)
}

/// Trims white space and punctuation off either end; quotation marks too.
pub fn trim(cx: &Passes<'_>, mut tokens: Range<usize>) -> Range<usize> {
    let hollow = |i: usize| cx.doc.token(i).is_punct() || cx.doc.token(i).is_space();
    while tokens.len() > 1 && hollow(tokens.start) {
        tokens.start += 1;
    }
    while tokens.len() > 1 && hollow(tokens.end - 1) {
        tokens.end -= 1;
    }
    tokens
}

/// A draft that keeps the words.
pub fn words(
    cx: &Passes<'_>,
    slot: Slot,
    tokens: Range<usize>,
    anchor: usize,
    rule: &'static str,
) -> Draft {
    let tokens = trim(cx, tokens);
    let words = cx.doc.slice(tokens.clone()).to_owned();
    Draft::new(slot, Value::Words { words }, tokens, anchor, rule)
}

/// A draft of a closed kind.
pub fn kind(
    cx: &Passes<'_>,
    slot: Slot,
    code: &str,
    tokens: Range<usize>,
    anchor: usize,
    rule: &'static str,
) -> Draft {
    let tokens = trim(cx, tokens);
    let words = cx.doc.slice(tokens.clone()).to_owned();
    Draft::new(
        slot,
        Value::Kind {
            code: code.to_owned(),
            words,
        },
        tokens,
        anchor,
        rule,
    )
}

/// The party that does it.
pub fn actor(cx: &Passes<'_>, verb: Token<'_>) -> Option<model::Party> {
    frames::agent(verb)
        .and_then(|agent| cx.body_of(agent))
        .map(|info| info.party.clone())
}

/// The people a sentence speaks of, when the clause itself names none.
pub fn people_in_sentence(cx: &Passes<'_>, sentence: usize) -> Scope {
    cx.doc
        .sentence(sentence)
        .filter_map(|i| people::group_at(cx, cx.doc.token(i)))
        .map(|group| group.scope)
        .find(|scope| !scope.is_all())
        .unwrap_or_default()
}

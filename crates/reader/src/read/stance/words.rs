//! Modals, adverbs and adjectives; questions and conditions.

use language::{Doc, Pos, Token};
use model::StanceKind;

use super::StanceCue;

const ADVERBS: &[(&str, StanceKind)] = &[
    ("allegedly", StanceKind::Claimed),
    ("supposedly", StanceKind::Claimed),
    ("purportedly", StanceKind::Claimed),
    ("ostensibly", StanceKind::Claimed),
    ("reportedly", StanceKind::Reported),
    ("apparently", StanceKind::Possible),
    ("seemingly", StanceKind::Possible),
    ("possibly", StanceKind::Possible),
    ("perhaps", StanceKind::Possible),
    ("maybe", StanceKind::Possible),
    ("probably", StanceKind::Possible),
    ("likely", StanceKind::Possible),
    ("presumably", StanceKind::Possible),
    ("potentially", StanceKind::Possible),
];

const ADJECTIVES: &[(&str, StanceKind)] = &[
    ("alleged", StanceKind::Claimed),
    ("purported", StanceKind::Claimed),
    ("supposed", StanceKind::Claimed),
    ("suspected", StanceKind::Possible),
    ("presumed", StanceKind::Possible),
    ("apparent", StanceKind::Possible),
    ("possible", StanceKind::Possible),
    ("potential", StanceKind::Possible),
    ("likely", StanceKind::Possible),
    ("probable", StanceKind::Possible),
    ("feared", StanceKind::Possible),
    ("unconfirmed", StanceKind::Unconfirmed),
    ("unverified", StanceKind::Unconfirmed),
    ("unsubstantiated", StanceKind::Unconfirmed),
    ("reported", StanceKind::Reported),
];

/// Reads the cue that starts at this token, if any.
pub fn read(token: Token<'_>) -> Option<StanceCue> {
    modal(token)
        .or_else(|| adverb(token))
        .or_else(|| adjective(token))
        .or_else(|| condition(token))
}

fn cue(token: Token<'_>, kind: StanceKind, scope: std::ops::Range<usize>) -> Option<StanceCue> {
    Some(StanceCue {
        tokens: token.i..token.i + 1,
        kind,
        scope: vec![scope],
    })
}

fn modal(token: Token<'_>) -> Option<StanceCue> {
    if token.tag() != "MD" || token.dep() != "aux" {
        return None;
    }
    let verb = token.head();
    let negated = verb.children().any(|c| c.dep() == "neg");
    let asks = verb.children().any(|c| c.dep() == "aux" && c.i > verb.i);
    match token.lower() {
        "may" | "might" => {}
        // "could have", "could mark"; not "could not reach", "could hear", "could be seen": that is being able.
        "could"
            if !negated
                && !matches!(
                    verb.lemma(),
                    "see" | "hear" | "smell" | "feel" | "get" | "reach" | "understand"
                ) => {}
        _ => return None,
    }
    if asks {
        return None;
    }
    cue(token, StanceKind::Possible, verb.subtree())
}

fn adverb(token: Token<'_>) -> Option<StanceCue> {
    if token.pos() != Pos::Adv && token.dep() != "advmod" {
        return None;
    }
    let kind = lookup(ADVERBS, token.lower())?;
    let head = token.head();
    if head == token {
        return cue(token, kind, token.sentence());
    }
    cue(token, kind, head.subtree())
}

fn lookup(table: &[(&str, StanceKind)], word: &str) -> Option<StanceKind> {
    table
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, kind)| *kind)
}

fn adjective(token: Token<'_>) -> Option<StanceCue> {
    if token.dep() != "amod" {
        return None;
    }
    let kind = lookup(ADJECTIVES, token.lower())?;
    cue(token, kind, token.head().subtree())
}

/// "if confirmed", "unless": what is supposed is not said to be so.
fn condition(token: Token<'_>) -> Option<StanceCue> {
    if token.dep() != "mark" || !matches!(token.lower(), "if" | "unless" | "whether") {
        return None;
    }
    let verb = token.head();
    cue(token, StanceKind::Possible, verb.subtree())
}

/// Sentences that ask.
pub fn questions(doc: &Doc) -> Vec<StanceCue> {
    doc.sentences()
        .filter_map(|sentence| {
            let mark = sentence
                .clone()
                .rev()
                .take(4)
                .find(|&i| doc.token(i).text() == "?")?;
            let reach = sentence.start..mark;
            (!reach.is_empty()).then(|| StanceCue {
                tokens: mark..mark + 1,
                kind: StanceKind::Possible,
                scope: vec![reach],
            })
        })
        .collect()
}

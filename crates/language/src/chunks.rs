//! Base noun phrases of English, from the parse.

use std::ops::Range;

use crate::{Doc, Pos, Token};

/// Labels under which a noun heads a phrase of its own.
const HEADS: &[&str] = &[
    "oprd",
    "nsubj",
    "dobj",
    "nsubjpass",
    "pcomp",
    "pobj",
    "dative",
    "appos",
    "attr",
    "ROOT",
];

impl Doc {
    /// Token ranges of the base noun phrases in order: a noun, proper noun or pronoun with what stands before it. They
    /// never overlap, and the last token of each is its head.
    pub fn noun_chunks(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut last = None;
        self.tokens().filter_map(move |token| {
            let start = token.subtree().start;
            let fits = matches!(token.pos(), Pos::Noun | Pos::Propn | Pos::Pron)
                && last.is_none_or(|last| start > last)
                && heads_phrase(token);
            fits.then(|| {
                last = Some(token.i);
                start..token.i + 1
            })
        })
    }
}

fn heads_phrase(token: Token<'_>) -> bool {
    if HEADS.contains(&token.dep()) {
        return true;
    }
    if token.dep() != "conj" {
        return false;
    }
    let mut head = token.head();
    while head.dep() == "conj" && head.head().i < head.i {
        head = head.head();
    }
    HEADS.contains(&head.dep())
}

//! A cue and the tokens that it takes and reaches.

use std::ops::Range;

use language::Token;
use model::StanceKind;

/// A word or phrase that changes commitment.
#[derive(Clone, Debug, PartialEq)]
pub struct StanceCue {
    /// Tokens of the cue: "may", "allegedly", "has not been confirmed", "is reported to".
    pub tokens: Range<usize>,
    /// What it shows.
    pub kind: StanceKind,
    /// Tokens it reaches: the clause it stands over.
    pub scope: Vec<Range<usize>>,
}

/// The cue with what stands left of it and belongs to it: auxiliaries, negation, adverbs.
pub(super) fn with_auxiliaries(verb: Token<'_>) -> Range<usize> {
    let mut start = verb.i;
    for child in verb.children() {
        let name = child.text().len() > 1 && child.text().chars().all(char::is_uppercase);
        let part = matches!(child.dep(), "aux" | "auxpass" | "neg" | "advmod") && !name;
        if part && child.i < verb.i && verb.i - child.i <= 5 {
            start = start.min(child.i);
        }
    }
    start..verb.i + 1
}

/// Subtree of `token` without that of `without`.
pub(super) fn except(token: Token<'_>, without: Token<'_>) -> Vec<Range<usize>> {
    let (all, cut) = (token.subtree(), without.subtree());
    let parts = [
        all.start..cut.start.clamp(all.start, all.end),
        cut.end.clamp(all.start, all.end)..all.end,
    ];
    parts
        .into_iter()
        .filter(|range| !range.is_empty())
        .collect()
}

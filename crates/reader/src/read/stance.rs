//! Words that change commitment, and the tokens they reach.

use std::ops::Range;

use language::Doc;
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

/// Finds the cues of a text, in order.
pub fn find(_doc: &Doc) -> Vec<StanceCue> {
    unimplemented!()
}

//! Who says what: attributions with their cue, source and content, and the chain of speakers.

use std::ops::Range;

use language::Doc;

use super::parties::Parties;

/// How a source is said to have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributionKind {
    /// Words in quotation marks, whole.
    Direct,
    /// Reported clause.
    Indirect,
    /// A reported clause with words in quotation marks.
    Mixed,
}

/// One attribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Tokens of the cue: "said", "has claimed", "according to".
    pub cue: Range<usize>,
    /// Lemma of the cue word: `say`, `claim`, `accord`.
    pub lemma: String,
    /// Tokens of the source phrase; `None` when nobody is named ("is reported to").
    pub source: Option<Range<usize>>,
    /// Index into [`Parties::parties`] of each who says it, when several say it together ("the SDF and rights groups"); empty when
    /// nobody is named or the source is no party.
    pub speakers: Vec<usize>,
    /// Whom it was said to, if an outlet or agency ("told Reuters", "spoke to Reuters"): index into the parties.
    pub told: Option<usize>,
    /// Tokens of the content, in order; several ranges when it is broken or goes on over sentences.
    pub content: Vec<Range<usize>>,
    /// Direct, indirect or mixed.
    pub kind: AttributionKind,
    /// Index of the attribution whose content this one stands in, if any: the chain goes on there.
    pub inside: Option<usize>,
}

/// Finds the attributions of a text, in order of the cue.
pub fn find(_doc: &Doc, _parties: &Parties) -> Vec<Attribution> {
    unimplemented!()
}

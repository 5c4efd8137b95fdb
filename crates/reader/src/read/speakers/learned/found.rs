//! One attribution as the model sees it.

use std::ops::Range;

/// One attribution as the model sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The cue word.
    pub word: usize,
    /// Tokens of the cue, the word among them.
    pub cue: Range<usize>,
    /// Tokens of the source.
    pub source: Option<Range<usize>>,
    /// Tokens of the content, in order.
    pub content: Vec<Range<usize>>,
    /// How sure it is that the word is a cue, 0–1.
    pub probability: f32,
}

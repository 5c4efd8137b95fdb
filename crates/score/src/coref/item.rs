//! A text with what its key says of it.

use std::ops::Range;

/// A text with marked entities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub name: String,
    /// The words.
    pub text: String,
    /// Whether capitals are to be put back.
    pub lower: bool,
    /// The entities.
    pub entities: Vec<Entity>,
    /// Pairs of entities that the key has beside each other: they are two.
    pub apart: Vec<(usize, usize)>,
}

/// What is one in the key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entity {
    /// Its role.
    pub role: String,
    /// Bytes of its mentions, in order, none over another.
    pub mentions: Vec<Range<usize>>,
    /// Whether the mentions are names.
    pub named: bool,
}

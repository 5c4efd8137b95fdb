//! A name that may be a place.

use std::ops::Range;

use crate::read::places::gazetteer::{NameKind, RecordId};

/// How a name of a place stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read::places) enum Use {
    /// It names the place.
    Plain,
    /// It stands inside the name of a body of that place: "Springfield Police Department".
    InName,
    /// It is the word for the people: "Syrian".
    People,
}

/// What the words around a name say about the kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read::places) enum Hint {
    /// Nothing.
    None,
    /// "X province", "the state of X".
    Region,
    /// "X district", "the county of X".
    District,
    /// "the city of X".
    City,
}

/// A name that may be a place.
#[derive(Clone, Debug)]
pub(in crate::read::places) struct Spot {
    /// Tokens of the name alone.
    pub tokens: Range<usize>,
    /// Tokens with the word for its kind: "Hasnak province".
    pub whole: Range<usize>,
    /// Folded name.
    pub name: String,
    /// Records that bear the name, and how.
    pub hits: Vec<(RecordId, NameKind)>,
    /// How it stands.
    pub used: Use,
    /// What the words around say of its kind.
    pub hint: Hint,
    /// Evidence for a place; below what is enough it is dropped unless another mention of the name holds it up.
    pub score: i32,
    /// Whether the mention speaks against any place, so that no other mention may hold it up.
    pub barred: bool,
    /// Whether a title or a first name stands before it.
    pub person: bool,
    /// Whether "in", "near" or the like leads to it.
    pub led: bool,
}

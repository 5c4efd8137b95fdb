//! What is found of two claims.

use model::RelationKind;

/// A relation found, and whether it runs from the second claim to the first.
pub struct Found {
    /// How they stand.
    pub kind: RelationKind,
    /// One clause.
    pub why: String,
    /// Whether the second claim is the `a` of the relation.
    pub swapped: bool,
    /// Whether what `a` says takes the place of what `b` says.
    pub supersedes: bool,
    /// Whether a count of a later day holds both, so that they dispute nothing any more.
    pub overtaken: bool,
}

impl Found {
    /// A relation from the first claim to the second.
    pub fn new(kind: RelationKind, why: impl Into<String>) -> Self {
        Self {
            kind,
            why: why.into(),
            swapped: false,
            supersedes: kind == RelationKind::Revises,
            overtaken: false,
        }
    }
}

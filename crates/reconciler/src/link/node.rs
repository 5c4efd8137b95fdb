//! A report among others: its fingerprint, and what of it few others have.

use serde::{Deserialize, Serialize};

use super::fingerprint::Fingerprint;

/// Weighted hashes, sorted by hash.
pub type Weighted = Vec<(u64, f32)>;

/// A report among others.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Node {
    /// The fingerprint; its counted words and place names are empty, the weighted lists below stand for them.
    pub fingerprint: Fingerprint,
    /// All words, weighted, of unit length.
    pub words: Weighted,
    /// Words of the headline, of unit length.
    pub title: Weighted,
    /// Words of headline and lead, of unit length.
    pub lead: Weighted,
    /// Rare capitalised words and how rare, 0–1.
    pub capitals: Weighted,
    /// Rare words and how rare.
    pub rare: Weighted,
    /// Pairs of capitalised words that few have.
    pub pairs: Weighted,
    /// Streets and how rare.
    pub streets: Weighted,
    /// Rare capitalised words of the headline.
    pub headline: Weighted,
    /// Place names by how much the text dwells on them and how rare they are, of unit length.
    pub ground: Weighted,
}

/// Streets, or people named with their ages, above which a report tells of many incidents.
const MANY: usize = 20;

impl Node {
    /// Whether the report is a list of incidents and not the story of one: like each of them, it would glue them
    /// together, so it is compared with none.
    pub fn tells_of_many(&self) -> bool {
        many(&self.fingerprint)
    }
}

/// See [`Node::tells_of_many`].
pub(super) fn many(fingerprint: &Fingerprint) -> bool {
    fingerprint.streets.len().max(fingerprint.people.len()) > MANY
}

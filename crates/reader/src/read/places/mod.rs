//! Places through the gazetteer, with sites, addresses and what holds them.
//!
//! What comes in: a parsed text and the [`Gazetteer`]. What goes out: every name of a place ([`toponyms`]) and, built of them, the
//! places of the text as a reader would put them on a map ([`find`]): "Tuwayrin prison in Darmuk, northeastern Harnok" is one. It knows
//! nothing of what happened there.

mod build;
mod fold;
mod gazetteer;
mod regions;
mod resolve;
mod spot;
mod toponym;
mod words;
mod world;

use std::ops::Range;

use language::Doc;
use model::Place;

pub use build::{BuildError, GazetteerSources, SOURCE_FILES, build};
pub use gazetteer::{Gazetteer, GazetteerError, NameKind, Record, RecordId, RecordKind};
pub use toponym::{Toponym, ToponymUse, toponyms};

/// A place as named in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// Tokens of the whole expression: "Ghuwayran prison in Hasakah, northeastern Syria".
    pub tokens: Range<usize>,
    /// The place.
    pub place: Place,
}

/// Finds the places of a text, in order, never overlapping.
pub fn find(doc: &Doc, gazetteer: &Gazetteer) -> Vec<PlaceMention> {
    toponyms(doc, gazetteer)
        .into_iter()
        .filter(|toponym| toponym.used == ToponymUse::Place)
        .map(|toponym| PlaceMention {
            tokens: toponym.tokens,
            place: toponym.place,
        })
        .collect()
}

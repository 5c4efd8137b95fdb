//! Places through the gazetteer, with sites, addresses and what holds them.

mod build;
mod fold;
mod gazetteer;
mod regions;
mod world;

use std::ops::Range;

use language::Doc;
use model::Place;

pub use build::{BuildError, GazetteerSources, SOURCE_FILES, build};
pub use gazetteer::{Gazetteer, GazetteerError, NameKind, Record, RecordId, RecordKind};

/// A place as named in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// Tokens of the whole expression: "Ghuwayran prison in Hasakah, northeastern Syria".
    pub tokens: Range<usize>,
    /// The place.
    pub place: Place,
}

/// Finds the places of a text, in order, never overlapping.
pub fn find(_doc: &Doc, _gazetteer: &Gazetteer) -> Vec<PlaceMention> {
    unimplemented!()
}

//! Places through the gazetteer, with sites, addresses and what holds them.

use std::ops::Range;

use language::Doc;
use model::Place;

/// Names of the world's populated places and divisions, with coordinates. Read from the bytes that `prepare` made.
pub struct Gazetteer {}

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

//! A place as named in the text.

use std::ops::Range;

use model::Place;

/// A place as named in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// Tokens of the whole expression: "Tuwayrin prison in Darmuk, northeastern Harnok".
    pub tokens: Range<usize>,
    /// The place.
    pub place: Place,
}

//! Numbers in words and digits, with their bound.

use std::ops::Range;

use language::Doc;
use model::Count;

/// A number as said.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Tokens of the whole expression, bound words included: "more than 210", "some 850", "a", "several".
    pub tokens: Range<usize>,
    /// The interval.
    pub count: Count,
    /// Token index of the noun it counts ("people" in "more than 210 people"); `None` when it stands alone ("23 were killed").
    pub noun: Option<usize>,
    /// What it measures.
    pub kind: QuantityKind,
}

/// What a number measures, as far as its own phrase tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityKind {
    /// How many of something.
    Cardinal,
    /// Position in a series: "the third attack".
    Ordinal,
    /// Part of a date, time, age, money, percentage, measure, address or name: not a count of anything.
    Other,
}

/// Finds the numbers of a text, in order, never overlapping.
pub fn find(_doc: &Doc) -> Vec<Quantity> {
    unimplemented!()
}

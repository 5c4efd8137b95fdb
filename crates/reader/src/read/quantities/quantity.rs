//! What a number says: how many, of what, and what it measures.

use std::ops::Range;

use model::Count;

use super::words::Words;

/// A number as said.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Tokens of the whole expression, bound words included: "more than 210", "some 640", "several", "12 more", "a
    /// 61-year-old man".
    pub tokens: Range<usize>,
    /// The interval.
    pub count: Count,
    /// Token index of the noun it counts ("people" in "more than 210 people", "them" in "12 of them"); `None` when it
    /// stands alone ("23 were killed"). For a person described by age alone ("the 19-year-old") the token of "old".
    pub noun: Option<usize>,
    /// What it measures.
    pub kind: QuantityKind,
    /// What it measures when it counts nothing; `None` for counts and ordinals.
    pub measure: Option<Measure>,
    /// Age in years of those counted: 61 in "a 61-year-old man".
    pub age: Option<u32>,
    /// Whether it adds to a number said before: "another 30", "12 others", "a further 12", "the other two".
    pub additional: bool,
    /// Whether it picks from a group already named: "12 of them", "one of the guards".
    pub partitive: bool,
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

/// What a number of kind [`QuantityKind::Other`] measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Years of life.
    Age,
    /// A day or a year.
    Date,
    /// A time of day.
    Clock,
    /// A length of time.
    Duration,
    /// Money.
    Money,
    /// A share of a hundred.
    Percent,
    /// A share in words: "half of the town", "two-thirds".
    Fraction,
    /// A length, weight or other physical unit; a bare decimal.
    Unit,
    /// A house or block number.
    Address,
    /// Part of a name: "Route 66", "Channel 5".
    Name,
    /// A score, a vote or a telephone number.
    Score,
}

pub(super) fn make(words: &Words, range: Range<usize>, count: Count) -> Quantity {
    Quantity {
        tokens: words.tokens(range),
        count,
        noun: None,
        kind: QuantityKind::Cardinal,
        measure: None,
        age: None,
        additional: false,
        partitive: false,
    }
}

//! One event that a report tells of, as it grows sentence by sentence.

use std::ops::Range;

use jiff::civil::Date;

use super::settlement::Settlement;

/// One event that a report tells of.
#[derive(Clone, Debug, Default)]
pub struct EventSegment {
    /// The token that it begins with.
    pub first: usize,
    /// Tokens that stand for it: its place, its first victim or its first words.
    pub words: Range<usize>,
    /// Its finest place: index among the report's places.
    pub place: Option<usize>,
    /// The time that names its day: index among the report's times.
    pub day: Option<usize>,
    /// The settlement that its violence befell, in a round-up of them.
    pub settlement: Option<Settlement>,
    /// Words of its streets.
    pub streets: Vec<u64>,
    /// Its quarters and towns.
    pub quarters: Vec<u64>,
    /// Minutes after midnight.
    pub clock: Option<u16>,
    /// Its day.
    pub date: Option<Date>,
    /// Last names of its victims.
    pub names: Vec<u64>,
    /// Ages of its victims.
    pub ages: Vec<u32>,
    /// Somebody is killed or hurt in it.
    pub victims: bool,
    /// One of its sentences begins with somebody not told of before.
    pub newcomer: bool,
    /// It tells of violence.
    pub violent: bool,
    /// Sentences it has so far.
    pub sentences: usize,
    /// Most people that one of its sentences newly tells of.
    pub people: u64,
    /// Nothing but the headline has told of it.
    pub title: bool,
    /// It began with words that say so.
    pub strong: bool,
    /// Its place is a street.
    pub at_street: bool,
}

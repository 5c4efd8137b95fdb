//! Times, with past bias, anchored to publication or to weekday and day.

pub mod calendar;
pub mod published;

pub use published::{local_day, parse_published};

use std::ops::Range;

use language::Doc;
use model::When;

/// A time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// Tokens of the expression.
    pub tokens: Range<usize>,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value as in TempEval-3: `2022-01-20`, `2022-W03`, `P3D`, `PRESENT_REF`, `2022-01-20TEV`.
    pub value: String,
    /// The interval on the calendar, if it could be found; `None` for durations, sets, vague references, or without an anchor.
    pub when: Option<When>,
}

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeKind {
    /// A day, week, month, year.
    Date,
    /// A time within a day.
    Time,
    /// A length.
    Duration,
    /// A repeated time.
    Set,
}

/// Finds the times of a text, in order, never overlapping. `published` anchors what is said relative to the day of printing;
/// without it, a weekday with day and month still fixes the year, and later mentions anchor to that.
pub fn find(_doc: &Doc, _published: Option<&When>) -> Vec<Time> {
    unimplemented!()
}

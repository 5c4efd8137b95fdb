//! A time expression: as it goes out, as it is found, and as it waits for its place on the calendar.

use std::ops::Range;

use model::When;

use super::{
    expression::{Expression, Form},
    tense::Tense,
};

/// A time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// Tokens of the expression.
    pub tokens: Range<usize>,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value as in TempEval-3: `2022-01-20`, `2022-W03`, `P3D`, `PRESENT_REF`, `2022-01-20TEV`. `X` stands for
    /// what is unknown.
    pub value: String,
    /// The interval on the calendar, if it could be found; `None` for durations, sets, vague references, or without an
    /// anchor. A stretch that ends or begins at printing ("the past two weeks") has one though its value is a length.
    pub when: Option<When>,
    /// How the words name the day.
    pub form: Form,
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

/// An expression found at some word, not yet on the calendar.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub kind: TimeKind,
    pub expression: Expression,
    /// Words taken.
    pub len: usize,
}

/// An expression in the doc with the tense of its clause.
pub(super) struct Placed {
    pub tokens: Range<usize>,
    pub kind: TimeKind,
    pub expression: Expression,
    pub tense: Tense,
    /// Number of its paragraph.
    pub paragraph: usize,
}

impl Placed {
    /// Whether it stands in the first two paragraphs, where headers and datelines are.
    pub(super) fn in_head(&self) -> bool {
        self.paragraph < 2
    }
}

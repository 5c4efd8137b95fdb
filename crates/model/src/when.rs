//! When something happened, as an interval.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// How finely a time is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WhenPrecision {
    /// To the minute.
    Minute,
    /// To the hour.
    Hour,
    /// A part of a day: "Thursday evening".
    PartOfDay,
    /// A calendar day.
    Day,
    /// A week, a weekend, or "last week".
    Week,
    /// A month.
    Month,
    /// A season or quarter.
    Season,
    /// A year.
    Year,
    /// An interval named by both ends: "from Friday to Sunday".
    Interval,
}

/// A half-open interval `start..end` of civil time, with its precision and the words.
///
/// Times are read as UTC unless the text names a zone; a day is therefore a local calendar day as the report gives it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct When {
    /// First moment.
    pub start: DateTime,
    /// One past the last moment; `start < end`.
    pub end: DateTime,
    /// How finely it is known.
    pub precision: WhenPrecision,
    /// The words.
    pub words: String,
    /// How the words became this interval, in one short clause: "weekday before publication", "weekday and day fix the
    /// year".
    pub anchor: String,
}

impl When {
    /// Makes the interval of one calendar day.
    pub fn day(date: Date, words: impl Into<String>, anchor: impl Into<String>) -> Self {
        let start = date.to_datetime(jiff::civil::Time::midnight());
        let end = date.tomorrow().map_or(DateTime::MAX, |next| {
            next.to_datetime(jiff::civil::Time::midnight())
        });
        Self {
            start,
            end,
            precision: WhenPrecision::Day,
            words: words.into(),
            anchor: anchor.into(),
        }
    }

    /// The first calendar day of the interval.
    pub fn date(&self) -> Date {
        self.start.date()
    }

    /// Whether the two share a moment.
    pub fn overlaps(&self, other: &When) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether this lies wholly inside `other`.
    pub fn within(&self, other: &When) -> bool {
        other.start <= self.start && self.end <= other.end
    }
}

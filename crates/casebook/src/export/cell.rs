//! What stands in one place of a table.

use jiff::civil::DateTime;
use serde::Serialize;

/// What the cells of a column are, where they are not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words, codes, ids.
    Text,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Decimal,
    /// A moment of local time.
    Time,
    /// Yes or no.
    Flag,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing is known.
    Empty,
    /// Words, codes, ids, days.
    Text(String),
    /// A moment of local time.
    Time(DateTime),
    /// A number, as it is written.
    Number(String),
    /// Yes or no.
    Flag(bool),
}

impl Cell {
    /// The published name of a value of a closed list.
    pub fn code(value: impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(serde_json::Value::String(name)) => Cell::Text(name),
            _ => Cell::Empty,
        }
    }

    /// Words that may be empty.
    pub fn words(words: impl AsRef<str>) -> Self {
        match words.as_ref().trim() {
            "" => Cell::Empty,
            words => Cell::Text(words.to_owned()),
        }
    }

    /// Several values in one place.
    pub fn list<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> Self {
        let mut out = String::new();
        for value in values {
            if !out.is_empty() {
                out.push_str("; ");
            }
            out.push_str(value.as_ref());
        }
        Cell::words(out)
    }
}

impl From<u64> for Cell {
    fn from(n: u64) -> Self {
        Cell::Number(n.to_string())
    }
}

impl From<usize> for Cell {
    fn from(n: usize) -> Self {
        Cell::Number(n.to_string())
    }
}

impl From<f64> for Cell {
    fn from(n: f64) -> Self {
        match n.is_finite() {
            true => Cell::Number(n.to_string()),
            false => Cell::Empty,
        }
    }
}

impl From<bool> for Cell {
    fn from(flag: bool) -> Self {
        Cell::Flag(flag)
    }
}

impl From<DateTime> for Cell {
    fn from(moment: DateTime) -> Self {
        Cell::Time(moment)
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Self {
        Cell::words(words)
    }
}

impl From<&String> for Cell {
    fn from(words: &String) -> Self {
        Cell::words(words)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }
}

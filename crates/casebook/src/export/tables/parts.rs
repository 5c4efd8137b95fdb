//! Cells that several tables have.

use model::{Place, Value, When};

use crate::export::cell::Cell;

/// The first moment of a time, in ISO 8601.
pub(super) fn start(when: Option<&When>) -> Cell {
    when.map(|when| when.start).into()
}

/// The moment at which a time is over, in ISO 8601.
pub(super) fn end(when: Option<&When>) -> Cell {
    when.map(|when| when.end).into()
}

/// How finely a time is known.
pub(super) fn precision(when: Option<&When>) -> Cell {
    when.map_or(Cell::Empty, |when| Cell::code(when.precision))
}

/// A value in a few plain words.
pub(super) fn label(value: Option<&Value>) -> Cell {
    value.map_or(Cell::Empty, |value| Cell::words(value.label()))
}

/// The place of a value.
pub(super) fn place(value: Option<&Value>) -> Option<&Place> {
    match value {
        Some(Value::Place(place)) => Some(place),
        _ => None,
    }
}

/// The code of a value of a closed list.
pub(super) fn code(value: Option<&Value>) -> Cell {
    match value {
        Some(Value::Kind { code, .. } | Value::Thing { code, .. } | Value::Act { code, .. }) => {
            code.into()
        }
        _ => Cell::Empty,
    }
}

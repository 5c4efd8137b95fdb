//! What goes wrong, as Python hears it: one exception, with what to try.

use std::fmt::Display;

use model::Note;
use pyo3::{create_exception, exceptions::PyException, prelude::*};

create_exception!(
    crossbearing,
    CrossbearingError,
    PyException,
    "What could not be done, where, and (after `hint:`) what to try."
);

/// The exception for an error of ours, whose words may hold a hint already.
pub fn told(error: impl Display) -> PyErr {
    CrossbearingError::new_err(error.to_string())
}

/// The exception for what went wrong, with what to try.
pub fn hinted(message: impl Display, hint: impl Display) -> PyErr {
    CrossbearingError::new_err(format!("{message}\n  hint: {hint}"))
}

/// The exception for a note on one report or incident.
pub fn noted(note: &Note) -> PyErr {
    let message = format!("{}: {}", note.subject, note.message);
    match &note.hint {
        Some(hint) => hinted(message, hint),
        None => told(message),
    }
}

//! Something a stage wants to tell.

use serde::{Deserialize, Serialize};

use crate::Quote;

/// How much a note matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// The result may be worse for it.
    Warning,
    /// Something was left out; the exit status remembers.
    Error,
}

/// Something a stage wants to tell: what, where, what to try. Never holds a report's text beyond its quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Note {
    /// How much it matters.
    pub severity: Severity,
    /// Stable code, kebab case: `encoding-guessed`, `no-publication-date`.
    pub code: String,
    /// File or report it is about.
    pub subject: String,
    /// One lowercase sentence without a full stop.
    pub message: String,
    /// What to try, where there is something.
    pub hint: Option<String>,
    /// The words, where there are some.
    pub quote: Option<Quote>,
}

/// What an error says, and its hint, which stands on a line of its own after `hint: `.
pub fn parts(told: &str) -> (&str, Option<&str>) {
    match told.split_once("\n  hint: ") {
        Some((message, hint)) => (message, Some(hint)),
        None => (told, None),
    }
}

//! Why a file gives no text, as the formats of documents say it.

/// Why there is no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    /// The code of the note.
    pub code: &'static str,
    /// What is wrong.
    pub message: &'static str,
    /// What to try.
    pub hint: &'static str,
}

//! The notes of ingest: what could not be taken, and what to try.

use model::{Note, Severity};

/// The note of a file that the system does not give.
pub(super) fn unreadable(name: &str, error: &std::io::Error) -> Note {
    let (message, hint) = match error.kind() {
        std::io::ErrorKind::NotFound => (
            "no such file",
            "check the name; patterns such as 'reports/*.txt' work too",
        ),
        std::io::ErrorKind::PermissionDenied => {
            ("the file may not be read", "check its permissions")
        }
        _ => (
            "the file cannot be read",
            "check that it is a plain file on a disk that works",
        ),
    };
    note(Severity::Error, "unreadable", name, message, hint)
}

/// A note with a hint.
pub(super) fn note(
    severity: Severity,
    code: &str,
    subject: &str,
    message: &str,
    hint: &str,
) -> Note {
    Note {
        severity,
        code: code.to_owned(),
        subject: subject.to_owned(),
        message: message.to_owned(),
        hint: Some(hint.to_owned()),
        quote: None,
    }
}

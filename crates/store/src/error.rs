//! What can go wrong with a casebook: what, where, what to try.

use std::path::PathBuf;

/// Why a casebook could not do what was asked of it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No casebook is there.
    #[error("{place}: no casebook is here\n  hint: `crossbearing init {place}` makes one")]
    Absent {
        /// Folder or address.
        place: String,
    },
    /// A casebook is there already.
    #[error("{place}: a casebook is here already")]
    Present {
        /// Folder or address.
        place: String,
    },
    /// A database of another program.
    #[error(
        "{place}: this database is not a casebook: {why}\n  hint: choose another folder with --casebook"
    )]
    Foreign {
        /// Folder or address.
        place: String,
        /// What it lacks.
        why: String,
    },
    /// A casebook of a later version of the program.
    #[error(
        "{place}: the casebook has schema {found}, this program knows up to {known}\n  hint: use the version of \
         Crossbearing that wrote it, or a later one"
    )]
    Newer {
        /// Folder or address.
        place: String,
        /// Its schema version.
        found: i64,
        /// The latest one that this program knows.
        known: i64,
    },
    /// Another process holds the casebook for longer than we wait.
    #[error(
        "another process is writing to the casebook, and did not finish in {seconds} s\n  hint: try again when it has \
         finished"
    )]
    Busy {
        /// How long we waited.
        seconds: u64,
    },
    /// The folder or file cannot be written.
    #[error("{}: the casebook cannot be written: it, or its folder, is read-only\n  hint: copy it to a folder of \
     yours, or mend its permissions", path.display())]
    ReadOnly {
        /// What cannot be written.
        path: PathBuf,
    },
    /// No room is left.
    #[error(
        "the disk is full; nothing of what was under way was kept\n  hint: make room and start again: what is in the \
         casebook stays in it"
    )]
    Full,
    /// Somebody decided something since.
    #[error(
        "{subject} was judged by {who} in the meantime ({since})\n  hint: look at it again with `crossbearing show \
         {subject}`, then decide anew"
    )]
    Conflict {
        /// What the judgement is on.
        subject: String,
        /// Who judged it.
        who: String,
        /// What they said.
        since: String,
    },
    /// Nothing has that id.
    #[error(
        "{subject}: {what} is not in the casebook\n  hint: `crossbearing list` and `crossbearing search` show what is"
    )]
    Unknown {
        /// The kind of thing.
        what: &'static str,
        /// The id asked for.
        subject: String,
    },
    /// What is stored does not fit together.
    #[error(
        "{place}: {why}\n  hint: `crossbearing audit verify` says what else is damaged; a backup restores it"
    )]
    Damaged {
        /// Table and key, or file.
        place: String,
        /// What is wrong.
        why: String,
    },
    /// What was asked cannot be done as asked.
    #[error("{0}")]
    Refused(String),
    /// The server went away and did not come back.
    #[error(
        "{place}: the database server does not answer: {why}\n  hint: start it, or mend the address; what was written \
         before stays written"
    )]
    Gone {
        /// Its address, without password.
        place: String,
        /// What the client said.
        why: String,
    },
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The SQL engine refused a statement.
    #[error("the database refused what was asked of it: {0}")]
    Engine(String),
}

impl Error {
    /// A file that could not be read or written.
    pub fn file(path: &std::path::Path, source: std::io::Error) -> Self {
        match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => {
                Self::ReadOnly {
                    path: path.to_owned(),
                }
            }
            _ => Self::File {
                path: path.to_owned(),
                source,
            },
        }
    }
}

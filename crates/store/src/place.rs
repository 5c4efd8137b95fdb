//! Where a casebook is: a folder, or a database of a server.

use std::{fmt, path::PathBuf};

/// Where a casebook is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A folder with an SQLite file.
    Folder(PathBuf),
    /// The address of a PostgreSQL database.
    Server(String),
}

impl Place {
    /// A folder, unless it begins with `postgres://` or `postgresql://`.
    pub fn of(words: &str) -> Self {
        if words.starts_with("postgres://") || words.starts_with("postgresql://") {
            Self::Server(words.to_owned())
        } else {
            Self::Folder(PathBuf::from(words))
        }
    }
}

impl fmt::Display for Place {
    /// Without a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "{}", folder.display()),
            Self::Server(address) => f.write_str(&crate::database::without_password(address)),
        }
    }
}

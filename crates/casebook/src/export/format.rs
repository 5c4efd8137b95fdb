//! What a format has to say of itself.

use std::io::{self, Write};

use model::Dossier;

/// A way to write dossiers for machines.
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// The usual ending of its files.
    pub ending: &'static str,
    /// What it is and what one row is, in one clause.
    pub about: &'static str,
    /// Its columns, each with what it holds; empty for what is no table.
    pub columns: fn() -> Vec<(String, String)>,
    /// Writes the dossiers in the order given.
    pub write: fn(&[Dossier], Options, &mut dyn Write) -> io::Result<()>,
}

/// What a user may choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Put a byte order mark in front of text, without which some spreadsheets take UTF-8 for another encoding.
    pub bom: bool,
}

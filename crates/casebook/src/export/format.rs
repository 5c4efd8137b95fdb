//! What a format has to say of itself.

use std::io::{self, Write};

use model::{Dossier, Texts};

/// A way to write dossiers for machines.
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// The usual ending of its files.
    pub ending: &'static str,
    /// Whether it holds the texts of reports, which a casebook has.
    pub texts: bool,
    /// What it is and what one row is, in one clause.
    pub about: &'static str,
    /// Its columns, each with what it holds; empty for what is no table.
    pub columns: fn() -> Vec<(String, String)>,
    /// Begins a file.
    pub open: for<'a> fn(Options, &'a mut dyn Write) -> io::Result<Box<dyn Sink + 'a>>,
}

/// A file that takes one dossier after another, so that no more than one has to be at hand.
pub trait Sink {
    /// Writes a dossier.
    ///
    /// # Errors
    /// When that cannot be written.
    fn put(&mut self, dossier: &Dossier) -> io::Result<()>;

    /// Writes a dossier with the texts of its reports, where the format holds them.
    ///
    /// # Errors
    /// When that cannot be written.
    fn put_with(&mut self, dossier: &Dossier, _texts: &Texts) -> io::Result<()> {
        self.put(dossier)
    }

    /// Writes what stands after the last dossier; without it the file is not whole.
    ///
    /// # Errors
    /// When that cannot be written.
    fn end(&mut self) -> io::Result<()>;
}

impl Format {
    /// Writes dossiers in the order given.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write(
        &self,
        dossiers: &[Dossier],
        options: Options,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut sink = (self.open)(options, out)?;
        for dossier in dossiers {
            sink.put(dossier)?;
        }
        sink.end()
    }
}

/// What a user may choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Put a byte order mark in front of text, without which some spreadsheets take UTF-8 for another encoding.
    pub bom: bool,
}

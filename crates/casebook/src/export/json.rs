//! JSON that is written value by value: one list in one file, or a line each.

use std::io::{self, Write};

use model::Dossier;
use serde_json::Value;

use super::format::Sink;

/// What stands around the values.
#[derive(Clone, Copy)]
pub(super) struct Around {
    /// Before the first.
    pub before: &'static str,
    /// Between two.
    pub between: &'static str,
    /// After the last.
    pub after: &'static str,
}

impl Around {
    /// A line each.
    pub const LINES: Self = Self {
        before: "",
        between: "\n",
        after: "\n",
    };
}

/// Writes the values that a dossier gives.
pub(super) struct Json<'a> {
    out: &'a mut dyn Write,
    around: Around,
    of: fn(&Dossier) -> Vec<Value>,
    any: bool,
}

impl<'a> Json<'a> {
    /// Begins a file.
    pub fn open(
        out: &'a mut dyn Write,
        around: Around,
        of: fn(&Dossier) -> Vec<Value>,
    ) -> io::Result<Box<dyn Sink + 'a>> {
        out.write_all(around.before.as_bytes())?;
        Ok(Box::new(Self {
            out,
            around,
            of,
            any: false,
        }))
    }
}

impl Sink for Json<'_> {
    fn put(&mut self, dossier: &Dossier) -> io::Result<()> {
        for value in (self.of)(dossier) {
            if std::mem::replace(&mut self.any, true) {
                self.out.write_all(self.around.between.as_bytes())?;
            }
            serde_json::to_writer(&mut *self.out, &value)?;
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        // A file of lines that has none is empty.
        match self.any || !self.around.before.is_empty() {
            true => self.out.write_all(self.around.after.as_bytes()),
            false => Ok(()),
        }
    }
}

//! A dossier as a document that a desk hands to a lawyer or an editor: what it is made of, whatever the file.
//!
//! What comes in: a dossier. What goes out: blocks in the order of reading, in the words that publishers share
//! (`publish`). Rooms: `block` what a document is made of, `figures` findings and number rules, `sources` quotes,
//! voices and reports, `content` the whole; `docx` and `pdf` lay it out.

mod block;
mod content;
mod figures;
mod sources;

use std::io;

pub(super) use block::{Block, Run, Table};
pub(super) use content::{content, foot};

/// Incidents of one document, at most: more is no reading for people, and a PDF is laid out as a whole.
const MOST: usize = 200;

/// Counts an incident.
///
/// # Errors
/// Where one document has no room for another.
pub(super) fn count(incidents: &mut usize) -> io::Result<()> {
    *incidents += 1;
    match *incidents > MOST {
        true => Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("a document holds {MOST} incidents at most"),
        )),
        false => Ok(()),
    }
}

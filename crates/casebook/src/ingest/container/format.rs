//! What a format of containers has to say of itself.

use std::io::BufRead;

use model::Note;
use reader::text::Metadata;

use super::limits::Limits;

/// A format of files that hold several reports.
pub(super) struct Format {
    /// What to call it, with its article: "a file of JSON lines".
    pub name: &'static str,
    /// Endings of its files, lower case.
    pub endings: &'static [&'static str],
    /// Whether bytes that begin so are of this format and hold reports; asked where the name does not say.
    pub begins: fn(&[u8]) -> bool,
    /// Takes it apart.
    pub open: for<'a> fn(Source<'a>, &Limits) -> Members<'a>,
}

/// A file, or a member of another container, as it is read.
pub(super) struct Source<'a> {
    /// What to call it in notes.
    pub name: String,
    /// Its bytes. A format that has to look back and forth reads them whole: they end at a limit.
    pub bytes: Box<dyn BufRead + 'a>,
}

/// What a container holds, in its order: documents, and a note for each that cannot be taken.
pub(super) type Members<'a> = Box<dyn Iterator<Item = Result<Document, Note>> + 'a>;

/// A document, or a container in the container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Document {
    /// Its name in the container, where it has one.
    pub name: Option<String>,
    /// Its number, counted from one.
    pub index: usize,
    /// The byte at which it begins.
    pub offset: Option<u64>,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What the container says of it. With a media type it is a document; without one it may be a container.
    pub given: Metadata,
}

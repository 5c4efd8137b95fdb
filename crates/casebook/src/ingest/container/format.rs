//! What a format of containers has to say of itself.

use std::{fs::File, io::BufRead, rc::Rc};

use model::Note;
use reader::text::Metadata;

use super::limits::Limits;
use crate::ingest::columns::Columns;

/// A format of files that hold several reports.
pub(super) struct Format {
    /// What to call it, with its article: "a file of JSON lines".
    pub name: &'static str,
    /// Endings of its files, lower case.
    pub endings: &'static [&'static str],
    /// Whether bytes that begin so are of this format and hold reports; asked where the name does not say.
    pub begins: fn(&[u8], &Columns) -> bool,
    /// Whether it looks back and forth in its file, and so is given it.
    pub seeks: bool,
    /// Takes it apart.
    pub open: for<'a> fn(Source<'a>, &Limits) -> Members<'a>,
}

/// A file, or a member of another container, as it is read.
pub(super) struct Source<'a> {
    /// What to call it in notes.
    pub name: String,
    /// Its bytes. A format that has to look back and forth reads them whole: they end at a limit.
    pub bytes: Box<dyn BufRead + 'a>,
    /// The same, where it is a plain file that is not packed: for formats that look back and forth.
    pub file: Option<File>,
    /// Which values of a record are what.
    pub columns: Rc<Columns>,
}

#[cfg(test)]
impl<'a> Source<'a> {
    /// A source of these bytes, nothing said of columns.
    pub fn of(name: &str, bytes: impl BufRead + 'a) -> Self {
        Self {
            name: name.to_owned(),
            bytes: Box::new(bytes),
            file: None,
            columns: Rc::default(),
        }
    }
}

/// What a container holds, in its order.
pub(super) type Members<'a> = Box<dyn Iterator<Item = Member> + 'a>;

/// One thing that a container holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Member {
    /// A document.
    Document(Document),
    /// What cannot be taken, or is odd.
    Told(Note),
    /// What is no report, by reason, and how many such there are: told in numbers, since most of an archive may be so.
    PassedOver(&'static str, u64),
}

impl From<Result<Document, Note>> for Member {
    fn from(one: Result<Document, Note>) -> Self {
        match one {
            Ok(document) => Self::Document(document),
            Err(note) => Self::Told(note),
        }
    }
}

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

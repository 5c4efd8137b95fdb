//! The documents of a file, containers in containers taken apart too, within limits.

use std::{
    cell::Cell,
    fs::File,
    io::{self, BufReader, Cursor, Read},
    path::Path,
    rc::Rc,
};

use model::{Container, Note, Severity};
use reader::{
    Input,
    text::{self, Metadata},
};

use super::{
    FORMATS,
    format::{Document, Format, Members, Source},
    limits::Limits,
};
use crate::ingest::{
    endings::{self, REPORTS},
    notes::{note, unreadable},
};

/// Bytes looked at to tell what a file is.
const HEAD: u64 = 65_536;

/// The documents of a file in its order, and a note for each thing that cannot be taken.
pub(in crate::ingest) struct Documents<'a> {
    limits: Limits,
    /// What is being taken apart, the file first. A file that is no container has no level.
    open: Vec<Level<'a>>,
    /// What a file that is no container gives.
    whole: Option<Result<Input, Note>>,
    name: String,
    /// Bytes read of the file.
    read: Rc<Cell<u64>>,
    /// Documents and bytes given so far.
    documents: usize,
    bytes: u64,
    /// Notes given so far, and those kept back.
    notes: usize,
    kept_back: usize,
}

/// A container that is being taken apart.
struct Level<'a> {
    /// The names of the containers to here.
    path: Vec<String>,
    /// What to call it in notes.
    label: String,
    members: Members<'a>,
}

/// Counts what is read.
struct Counted<R> {
    inner: R,
    read: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read.set(self.read.get() + read as u64);
        Ok(read)
    }
}

impl<'a> Documents<'a> {
    /// Takes a file apart; `name` is what to call it in notes, `size` how many bytes it says that it has.
    pub fn of(name: &str, file: impl Read + 'a, size: Option<u64>, limits: Limits) -> Self {
        let read = Rc::new(Cell::new(0));
        let mut out = Self {
            limits,
            open: Vec::new(),
            whole: None,
            name: name.to_owned(),
            read: Rc::clone(&read),
            documents: 0,
            bytes: 0,
            notes: 0,
            kept_back: 0,
        };
        // One byte more than the limit tells that there is more.
        let mut file = Counted { inner: file, read }.take(limits.file.saturating_add(1));
        let head = match head_of(&mut file) {
            Ok(head) => head,
            Err(error) => {
                out.whole = Some(Err(unreadable(name, &error)));
                return out;
            }
        };
        let format = format_of(name, &head);
        let bytes = Cursor::new(head).chain(file);
        match format {
            Some(format) => {
                let file = Path::new(name).file_name();
                let file = file.map_or(name.into(), |file| file.to_string_lossy().into_owned());
                out.enter(format, vec![file], name.to_owned(), bytes);
            }
            None => out.whole = Some(whole(name, bytes, size)),
        }
        out
    }

    /// Whether the file holds its documents in a wrapping.
    pub fn is_container(&self) -> bool {
        self.whole.is_none()
    }

    fn enter(&mut self, format: &Format, path: Vec<String>, label: String, bytes: impl Read + 'a) {
        let source = Source {
            name: label.clone(),
            bytes: Box::new(BufReader::new(bytes)),
        };
        let members = (format.open)(source, &self.limits);
        self.open.push(Level {
            path,
            label,
            members,
        });
    }

    /// Takes a member: a document is given out, a container in the container is gone into.
    fn take(&mut self, member: Document) -> Option<Result<Input, Note>> {
        let level = self.open.last()?;
        let label = match &member.name {
            Some(name) => format!("{}/{name}", level.label),
            None => format!("{}:{}", level.label, member.index),
        };
        let path = level.path.clone();
        if let Some(note) = self.over(&member, &label) {
            self.open.clear();
            return Some(Err(note));
        }
        let format = member
            .name
            .as_deref()
            .filter(|_| member.given.media_type.is_none());
        let format = format.and_then(|name| format_of(name, &member.bytes));
        if let (Some(format), Some(name)) = (format, &member.name) {
            if self.open.len() >= self.limits.depth {
                let message = format!("passed over: {} within {} others", format.name, path.len());
                let hint = "unpack the outer ones first";
                return Some(Err(note(
                    Severity::Error,
                    "too-deep",
                    &label,
                    &message,
                    hint,
                )));
            }
            let path = [path, vec![name.clone()]].concat();
            self.enter(format, path, label, Cursor::new(member.bytes));
            return None;
        }
        self.documents += 1;
        self.bytes += member.bytes.len() as u64;
        Some(Ok(Input {
            name: label,
            bytes: member.bytes,
            given: Metadata {
                container: Some(Container {
                    path,
                    member: member.name,
                    index: member.index,
                    offset: member.offset,
                }),
                ..member.given
            },
        }))
    }

    /// What speaks against one document more.
    fn over(&self, member: &Document, label: &str) -> Option<Note> {
        let limits = &self.limits;
        let bytes = self.bytes + member.bytes.len() as u64;
        let message = if self.documents >= limits.documents {
            format!("the file holds more than {} reports", limits.documents)
        } else if bytes > limits.all {
            format!("its reports have more than {} MB", limits.all / 1_000_000)
        } else if bytes / limits.ratio > self.read.get() {
            "it unpacks to far more than it has: not what a file of reports does".to_owned()
        } else {
            return None;
        };
        let message = format!("{message}; from here on it is not read");
        let hint = "split the file";
        Some(note(
            Severity::Error,
            "container-too-large",
            label,
            &message,
            hint,
        ))
    }

    /// What is told once all else is.
    fn last_note(&mut self) -> Option<Note> {
        if std::mem::take(&mut self.read).get() > self.limits.file {
            let message = format!(
                "only its first {} GB are read",
                self.limits.file / 1_000_000_000
            );
            let name = &self.name;
            return Some(note(
                Severity::Error,
                "container-too-large",
                name,
                &message,
                "split the file",
            ));
        }
        let more = std::mem::take(&mut self.kept_back);
        (more > 0).then(|| {
            let message = format!("{more} more of its reports cannot be taken");
            note(
                Severity::Error,
                "bad-members",
                &self.name,
                &message,
                "mend those named above first",
            )
        })
    }
}

impl Iterator for Documents<'_> {
    type Item = Result<Input, Note>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(whole) = self.whole.take() {
            return Some(whole);
        }
        while let Some(level) = self.open.last_mut() {
            let given = match level.members.next() {
                None => {
                    self.open.pop();
                    continue;
                }
                Some(Ok(member)) => self.take(member),
                Some(Err(note)) => Some(Err(note)),
            };
            match given {
                Some(Err(_)) if self.notes >= self.limits.notes => self.kept_back += 1,
                Some(given) => {
                    self.notes += usize::from(given.is_err());
                    return Some(given);
                }
                None => {}
            }
        }
        self.last_note().map(Err)
    }
}

/// Whether a file in a folder is a container of reports: by its name, and by how it begins.
pub(in crate::ingest) fn holds_reports(path: &Path) -> bool {
    let named = |format: &&Format| endings::has(path, format.endings);
    let Some(format) = FORMATS.iter().find(named) else {
        return false;
    };
    // Opening a pipe could wait for ever.
    path.is_file()
        && File::open(path)
            .and_then(head_of)
            .is_ok_and(|head| (format.begins)(&head))
}

fn head_of(file: impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

/// The format of a container; `None` for one document.
fn format_of(name: &str, head: &[u8]) -> Option<&'static Format> {
    let path = Path::new(name);
    // What is packed may be anything.
    let packed = endings::has(path, &["gz"]);
    let named = FORMATS
        .iter()
        .find(|format| endings::has(path, format.endings) && (!packed || (format.begins)(head)));
    if named.is_some() || endings::has(path, REPORTS) {
        return named;
    }
    FORMATS.iter().find(|format| (format.begins)(head))
}

/// A file that is one document.
fn whole(name: &str, file: impl Read, size: Option<u64>) -> Result<Input, Note> {
    let limit = text::MAX_BYTES as u64;
    if let Some(size) = size.filter(|size| *size > limit) {
        return Err(text::too_large(name, size));
    }
    let mut bytes = Vec::new();
    let read = file.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(name, &error))?;
    if bytes.len() as u64 > limit {
        return Err(text::too_large(name, bytes.len() as u64));
    }
    Ok(Input {
        name: name.to_owned(),
        bytes,
        given: Metadata::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A container of as many documents as its words say, or else of one file of JSON lines.
    const BOX: Format = Format {
        name: "a box",
        endings: &["box"],
        begins: |_| false,
        open: |mut source, _| {
            let mut words = String::new();
            source.bytes.read_to_string(&mut words).unwrap();
            let Ok(n) = words.parse() else {
                let file = Document {
                    name: Some("inner.jsonl".into()),
                    index: 1,
                    bytes: words.into_bytes(),
                    ..Document::default()
                };
                return Box::new(std::iter::once(Ok(file)));
            };
            Box::new((1..=n).map(|index| {
                Ok(Document {
                    index,
                    bytes: vec![b'a'; 100],
                    ..Document::default()
                })
            }))
        },
    };

    /// Opens a box, which stands in no table, and gives the names of its documents and the codes of its notes.
    fn check(words: &'static str, limits: Limits, names: &[&str], codes: &[&str]) {
        let mut documents = Documents::of("a.jsonl", io::empty(), None, limits);
        documents.open.clear();
        documents.read.set(words.len() as u64);
        documents.enter(&BOX, vec!["a.box".into()], "a".into(), words.as_bytes());
        let (mut got, mut notes) = (Vec::new(), Vec::new());
        for one in documents {
            match one {
                Ok(input) => got.push(input.name),
                Err(note) => notes.push(note.code),
            }
        }
        assert_eq!((got, notes), (strings(names), strings(codes)), "{words}");
    }

    fn strings(words: &[&str]) -> Vec<String> {
        words.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_format_of_containers_is_taken_out_of_others() {
        let all: Vec<&str> = FORMATS.iter().flat_map(|it| it.endings).copied().collect();
        assert_eq!(all, endings::CONTAINERS);
    }

    #[test]
    fn one_file_gives_as_much_as_its_limits_allow() {
        let limits = Limits {
            ratio: 1000,
            ..Limits::default()
        };
        let over = ["container-too-large"];
        check("2", limits, &["a:1", "a:2"], &[]);
        let documents = Limits {
            documents: 1,
            ..limits
        };
        check("3", documents, &["a:1"], &over);
        let all = Limits { all: 250, ..limits };
        check("9", all, &["a:1", "a:2"], &over);
        let ratio = Limits {
            ratio: 101,
            ..limits
        };
        check("9", ratio, &["a:1", "a:2"], &over);
    }

    #[test]
    fn a_container_in_a_container_is_taken_apart_and_no_deeper_than_allowed() {
        const LINES: &str = "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n";
        let limits = Limits::default();
        let inner = ["a/inner.jsonl:1", "a/inner.jsonl:2"];
        check(LINES, limits, &inner, &[]);
        let flat = Limits { depth: 1, ..limits };
        check(LINES, flat, &[], &["too-deep"]);
    }
}

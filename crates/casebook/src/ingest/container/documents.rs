//! The documents of a file, containers in containers taken apart too, within limits.

use std::{
    cell::Cell,
    fs::File,
    io::{self, BufReader, Cursor, Read},
    panic::{AssertUnwindSafe, catch_unwind},
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
    format::{Document, Format, Member, Members, Source},
    limits::Limits,
    packed,
};
use crate::ingest::{
    columns::Columns,
    endings::{self, REPORTS},
    notes::{note, unreadable},
    taken::{Meter, Taken},
};

/// Bytes looked at to tell what a file is.
const HEAD: u64 = 65_536;

/// How files are taken apart.
#[derive(Clone, Default)]
pub(in crate::ingest) struct How<'a> {
    /// How much of them.
    pub limits: Limits,
    /// Which values of a record are what.
    pub columns: Rc<Columns>,
    /// Who hears how far it is.
    pub meter: Option<&'a Meter>,
}

/// The documents of a file in its order, and a note for each thing that cannot be taken.
pub(in crate::ingest) struct Documents<'a> {
    how: How<'a>,
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
    /// Notes given so far, and those kept back: errors, and what is only odd.
    notes: usize,
    kept_back: usize,
    odd: usize,
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
struct Counted<'a, R> {
    inner: R,
    read: Rc<Cell<u64>>,
    meter: Option<&'a Meter>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read.set(self.read.get() + read as u64);
        if let Some(meter) = self.meter {
            meter.more(read as u64);
        }
        Ok(read)
    }
}

impl<'a> Documents<'a> {
    /// Takes what is not a file apart; `name` is what to call it in notes.
    pub fn of(name: &str, bytes: impl Read + 'a, how: How<'a>) -> Self {
        Self::opened(name, bytes, None, how)
    }

    /// Takes a file apart.
    pub fn of_file(name: &str, file: File, how: How<'a>) -> Self {
        let again = file.try_clone().ok();
        Self::opened(name, file, again, how)
    }

    fn opened(name: &str, bytes: impl Read + 'a, file: Option<File>, how: How<'a>) -> Self {
        let read = Rc::new(Cell::new(0));
        let (limit, meter) = (how.limits.file, how.meter);
        let mut out = Self {
            how,
            open: Vec::new(),
            whole: None,
            name: name.to_owned(),
            read: Rc::clone(&read),
            documents: 0,
            bytes: 0,
            notes: 0,
            kept_back: 0,
            odd: 0,
        };
        // One byte more than the limit tells that there is more.
        let counted = Counted {
            inner: bytes,
            read: Rc::clone(&read),
            meter,
        };
        let mut bytes = counted.take(limit.saturating_add(1));
        let head = match head_of(&mut bytes) {
            Ok(head) => head,
            Err(error) => {
                out.whole = Some(Err(unreadable(name, &error)));
                return out;
            }
        };
        let size = file
            .as_ref()
            .and_then(|file| Some(file.metadata().ok()?.len()));
        // Who looks back and forth in a file reads what is not counted.
        let found = out.format_of(name, head, bytes);
        match found.format {
            Some(format) => {
                let file = file.filter(|_| !found.unpacked && format.seeks);
                if let (Some(_), Some(size)) = (&file, size) {
                    read.set(size);
                }
                let path = Path::new(name).file_name();
                let path = path.map_or(name.into(), |file| file.to_string_lossy().into_owned());
                let file_too_large = size.filter(|size| format.seeks && *size > limit);
                if let Some(size) = file_too_large {
                    // Told once.
                    read.set(0);
                    out.whole = Some(Err(too_large(name, size, limit)));
                    return out;
                }
                if let Some(told) =
                    out.enter(format, vec![path], name.to_owned(), found.bytes, file)
                {
                    out.whole = Some(Err(told));
                }
            }
            None => {
                let size = size.filter(|_| !found.unpacked);
                out.whole = Some(whole(name, &found.name, found.bytes, size));
            }
        }
        out
    }

    /// The format of a container, and its bytes, out of gzip where they were in it.
    fn format_of<'b>(&self, name: &str, head: Vec<u8>, rest: impl Read + 'b) -> Found<'b> {
        let columns = &self.how.columns;
        let format = format_of(name, &head, columns);
        if format.is_some() || !packed::begins(&head) {
            return Found {
                name: name.to_owned(),
                unpacked: false,
                format,
                bytes: Box::new(Cursor::new(head).chain(rest)),
            };
        }
        let (head, rest) = packed::unpack(Cursor::new(head).chain(rest), HEAD);
        let name = packed::inner_name(name);
        Found {
            format: format_of(&name, &head, columns),
            name,
            unpacked: true,
            bytes: Box::new(Cursor::new(head).chain(rest)),
        }
    }

    /// Whether the file holds its documents in a wrapping.
    pub fn is_container(&self) -> bool {
        self.whole.is_none()
    }

    /// Opens a container; what went wrong, where it cannot be.
    fn enter(
        &mut self,
        format: &Format,
        path: Vec<String>,
        label: String,
        bytes: impl Read + 'a,
        file: Option<File>,
    ) -> Option<Note> {
        let source = Source {
            name: label.clone(),
            bytes: Box::new(BufReader::with_capacity(1 << 16, bytes)),
            file,
            columns: Rc::clone(&self.how.columns),
        };
        // A format may look at all of a file before it gives the first document.
        let limits = self.how.limits;
        let Ok(members) = catch_unwind(AssertUnwindSafe(|| (format.open)(source, &limits))) else {
            return Some(failed(
                &label,
                "it cannot be taken apart: a fault of the program",
            ));
        };
        self.open.push(Level {
            path,
            label,
            members,
        });
        None
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
        let (mut label, mut bytes) = (label, member.bytes);
        if let Some(name) = member
            .name
            .as_deref()
            .filter(|_| member.given.media_type.is_none())
        {
            let found = self.format_of(name, bytes, io::empty());
            if let Some(format) = found.format {
                if self.open.len() >= self.how.limits.depth {
                    let others = path.len();
                    let message = format!("passed over: {} within {others} others", format.name);
                    let hint = "unpack the outer ones first";
                    let told = note(Severity::Error, "too-deep", &label, &message, hint);
                    return Some(Err(told));
                }
                let path = [path, vec![name.to_owned()]].concat();
                return self.enter(format, path, label, found.bytes, None).map(Err);
            }
            let limit = self.how.limits.document;
            match packed::whole(found.bytes, limit) {
                Ok(whole) => bytes = whole,
                Err(message) => {
                    let hint = "fetch it again, or split it";
                    let told = note(Severity::Error, "bad-member", &label, &message, hint);
                    return Some(Err(told));
                }
            }
            // What a document is is told by the ending of its name too.
            if found.unpacked {
                label = packed::inner_name(&label);
            }
        }
        self.documents += 1;
        self.bytes += bytes.len() as u64;
        Some(Ok(Input {
            name: label,
            bytes,
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
        let limits = &self.how.limits;
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
        if std::mem::take(&mut self.read).get() > self.how.limits.file {
            let message = format!(
                "only its first {} GB are read",
                self.how.limits.file / 1_000_000_000
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
        let (more, odd) = (std::mem::take(&mut self.kept_back), self.odd);
        let (severity, message) = if more > 0 {
            let message = format!("and {more} more of its reports cannot be taken");
            (Severity::Error, message)
        } else if std::mem::take(&mut self.odd) > 0 {
            let message = format!("and {odd} more things in it are odd");
            (Severity::Warning, message)
        } else {
            return None;
        };
        let hint = "mend those named above first";
        Some(note(severity, "bad-members", &self.name, &message, hint))
    }
}

impl Iterator for Documents<'_> {
    type Item = Taken;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(whole) = self.whole.take() {
            return Some(whole.into());
        }
        while let Some(level) = self.open.last_mut() {
            // A fault of ours, or of a crate that takes formats apart, costs the container and not the run.
            let next = catch_unwind(AssertUnwindSafe(|| level.members.next()));
            let given = match next {
                Err(_) => {
                    let label = level.label.clone();
                    self.open.pop();
                    let message = "the rest of it cannot be taken apart: a fault of the program";
                    return Some(Taken::Told(failed(&label, message)));
                }
                Ok(None) => {
                    self.open.pop();
                    continue;
                }
                Ok(Some(Member::Document(member))) => self.take(member),
                Ok(Some(Member::Told(note))) => Some(Err(note)),
                Ok(Some(Member::PassedOver(why, count))) => {
                    return Some(Taken::PassedOver(why, count));
                }
            };
            match given {
                Some(Err(note)) if self.notes >= self.how.limits.notes => match note.severity {
                    Severity::Error => self.kept_back += 1,
                    _ => self.odd += 1,
                },
                Some(given) => {
                    self.notes += usize::from(given.is_err());
                    return Some(given.into());
                }
                None => {}
            }
        }
        self.last_note().map(Taken::Told)
    }
}

/// The note of a fault of ours, or of a crate that takes formats apart.
fn failed(label: &str, message: &str) -> Note {
    let hint = "please report it with the file, if it may be shared";
    note(Severity::Error, "container-failed", label, message, hint)
}

/// The note of a file that is looked at back and forth, so that no beginning of it can be taken alone.
fn too_large(name: &str, size: u64, limit: u64) -> Note {
    let message = format!(
        "it has {} MB, more than the {} MB that are read of one file; none of it is read",
        size / 1_000_000,
        limit / 1_000_000
    );
    note(
        Severity::Error,
        "container-too-large",
        name,
        &message,
        "split the file",
    )
}

/// Whether bytes begin as a format's do. That a format fails at them says that they are none of its.
fn begins(format: &Format, head: &[u8], columns: &Columns) -> bool {
    catch_unwind(AssertUnwindSafe(|| (format.begins)(head, columns))).unwrap_or(false)
}

/// What bytes are found to be.
struct Found<'b> {
    /// The name, without the ending of what they were packed in.
    name: String,
    /// Whether they were packed.
    unpacked: bool,
    /// The format of container; `None` for one document.
    format: Option<&'static Format>,
    /// All bytes from the first on.
    bytes: Box<dyn Read + 'b>,
}

/// Whether a file in a folder is a container of reports, or a packed report: by its name, and by how it begins.
pub(in crate::ingest) fn holds_reports(path: &Path, columns: &Columns) -> bool {
    let named = |path: &Path| {
        let format = FORMATS
            .iter()
            .find(|format| endings::has(path, format.endings));
        format.filter(|_| !endings::has(path, &["gz"]))
    };
    let packed = endings::has(path, &["gz"]);
    // Opening a pipe could wait for ever.
    if (!packed && named(path).is_none()) || !path.is_file() {
        return false;
    }
    let Ok(head) = File::open(path).and_then(head_of) else {
        return false;
    };
    if !packed {
        return named(path).is_some_and(|format| begins(format, &head, columns));
    }
    let Ok(file) = File::open(path) else {
        return false;
    };
    let (head, _) = packed::unpack(file, HEAD);
    let inner = packed::inner_name(&path.to_string_lossy());
    let begins = |format: &Format| begins(format, &head, columns);
    endings::has(Path::new(&inner), REPORTS)
        || match named(Path::new(&inner)) {
            Some(format) => begins(format),
            None => FORMATS.iter().any(begins),
        }
}

fn head_of(file: impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

/// The format of a container; `None` for one document.
fn format_of(name: &str, head: &[u8], columns: &Columns) -> Option<&'static Format> {
    let path = Path::new(name);
    // What is packed may be anything.
    let packed = endings::has(path, &["gz"]);
    let begins = |format: &&Format| begins(format, head, columns);
    let named = FORMATS
        .iter()
        .find(|format| endings::has(path, format.endings) && (!packed || begins(format)));
    if named.is_some() || endings::has(path, REPORTS) {
        return named;
    }
    FORMATS.iter().find(begins)
}

/// A file that is one document; `inner` is its name without the ending of what it was packed in.
fn whole(name: &str, inner: &str, file: impl Read, size: Option<u64>) -> Result<Input, Note> {
    let limit = text::MAX_BYTES as u64;
    if let Some(size) = size.filter(|size| *size > limit) {
        return Err(text::too_large(name, size));
    }
    let mut bytes = Vec::new();
    let read = file.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|error| match packed::damaged(&error) {
        true => {
            let message = format!("the file is damaged: {error}");
            note(Severity::Error, "damaged", name, &message, "fetch it again")
        }
        false => unreadable(name, &error),
    })?;
    if bytes.len() as u64 > limit {
        return Err(text::too_large(name, bytes.len() as u64));
    }
    Ok(Input {
        name: inner.to_owned(),
        bytes,
        given: Metadata::default(),
    })
}

#[cfg(test)]
mod tests;

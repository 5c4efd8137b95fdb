//! Archives (ZIP): each file in it whose name ends as a report's or a container's does, in the order of the archive.
//!
//! Nothing is written anywhere, so that no name in an archive can lead out of a folder; a name that tries to is told.
//! What a file unpacks to has the limits of all containers, and a file that says that it is small and is not is cut off
//! at them.

use std::{
    fs::File,
    io::{Cursor, Read, Seek},
};

use model::{Note, Severity};
use zip::{ZipArchive, result::ZipError};

use super::{
    format::{Document, Format, Member, Members, Source},
    limits::Limits,
};
use crate::files;
use crate::ingest::{
    columns::Columns,
    endings::{self, CONTAINERS, REPORTS},
    notes::note,
};

/// The row of the table.
pub(super) const FORMAT: Format = Format {
    name: "an archive",
    endings: &["zip"],
    begins: |head, _: &Columns| begins(head),
    seeks: true,
    open,
};

/// Most bytes of an archive that does not lie in a file, and so has to be held.
const HELD: u64 = 1_000_000_000;

/// Why a file of an archive is passed over.
const OTHERS: &str = "files in archives whose names do not end as a report's";

/// What the files of a document that is wrapped in an archive begin with.
const WRAPPED: &[&[u8]] = &[
    b"[Content_Types].xml",
    b"_rels/",
    b"docProps/",
    b"word/",
    b"xl/",
    b"ppt/",
    b"mimetype",
    b"META-INF/",
];

/// Whether it is an archive of files, and not a document that is wrapped in one.
fn begins(head: &[u8]) -> bool {
    // The name of the first file stands behind thirty bytes of fixed length.
    let first = head.get(30..).unwrap_or_default();
    head.starts_with(b"PK\x03\x04") && !WRAPPED.iter().any(|name| first.starts_with(name))
}

fn open<'a>(source: Source<'a>, limits: &Limits) -> Members<'a> {
    let Source {
        name, bytes, file, ..
    } = source;
    let told = |message: String, hint: &str| -> Members<'a> {
        let one = note(Severity::Error, "bad-archive", &name, &message, hint);
        Box::new(std::iter::once(Member::Told(one)))
    };
    if let Some(file) = file {
        return match ZipArchive::new(std::io::BufReader::new(file)) {
            Ok(archive) => Box::new(Files::<std::io::BufReader<File>>::new(
                archive, name, limits,
            )),
            Err(error) => told(cannot(&error), "fetch it again"),
        };
    }
    let held = match files::take_all(bytes, HELD) {
        Ok(held) => held,
        Err(files::ReadError::TooLarge { .. }) => {
            let message = format!("the archive has more than {} MB", HELD / 1_000_000);
            return told(message, "save it as a file, and give that");
        }
        Err(error) => {
            let message = format!("the archive cannot be read: {error}");
            return told(message, "fetch it again");
        }
    };
    match ZipArchive::new(Cursor::new(held)) {
        Ok(archive) => Box::new(Files::new(archive, name, limits)),
        Err(error) => told(cannot(&error), "fetch it again"),
    }
}

fn cannot(error: &ZipError) -> String {
    format!("the archive cannot be opened: {}", why(error))
}

struct Files<R> {
    archive: ZipArchive<R>,
    name: String,
    next: usize,
    limit: u64,
    /// Files that are no reports.
    others: u64,
}

impl<R: Read + Seek> Files<R> {
    fn new(archive: ZipArchive<R>, name: String, limits: &Limits) -> Self {
        Self {
            archive,
            name,
            next: 0,
            limit: limits.document,
            others: 0,
        }
    }

    /// The file of a number; `None` for what is no report.
    fn take(&mut self, at: usize) -> Option<Result<Document, Note>> {
        let subject = |of: &str| format!("{}/{of}", self.name);
        let mut file = match self.archive.by_index(at) {
            Ok(file) => file,
            Err(error) => {
                let subject = format!("{}:{}", self.name, at + 1);
                let hint = match error {
                    ZipError::UnsupportedArchive(_) => {
                        "unpack the archive, and pack it anew without a password"
                    }
                    _ => "fetch the archive again",
                };
                return Some(Err(note(
                    Severity::Error,
                    "bad-member",
                    &subject,
                    &why(&error),
                    hint,
                )));
            }
        };
        let inner = match file.name() {
            Ok(name) => name.into_owned(),
            Err(_) => format!("file {}", at + 1),
        };
        let path = std::path::Path::new(&inner);
        let taken = endings::has(path, REPORTS) || endings::has(path, CONTAINERS);
        // What other systems put beside the files.
        let hidden = inner
            .split('/')
            .any(|part| part.starts_with('.') && part != ".." || part == "__MACOSX");
        if !file.is_file() || !taken || hidden {
            self.others += u64::from(file.is_file() && !hidden);
            return None;
        }
        if file.enclosed_name().is_none() {
            let message = "its name leads out of the archive; it is not taken";
            let hint =
                "whoever made the archive made it to write over files elsewhere: do not unpack it";
            return Some(Err(note(
                Severity::Error,
                "bad-member",
                &subject(&inner),
                message,
                hint,
            )));
        }
        let mut bytes = Vec::new();
        let read = file.by_ref().take(self.limit + 1).read_to_end(&mut bytes);
        if let Err(error) = read {
            let message = format!("the file in the archive is damaged: {error}");
            return Some(Err(note(
                Severity::Error,
                "bad-member",
                &subject(&inner),
                &message,
                "fetch the archive again",
            )));
        }
        if bytes.len() as u64 > self.limit {
            let message = format!("the file has more than {} MB", self.limit / 1_000_000);
            return Some(Err(note(
                Severity::Error,
                "bad-member",
                &subject(&inner),
                &message,
                "split the file",
            )));
        }
        Some(Ok(Document {
            name: Some(inner),
            index: at + 1,
            offset: None,
            bytes,
            ..Document::default()
        }))
    }
}

impl<R: Read + Seek> Iterator for Files<R> {
    type Item = Member;

    fn next(&mut self) -> Option<Self::Item> {
        while self.next < self.archive.len() {
            self.next += 1;
            if let Some(taken) = self.take(self.next - 1) {
                return Some(taken.into());
            }
        }
        let others = std::mem::take(&mut self.others);
        (others > 0).then_some(Member::PassedOver(OTHERS, others))
    }
}

fn why(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(what) if what.to_lowercase().contains("password") => {
            "it is locked with a password".to_owned()
        }
        ZipError::UnsupportedArchive(what) => {
            format!("it is packed in a way that is not known here ({what})")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn packed(files: &[(&str, &str)]) -> Vec<u8> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            out.start_file(*name, SimpleFileOptions::default()).unwrap();
            out.write_all(text.as_bytes()).unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    fn check(bytes: Vec<u8>, names: &[&str], told: &[&str]) {
        let source = Source::of("a.zip", Cursor::new(bytes));
        let (mut got, mut notes) = (Vec::new(), Vec::new());
        for one in open(source, &Limits::default()) {
            match one {
                Member::Document(document) => got.push(document.name.unwrap_or_default()),
                Member::Told(note) => notes.push(note.message),
                Member::PassedOver(why, count) => notes.push(format!("{count} {why}")),
            }
        }
        assert_eq!(got, names);
        assert_eq!(notes.len(), told.len(), "{notes:?}");
        for (note, words) in notes.iter().zip(told) {
            assert!(note.contains(words), "{note}");
        }
    }

    #[test]
    fn reports_are_taken_and_nothing_else() {
        let files = [
            ("b/two.html", "x"),
            ("a.txt", "x"),
            ("picture.jpg", "x"),
            ("__MACOSX/a.txt", "x"),
            (".hidden.txt", "x"),
            ("lines.jsonl", "{}"),
        ];
        let names = ["b/two.html", "a.txt", "lines.jsonl"];
        check(packed(&files), &names, &["1 files in archives whose names"]);
    }

    #[test]
    fn names_that_lead_out_are_told() {
        let files = [("../../etc/cron.txt", "x"), ("a.txt", "x")];
        check(packed(&files), &["a.txt"], &["leads out of the archive"]);
    }

    #[test]
    fn what_is_cut_off_or_damaged_is_told() {
        let whole = packed(&[("a.txt", &"Three were hurt in Kelmoor. ".repeat(50))]);
        check(
            whole[..whole.len() / 2].to_vec(),
            &[],
            &["cannot be opened"],
        );
        let mut flipped = whole.clone();
        flipped[50] ^= 0xff;
        check(flipped, &[], &["damaged"]);
        check(b"PK\x03\x04".to_vec(), &[], &["cannot be opened"]);
    }

    #[test]
    fn a_document_in_an_archive_is_no_archive() {
        assert!(begins(&packed(&[("a.txt", "x")])));
        assert!(!begins(&packed(&[
            ("[Content_Types].xml", "x"),
            ("word/document.xml", "x")
        ])));
    }
}

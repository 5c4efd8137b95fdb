//! Dossiers as one Word document (Office Open XML, ECMA-376): headings, tables, quotes, links to the reports.
//!
//! What a report says is text of runs, escaped; nothing of it is markup, a field or a macro. Only addresses of the web
//! lead anywhere. The same incidents give the same bytes: no clock is asked, and the archive has no times.
//!
//! Rooms: `body` blocks as paragraphs and tables, `package` the parts around them.

mod body;
mod package;

use std::io::{self, Cursor, Write};

use model::Dossier;
use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::{
    document::{self, content},
    format::{Format, Sink},
};
use body::Body;

/// The format.
pub(super) const DOCX: Format = Format {
    name: "docx",
    ending: "docx",
    texts: false,
    about: "a Word document to hand over: an incident after another, its figures with who says each, where the reports \
            disagree, quotes, voices, reports, number rules; 200 incidents at most",
    columns: || Vec::new(),
    open: |_, out| Ok(open(out)),
};

struct Docx<'a> {
    out: &'a mut dyn Write,
    body: Body,
    incidents: usize,
    version: String,
}

fn open<'a>(out: &'a mut dyn Write) -> Box<dyn Sink + 'a> {
    Box::new(Docx {
        out,
        body: Body::default(),
        incidents: 0,
        version: String::new(),
    })
}

impl Sink for Docx<'_> {
    fn put(&mut self, dossier: &Dossier) -> io::Result<()> {
        document::count(&mut self.incidents)?;
        self.version.clone_from(&dossier.version);
        for block in content(dossier) {
            self.body.put(&block);
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        for (name, part) in package::parts(&self.body, &self.version) {
            archive.start_file(name, options).map_err(told)?;
            archive.write_all(part.as_bytes())?;
        }
        let bytes = archive.finish().map_err(told)?.into_inner();
        self.out.write_all(&bytes)
    }
}

fn told(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use zip::ZipArchive;

    use super::*;
    use crate::{export::Options, publish::fixture};

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut out = String::new();
        archive
            .by_name(name)
            .unwrap()
            .read_to_string(&mut out)
            .unwrap();
        out
    }

    #[test]
    fn every_part_is_xml_and_links_are_declared() {
        let dossiers = [fixture::market().0, fixture::empty().0];
        let mut bytes = Vec::new();
        DOCX.write(&dossiers, Options::default(), &mut bytes)
            .unwrap();
        let archive = ZipArchive::new(Cursor::new(&bytes[..])).unwrap();
        let names: Vec<String> = archive
            .file_names()
            .map(|it| it.unwrap().into_owned())
            .collect();
        for name in &names {
            let xml = part(&bytes, name);
            let mut reader = quick_xml::Reader::from_str(&xml);
            let mut depth = 0;
            loop {
                match reader
                    .read_event()
                    .unwrap_or_else(|error| panic!("{name}: {error}"))
                {
                    quick_xml::events::Event::Start(_) => depth += 1,
                    quick_xml::events::Event::End(_) => depth -= 1,
                    quick_xml::events::Event::Eof => break,
                    _ => {}
                }
            }
            assert_eq!(depth, 0, "{name}");
        }
        assert_eq!(names[0], "[Content_Types].xml");
        let body = part(&bytes, "word/document.xml");
        let rels = part(&bytes, "word/_rels/document.xml.rels");
        let links = body.matches("r:id=\"link").count();
        assert!(links > 2 && rels.matches("Id=\"link").count() == links);
        // An incident each begins on its own page, and is listed before.
        assert_eq!(body.matches("<w:pageBreakBefore/>").count(), 2);
        assert_eq!(body.matches("w:anchor=\"incident").count(), 2);
        assert!(
            !body.contains("<script"),
            "words of a hostile report are words"
        );
    }

    #[test]
    fn more_incidents_than_one_reads_are_told() {
        let empty = fixture::empty().0;
        let mut bytes = Vec::new();
        let mut sink = open(&mut bytes);
        for _ in 0..200 {
            sink.put(&empty).unwrap();
        }
        let told = sink.put(&empty).unwrap_err();
        assert_eq!(told.kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(told.to_string(), "a document holds 200 incidents at most");
    }
}

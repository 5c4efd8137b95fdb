//! Web archives (WARC 1.0 and 1.1, ISO 28500; plain or in gzip): each response that holds a page, in the order of the
//! archive, streamed.
//!
//! What is no page is passed over and counted by reason. A record that breaks off ends the archive with a note; what
//! came before it stays taken.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader, Read},
};

use flate2::bufread::MultiGzDecoder;
use model::Severity;
use reader::text::Metadata;

use super::{
    format::{Document, Format, Member, Source},
    limits::Limits,
};
use crate::ingest::{columns::Columns, notes::note};

/// The row of the table.
pub(super) const FORMAT: Format = Format {
    name: "a web archive",
    endings: &["warc", "gz"],
    begins: |head, _: &Columns| begins(head),
    seeks: false,
    open: |source, limits| Box::new(Records::new(source, limits)),
};

/// Bytes of the head of a record, or of the response in it.
const HEAD: u64 = 65_536;

fn begins(head: &[u8]) -> bool {
    if head.starts_with(b"WARC/") {
        return true;
    }
    if !head.starts_with(&[0x1f, 0x8b]) {
        return false;
    }
    let mut first = [0; 5];
    MultiGzDecoder::new(head).read_exact(&mut first).is_ok() && first == *b"WARC/"
}

struct Records<'a> {
    name: String,
    bytes: Box<dyn BufRead + 'a>,
    limit: u64,
    /// The record read last, counted from one.
    record: usize,
    /// Records passed over, by reason.
    passed: BTreeMap<&'static str, u64>,
    ended: bool,
}

/// Why a record gives nothing.
enum Without {
    /// It is no page.
    Passed(&'static str),
    /// The archive cannot be read further.
    Broken(String),
}

impl From<io::Error> for Without {
    fn from(error: io::Error) -> Self {
        Self::Broken(match error.kind() {
            io::ErrorKind::UnexpectedEof => {
                "the archive breaks off in the middle of a record".to_owned()
            }
            _ => format!("the archive cannot be read further: {error}"),
        })
    }
}

/// The lines of a head, names in lower case.
type Head = BTreeMap<String, String>;

impl<'a> Records<'a> {
    fn new(source: Source<'a>, limits: &Limits) -> Self {
        let mut bytes = source.bytes;
        let packed = bytes
            .fill_buf()
            .is_ok_and(|head| head.starts_with(&[0x1f, 0x8b]));
        Self {
            name: source.name,
            bytes: if packed {
                Box::new(BufReader::with_capacity(
                    1 << 16,
                    MultiGzDecoder::new(bytes),
                ))
            } else {
                bytes
            },
            limit: limits.document,
            record: 0,
            passed: BTreeMap::new(),
            ended: false,
        }
    }

    /// A line without its end; `None` at the end of the archive.
    fn line(&mut self) -> Result<Option<Vec<u8>>, Without> {
        let mut line = Vec::new();
        let read = self
            .bytes
            .by_ref()
            .take(HEAD)
            .read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        if line.last() != Some(&b'\n') {
            let why = if read as u64 == HEAD {
                "a line of a record's head has no end"
            } else {
                "the archive breaks off in the middle of a record"
            };
            return Err(Without::Broken(why.to_owned()));
        }
        while matches!(line.last(), Some(b'\n' | b'\r')) {
            line.pop();
        }
        Ok(Some(line))
    }

    /// The next record; `None` at the end of the archive.
    fn record(&mut self) -> Result<Option<Document>, Without> {
        // Two empty lines stand between records.
        let first = loop {
            match self.line()? {
                None => return Ok(None),
                Some(line) if line.is_empty() => {}
                Some(line) => break line,
            }
        };
        self.record += 1;
        if !first.starts_with(b"WARC/") {
            return Err(Without::Broken(
                "a record does not begin as one does".to_owned(),
            ));
        }
        let mut head = Head::new();
        loop {
            match self.line()? {
                None => return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()),
                Some(line) if line.is_empty() => break,
                Some(line) => put(&mut head, &line),
            }
        }
        let length = head
            .get("content-length")
            .and_then(|it| it.parse::<u64>().ok());
        let length = length
            .ok_or_else(|| Without::Broken("a record does not say how long it is".to_owned()))?;
        let kind = head
            .get("warc-type")
            .map(String::as_str)
            .unwrap_or_default();
        let why = match kind {
            "response" if length > self.limit => Some("pages that are too large"),
            "response" => None,
            "resource" if length <= self.limit => None,
            _ => Some("records that are no responses"),
        };
        if let Some(why) = why {
            self.skip(length)?;
            return Err(Without::Passed(why));
        }
        let mut block = Vec::new();
        self.bytes.by_ref().take(length).read_to_end(&mut block)?;
        if (block.len() as u64) < length {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        let (media_type, body) = if kind == "resource" {
            (head.get("content-type").cloned().unwrap_or_default(), block)
        } else {
            response(block, self.limit).map_err(Without::Passed)?
        };
        if !media_type.to_lowercase().contains("html")
            && !media_type.to_lowercase().starts_with("text/plain")
        {
            return Err(Without::Passed("responses that are no pages"));
        }
        if body.is_empty() {
            return Err(Without::Passed("empty pages"));
        }
        let address = head
            .get("warc-target-uri")
            .map(|it| it.trim_matches(['<', '>']).to_owned());
        Ok(Some(Document {
            name: None,
            index: self.record,
            offset: None,
            bytes: body,
            given: Metadata {
                url: address,
                media_type: Some(media_type),
                fetched_at: head.get("warc-date").cloned(),
                ..Metadata::default()
            },
        }))
    }

    fn skip(&mut self, length: u64) -> Result<(), Without> {
        let passed = io::copy(&mut self.bytes.by_ref().take(length), &mut io::sink())?;
        if passed < length {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        Ok(())
    }
}

impl Iterator for Records<'_> {
    type Item = Member;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            match self.record() {
                Ok(Some(document)) => return Some(Member::Document(document)),
                Ok(None) => self.ended = true,
                Err(Without::Passed(why)) => *self.passed.entry(why).or_default() += 1,
                Err(Without::Broken(why)) => {
                    self.ended = true;
                    let subject = format!("{}:{}", self.name, self.record.max(1));
                    let hint = "what came before is taken; fetch the archive again for the rest";
                    let told = note(Severity::Error, "bad-record", &subject, &why, hint);
                    return Some(Member::Told(told));
                }
            }
        }
        let (why, count) = self.passed.pop_first()?;
        Some(Member::PassedOver(why, count))
    }
}

fn put(head: &mut Head, line: &[u8]) {
    let line = String::from_utf8_lossy(line);
    if let Some((name, value)) = line.split_once(':') {
        head.entry(name.trim().to_lowercase())
            .or_insert_with(|| value.trim().to_owned());
    }
}

/// The media type and the body of an HTTP response.
fn response(block: Vec<u8>, limit: u64) -> Result<(String, Vec<u8>), &'static str> {
    let end = block
        .windows(4)
        .take(HEAD as usize)
        .position(|it| it == b"\r\n\r\n");
    let end = end.ok_or("responses without a head")?;
    let mut lines = block[..end].split(|byte| *byte == b'\n');
    let first = String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let status = first.split_whitespace().nth(1).unwrap_or_default();
    if status != "200" {
        return Err("responses that say there is no page (status)");
    }
    let mut head = Head::new();
    lines.for_each(|line| put(&mut head, line));
    let media_type = head.get("content-type").cloned().unwrap_or_default();
    let mut body = block[end + 4..].to_vec();
    let has = |name: &str, value: &str| {
        head.get(name)
            .is_some_and(|it| it.to_lowercase().contains(value))
    };
    // Common Crawl writes bodies unpacked and names what was; others write them as they came.
    if has("transfer-encoding", "chunked")
        && let Some(whole) = unchunked(&body)
    {
        body = whole;
    }
    if has("content-encoding", "gzip") && body.starts_with(&[0x1f, 0x8b]) {
        let mut whole = Vec::new();
        let read = MultiGzDecoder::new(&body[..])
            .take(limit + 1)
            .read_to_end(&mut whole);
        if read.is_err() || whole.len() as u64 > limit {
            return Err("pages that are too large or damaged once unpacked");
        }
        body = whole;
    }
    Ok((media_type, body))
}

/// A body put together from its chunks; `None` where it is not in chunks.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = rest.windows(2).position(|it| it == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        rest = rest.get(end + 2..)?;
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    fn record(kind: &str, uri: &str, block: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2031-03-04T05:06:07Z\r\n\
             Content-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    }

    fn page(status: u16, media_type: &str, body: &str) -> String {
        format!("HTTP/1.1 {status} X\r\nContent-Type: {media_type}\r\n\r\n{body}")
    }

    fn check(bytes: Vec<u8>, bodies: &[&str], told: &[&str]) {
        let source = Source::of("a.warc", Cursor::new(bytes));
        let (mut got, mut notes) = (Vec::new(), Vec::new());
        for one in Records::new(source, &Limits::default()) {
            match one {
                Member::Document(document) => got.push(String::from_utf8(document.bytes).unwrap()),
                Member::Told(note) => notes.push(note.message),
                Member::PassedOver(why, count) => notes.push(format!("{count} {why}")),
            }
        }
        assert_eq!(got, bodies);
        assert_eq!(notes.len(), told.len(), "{notes:?}");
        for (note, words) in notes.iter().zip(told) {
            assert!(note.contains(words), "{note}");
        }
    }

    fn archive() -> String {
        [
            record("warcinfo", "", "software: test"),
            record("request", "https://a.example/1", "GET / HTTP/1.1\r\n\r\n"),
            record(
                "response",
                "https://a.example/1",
                &page(200, "text/html", "<p>One"),
            ),
            record(
                "response",
                "https://a.example/2",
                &page(404, "text/html", "gone"),
            ),
            record(
                "response",
                "https://a.example/3",
                &page(200, "image/png", "PNG"),
            ),
            record(
                "response",
                "https://a.example/4",
                &page(200, "text/html; charset=utf-8", "<p>Zwei ä"),
            ),
        ]
        .concat()
    }

    fn gzip(members: &[&str]) -> Vec<u8> {
        let mut out = Vec::new();
        for member in members {
            let mut packed =
                flate2::write::GzEncoder::new(&mut out, flate2::Compression::default());
            packed.write_all(member.as_bytes()).unwrap();
            packed.finish().unwrap();
        }
        out
    }

    const PASSED: &[&str] = &[
        "2 records that are no responses",
        "1 responses that are no pages",
        "1 responses that say there is no page (status)",
    ];

    #[test]
    fn pages_are_taken_and_the_rest_is_counted() {
        check(archive().into_bytes(), &["<p>One", "<p>Zwei ä"], PASSED);
    }

    #[test]
    fn one_member_a_record_is_read_like_one_for_all() {
        let records: Vec<String> = archive()
            .split("WARC/1.0")
            .skip(1)
            .map(|it| format!("WARC/1.0{it}"))
            .collect();
        let members: Vec<&str> = records.iter().map(String::as_str).collect();
        check(gzip(&members), &["<p>One", "<p>Zwei ä"], PASSED);
        check(gzip(&[&archive()]), &["<p>One", "<p>Zwei ä"], PASSED);
    }

    #[test]
    fn an_archive_that_breaks_off_keeps_what_came_before() {
        let whole = archive();
        let cut = &whole[..whole.len() - 12];
        check(
            cut.as_bytes().to_vec(),
            &["<p>One"],
            &[&["breaks off"], PASSED].concat(),
        );
        let packed = gzip(&[&whole]);
        let cut = packed[..packed.len() - 20].to_vec();
        let source = Source::of("a", Cursor::new(cut));
        let errors = Records::new(source, &Limits::default())
            .filter(|one| matches!(one, Member::Told(note) if note.severity == Severity::Error));
        assert_eq!(errors.count(), 1);
        check(
            b"WARC/1.0\r\nContent-Length: many\r\n\r\n".to_vec(),
            &[],
            &["how long"],
        );
        check(b"no archive\r\n".to_vec(), &[], &["does not begin"]);
        check(vec![b'x'; 100_000], &[], &["no end"]);
    }

    #[test]
    fn bodies_in_chunks_and_in_gzip_are_put_together() {
        let chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n\
                       3\r\n<p>\r\n3;x=1\r\nOne\r\n0\r\n\r\n";
        check(
            record("response", "https://a.example", chunked).into_bytes(),
            &["<p>One"],
            &[],
        );
        // What says that it is in chunks, and is not any more, is taken as it is.
        let plain = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n<p>One";
        check(
            record("response", "https://a.example", plain).into_bytes(),
            &["<p>One"],
            &[],
        );
    }

    #[test]
    fn an_archive_is_known_by_how_it_begins() {
        assert!(begins(b"WARC/1.1\r\n"));
        assert!(begins(&gzip(&["WARC/1.0\r\n"])));
        assert!(!begins(&gzip(&["Three were hurt in Kelmoor."])));
        assert!(!begins(b"Three were hurt."));
    }
}

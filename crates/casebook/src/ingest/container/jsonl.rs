//! JSON lines: one report a line, an object with `text` or `html` and what is known of it (`url`, `title`, `source`,
//! `published` …, as in a sidecar). `crossbearing text --json` writes such lines.
//!
//! A line that is no report is a note with its number. A file without any report, all of it valid JSON, is a data file
//! that was named with others, as a shell's `DIR/*` does: one note.

use std::{
    collections::VecDeque,
    io::{self, BufRead, Read},
};

use model::{Note, Severity};
use serde_json::Value;

use super::{
    format::{Format, Member, Source},
    limits::Limits,
    records,
};
use crate::ingest::{columns::Columns, notes::note};

/// The row of the table.
pub(super) const FORMAT: Format = Format {
    name: "a file of JSON lines",
    endings: &["jsonl", "ndjson"],
    begins,
    seeks: false,
    open: |source, limits| Box::new(Lines::new(source, limits)),
};

pub(super) const SHAPE: &str = "a line is one object with `text` or `html`: \
    {\"text\": …, \"url\": …, \"title\": …, \"source\": …, \"published\": \"2031-03-04\"}; \
    where they are called otherwise, say so: --map text=body,title=headline";

/// Whether one of the first lines is a report, or the first is too long to tell.
fn begins(head: &[u8], columns: &Columns) -> bool {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let cut = !text.contains('\n') && text.starts_with('{') && records::names_report(text, columns);
    text.lines().any(|line| match serde_json::from_str(line) {
        Ok(line) => records::holds_report(&line, columns),
        Err(error) => cut && error.is_eof(),
    })
}

struct Lines<'a> {
    source: Source<'a>,
    limit: u64,
    /// Notes kept until a line is a report: a file without any gives one.
    most_held: usize,
    /// The line read last, counted from one.
    line: usize,
    /// The byte after it.
    at: u64,
    /// Whether a line was a report, or none that could have been one.
    holds_reports: bool,
    /// Objects without a report before the first that is one, and how many more such there are.
    held: Vec<usize>,
    more: u64,
    /// Texts in reports that are not theirs.
    within: u64,
    ready: VecDeque<Member>,
    ended: bool,
}

/// One line of a file.
enum Line {
    Bytes(Vec<u8>),
    TooLong,
    End,
}

impl<'a> Lines<'a> {
    fn new(source: Source<'a>, limits: &Limits) -> Self {
        Self {
            source,
            limit: limits.document,
            most_held: limits.notes,
            line: 0,
            at: 0,
            holds_reports: false,
            held: Vec::new(),
            more: 0,
            within: 0,
            ready: VecDeque::new(),
            ended: false,
        }
    }

    /// The next line without its end; the rest of one that is too long is passed over unread.
    fn read(&mut self) -> io::Result<Line> {
        let mut bytes = Vec::new();
        let reader = &mut self.source.bytes;
        let mut limited = reader.by_ref().take(self.limit + 1);
        let read = limited.read_until(b'\n', &mut bytes)? as u64;
        self.line += 1;
        self.at += read;
        if read == 0 {
            return Ok(Line::End);
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        } else if read > self.limit {
            self.at += skip_line(reader)?;
            return Ok(Line::TooLong);
        }
        Ok(Line::Bytes(bytes))
    }

    fn note(&self, severity: Severity, code: &str, line: usize, message: &str) -> Note {
        let subject = format!("{}:{line}", self.source.name);
        note(severity, code, &subject, message, SHAPE)
    }

    fn bad(&self, message: &str) -> Note {
        self.note(Severity::Error, "bad-line", self.line, message)
    }

    /// Reads on until something is ready or the file ends.
    fn step(&mut self) {
        let from = self.at;
        let bytes = match self.read() {
            Ok(Line::Bytes(bytes)) => bytes,
            Ok(Line::TooLong) => {
                let message = format!("the line has more than {} MB", self.limit / 1_000_000);
                let note = self.bad(&message);
                self.found(Member::Told(note));
                return;
            }
            Ok(Line::End) => return self.end(),
            Err(error) => {
                let note = self.bad(&format!("the file cannot be read further: {error}"));
                self.found(Member::Told(note));
                self.ended = true;
                return;
            }
        };
        let bytes = match from {
            0 => bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes),
            _ => &bytes[..],
        };
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return;
        }
        let found = match serde_json::from_slice(bytes) {
            Ok(Value::Object(object)) => {
                let columns = &self.source.columns;
                let Some(record) = records::document(object, columns, self.line, Some(from)) else {
                    return self.other();
                };
                self.within += record.within;
                let subject = format!("{}:{}", self.source.name, self.line);
                let odd = record
                    .odd
                    .iter()
                    .map(|key| records::bad_value(&subject, key, SHAPE));
                self.ready.extend(odd.map(Member::Told));
                Member::Document(record.document)
            }
            Ok(_) => Member::Told(self.bad("the line is no JSON object")),
            Err(error) => {
                let message = format!("the line is not valid JSON: {}", what(&error));
                Member::Told(self.bad(&message))
            }
        };
        self.found(found);
    }

    /// An object that holds no report: a bad line among reports, or a line of a data file.
    fn other(&mut self) {
        if self.holds_reports {
            let note = self.without(self.line);
            self.ready.push_back(Member::Told(note));
        } else if self.held.len() <= self.most_held {
            self.held.push(self.line);
        } else {
            self.more += 1;
        }
    }

    fn without(&self, line: usize) -> Note {
        let message = "the line has neither `text` nor `html`";
        self.note(Severity::Error, "bad-line", line, message)
    }

    fn found(&mut self, found: Member) {
        self.holds_reports = true;
        for line in std::mem::take(&mut self.held) {
            let note = self.without(line);
            self.ready.push_back(Member::Told(note));
        }
        let more = std::mem::take(&mut self.more);
        if more > 0 {
            let why = "lines without a text before the first report of a file of JSON lines";
            self.ready.push_back(Member::PassedOver(why, more));
        }
        self.ready.push_back(found);
    }

    fn end(&mut self) {
        self.ended = true;
        if self.within > 0 {
            self.ready
                .push_back(Member::PassedOver(records::WITHIN, self.within));
        }
        if !self.held.is_empty() {
            let message = "passed over: a data file, not reports";
            let name = &self.source.name;
            let note = note(Severity::Warning, "no-report", name, message, SHAPE);
            self.ready.push_back(Member::Told(note));
        }
    }
}

impl Iterator for Lines<'_> {
    type Item = Member;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.ended {
            self.step();
        }
        self.ready.pop_front()
    }
}

/// What is wrong, without the place: the parser counts lines within the one that it was given.
pub(super) fn what(error: &serde_json::Error) -> String {
    let words = error.to_string();
    match words.rsplit_once(" at line ") {
        Some((what, _)) => what.to_owned(),
        None => words,
    }
}

/// Passes over what is left of a line; how many bytes.
fn skip_line(reader: &mut dyn BufRead) -> io::Result<u64> {
    let mut passed = 0;
    loop {
        let buffer = reader.fill_buf()?;
        let (bytes, ended) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        reader.consume(bytes);
        passed += bytes as u64;
        if ended {
            return Ok(passed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::format::Document, *};

    /// What comes of a file: of a document its line, media type and words; of a note its subject and code.
    fn check(file: &[u8], limits: Limits, wanted: &[&str]) {
        let got = (FORMAT.open)(Source::of("a", file), &limits).map(|one| match one {
            Member::Document(it) => format!(
                "{} {} {}",
                it.index,
                it.given.media_type.unwrap_or_default(),
                String::from_utf8(it.bytes).unwrap()
            ),
            Member::Told(note) => format!("{} {}", note.subject, note.code),
            Member::PassedOver(why, count) => format!("{count} {why}"),
        });
        assert_eq!(got.collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn a_line_is_a_report_with_what_is_known_of_it() {
        let file = "\u{feff}{\"text\": \"One.\", \"URL\": \"https://a.example/1\", \"date\": \"2031-03-04\"}\r\n\n\
            {\"html\": \"<p>Two.\", \"fetched\": \"2031-03-05T10:00:00Z\", \"id\": 7}";
        let limits = Limits::default();
        check(
            file.as_bytes(),
            limits,
            &["1 text/plain One.", "3 text/html <p>Two."],
        );
        let source = Source::of("a", file.as_bytes());
        let all: Vec<Document> = (FORMAT.open)(source, &limits)
            .filter_map(|one| match one {
                Member::Document(document) => Some(document),
                _ => None,
            })
            .collect();
        assert_eq!(all[0].given.url.as_deref(), Some("https://a.example/1"));
        assert_eq!(all[0].given.published.as_deref(), Some("2031-03-04"));
        let fetched = all[1].given.fetched_at.as_deref();
        assert_eq!(fetched, Some("2031-03-05T10:00:00Z"));
        let at = usize::try_from(all[1].offset.unwrap()).unwrap();
        assert!(file[at..].starts_with("{\"html\""));
    }

    #[test]
    fn a_bad_line_is_told_by_its_number_and_the_rest_goes_on() {
        let file = b"{\"id\": 1}\n{\"text\": \"One.\", \"title\": 9}\nnonsense\n[1]\n{\"text\": 5}\n\xff\xfe\n\
            {\"text\": \"a line that is far too long\"}\n{\"text\": \"Two.\"}\n{\"text\": \"cut";
        let limits = Limits {
            document: 30,
            ..Limits::default()
        };
        check(
            file,
            limits,
            &[
                "a:2 bad-value",
                "a:1 bad-line",
                "2 text/plain One.",
                "a:3 bad-line",
                "a:4 bad-line",
                "a:5 bad-line",
                "a:6 bad-line",
                "a:7 bad-line",
                "8 text/plain Two.",
                "a:9 bad-line",
            ],
        );
    }

    #[test]
    fn of_many_lines_some_are_told_and_the_rest_counted() {
        let limits = Limits {
            notes: 1,
            ..Limits::default()
        };
        let file = [
            &b"{\"id\": 1}\n".repeat(5)[..],
            b"{\"text\": \"One.\", \"replies\": [{\"text\": \"No.\"}]}",
        ]
        .concat();
        check(
            &file,
            limits,
            &[
                "a:1 bad-line",
                "a:2 bad-line",
                "3 lines without a text before the first report of a file of JSON lines",
                "6 text/plain One.",
                "1 texts within a report of JSON, such as replies to it",
            ],
        );
    }

    #[test]
    fn a_data_file_is_passed_over_in_one_note() {
        let limits = Limits::default();
        check(b"{\"id\": 1}\n{\"id\": 2}\n", limits, &["a no-report"]);
        check(b"\n \n", limits, &[]);
        check(b"", limits, &[]);
    }

    #[test]
    fn reports_are_told_from_data_by_the_first_lines() {
        for (head, wanted) in [
            ("{\"text\": \"One.\"}\n{", true),
            ("\n{\"html\": \"<p>\"}", true),
            (
                "{\"url\": \"x\", \"text\": \"a very long line that is cut",
                true,
            ),
            ("{\"id\": 1}\n{\"text\": \"One.\"}", true),
            ("nonsense\n{\"text\": \"One.\"}\n{\"te", true),
            ("{\n  \"text\": \"a dossier\"\n}", false),
            ("{\"id\": \"cut", false),
            ("Nine were killed.", false),
            ("", false),
        ] {
            assert_eq!(
                begins(head.as_bytes(), &Columns::default()),
                wanted,
                "{head}"
            );
        }
    }
}

//! JSON: objects that are reports, in an array, in an array of one object (`{"articles": [...]}`, as programs give
//! lists), one after another, or one alone. Read object by object, so that an array of any length takes little memory.
//!
//! An object without a text is none of ours: those beside reports are counted, a file of nothing else is a data file.
//! Texts in the lists of a report, as replies to a post are, are not its words and no reports: they are counted. So the
//! objects of an outermost object wait for what that one is, as far as memory goes.

use std::{
    collections::VecDeque,
    io::{self, BufRead},
};

use model::{Note, Severity};
use reader::text;

use super::{
    format::{Format, Member, Source},
    jsonl::{SHAPE, what},
    limits::Limits,
    records,
};
use crate::ingest::{columns::Columns, notes::note};

/// The row of the table.
pub(super) const FORMAT: Format = Format {
    name: "a file of JSON",
    endings: &["json"],
    begins,
    seeks: false,
    open: |source, limits| Box::new(Objects::new(source, limits)),
};

/// Most brackets in one another.
const DEPTH: usize = 256;

/// Why an object is passed over.
const OTHERS: &str = "objects of JSON without a text";

fn begins(head: &[u8], columns: &Columns) -> bool {
    let words = String::from_utf8_lossy(head);
    let words = words.trim_start_matches('\u{feff}').trim_start();
    let inner = words.strip_prefix('[').map(str::trim_start);
    let objects = inner.unwrap_or(words).starts_with('{');
    objects && text::own_output(head).is_none() && records::names_report(words, columns)
}

/// Objects as they are read.
struct Objects<'a> {
    source: Source<'a>,
    limit: usize,
    /// Where the reading is.
    at: u64,
    scan: Scan,
    /// Objects met, and of them reports and others.
    met: usize,
    reports: usize,
    others: u64,
    /// Texts in reports that are not theirs.
    within: u64,
    /// Whether an object could not be read.
    bad: bool,
    ready: VecDeque<Member>,
    ended: bool,
}

/// What is known of the place in the file.
#[derive(Default)]
struct Scan {
    /// Open brackets.
    open: Vec<u8>,
    in_string: bool,
    escaped: bool,
    /// The item of an array that is being read: where its bytes begin in the file, and how deep its brackets stand.
    item: Option<(u64, usize)>,
    /// Its bytes.
    bytes: Vec<u8>,
    /// The outermost object without the objects of its arrays, and where it begins.
    outer: Vec<u8>,
    outer_at: u64,
    /// Whether an object of it was a report.
    gave: bool,
    /// What came of its objects, and how many bytes of text that is, while it is not known what it is itself; and how
    /// many objects, reports and others had been met before.
    held: Option<Held>,
}

/// What waits for the end of the object around it.
#[derive(Default)]
struct Held {
    members: VecDeque<Member>,
    bytes: usize,
    /// Whether there was too much to wait.
    given_up: bool,
    met: usize,
    reports: usize,
    others: u64,
    within: u64,
}

impl<'a> Objects<'a> {
    fn new(source: Source<'a>, limits: &Limits) -> Self {
        Self {
            source,
            limit: usize::try_from(limits.document).unwrap_or(usize::MAX),
            at: 0,
            scan: Scan::default(),
            met: 0,
            reports: 0,
            others: 0,
            within: 0,
            bad: false,
            ready: VecDeque::new(),
            ended: false,
        }
    }

    fn told(&mut self, message: &str) {
        self.bad = true;
        let subject = format!("{}:{}", self.source.name, self.met.max(1));
        let told = note(Severity::Error, "bad-object", &subject, message, SHAPE);
        self.ready.push_back(Member::Told(told));
    }

    /// Reads on a little.
    fn step(&mut self) -> io::Result<()> {
        let buffer = self.source.bytes.fill_buf()?;
        if buffer.is_empty() {
            self.end();
            return Ok(());
        }
        let chunk = buffer.to_vec();
        self.source.bytes.consume(chunk.len());
        for byte in chunk {
            self.byte(byte);
            self.at += 1;
            if self.scan.open.len() > DEPTH {
                self.met += 1;
                self.told(&format!(
                    "brackets lie in one another more than {DEPTH} deep; from there on nothing is read"
                ));
                self.scan.open.clear();
                self.end();
                break;
            }
        }
        Ok(())
    }

    fn byte(&mut self, byte: u8) {
        let scan = &mut self.scan;
        let depth = scan.open.len();
        let begins_item = byte == b'{'
            && !scan.in_string
            && scan.item.is_none()
            && (scan.open == b"[" || scan.open == b"{[");
        if begins_item {
            scan.item = Some((self.at, depth));
        }
        let kept = match scan.item {
            Some(_) => &mut scan.bytes,
            None => {
                if depth == 0 && byte == b'{' {
                    scan.outer_at = self.at;
                    scan.held = Some(Held {
                        met: self.met,
                        reports: self.reports,
                        others: self.others,
                        within: self.within,
                        ..Held::default()
                    });
                }
                &mut scan.outer
            }
        };
        if kept.len() <= self.limit && (depth > 0 || byte == b'{' || byte == b'[') {
            kept.push(byte);
        }
        if scan.in_string {
            match byte {
                _ if scan.escaped => scan.escaped = false,
                b'\\' => scan.escaped = true,
                b'"' => scan.in_string = false,
                _ => {}
            }
            return;
        }
        match byte {
            b'"' => scan.in_string = true,
            b'{' | b'[' => scan.open.push(byte),
            b'}' | b']' => {
                scan.open.pop();
                self.closed();
            }
            _ => {}
        }
    }

    /// A bracket was closed: an item or the outermost value may be whole.
    fn closed(&mut self) {
        let depth = self.scan.open.len();
        if let Some((at, of)) = self.scan.item
            && depth == of
        {
            self.scan.item = None;
            let bytes = std::mem::take(&mut self.scan.bytes);
            let gave = self.object(&bytes, at, false);
            self.scan.gave |= gave;
            self.hold(bytes.len());
            // What is left of the object around it stays valid.
            self.scan.outer.extend(b"0");
        } else if depth == 0 {
            let outer = std::mem::take(&mut self.scan.outer);
            let gave = std::mem::take(&mut self.scan.gave);
            let around = gave || self.met > 0;
            let held = self.scan.held.take().unwrap_or_default();
            if !outer.starts_with(b"{") {
                return;
            }
            if held.given_up || !self.is_report(&outer) {
                self.ready.extend(held.members);
                self.object(&outer, self.scan.outer_at, around);
                return;
            }
            let texts = held.members.iter();
            let texts = texts
                .filter(|one| matches!(one, Member::Document(_)))
                .count() as u64;
            let deeper = self.within - held.within;
            (self.met, self.reports, self.others) = (held.met, held.reports, held.others);
            self.object(&outer, self.scan.outer_at, false);
            self.within = held.within + texts + deeper;
            // What is wrong in it is told as ever.
            let told = held
                .members
                .into_iter()
                .filter(|one| matches!(one, Member::Told(_)));
            self.ready.extend(told);
        }
    }

    /// Keeps what came of an object in another back until that one has ended, or there is too much of it.
    fn hold(&mut self, bytes: usize) {
        let Some(held) = self.scan.held.as_mut().filter(|held| !held.given_up) else {
            return;
        };
        held.bytes += bytes;
        held.members.append(&mut self.ready);
        if held.bytes > self.limit {
            held.given_up = true;
            self.ready.append(&mut held.members);
        }
    }

    fn is_report(&self, outer: &[u8]) -> bool {
        let object = serde_json::from_slice::<serde_json::Value>(outer);
        let object = object.ok().and_then(|it| it.as_object().cloned());
        object.is_some_and(|object| records::holds_report(&object, &self.source.columns))
    }

    /// Takes an object; whether it is a report. `around` others, an object without a text is only their wrapping.
    fn object(&mut self, bytes: &[u8], at: u64, around: bool) -> bool {
        if bytes.len() > self.limit {
            self.met += 1;
            self.told(&format!(
                "the object has more than {} MB",
                self.limit / 1_000_000
            ));
            return false;
        }
        let object = match serde_json::from_slice(bytes) {
            Ok(serde_json::Value::Object(object)) => object,
            Ok(_) => return false,
            Err(error) => {
                self.met += 1;
                self.told(&format!("the object is not valid JSON: {}", what(&error)));
                return false;
            }
        };
        let columns = &self.source.columns;
        let Some(record) = records::document(object, columns, self.met + 1, Some(at)) else {
            if !around {
                self.met += 1;
                self.others += 1;
            }
            return false;
        };
        self.met += 1;
        self.reports += 1;
        self.within += record.within;
        let subject = format!("{}:{}", self.source.name, self.met);
        for key in record.odd {
            let told = records::bad_value(&subject, &key, SHAPE);
            self.ready.push_back(Member::Told(told));
        }
        self.ready.push_back(Member::Document(record.document));
        true
    }

    fn end(&mut self) {
        self.ended = true;
        if let Some(held) = self.scan.held.take() {
            self.ready.extend(held.members);
        }
        if !self.scan.open.is_empty() {
            self.met += 1;
            self.told("the file breaks off in the middle of an object");
        }
        if self.reports == 0 && !self.bad {
            self.ready.push_back(Member::Told(data_file(&self.source)));
        } else if self.others > 0 {
            self.ready
                .push_back(Member::PassedOver(OTHERS, self.others));
        }
        if self.within > 0 {
            self.ready
                .push_back(Member::PassedOver(records::WITHIN, self.within));
        }
    }
}

/// The note of a file without a report.
fn data_file(source: &Source<'_>) -> Note {
    let missing = source.columns.says_body();
    let (severity, message) = match missing {
        true => (
            Severity::Error,
            "no object of the file has what --map calls the text",
        ),
        false => (Severity::Warning, "passed over: a data file, not reports"),
    };
    note(severity, "no-report", &source.name, message, SHAPE)
}

impl Iterator for Objects<'_> {
    type Item = Member;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.ended {
            if let Err(error) = self.step() {
                self.ended = true;
                self.told(&format!("the file cannot be read further: {error}"));
            }
        }
        self.ready.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of a file: of a report its number and words, of a note its code, of what is passed over the number.
    #[track_caller]
    fn check(file: &str, limit: u64, wanted: &[&str]) {
        let limits = Limits {
            document: limit,
            ..Limits::default()
        };
        // A buffer of three bytes: what is read comes in any pieces.
        let bytes = io::BufReader::with_capacity(3, file.as_bytes());
        let got = (FORMAT.open)(Source::of("a", bytes), &limits).map(|one| match one {
            Member::Document(it) => {
                let at = usize::try_from(it.offset.unwrap()).unwrap();
                assert!(file[at..].starts_with('{'), "{at}");
                format!("{} {}", it.index, String::from_utf8(it.bytes).unwrap())
            }
            Member::Told(note) => format!("{} {}", note.subject, note.code),
            Member::PassedOver(_, count) => format!("{count} passed over"),
        });
        assert_eq!(got.collect::<Vec<_>>(), wanted, "{file}");
    }

    #[test]
    fn objects_are_taken_wherever_lists_of_them_stand() {
        let two =
            r#"{"text": "One [\"}{"}, {"id": {"n": 1}}, {"text": "Two.", "tags": [{"text": "x"}]}"#;
        let wanted = ["1 One [\"}{", "3 Two.", "1 passed over", "1 passed over"];
        check(&format!("[{two}]"), 1000, &wanted);
        let articles =
            format!("{{\"status\": \"ok\", \"n\": [1, 2], \"articles\": [{two}], \"next\": null}}");
        check(&articles, 1000, &wanted);
        check(
            "\u{feff} {\"title\": \"T\", \"body\": \"One.\", \"tags\": [{\"id\": 1}]}",
            1000,
            &["1 One."],
        );
        check(
            "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n",
            1000,
            &["1 One.", "2 Two."],
        );
    }

    #[test]
    fn what_is_no_report_or_damaged_is_told() {
        check("[{\"id\": 1}, {\"id\": 2}]", 1000, &["a no-report"]);
        check("{\"id\": 1}", 1000, &["a no-report"]);
        check("[]", 1000, &["a no-report"]);
        check(
            "[{\"text\": \"One.\"}, {\"text\": \"Tw",
            1000,
            &["1 One.", "a:2 bad-object"],
        );
        check(
            "[{\"text\": \"One.\"}, {\"text\" 5}, {\"text\": \"Two.\"}]",
            1000,
            &["1 One.", "a:2 bad-object", "3 Two."],
        );
        check(
            "[{\"text\": \"far too long\"}, {\"text\": \"1\"}]",
            16,
            &["a:1 bad-object", "2 1"],
        );
        check(&"[".repeat(200), 1000, &["a:1 bad-object"]);
    }

    #[test]
    fn brackets_in_one_another_have_an_end() {
        let file = format!("[{{\"text\": \"One.\"}}, {}", "[".repeat(50_000_000));
        let got: Vec<Member> =
            (FORMAT.open)(Source::of("a", file.as_bytes()), &Limits::default()).collect();
        let [Member::Document(_), Member::Told(told)] = &got[..] else {
            panic!("{}", got.len());
        };
        assert!(
            told.message.contains("more than 256 deep"),
            "{}",
            told.message
        );
        let deep = format!(
            "{{\"a\": {}1{}, \"text\": \"One.\"}}",
            "[".repeat(90),
            "]".repeat(90)
        );
        check(&format!("[{deep}]"), 1000, &["1 One."]);
    }

    #[test]
    fn replies_to_a_post_are_counted_wherever_it_stands() {
        let replies = r#"[{"text": "A reply.", "replies": [{"text": "Another."}]}, {"id": 1}]"#;
        let post = format!("{{\"text\": \"A post.\", \"comments\": {replies}}}");
        let wanted = ["1 A post.", "2 passed over"];
        check(&post, 1000, &wanted);
        check(&format!("[{post}]"), 1000, &wanted);
        check(&format!("{{\"posts\": [{post}]}}"), 1000, &wanted);
        // The text may come after them.
        let late = format!("{{\"comments\": {replies}, \"text\": \"A post.\"}}");
        check(&late, 1000, &wanted);
        let two = format!("{post}\n{late}");
        check(&two, 1000, &["1 A post.", "2 A post.", "4 passed over"]);
        // A list of more than may be held is a list of reports, whatever stands around it.
        let long = format!(
            "{{\"list\": [{}{{\"text\": \"x\"}}]}}",
            "{\"text\": \"long\"},".repeat(3)
        );
        check(&long, 20, &["1 long", "2 long", "3 long", "4 x"]);
    }

    #[test]
    fn reports_are_told_from_data_by_how_the_file_begins() {
        let begins = |head: &str| begins(head.as_bytes(), &Columns::default());
        assert!(begins("[\n {\"title\": \"T\", \"content\": \"cut"));
        assert!(!begins("[1, 2, \"text\"]") && !begins("{\"id\": 1}") && !begins("text"));
        assert!(!begins(
            "{\n\"schema\": \"1\",\n\"version\": \"0.1.0\", \"incidents\": [{\"text\": \"x\"}]}"
        ));
    }
}

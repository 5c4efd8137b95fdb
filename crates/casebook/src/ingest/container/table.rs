//! Tables (CSV; columns parted by commas, semicolons or tabs): a row is a report, its number that of a spreadsheet, in
//! which the headings are the first row.
//!
//! Which column is the text, and which say what is known of it, their headings tell, or `--map`. A table without a text
//! is a data file: one note, which names its columns.

use std::{
    cell::Cell,
    io::{self, BufRead, Cursor, Read},
    rc::Rc,
};

use csv::{ByteRecord, Reader, ReaderBuilder};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use model::{Note, Severity};

use super::{
    format::{Document, Format, Member, Members, Source},
    limits::Limits,
};
use crate::files;
use crate::ingest::{
    columns::{self, Columns, Plan},
    fields::Fields,
    notes::note,
};

/// The row of the table.
pub(super) const FORMAT: Format = Format {
    name: "a table",
    endings: &["csv", "tsv", "tab"],
    begins,
    seeks: false,
    open,
};

/// Most bytes of a table in UTF-16, which is turned into UTF-8 as a whole.
const WIDE: u64 = 200_000_000;
/// Columns that a note names.
const NAMED: usize = 40;

/// Whether the first line names a column of texts and one more, and the second has as many values.
fn begins(head: &[u8], columns: &Columns) -> bool {
    let (bytes, _) = plain(head);
    let mut reader = reader_of(&bytes[..], &bytes);
    let (mut first, mut second) = (ByteRecord::new(), ByteRecord::new());
    let read = |reader: &mut Reader<&[u8]>, record: &mut ByteRecord| {
        matches!(reader.read_byte_record(record), Ok(true))
    };
    if !read(&mut reader, &mut first) || !read(&mut reader, &mut second) {
        return false;
    }
    // Where only a part of a long row is seen, its columns cannot be counted.
    let cut = head.len() >= 65_536 && reader.position().byte() as usize >= bytes.len();
    let plan = plan_of(&first, columns);
    first.len() > 1 && !plan.bodies.is_empty() && (cut || first.len() == second.len())
}

/// Bytes in UTF-8 as far as they are in UTF-16, and what they were in.
fn plain(head: &[u8]) -> (Vec<u8>, Option<&'static Encoding>) {
    match Encoding::for_bom(head) {
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            let (words, ..) = encoding.decode(head);
            (words.into_owned().into_bytes(), Some(encoding))
        }
        Some((_, mark)) => (head[mark..].to_vec(), None),
        None => (head.to_vec(), None),
    }
}

fn reader_of<R: Read>(bytes: R, head: &[u8]) -> Reader<R> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(head))
        .from_reader(bytes)
}

/// What parts the columns: of comma, semicolon and tab the one that stands most often in the first line, outside of
/// quotation marks.
fn delimiter(head: &[u8]) -> u8 {
    let (mut counts, mut quoted) = ([0usize; 3], false);
    const MARKS: [u8; 3] = *b",;\t";
    for byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(at) = MARKS.iter().position(|mark| mark == byte) {
                    counts[at] += 1;
                }
            }
        }
    }
    let most = (0..3).rev().max_by_key(|at| counts[*at]).unwrap_or(0);
    MARKS[most]
}

fn plan_of(headings: &ByteRecord, columns: &Columns) -> Plan {
    let names: Vec<String> = headings.iter().map(|cell| words_of(cell).0).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    columns.plan(&names)
}

/// What a cell says, and whether that is sure: what is not UTF-8 is read as the encoding that spreadsheets write.
fn words_of(cell: &[u8]) -> (String, bool) {
    match std::str::from_utf8(cell) {
        Ok(words) => (words.to_owned(), true),
        Err(_) => (WINDOWS_1252.decode(cell).0.into_owned(), false),
    }
}

fn open<'a>(source: Source<'a>, limits: &Limits) -> Members<'a> {
    match Rows::new(source, limits) {
        Ok(rows) => Box::new(rows),
        Err(told) => Box::new(std::iter::once(Member::Told(*told))),
    }
}

/// Where the rows of a table begin in its file.
enum Start {
    /// Behind so many bytes, in the bytes of the file.
    After(u64),
    /// In UTF-16: the words in UTF-8, how far they are counted, and how many bytes of the file that is.
    Wide(Rc<[u8]>, Cell<(usize, u64)>),
}

impl Start {
    /// The byte of the file that is byte `at` of what is read. In UTF-16 they are counted on from the last.
    fn offset(&self, at: u64) -> u64 {
        match self {
            Self::After(mark) => mark + at,
            Self::Wide(words, counted) => {
                let (from, bytes) = counted.get();
                let to = usize::try_from(at)
                    .unwrap_or(words.len())
                    .clamp(from, words.len());
                let units = String::from_utf8_lossy(&words[from..to])
                    .encode_utf16()
                    .count();
                let bytes = bytes + 2 * units as u64;
                counted.set((to, bytes));
                bytes
            }
        }
    }
}

/// Rows as they are read.
struct Rows<'a> {
    name: String,
    start: Start,
    reader: Reader<Bounded<'a>>,
    plan: Plan,
    columns: usize,
    /// Bytes read since the last row.
    since: Rc<Cell<u64>>,
    limit: u64,
    /// The row read last, counted from one.
    row: usize,
    record: ByteRecord,
    /// Whether it was told that something is not UTF-8.
    told_encoding: bool,
    /// A document that waits for a note to go before it.
    waiting: Option<Document>,
    ended: bool,
}

/// Bytes of which so many may come without an end of a row: a quotation mark that is left open would take in the file.
struct Bounded<'a> {
    inner: Box<dyn Read + 'a>,
    since: Rc<Cell<u64>>,
    limit: u64,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since.get() > self.limit {
            return Err(io::Error::other(TooLong));
        }
        let read = self.inner.read(buffer)?;
        self.since.set(self.since.get() + read as u64);
        Ok(read)
    }
}

/// What a row without an end is refused with.
#[derive(Debug, thiserror::Error)]
#[error("a row has no end")]
struct TooLong;

impl<'a> Rows<'a> {
    fn new(source: Source<'a>, limits: &Limits) -> Result<Self, Box<Note>> {
        let Source {
            name,
            mut bytes,
            columns,
            ..
        } = source;
        let unread = |name: &str, error: &dyn std::fmt::Display| {
            let message = format!("the table cannot be read: {error}");
            let told = note(
                Severity::Error,
                "bad-table",
                name,
                &message,
                "save it again",
            );
            Box::new(told)
        };
        let head = bytes.fill_buf().map_err(|error| unread(&name, &error))?;
        let (head, wide) = plain(&head[..head.len() & !1]);
        let (bytes, start): (Box<dyn Read + 'a>, Start) = match wide {
            None => {
                let mut mark = [0; 3];
                let marked = bytes
                    .fill_buf()
                    .is_ok_and(|it| it.starts_with(b"\xef\xbb\xbf"));
                if marked {
                    let _ = bytes.read_exact(&mut mark);
                }
                (bytes, Start::After(if marked { 3 } else { 0 }))
            }
            Some(encoding) => {
                let all = files::take_all(bytes, WIDE).map_err(|error| {
                    let files::ReadError::TooLarge { .. } = error else {
                        return unread(&name, &error);
                    };
                    let message = "the table is in UTF-16 and too large to be turned into UTF-8";
                    let hint = "save it as UTF-8";
                    Box::new(note(Severity::Error, "bad-table", &name, message, hint))
                })?;
                let words: Rc<[u8]> = Rc::from(encoding.decode(&all).0.as_bytes());
                let start = Start::Wide(Rc::clone(&words), Cell::new((0, 2)));
                (Box::new(Cursor::new(words)), start)
            }
        };
        let since = Rc::new(Cell::new(0));
        let bounded = Bounded {
            inner: bytes,
            since: Rc::clone(&since),
            limit: limits.document,
        };
        let mut reader = reader_of(bounded, &head);
        let mut headings = ByteRecord::new();
        if let Err(error) = reader.read_byte_record(&mut headings) {
            return Err(Box::new(broken(&name, 1, &error, limits.document)));
        }
        let plan = plan_of(&headings, &columns);
        if plan.bodies.is_empty() || !plan.missing.is_empty() {
            return Err(Box::new(without_text(&name, &headings, &columns, &plan)));
        }
        Ok(Self {
            name,
            start,
            reader,
            columns: headings.len(),
            plan,
            since,
            limit: limits.document,
            row: 1,
            record: headings,
            told_encoding: false,
            waiting: None,
            ended: false,
        })
    }

    fn told(&self, severity: Severity, code: &str, message: &str, hint: &str) -> Member {
        let subject = format!("{}:{}", self.name, self.row);
        Member::Told(note(severity, code, &subject, message, hint))
    }

    /// Takes the row that was read.
    fn take(&mut self) -> Member {
        let bodies = self.plan.bodies.iter();
        let mut texts = bodies.filter_map(|(at, media)| Some((self.record.get(*at)?, *media)));
        let blank = |cell: &[u8]| cell.iter().all(u8::is_ascii_whitespace);
        let Some((text, media)) = texts.find(|(cell, _)| !blank(cell)) else {
            if self.record.len() < self.columns {
                let message = format!(
                    "the row has {} columns instead of {}, and no text",
                    self.record.len(),
                    self.columns
                );
                let hint = "put quotation marks around values that hold line breaks or commas";
                return self.told(Severity::Error, "bad-row", &message, hint);
            }
            return Member::PassedOver("rows of tables without a text", 1);
        };
        let mut fields = Fields::default();
        let mut sure = true;
        for (field, at) in &self.plan.fields {
            let (words, is_sure) = words_of(self.record.get(*at).unwrap_or_default());
            if words.trim().is_empty() || fields.read.contains_key(*field) {
                continue;
            }
            sure &= is_sure;
            fields.read.insert((*field).to_owned(), words);
        }
        let mut given = fields.metadata();
        given.media_type = Some(media.to_owned());
        let document = Document {
            name: None,
            index: self.row,
            offset: self
                .record
                .position()
                .map(|at| self.start.offset(at.byte())),
            bytes: text.to_vec(),
            given,
        };
        if !sure && !self.told_encoding {
            self.told_encoding = true;
            self.waiting = Some(document);
            let message = "the table is not UTF-8; titles and names in it are read as windows-1252";
            return self.told(
                Severity::Warning,
                "encoding-guessed",
                message,
                "if names look wrong, save the table as UTF-8",
            );
        }
        Member::Document(document)
    }
}

impl Iterator for Rows<'_> {
    type Item = Member;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(document) = self.waiting.take() {
            return Some(Member::Document(document));
        }
        if self.ended {
            return None;
        }
        self.row += 1;
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {
                self.since.set(0);
                Some(self.take())
            }
            Ok(false) => None,
            Err(error) => {
                self.ended = true;
                Some(Member::Told(broken(
                    &self.name, self.row, &error, self.limit,
                )))
            }
        }
    }
}

/// The note of a table that cannot be read on.
fn broken(name: &str, row: usize, error: &csv::Error, limit: u64) -> Note {
    let too_long = match error.kind() {
        csv::ErrorKind::Io(error) => error.get_ref().is_some_and(|it| it.is::<TooLong>()),
        _ => false,
    };
    let (message, hint) = if too_long {
        let message = format!("the row has more than {} MB", limit / 1_000_000);
        (
            message,
            "a quotation mark is left open; from there on nothing is read",
        )
    } else {
        let message = format!("the table cannot be read further: {error}");
        (
            message,
            "what came before is taken; mend the row, and add the table again",
        )
    };
    note(
        Severity::Error,
        "bad-row",
        &format!("{name}:{row}"),
        &message,
        hint,
    )
}

/// The note of a table in which no column is the text, or in which a column that a person named is not.
fn without_text(name: &str, headings: &ByteRecord, columns: &Columns, plan: &Plan) -> Note {
    let named = headings.iter().take(NAMED).map(|cell| words_of(cell).0);
    let mut named: Vec<String> = named.map(|cell| format!("{:?}", cell.trim())).collect();
    if headings.len() > NAMED {
        named.push(format!("and {} more", headings.len() - NAMED));
    }
    let named = named.join(", ");
    let hint = format!(
        "say which column is what: --map text=COLUMN,title=COLUMN,published=COLUMN; {}",
        columns::fields()
    );
    let (severity, message) = match plan.missing.first() {
        Some(missing) => (
            Severity::Error,
            format!("no column is called {missing:?}; its columns are {named}"),
        ),
        None if columns.says_body() => (Severity::Error, format!("its columns are {named}")),
        None => (
            Severity::Warning,
            format!(
                "passed over: no column of the table is the text of reports; its columns are {named}"
            ),
        ),
    };
    note(severity, "no-report", name, &message, &hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of a table: of a report its row, title and words; of a note its subject, code and message.
    fn rows(map: &str, file: &[u8], limit: u64) -> Vec<String> {
        let limits = Limits {
            document: limit,
            ..Limits::default()
        };
        let source = Source {
            columns: Rc::new(Columns::parse(map).unwrap()),
            ..Source::of("a", file)
        };
        let one = |one| match one {
            Member::Document(it) => format!(
                "{} {} {}",
                it.index,
                it.given.title.unwrap_or_default(),
                String::from_utf8_lossy(&it.bytes)
            ),
            Member::Told(note) => format!("{} {}: {}", note.subject, note.code, note.message),
            Member::PassedOver(why, count) => format!("{count} {why}"),
        };
        open(source, &limits).map(one).collect()
    }

    #[track_caller]
    fn check(map: &str, file: &[u8], wanted: &[&str]) {
        let got = rows(map, file, 1_000_000);
        assert_eq!(got.len(), wanted.len(), "{got:?}");
        for (got, wanted) in got.iter().zip(wanted) {
            assert!(got.starts_with(wanted), "{got:?} for {wanted:?}");
        }
    }

    #[test]
    fn a_row_is_a_report_whatever_parts_its_columns() {
        let file = "\u{feff}title,body,date\nT1,\"One, and\nmore.\",2031-03-04\n\nT2,Two.,\nT3,,\n";
        let wanted = ["2 T1 One, and\nmore.", "3 T2 Two.", "1 rows of tables"];
        check("", file.as_bytes(), &wanted);
        let semicolons = b"Headline;Text;Outlet\r\nT1;One, two;O\r\n";
        check("", semicolons, &["2 T1 One, two"]);
        check("", b"text\ttitle\nOne.\tT1\n", &["2 T1 One."]);
        check("text=was,title=wer", b"wer,was\nT1,One.\n", &["2 T1 One."]);
        let wide: Vec<u8> = std::iter::once(0xfeff)
            .chain("title,text\nT\u{e4},One.\n".encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        check("", &wide, &["2 Tä One."]);
        check(
            "",
            b"title,text\nT\xe4,One.\n",
            &["a:2 encoding-guessed", "2 Tä One."],
        );
    }

    #[test]
    fn a_blank_under_one_name_leaves_the_word_to_another() {
        check(
            "",
            b"title,headline,text\n,T1,One.\nT2,no,Two.\n",
            &["2 T1 One.", "3 T2 Two."],
        );
        let blank = b"headline,title,date,pubdate,text\nT1, ,,2031-03-04,One.\n";
        check("", blank, &["2 T1 One."]);
    }

    #[test]
    fn a_place_is_a_byte_of_the_file_whatever_its_letters() {
        let words =
            "title,text\n\u{e4}\u{1f525},One \u{2014} \u{5d0}.\n\n\"T\u{e9}\",Two.\nT3,Three.\n";
        let wanted = ["\u{e4}\u{1f525},One", "\"T\u{e9}\",Two.", "T3,"];
        let utf8 = |mark: &str| format!("{mark}{words}").into_bytes();
        let wide = |to: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let units = std::iter::once(0xfeff).chain(words.encode_utf16());
            units.flat_map(to).collect()
        };
        let plain = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let from = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
            let units: Vec<u16> = bytes
                .chunks_exact(2)
                .map(|it| unit([it[0], it[1]]))
                .collect();
            String::from_utf16(&units).unwrap()
        };
        for (file, read) in [
            (utf8(""), &plain as &dyn Fn(&[u8]) -> String),
            (utf8("\u{feff}"), &plain),
            (wide(u16::to_le_bytes), &|it: &[u8]| {
                from(it, u16::from_le_bytes)
            }),
            (wide(u16::to_be_bytes), &|it: &[u8]| {
                from(it, u16::from_be_bytes)
            }),
        ] {
            let got = open(Source::of("a", &file[..]), &Limits::default()).map(|one| match one {
                Member::Document(it) => usize::try_from(it.offset.unwrap()).unwrap(),
                other => panic!("{other:?}"),
            });
            let got: Vec<usize> = got.collect();
            assert_eq!(got.len(), wanted.len());
            for (at, wanted) in got.into_iter().zip(wanted) {
                let here = read(&file[at..]);
                assert!(
                    here.trim_start().starts_with(wanted),
                    "{here:?} for {wanted:?}"
                );
            }
        }
    }

    #[test]
    fn a_table_without_a_text_names_its_columns() {
        let told = "a no-report: passed over: no column of the table is the text of reports; its columns are \
                    \"killed\", \"place\"";
        check("", b"killed,place\n3,Vell\n", &[told]);
        let told = "a no-report: no column is called \"words\"; its columns are \"text\"";
        check("text=words", b"text\nx\n", &[told]);
        check("", b"", &["a no-report"]);
    }

    #[test]
    fn a_row_that_breaks_is_told() {
        check(
            "",
            b"title,text\nT1\nT2,Two.\n",
            &["a:2 bad-row: the row has 1 columns", "3 T2 Two."],
        );
        let open = format!("title,text\nT1,One.\nT2,\"{}", "x".repeat(100_000));
        let got = rows("", open.as_bytes(), 20_000);
        assert!(got[1].contains("bad-row: the row has more than"), "{got:?}");
        assert_eq!(got.len(), 2);
    }

    #[test]
    fn tables_of_reports_are_told_from_others_by_their_headings() {
        let begins = |head: &str| begins(head.as_bytes(), &Columns::default());
        assert!(begins("id,text\n1,\"a, b\"\n"));
        assert!(!begins("id,killed\n1,2\n"));
        assert!(!begins("Text, body and soul\nare one.\n"));
        assert!(!begins("text\nNine were killed.\n"));
    }
}

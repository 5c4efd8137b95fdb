//! Reports as they arrive: bytes, what is known of them, and how they were received.
//!
//! [`prepare`] does what needs no casebook (hashes, compression, folding) and may run on many threads; [`Tx::add`]
//! writes.

use std::collections::BTreeMap;

use model::{Note, Report, ReportId, Text, When};

use crate::{
    Error, Tx,
    bytes::{Bytes, pack},
    database::{Database, Row, Value},
    log::{self, Entry, Hash, sha256},
    schema::table,
    search,
};

/// How bytes were received.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
pub struct Capture {
    /// File name or address that they were asked for at.
    pub address: Option<String>,
    /// Address that gave them, after redirects.
    pub final_address: Option<String>,
    /// Addresses in between.
    pub redirects: Vec<String>,
    /// When, as [`log::time`] writes it.
    pub received: String,
    /// `file`, `stdin`, `http`, `archive`, `feed` (an item's page), `feed-text` (what its feed holds of it).
    pub method: String,
    /// Version of the program.
    pub tool: String,
    /// Who ran it.
    pub operator: Option<String>,
    /// Status of the HTTP response.
    pub status: Option<u16>,
    /// Headers of the response.
    pub headers: Vec<(String, String)>,
    /// The files that hold it and its place in each, or the feed and item that led to it, as JSON.
    pub container: Option<String>,
}

/// A report that is ready to be written.
pub struct Arrival {
    id: ReportId,
    sha256: Hash,
    packed: Vec<u8>,
    size: usize,
    media_type: String,
    report: Vec<Value>,
    text: Vec<Value>,
    words: String,
    capture: Capture,
}

/// What became of an arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A new report with this number.
    New(i64),
    /// The casebook has it; it was received in another way, which is kept.
    Again,
    /// The casebook has it, received in the same way: nothing was written.
    Known,
    /// It was purged, and stays out.
    Purged,
}

/// Makes a report ready: hashes and compresses the bytes, folds the words for searching, and writes the bytes' file.
///
/// # Errors
///
/// When the folder of bytes cannot be written.
pub fn prepare(
    bytes: &[u8],
    report: &Report,
    text: &Text,
    notes: &[Note],
    capture: Capture,
    to: &Bytes,
) -> Result<Arrival, Error> {
    let hash = sha256(bytes);
    let packed = pack(bytes);
    to.put_file(&hash, &packed)?;
    let json = |value: Result<String, serde_json::Error>| {
        value.map_err(|error| {
            Error::Engine(format!("a report could not be written as JSON: {error}"))
        })
    };
    let published = report.published.as_ref();
    let stored = json(serde_json::to_string(text))?;
    // Blocks beside the text, which has a column of its own.
    let blocks = serde_json::from_str::<serde_json::Value>(&stored)
        .ok()
        .and_then(|value| value.get("blocks").map(ToString::to_string))
        .unwrap_or_else(|| "[]".to_owned());
    let mut words = String::with_capacity(text.as_str().len() + 64);
    for part in [report.title.as_deref(), report.source.name.as_deref()] {
        search::fold_into(part.unwrap_or_default(), &mut words);
    }
    search::fold_into(text.as_str(), &mut words);
    Ok(Arrival {
        id: report.id.clone(),
        sha256: hash,
        packed,
        size: bytes.len(),
        media_type: report.media_type.clone(),
        report: vec![
            Value::Integer(0),
            report.id.as_str().into(),
            report.text.as_str().into(),
            report.source.id.as_str().into(),
            report.source.name.as_ref().into(),
            report.title.as_ref().into(),
            report.byline.as_ref().into(),
            report.url.as_ref().into(),
            published.map(published_json).transpose()?.flatten().into(),
            published.map(|when| when.date().to_string()).into(),
            report.language.as_ref().into(),
            rest_of(report)?.into(),
            if notes.is_empty() {
                Value::Null
            } else {
                json(serde_json::to_string(notes))?.into()
            },
        ],
        text: vec![
            report.text.as_str().into(),
            text.as_str().into(),
            blocks.into(),
            capture.tool.as_str().into(),
        ],
        words,
        capture,
    })
}

/// What most reports are, left out of what is kept of each.
const USUAL: [(&str, &str); 2] = [("encoding", "utf-8"), ("media_type", "text/plain")];
/// What most sources are.
const USUAL_SOURCE: &str = "outlet";

/// What a report says that has no column of its own, as JSON; what is usual is left out.
fn rest_of(report: &Report) -> Result<String, Error> {
    let whole = serde_json::to_value(report).map_err(|error| {
        Error::Engine(format!("a report could not be written as JSON: {error}"))
    })?;
    let mut rest = BTreeMap::new();
    if let serde_json::Value::Object(fields) = whole {
        for (name, mut value) in fields {
            if let ("source", Some(source)) = (name.as_str(), value.as_object_mut()) {
                source.remove("id");
                source.remove("name");
                if source.get("kind").and_then(|it| it.as_str()) == Some(USUAL_SOURCE) {
                    source.remove("kind");
                }
                if source.is_empty() {
                    continue;
                }
            }
            let usual = USUAL.iter().find(|(own, _)| *own == name);
            if usual.is_some_and(|(_, usual)| value.as_str() == Some(*usual)) {
                continue;
            }
            let has_column = [
                "id",
                "text",
                "title",
                "byline",
                "url",
                "published",
                "language",
            ];
            if !has_column.contains(&name.as_str()) && !value.is_null() {
                rest.insert(name, value);
            }
        }
    }
    serde_json::to_string(&rest)
        .map_err(|error| Error::Engine(format!("a report could not be written as JSON: {error}")))
}

/// When a report was published, as it is kept: whole, or only its words where it is the day that has a column of its
/// own, or not at all where the words are that day.
fn published_json(when: &When) -> Result<Option<String>, Error> {
    let day = when.date();
    if *when == When::day(day, day.to_string(), "") {
        return Ok(None);
    }
    let whole = if *when == When::day(when.date(), when.words.clone(), "") {
        serde_json::to_string(&when.words)
    } else {
        serde_json::to_string(when)
    };
    whole
        .map(Some)
        .map_err(|error| Error::Engine(format!("a report could not be written as JSON: {error}")))
}

/// The same back, as the JSON of a report has it.
fn published_of(row: &Row) -> Result<serde_json::Value, serde_json::Error> {
    let words = match row.text(6).map(serde_json::from_str).transpose()? {
        Some(serde_json::Value::String(words)) => words,
        Some(whole) => return Ok(whole),
        None => match row.text(14) {
            Some(day) => day.to_owned(),
            None => return Ok(serde_json::Value::Null),
        },
    };
    let day: jiff::civil::Date = serde_json::from_value(row.words(14).into())?;
    serde_json::to_value(When::day(day, words, ""))
}

/// A report from a row of [`STORED`].
fn report_of(row: &Row) -> Result<Report, Error> {
    let damaged = |why: String| Error::Damaged {
        place: format!("reports {}", row.words(1)),
        why,
    };
    let rest: serde_json::Value =
        serde_json::from_str(&row.words(8)).map_err(|error| damaged(error.to_string()))?;
    let serde_json::Value::Object(mut fields) = rest else {
        return Err(damaged(
            "what else is known of it is no JSON object".to_owned(),
        ));
    };
    let names = ["id", "text", "title", "byline", "url"];
    for (name, column) in names.iter().zip(1..) {
        fields.insert((*name).to_owned(), row.text(column).into());
    }
    fields.insert("language".to_owned(), row.text(7).into());
    for (name, usual) in USUAL {
        fields.entry(name).or_insert_with(|| usual.into());
    }
    let source = fields
        .entry("source")
        .or_insert_with(|| serde_json::json!({}));
    if let Some(source) = source.as_object_mut() {
        source.entry("kind").or_insert_with(|| USUAL_SOURCE.into());
        source.insert("id".to_owned(), row.text(12).into());
        source.insert("name".to_owned(), row.text(13).into());
    }
    let published = published_of(row).map_err(|error| damaged(error.to_string()))?;
    fields.insert("published".to_owned(), published);
    serde_json::from_value(fields.into()).map_err(|error| damaged(error.to_string()))
}

/// A text from its columns.
///
/// # Errors
///
/// [`Error::Damaged`] when a block lies outside of it, or its id is not that of its characters.
pub fn text_of(id: &str, text: &str, blocks: &str) -> Result<Text, Error> {
    let damaged = |why: &str| Error::Damaged {
        place: format!("texts {id}"),
        why: why.to_owned(),
    };
    let blocks: serde_json::Value =
        serde_json::from_str(blocks).map_err(|_| damaged("its blocks are no JSON"))?;
    let whole = serde_json::json!({"text": text, "blocks": blocks});
    let text: Text =
        serde_json::from_value(whole).map_err(|_| damaged("its blocks do not fit its text"))?;
    if text.id().as_str() != id {
        return Err(damaged(
            "its words are no longer those that its id was made of",
        ));
    }
    Ok(text)
}

impl Arrival {
    /// The report's id.
    pub fn id(&self) -> &ReportId {
        &self.id
    }

    /// How many bytes were received.
    pub fn size(&self) -> usize {
        self.size
    }
}

impl Tx<'_> {
    /// Adds a report, unless it is there.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn add(&mut self, arrival: &Arrival) -> Result<Outcome, Error> {
        let id = arrival.id.as_str();
        let known = self
            .database
            .first("SELECT seq FROM reports WHERE id = ?1", &[id.into()])?;
        if known.is_some() {
            return self.receive_again(arrival);
        }
        let gone = "SELECT 1 FROM tombstones WHERE report = ?1";
        if self.database.number(gone, &[id.into()])? == 1 {
            return Ok(Outcome::Purged);
        }
        let seq = self.next_report()?;
        let text = self.put_text(&arrival.text)?;
        let mut row = arrival.report.clone();
        row[0] = seq.into();
        let report = self.insert(table("reports"), &row)?;
        let capture = self.put_capture(arrival)?;
        self.append(Entry {
            at: arrival.capture.received.clone(),
            what: "added",
            who: arrival.capture.operator.clone().unwrap_or_default(),
            subject: id.to_owned(),
            detail: None,
            digest: Some(log::digest_of(&[text, report, capture])),
        })?;
        search::put(self.database, "search_reports", seq, &arrival.words)?;
        Ok(Outcome::New(seq))
    }

    /// Reports are numbered on, over those that were purged too.
    fn next_report(&mut self) -> Result<i64, Error> {
        Ok(self.next("reports")?.max(self.next("tombstones")?))
    }

    fn put_text(&mut self, row: &[Value]) -> Result<Hash, Error> {
        let texts = table("texts");
        if self.database.execute(&texts.insert_if_new(), row)? == 1 {
            return Ok(log::digest(row));
        }
        // Another report has the same words, taken from its bytes by whichever version.
        let sql = texts.select("id = ?1");
        let kept = self.database.first(&sql, &row[..1])?;
        Ok(kept.map_or([0; 32], |row| log::digest(&row.0)))
    }

    fn put_capture(&mut self, arrival: &Arrival) -> Result<Hash, Error> {
        let capture = &arrival.capture;
        let seq = self.next("captures")?;
        let json = |list: String, empty: bool| if empty { Value::Null } else { list.into() };
        let redirects = serde_json::json!(capture.redirects).to_string();
        let headers = serde_json::json!(capture.headers).to_string();
        let row = [
            seq.into(),
            arrival.id.as_str().into(),
            arrival.sha256.to_vec().into(),
            arrival.size.into(),
            arrival.media_type.as_str().into(),
            capture.address.as_ref().into(),
            capture.final_address.as_ref().into(),
            json(redirects, capture.redirects.is_empty()),
            capture.received.as_str().into(),
            capture.method.as_str().into(),
            capture.tool.as_str().into(),
            capture.operator.as_ref().into(),
            capture.status.map(i64::from).into(),
            json(headers, capture.headers.is_empty()),
            capture.container.as_ref().into(),
        ];
        let digest = self.insert(table("captures"), &row)?;
        // A purge, or who clears up, may have taken the file out since it was put: under the lock nobody does.
        self.bytes.put_file(&arrival.sha256, &arrival.packed)?;
        self.bytes
            .put_row(self.database, &arrival.sha256, &arrival.packed)?;
        self.files = true;
        Ok(digest)
    }

    fn receive_again(&mut self, arrival: &Arrival) -> Result<Outcome, Error> {
        let capture = &arrival.capture;
        let sql = "SELECT 1 FROM captures WHERE report = ?1 AND method = ?2 AND coalesce(address, '') = ?3 \
                   AND coalesce(container, '') = ?4";
        let values = [
            arrival.id.as_str().into(),
            capture.method.as_str().into(),
            capture.address.as_deref().unwrap_or_default().into(),
            capture.container.as_deref().unwrap_or_default().into(),
        ];
        if self.database.number(sql, &values)? == 1 {
            return Ok(Outcome::Known);
        }
        let digest = self.put_capture(arrival)?;
        self.append(Entry {
            at: capture.received.clone(),
            what: "received",
            who: capture.operator.clone().unwrap_or_default(),
            subject: arrival.id.to_string(),
            detail: None,
            digest: Some(digest),
        })?;
        Ok(Outcome::Again)
    }
}

/// Whether the casebook has a report.
///
/// # Errors
///
/// What the engine says.
pub fn has(database: &mut dyn Database, id: &str) -> Result<bool, Error> {
    Ok(database.number("SELECT count(*) FROM reports WHERE id = ?1", &[id.into()])? > 0)
}

/// A report with its text, from the casebook.
///
/// # Errors
///
/// [`Error::Unknown`] where no report has that id.
pub fn report(database: &mut dyn Database, id: &str) -> Result<Stored, Error> {
    let sql = format!("{STORED} WHERE r.id = ?1");
    let row = database
        .first(&sql, &[id.into()])?
        .ok_or_else(|| Error::Unknown {
            what: "the report",
            subject: id.to_owned(),
        })?;
    Stored::of(&row)
}

/// A report as it is kept.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its number.
    pub seq: i64,
    /// What is known of it.
    pub report: Report,
    /// Its text.
    pub text: Text,
    /// What was odd about the bytes or the page.
    pub notes: Vec<Note>,
}

/// The query whose rows [`Stored::of`] takes; a condition follows.
pub const STORED: &str = "SELECT r.seq, r.id, r.text, r.title, r.byline, r.url, r.published, r.language, r.report, \
                          t.text, t.blocks, r.notes, r.source, r.source_name, \
                          r.published_day FROM reports r JOIN texts t ON t.id = r.text";

impl Stored {
    /// From a row of [`STORED`].
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] when it does not make a report.
    pub fn of(row: &Row) -> Result<Self, Error> {
        let report = report_of(row)?;
        let text = text_of(report.text.as_str(), &row.words(9), &row.words(10))?;
        let notes = match row.text(11) {
            None => Vec::new(),
            Some(json) => serde_json::from_str(json).map_err(|error| Error::Damaged {
                place: format!("reports {}", report.id),
                why: error.to_string(),
            })?,
        };
        Ok(Self {
            seq: row.integer(0).unwrap_or(0),
            report,
            text,
            notes,
        })
    }
}

/// A capture as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Received {
    /// Its number.
    pub seq: i64,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// How many bytes.
    pub bytes: i64,
    /// How they were received.
    #[serde(flatten)]
    pub capture: Capture,
}

impl std::ops::Deref for Received {
    type Target = Capture;

    fn deref(&self) -> &Capture {
        &self.capture
    }
}

/// The captures of a report, in order.
///
/// # Errors
///
/// What the engine says.
pub fn captures(database: &mut dyn Database, id: &str) -> Result<Vec<Received>, Error> {
    let rows = database.rows(&table("captures").select("report = ?1"), &[id.into()])?;
    let list = |row: &Row, at: usize| {
        row.text(at)
            .and_then(|json| serde_json::from_str(json).ok())
    };
    let capture = |row: &Row| Received {
        seq: row.integer(0).unwrap_or(0),
        sha256: log::hex(row.bytes(2).unwrap_or_default()),
        bytes: row.integer(3).unwrap_or(0),
        capture: Capture {
            address: row.text(5).map(str::to_owned),
            final_address: row.text(6).map(str::to_owned),
            redirects: list(row, 7).unwrap_or_default(),
            received: row.words(8),
            method: row.words(9),
            tool: row.words(10),
            operator: row.text(11).map(str::to_owned),
            status: row.integer(12).and_then(|it| u16::try_from(it).ok()),
            headers: row
                .text(13)
                .and_then(|json| serde_json::from_str(json).ok())
                .unwrap_or_default(),
            container: row.text(14).map(str::to_owned),
        },
    };
    Ok(rows.iter().map(capture).collect())
}

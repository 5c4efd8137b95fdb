//! A whole casebook as JSON lines, and back: a form that any program reads and that needs no engine.
//!
//! The first line says what it is: `{"casebook": "jsonl 1", "schema": 1, "id": …}`. Then comes one line a row, the
//! tables in order, each column under its name, bytes in Base64: `{"table": "reports", "row": {…}}`. Then one line for
//! the bytes as received of each hash: `{"bytes": SHA-256, "gzip": Base64}`. The last line counts those before it:
//! `{"lines": …}`. Nothing is left out but who may log in to the desk and who is, so that what is read back is the same
//! casebook with the same log, and whoever is handed it gets no password's hash.

use std::io::{BufRead, Write};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Map, Value as Json, json};

use crate::{
    Error, Place, Store,
    copy::{each_bytes, making},
    database::Value,
    log::hex,
    schema::{self, Holds, Kind, TABLES, Table},
};

/// What the first line says of the form.
const FORM: &str = "jsonl 1";
/// The longest line: bytes of the largest report in gzip and Base64 fit with room to spare.
const LONGEST: u64 = 400_000_000;

/// Writes a casebook. Gives how many lines; `progress` hears of them.
///
/// # Errors
///
/// What the engine says, or that the lines cannot be written.
pub fn write(
    from: &mut Store,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(u64),
) -> Result<u64, Error> {
    let id = from.setting("id")?;
    let bytes = from.bytes();
    let mut lines = 0;
    from.read(&mut |database| {
        let mut line = |value: Json| {
            lines += 1;
            if lines % 1_000 == 0 {
                progress(lines);
            }
            writeln!(out, "{value}").map_err(unwritten)
        };
        line(json!({"casebook": FORM, "schema": schema::VERSION, "id": id}))?;
        for table in TABLES.iter().filter(|table| table.kind != Kind::Access) {
            database.each(&table.select(""), &[], &mut |row| {
                line(json!({"table": table.name, "row": to_json(table, &row.0)}))
            })?;
        }
        each_bytes(database, &bytes, &mut |hash, packed| {
            line(json!({"bytes": hex(hash), "gzip": STANDARD.encode(packed)}))
        })
    })?;
    writeln!(out, "{}", json!({"lines": lines})).map_err(unwritten)?;
    Ok(lines + 1)
}

fn unwritten(error: std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull => Error::Full,
        _ => Error::Refused(format!("the lines could not be written: {error}")),
    }
}

fn to_json(table: &Table, row: &[Value]) -> Json {
    let cell = |value: &Value| match value {
        Value::Null => Json::Null,
        Value::Integer(n) => (*n).into(),
        Value::Real(x) => (*x).into(),
        Value::Text(words) => words.as_str().into(),
        Value::Bytes(bytes) => STANDARD.encode(bytes).into(),
    };
    let columns = table.columns.iter().zip(row);
    Json::Object(
        columns
            .map(|(column, value)| (column.name.to_owned(), cell(value)))
            .collect(),
    )
}

/// Makes a casebook of lines, in a place where there is none. Gives how many rows; `progress` hears of them.
///
/// # Errors
///
/// [`Error::Refused`] for lines that are no casebook, or not a whole one, with the number of the line;
/// [`Error::Newer`]; [`Error::Present`]; what the engine says. Then nothing is left of it in a folder.
pub fn read(
    input: &mut dyn BufRead,
    to: &Place,
    progress: &mut dyn FnMut(u64),
) -> Result<u64, Error> {
    let mut lines = Lines { input, number: 0 };
    let first = lines.next()?;
    if first.get("casebook").and_then(Json::as_str) != Some(FORM) {
        return Err(lines.wrong("it is no casebook as JSON lines"));
    }
    match first.get("schema").and_then(Json::as_i64) {
        Some(schema::VERSION) => {}
        Some(found) if found > schema::VERSION => {
            return Err(Error::Newer {
                place: "these JSON lines".to_owned(),
                found,
                known: schema::VERSION,
            });
        }
        Some(found) => {
            return Err(Error::Refused(format!(
                "these JSON lines are of schema {found}, this program reads schema {}\n  hint: restore them with the \
                 version of the program that wrote them, and open that casebook with this one",
                schema::VERSION
            )));
        }
        None => return Err(lines.wrong("it does not say which schema it has")),
    }
    making(to, |target| {
        loop {
            let line = lines.next()?;
            if let Some(count) = line.get("lines").and_then(Json::as_u64) {
                return if count == lines.number - 1 {
                    Ok(())
                } else {
                    Err(lines.wrong("lines are missing before it"))
                };
            }
            if let Some(name) = line.get("table").and_then(Json::as_str) {
                let table = TABLES
                    .iter()
                    .find(|table| table.name == name && table.kind != Kind::Access);
                let row = line.get("row").and_then(Json::as_object);
                let row = table
                    .zip(row)
                    .and_then(|(table, row)| Some((table, of_json(table, row)?)));
                let Some((table, row)) = row else {
                    return Err(lines.wrong("it is no row of a table of a casebook"));
                };
                target
                    .row(table, row, progress)
                    .map_err(|error| match error {
                        Error::Engine(why) => {
                            lines.wrong(&format!("the rows before it do not fit: {why}"))
                        }
                        other => other,
                    })?;
            } else if let Some((hash, packed)) = bytes_of(&line) {
                target.bytes(&hash, &packed)?;
            } else {
                return Err(lines.wrong("it is neither a row nor bytes as received"));
            }
        }
    })
}

fn of_json(table: &Table, row: &Map<String, Json>) -> Option<Vec<Value>> {
    if row.len() != table.columns.len() {
        return None;
    }
    let cells = table.columns.iter().map(|column| {
        let value = row.get(column.name)?;
        Some(match (value, column.holds) {
            (Json::Null, _) => Value::Null,
            (Json::Number(n), Holds::Integer) => Value::Integer(n.as_i64()?),
            (Json::Number(n), Holds::Real) => Value::Real(n.as_f64()?),
            (Json::String(words), Holds::Bytes) => Value::Bytes(STANDARD.decode(words).ok()?),
            (Json::String(words), Holds::Words | Holds::Json | Holds::Time) => {
                Value::Text(words.clone())
            }
            _ => return None,
        })
    });
    cells.collect()
}

fn bytes_of(line: &Map<String, Json>) -> Option<(crate::log::Hash, Vec<u8>)> {
    let digits = line.get("bytes")?.as_str()?;
    let hash = crate::log::unhex(digits)?;
    let packed = STANDARD.decode(line.get("gzip")?.as_str()?).ok()?;
    Some((hash, packed))
}

struct Lines<'a> {
    input: &'a mut dyn BufRead,
    number: u64,
}

impl Lines<'_> {
    fn next(&mut self) -> Result<Map<String, Json>, Error> {
        self.number += 1;
        let mut line = Vec::new();
        let mut limited = std::io::Read::take(&mut *self.input, LONGEST);
        let read = limited.read_until(b'\n', &mut line);
        match read {
            Err(error) => Err(self.wrong(&format!("it cannot be read: {error}"))),
            Ok(0) => Err(self.wrong("the lines end before their last one: the file was cut off")),
            Ok(_) => match serde_json::from_slice(&line) {
                Ok(Json::Object(map)) => Ok(map),
                _ => Err(self.wrong("it is no JSON object")),
            },
        }
    }

    fn wrong(&self, what: &str) -> Error {
        Error::Refused(format!(
            "line {}: {what}\n  hint: take a file that `crossbearing export jsonl=FILE` wrote, whole",
            self.number
        ))
    }
}

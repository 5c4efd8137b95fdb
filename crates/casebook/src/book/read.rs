//! Reports of a casebook are read: those that no reader has read, or one of another version.
//!
//! A batch at a time: taken, read on all cores, written. Several processes may read one casebook at once; where the
//! engine can, each takes reports that no other is on.

use model::{Note, Severity};
use store::{
    Error, Store,
    arrivals::{STORED, Stored},
    log::Entry,
};

use crossbearing::{Document, Resources};

/// Reports in a batch: enough for all cores, few enough that little is lost when the work is cut off.
const BATCH: usize = 128;

/// What became of the reports.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct ReadDone {
    /// Reports read.
    pub read: u64,
    /// Of them those in which nothing was worth reading.
    pub out_of_scope: u64,
    /// Reports that could not be read.
    pub failed: u64,
    /// Why not.
    pub notes: Vec<Note>,
}

/// How many reports are to be read.
///
/// # Errors
///
/// What the engine says.
pub fn waiting(store: &mut Store, reader: &str) -> Result<u64, Error> {
    let sql = format!(
        "SELECT count(*) FROM reports r LEFT JOIN readings d ON d.report = r.id WHERE {STALE}"
    );
    let n = store.database().number(&sql, &[reader.into()])?;
    Ok(u64::try_from(n).unwrap_or(0))
}

const STALE: &str = "(d.report IS NULL OR d.reader <> ?1)";

/// Reads all that is to be read. `now` says what time it is, `progress` hears how many reports are done.
///
/// # Errors
///
/// When the casebook cannot be read or written; what was written before stays.
pub fn read(
    store: &mut Store,
    resources: &Resources,
    who: &str,
    now: &dyn Fn() -> jiff::Timestamp,
    progress: &mut dyn FnMut(u64),
) -> Result<ReadDone, Error> {
    let reader = resources.version();
    let mut out = ReadDone::default();
    loop {
        let done = batch(store, resources, &reader, who, now, &mut out)?;
        if done == 0 {
            return Ok(out);
        }
        progress(out.read + out.failed);
    }
}

fn batch(
    store: &mut Store,
    resources: &Resources,
    reader: &str,
    who: &str,
    now: &dyn Fn() -> jiff::Timestamp,
    out: &mut ReadDone,
) -> Result<usize, Error> {
    let taking = store.database().taking("r");
    let sql = format!(
        "{STORED} WHERE NOT EXISTS (SELECT 1 FROM readings d WHERE d.report = r.id AND d.reader = ?1) \
         ORDER BY r.seq LIMIT {BATCH}{taking}"
    );
    // With PostgreSQL the rows stay taken while they are read; an SQLite file is not held that long: who else reads the
    // same reports meanwhile writes the same rows.
    let before = if taking.is_empty() {
        Some(read_some(store.database(), &sql, resources, reader)?)
    } else {
        None
    };
    let mut done = ReadDone::default();
    let n = store.transaction(&mut |tx| {
        done = ReadDone::default();
        let fresh;
        let made = match &before {
            Some(made) => made,
            None => {
                fresh = read_some(tx.database(), &sql, resources, reader)?;
                &fresh
            }
        };
        if made.is_empty() {
            return Ok(0);
        }
        tx.lock()?;
        for one in made {
            match &one.result {
                Ok(reading) => {
                    done.read += 1;
                    done.out_of_scope += u64::from(reading.accounts.is_empty());
                    tx.put_reading(one.seq, reader, reading)?;
                }
                Err(note) => {
                    done.failed += 1;
                    done.notes.push(note.clone());
                    tx.put_failure(one.seq, &one.id, reader, &note.message)?;
                }
            }
        }
        tx.append(Entry {
            at: store::log::time(now()),
            what: "read",
            who: who.to_owned(),
            subject: made[0].id.clone(),
            detail: Some(
                serde_json::json!({
                    "reader": reader, "reports": made.len(), "failed": done.failed,
                    "from": made[0].seq, "to": made[made.len() - 1].seq,
                })
                .to_string(),
            ),
            digest: None,
        })?;
        Ok(made.len())
    })?;
    out.read += done.read;
    out.out_of_scope += done.out_of_scope;
    out.failed += done.failed;
    out.notes.extend(done.notes);
    Ok(n)
}

/// A report that was read.
struct Made {
    seq: i64,
    id: String,
    result: Result<model::Reading, Note>,
}

fn read_some(
    database: &mut dyn store::database::Database,
    sql: &str,
    resources: &Resources,
    reader: &str,
) -> Result<Vec<Made>, Error> {
    let rows = database.rows(sql, &[reader.into()])?;
    let stored: Vec<Result<Stored, (i64, String, Error)>> = rows
        .iter()
        .map(|row| {
            Stored::of(row).map_err(|error| (row.integer(0).unwrap_or(0), row.words(1), error))
        })
        .collect();
    Ok(crossbearing::batch::map(
        &stored,
        &|_| {},
        |one| match one {
            Ok(stored) => Made {
                seq: stored.seq,
                id: stored.report.id.to_string(),
                result: crossbearing::read_text(
                    Document {
                        report: stored.report.clone(),
                        text: stored.text.clone(),
                        notes: stored.notes.clone(),
                    },
                    stored.report.id.as_str(),
                    resources,
                ),
            },
            Err((seq, id, error)) => Made {
                seq: *seq,
                id: id.clone(),
                result: Err(Note {
                    severity: Severity::Error,
                    code: "damaged".to_owned(),
                    subject: id.clone(),
                    message: error.to_string(),
                    hint: None,
                    quote: None,
                }),
            },
        },
    ))
}

//! Reports of a casebook are read: those that no reader has read, or one of another version.
//!
//! A batch at a time: taken, read on all cores, written. Several processes may read one casebook at once; where the
//! engine can, each takes reports that no other is on.

use model::{Note, Severity};
use store::{Error, Store, log::Entry, results};

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
    results::unread(store.database(), reader)
}

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
    let mut after = 0;
    loop {
        let last = batch(store, resources, &reader, after, (who, now), &mut out)?;
        match last {
            Some(last) => after = last,
            // What another process had taken and did not read.
            None if after > 0 => after = 0,
            None => return Ok(out),
        }
        progress(out.read + out.failed);
    }
}

/// Reads the next reports after a number; gives the number of the last, `None` where there were none.
fn batch(
    store: &mut Store,
    resources: &Resources,
    reader: &str,
    after: i64,
    (who, now): (&str, &dyn Fn() -> jiff::Timestamp),
    out: &mut ReadDone,
) -> Result<Option<i64>, Error> {
    // With PostgreSQL the rows stay taken while they are read; an SQLite file is not held that long.
    let before = if store.database().taking("r").is_empty() {
        Some(read_some(store.database(), after, resources, reader)?)
    } else {
        None
    };
    let mut done = ReadDone::default();
    let last = store.transaction(&mut |tx| {
        done = ReadDone::default();
        let fresh;
        let made = match &before {
            Some(made) => made,
            None => {
                fresh = read_some(tx.database(), after, resources, reader)?;
                &fresh
            }
        };
        if made.is_empty() {
            return Ok(None);
        }
        tx.lock()?;
        let mut first_and_last: Option<(&Made, &Made)> = None;
        for one in made {
            // Another process may have read it since: what that one wrote stands, for incidents may rest on it already.
            if results::is_read(tx.database(), &one.id, reader)? {
                continue;
            }
            first_and_last = Some((first_and_last.map_or(one, |it| it.0), one));
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
        if let Some((first, last)) = first_and_last {
            let detail = serde_json::json!({
                "reader": reader, "reports": done.read + done.failed, "failed": done.failed,
                "from": first.seq, "to": last.seq,
            });
            tx.append(Entry {
                at: store::log::time(now()),
                what: "read",
                who: who.to_owned(),
                subject: first.id.clone(),
                detail: Some(detail.to_string()),
                digest: None,
            })?;
        }
        Ok(made.last().map(|one| one.seq))
    })?;
    out.read += done.read;
    out.out_of_scope += done.out_of_scope;
    out.failed += done.failed;
    out.notes.extend(done.notes);
    Ok(last)
}

/// A report that was read.
struct Made {
    seq: i64,
    id: String,
    result: Result<model::Reading, Note>,
}

fn read_some(
    database: &mut dyn store::database::Database,
    after: i64,
    resources: &Resources,
    reader: &str,
) -> Result<Vec<Made>, Error> {
    let stored = results::next_unread(database, reader, after, BATCH)?;
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

//! What the log says of incidents: when one was reconciled, went into another, was split off, or ended.

use crate::{
    Error,
    database::{Database, Row},
};

/// An entry of the log that tells of an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Number of the entry.
    pub seq: i64,
    /// When.
    pub at: String,
    /// `reconciled`, `merged`, `split` or `emptied`.
    pub what: String,
    /// The case.
    pub case: String,
    /// What else is to be known, JSON; empty where nothing is.
    pub detail: String,
}

const WHAT: &str = "what IN ('reconciled', 'merged', 'split', 'emptied')";

/// Entries after `since`, in order.
///
/// # Errors
///
/// What the engine says.
pub fn since(database: &mut dyn Database, since: i64) -> Result<Vec<Told>, Error> {
    let sql = format!(
        "SELECT seq, at, what, subject, detail FROM log WHERE seq > ?1 AND {WHAT} ORDER BY seq"
    );
    let rows = database.rows(&sql, &[since.into()])?;
    let one = |row: &Row| Told {
        seq: row.integer(0).unwrap_or(0),
        at: row.words(1),
        what: row.words(2),
        case: row.words(3),
        detail: row.words(4),
    };
    Ok(rows.iter().map(one).collect())
}

/// The entry after which the latest `most` entries stand; 0 where there are not more.
///
/// # Errors
///
/// What the engine says.
pub fn latest(database: &mut dyn Database, most: usize) -> Result<i64, Error> {
    let sql = format!("SELECT seq FROM log WHERE {WHAT} ORDER BY seq DESC LIMIT 1 OFFSET {most}");
    database.number(&sql, &[])
}

/// What was last said of a case when it was reconciled, before an entry.
///
/// # Errors
///
/// What the engine says.
pub fn last(database: &mut dyn Database, case: &str, before: i64) -> Result<Option<String>, Error> {
    let sql = "SELECT detail FROM log WHERE what = 'reconciled' AND subject = ?1 AND seq < ?2 ORDER BY seq DESC \
               LIMIT 1";
    let row = database.first(sql, &[case.into(), before.into()])?;
    Ok(row.map(|row| row.words(0)))
}

//! What the log says of incidents: when one was reconciled, went into another, was split off, or ended.

use std::collections::BTreeMap;

use crate::{
    Error,
    database::{
        Database, Row,
        list::{self, among_words},
    },
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

/// An entry of the log that tells that somebody decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Number of the entry.
    pub seq: i64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// The judgement.
    pub judgement: String,
}

/// The latest of what the log tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Latest {
    /// The entry after which all that is told stands here.
    pub from: i64,
    /// Of incidents, in order.
    pub told: Vec<Told>,
    /// Of decisions, in order.
    pub judged: Vec<Judged>,
}

const WHAT: &str = "what IN ('reconciled', 'merged', 'split', 'emptied')";

fn told(row: &Row) -> Told {
    Told {
        seq: row.integer(0).unwrap_or(0),
        at: row.words(1),
        what: row.words(2),
        case: row.words(3),
        detail: row.words(4),
    }
}

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
    Ok(rows.iter().map(told).collect())
}

/// What is told after an entry and up to another, the latest `most` entries of it: however long the log is, no more is
/// looked at than the last `within` of its entries.
///
/// # Errors
///
/// What the engine says.
pub fn between(
    database: &mut dyn Database,
    after: i64,
    up_to: i64,
    within: i64,
    most: usize,
) -> Result<Latest, Error> {
    let after = after.max(up_to - within);
    let sql = format!(
        "SELECT seq, at, what, subject, detail, who FROM log WHERE seq > ?1 AND seq <= ?2 AND ({WHAT} OR what = \
         'judged') ORDER BY seq DESC LIMIT {}",
        most + 1
    );
    let mut rows = database.rows(&sql, &[after.into(), up_to.into()])?;
    let from = match rows.get(most) {
        Some(beyond) => beyond.integer(0).unwrap_or(after),
        None => after,
    };
    rows.truncate(most);
    let mut out = Latest {
        from,
        ..Latest::default()
    };
    for row in rows.iter().rev() {
        let it = told(row);
        if it.what == "judged" {
            out.judged.push(Judged {
                seq: it.seq,
                at: it.at,
                who: row.words(5),
                judgement: it.case,
            });
        } else {
            out.told.push(it);
        }
    }
    Ok(out)
}

/// When an entry of the log was made; empty where there is no such entry.
///
/// # Errors
///
/// What the engine says.
pub fn at(database: &mut dyn Database, seq: i64) -> Result<String, Error> {
    let row = database.first("SELECT at FROM log WHERE seq = ?1", &[seq.into()])?;
    Ok(row.map(|row| row.words(0)).unwrap_or_default())
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

/// What was last said of each of some cases when it was reconciled, up to an entry; a case of which nothing was said is
/// left out.
///
/// # Errors
///
/// What the engine says.
pub fn last(
    database: &mut dyn Database,
    cases: &[&str],
    up_to: i64,
) -> Result<BTreeMap<String, String>, Error> {
    let among = among_words(database.dialect(), "subject");
    let sql = format!(
        "SELECT subject, detail FROM log WHERE seq IN (SELECT max(seq) FROM log WHERE {among} AND what = \
         'reconciled' AND seq <= ?2 GROUP BY subject)"
    );
    let rows = database.rows(&sql, &[list::words(cases), up_to.into()])?;
    Ok(rows
        .iter()
        .map(|row| (row.words(0), row.words(1)))
        .collect())
}

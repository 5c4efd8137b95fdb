//! One thing by the beginning of its id.

use model::Claim;

use crate::{
    Error,
    database::{Database, Row},
};

/// The claim whose id begins so, as the reader made it, or the person who added it.
///
/// # Errors
///
/// [`Error::Unknown`] where there is none.
pub fn claim(database: &mut dyn Database, begin: &str) -> Result<(String, Claim), Error> {
    let sql = "SELECT id FROM claims WHERE id >= ?1 AND id < ?2 UNION SELECT subject FROM judgements \
               WHERE kind = 'add' AND subject >= ?1 AND subject < ?2 ORDER BY id LIMIT 9";
    let id = one(database, "the claim", begin, sql)?.words(0);
    // Of one that stands in several reports the first, as everywhere.
    let sql = "SELECT id, claim FROM claims WHERE id = ?1 ORDER BY seq LIMIT 1";
    let mut row = database.first(sql, &[id.as_str().into()])?;
    if row.is_none() {
        let sql = "SELECT subject, \"value\" FROM judgements WHERE kind = 'add' AND subject = ?1 \
                   ORDER BY seq DESC LIMIT 1";
        row = database.first(sql, &[id.as_str().into()])?;
    }
    let row = row.ok_or(Error::Unknown {
        what: "the claim",
        subject: id,
    })?;
    let stood = serde_json::from_str(&row.words(1)).map_err(|error| Error::Damaged {
        place: format!("claims {}", row.words(0)),
        why: error.to_string(),
    })?;
    Ok((row.words(0), stood))
}

/// The id of the report that begins so.
///
/// # Errors
///
/// [`Error::Unknown`] where there is none.
pub fn report_id(database: &mut dyn Database, begin: &str) -> Result<String, Error> {
    let sql = "SELECT id FROM reports WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 9";
    one(database, "the report", begin, sql).map(|row| row.words(0))
}

/// The id of the open case that begins so; of one that was merged, the case that it went into.
///
/// # Errors
///
/// [`Error::Unknown`] where there is none.
pub fn case_id(database: &mut dyn Database, begin: &str) -> Result<String, Error> {
    let sql =
        "SELECT id, state, merged_into FROM cases WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 9";
    let mut row = one(database, "the incident", begin, sql)?;
    // A case goes into one that was there; a chain of them ends.
    for _ in 0..1_000 {
        match (row.text(1), row.text(2)) {
            (Some("merged"), Some(into)) => {
                let into = into.to_owned();
                row = one(database, "the incident", &into, sql)?;
            }
            _ => break,
        }
    }
    Ok(row.words(0))
}

/// The one row whose id begins so.
pub(crate) fn one(
    database: &mut dyn Database,
    what: &'static str,
    begin: &str,
    sql: &str,
) -> Result<Row, Error> {
    let unknown = || Error::Unknown {
        what,
        subject: begin.to_owned(),
    };
    if begin.len() < 3 {
        return Err(unknown());
    }
    // What begins so comes before what begins so and goes on with the last of characters.
    let end = format!("{begin}\u{10ffff}");
    let mut rows = database.rows(sql, &[begin.into(), end.as_str().into()])?;
    match rows.len() {
        0 => Err(unknown()),
        1 => Ok(rows.remove(0)),
        n => Err(Error::Refused(format!(
            "{begin}: {n} of them begin so\n  hint: give more of the id"
        ))),
    }
}

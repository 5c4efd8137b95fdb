//! Looking for words, in any writing of them.
//!
//! Texts and queries are folded alike ([`fold_into`]), so that accents, Arabic vowel marks and forms of one letter, and
//! the article in Latin transliterations do not matter; what is shown is the original. The indexes keep which words a
//! text has, not where: phrases are looked for in the texts that have all their words.

mod fold;
mod query;

pub use fold::fold_into;
pub use query::{Finds, Found, LOOKED_AT, Query, cases_with, claims, names, reports};

use crate::{
    Error,
    database::{Database, Dialect, Value},
    log::{Hash, SetHash},
};

/// Puts folded words into an index under a row's number.
///
/// # Errors
///
/// What the engine says.
pub fn put(
    database: &mut dyn Database,
    index: &str,
    number: i64,
    folded: &str,
) -> Result<(), Error> {
    let sql = match database.dialect() {
        Dialect::Sqlite => format!("INSERT INTO {index} (rowid, words) VALUES (?1, ?2)"),
        Dialect::Postgres => format!(
            "INSERT INTO {index} (rowid, words) VALUES (?1, array_to_tsvector(string_to_array(?2, ' ')))"
        ),
    };
    database
        .execute(&sql, &[number.into(), Value::from(folded.trim_end())])
        .map(|_| ())
}

/// Takes the rows between two numbers out of an index, both included.
///
/// # Errors
///
/// What the engine says.
pub fn remove(database: &mut dyn Database, index: &str, from: i64, to: i64) -> Result<(), Error> {
    let sql = format!("DELETE FROM {index} WHERE rowid >= ?1 AND rowid <= ?2");
    database
        .execute(&sql, &[from.into(), to.into()])
        .map(|_| ())
}

/// For each index the query that gives the number of a row and the words that are looked for in it.
pub const SOURCES: [(&str, &str); 3] = [
    (
        "search_reports",
        "SELECT r.seq, r.title, r.source_name, t.text FROM reports r JOIN texts t ON t.id = r.text",
    ),
    (
        "search_claims",
        "SELECT seq, slot, speakers, quote FROM claims",
    ),
    ("search_names", "SELECT seq, name FROM names"),
];

/// Makes an index again from what it is of.
///
/// # Errors
///
/// What the engine says.
pub fn rebuild(database: &mut dyn Database, index: &str) -> Result<(), Error> {
    let found = SOURCES.iter().find(|(name, _)| *name == index);
    let Some((_, sql)) = found else {
        return Ok(());
    };
    remove(database, index, i64::MIN, i64::MAX)?;
    let numbers = database.rows(&format!("SELECT s.seq FROM ({sql}) s ORDER BY s.seq"), &[])?;
    let one = format!("SELECT * FROM ({sql}) s WHERE s.seq = ?1");
    let mut folded = String::new();
    for number in numbers {
        let number = number.integer(0).unwrap_or(0);
        if let Some(row) = database.first(&one, &[number.into()])? {
            folded.clear();
            (1..row.0.len())
                .for_each(|at| fold_into(row.text(at).unwrap_or_default(), &mut folded));
            put(database, index, number, &folded)?;
        }
    }
    Ok(())
}

/// The hash of a word in a row.
pub fn pair(number: i64, word: &str) -> Hash {
    crate::log::digest(&[number.into(), Value::from(word)])
}

/// The hash of all words in all rows of an SQLite index.
///
/// # Errors
///
/// What the engine says.
pub fn pairs_sqlite(database: &mut dyn Database, index: &str) -> Result<SetHash, Error> {
    let mut out = SetHash::default();
    database.script(&format!(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.{index}_words USING fts5vocab(main, {index}, instance)"
    ))?;
    let sql = format!("SELECT doc, term FROM temp.{index}_words");
    database.each(&sql, &[], &mut |row| {
        out.add(&pair(
            row.integer(0).unwrap_or(0),
            row.text(1).unwrap_or_default(),
        ));
        Ok(())
    })?;
    Ok(out)
}

/// The same of a PostgreSQL index.
///
/// # Errors
///
/// What the engine says.
pub fn pairs_postgres(database: &mut dyn Database, index: &str) -> Result<SetHash, Error> {
    let mut out = SetHash::default();
    let sql = format!("SELECT rowid, unnest(tsvector_to_array(words)) FROM {index}");
    database.each(&sql, &[], &mut |row| {
        out.add(&pair(
            row.integer(0).unwrap_or(0),
            row.text(1).unwrap_or_default(),
        ));
        Ok(())
    })?;
    Ok(out)
}

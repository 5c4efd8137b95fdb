//! The index by which a few new reports are linked without looking at all others. What its bytes mean is the linker's
//! business.

use crate::{
    Error, Tx,
    database::{
        Database, Dialect, Value,
        list::{self, among_numbers},
    },
    log::hex,
    schema::{Table, table},
};

/// Rows asked for, or written, by one statement.
const CHUNK: usize = 2_000;
/// The tables of the index.
const TABLES: [&str; 3] = ["linked_words", "linked_reports", "linked_furniture"];

/// One row of a report: its number, day, hash of all words, short words.
pub type ReportRow = (i64, Option<i32>, Option<i64>, Vec<u8>);

/// What is held of some words: word, bytes. Words that nothing is held of are left out.
///
/// # Errors
///
/// What the engine says.
pub fn words(
    database: &mut dyn Database,
    wanted: &[i64],
    each: &mut dyn FnMut(i64, &[u8]),
) -> Result<(), Error> {
    let among = among_numbers(database.dialect(), "word");
    let sql = format!("SELECT word, held FROM linked_words WHERE {among}");
    for chunk in wanted.chunks(CHUNK) {
        database.each(
            &sql,
            &[list::numbers(database.dialect(), chunk)],
            &mut |row| {
                each(
                    row.integer(0).unwrap_or(0),
                    row.bytes(1).unwrap_or_default(),
                );
                Ok(())
            },
        )?;
    }
    Ok(())
}

/// The first report that has the words of each of some hashes: hash, number.
///
/// # Errors
///
/// What the engine says.
pub fn copies(database: &mut dyn Database, wanted: &[i64]) -> Result<Vec<(i64, i64)>, Error> {
    let among = among_numbers(database.dialect(), "copy");
    let sql = format!(
        "SELECT copy, min(report) FROM linked_reports WHERE {among} GROUP BY copy ORDER BY copy"
    );
    let mut out = Vec::new();
    for chunk in wanted.chunks(CHUNK) {
        let rows = database.rows(&sql, &[list::numbers(database.dialect(), chunk)])?;
        out.extend(
            rows.iter()
                .filter_map(|row| row.integer(0).zip(row.integer(1))),
        );
    }
    Ok(out)
}

/// The reports of some days, first and last: number, day, short words.
///
/// # Errors
///
/// What the engine says.
pub fn between(
    database: &mut dyn Database,
    days: (i32, i32),
    each: &mut dyn FnMut(i64, i32, &[u8]),
) -> Result<(), Error> {
    let sql = "SELECT report, day, words FROM linked_reports WHERE day >= ?1 AND day <= ?2";
    let days = [i64::from(days.0).into(), i64::from(days.1).into()];
    database.each(sql, &days, &mut |row| {
        let number = row.integer(0).unwrap_or(0);
        let day = row.integer(1).and_then(|day| i32::try_from(day).ok());
        each(number, day.unwrap_or(0), row.bytes(2).unwrap_or_default());
        Ok(())
    })
}

/// Sentences that are page furniture.
///
/// # Errors
///
/// What the engine says.
pub fn furniture(database: &mut dyn Database) -> Result<Vec<i64>, Error> {
    let rows = database.rows("SELECT sentence FROM linked_furniture", &[])?;
    Ok(rows.iter().filter_map(|row| row.integer(0)).collect())
}

/// Up to where the index goes, as whoever keeps it wrote it; `None` where there is no index.
///
/// # Errors
///
/// What the engine says.
pub fn state(database: &mut dyn Database) -> Result<Option<String>, Error> {
    let row = database.first("SELECT \"value\" FROM settings WHERE name = 'linked'", &[])?;
    let state = row.and_then(|row| row.text(0).map(str::to_owned));
    Ok(state.filter(|state| !state.is_empty()))
}

impl Tx<'_> {
    /// Forgets the index: the next step of linking looks at all reports.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn forget_linked(&mut self) -> Result<(), Error> {
        for name in TABLES {
            self.database.execute(&format!("DELETE FROM {name}"), &[])?;
        }
        self.set("linked", "")
    }

    /// Says up to where the index goes.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn put_linked_state(&mut self, state: &str) -> Result<(), Error> {
        self.set("linked", state)
    }

    /// Keeps what is held of some words, in place of what was kept before.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn put_linked_words(
        &mut self,
        rows: impl Iterator<Item = (i64, Vec<u8>)>,
    ) -> Result<(), Error> {
        let rows = rows.map(|(word, held)| vec![word.into(), held.into()]);
        self.put_many(table("linked_words"), "held", rows)
    }

    /// Adds reports.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn put_linked_reports(
        &mut self,
        rows: impl Iterator<Item = ReportRow>,
    ) -> Result<(), Error> {
        let rows = rows.map(|(number, day, copy, words)| {
            vec![
                number.into(),
                day.map(i64::from).into(),
                copy.into(),
                words.into(),
            ]
        });
        self.put_many(table("linked_reports"), "words", rows)
    }

    /// Adds sentences that are page furniture.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn put_linked_furniture(&mut self, rows: impl Iterator<Item = i64>) -> Result<(), Error> {
        let rows = rows.map(|sentence| vec![sentence.into()]);
        self.put_many(table("linked_furniture"), "sentence", rows)
    }

    /// Writes many rows; where a key is there already, `changing` is put in its place.
    fn put_many(
        &mut self,
        table: &Table,
        changing: &str,
        rows: impl Iterator<Item = Vec<Value>>,
    ) -> Result<(), Error> {
        let key = table.key.join(", ");
        let there = format!(" ON CONFLICT ({key}) DO UPDATE SET {changing} = excluded.{changing}");
        if self.database.dialect() == Dialect::Sqlite {
            let sql = format!("{}{there}", table.insert());
            for row in rows {
                self.database.execute(&sql, &row)?;
            }
            return Ok(());
        }
        // A statement a row costs a round trip; here many rows are one list a column.
        let columns = table.columns;
        let types = columns
            .iter()
            .zip(1..)
            .map(|(column, n)| match column.holds {
                crate::schema::Holds::Bytes => format!("decode(substr(c{n}, 2), 'hex')"),
                _ => format!("nullif(c{n}, '-')::bigint"),
            });
        let types: Vec<String> = types.collect();
        let lists: Vec<String> = (1..=columns.len())
            .map(|n| format!("string_to_array(?{n}, ',')"))
            .collect();
        let names: Vec<String> = (1..=columns.len()).map(|n| format!("c{n}")).collect();
        let sql = format!(
            "INSERT INTO {} ({}) SELECT {} FROM unnest({}) AS u({}){there}",
            table.name,
            table.list(),
            types.join(", "),
            lists.join(", "),
            names.join(", ")
        );
        let mut rows = rows.peekable();
        while rows.peek().is_some() {
            let mut columns: Vec<Vec<String>> = vec![Vec::new(); columns.len()];
            for row in rows.by_ref().take(CHUNK) {
                for (column, value) in columns.iter_mut().zip(row) {
                    column.push(match value {
                        Value::Integer(n) => n.to_string(),
                        // A list of one empty word would be an empty list.
                        Value::Bytes(bytes) => format!("x{}", hex(&bytes)),
                        _ => "-".to_owned(),
                    });
                }
            }
            let values: Vec<Value> = columns.into_iter().map(|it| it.join(",").into()).collect();
            self.database.execute(&sql, &values)?;
        }
        Ok(())
    }
}

//! Whether derived rows are what their readings and dossiers say.

use std::collections::BTreeSet;

use super::{
    dossier_of,
    incidents::incident_rows,
    members, reading_of,
    rows::{Rows, STRIDE},
};
use crate::{
    Error,
    arrivals::{STORED, Stored},
    bytes::{pack, unpack},
    database::{Database, Dialect, Row, Value},
    schema::Table,
    search,
};

/// Holds derived rows to the readings and dossiers that they were made of, and the indexes of words to their texts.
/// `fault` hears of each place and what is wrong with it; gives how many rows there are.
///
/// # Errors
///
/// What the engine says.
pub fn verify(
    database: &mut dyn Database,
    fault: &mut dyn FnMut(&str, &str),
) -> Result<u64, Error> {
    let n = of_readings(database, fault)? + of_dossiers(database, fault)?;
    indexes(database, fault)?;
    Ok(n)
}

/// The ids that a query gives: readings and dossiers are large, and taken one at a time.
fn ids(database: &mut dyn Database, sql: &str) -> Result<Vec<String>, Error> {
    let rows = database.rows(sql, &[])?;
    Ok(rows.iter().map(|row| row.words(0)).collect())
}

/// Rows made of readings.
fn of_readings(
    database: &mut dyn Database,
    fault: &mut dyn FnMut(&str, &str),
) -> Result<u64, Error> {
    let mut n = 0;
    let all = "SELECT report FROM readings WHERE reading IS NOT NULL ORDER BY report";
    for report in ids(database, all)? {
        let sql = "SELECT reading FROM readings WHERE report = ?1";
        let Some(row) = database.first(sql, &[report.as_str().into()])? else {
            continue;
        };
        let packed = row.bytes(0).unwrap_or_default();
        let place = format!("readings {report}");
        let sql = format!("{STORED} WHERE r.id = ?1");
        let made = match database.first(&sql, &[report.as_str().into()])? {
            None => continue,
            Some(stored) => Stored::of(&stored).and_then(|stored| {
                let seq = stored.seq;
                let reading = reading_of(stored, packed)?;
                Ok((seq, Rows::of(seq, &reading)?))
            }),
        };
        let Ok((seq, rows)) = made else {
            fault(
                &place,
                "it is damaged; `crossbearing doctor --mend` makes it again",
            );
            continue;
        };
        if !repacks(packed) {
            fault(
                &place,
                "its gzip is not what was written; `crossbearing doctor --mend` makes it again",
            );
        }
        let bounds = [(seq * STRIDE).into(), ((seq + 1) * STRIDE - 1).into()];
        for (own, rows) in rows.each() {
            let condition = match own.name {
                "accounts" => "report = ?1",
                "quotes" => "claim_seq >= ?1 AND claim_seq <= ?2",
                _ => "seq >= ?1 AND seq <= ?2",
            };
            let values: &[Value] = if own.name == "accounts" {
                &[report.as_str().into()]
            } else {
                &bounds
            };
            n += compare(
                database,
                own,
                condition,
                values,
                rows.clone(),
                &report,
                fault,
            )?;
        }
    }
    Ok(n)
}

/// Rows made of dossiers.
fn of_dossiers(
    database: &mut dyn Database,
    fault: &mut dyn FnMut(&str, &str),
) -> Result<u64, Error> {
    let mut n = 0;
    for case in ids(database, "SELECT case_id FROM incidents ORDER BY case_id")? {
        let sql = "SELECT dossier, judged FROM incidents WHERE case_id = ?1";
        let Some(row) = database.first(sql, &[case.as_str().into()])? else {
            continue;
        };
        let packed = row.bytes(0).unwrap_or_default();
        let judged = usize::try_from(row.integer(1).unwrap_or(0)).unwrap_or(0);
        let members = members(database, &case)?;
        let made =
            dossier_of(&case, packed).and_then(|dossier| incident_rows(&dossier, &members, judged));
        let Ok(made) = made else {
            fault(
                &format!("incidents {case}"),
                "its dossier is damaged; `crossbearing doctor --mend` makes it again",
            );
            continue;
        };
        for (own, rows) in made {
            let values = [case.as_str().into()];
            n += compare(database, own, "case_id = ?1", &values, rows, &case, fault)?;
        }
    }
    Ok(n)
}

/// Whether bytes in gzip are what packing their content gives.
fn repacks(packed: &[u8]) -> bool {
    unpack(packed).is_ok_and(|bytes| pack(&bytes) == packed)
}

fn compare(
    database: &mut dyn Database,
    own: &Table,
    condition: &str,
    values: &[Value],
    mut made: Vec<Vec<Value>>,
    of: &str,
    fault: &mut dyn FnMut(&str, &str),
) -> Result<u64, Error> {
    let found = database.rows(&own.select(condition), values)?;
    let key = |row: &Vec<Value>| {
        let mut bytes = Vec::new();
        own.key
            .iter()
            .for_each(|name| row[own.at(name)].canonical(&mut bytes));
        bytes
    };
    let mut kept: Vec<Vec<Value>> = found.into_iter().map(|Row(row)| row).collect();
    kept.sort_by_key(key);
    made.sort_by_key(key);
    if kept != made {
        let at = kept
            .iter()
            .zip(&made)
            .position(|(a, b)| a != b)
            .unwrap_or(kept.len().min(made.len()));
        fault(
            &format!("{} of {of}, row {}", own.name, at + 1),
            "it is not what its reading or dossier says; `crossbearing doctor --mend` makes it again",
        );
    }
    Ok(made.len() as u64)
}

/// Holds the indexes of words to what they were made of. `fault` hears the name of each that is not, and what is wrong.
///
/// # Errors
///
/// What the engine says.
pub fn indexes(
    database: &mut dyn Database,
    fault: &mut dyn FnMut(&str, &str),
) -> Result<(), Error> {
    for (index, sql) in search::SOURCES {
        let mut wanted = crate::log::SetHash::default();
        let mut add = |seq: i64, folded: &str| {
            let words: BTreeSet<&str> = folded.split_whitespace().collect();
            words
                .iter()
                .for_each(|word| wanted.add(&search::pair(seq, word)));
        };
        let mut folded = String::new();
        database.each(sql, &[], &mut |row| {
            folded.clear();
            (1..row.0.len())
                .for_each(|at| search::fold_into(row.text(at).unwrap_or_default(), &mut folded));
            add(row.integer(0).unwrap_or(0), &folded);
            Ok(())
        })?;
        let found = match database.dialect() {
            Dialect::Sqlite => search::pairs_sqlite(database, index)?,
            Dialect::Postgres => search::pairs_postgres(database, index)?,
        };
        if found != wanted {
            fault(
                index,
                "the index of words is not that of the texts; `crossbearing doctor --mend` makes it again",
            );
        }
    }
    Ok(())
}

//! A casebook from one place to another, whichever engine keeps either: the same rows, the same bytes, the same log.

use crate::{
    Error, Place, Store,
    bytes::Bytes,
    database::{Database, Value},
    log::hash_at,
    schema::{SEARCHED, TABLES},
    search,
};

/// Rows written in one transaction.
const BATCH: usize = 1_000;

/// Copies a casebook to a place where there is none. Gives how many rows were copied; `progress` hears of them.
///
/// # Errors
///
/// [`Error::Present`] where a casebook is; what the engines say. What was copied till then stays, and is no casebook
/// that anybody would take for whole: its log does not fit it.
pub fn copy(from: &mut Store, to: &Place, progress: &mut dyn FnMut(u64)) -> Result<u64, Error> {
    let mut target = Store::bare(to)?;
    let source_bytes = from.bytes();
    let mut n = 0;
    from.read(&mut |database| {
        for table in TABLES {
            let mut rows: Vec<Vec<Value>> = Vec::new();
            let sql = table.insert();
            let mut write = |rows: &mut Vec<Vec<Value>>| -> Result<(), Error> {
                let database = target.database();
                database.begin()?;
                for row in rows.iter() {
                    if let Err(error) = database.execute(&sql, row) {
                        database.rollback();
                        return Err(error);
                    }
                }
                database.commit()?;
                n += rows.len() as u64;
                progress(n);
                rows.clear();
                Ok(())
            };
            // The schema's version is written when the tables are made.
            database.each(&table.select(""), &[], &mut |row| {
                if table.name == "settings" && row.text(0) == Some("schema") {
                    return Ok(());
                }
                rows.push(row.0);
                if rows.len() == BATCH {
                    write(&mut rows)
                } else {
                    Ok(())
                }
            })?;
            write(&mut rows)?;
        }
        bytes(database, &source_bytes, &mut target)
    })?;
    for (index, _) in SEARCHED {
        target.database().begin()?;
        match search::rebuild(target.database(), index) {
            Ok(()) => target.database().commit()?,
            Err(error) => {
                target.database().rollback();
                return Err(error);
            }
        }
    }
    Ok(n)
}

/// The bytes as received, as they are packed.
fn bytes(database: &mut dyn Database, from: &Bytes, target: &mut Store) -> Result<(), Error> {
    let to = target.bytes();
    let hashes = database.rows("SELECT DISTINCT sha256 FROM captures ORDER BY sha256", &[])?;
    for row in hashes {
        let Some(hash) = hash_at(&row, 0) else {
            continue;
        };
        // What is missing here is missing there, and an audit says so.
        if let Some(packed) = from.packed(database, &hash)? {
            to.put_file(&hash, &packed)?;
            to.put_row(target.database(), &hash, &packed)?;
        }
    }
    to.settle()
}

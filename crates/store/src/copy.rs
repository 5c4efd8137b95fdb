//! A casebook from one place to another, whichever engine keeps either: the same rows, the same bytes, the same log.

use crate::{
    Error, Place, Store,
    bytes::Bytes,
    database::{Database, Value},
    log::{Hash, hash_at},
    schema::{Kind, SEARCHED, TABLES, Table},
    search,
    store::Begun,
};

/// Rows written in one transaction.
const BATCH: usize = 1_000;

/// Copies a casebook to a place where there is none. Gives how many rows were copied; `progress` hears of them.
///
/// # Errors
///
/// [`Error::Present`] where a casebook is; what the engines say. Of a folder, what was copied till then is taken out
/// again; in a database it stays, and is no casebook that anybody would take for whole: its log does not fit it.
pub fn copy(from: &mut Store, to: &Place, progress: &mut dyn FnMut(u64)) -> Result<u64, Error> {
    making(to, |target| {
        let source_bytes = from.bytes();
        from.read(&mut |database| {
            // Accounts move with the casebook; who is logged in, and who failed to, does not.
            let moves = |table: &&Table| table.kind != Kind::Access || table.name == "people";
            for table in TABLES.iter().filter(moves) {
                database.each(&table.select(""), &[], &mut |row| {
                    target.row(table, row.0, progress)
                })?;
            }
            each_bytes(database, &source_bytes, &mut |hash, packed| {
                target.bytes(hash, packed)
            })
        })
    })
}

/// Makes a casebook by what `fill` puts into it, and gives how many rows that are. Where that fails, a folder is left
/// as it was.
pub(crate) fn making(
    to: &Place,
    fill: impl FnOnce(&mut Target) -> Result<(), Error>,
) -> Result<u64, Error> {
    Begun::in_place(to).or_undone(|| {
        let mut target = Target {
            store: Store::bare(to)?,
            waiting: Vec::new(),
            table: None,
            rows: 0,
        };
        fill(&mut target)?;
        target.finish()
    })
}

/// A casebook that is being made of rows.
pub(crate) struct Target {
    store: Store,
    waiting: Vec<Vec<Value>>,
    table: Option<&'static Table>,
    rows: u64,
}

impl Target {
    /// Adds a row; those of one table come together.
    pub fn row(
        &mut self,
        table: &'static Table,
        row: Vec<Value>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), Error> {
        // The schema's version is written when the tables are made.
        let schema = matches!(row.first(), Some(Value::Text(name)) if name == "schema");
        if table.name == "settings" && schema {
            return Ok(());
        }
        if self.table.is_none_or(|last| last.name != table.name) {
            self.write()?;
            self.table = Some(table);
        }
        self.waiting.push(row);
        if self.waiting.len() == BATCH {
            self.write()?;
            progress(self.rows);
        }
        Ok(())
    }

    /// Adds bytes as received, as they are packed.
    pub fn bytes(&mut self, hash: &Hash, packed: &[u8]) -> Result<(), Error> {
        let to = self.store.bytes();
        to.put_file(hash, packed)?;
        to.put_row(self.store.database(), hash, packed)
    }

    fn write(&mut self) -> Result<(), Error> {
        let Some(table) = self.table else {
            return Ok(());
        };
        let sql = table.insert();
        let database = self.store.database();
        database.begin()?;
        for row in &self.waiting {
            if let Err(error) = database.execute(&sql, row) {
                database.rollback();
                return Err(error);
            }
        }
        database.commit()?;
        self.rows += self.waiting.len() as u64;
        self.waiting.clear();
        Ok(())
    }

    fn finish(&mut self) -> Result<u64, Error> {
        self.write()?;
        self.store.bytes().settle()?;
        for (index, _) in SEARCHED {
            let database = self.store.database();
            database.begin()?;
            match search::rebuild(database, index) {
                Ok(()) => database.commit()?,
                Err(error) => {
                    database.rollback();
                    return Err(error);
                }
            }
        }
        Ok(self.rows)
    }
}

/// What is done with bytes as received, as they are packed, by their hash.
type EachBytes<'a> = &'a mut dyn FnMut(&Hash, &[u8]) -> Result<(), Error>;

/// The bytes as received, as they are packed.
pub(crate) fn each_bytes(
    database: &mut dyn Database,
    from: &Bytes,
    each: EachBytes<'_>,
) -> Result<(), Error> {
    let hashes = database.rows("SELECT DISTINCT sha256 FROM captures ORDER BY sha256", &[])?;
    for row in hashes {
        let Some(hash) = hash_at(&row, 0) else {
            continue;
        };
        // What is missing here is missing there, and an audit says so.
        if let Some(packed) = from.packed(database, &hash)? {
            each(&hash, &packed)?;
        }
    }
    Ok(())
}

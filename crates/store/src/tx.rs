//! A transaction that writes.

use crate::{
    Error,
    bytes::Bytes,
    database::{Database, Value},
    log::{self, Entry, Hash, Head},
    schema::{Table, table},
};

/// A transaction that writes: one at a time in a casebook, all of it or nothing.
pub struct Tx<'a> {
    pub(crate) database: &'a mut dyn Database,
    pub(crate) bytes: &'a Bytes,
    head: Head,
    /// Whether files of bytes were put that must be on the disk before rows name them.
    pub(crate) files: bool,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(database: &'a mut dyn Database, bytes: &'a Bytes, head: Head) -> Self {
        Self {
            database,
            bytes,
            head,
            files: false,
        }
    }

    pub(crate) fn finish(self) -> Result<(), Error> {
        if self.files {
            self.bytes.settle()?;
        }
        Ok(())
    }

    /// The connection, for queries within the transaction.
    pub fn database(&mut self) -> &mut dyn Database {
        self.database
    }

    /// Appends to the log.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn append(&mut self, entry: Entry) -> Result<(), Error> {
        log::append(self.database, &mut self.head, entry)
    }

    /// Sets a setting.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let sql = "INSERT INTO settings (name, \"value\") VALUES (?1, ?2) \
                   ON CONFLICT (name) DO UPDATE SET \"value\" = excluded.\"value\"";
        self.database
            .execute(sql, &[Value::from(name), Value::from(value)])?;
        Ok(())
    }

    /// Adds a row; gives the hash of it.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn insert(&mut self, into: &Table, row: &[Value]) -> Result<Hash, Error> {
        self.database.execute(&into.insert(), row)?;
        Ok(log::digest(row))
    }

    /// The number that the next row of a numbered table gets.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn next(&mut self, of: &str) -> Result<i64, Error> {
        let numbered = table(of);
        let sql = format!("SELECT max({}) FROM {of}", numbered.key[0]);
        Ok(self.database.number(&sql, &[])? + 1)
    }
}

//! A transaction that writes.

use crate::{
    Error,
    bytes::Bytes,
    database::{Database, Value},
    log::{self, Entry, Hash, Head},
    schema::{Table, table},
};

/// A transaction that writes: all of it or nothing. From its first row on it is the only one in the casebook.
pub struct Tx<'a> {
    pub(crate) database: &'a mut dyn Database,
    pub(crate) bytes: &'a Bytes,
    /// The end of the log; unknown until this transaction is the only one that appends to it.
    head: Option<Head>,
    /// Whether this transaction has appended to it.
    appended: bool,
    /// Whether files of bytes were put that must be on the disk before rows name them.
    pub(crate) files: bool,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(database: &'a mut dyn Database, bytes: &'a Bytes) -> Self {
        Self {
            database,
            bytes,
            head: None,
            appended: false,
            files: false,
        }
    }

    /// Ends the work; gives the end of the log, where it was appended to.
    pub(crate) fn finish(self) -> Result<Option<Head>, Error> {
        if self.files {
            self.bytes.settle()?;
        }
        Ok(self.head.filter(|_| self.appended))
    }

    /// The connection, for queries within the transaction.
    pub fn database(&mut self) -> &mut dyn Database {
        self.database
    }

    /// Makes this transaction the only one that writes.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] when another one does not end.
    pub fn lock(&mut self) -> Result<&mut Head, Error> {
        if self.head.is_none() {
            self.database.lock_log()?;
            self.head = Some(Head::read(self.database)?);
        }
        Ok(self.head.get_or_insert_default())
    }

    /// Appends to the log.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn append(&mut self, entry: Entry) -> Result<(), Error> {
        let row = self.lock()?.next(entry);
        self.database.execute(&table("log").insert(), &row)?;
        self.appended = true;
        Ok(())
    }

    /// Appends that something happened which adds no row that the log vouches for.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn tell(
        &mut self,
        what: &'static str,
        subject: &str,
        detail: Option<String>,
        at: &str,
        who: &str,
    ) -> Result<(), Error> {
        self.append(Entry {
            at: at.to_owned(),
            what,
            who: who.to_owned(),
            subject: subject.to_owned(),
            detail,
            digest: None,
        })
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

    /// Sets a setting unless it is set; says whether it did.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn set_if_new(&mut self, name: &str, value: &str) -> Result<bool, Error> {
        let sql = "INSERT INTO settings (name, \"value\") VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        let values = [Value::from(name), Value::from(value)];
        Ok(self.database.execute(sql, &values)? > 0)
    }

    /// Forgets a setting; `false` where it was not set.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn unset(&mut self, name: &str) -> Result<bool, Error> {
        let sql = "DELETE FROM settings WHERE name = ?1";
        Ok(self.database.execute(sql, &[Value::from(name)])? > 0)
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

    /// Takes bytes out for good, unless a capture names them; says whether it did. Nobody else can name them meanwhile.
    ///
    /// # Errors
    ///
    /// What the engine or the file system says.
    pub fn remove_unnamed(&mut self, sha256: &Hash) -> Result<bool, Error> {
        self.lock()?;
        let named = "SELECT count(*) FROM captures WHERE sha256 = ?1";
        if self.database.number(named, &[sha256.to_vec().into()])? > 0 {
            return Ok(false);
        }
        self.bytes.remove(self.database, sha256)?;
        Ok(true)
    }

    /// The number that the next row of a numbered table gets.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn next(&mut self, of: &str) -> Result<i64, Error> {
        self.lock()?;
        let numbered = table(of);
        let sql = format!("SELECT max({}) FROM {of}", numbered.key[0]);
        Ok(self.database.number(&sql, &[])? + 1)
    }
}

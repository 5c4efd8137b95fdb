//! One way to speak SQL to two engines.
//!
//! Comes in: statements with `?1`, `?2` … in the SQL that SQLite and PostgreSQL share, and [`Value`]s. Goes out: rows
//! of values. What differs between the engines is said by [`Dialect`]; nothing above this room names an engine's crate.

pub mod list;
mod postgres;
mod sqlite;
mod tls;
mod value;

pub use postgres::{Postgres, without_password};
pub use sqlite::Sqlite;
pub use value::{Row, Value};

use crate::Error;

/// Which engine's SQL is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite 3, with FTS5.
    Sqlite,
    /// PostgreSQL 13 or later.
    Postgres,
}

/// An open connection.
pub trait Database: Send {
    /// Which SQL it speaks.
    fn dialect(&self) -> Dialect;

    /// Where it is, without a password.
    fn place(&self) -> String;

    /// Runs one statement; gives the number of rows it changed.
    ///
    /// # Errors
    ///
    /// What the engine says, in our words.
    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, Error>;

    /// Runs one query and hands each row over as it comes.
    ///
    /// # Errors
    ///
    /// What the engine says, or the first error that `row` gives.
    fn each(
        &mut self,
        sql: &str,
        values: &[Value],
        row: &mut dyn FnMut(Row) -> Result<(), Error>,
    ) -> Result<(), Error>;

    /// Runs several statements without values.
    ///
    /// # Errors
    ///
    /// What the engine says.
    fn script(&mut self, sql: &str) -> Result<(), Error>;

    /// Begins a transaction that may write.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] when another one writes for too long.
    fn begin(&mut self) -> Result<(), Error>;

    /// Waits until no other transaction appends to the log, and keeps others from it until this one ends.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] when that takes too long.
    fn lock_log(&mut self) -> Result<(), Error>;

    /// From now on gives up after a moment where another one writes, or waits as long as usual again.
    ///
    /// # Errors
    ///
    /// What the engine says.
    fn hurry(&mut self, hurry: bool) -> Result<(), Error>;

    /// What stands at the end of a query whose rows this transaction takes to work on, so that others take other rows.
    fn taking(&self, table: &str) -> String;

    /// Begins a transaction that sees one state of the whole casebook and writes nothing.
    ///
    /// # Errors
    ///
    /// What the engine says.
    fn begin_reading(&mut self) -> Result<(), Error>;

    /// Makes what was written since [`Database::begin`] last.
    ///
    /// # Errors
    ///
    /// What the engine says; nothing was written then.
    fn commit(&mut self) -> Result<(), Error>;

    /// Forgets what was written since [`Database::begin`].
    fn rollback(&mut self);

    /// Connects again after the server went away.
    ///
    /// # Errors
    ///
    /// [`Error::Gone`] while it does not answer.
    fn reconnect(&mut self) -> Result<(), Error>;

    /// What the engine finds wrong with its own files, a line each; empty when all is well.
    ///
    /// # Errors
    ///
    /// What the engine says when it cannot look.
    fn self_check(&mut self) -> Result<Vec<String>, Error>;

    /// Who else is writing at this moment, in words; `None` where one could write at once.
    ///
    /// # Errors
    ///
    /// [`Error::ReadOnly`] where nobody can write; what the engine says.
    fn writer(&mut self) -> Result<Option<String>, Error>;

    /// Version of the engine, as people write it.
    ///
    /// # Errors
    ///
    /// What the engine says.
    fn version(&mut self) -> Result<String, Error>;

    /// All rows of a query.
    ///
    /// # Errors
    ///
    /// As [`Database::each`].
    fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
        let mut out = Vec::new();
        self.each(sql, values, &mut |row| {
            out.push(row);
            Ok(())
        })?;
        Ok(out)
    }

    /// The first row of a query, if there is one.
    ///
    /// # Errors
    ///
    /// As [`Database::each`].
    fn first(&mut self, sql: &str, values: &[Value]) -> Result<Option<Row>, Error> {
        Ok(self.rows(sql, values)?.into_iter().next())
    }

    /// The whole number in the first column of the first row; 0 where there is no row or it is null.
    ///
    /// # Errors
    ///
    /// As [`Database::each`].
    fn number(&mut self, sql: &str, values: &[Value]) -> Result<i64, Error> {
        let row = self.first(sql, values)?;
        Ok(row.and_then(|row| row.integer(0)).unwrap_or(0))
    }
}

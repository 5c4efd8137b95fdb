//! SQLite: one file, compiled in.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{
    Connection, ErrorCode, OpenFlags, params_from_iter,
    types::{ToSql, ToSqlOutput, Value as Engine, ValueRef},
};

use super::{Database, Dialect, Row, Value};
use crate::Error;

/// Seconds to wait for another process that writes.
const WAIT: u64 = 60;
/// Milliseconds to wait for one where a person waits for a page.
const MOMENT: u64 = 100;
/// Bytes of a page. A report's text of some kilobytes shares a page with others; with the usual 4 kB each would
/// fill pages of its own, a third of them empty.
const PAGE: u32 = 32_768;
/// Statements kept compiled.
const STATEMENTS: usize = 128;

/// An open SQLite file.
pub struct Sqlite {
    path: PathBuf,
    connection: Connection,
}

impl Sqlite {
    /// Makes a new file.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub fn create(path: &Path) -> Result<Self, Error> {
        Self::connect(
            path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        )
    }

    /// Opens a file that is there; read only where it cannot be written.
    ///
    /// # Errors
    ///
    /// When it is no SQLite file or cannot be read.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Makes a database that lies in memory only.
    ///
    /// # Errors
    ///
    /// When there is no memory.
    pub fn in_memory() -> Result<Self, Error> {
        Self::create(Path::new(":memory:"))
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, Error> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(path, flags).map_err(|error| told(path, &error))?;
        let own = Self {
            path: path.to_owned(),
            connection,
        };
        own.connection
            .busy_timeout(Duration::from_secs(WAIT))
            .map_err(|error| own.told(&error))?;
        own.connection
            .set_prepared_statement_cache_capacity(STATEMENTS);
        // A page size holds only before the first page is written; the journal's kind is kept in the file.
        let settings = format!(
            "PRAGMA page_size = {PAGE}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; \
             PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -24576; \
             PRAGMA trusted_schema = OFF;"
        );
        match own.connection.execute_batch(&settings) {
            Ok(()) => Ok(own),
            // A file on a read-only folder is read all the same.
            Err(error) if matches!(told(path, &error), Error::ReadOnly { .. }) => Ok(own),
            Err(error) => Err(own.told(&error)),
        }
    }

    fn told(&self, error: &rusqlite::Error) -> Error {
        told(&self.path, error)
    }
}

/// Whether the disk has no room for a page more.
fn no_room(path: &Path) -> bool {
    let folder = path.parent().unwrap_or(Path::new("."));
    rustix::fs::statvfs(folder).is_ok_and(|disk| {
        disk.f_bavail.saturating_mul(disk.f_frsize) < u64::from(PAGE)
            || disk.f_files > 0 && disk.f_ffree == 0
    })
}

/// The engine's error in our words.
fn told(path: &Path, error: &rusqlite::Error) -> Error {
    let place = path.display().to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy { seconds: WAIT },
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Error::ReadOnly {
            path: path.to_owned(),
        },
        Some(ErrorCode::DiskFull) => Error::Full,
        // Of the files beside the database, the engine does not say why they could not be made.
        Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure) if no_room(path) => Error::Full,
        Some(ErrorCode::NotADatabase) => Error::Foreign {
            place,
            why: "the file is no SQLite database".to_owned(),
        },
        Some(ErrorCode::DatabaseCorrupt) => Error::Damaged {
            place,
            why: error.to_string(),
        },
        Some(ErrorCode::CannotOpen) if !path.exists() => Error::Absent { place },
        Some(ErrorCode::CannotOpen) => {
            Error::Engine(format!("{place}: the file cannot be opened ({error})"))
        }
        Some(ErrorCode::SystemIoFailure) => Error::Engine(format!(
            "{place}: reading or writing the file failed ({error})"
        )),
        _ => Error::Engine(error.to_string()),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Engine::Null),
            Self::Integer(n) => ToSqlOutput::Owned(Engine::Integer(*n)),
            Self::Real(x) => ToSqlOutput::Owned(Engine::Real(*x)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

fn value(engine: ValueRef<'_>) -> Value {
    match engine {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Integer(n),
        ValueRef::Real(x) => Value::Real(x),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}

impl Database for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn place(&self) -> String {
        self.path.display().to_string()
    }

    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, Error> {
        let run = || -> rusqlite::Result<usize> {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.execute(params_from_iter(values))
        };
        run().map(|n| n as u64).map_err(|error| self.told(&error))
    }

    fn each(
        &mut self,
        sql: &str,
        values: &[Value],
        row: &mut dyn FnMut(Row) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut statement = self
            .connection
            .prepare_cached(sql)
            .map_err(|error| self.told(&error))?;
        let columns = statement.column_count();
        let mut rows = statement
            .query(params_from_iter(values))
            .map_err(|error| told(&self.path, &error))?;
        loop {
            let Some(found) = rows.next().map_err(|error| told(&self.path, &error))? else {
                return Ok(());
            };
            let mut out = Vec::with_capacity(columns);
            for at in 0..columns {
                let engine = found
                    .get_ref(at)
                    .map_err(|error| told(&self.path, &error))?;
                out.push(value(engine));
            }
            row(Row(out))?;
        }
    }

    fn script(&mut self, sql: &str) -> Result<(), Error> {
        self.connection
            .execute_batch(sql)
            .map_err(|error| self.told(&error))
    }

    fn begin(&mut self) -> Result<(), Error> {
        self.script("BEGIN IMMEDIATE")
    }

    fn lock_log(&mut self) -> Result<(), Error> {
        // Whoever began a transaction is the only one that writes.
        Ok(())
    }

    fn hurry(&mut self, hurry: bool) -> Result<(), Error> {
        let wait = if hurry { MOMENT } else { WAIT * 1_000 };
        self.connection
            .busy_timeout(Duration::from_millis(wait))
            .map_err(|error| self.told(&error))
    }

    fn taking(&self, _: &str) -> String {
        String::new()
    }

    fn begin_reading(&mut self) -> Result<(), Error> {
        self.script("BEGIN DEFERRED")
    }

    fn commit(&mut self) -> Result<(), Error> {
        self.script("COMMIT")
    }

    fn rollback(&mut self) {
        // A full disk or a lost lock has rolled it back already.
        if !self.connection.is_autocommit() {
            let _ = self.script("ROLLBACK");
        }
    }

    fn reconnect(&mut self) -> Result<(), Error> {
        Ok(())
    }

    fn self_check(&mut self) -> Result<Vec<String>, Error> {
        let mut out = Vec::new();
        for row in self.rows("PRAGMA integrity_check(20)", &[])? {
            match row.text(0) {
                Some("ok") | None => {}
                Some(words) => out.push(words.to_owned()),
            }
        }
        for row in self.rows("PRAGMA foreign_key_check", &[])? {
            out.push(format!(
                "a row of {} names a row of {} that is not there",
                row.words(0),
                row.words(2)
            ));
        }
        Ok(out)
    }

    fn writer(&mut self) -> Result<Option<String>, Error> {
        let wait = |seconds: u64| self.connection.busy_timeout(Duration::from_secs(seconds));
        wait(0).map_err(|error| self.told(&error))?;
        let tried = self.connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK");
        wait(WAIT).map_err(|error| self.told(&error))?;
        match tried.map_err(|error| self.told(&error)) {
            Ok(()) => Ok(None),
            Err(Error::Busy { .. }) => Ok(Some("another process".to_owned())),
            Err(error) => Err(error),
        }
    }

    fn version(&mut self) -> Result<String, Error> {
        Ok(format!("SQLite {}", rusqlite::version()))
    }
}

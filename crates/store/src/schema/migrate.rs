//! Which schema a database has, and the way from each older one to today's.

use super::create;
use crate::{
    Error,
    database::{Database, Dialect, Value},
};

/// The schema that this program writes.
pub const VERSION: i64 = 4;

/// The statements that lead from one schema to the next, for SQLite and for PostgreSQL; the first lead from 1 to 2.
///
/// A published schema never changes: `crates/store/schema/N.*.sql` holds each as it was, and a test makes a casebook of
/// every one and brings it up.
const STEPS: &[[&str; 2]] = &[
    [
        include_str!("../../schema/1-to-2.sqlite.sql"),
        include_str!("../../schema/1-to-2.postgres.sql"),
    ],
    [
        include_str!("../../schema/2-to-3.sqlite.sql"),
        include_str!("../../schema/2-to-3.postgres.sql"),
    ],
    [
        include_str!("../../schema/3-to-4.sqlite.sql"),
        include_str!("../../schema/3-to-4.postgres.sql"),
    ],
];

/// The schema version of a database; `None` for one that is empty.
///
/// # Errors
///
/// [`Error::Foreign`] for the database of another program.
pub fn version_of(database: &mut dyn Database) -> Result<Option<i64>, Error> {
    let tables = match database.dialect() {
        Dialect::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        Dialect::Postgres => "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
    };
    let names = database.rows(tables, &[])?;
    if names.is_empty() {
        return Ok(None);
    }
    let place = database.place();
    let foreign = move |why: &str| Error::Foreign {
        place: place.clone(),
        why: why.to_owned(),
    };
    let has = |name: &str| names.iter().any(|row| row.text(0) == Some(name));
    if !has("settings") || !has("log") {
        return Err(foreign("it has tables, but not those of one"));
    }
    let sql = "SELECT value FROM settings WHERE name = 'schema'";
    let row = database
        .first(sql, &[])
        .map_err(|_| foreign("its table `settings` is another program's"))?;
    let found = row.and_then(|row| row.text(0).and_then(|text| text.parse().ok()));
    found
        .map(Some)
        .ok_or_else(|| foreign("it does not say which schema it has"))
}

/// The statements by which a new SQLite casebook's tables, views and indexes are made, by name, as the engine keeps
/// them.
///
/// # Errors
///
/// What the engine says.
pub fn made_new() -> Result<std::collections::BTreeMap<String, String>, Error> {
    let mut database = crate::database::Sqlite::in_memory()?;
    database.script(&create(Dialect::Sqlite))?;
    let sql = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL";
    let rows = database.rows(sql, &[])?;
    Ok(rows
        .iter()
        .map(|row| (row.words(0), row.words(1)))
        .collect())
}

/// Brings a database to today's schema, in one transaction. Gives the version it had, 0 for a new one.
///
/// # Errors
///
/// [`Error::Newer`] for one of a later program; whatever a statement meets.
pub fn bring_up(database: &mut dyn Database) -> Result<i64, Error> {
    let found = version_of(database)?;
    if let Some(found) = found
        && found > VERSION
    {
        return Err(Error::Newer {
            place: database.place(),
            found,
            known: VERSION,
        });
    }
    if found == Some(VERSION) {
        return Ok(VERSION);
    }
    database.begin()?;
    let dialect = database.dialect();
    let mut go = || {
        database.lock_log()?;
        // Another process may have made them, or brought them up, meanwhile.
        match version_of(database)? {
            Some(now) if now >= VERSION => return Ok(()),
            None => database.script(&create(dialect))?,
            Some(found) => {
                let done = usize::try_from(found - 1).unwrap_or(0);
                for [sqlite, postgres] in STEPS.iter().skip(done) {
                    database.script(match dialect {
                        Dialect::Sqlite => sqlite,
                        Dialect::Postgres => postgres,
                    })?;
                }
            }
        }
        let sql = "INSERT INTO settings (name, \"value\") VALUES ('schema', ?1) \
                   ON CONFLICT (name) DO UPDATE SET \"value\" = excluded.\"value\"";
        database.execute(sql, &[Value::from(VERSION.to_string())])?;
        Ok(())
    };
    match go().and_then(|()| database.commit()) {
        Ok(()) => Ok(found.unwrap_or(0)),
        Err(error) => {
            database.rollback();
            Err(error)
        }
    }
}

//! PostgreSQL: a casebook that people share.

use std::error::Error as _;

use postgres::{
    Client, Config,
    error::SqlState,
    fallible_iterator::FallibleIterator,
    types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};

use super::{Database, Dialect, Row, Value, tls::Tls};
use crate::Error;

/// First half of the name of the lock that who writes holds until the end of the transaction: the log is one chain. The
/// second half is [`CASEBOOK`]: a database may hold several casebooks, one a schema.
const WRITING: i32 = 0x6372_6f73;
/// The second half.
const CASEBOOK: &str = "hashtext(coalesce(current_schema(), '')::text)";
/// Milliseconds to wait for it.
const WAIT_MS: u64 = 60_000;
/// The same where a person waits for a page.
const MOMENT_MS: u64 = 100;

/// An open connection to a server.
pub struct Postgres {
    config: Config,
    tls: Tls,
    place: String,
    client: Client,
}

impl Postgres {
    /// Connects. `address` is a `postgres://` address, `options` and `application_name` of which are kept.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] for an address that is none, or that asks for TLS where the server speaks none or shows a
    /// certificate that is not to be trusted; [`Error::Gone`] when no server answers.
    pub fn connect(address: &str) -> Result<Self, Error> {
        let place = without_password(address);
        let (address, tls) = Tls::of(address, &place)?;
        let mut config: Config = address.parse().map_err(|error| {
            Error::Refused(format!(
                "{place}: not the address of a PostgreSQL database: {error}\n  hint: \
                 postgres://user@host:5432/name"
            ))
        })?;
        config.ssl_mode(tls.mode);
        if config.get_application_name().is_none() {
            config.application_name("crossbearing");
        }
        let client = open(&config, &tls, &place)?;
        Ok(Self {
            config,
            tls,
            place,
            client,
        })
    }
}

/// The address without what stands between the user's name and the `@`, and without a setting `password`.
pub fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else {
        return "the database".to_owned();
    };
    if let Some((before, settings)) = address.split_once('?')
        && settings.contains("password=")
    {
        let shown = settings
            .split('&')
            .filter(|it| !it.starts_with("password="));
        let shown: Vec<&str> = shown.collect();
        let mark = if shown.is_empty() { "" } else { "?" };
        return format!("{}{mark}{}", without_password(before), shown.join("&"));
    }
    match rest.split_once('@') {
        Some((user, host)) => {
            let name = user.split(':').next().unwrap_or_default();
            format!("{scheme}://{name}@{host}")
        }
        None => address.to_owned(),
    }
}

fn open(config: &Config, tls: &Tls, place: &str) -> Result<Client, Error> {
    let mut client = config
        .connect(tls.connector())
        .map_err(|error| super::tls::told(place, &error).unwrap_or_else(|| told(place, &error)))?;
    client
        .batch_execute(&format!(
            "SET lock_timeout = {WAIT_MS}; SET client_min_messages = warning; SET TIME ZONE 'UTC'"
        ))
        .map_err(|error| told(place, &error))?;
    Ok(client)
}

/// The server's error in our words.
fn told(place: &str, error: &postgres::Error) -> Error {
    let place = place.to_owned();
    let Some(server) = error.as_db_error() else {
        let why = error
            .source()
            .map_or_else(|| error.to_string(), ToString::to_string);
        // A value that does not fit its column is ours; all else is the connection's.
        let closed = error.is_closed() || !error.to_string().contains("serializ");
        return if closed {
            Error::Gone { place, why }
        } else {
            Error::Engine(error.to_string())
        };
    };
    match *server.code() {
        SqlState::LOCK_NOT_AVAILABLE | SqlState::T_R_DEADLOCK_DETECTED => Error::Busy {
            seconds: WAIT_MS / 1000,
        },
        SqlState::DISK_FULL => Error::Full,
        SqlState::ADMIN_SHUTDOWN
        | SqlState::CRASH_SHUTDOWN
        | SqlState::CANNOT_CONNECT_NOW
        | SqlState::CONNECTION_FAILURE
        | SqlState::CONNECTION_EXCEPTION => Error::Gone {
            place,
            why: server.message().to_owned(),
        },
        SqlState::INVALID_CATALOG_NAME | SqlState::UNDEFINED_TABLE => Error::Absent { place },
        SqlState::INVALID_PASSWORD
        | SqlState::INVALID_AUTHORIZATION_SPECIFICATION
        | SqlState::INSUFFICIENT_PRIVILEGE => Error::Refused(format!(
            "{place}: the server refused: {}\n  hint: give the user's name and password in the address, or grant \
             the user what it lacks",
            server.message()
        )),
        _ => Error::Engine(server.message().to_owned()),
    }
}

impl ToSql for Value {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Integer(n) if *kind == Type::INT4 => i32::try_from(*n)?.to_sql(kind, out),
            Self::Integer(n) if *kind == Type::FLOAT8 => (*n as f64).to_sql(kind, out),
            Self::Integer(n) => n.to_sql(&Type::INT8, out),
            Self::Real(x) => x.to_sql(&Type::FLOAT8, out),
            Self::Text(text) => text.to_sql(&Type::TEXT, out),
            Self::Bytes(bytes) => bytes.to_sql(&Type::BYTEA, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// `?1` as PostgreSQL writes it.
fn numbered(sql: &str) -> String {
    sql.replace('?', "$")
}

fn value(row: &postgres::Row, at: usize) -> Result<Value, Error> {
    let kind = row.columns()[at].type_().clone();
    let wrong = |error: postgres::Error| Error::Engine(error.to_string());
    Ok(match kind {
        Type::INT8 => row.try_get::<_, Option<i64>>(at).map_err(wrong)?.into(),
        Type::INT4 => row
            .try_get::<_, Option<i32>>(at)
            .map_err(wrong)?
            .map(i64::from)
            .into(),
        Type::BOOL => row.try_get::<_, Option<bool>>(at).map_err(wrong)?.into(),
        Type::FLOAT8 => row.try_get::<_, Option<f64>>(at).map_err(wrong)?.into(),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at).map_err(wrong)?.into(),
        Type::TEXT | Type::VARCHAR | Type::NAME => {
            row.try_get::<_, Option<String>>(at).map_err(wrong)?.into()
        }
        other => {
            return Err(Error::Engine(format!(
                "a query gives a column of type {other}, which no table of a casebook has"
            )));
        }
    })
}

impl Database for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn place(&self) -> String {
        self.place.clone()
    }

    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, Error> {
        let values: Vec<&(dyn ToSql + Sync)> =
            values.iter().map(|it| it as &(dyn ToSql + Sync)).collect();
        self.client
            .execute(&numbered(sql), &values)
            .map_err(|error| told(&self.place, &error))
    }

    fn each(
        &mut self,
        sql: &str,
        values: &[Value],
        row: &mut dyn FnMut(Row) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let values = values.iter().map(|it| it as &(dyn ToSql + Sync));
        let mut rows = self
            .client
            .query_raw(&numbered(sql), values)
            .map_err(|error| told(&self.place, &error))?;
        while let Some(found) = rows.next().map_err(|error| told(&self.place, &error))? {
            let all = (0..found.len()).map(|at| value(&found, at));
            row(Row(all.collect::<Result<_, _>>()?))?;
        }
        Ok(())
    }

    fn script(&mut self, sql: &str) -> Result<(), Error> {
        self.client
            .batch_execute(sql)
            .map_err(|error| told(&self.place, &error))
    }

    fn begin(&mut self) -> Result<(), Error> {
        self.script("BEGIN")
    }

    fn lock_log(&mut self) -> Result<(), Error> {
        self.client
            .execute(
                &format!("SELECT pg_advisory_xact_lock($1, {CASEBOOK})"),
                &[&WRITING],
            )
            .map(|_| ())
            .map_err(|error| told(&self.place, &error))
    }

    fn hurry(&mut self, hurry: bool) -> Result<(), Error> {
        let wait = if hurry { MOMENT_MS } else { WAIT_MS };
        self.script(&format!("SET lock_timeout = {wait}"))
    }

    fn taking(&self, table: &str) -> String {
        // Whoever writes a row that names one of these needs no more than that its key stays.
        format!(" FOR NO KEY UPDATE OF {table} SKIP LOCKED")
    }

    fn begin_reading(&mut self) -> Result<(), Error> {
        self.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    }

    fn commit(&mut self) -> Result<(), Error> {
        self.script("COMMIT")
    }

    fn rollback(&mut self) {
        // A connection that is lost has rolled it back already.
        let _ = self.script("ROLLBACK");
    }

    fn reconnect(&mut self) -> Result<(), Error> {
        self.client = open(&self.config, &self.tls, &self.place)?;
        Ok(())
    }

    fn self_check(&mut self) -> Result<Vec<String>, Error> {
        // The server checks its pages when it reads them, where its checksums are on.
        Ok(Vec::new())
    }

    fn writer(&mut self) -> Result<Option<String>, Error> {
        // The halves of the lock's name stand in two columns, as numbers without a sign.
        let sql = format!(
            "SELECT a.pid, coalesce(a.application_name, ''), coalesce(a.state, ''), \
             coalesce(extract(epoch FROM now() - a.xact_start), 0)::bigint FROM pg_locks l \
             JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted AND \
             l.objsubid = 2 AND l.classid::bigint = {WRITING} AND \
             l.objid::bigint = {CASEBOOK}::bigint & 4294967295 AND l.database = (SELECT oid FROM pg_database \
             WHERE datname = current_database()) AND a.pid <> pg_backend_pid()"
        );
        let row = self.first(&sql, &[])?;
        Ok(row.map(|row| {
            format!(
                "process {} of the server ({}, {}) for {} s",
                row.integer(0).unwrap_or(0),
                row.words(1),
                row.words(2),
                row.integer(3).unwrap_or(0)
            )
        }))
    }

    fn version(&mut self) -> Result<String, Error> {
        let row = self.first("SHOW server_version", &[])?;
        Ok(format!(
            "PostgreSQL {}",
            row.map(|row| row.words(0)).unwrap_or_default()
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_shows_no_password() {
        let check = |address: &str, shown: &str| assert_eq!(without_password(address), shown);
        check("postgres://ana:secret@db/c", "postgres://ana@db/c");
        check("postgres://ana@db/c", "postgres://ana@db/c");
        check("postgres://db/c", "postgres://db/c");
        check("host=db password=secret", "the database");
        check("postgres://db/c?password=secret", "postgres://db/c");
        check(
            "postgres://ana:no@db/c?a=b&password=secret",
            "postgres://ana@db/c?a=b",
        );
    }
}

//! Who may log in to the desk, who is logged in, and who guesses at passwords.
//!
//! Comes in: names, hashes of passwords and of cookies, times. Goes out: the same. How a password is hashed and how
//! long a session lasts is not known here. What becomes of an account goes into the log; logging in does not.

use crate::{
    Error, Tx,
    database::{Database, Row, Value},
    log::{Hash, sha256},
    schema::table,
};

/// What somebody may do. A later one may do all that an earlier one may.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Look at everything.
    Reader,
    /// Decide.
    Reviewer,
    /// Say who may do what.
    Admin,
}

impl Role {
    /// All, the one that may least first.
    pub const ALL: [Self; 3] = [Self::Reader, Self::Reviewer, Self::Admin];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Reviewer => "reviewer",
            Self::Admin => "admin",
        }
    }

    /// The role of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Person {
    /// The name.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// Hash of the password; never shown.
    #[serde(skip)]
    pub password: String,
    /// When the account was made.
    pub added: String,
    /// When somebody last logged in to it.
    pub seen: Option<String>,
}

impl Person {
    fn of(row: &Row) -> Result<Self, Error> {
        let name = row.words(0);
        let role = Role::named(&row.words(1)).ok_or_else(|| Error::Damaged {
            place: format!("people {name}"),
            why: format!("there is no role {}", row.words(1)),
        })?;
        Ok(Self {
            name,
            role,
            password: row.words(2),
            added: row.words(3),
            seen: row.text(4).map(str::to_owned),
        })
    }
}

/// Somebody who is logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub person: Person,
    /// Since when.
    pub began: String,
    /// When last used, to some minutes.
    pub used: String,
}

/// All accounts, by name.
///
/// # Errors
///
/// What the engine says.
pub fn all(database: &mut dyn Database) -> Result<Vec<Person>, Error> {
    let rows = database.rows(&table("people").select(""), &[])?;
    rows.iter().map(Person::of).collect()
}

/// Whether there is any account.
///
/// # Errors
///
/// What the engine says.
pub fn any(database: &mut dyn Database) -> Result<bool, Error> {
    Ok(database
        .first("SELECT 1 FROM people LIMIT 1", &[])?
        .is_some())
}

/// An account by its name.
///
/// # Errors
///
/// What the engine says.
pub fn one(database: &mut dyn Database, name: &str) -> Result<Option<Person>, Error> {
    let row = database.first(&table("people").select("name = ?1"), &[name.into()])?;
    row.as_ref().map(Person::of).transpose()
}

/// Who is logged in with a cookie of this hash, however long ago.
///
/// # Errors
///
/// What the engine says.
pub fn session(database: &mut dyn Database, hash: &Hash) -> Result<Option<Session>, Error> {
    let sql = "SELECT p.name, p.role, p.password, p.added, p.seen, s.began, s.used FROM sessions s \
               JOIN people p ON p.name = s.person WHERE s.hash = ?1";
    let row = database.first(sql, &[hash.to_vec().into()])?;
    let session = |row: Row| {
        Ok(Session {
            person: Person::of(&row)?,
            began: row.words(5),
            used: row.words(6),
        })
    };
    row.map(session).transpose()
}

/// How often in a row logging in with a name failed, and when last.
///
/// # Errors
///
/// What the engine says.
pub fn failures(database: &mut dyn Database, name: &str) -> Result<Option<(i64, String)>, Error> {
    let sql = "SELECT failures, last FROM failed_logins WHERE name = ?1";
    let row = database.first(sql, &[key(name)])?;
    Ok(row.map(|row| (row.integer(0).unwrap_or(0), row.words(1))))
}

fn key(name: &str) -> Value {
    sha256(name.as_bytes()).to_vec().into()
}

impl Tx<'_> {
    /// Makes an account.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where there is one of that name.
    pub fn add_person(&mut self, person: &Person, who: &str) -> Result<(), Error> {
        if one(self.database, &person.name)?.is_some() {
            return Err(Error::Refused(format!(
                "{}: there is an account of that name\n  hint: `crossbearing people password {}` sets its password",
                person.name, person.name
            )));
        }
        let row = [
            person.name.as_str().into(),
            person.role.name().into(),
            person.password.as_str().into(),
            person.added.as_str().into(),
            Value::Null,
        ];
        self.database.execute(&table("people").insert(), &row)?;
        let detail = serde_json::json!({"role": person.role.name()}).to_string();
        self.tell(
            "person added",
            &person.name,
            Some(detail),
            &person.added,
            who,
        )
    }

    /// Sets a password, ends the account's sessions, and lets it in again where it was locked.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where there is no such account.
    pub fn set_password(
        &mut self,
        name: &str,
        password: &str,
        at: &str,
        who: &str,
    ) -> Result<(), Error> {
        let sql = "UPDATE people SET password = ?2 WHERE name = ?1";
        self.known(sql, &[name.into(), password.into()], name)?;
        self.end_sessions(name)?;
        self.forget_failures(name)?;
        self.tell("password set", name, None, at, who)
    }

    /// Says what somebody may do.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where there is no such account.
    pub fn set_role(&mut self, name: &str, role: Role, at: &str, who: &str) -> Result<(), Error> {
        let sql = "UPDATE people SET role = ?2 WHERE name = ?1";
        self.known(sql, &[name.into(), role.name().into()], name)?;
        let detail = serde_json::json!({"role": role.name()}).to_string();
        self.tell("role set", name, Some(detail), at, who)
    }

    /// Takes an account out, ends its sessions and takes its tokens out.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where there is no such account.
    pub fn remove_person(&mut self, name: &str, at: &str, who: &str) -> Result<(), Error> {
        self.end_sessions(name)?;
        self.forget_failures(name)?;
        for sql in [
            "DELETE FROM tokens WHERE person = ?1",
            "DELETE FROM visits WHERE person = ?1",
        ] {
            self.database.execute(sql, &[name.into()])?;
        }
        self.known("DELETE FROM people WHERE name = ?1", &[name.into()], name)?;
        self.tell("person removed", name, None, at, who)
    }

    /// Logs somebody in, and forgets sessions that began before `old`.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn begin_session(
        &mut self,
        hash: &Hash,
        name: &str,
        at: &str,
        old: &str,
    ) -> Result<(), Error> {
        self.database
            .execute("DELETE FROM sessions WHERE began < ?1", &[old.into()])?;
        let row = [hash.to_vec().into(), name.into(), at.into(), at.into()];
        self.database.execute(&table("sessions").insert(), &row)?;
        let sql = "UPDATE people SET seen = ?2 WHERE name = ?1";
        self.database.execute(sql, &[name.into(), at.into()])?;
        self.forget_failures(name)
    }

    /// Notes that a session is in use.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn use_session(&mut self, hash: &Hash, at: &str) -> Result<(), Error> {
        let sql = "UPDATE sessions SET used = ?2 WHERE hash = ?1";
        self.database
            .execute(sql, &[hash.to_vec().into(), at.into()])
            .map(|_| ())
    }

    /// Logs somebody out.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn end_session(&mut self, hash: &Hash) -> Result<(), Error> {
        let sql = "DELETE FROM sessions WHERE hash = ?1";
        self.database
            .execute(sql, &[hash.to_vec().into()])
            .map(|_| ())
    }

    /// Notes that logging in with a name failed, and forgets those that failed last before `old`.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn login_failed(&mut self, name: &str, at: &str, old: &str) -> Result<(), Error> {
        let sql = "DELETE FROM failed_logins WHERE last < ?1";
        self.database.execute(sql, &[old.into()])?;
        let sql = "INSERT INTO failed_logins (name, failures, last) VALUES (?1, 1, ?2) ON CONFLICT (name) DO UPDATE \
                   SET failures = failed_logins.failures + 1, last = excluded.last";
        self.database
            .execute(sql, &[key(name), at.into()])
            .map(|_| ())
    }

    fn forget_failures(&mut self, name: &str) -> Result<(), Error> {
        let sql = "DELETE FROM failed_logins WHERE name = ?1";
        self.database.execute(sql, &[key(name)]).map(|_| ())
    }

    fn end_sessions(&mut self, name: &str) -> Result<(), Error> {
        let sql = "DELETE FROM sessions WHERE person = ?1";
        self.database.execute(sql, &[name.into()]).map(|_| ())
    }

    fn known(&mut self, sql: &str, values: &[Value], name: &str) -> Result<(), Error> {
        if self.database.execute(sql, values)? > 0 {
            return Ok(());
        }
        Err(Error::Refused(format!(
            "{name}: there is no account of that name\n  hint: `crossbearing people list` shows which there are"
        )))
    }
}

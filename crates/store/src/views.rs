//! What people keep of the desk's lists: lists they come back to, and up to where they have seen what changed.

use crate::{
    Error, Tx,
    database::{Database, Row},
    schema::table,
};

/// Saved lists of a casebook, at most: they stand side by side on a page.
pub const MOST: i64 = 100;

/// A list that people come back to.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Saved {
    /// Its name.
    pub name: String,
    /// What it is narrowed to and ordered by, as it stands in an address behind the question mark.
    pub query: String,
    /// Who saved it.
    pub who: String,
    /// When.
    pub added: String,
}

impl Saved {
    fn of(row: &Row) -> Self {
        Self {
            name: row.words(0),
            query: row.words(1),
            who: row.words(2),
            added: row.words(3),
        }
    }
}

/// All saved lists, by name.
///
/// # Errors
///
/// What the engine says.
pub fn saved(database: &mut dyn Database) -> Result<Vec<Saved>, Error> {
    let rows = database.rows(&table("saved_views").select(""), &[])?;
    Ok(rows.iter().map(Saved::of).collect())
}

/// Number of the last entry of the log that somebody has seen, and when they said so.
///
/// # Errors
///
/// What the engine says.
pub fn seen_by(database: &mut dyn Database, person: &str) -> Result<Option<(i64, String)>, Error> {
    let sql = "SELECT seen, at FROM visits WHERE person = ?1";
    let row = database.first(sql, &[person.into()])?;
    Ok(row.map(|row| (row.integer(0).unwrap_or(0), row.words(1))))
}

impl Tx<'_> {
    /// Saves a list, in place of one of the same name.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where there are too many.
    pub fn save_view(&mut self, saved: &Saved) -> Result<(), Error> {
        let sql = "SELECT count(*) FROM saved_views WHERE name <> ?1";
        if self.database.number(sql, &[saved.name.as_str().into()])? >= MOST {
            return Err(Error::Refused(format!(
                "{MOST} lists are saved already\n  hint: take one out that nobody uses"
            )));
        }
        let sql = "INSERT INTO saved_views (name, query, who, added) VALUES (?1, ?2, ?3, ?4) \
                   ON CONFLICT (name) DO UPDATE SET query = excluded.query, who = excluded.who, added = excluded.added";
        let row =
            [&saved.name, &saved.query, &saved.who, &saved.added].map(|it| it.as_str().into());
        self.database.execute(sql, &row)?;
        let detail = serde_json::json!({"query": saved.query}).to_string();
        self.tell(
            "list saved",
            &saved.name,
            Some(detail),
            &saved.added,
            &saved.who,
        )
    }

    /// Takes a saved list out. Gives whether there was one.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn remove_view(&mut self, name: &str, at: &str, who: &str) -> Result<bool, Error> {
        let sql = "DELETE FROM saved_views WHERE name = ?1";
        if self.database.execute(sql, &[name.into()])? == 0 {
            return Ok(false);
        }
        self.tell("saved list removed", name, None, at, who)?;
        Ok(true)
    }

    /// Notes up to where in the log somebody has seen what changed. It never goes back.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn has_seen(&mut self, person: &str, seen: i64, at: &str) -> Result<(), Error> {
        let sql = "INSERT INTO visits (person, seen, at) VALUES (?1, ?2, ?3) ON CONFLICT (person) DO UPDATE \
                   SET seen = CASE WHEN excluded.seen > visits.seen THEN excluded.seen ELSE visits.seen END, \
                   at = excluded.at";
        self.database
            .execute(sql, &[person.into(), seen.into(), at.into()])
            .map(|_| ())
    }
}

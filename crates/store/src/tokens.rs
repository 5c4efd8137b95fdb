//! Tokens by which programs ask the desk.
//!
//! Comes in: hashes of tokens, scopes, times. Goes out: the same. A token's own words are never here. What becomes of a
//! token goes into the log; that one was used does not.

use crate::{
    Error, Tx,
    database::{Database, Row, Value},
    log::Hash,
    people::{self, Person},
    schema::table,
};

/// What may be done with a token.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Look at everything a reader sees.
    Read,
    /// Add reports.
    Add,
    /// Decide.
    Review,
}

impl Scope {
    /// All.
    pub const ALL: [Self; 3] = [Self::Read, Self::Add, Self::Review];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Add => "add",
            Self::Review => "review",
        }
    }

    /// The scope of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// A token, without its own words.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Token {
    /// Its name: `a:` and ten digits.
    pub id: String,
    /// Whose it is; `None` for one made where there were no accounts.
    pub person: Option<String>,
    /// What it is for.
    pub purpose: String,
    /// What may be done with it, in order, none twice.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub added: String,
    /// When it ends.
    pub ends: Option<String>,
    /// When it was last used, to some minutes.
    pub used: Option<String>,
}

impl Token {
    fn of(row: &Row) -> Self {
        let opt = |at: usize| row.text(at).map(str::to_owned);
        // A scope of a later program is none that this one could grant.
        let scopes = row.words(4);
        Self {
            id: row.words(0),
            person: opt(2),
            purpose: row.words(3),
            scopes: scopes.split(',').filter_map(Scope::named).collect(),
            added: row.words(5),
            ends: opt(6),
            used: opt(7),
        }
    }
}

const COLUMNS: &str = "id, hash, person, purpose, scopes, added, ends, used";

/// All tokens, or those of one person, the oldest first.
///
/// # Errors
///
/// What the engine says.
pub fn all(database: &mut dyn Database, person: Option<&str>) -> Result<Vec<Token>, Error> {
    let (condition, values): (&str, Vec<Value>) = match person {
        Some(person) => (" WHERE person = ?1", vec![person.into()]),
        None => ("", Vec::new()),
    };
    let sql = format!("SELECT {COLUMNS} FROM tokens{condition} ORDER BY added, id");
    Ok(database
        .rows(&sql, &values)?
        .iter()
        .map(Token::of)
        .collect())
}

/// The token of this hash, however long ago it ended, and whose it is.
///
/// # Errors
///
/// What the engine says.
pub fn by_hash(
    database: &mut dyn Database,
    hash: &Hash,
) -> Result<Option<(Token, Option<Person>)>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM tokens WHERE hash = ?1");
    let Some(row) = database.first(&sql, &[hash.to_vec().into()])? else {
        return Ok(None);
    };
    let token = Token::of(&row);
    let person = match &token.person {
        Some(name) => people::one(database, name)?,
        None => None,
    };
    Ok(Some((token, person)))
}

impl Tx<'_> {
    /// Keeps a token by its hash.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn add_token(&mut self, token: &Token, hash: &Hash, who: &str) -> Result<(), Error> {
        let scopes: Vec<&str> = token.scopes.iter().map(|it| it.name()).collect();
        let row = [
            token.id.as_str().into(),
            hash.to_vec().into(),
            token.person.as_ref().into(),
            token.purpose.as_str().into(),
            scopes.join(",").into(),
            token.added.as_str().into(),
            token.ends.as_ref().into(),
            Value::Null,
        ];
        self.database.execute(&table("tokens").insert(), &row)?;
        let detail =
            serde_json::json!({"person": token.person, "scopes": scopes, "ends": token.ends});
        self.tell(
            "token added",
            &token.id,
            Some(detail.to_string()),
            &token.added,
            who,
        )
    }

    /// Takes a token out; with `person`, only one of theirs. Gives whether there was one.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn remove_token(
        &mut self,
        id: &str,
        person: Option<&str>,
        at: &str,
        who: &str,
    ) -> Result<bool, Error> {
        let (condition, values): (&str, Vec<Value>) = match person {
            Some(person) => (" AND person = ?2", vec![id.into(), person.into()]),
            None => ("", vec![id.into()]),
        };
        let sql = format!("DELETE FROM tokens WHERE id = ?1{condition}");
        if self.database.execute(&sql, &values)? == 0 {
            return Ok(false);
        }
        self.tell("token removed", id, None, at, who)?;
        Ok(true)
    }

    /// Notes that a token is in use.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn use_token(&mut self, id: &str, at: &str) -> Result<(), Error> {
        let sql = "UPDATE tokens SET used = ?2 WHERE id = ?1";
        self.database
            .execute(sql, &[id.into(), at.into()])
            .map(|_| ())
    }
}

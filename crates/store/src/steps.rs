//! Steps of linking, and what each incident is called.

use std::collections::BTreeMap;

use crate::{
    Error, Tx,
    database::{
        Database, Value,
        list::{self, among_words},
    },
    log::{self, Hash, SetHash, digest, hex},
    schema::{Kind, TABLES, table},
};

/// Numbers or ids asked for in one query.
const CHUNK: usize = 2_000;

/// A step of linking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Its number, from 1; 0 before the first.
    pub number: i64,
    /// The version of the reader whose readings were linked.
    pub reader: String,
    /// Up to which report, and which judgement, it went.
    pub reports_to: i64,
    /// See `reports_to`.
    pub judgements_to: i64,
}

/// The last step; number 0 where there was none.
///
/// # Errors
///
/// What the engine says.
pub fn last(database: &mut dyn Database) -> Result<Step, Error> {
    let sql =
        "SELECT number, reader, reports_to, judgements_to FROM steps ORDER BY number DESC LIMIT 1";
    let row = database.first(sql, &[])?;
    Ok(row.map_or_else(Step::default, |row| Step {
        number: row.integer(0).unwrap_or(0),
        reader: row.words(1),
        reports_to: row.integer(2).unwrap_or(0),
        judgements_to: row.integer(3).unwrap_or(0),
    }))
}

/// How far the reports of a casebook were read by one version of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ready {
    /// Up to which report all were read.
    pub reports: i64,
    /// Whether that is all of them.
    pub all: bool,
    /// The last judgement.
    pub judgements: i64,
}

/// How far the reports were read by a version of the reader.
///
/// # Errors
///
/// What the engine says.
pub fn ready(database: &mut dyn Database, reader: &str) -> Result<Ready, Error> {
    let judgements = database.number("SELECT max(seq) FROM judgements", &[])?;
    // Counting is quick; which one is missing is looked for only where one is.
    let read = "SELECT count(*) FROM readings WHERE reader = ?1";
    let reports = "SELECT count(*) FROM reports";
    if database.number(read, &[reader.into()])? == database.number(reports, &[])? {
        let reports = database.number("SELECT max(seq) FROM reports", &[])?;
        return Ok(Ready {
            reports,
            all: true,
            judgements,
        });
    }
    // Reports that another process is still reading wait for the next step, and those after them.
    let unread = "SELECT min(r.seq) FROM reports r WHERE NOT EXISTS \
                  (SELECT 1 FROM readings d WHERE d.report = r.id AND d.reader = ?1)";
    let unread = database.number(unread, &[reader.into()])?;
    Ok(Ready {
        reports: unread.max(1) - 1,
        all: false,
        judgements,
    })
}

/// The reports after one number, up to another, in which something was read or to which a person added a claim: number,
/// id.
///
/// # Errors
///
/// What the engine says.
pub fn read_between(
    database: &mut dyn Database,
    after: i64,
    to: i64,
) -> Result<Vec<(i64, String)>, Error> {
    let sql = "SELECT r.seq, r.id FROM reports r JOIN readings d ON d.report = r.id WHERE d.reading IS NOT NULL AND \
               (d.scope IS NULL OR EXISTS (SELECT 1 FROM judgements j WHERE j.other = r.id AND j.kind = 'add')) AND \
               r.seq > ?1 AND r.seq <= ?2 ORDER BY r.seq";
    let rows = database.rows(sql, &[after.into(), to.into()])?;
    let numbered = rows
        .iter()
        .map(|row| (row.integer(0).unwrap_or(0), row.words(1)));
    Ok(numbered.collect())
}

/// Reports, and accounts of reports, that are to be linked anew though nobody judged them.
///
/// # Errors
///
/// What the engine says.
pub fn disturbed(database: &mut dyn Database) -> Result<Vec<String>, Error> {
    let sql = "SELECT \"value\" FROM settings WHERE name = 'disturbed'";
    let row = database.first(sql, &[])?;
    Ok(row
        .and_then(|row| serde_json::from_str(row.text(0)?).ok())
        .unwrap_or_default())
}

impl Tx<'_> {
    /// Has reports and accounts linked anew by the next step.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn disturb(&mut self, parts: &[String]) -> Result<(), Error> {
        let mut all = disturbed(self.database())?;
        all.extend(parts.iter().cloned());
        all.sort();
        all.dedup();
        self.set("disturbed", &serde_json::Value::from(all).to_string())
    }

    /// The step has been taken.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn settled(&mut self) -> Result<(), Error> {
        self.set("disturbed", "[]")?;
        self.set("relink", "0")
    }
}

/// The ids of reports by their numbers; those that are none are left out.
///
/// # Errors
///
/// What the engine says.
pub fn ids(database: &mut dyn Database, numbers: &[i64]) -> Result<Vec<(i64, String)>, Error> {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    let mut out = Vec::new();
    for chunk in numbers.chunks(CHUNK) {
        // Numbers may stand in a statement as they are.
        let sql = format!(
            "SELECT seq, id FROM reports WHERE seq IN ({}) ORDER BY seq",
            chunk.join(", ")
        );
        let rows = database.rows(&sql, &[])?;
        out.extend(
            rows.iter()
                .map(|row| (row.integer(0).unwrap_or(0), row.words(1))),
        );
    }
    Ok(out)
}

/// The numbers of reports by their ids; those that are none are left out.
///
/// # Errors
///
/// What the engine says.
pub fn numbers(database: &mut dyn Database, ids: &[String]) -> Result<Vec<(i64, String)>, Error> {
    let among = among_words(database.dialect(), "id");
    let sql = format!("SELECT seq, id FROM reports WHERE {among} ORDER BY seq");
    let mut out = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let rows = database.rows(&sql, &[list::words(chunk)])?;
        out.extend(
            rows.iter()
                .map(|row| (row.integer(0).unwrap_or(0), row.words(1))),
        );
    }
    Ok(out)
}

/// The reports that some parts stand in: of an account its report, of a report itself.
///
/// # Errors
///
/// What the engine says.
pub fn reports_of(
    database: &mut dyn Database,
    parts: &[String],
) -> Result<BTreeMap<String, String>, Error> {
    let among = among_words(database.dialect(), "id");
    let sql = format!("SELECT id, report FROM accounts WHERE {among}");
    let mut out: BTreeMap<String, String> =
        parts.iter().map(|id| (id.clone(), id.clone())).collect();
    for chunk in parts.chunks(CHUNK) {
        for row in database.rows(&sql, &[list::words(chunk)])? {
            out.insert(row.words(0), row.words(1));
        }
    }
    Ok(out)
}

/// The open cases that some parts are in.
///
/// # Errors
///
/// What the engine says.
pub fn cases_of(database: &mut dyn Database, parts: &[String]) -> Result<Vec<String>, Error> {
    let among = among_words(database.dialect(), "part");
    let sql = format!("SELECT DISTINCT case_id FROM case_members WHERE {among} ORDER BY case_id");
    let mut out = Vec::new();
    for chunk in parts.chunks(CHUNK) {
        out.extend(
            database
                .rows(&sql, &[list::words(chunk)])?
                .iter()
                .map(|row| row.words(0)),
        );
    }
    out.sort();
    out.dedup();
    Ok(out)
}

/// What open cases are made of: case, part, when the part's report was published. All cases, or some.
///
/// # Errors
///
/// What the engine says.
pub fn members(
    database: &mut dyn Database,
    cases: Option<&[String]>,
) -> Result<Vec<(String, String, Option<String>)>, Error> {
    let mut out = Vec::new();
    let mut take = |row: crate::database::Row| {
        out.push((row.words(0), row.words(1), row.text(2).map(str::to_owned)));
        Ok(())
    };
    let from = "SELECT m.case_id, m.part, m.published FROM case_members m JOIN cases c ON c.id = m.case_id \
                WHERE c.state = 'open'";
    let order = "ORDER BY m.case_id, m.part";
    match cases {
        None => database.each(&format!("{from} {order}"), &[], &mut take)?,
        Some(cases) => {
            let among = among_words(database.dialect(), "m.case_id");
            let sql = format!("{from} AND {among} {order}");
            for chunk in cases.chunks(CHUNK) {
                database.each(&sql, &[list::words(chunk)], &mut take)?;
            }
        }
    }
    Ok(out)
}

/// Whether a case is open.
///
/// # Errors
///
/// What the engine says.
pub fn is_open(database: &mut dyn Database, case: &str) -> Result<bool, Error> {
    let sql = "SELECT count(*) FROM cases WHERE id = ?1 AND state = 'open'";
    Ok(database.number(sql, &[case.into()])? > 0)
}

/// How many incidents have a dossier.
///
/// # Errors
///
/// What the engine says.
pub fn incidents(database: &mut dyn Database) -> Result<u64, Error> {
    let n = database.number("SELECT count(*) FROM incidents", &[])?;
    Ok(u64::try_from(n).unwrap_or(0))
}

/// Open cases without a dossier that come after one in order of ids, so many at most.
///
/// # Errors
///
/// What the engine says.
pub fn without_dossier(
    database: &mut dyn Database,
    after: &str,
    most: usize,
) -> Result<Vec<String>, Error> {
    let sql = format!(
        "SELECT c.id FROM cases c WHERE c.state = 'open' AND c.id > ?1 AND NOT EXISTS \
         (SELECT 1 FROM incidents i WHERE i.case_id = c.id) ORDER BY c.id LIMIT {most}"
    );
    let rows = database.rows(&sql, &[after.into()])?;
    Ok(rows.iter().map(|row| row.words(0)).collect())
}

/// The reports of an open case, each with the account that tells of it in passing; sorted.
///
/// # Errors
///
/// What the engine says.
pub fn told_by(
    database: &mut dyn Database,
    case: &str,
) -> Result<Vec<(String, Option<String>)>, Error> {
    let sql = "SELECT m.part, coalesce(a.report, m.part) FROM case_members m \
               LEFT JOIN accounts a ON a.id = m.part WHERE m.case_id = ?1 ORDER BY m.part";
    let rows = database.rows(sql, &[case.into()])?;
    let mut out: Vec<(String, Option<String>)> = rows
        .iter()
        .map(|row| {
            let (part, report) = (row.words(0), row.words(1));
            let account = (part != report).then_some(part);
            (report, account)
        })
        .collect();
    out.sort();
    Ok(out)
}

/// The hash of all rows that were given: steps, cases and their members.
///
/// # Errors
///
/// What the engine says.
pub fn given_hash(database: &mut dyn Database) -> Result<SetHash, Error> {
    let mut out = SetHash::default();
    for own in TABLES.iter().filter(|table| table.kind == Kind::Given) {
        database.each(&own.select(""), &[], &mut |row| {
            out.add(&given_row(own.name, &row.0));
            Ok(())
        })?;
    }
    Ok(out)
}

/// The hash of one row that was given.
pub fn given_row(table: &str, row: &[Value]) -> Hash {
    log::digest_of(&[log::sha256(table.as_bytes()), digest(row)])
}

/// Writes what is given, and keeps the hash of all its rows.
pub struct Given {
    hash: SetHash,
}

impl Given {
    /// Begins with what is kept.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn read(tx: &mut Tx<'_>) -> Result<Self, Error> {
        let kept = tx
            .database()
            .first("SELECT \"value\" FROM settings WHERE name = 'given'", &[])?;
        let kept = kept.and_then(|row| row.text(0).and_then(SetHash::parse));
        let hash = match kept {
            Some(hash) => hash,
            None => given_hash(tx.database())?,
        };
        Ok(Self { hash })
    }

    /// Keeps the hash; gives it.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn keep(&self, tx: &mut Tx<'_>) -> Result<Hash, Error> {
        tx.set("given", &hex(&self.hash.0))?;
        Ok(self.hash.0)
    }

    fn put(&mut self, tx: &mut Tx<'_>, name: &str, row: &[Value]) -> Result<(), Error> {
        tx.database().execute(&table(name).insert(), row)?;
        self.hash.add(&given_row(name, row));
        Ok(())
    }

    /// Takes the rows of a case out of a table.
    fn take(&mut self, tx: &mut Tx<'_>, name: &str, column: &str, case: &str) -> Result<(), Error> {
        let condition = format!("{column} = ?1");
        let rows = tx
            .database()
            .rows(&table(name).select(&condition), &[case.into()])?;
        for row in rows {
            self.hash.remove(&given_row(name, &row.0));
        }
        let sql = format!("DELETE FROM {name} WHERE {condition}");
        tx.database().execute(&sql, &[case.into()])?;
        Ok(())
    }

    /// Adds a step; `anew` says that all was linked anew.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn step(&mut self, tx: &mut Tx<'_>, step: &Step, anew: bool) -> Result<(), Error> {
        let row: Vec<Value> = vec![
            step.number.into(),
            step.reader.as_str().into(),
            step.reports_to.into(),
            step.judgements_to.into(),
            anew.into(),
        ];
        self.put(tx, "steps", &row)
    }

    /// Opens a case, split off another one or not. One that ended and begins as this incident does is this incident:
    /// its name comes back.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn open(
        &mut self,
        tx: &mut Tx<'_>,
        case: &str,
        step: i64,
        split_from: Option<&str>,
        members: &[(String, Option<String>)],
    ) -> Result<(), Error> {
        self.take(tx, "cases", "id", case)?;
        let row: [Value; 5] = [
            case.into(),
            step.into(),
            "open".into(),
            Value::Null,
            split_from.into(),
        ];
        self.put(tx, "cases", &row)?;
        self.members(tx, case, members)
    }

    /// Says what an open case is made of now.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn members(
        &mut self,
        tx: &mut Tx<'_>,
        case: &str,
        members: &[(String, Option<String>)],
    ) -> Result<(), Error> {
        self.take(tx, "case_members", "case_id", case)?;
        for (part, published) in members {
            let row: [Value; 3] = [case.into(), part.into(), published.clone().into()];
            self.put(tx, "case_members", &row)?;
        }
        Ok(())
    }

    /// Ends a case: `merged` into another, or `empty`.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn end(
        &mut self,
        tx: &mut Tx<'_>,
        case: &str,
        state: &str,
        into: Option<&str>,
    ) -> Result<(), Error> {
        // Its dossier names it.
        tx.remove_incident(case)?;
        self.take(tx, "case_members", "case_id", case)?;
        let row = tx
            .database()
            .first(&table("cases").select("id = ?1"), &[case.into()])?;
        self.take(tx, "cases", "id", case)?;
        if let Some(mut row) = row.map(|row| row.0) {
            row[2] = state.into();
            row[3] = into.into();
            self.put(tx, "cases", &row)?;
        }
        Ok(())
    }
}

//! What was read and reconciled: whole, as the program keeps it, and in rows that people query.
//!
//! All of it is derived. The rows follow from the reading or the dossier that is kept beside them, which [`verify`]
//! holds them to; numbers of rows follow from the number of the report, so that whatever is made again is the same.

use model::{Account, Dossier, Note, Reading};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Tx,
    arrivals::{STORED, Stored},
    bytes::{pack, unpack},
    database::{Database, Value},
    schema::{Kind, TABLES, table},
    search,
};

mod check;
mod incidents;
mod rows;

pub use check::{indexes, verify};
pub use rows::{chain, who};

use incidents::incident_rows;
use rows::{Rows, STRIDE, json};

/// A reading without report and text, which have rows of their own, and without sentences and linking keys, which
/// follow from the rest.
#[derive(Serialize, Deserialize)]
struct Kept {
    accounts: Vec<Account>,
    notes: Vec<Note>,
}

impl Tx<'_> {
    /// Keeps what was read from a report, in place of what was read before.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn put_reading(&mut self, seq: i64, reader: &str, reading: &Reading) -> Result<(), Error> {
        self.remove_reading(seq, reading.report.id.as_str())?;
        let kept = json(&Kept {
            accounts: reading.accounts.clone(),
            notes: reading.notes.clone(),
        })?;
        let scope = reading
            .notes
            .iter()
            .find(|note| note.code == "out-of-scope");
        let row = [
            reading.report.id.as_str().into(),
            reader.into(),
            pack(kept.as_bytes()).into(),
            Value::Null,
            scope.map(|note| note.code.as_str()).into(),
        ];
        self.database.execute(&table("readings").insert(), &row)?;
        let rows = Rows::of(seq, reading)?;
        for (own, rows) in rows.each() {
            let sql = own.insert();
            for row in rows {
                self.database.execute(&sql, row)?;
            }
        }
        let mut folded = String::new();
        for row in &rows.claims {
            folded.clear();
            for at in ["slot", "speakers", "quote"] {
                if let Value::Text(words) = &row[table("claims").at(at)] {
                    search::fold_into(words, &mut folded);
                }
            }
            if let Value::Integer(at) = row[0] {
                search::put(self.database, "search_claims", at, &folded)?;
            }
        }
        for row in &rows.names {
            folded.clear();
            if let (Value::Integer(at), Value::Text(words)) = (&row[0], &row[3]) {
                search::fold_into(words, &mut folded);
                search::put(self.database, "search_names", *at, &folded)?;
            }
        }
        Ok(())
    }

    /// Keeps that reading failed, so that it is not tried again by the same reader.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn put_failure(
        &mut self,
        seq: i64,
        report: &str,
        reader: &str,
        why: &str,
    ) -> Result<(), Error> {
        self.remove_reading(seq, report)?;
        let row = [
            report.into(),
            reader.into(),
            Value::Null,
            why.into(),
            Value::Null,
        ];
        self.database.execute(&table("readings").insert(), &row)?;
        Ok(())
    }

    /// Forgets what was read from a report.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn remove_reading(&mut self, seq: i64, report: &str) -> Result<(), Error> {
        let had = "SELECT 1 FROM readings WHERE report = ?1";
        if self.database.number(had, &[report.into()])? == 0 {
            return Ok(());
        }
        let (from, to) = (seq * STRIDE, (seq + 1) * STRIDE - 1);
        for index in ["search_claims", "search_names"] {
            search::remove(self.database, index, from, to)?;
        }
        let range = [from.into(), to.into()];
        let statements = [
            "DELETE FROM quotes WHERE claim_seq >= ?1 AND claim_seq <= ?2",
            "DELETE FROM claims WHERE seq >= ?1 AND seq <= ?2",
            "DELETE FROM names WHERE seq >= ?1 AND seq <= ?2",
        ];
        for sql in statements {
            self.database.execute(sql, &range)?;
        }
        for sql in [
            "DELETE FROM accounts WHERE report = ?1",
            "DELETE FROM readings WHERE report = ?1",
        ] {
            self.database.execute(sql, &[report.into()])?;
        }
        Ok(())
    }

    /// Keeps a dossier under its case, in place of the one before. `members` are its reports, each with the account
    /// that tells of it in passing; `judged` is how many judgements bear on it.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn put_incident(
        &mut self,
        dossier: &Dossier,
        members: &[(String, Option<String>)],
        judged: usize,
    ) -> Result<(), Error> {
        let case = dossier.incident.case.as_str();
        self.remove_incident(case)?;
        for (own, rows) in incident_rows(dossier, members, judged)? {
            let sql = own.insert();
            for row in &rows {
                self.database.execute(&sql, row)?;
            }
        }
        Ok(())
    }

    /// Forgets an incident's dossier.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn remove_incident(&mut self, case: &str) -> Result<(), Error> {
        for own in [
            "lineage",
            "origins",
            "near_duplicates",
            "relations",
            "findings",
            "incident_reports",
            "incidents",
        ] {
            let sql = format!("DELETE FROM {own} WHERE case_id = ?1");
            self.database.execute(&sql, &[case.into()])?;
        }
        Ok(())
    }
}

/// Forgets all that is derived, and the words of claims and names in the indexes. The steps of linking stay: by them it
/// comes again.
///
/// # Errors
///
/// What the engine says.
pub fn remove_derived(tx: &mut Tx<'_>) -> Result<(), Error> {
    for table in TABLES
        .iter()
        .rev()
        .filter(|table| table.kind == Kind::Derived)
    {
        tx.database
            .execute(&format!("DELETE FROM {}", table.name), &[])?;
    }
    for index in ["search_claims", "search_names"] {
        search::remove(tx.database, index, i64::MIN, i64::MAX)?;
    }
    Ok(())
}

/// A reading as it is kept: its sentences and linking keys are empty.
///
/// # Errors
///
/// [`Error::Damaged`] when its bytes are.
pub fn reading_of(stored: Stored, packed: &[u8]) -> Result<Reading, Error> {
    let damaged = |why: &str| Error::Damaged {
        place: format!("readings {}", stored.report.id),
        why: why.to_owned(),
    };
    let bytes = unpack(packed).map_err(|_| damaged("its gzip is damaged"))?;
    let kept: Kept =
        serde_json::from_slice(&bytes).map_err(|_| damaged("it is no reading of this program"))?;
    let (report, text) = (stored.report, stored.text);
    Ok(Reading::new(report, text, kept.accounts, kept.notes))
}

/// A reading as it is kept, not unpacked yet: that is work for all cores.
#[derive(Clone, Debug)]
pub struct Packed {
    /// The report with its text.
    pub stored: Stored,
    /// The rest.
    bytes: Vec<u8>,
}

impl Packed {
    /// The reading; its sentences and linking keys are empty.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] when its bytes are.
    pub fn reading(&self) -> Result<Reading, Error> {
        reading_of(self.stored.clone(), &self.bytes)
    }
}

/// The readings of some reports that were read, in the order asked for; those that were not read, or failed, are left
/// out.
///
/// # Errors
///
/// [`Error::Damaged`] when a report is.
pub fn packed(database: &mut dyn Database, reports: &[String]) -> Result<Vec<Packed>, Error> {
    let mut out = Vec::new();
    let sql = format!("{STORED} WHERE r.id = ?1");
    for id in reports {
        let reading = "SELECT reading FROM readings WHERE report = ?1 AND reading IS NOT NULL";
        let Some(row) = database.first(reading, &[id.into()])? else {
            continue;
        };
        if let Some(stored) = database.first(&sql, &[id.into()])? {
            out.push(Packed {
                stored: Stored::of(&stored)?,
                bytes: row.bytes(0).unwrap_or_default().to_vec(),
            });
        }
    }
    Ok(out)
}

/// The same, unpacked.
///
/// # Errors
///
/// [`Error::Damaged`] when one is.
pub fn readings(database: &mut dyn Database, reports: &[String]) -> Result<Vec<Reading>, Error> {
    packed(database, reports)?
        .iter()
        .map(Packed::reading)
        .collect()
}

/// The dossier of a case; `None` where there is none.
///
/// # Errors
///
/// [`Error::Damaged`] when it is.
pub fn dossier(database: &mut dyn Database, case: &str) -> Result<Option<Dossier>, Error> {
    let sql = "SELECT dossier FROM incidents WHERE case_id = ?1";
    let Some(row) = database.first(sql, &[case.into()])? else {
        return Ok(None);
    };
    dossier_of(case, row.bytes(0).unwrap_or_default()).map(Some)
}

/// A dossier from the bytes that are kept of it.
///
/// # Errors
///
/// [`Error::Damaged`] when they are.
pub fn dossier_of(case: &str, packed: &[u8]) -> Result<Dossier, Error> {
    let damaged = |why: &str| Error::Damaged {
        place: format!("incidents {case}"),
        why: why.to_owned(),
    };
    let bytes = unpack(packed).map_err(|_| damaged("its gzip is damaged"))?;
    serde_json::from_slice(&bytes).map_err(|_| damaged("it is no dossier of this program"))
}

/// The cases whose dossiers a report is part of.
///
/// # Errors
///
/// What the engine says.
pub fn cases_of(database: &mut dyn Database, report: &str) -> Result<Vec<String>, Error> {
    let sql = "SELECT case_id FROM incident_reports WHERE report = ?1 ORDER BY case_id";
    let rows = database.rows(sql, &[report.into()])?;
    Ok(rows.iter().map(|row| row.words(0)).collect())
}

/// The reports that are about a case.
///
/// # Errors
///
/// What the engine says.
pub fn about(database: &mut dyn Database, case: &str) -> Result<Vec<String>, Error> {
    let sql = "SELECT report FROM incident_reports WHERE case_id = ?1 AND account IS NULL ORDER BY report";
    let rows = database.rows(sql, &[case.into()])?;
    Ok(rows.iter().map(|row| row.words(0)).collect())
}

/// The other reports that are about what a report is about.
///
/// # Errors
///
/// What the engine says.
pub fn fellows(database: &mut dyn Database, report: &str) -> Result<Vec<String>, Error> {
    let sql = "SELECT i.report FROM incident_reports i WHERE i.case_id IN (SELECT case_id FROM incident_reports \
               WHERE report = ?1 AND account IS NULL) AND i.account IS NULL AND i.report <> ?1 ORDER BY i.report";
    let rows = database.rows(sql, &[report.into()])?;
    Ok(rows.iter().map(|row| row.words(0)).collect())
}

/// Hands over all dossiers, by the first day of each.
///
/// # Errors
///
/// What the engine says, [`Error::Damaged`] when one is, or the first error that `each` gives.
pub fn each_dossier(
    database: &mut dyn Database,
    each: &mut dyn FnMut(Dossier) -> Result<(), Error>,
) -> Result<(), Error> {
    let sql = "SELECT case_id, dossier FROM incidents ORDER BY coalesce(day_from, ''), case_id";
    database.each(sql, &[], &mut |row| {
        each(dossier_of(&row.words(0), row.bytes(1).unwrap_or_default())?)
    })
}

/// A claim in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimLine {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub slot: String,
    /// The words of the value.
    pub words: Option<String>,
    /// How firmly it is said.
    pub stance: String,
    /// Who says so.
    pub speakers: String,
}

/// The claims of a report, in order.
///
/// # Errors
///
/// What the engine says.
pub fn claims_of(database: &mut dyn Database, report: &str) -> Result<Vec<ClaimLine>, Error> {
    let sql = "SELECT id, slot, words, stance, speakers FROM claims WHERE report = ?1 ORDER BY seq";
    let rows = database.rows(sql, &[report.into()])?;
    let line = |row: &crate::database::Row| ClaimLine {
        id: row.words(0),
        slot: row.words(1),
        words: row.text(2).map(str::to_owned),
        stance: row.words(3),
        speakers: row.words(4),
    };
    Ok(rows.iter().map(line).collect())
}

/// How many reports no reader has read, or one of another version.
///
/// # Errors
///
/// What the engine says.
pub fn unread(database: &mut dyn Database, reader: &str) -> Result<u64, Error> {
    let sql = "SELECT count(*) FROM reports r WHERE NOT EXISTS \
               (SELECT 1 FROM readings d WHERE d.report = r.id AND d.reader = ?1)";
    let n = database.number(sql, &[reader.into()])?;
    Ok(u64::try_from(n).unwrap_or(0))
}

/// A report that was to be read and cannot be: number, id, why.
pub type Damaged = (i64, String, Error);

/// The next reports to read, so many at most, those left out that another process is on. `after` is a number that all
/// of them are above.
///
/// # Errors
///
/// What the engine says.
pub fn next_unread(
    database: &mut dyn Database,
    reader: &str,
    after: i64,
    most: usize,
) -> Result<Vec<Result<Stored, Damaged>>, Error> {
    let taking = database.taking("r");
    let sql = format!(
        "{STORED} WHERE r.seq > ?2 AND NOT EXISTS (SELECT 1 FROM readings d WHERE d.report = r.id AND d.reader = ?1) \
         ORDER BY r.seq LIMIT {most}{taking}"
    );
    let rows = database.rows(&sql, &[reader.into(), after.into()])?;
    let stored = rows.iter().map(|row| {
        Stored::of(row).map_err(|error| (row.integer(0).unwrap_or(0), row.words(1), error))
    });
    Ok(stored.collect())
}

/// Whether a version of the reader has read a report.
///
/// # Errors
///
/// What the engine says.
pub fn is_read(database: &mut dyn Database, report: &str, reader: &str) -> Result<bool, Error> {
    let sql = "SELECT count(*) FROM readings WHERE report = ?1 AND reader = ?2";
    Ok(database.number(sql, &[report.into(), reader.into()])? > 0)
}

/// All cases that have a dossier.
///
/// # Errors
///
/// What the engine says.
pub fn cases(database: &mut dyn Database) -> Result<Vec<String>, Error> {
    let rows = database.rows("SELECT case_id FROM incidents ORDER BY case_id", &[])?;
    Ok(rows.iter().map(|row| row.words(0)).collect())
}

/// The reports of a case, each with the account that tells of it in passing.
///
/// # Errors
///
/// What the engine says.
pub fn members(
    database: &mut dyn Database,
    case: &str,
) -> Result<Vec<(String, Option<String>)>, Error> {
    let sql = "SELECT report, account FROM incident_reports WHERE case_id = ?1 ORDER BY report";
    let rows = database.rows(sql, &[case.into()])?;
    Ok(rows
        .iter()
        .map(|row| (row.words(0), row.text(1).map(str::to_owned)))
        .collect())
}

//! What people decided.
//!
//! A judgement is never changed: a later one on the same thing stands in its place, and one of kind `undo` takes it
//! back, which brings back the one before. Whoever decides says which judgement was the latest that they saw; where
//! another came since, that is a conflict, told and not lost.

use crate::{
    Error, Tx,
    database::{Database, Row, Value},
    log::{self, Entry, hex},
    schema::table,
};

/// What is decided about a thing.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Decided {
    /// `accept`, `reject`, `correct`, `add`, `same`, `different`, `merge`, `split`, `move`, `undo`.
    pub kind: String,
    /// Id of a claim, proposal, report, incident, or of the judgement undone.
    pub subject: String,
    /// The second report or incident; the report to which a claim is added, or proposed.
    pub other: Option<String>,
    /// What is corrected: `value`, `scope`, `stance`, `speaker`.
    pub field: Option<String>,
    /// What it is corrected to, the claim that is added, or which reports are split off, JSON.
    pub value: Option<String>,
    /// Why.
    pub reason: String,
    /// What stood there, JSON.
    pub before: Option<String>,
}

/// A judgement as it is kept.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Judgement {
    /// Its number.
    pub seq: i64,
    /// Its id.
    pub id: String,
    /// When.
    pub at: String,
    /// Who decided.
    pub who: String,
    /// What.
    #[serde(flatten)]
    pub decided: Decided,
}

impl Judgement {
    pub(crate) fn of(row: &Row) -> Self {
        let opt = |at: usize| row.text(at).map(str::to_owned);
        Self {
            seq: row.integer(0).unwrap_or(0),
            id: row.words(1),
            at: row.words(2),
            who: row.words(3),
            decided: Decided {
                kind: row.words(4),
                subject: row.words(5),
                other: opt(6),
                field: opt(7),
                value: opt(8),
                reason: row.words(9),
                before: opt(10),
            },
        }
    }
}

/// All judgements up to a number, in order, those taken back included.
///
/// # Errors
///
/// What the engine says.
pub fn all(database: &mut dyn Database, up_to: i64) -> Result<Vec<Judgement>, Error> {
    let rows = database.rows(&table("judgements").select("seq <= ?1"), &[up_to.into()])?;
    Ok(rows.iter().map(Judgement::of).collect())
}

/// The judgements on a thing, in order, those taken back included.
///
/// # Errors
///
/// What the engine says.
pub fn on(database: &mut dyn Database, subject: &str) -> Result<Vec<Judgement>, Error> {
    let sql = table("judgements").select("subject = ?1 OR other = ?1");
    let rows = database.rows(&sql, &[subject.into()])?;
    Ok(rows.iter().map(Judgement::of).collect())
}

/// Some judgements with all that took one of them back, or took that back, and so on, in order.
///
/// # Errors
///
/// What the engine says.
pub fn all_about(database: &mut dyn Database, some: &[Judgement]) -> Result<Vec<Judgement>, Error> {
    let mut all = some.to_vec();
    // An undoing names the judgement that it takes back, and comes after it.
    let mut at = 0;
    while let Some(judgement) = all.get(at) {
        let id = judgement.id.clone();
        all.extend(on(database, &id)?);
        at += 1;
    }
    all.sort_by_key(|it| it.seq);
    all.dedup_by_key(|it| it.seq);
    Ok(all)
}

/// One judgement by its id.
///
/// # Errors
///
/// [`Error::Unknown`] where there is none.
pub fn one(database: &mut dyn Database, id: &str) -> Result<Judgement, Error> {
    let row = database.first(&table("judgements").select("id = ?1"), &[id.into()])?;
    row.map(|row| Judgement::of(&row))
        .ok_or_else(|| Error::Unknown {
            what: "the judgement",
            subject: id.to_owned(),
        })
}

/// Those of some judgements that hold: without those taken back, and without undoings.
pub fn holding(all: &[Judgement]) -> Vec<&Judgement> {
    let mut undone: std::collections::BTreeSet<&str> = std::collections::BTreeSet::new();
    // The latest first: an undoing that was itself undone undoes nothing.
    for judgement in all.iter().rev() {
        if judgement.decided.kind == "undo" && !undone.contains(judgement.id.as_str()) {
            undone.insert(&judgement.decided.subject);
        }
    }
    all.iter()
        .filter(|it| it.decided.kind != "undo" && !undone.contains(it.id.as_str()))
        .collect()
}

impl Tx<'_> {
    /// Keeps a judgement. `seen` is the number of the latest judgement on the thing that whoever decides has seen;
    /// `None` asks for no such check.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] when somebody decided since.
    pub fn judge(
        &mut self,
        decided: &Decided,
        who: &str,
        at: &str,
        seen: Option<i64>,
    ) -> Result<Judgement, Error> {
        if let Some(seen) = seen {
            let later = on(self.database, &decided.subject)?;
            if let Some(other) = later.iter().rev().find(|it| it.seq > seen) {
                return Err(Error::Conflict {
                    subject: decided.subject.clone(),
                    who: other.who.clone(),
                    since: format!("{}: {}", other.decided.kind, other.decided.reason),
                });
            }
        }
        // One that was purged may have been the last: its number is not given again, for a step of linking went that
        // far.
        let linked = self
            .database
            .number("SELECT max(judgements_to) FROM steps", &[])?;
        let seq = self.next("judgements")?.max(linked + 1);
        let content = serde_json::json!([seq, at, who, decided]).to_string();
        let id = format!("j:{}", &hex(&log::sha256(content.as_bytes()))[..20]);
        let row: Vec<Value> = vec![
            seq.into(),
            id.as_str().into(),
            at.into(),
            who.into(),
            decided.kind.as_str().into(),
            decided.subject.as_str().into(),
            decided.other.as_ref().into(),
            decided.field.as_ref().into(),
            decided.value.as_ref().into(),
            decided.reason.as_str().into(),
            decided.before.as_ref().into(),
        ];
        let digest = self.insert(table("judgements"), &row)?;
        self.append(Entry {
            at: at.to_owned(),
            what: "judged",
            who: who.to_owned(),
            subject: id.clone(),
            detail: Some(
                serde_json::json!({"kind": decided.kind, "subject": decided.subject}).to_string(),
            ),
            digest: Some(digest),
        })?;
        Ok(Judgement {
            seq,
            id,
            at: at.to_owned(),
            who: who.to_owned(),
            decided: decided.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(seq: i64, kind: &str, subject: &str) -> Judgement {
        Judgement {
            seq,
            id: format!("j:{seq}"),
            at: String::new(),
            who: "Ana".to_owned(),
            decided: Decided {
                kind: kind.to_owned(),
                subject: subject.to_owned(),
                other: None,
                field: None,
                value: None,
                reason: String::new(),
                before: None,
            },
        }
    }

    #[test]
    fn what_is_taken_back_does_not_hold_until_that_is_taken_back() {
        let mut all = vec![
            made(1, "reject", "c:1"),
            made(2, "accept", "c:2"),
            made(3, "undo", "j:1"),
        ];
        let held =
            |all: &[Judgement]| -> Vec<i64> { holding(all).iter().map(|it| it.seq).collect() };
        assert_eq!(held(&all), [2]);
        all.push(made(4, "undo", "j:3"));
        assert_eq!(held(&all), [1, 2]);
        all.push(made(5, "undo", "j:4"));
        assert_eq!(held(&all), [2]);
    }
}

//! Taking a report out for good.

use std::collections::BTreeSet;

use crate::{
    Error, Tx,
    arrivals::report,
    database::Value,
    log::{Entry, Hash, hash_at, hex},
    results::members,
    schema::table,
    search,
};

/// What a purge took out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// Captures.
    pub captures: usize,
    /// Judgements on its claims and on it.
    pub judgements: usize,
    /// Bytes as received that no other report has; to be taken out once the transaction is made last.
    pub bytes: Vec<Hash>,
    /// Cases that it was part of, whose dossiers are to be made anew.
    pub cases: Vec<String>,
}

impl Tx<'_> {
    /// Takes a report out: its captures, text, readings, proposals, judgements on its claims, and the dossiers that
    /// quote it. What stays is a tombstone with its hashes and the reason.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] where no report has that id.
    pub fn purge(&mut self, id: &str, who: &str, at: &str, reason: &str) -> Result<Purged, Error> {
        let stored = report(self.database, id)?;
        let text = stored.text.id().as_str().to_owned();
        let mut out = Purged::default();
        let captures = self.database.rows(
            "SELECT seq, sha256 FROM captures WHERE report = ?1 ORDER BY seq",
            &[id.into()],
        )?;
        let mut kept = Vec::new();
        for row in &captures {
            let hash = hash_at(row, 1).unwrap_or_default();
            kept.push(serde_json::json!({"capture": row.integer(0), "sha256": hex(&hash)}));
            let others = "SELECT count(*) FROM captures WHERE sha256 = ?1 AND report <> ?2";
            if self
                .database
                .number(others, &[hash.to_vec().into(), id.into()])?
                == 0
                && !out.bytes.contains(&hash)
            {
                out.bytes.push(hash);
            }
        }
        out.captures = captures.len();
        let judgements = self.judgements_on(id)?;
        out.judgements = judgements.len();
        let cases = "SELECT case_id FROM incident_reports WHERE report = ?1 ORDER BY case_id";
        let rows = self.database.rows(cases, &[id.into()])?;
        out.cases = rows.iter().map(|row| row.words(0)).collect();
        // Those it was one incident with are linked anew without it, and what is left of it in the index goes.
        let mut parts = vec![id.to_owned()];
        let accounts = "SELECT id FROM accounts WHERE report = ?1 ORDER BY id";
        let rows = self.database.rows(accounts, &[id.into()])?;
        parts.extend(rows.iter().map(|row| row.words(0)));
        for case in &out.cases {
            parts.extend(
                members(self.database, case)?
                    .into_iter()
                    .map(|(report, _)| report),
            );
            self.remove_incident(case)?;
        }
        self.disturb(&parts)?;
        self.forget_linked()?;
        self.remove_reading(stored.seq, id)?;
        search::remove(self.database, "search_reports", stored.seq, stored.seq)?;
        let by_report = [
            "DELETE FROM proposals WHERE report = ?1",
            "DELETE FROM near_duplicates WHERE report = ?1 OR \"of\" = ?1",
            "DELETE FROM lineage WHERE report = ?1 OR \"of\" = ?1",
            "DELETE FROM captures WHERE report = ?1",
            "DELETE FROM reports WHERE id = ?1",
        ];
        for sql in by_report {
            self.database.execute(sql, &[id.into()])?;
        }
        for judgement in &judgements {
            self.database
                .execute("DELETE FROM judgements WHERE id = ?1", &[judgement.into()])?;
        }
        let requests = "DELETE FROM proposal_requests WHERE text = ?1";
        self.database.execute(requests, &[text.as_str().into()])?;
        let others = "SELECT count(*) FROM reports WHERE text = ?1";
        if self.database.number(others, &[text.as_str().into()])? == 0 {
            self.database
                .execute("DELETE FROM texts WHERE id = ?1", &[text.as_str().into()])?;
        }
        let gone = serde_json::json!({"captures": kept, "judgements": judgements}).to_string();
        let row: Vec<Value> = vec![
            stored.seq.into(),
            id.into(),
            text.into(),
            gone.into(),
            at.into(),
            who.into(),
            reason.into(),
        ];
        let digest = self.insert(table("tombstones"), &row)?;
        self.append(Entry {
            at: at.to_owned(),
            what: "purged",
            who: who.to_owned(),
            subject: id.to_owned(),
            detail: Some(serde_json::json!({"reason": reason}).to_string()),
            digest: Some(digest),
        })?;
        Ok(out)
    }

    /// The judgements on a report, its claims, those that a person added to it among them, and those that undo them:
    /// they may hold its words.
    fn judgements_on(&mut self, id: &str) -> Result<BTreeSet<String>, Error> {
        let mut subjects: BTreeSet<String> = BTreeSet::from([id.to_owned()]);
        let rows = self.database.rows(
            "SELECT DISTINCT id FROM claims WHERE report = ?1",
            &[id.into()],
        )?;
        subjects.extend(rows.iter().map(|row| row.words(0)));
        let mut out = BTreeSet::new();
        let all = self.database.rows(
            "SELECT id, subject, other, kind FROM judgements ORDER BY seq",
            &[],
        )?;
        for row in all {
            let about = [row.words(1), row.words(2)];
            if about.iter().any(|it| subjects.contains(it)) {
                subjects.insert(row.words(0));
                // A claim that was added is in no table of claims; what was decided on it later names it alone.
                if row.words(3) == "add" {
                    subjects.insert(row.words(1));
                }
                out.insert(row.words(0));
            }
        }
        Ok(out)
    }
}

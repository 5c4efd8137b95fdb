//! A step that looks at the new reports, and at those that they may be one incident with.
//!
//! The index names the reports that are worth comparing with the new ones. Those of them that are like a new one bring
//! their incidents, and these are linked anew with it by the ordinary linker, which is told what the words of all other
//! reports are. Reports that people decided on since the last step are linked anew, too. No other incident changes.

use std::collections::{BTreeSet, HashMap};

use crossbearing::linking::Records;
use model::{AccountId, Note, Reading, ReportId};
use reconciler::link::{
    index::{self, Entry},
    record::LinkingRecord,
    standing::Standing,
};
use store::{Error, database::Database, steps};

use super::{
    due::Due,
    found::Found,
    index::{Builder, State, numbered},
    readings::{Known, readings},
};
use crate::book::judged::Judged;

/// Links the new reports and those that were decided on.
pub(super) fn find(
    database: &mut dyn Database,
    due: &Due,
    judged: &Judged,
    touched: &BTreeSet<String>,
    state: State,
) -> Result<Found, Error> {
    let mut work = Work {
        judged,
        known: Known::default(),
        records: HashMap::new(),
        notes: Vec::new(),
        builder: Builder::standing(database, &state)?,
    };
    let new = steps::read_between(database, due.before.reports_to, due.to.reports_to)?;
    let mut asking = new.clone();
    let decided = steps::numbers(database, &touched.iter().cloned().collect::<Vec<_>>())?;
    asking.extend(
        decided
            .into_iter()
            .filter(|(n, _)| *n <= due.before.reports_to),
    );
    let ids: Vec<String> = asking.iter().map(|(_, id)| id.clone()).collect();
    work.load(database, &ids)?;
    let mut records = Records::default();
    records.join(ids.iter().flat_map(|id| work.of(id)).cloned());
    let others = work.candidates(database, &records, &asking, &new)?;
    let asked: BTreeSet<&String> = ids.iter().collect();
    let others: Vec<String> = others
        .into_iter()
        .filter(|id| !asked.contains(id))
        .collect();
    work.load(database, &others)?;
    let cases = work.cases(database, &records, &others, touched)?;
    work.join(database, &mut records, &cases)?;
    let standing = work.standing(database, records.all().cloned().collect())?;
    let pairs: Vec<model::Judgement> = {
        let there: BTreeSet<&ReportId> = records.all().map(|record| &record.id).collect();
        let within = |it: &&model::Judgement| there.contains(&it.a) && there.contains(&it.b);
        judged.pairs.iter().filter(within).cloned().collect()
    };
    let looked_at = records
        .all()
        .map(|record| &record.id)
        .collect::<BTreeSet<_>>()
        .len();
    let linked = records.link(&pairs, Some(&standing));
    let incidents = work.known.parts(&linked);
    work.notes.extend(linked.notes);
    Ok(Found {
        incidents,
        cases: Some(cases),
        index: work.builder.changes(&due.to, state.all_to()),
        looked_at,
        notes: work.notes,
    })
}

struct Work<'a> {
    judged: &'a Judged,
    known: Known,
    /// The records of each report that was loaded.
    records: HashMap<String, Vec<LinkingRecord>>,
    notes: Vec<Note>,
    builder: Builder,
}

impl Work<'_> {
    /// Loads the records of reports that are not there yet.
    fn load(&mut self, database: &mut dyn Database, ids: &[String]) -> Result<(), Error> {
        let missing = ids.iter().filter(|id| !self.records.contains_key(*id));
        let missing: Vec<String> = missing.cloned().collect();
        let found: Vec<Reading> = readings(database, &missing, self.judged, &mut self.notes)?;
        self.known.add(&found);
        for record in Records::of(&found).all() {
            let own = self.records.entry(record.id.to_string()).or_default();
            own.push(record.clone());
        }
        Ok(())
    }

    fn of(&self, id: &str) -> &[LinkingRecord] {
        self.records.get(id).map_or(&[], Vec::as_slice)
    }

    /// Counts the new reports and gives those that the ones that ask are worth comparing with.
    fn candidates(
        &mut self,
        database: &mut dyn Database,
        records: &Records,
        asking: &[(i64, String)],
        new: &[(i64, String)],
    ) -> Result<Vec<String>, Error> {
        let number: HashMap<&str, i64> = asking.iter().map(|(n, id)| (id.as_str(), *n)).collect();
        let new: BTreeSet<i64> = new.iter().map(|(n, _)| *n).collect();
        let mut entries: Vec<(i64, bool, Entry)> = Vec::new();
        for record in records.all() {
            if let Some(n) = number.get(record.id.as_str()) {
                let entry = Entry::of(record, &self.builder.furniture);
                entries.push((*n, record.account.is_none(), entry));
            }
        }
        entries.sort_by_key(|(n, main, _)| (*n, !*main));
        let keys: BTreeSet<u64> = entries
            .iter()
            .flat_map(|(_, _, entry)| entry.keys())
            .collect();
        self.builder.take(database, &keys)?;
        let all = entries.iter().map(|(_, _, entry)| entry);
        self.builder.take_copies(database, all.clone())?;
        for (n, main, entry) in &entries {
            if *main && new.contains(n) {
                self.builder.add(*n, entry);
            }
        }
        let near = self.builder.near(database, &all.collect::<Vec<_>>())?;
        let mut numbers = BTreeSet::new();
        for (n, _, entry) in &entries {
            let Builder { extent, held, .. } = &self.builder;
            numbers.extend(index::candidates(*n, entry, extent, held, &near));
            numbers.extend(self.builder.copied(*n, entry));
        }
        let found = numbered(database, &numbers)?;
        Ok(found.into_iter().map(|(_, id)| id).collect())
    }

    /// The cases that are linked anew: those of reports that are like one that asks, those that one that asks is in,
    /// and those that people's decisions tie to one that asks.
    fn cases(
        &mut self,
        database: &mut dyn Database,
        asking: &Records,
        others: &[String],
        touched: &BTreeSet<String>,
    ) -> Result<Vec<String>, Error> {
        let own: Vec<LinkingRecord> = asking.all().cloned().collect();
        let others: Vec<LinkingRecord> =
            others.iter().flat_map(|id| self.of(id)).cloned().collect();
        let both: Vec<LinkingRecord> = own.iter().chain(&others).cloned().collect();
        let standing = self.standing(database, both)?;
        let mut parts: BTreeSet<String> = touched.clone();
        for (report, _, account) in index::alike(&own, &others, &standing) {
            parts.insert(account.map_or_else(|| report.to_string(), |it| it.to_string()));
        }
        parts.extend(own.iter().map(part));
        let asks: BTreeSet<&ReportId> = own.iter().map(|record| &record.id).collect();
        for pair in &self.judged.pairs {
            if asks.contains(&pair.a) || asks.contains(&pair.b) {
                parts.extend([pair.a.to_string(), pair.b.to_string()]);
            }
        }
        steps::cases_of(database, &parts.into_iter().collect::<Vec<_>>())
    }

    /// Adds what the cases are made of.
    fn join(
        &mut self,
        database: &mut dyn Database,
        records: &mut Records,
        cases: &[String],
    ) -> Result<(), Error> {
        let members = steps::members(database, Some(cases))?;
        let parts: Vec<String> = members.into_iter().map(|(_, part, _)| part).collect();
        let reports: BTreeSet<String> =
            steps::reports_of(database, &parts)?.into_values().collect();
        let reports: Vec<String> = reports.into_iter().collect();
        self.load(database, &reports)?;
        let parts: BTreeSet<String> = parts.into_iter().collect();
        let all = reports.iter().flat_map(|id| self.of(id));
        records.join(all.filter(|record| parts.contains(&part(record))).cloned());
        Ok(())
    }

    /// What all reports hold of the words of some.
    fn standing(
        &mut self,
        database: &mut dyn Database,
        records: Vec<LinkingRecord>,
    ) -> Result<Standing, Error> {
        let keys = index::standing_keys(&records, &self.builder.furniture);
        self.builder.take(database, &keys)?;
        let Builder {
            extent,
            held,
            furniture,
            ..
        } = &self.builder;
        Ok(index::standing(&records, extent, held, furniture))
    }
}

/// What a record is of a case.
fn part(record: &LinkingRecord) -> String {
    let account = record.account.as_ref().map(AccountId::to_string);
    account.unwrap_or_else(|| record.id.to_string())
}

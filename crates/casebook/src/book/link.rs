//! Reports that were read are linked into incidents, and incidents that changed are reconciled anew.
//!
//! First which reports are one incident, and what each is called: one transaction, a *step*. Then the dossiers of those
//! incidents that have none, or an old one: a batch at a time, so that work that is cut off goes on where it was.

use std::collections::{BTreeMap, BTreeSet};

use crossbearing::{Group, Policy};
use model::{AccountId, Note, Reading};
use reconciler::cases::{self, Case, Part};
use store::{
    Error, Store, Tx,
    audit::given_row,
    database::{Database, Value},
    judgements,
    log::{Entry, SetHash},
    results,
    schema::table,
};

use super::{
    judged::{Judged, apply},
    news::{self, Summary},
};

/// Incidents reconciled in one go.
const BATCH: usize = 64;

/// What became of the incidents.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Linked {
    /// Reports that were linked for the first time.
    pub reports: u64,
    /// Incidents that are new.
    pub opened: u64,
    /// Incidents that went into others.
    pub merged: u64,
    /// Incidents that were split off others.
    pub split: u64,
    /// Dossiers that were made.
    pub made: u64,
    /// Incidents in all.
    pub incidents: u64,
    /// What is to be told.
    pub notes: Vec<Note>,
}

/// Links what is to be linked and makes the dossiers that are to be made. `reader` is the version of the readings to go
/// by; `progress` hears how many dossiers are made.
///
/// # Errors
///
/// When the casebook cannot be read or written; what was written before stays.
pub fn link(
    store: &mut Store,
    policy: &Policy,
    reader: &str,
    who: &str,
    now: &dyn Fn() -> jiff::Timestamp,
    progress: &mut dyn FnMut(u64),
) -> Result<Linked, Error> {
    let mut out = Linked::default();
    if let Some(due) = Due::find(store, reader)? {
        step(store, &due, who, now, &mut out)?;
    }
    make(store, policy, who, now, &mut out, progress)?;
    let count = "SELECT count(*) FROM incidents";
    out.incidents = u64::try_from(store.database().number(count, &[])?).unwrap_or(0);
    Ok(out)
}

/// What a step is to link.
struct Due {
    reader: String,
    number: i64,
    /// Up to which report and judgement the last step went.
    before: (i64, i64),
    /// Up to which this one goes.
    to: (i64, i64),
    /// Whether all is linked anew.
    anew: bool,
}

impl Due {
    fn find(store: &mut Store, reader: &str) -> Result<Option<Self>, Error> {
        let relink = store.setting("relink")?.is_some_and(|it| it == "1");
        store.read(&mut |database| {
            let unread = "SELECT min(r.seq) FROM reports r LEFT JOIN readings d ON d.report = r.id \
                          WHERE d.report IS NULL OR d.reader <> ?1";
            let all = database.number("SELECT max(seq) FROM reports", &[])?;
            // Reports that another process is still reading wait for the next step, and those after them.
            let unread = database.number(unread, &[reader.into()])?;
            let reports = if unread > 0 { unread - 1 } else { all };
            let judged = database.number("SELECT max(seq) FROM judgements", &[])?;
            let last = database.first(
                "SELECT number, reader, reports_to, judgements_to FROM steps ORDER BY number DESC LIMIT 1",
                &[],
            )?;
            let (number, same, before) = match &last {
                None => (0, false, (0, 0)),
                Some(row) => (
                    row.integer(0).unwrap_or(0),
                    row.text(1) == Some(reader),
                    (row.integer(2).unwrap_or(0), row.integer(3).unwrap_or(0)),
                ),
            };
            let anew = relink || !same;
            if reports == 0 || !anew && reports <= before.0 && judged == before.1 {
                return Ok(None);
            }
            Ok(Some(Self {
                reader: reader.to_owned(),
                number: number + 1,
                before,
                to: (reports, judged),
                anew,
            }))
        })
    }
}

/// One step of linking: finds the incidents, gives them their names and says which dossiers are out of date.
fn step(
    store: &mut Store,
    due: &Due,
    who: &str,
    now: &dyn Fn() -> jiff::Timestamp,
    out: &mut Linked,
) -> Result<(), Error> {
    let (readings, judged, touched) = store.read(&mut |database| {
        let all = judgements::all(database, due.to.1)?;
        let touched = super::judged::reports_of(&all, due.before.1);
        Ok((readings(database, due.to.0)?, Judged::of(&all), touched))
    })?;
    let mut linked = Vec::with_capacity(readings.len());
    for mut reading in readings {
        out.notes.extend(apply(&mut reading, &judged));
        linked.push(reading);
    }
    let linked = crossbearing::batch::map(&linked, &|_| {}, |reading| {
        crossbearing::keyed(reading.clone())
    });
    let incidents = crossbearing::link(linked, &judged.pairs);
    out.notes.extend(incidents.notes().iter().cloned());
    let now_parts: Vec<BTreeSet<Part>> = (0..incidents.len())
        .map(|at| incidents.case_parts(at))
        .collect();
    let at = store::log::time(now());
    let changed = store.write(&mut |tx| {
        let mut names = Names::read(tx)?;
        let before = names.cases(tx)?;
        let given = cases::given(&before, &now_parts);
        let mut changed = Changed::default();
        names.settle(tx, due, &before, &given, &now_parts, &mut changed)?;
        for report in &touched {
            let sql = "SELECT case_id FROM incident_reports WHERE report = ?1";
            let rows = tx.database().rows(sql, &[report.into()])?;
            changed.stale.extend(rows.iter().map(|row| row.words(0)));
        }
        if due.anew {
            let rows = tx.database().rows("SELECT case_id FROM incidents", &[])?;
            changed.stale.extend(rows.iter().map(|row| row.words(0)));
        }
        for case in &changed.stale {
            tx.remove_incident(case)?;
        }
        let step: Vec<Value> = vec![
            due.number.into(),
            due.reader.as_str().into(),
            due.to.0.into(),
            due.to.1.into(),
            due.anew.into(),
        ];
        names.put(tx, "steps", &step)?;
        names.keep(tx)?;
        tx.set("relink", "0")?;
        for (what, case, detail) in &changed.told {
            tx.append(Entry {
                at: at.clone(),
                what,
                who: who.to_owned(),
                subject: case.clone(),
                detail: detail.clone(),
                digest: None,
            })?;
        }
        tx.append(Entry {
            at: at.clone(),
            what: "linked",
            who: who.to_owned(),
            subject: format!("step {}", due.number),
            detail: Some(
                serde_json::json!({"reports_to": due.to.0, "judgements_to": due.to.1, "anew": due.anew}).to_string(),
            ),
            digest: Some(names.hash.0),
        })?;
        Ok(changed)
    })?;
    out.reports = u64::try_from(due.to.0 - if due.anew { 0 } else { due.before.0 }).unwrap_or(0);
    let count = |what: &str| changed.told.iter().filter(|it| it.0 == what).count() as u64;
    out.opened = count("opened");
    out.merged = count("merged");
    out.split = count("split");
    Ok(())
}

/// The readings with something in them, up to a report.
fn readings(database: &mut dyn Database, up_to: i64) -> Result<Vec<Reading>, Error> {
    let sql = "SELECT r.id FROM reports r JOIN readings d ON d.report = r.id WHERE d.reading IS NOT NULL AND \
               d.scope IS NULL AND r.seq <= ?1 ORDER BY r.seq";
    let ids: Vec<String> = database
        .rows(sql, &[up_to.into()])?
        .iter()
        .map(|row| row.words(0))
        .collect();
    results::readings(database, &ids)
}

/// What a step changed.
#[derive(Default)]
struct Changed {
    /// What happened to which case.
    told: Vec<(&'static str, String, Option<String>)>,
    /// Cases whose dossiers are out of date.
    stale: BTreeSet<String>,
}

/// The tables of what was given, with the hash of all their rows.
struct Names {
    hash: SetHash,
}

impl Names {
    fn read(tx: &mut Tx<'_>) -> Result<Self, Error> {
        let kept = tx
            .database()
            .first("SELECT \"value\" FROM settings WHERE name = 'given'", &[])?;
        let kept = kept.and_then(|row| row.text(0).and_then(SetHash::parse));
        let hash = match kept {
            Some(hash) => hash,
            None => store::audit::given_hash(tx.database())?,
        };
        Ok(Self { hash })
    }

    fn keep(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        tx.set("given", &store::log::hex(&self.hash.0))
    }

    fn put(&mut self, tx: &mut Tx<'_>, name: &str, row: &[Value]) -> Result<(), Error> {
        tx.database().execute(&table(name).insert(), row)?;
        self.hash.add(&given_row(name, row));
        Ok(())
    }

    /// Takes the rows of a case out of a table.
    fn take(&mut self, tx: &mut Tx<'_>, name: &str, column: &str, case: &str) -> Result<(), Error> {
        let condition = format!("{column} = ?1");
        for row in tx
            .database()
            .rows(&table(name).select(&condition), &[case.into()])?
        {
            self.hash.remove(&given_row(name, &row.0));
        }
        let sql = format!("DELETE FROM {name} WHERE {condition}");
        tx.database().execute(&sql, &[case.into()])?;
        Ok(())
    }

    /// The open cases with their parts.
    fn cases(&self, tx: &mut Tx<'_>) -> Result<Vec<Case>, Error> {
        let sql = "SELECT m.case_id, m.part, m.published FROM case_members m JOIN cases c ON c.id = m.case_id \
                   WHERE c.state = 'open' ORDER BY m.case_id, m.part";
        let mut out: BTreeMap<String, BTreeSet<Part>> = BTreeMap::new();
        for row in tx.database().rows(sql, &[])? {
            let published = row.text(2).and_then(|it| it.parse().ok());
            out.entry(row.words(0))
                .or_default()
                .insert(Part::new(&row.words(1), published));
        }
        let case = |(id, parts): (String, _)| Case {
            id: model::CaseId::known(&id),
            parts,
        };
        Ok(out.into_iter().map(case).collect())
    }

    /// Writes what each incident is called and what became of the cases before.
    fn settle(
        &mut self,
        tx: &mut Tx<'_>,
        due: &Due,
        before: &[Case],
        given: &[cases::Given],
        now: &[BTreeSet<Part>],
        changed: &mut Changed,
    ) -> Result<(), Error> {
        let known: BTreeMap<&str, &Case> =
            before.iter().map(|case| (case.id.as_str(), case)).collect();
        let ids = |parts: &BTreeSet<Part>| -> BTreeSet<String> {
            parts.iter().map(|it| it.id().to_owned()).collect()
        };
        let mut alive: BTreeSet<&str> = BTreeSet::new();
        for (given, parts) in given.iter().zip(now) {
            let case = given.id.as_str();
            alive.insert(case);
            match known.get(case) {
                Some(old) if ids(&old.parts) == ids(parts) => {}
                Some(_) => {
                    self.take(tx, "case_members", "case_id", case)?;
                    self.members(tx, case, parts)?;
                    changed.stale.insert(case.to_owned());
                }
                None => {
                    let from = given.split_from.as_ref().map(|id| id.as_str());
                    // A case that ended and begins as this incident does is this incident: its name comes back.
                    self.take(tx, "cases", "id", case)?;
                    self.put(
                        tx,
                        "cases",
                        &[
                            case.into(),
                            due.number.into(),
                            "open".into(),
                            Value::Null,
                            from.into(),
                        ],
                    )?;
                    self.members(tx, case, parts)?;
                    let detail = from.map(|from| serde_json::json!({"from": from}).to_string());
                    let what = if from.is_some() { "split" } else { "opened" };
                    changed.told.push((what, case.to_owned(), detail));
                }
            }
            for ended in &given.merged {
                self.end(tx, ended.as_str(), "merged", Some(case))?;
                changed.stale.insert(ended.to_string());
                alive.insert(ended.as_str());
                let detail = serde_json::json!({"into": case}).to_string();
                changed
                    .told
                    .push(("merged", ended.to_string(), Some(detail)));
            }
        }
        for case in before
            .iter()
            .map(|case| case.id.as_str())
            .filter(|id| !alive.contains(id))
        {
            self.end(tx, case, "empty", None)?;
            changed.stale.insert(case.to_owned());
            changed.told.push(("emptied", case.to_owned(), None));
        }
        Ok(())
    }

    fn members(
        &mut self,
        tx: &mut Tx<'_>,
        case: &str,
        parts: &BTreeSet<Part>,
    ) -> Result<(), Error> {
        for part in parts {
            let published = part.published().map(|at| at.to_string());
            self.put(
                tx,
                "case_members",
                &[case.into(), part.id().into(), published.into()],
            )?;
        }
        Ok(())
    }

    fn end(
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

/// Makes the dossiers of open cases that have none.
fn make(
    store: &mut Store,
    policy: &Policy,
    who: &str,
    now: &dyn Fn() -> jiff::Timestamp,
    out: &mut Linked,
    progress: &mut dyn FnMut(u64),
) -> Result<(), Error> {
    let up_to = store
        .database()
        .number("SELECT max(judgements_to) FROM steps", &[])?;
    let judged = Judged::of(&judgements::all(store.database(), up_to)?);
    let mut after = String::new();
    loop {
        let sql = format!(
            "SELECT c.id FROM cases c WHERE c.state = 'open' AND c.id > ?1 AND NOT EXISTS \
             (SELECT 1 FROM incidents i WHERE i.case_id = c.id) ORDER BY c.id LIMIT {BATCH}"
        );
        let rows = store.database().rows(&sql, &[after.as_str().into()])?;
        let cases: Vec<String> = rows.iter().map(|row| row.words(0)).collect();
        let Some(last) = cases.last() else {
            return Ok(());
        };
        after.clone_from(last);
        let mut groups = Vec::with_capacity(cases.len());
        for case in cases {
            groups.push(InCase::load(store.database(), case, &judged)?);
        }
        let made = crossbearing::batch::map(&groups, &|_| {}, |group| {
            let dossier = crossbearing::reconcile(&Group::of(&group.case, &group.readings), policy);
            dossier.map(|mut dossier| {
                dossier.incident.case = model::CaseId::known(&group.case);
                dossier
            })
        });
        let at = store::log::time(now());
        store.write(&mut |tx| {
            let end = tx.lock()?.seq + 1;
            for (group, dossier) in groups.iter().zip(&made) {
                let Ok(dossier) = dossier else { continue };
                tx.put_incident(dossier, &group.members, group.judged)?;
                let summary = Summary::of(dossier);
                // What is made again the same is no news.
                if news::last(tx.database(), &group.case, end)?.as_ref() != Some(&summary) {
                    tx.append(Entry {
                        at: at.clone(),
                        what: "reconciled",
                        who: who.to_owned(),
                        subject: group.case.clone(),
                        detail: serde_json::to_string(&summary).ok(),
                        digest: None,
                    })?;
                }
            }
            Ok(())
        })?;
        for one in made {
            match one {
                Ok(_) => out.made += 1,
                Err(note) => out.notes.push(note),
            }
        }
        progress(out.made);
    }
}

/// A case with the readings that tell of it, each as it does.
struct InCase {
    case: String,
    readings: Vec<Reading>,
    members: Vec<(String, Option<String>)>,
    judged: usize,
}

impl InCase {
    fn load(database: &mut dyn Database, case: String, judged: &Judged) -> Result<Self, Error> {
        let sql = "SELECT m.part, coalesce(a.report, m.part) FROM case_members m \
                   LEFT JOIN accounts a ON a.id = m.part WHERE m.case_id = ?1 ORDER BY m.part";
        let mut members: Vec<(String, Option<String>)> = database
            .rows(sql, &[case.as_str().into()])?
            .iter()
            .map(|row| {
                let (part, report) = (row.words(0), row.words(1));
                let account = (part != report).then_some(part);
                (report, account)
            })
            .collect();
        members.sort();
        let ids: Vec<String> = members.iter().map(|(report, _)| report.clone()).collect();
        let mut readings = results::readings(database, &ids)?;
        for reading in &mut readings {
            let _ = apply(reading, judged);
            *reading = crossbearing::keyed(reading.clone());
            let told = members
                .iter()
                .find(|(report, _)| report == reading.report.id.as_str());
            let account = told.and_then(|(_, account)| account.as_deref());
            let wanted = reading
                .accounts
                .iter()
                .map(|it| &it.id)
                .find(|id| Some(id.as_str()) == account);
            if let Some(taken) = wanted
                .cloned()
                .and_then(|id: AccountId| reading.told_as(&id))
            {
                *reading = taken;
            }
        }
        let judged = judged.count(ids.iter().map(String::as_str));
        Ok(Self {
            case,
            readings,
            members,
            judged,
        })
    }
}

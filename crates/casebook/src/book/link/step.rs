//! One step of linking: finds the incidents, gives them their names and says which dossiers are out of date.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

use reconciler::cases::{self, Case, Part};
use store::{
    Error, Store, Tx, judgements,
    log::Entry,
    steps::{self, Given},
};

use super::{
    due::Due,
    found::Found,
    index, nearby,
    pace::{Linked, Pace},
    whole,
};
use crate::book::judged::{Judged, reports_of};

/// Takes a step; `false` where another process took one meanwhile.
pub(super) fn step(
    store: &mut Store,
    due: &Due,
    pace: Pace,
    who: &str,
    now: &dyn Fn() -> jiff::Timestamp,
    out: &mut Linked,
) -> Result<bool, Error> {
    let (found, touched) = store.read(&mut |database| {
        let all = judgements::all(database, due.to.judgements_to)?;
        let mut touched = reports_of(&all, due.before.judgements_to);
        touched.extend(due.disturbed.iter().cloned());
        let judged = Judged::of(&all);
        let state = index::State::read(database)?;
        let found = match state.filter(|state| state.serves(due, pace)) {
            Some(state) => nearby::find(database, due, &judged, &touched, state)?,
            None => whole::find(database, due, &judged, pace)?,
        };
        Ok((found, touched))
    })?;
    let at = store::log::time(now());
    let changed = store.write(&mut |tx| {
        tx.lock()?;
        if steps::last(tx.database())?.number != due.before.number {
            return Ok(None);
        }
        let mut names = Names {
            given: Given::read(tx)?,
            changed: Changed::default(),
        };
        names.settle(tx, due, &found)?;
        let changed = &mut names.changed;
        for report in &touched {
            changed.stale.extend(store::results::cases_of(tx.database(), report)?);
        }
        if due.anew {
            changed.stale.extend(store::results::cases(tx.database())?);
        }
        for case in &changed.stale {
            tx.remove_incident(case)?;
        }
        names.given.step(tx, &due.to, due.anew)?;
        let hash = names.given.keep(tx)?;
        found.index.write(tx)?;
        tx.settled()?;
        let mut entries = names.changed.told.clone();
        let detail = serde_json::json!({
            "reports_to": due.to.reports_to, "judgements_to": due.to.judgements_to, "anew": due.anew,
            "looked_at": found.looked_at,
        });
        entries.push(("linked", format!("step {}", due.to.number), Some(detail.to_string())));
        for (what, subject, detail) in entries {
            tx.append(Entry {
                at: at.clone(),
                what,
                who: who.to_owned(),
                subject,
                detail,
                digest: (what == "linked").then_some(hash),
            })?;
        }
        Ok(Some(std::mem::take(&mut names.changed)))
    })?;
    let Some(changed) = changed else {
        return Ok(false);
    };
    let before = if due.anew { 0 } else { due.before.reports_to };
    out.reports = u64::try_from(due.to.reports_to - before).unwrap_or(0);
    out.looked_at = found.looked_at as u64;
    out.notes.extend(found.notes);
    let count = |what: &str| changed.told.iter().filter(|it| it.0 == what).count() as u64;
    out.opened = count("opened");
    out.merged = count("merged");
    out.split = count("split");
    Ok(true)
}

/// What a step changed.
#[derive(Default)]
struct Changed {
    /// What happened to which case.
    told: Vec<(&'static str, String, Option<String>)>,
    /// Cases whose dossiers are out of date.
    stale: BTreeSet<String>,
}

/// What incidents are called.
struct Names {
    given: Given,
    changed: Changed,
}

impl Names {
    /// Writes what each incident is called and what became of the cases before.
    fn settle(&mut self, tx: &mut Tx<'_>, due: &Due, found: &Found) -> Result<(), Error> {
        let before = cases_before(tx, found.cases.as_deref())?;
        let given = names(tx, &before, found)?;
        let known: BTreeMap<&str, &Case> =
            before.iter().map(|case| (case.id.as_str(), case)).collect();
        let mut alive: BTreeSet<&str> = BTreeSet::new();
        for (given, parts) in given.iter().zip(&found.incidents) {
            let case = given.id.as_str();
            alive.insert(case);
            match known.get(case) {
                Some(old) if ids(&old.parts) == ids(parts) => {}
                Some(_) => {
                    self.given.members(tx, case, &members(parts))?;
                    self.changed.stale.insert(case.to_owned());
                }
                None => {
                    let from = given.split_from.as_ref().map(|id| id.as_str());
                    self.given
                        .open(tx, case, due.to.number, from, &members(parts))?;
                    let detail = from.map(|from| serde_json::json!({"from": from}).to_string());
                    let what = if from.is_some() { "split" } else { "opened" };
                    self.changed.told.push((what, case.to_owned(), detail));
                }
            }
            for ended in &given.merged {
                self.given.end(tx, ended.as_str(), "merged", Some(case))?;
                self.changed.stale.insert(ended.to_string());
                alive.insert(ended.as_str());
                let detail = serde_json::json!({"into": case}).to_string();
                let told = ("merged", ended.to_string(), Some(detail));
                self.changed.told.push(told);
            }
        }
        let gone = before.iter().map(|case| case.id.as_str());
        for case in gone.filter(|id| !alive.contains(id)) {
            self.given.end(tx, case, "empty", None)?;
            self.changed.stale.insert(case.to_owned());
            self.changed.told.push(("emptied", case.to_owned(), None));
        }
        Ok(())
    }
}

/// What incidents found anew are called.
fn names(tx: &mut Tx<'_>, before: &[Case], found: &Found) -> Result<Vec<cases::Given>, Error> {
    if found.cases.is_none() {
        return Ok(cases::given(before, &found.incidents));
    }
    let (tx, failed) = (RefCell::new(tx), Cell::new(None));
    let elsewhere = |id: &model::CaseId| {
        let open = steps::is_open(tx.borrow_mut().database(), id.as_str());
        open.unwrap_or_else(|error| {
            failed.set(Some(error));
            false
        })
    };
    let given = cases::given_among(before, &found.incidents, &elsewhere);
    match failed.take() {
        Some(error) => Err(error),
        None => Ok(given),
    }
}

/// The open cases with their parts: all, or some.
fn cases_before(tx: &mut Tx<'_>, cases: Option<&[String]>) -> Result<Vec<Case>, Error> {
    let mut out: BTreeMap<String, BTreeSet<Part>> = BTreeMap::new();
    for (case, part, published) in steps::members(tx.database(), cases)? {
        let published = published.and_then(|it| it.parse().ok());
        out.entry(case)
            .or_default()
            .insert(Part::new(&part, published));
    }
    let case = |(id, parts): (String, _)| Case {
        id: model::CaseId::known(&id),
        parts,
    };
    Ok(out.into_iter().map(case).collect())
}

fn ids(parts: &BTreeSet<Part>) -> BTreeSet<&str> {
    parts.iter().map(Part::id).collect()
}

fn members(parts: &BTreeSet<Part>) -> Vec<(String, Option<String>)> {
    let published = |part: &Part| part.published().map(|at| at.to_string());
    let one = |part: &Part| (part.id().to_owned(), published(part));
    parts.iter().map(one).collect()
}

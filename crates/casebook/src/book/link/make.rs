//! Makes the dossiers of open cases that have none.

use crossbearing::{Group, Policy};
use model::{AccountId, Reading};
use store::{
    Error, Store, judgements,
    log::Entry,
    results::{self, Packed},
    steps,
};

use super::pace::Linked;
use crate::book::{
    judged::{Judged, apply},
    news::{self, Summary},
};

/// Incidents reconciled in one go.
const BATCH: usize = 64;

/// Makes them.
pub(super) fn make(
    store: &mut Store,
    policy: &Policy,
    who: &str,
    now: &dyn Fn() -> jiff::Timestamp,
    out: &mut Linked,
    progress: &mut dyn FnMut(u64),
) -> Result<(), Error> {
    let step = steps::last(store.database())?;
    let judged = Judged::of(&judgements::all(store.database(), step.judgements_to)?);
    let mut after = String::new();
    loop {
        let cases = steps::without_dossier(store.database(), &after, BATCH)?;
        let Some(last) = cases.last() else {
            return Ok(());
        };
        after.clone_from(last);
        let mut groups = Vec::with_capacity(cases.len());
        for case in cases {
            groups.push(InCase::load(store.database(), case, &judged)?);
        }
        let made = crossbearing::batch::map(&groups, &|_| {}, |group| {
            let readings = group.readings(&judged)?;
            let dossier = crossbearing::reconcile(&Group::of(&group.case, &readings), policy);
            Ok(dossier.map(|mut dossier| {
                dossier.incident.case = model::CaseId::known(&group.case);
                dossier
            }))
        });
        let made = made.into_iter().collect::<Result<Vec<_>, Error>>()?;
        let at = store::log::time(now());
        let current = store.write(&mut |tx| {
            let end = tx.lock()?.seq + 1;
            // Whoever took a step meanwhile makes the dossiers, of what the cases are made of now.
            if steps::last(tx.database())?.number != step.number {
                return Ok(false);
            }
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
            Ok(true)
        })?;
        if !current {
            return Ok(());
        }
        for one in made {
            match one {
                Ok(_) => out.made += 1,
                Err(note) => out.notes.push(note),
            }
        }
        progress(out.made);
    }
}

/// A case with the readings that tell of it.
struct InCase {
    case: String,
    packed: Vec<Packed>,
    members: Vec<(String, Option<String>)>,
    judged: usize,
}

impl InCase {
    fn load(
        database: &mut dyn store::database::Database,
        case: String,
        judged: &Judged,
    ) -> Result<Self, Error> {
        let members = steps::told_by(database, &case)?;
        let ids: Vec<String> = members.iter().map(|(report, _)| report.clone()).collect();
        Ok(Self {
            case,
            packed: results::packed(database, &ids)?,
            members,
            judged: judged.count(ids.iter().map(String::as_str)),
        })
    }

    /// The readings, each as it tells of the case.
    fn readings(&self, judged: &Judged) -> Result<Vec<Reading>, Error> {
        let one = |packed: &Packed| {
            let mut reading = packed.reading()?;
            let _ = apply(&mut reading, judged);
            let reading = crossbearing::keyed(reading);
            let told = self
                .members
                .iter()
                .find(|(report, _)| report == reading.report.id.as_str());
            let account = told.and_then(|(_, account)| account.as_deref());
            let wanted = reading
                .accounts
                .iter()
                .map(|it| &it.id)
                .find(|id| Some(id.as_str()) == account);
            let taken = wanted
                .cloned()
                .and_then(|id: AccountId| reading.told_as(&id));
            Ok(taken.unwrap_or(reading))
        };
        self.packed.iter().map(one).collect()
    }
}

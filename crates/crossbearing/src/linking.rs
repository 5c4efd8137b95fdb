//! Linking for whoever keeps readings elsewhere and holds only what linking needs of each, and ([`spread`]) for whoever
//! divides it among many machines.

use std::collections::BTreeMap;

use model::{AccountId, Judgement, Note, Reading, ReportId};
pub use reconciler::link::{
    cluster::Edge, node::Node, record::LinkingRecord, spread, weights::Weights,
};
use reconciler::link::{
    incidents::{self, Linker},
    standing::Standing,
};

use crate::{
    batch,
    guard::{Stage, guard, weeded},
};

/// What linking needs of some reports.
#[derive(Clone, Debug, Default)]
pub struct Records {
    by: BTreeMap<ReportId, Vec<LinkingRecord>>,
    notes: Vec<Note>,
}

/// A report as one incident takes it: for what it is about, or for an account of what it tells in passing.
pub type Part = (ReportId, Option<AccountId>);

/// Incidents by the parts of each, and what is to be told.
#[derive(Clone, Debug, Default)]
pub struct Linked {
    /// The parts of each incident, sorted; each part stands in one incident.
    pub incidents: Vec<Vec<Part>>,
    /// The notes of linking; those of severity error name reports that are left out.
    pub notes: Vec<Note>,
}

impl Records {
    /// Takes what is needed of some readings, which carry their linking keys.
    pub fn of(readings: &[Reading]) -> Self {
        let mut out = Self::default();
        out.add(readings);
        out
    }

    /// Takes what is needed of more readings. One on which that fails is left out, and told.
    pub fn add(&mut self, readings: &[Reading]) {
        let made = batch::map(readings, &|_| {}, |reading| {
            let id = &reading.report.id;
            let all = guard(Stage::Link, id.as_str(), || LinkingRecord::all(reading))?;
            Ok((id.clone(), all))
        });
        for one in made {
            match one {
                Ok((id, all)) => self.by.entry(id).or_default().extend(all),
                Err(note) => self.notes.push(note),
            }
        }
    }

    /// All records, by report.
    pub fn all(&self) -> impl Iterator<Item = &LinkingRecord> {
        self.by.values().flatten()
    }

    /// Takes over the records of others that are not here yet.
    pub fn join(&mut self, others: impl IntoIterator<Item = LinkingRecord>) {
        for record in others {
            let own = self.by.entry(record.id.clone()).or_default();
            if own.iter().all(|it| it.key() != record.key()) {
                own.push(record);
            }
        }
    }

    /// Links them. Where they are only some of all reports, `standing` says what all of them hold.
    pub fn link(&self, judgements: &[Judgement], standing: Option<&Standing>) -> Linked {
        let (found, notes) = self.find(judgements, standing);
        let parts = |at: usize| {
            let told = &found.told[at];
            let parts = found.groups[at].iter();
            parts
                .map(|id| (id.clone(), told.get(id).cloned()))
                .collect()
        };
        Linked {
            incidents: (0..found.groups.len()).map(parts).collect(),
            notes,
        }
    }

    /// Links them, with all that was found on the way.
    pub(crate) fn found(&self, judgements: &[Judgement]) -> (incidents::Incidents, Vec<Note>) {
        self.find(judgements, None)
    }

    fn find(
        &self,
        judgements: &[Judgement],
        standing: Option<&Standing>,
    ) -> (incidents::Incidents, Vec<Note>) {
        let mut notes = self.notes.clone();
        let records: Vec<(&ReportId, &Vec<LinkingRecord>)> = self.by.iter().collect();
        let (found, out) = weeded(records, |records| {
            let mut linker = Linker::default();
            linker.add(records.iter().flat_map(|(_, all)| all.iter().cloned()));
            linker.link_within(judgements, standing)
        });
        notes.extend(out.iter().map(|(id, _)| Stage::Link.failed(id.as_str())));
        // Without any link there is no incident, and the notes say why.
        let found = found.unwrap_or_else(|| Linker::default().link(&[]));
        notes.extend(found.notes.iter().cloned());
        (found, notes)
    }
}

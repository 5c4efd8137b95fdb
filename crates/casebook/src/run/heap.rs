//! A heap of reports: read, linked into incidents, each reconciled when it is asked for.

use std::{
    collections::BTreeMap,
    num::NonZero,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use model::{Comparison, IncidentCard, IncidentId, Judgement, Note, Reading, ReportId};
use reader::{Input, Resources};
use reconciler::{
    Policy,
    link::{
        incidents::{Incidents, Linker},
        sheet::Sheet,
    },
};

use super::{Run, gather, reconcile};
use crate::publish::incidents::{self, Line};

/// Reports read and linked.
pub struct Heap {
    readings: BTreeMap<ReportId, Vec<Reading>>,
    incidents: Incidents,
}

/// What came of asking for one incident.
pub enum Choice {
    /// Its place in the heap.
    One(usize),
    /// None has such an id.
    None,
    /// Several begin so.
    Several(usize),
}

/// Reads the reports, each on a free thread, and finds the incidents. `None` when no report could be read.
pub fn heap(
    inputs: &[Input],
    resources: &Resources,
    judgements: &[Judgement],
    progress: &(dyn Fn(usize) + Sync),
) -> (Option<Heap>, Vec<Note>) {
    let (readings, mut notes) = gather(inputs, resources, progress);
    if readings.is_empty() {
        return (None, notes);
    }
    let heap = Heap::of(readings, judgements);
    notes.extend(heap.incidents.notes.iter().cloned());
    (Some(heap), notes)
}

impl Heap {
    /// Finds the incidents among readings, each report once.
    pub fn of(readings: Vec<Reading>, judgements: &[Judgement]) -> Self {
        let mut linker = Linker::default();
        linker.add(readings.iter().flat_map(Sheet::all));
        let incidents = linker.link(judgements);
        let mut by: BTreeMap<ReportId, Vec<Reading>> = BTreeMap::new();
        for reading in readings {
            by.entry(reading.report.id.clone())
                .or_default()
                .push(reading);
        }
        Self {
            readings: by,
            incidents,
        }
    }

    /// How many incidents there are.
    pub fn len(&self) -> usize {
        self.incidents.groups.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The dossier of incident `at`; `None` when there are fewer.
    pub fn run(&self, at: usize, policy: &Policy) -> Option<Run> {
        let group = self.incidents.groups.get(at)?;
        let readings = group
            .iter()
            .filter_map(|id| self.readings.get(id))
            .flatten()
            .map(|reading| self.incidents.reading(at, reading));
        Some(reconcile(readings.collect(), policy))
    }

    /// The one incident that reports are about, where there is one; what they tell besides is told in passing only.
    pub fn only(&self) -> Option<usize> {
        let mut about = (0..self.len()).filter(|at| !self.incidents.passing(*at));
        let first = about.next();
        match (first, about.next()) {
            (Some(at), None) => Some(at),
            (None, _) if self.len() == 1 => Some(0),
            _ => None,
        }
    }

    /// The comparisons among the reports of incident `at`, the most alike first.
    pub fn comparisons(&self, at: usize) -> Vec<Comparison> {
        self.incidents.comparisons(at)
    }

    /// Finds the incident whose id begins so, with or without the `i:`.
    pub fn find(&self, id: &str) -> Choice {
        let wanted = id.strip_prefix("i:").unwrap_or(id);
        let found: Vec<usize> = (0..self.len())
            .filter(|at| {
                let id = self.incident_id(*at);
                id.is_some_and(|id| id.as_str()[2..].starts_with(wanted))
            })
            .collect();
        match found.as_slice() {
            [] => Choice::None,
            [one] => Choice::One(*one),
            several => Choice::Several(several.len()),
        }
    }

    /// The id that the dossier of incident `at` will have: see [`model::IncidentCard`].
    fn incident_id(&self, at: usize) -> Option<IncidentId> {
        let parts = self.incidents.parts(at)?;
        Some(IncidentCard::id_of(parts))
    }

    /// A line for every incident, in order of time; incidents are reconciled on free threads.
    pub fn lines(&self, policy: &Policy) -> Vec<Line> {
        let next = AtomicUsize::new(0);
        let lines = Mutex::new(Vec::with_capacity(self.len()));
        let work = || {
            while let Some(run) = self.run(next.fetch_add(1, Ordering::Relaxed), policy) {
                let line = Line::of(&run.dossier);
                let mut lines = lines.lock().unwrap_or_else(|lock| lock.into_inner());
                lines.push(line);
            }
        };
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        std::thread::scope(|scope| {
            for _ in 1..threads.min(self.len()) {
                scope.spawn(work);
            }
            work();
        });
        let mut lines = lines.into_inner().unwrap_or_else(|lock| lock.into_inner());
        incidents::sort(&mut lines);
        lines
    }
}

//! A heap of reports: read, linked into incidents, each reconciled when it is asked for.

use std::{
    collections::BTreeMap,
    num::NonZero,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use model::{
    AccountId, CaseId, Comparison, IncidentCard, IncidentId, Judgement, Note, Reading, ReportId,
};
use reader::{Input, Resources};
use reconciler::{
    Policy, cases,
    link::{
        incidents::{Incidents, Linker},
        sheet::Sheet,
    },
};

use super::{
    Run, gather,
    guard::{Stage, guard, weeded},
    reconcile,
};
use crate::publish::incidents::{self, Line};

/// Reports read and linked.
pub struct Heap {
    readings: BTreeMap<ReportId, Vec<Reading>>,
    incidents: Incidents,
    /// The reports that linking failed on, as notes.
    failed: Vec<Note>,
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
    let (readings, mut notes) = gather(inputs, progress, |input| {
        reader::read_report(input, resources)
    });
    if readings.is_empty() {
        return (None, notes);
    }
    let heap = Heap::of(readings, judgements);
    notes.extend(heap.failed.iter().cloned());
    notes.extend(heap.incidents.notes.iter().cloned());
    (Some(heap), notes)
}

impl Heap {
    /// Finds the incidents among readings, each report once.
    pub fn of(readings: Vec<Reading>, judgements: &[Judgement]) -> Self {
        let mut failed = Vec::new();
        let mut sheets: Vec<(ReportId, Vec<Sheet>)> = Vec::new();
        for reading in &readings {
            let id = &reading.report.id;
            match guard(Stage::Link, id.as_str(), || Sheet::all(reading)) {
                Ok(all) => sheets.push((id.clone(), all)),
                Err(note) => failed.push(note),
            }
        }
        sheets.sort_by(|a, b| a.0.cmp(&b.0));
        let (incidents, out) = weeded(sheets, |sheets| {
            let mut linker = Linker::default();
            linker.add(sheets.iter().flat_map(|(_, all)| all.iter().cloned()));
            linker.link(judgements)
        });
        failed.extend(out.iter().map(|(id, _)| Stage::Link.failed(id.as_str())));
        // Without any link there is no incident, and the notes say why.
        let incidents = incidents.unwrap_or_else(|| Linker::default().link(&[]));
        let mut by: BTreeMap<ReportId, Vec<Reading>> = BTreeMap::new();
        for reading in readings {
            by.entry(reading.report.id.clone())
                .or_default()
                .push(reading);
        }
        Self {
            readings: by,
            incidents,
            failed,
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

    /// The dossier of incident `at`, or the note of a fault that it met; `None` when there are fewer.
    pub fn run(&self, at: usize, policy: &Policy) -> Option<Result<Run, Note>> {
        let group = self.incidents.groups.get(at)?;
        let readings = group.iter().filter_map(|id| self.readings.get(id));
        Some(guard(Stage::Reconcile, &self.name(at), || {
            let readings = readings
                .flatten()
                .map(|reading| self.incidents.reading(at, reading));
            reconcile(readings.collect(), policy)
        }))
    }

    /// What to call incident `at` in a note: its id.
    fn name(&self, at: usize) -> String {
        self.incident_id(at)
            .map_or_else(String::new, |id| id.to_string())
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

    /// Finds the incident whose case id or version begins so, with or without the letter of its kind.
    pub fn find(&self, id: &str) -> Choice {
        let begins = |known: &str| known.starts_with(id) || known[2..].starts_with(id);
        let found: Vec<usize> = (0..self.len())
            .filter(|at| {
                let version = self.incident_id(*at);
                begins(self.case_id(*at).as_str())
                    || version.is_some_and(|version| begins(version.as_str()))
            })
            .collect();
        match found.as_slice() {
            [] => Choice::None,
            [one] => Choice::One(*one),
            several => Choice::Several(several.len()),
        }
    }

    /// The case id that the dossier of incident `at` will have.
    fn case_id(&self, at: usize) -> CaseId {
        let (groups, told) = (&self.incidents.groups, &self.incidents.told);
        let reports = groups.get(at).into_iter().flatten();
        let parts = reports.filter_map(|id| {
            let account = told.get(at).and_then(|told| told.get(id));
            let part = account.map_or(id.as_str(), AccountId::as_str);
            // A report given in two texts counts as the earlier one, as in the dossier.
            let texts = self.readings.get(id).into_iter().flatten();
            texts
                .map(|reading| reading.report.published.as_ref().map(|when| when.start))
                .map(|published| cases::Part::new(part, published))
                .min()
        });
        cases::derived(&parts.collect())
    }

    /// The version that the dossier of incident `at` will have: see [`model::IncidentCard`].
    fn incident_id(&self, at: usize) -> Option<IncidentId> {
        let parts = self.incidents.parts(at)?;
        Some(IncidentCard::id_of(parts))
    }

    /// A line for every incident, in order of time.
    pub fn lines(&self, policy: &Policy) -> Vec<Line> {
        self.list(policy).0
    }

    /// The same with a note for each incident that met a fault; incidents are reconciled on free threads.
    pub fn list(&self, policy: &Policy) -> (Vec<Line>, Vec<Note>) {
        let next = AtomicUsize::new(0);
        let lines: Mutex<Vec<Result<Line, Note>>> = Mutex::new(Vec::with_capacity(self.len()));
        let work = || {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(run) = self.run(at, policy) else {
                    break;
                };
                let line = run.and_then(|run| {
                    guard(Stage::Publish, &self.name(at), || Line::of(&run.dossier))
                });
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
        let all = lines.into_inner().unwrap_or_else(|lock| lock.into_inner());
        let (mut lines, mut notes) = (Vec::new(), Vec::new());
        for line in all {
            match line {
                Ok(line) => lines.push(line),
                Err(note) => notes.push(note),
            }
        }
        incidents::sort(&mut lines);
        notes.sort_by(|a, b| a.subject.cmp(&b.subject));
        (lines, notes)
    }
}

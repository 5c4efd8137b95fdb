//! Runs the stages: reports in, a dossier or a heap of incidents out.
//!
//! What comes in: [`Input`]s and loaded [`Resources`]. What goes out: the dossier, the texts its quotes point into, and every note on the
//! way; or the [`Heap`], which finds the incidents first. One bad report never stops a run. The order of the reports and the number of threads change nothing.

mod guard;
mod heap;

pub use guard::{Stage, guard};
pub use heap::{Choice, Heap, heap};

use std::{
    collections::{BTreeMap, btree_map::Entry},
    num::NonZero,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use model::{Dossier, Note, Reading, Severity};
use reader::{Input, Resources};
use reconciler::{
    Policy,
    link::{incidents::Linker, sheet::Sheet},
};

use crate::publish::Texts;

/// What a run gave.
#[derive(Clone, Debug)]
pub struct Run {
    /// The dossier.
    pub dossier: Dossier,
    /// The texts of its reports.
    pub texts: Texts,
}

/// Reads the reports, each on a free thread, and reconciles what was read. `None` when no report could be read. `progress` hears how
/// many are done, from any thread.
///
/// The notes name files as the inputs do; those of the dossier name reports, so that where a file lies changes no byte of it.
pub fn dossier(
    inputs: &[Input],
    resources: &Resources,
    policy: &Policy,
    progress: &(dyn Fn(usize) + Sync),
) -> (Option<Run>, Vec<Note>) {
    let (readings, mut notes) = gather(inputs, progress, |input| {
        reader::read_report(input, resources)
    });
    if readings.is_empty() {
        return (None, notes);
    }
    let subject = "all reports as one incident";
    match guard(Stage::Reconcile, subject, || together(&readings, policy)) {
        Ok(run) => (Some(run), notes),
        Err(note) => {
            notes.push(note);
            (None, notes)
        }
    }
}

/// Reconciles readings, each report once, taken as one incident, whatever they tell of.
pub fn together(readings: &[Reading], policy: &Policy) -> Run {
    // Which account of a round-up the reports share is asked of the linker, so that all files as one give what a heap gives.
    let mut linker = Linker::default();
    linker.add(readings.iter().flat_map(Sheet::all));
    let incidents = linker.link(&[]);
    let readings = match incidents.fullest() {
        Some(at) => readings
            .iter()
            .map(|reading| incidents.reading(at, reading))
            .collect(),
        None => readings.to_vec(),
    };
    reconcile(readings, policy)
}

/// Reconciles readings taken as one incident.
fn reconcile(readings: Vec<Reading>, policy: &Policy) -> Run {
    let dossier = reconciler::dossier(&readings, policy);
    let texts = readings
        .into_iter()
        .map(|reading| (reading.text.id().clone(), reading.text))
        .collect();
    Run { dossier, texts }
}

/// Reads the reports, each once, and gathers the notes; two texts under one id are two.
fn gather(
    inputs: &[Input],
    progress: &(dyn Fn(usize) + Sync),
    reader: impl Fn(&Input) -> Result<Reading, Note> + Sync,
) -> (Vec<Reading>, Vec<Note>) {
    let mut notes = Vec::new();
    let mut readings: BTreeMap<_, Reading> = BTreeMap::new();
    for (input, result) in inputs.iter().zip(read(inputs, progress, reader)) {
        let mut reading = match result {
            Ok(reading) => reading,
            Err(note) => {
                notes.push(note);
                continue;
            }
        };
        notes.extend(reading.notes.iter().cloned());
        let id = reading.report.id.clone();
        for note in &mut reading.notes {
            if note.subject == input.name {
                note.subject = id.to_string();
            }
        }
        match readings.entry((id, reading.text.id().clone())) {
            Entry::Vacant(place) => {
                place.insert(reading);
            }
            Entry::Occupied(_) => notes.push(Note {
                severity: Severity::Info,
                code: "same-report".to_owned(),
                subject: input.name.clone(),
                message: "the same report was given before; it counts once".to_owned(),
                hint: None,
                quote: None,
            }),
        }
    }
    (readings.into_values().collect(), notes)
}

/// Whether the notes say that something failed: the exit status remembers.
pub fn failed(notes: &[Note]) -> bool {
    notes.iter().any(|note| note.severity == Severity::Error)
}

/// Reads all reports; results in the order of the inputs. A panic in the reader costs its report, not the run.
fn read(
    inputs: &[Input],
    progress: &(dyn Fn(usize) + Sync),
    reader: impl Fn(&Input) -> Result<Reading, Note> + Sync,
) -> Vec<Result<Reading, Note>> {
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let slots: Vec<Mutex<Option<Result<Reading, Note>>>> =
        inputs.iter().map(|_| Mutex::new(None)).collect();
    let work = || {
        while let Some(at) =
            Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < inputs.len())
        {
            let input = &inputs[at];
            let result = guard(Stage::Read, &input.name, || reader(input)).flatten();
            *slots[at].lock().unwrap_or_else(|lock| lock.into_inner()) = Some(result);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1);
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    std::thread::scope(|scope| {
        for _ in 1..threads.min(inputs.len()) {
            scope.spawn(work);
        }
        work();
    });
    slots
        .into_iter()
        .map(|slot| {
            let slot = slot.into_inner().unwrap_or_else(|lock| lock.into_inner());
            slot.expect("every input was read")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_in_the_reader_costs_its_report() {
        let input = |name: &str| Input {
            name: name.to_owned(),
            ..Input::default()
        };
        let inputs = [input("a"), input("b"), input("c")];
        let (readings, notes) = gather(&inputs, &|_| {}, |input| {
            assert_ne!(input.name, "b", "planted");
            Err(Stage::Publish.failed(&input.name))
        });
        assert!(readings.is_empty());
        let told: Vec<_> = notes
            .iter()
            .map(|note| (note.subject.as_str(), note.code.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("a", "publisher-failed"),
                ("b", "reader-failed"),
                ("c", "publisher-failed")
            ]
        );
        assert!(failed(&notes));
    }
}

//! Runs the stages: reports in, a dossier or the incidents out.
//!
//! What comes in: [`Input`]s and loaded [`Resources`]. What goes out: the dossier, the texts its quotes point into, and
//! every note on the way; or the [`Incidents`], each reconciled when it is asked for. What a stage does is the façade's
//! business (`crossbearing`); one bad report never stops a run.

use crossbearing::{Group, Incidents, Input, Policy, Reading, Resources};
use model::{Dossier, Judgement, Note, Severity, Texts};

/// What a run gave.
#[derive(Clone, Debug)]
pub struct Run {
    /// The dossier.
    pub dossier: Dossier,
    /// The texts of its reports.
    pub texts: Texts,
}

impl Run {
    fn of(group: Group<'_>, policy: &Policy) -> Result<Self, Note> {
        let dossier = crossbearing::reconcile(&group, policy)?;
        let texts = group.into_texts();
        Ok(Self { dossier, texts })
    }
}

/// Reads the reports and reconciles what was read as one incident. `None` when no report could be read. `progress`
/// hears how many are done, from any thread.
///
/// The notes name files as the inputs do; those of the dossier name reports, so that where a file lies changes no byte
/// of it.
pub fn dossier(
    inputs: &[Input],
    resources: &Resources,
    policy: &Policy,
    progress: &(dyn Fn(usize) + Sync),
) -> (Option<Run>, Vec<Note>) {
    let results = crossbearing::read_all(inputs, resources, progress);
    let (readings, mut notes) = crossbearing::each_once(inputs, results);
    match as_one(&readings, policy) {
        Some(Ok(run)) => (Some(run), notes),
        Some(Err(note)) => {
            notes.push(note);
            (None, notes)
        }
        None => (None, notes),
    }
}

/// Reconciles readings as one incident, or gives the note of a fault; `None` where there is no reading.
pub fn as_one(readings: &[Reading], policy: &Policy) -> Option<Result<Run, Note>> {
    let some = !readings.is_empty();
    some.then(|| Group::of_all(readings).and_then(|group| Run::of(group, policy)))
}

/// Reconciles the readings of one incident.
///
/// # Errors
/// A note on the group when the reconciler failed.
pub fn of_group(group: Group<'_>, policy: &Policy) -> Result<Run, Note> {
    Run::of(group, policy)
}

/// Reads the reports and finds the incidents. `None` when no report could be read.
pub fn incidents(
    inputs: &[Input],
    resources: &Resources,
    judgements: &[Judgement],
    progress: &(dyn Fn(usize) + Sync),
) -> (Option<Incidents>, Vec<Note>) {
    let results = crossbearing::read_all(inputs, resources, progress);
    let (readings, mut notes) = crossbearing::each_once(inputs, results);
    if readings.is_empty() {
        return (None, notes);
    }
    let found = crossbearing::link(readings, judgements);
    notes.extend_from_slice(found.notes());
    (Some(found), notes)
}

/// The dossier of incident `at`, or the note of a fault that it met; `None` when there are fewer.
pub fn incident(found: &Incidents, at: usize, policy: &Policy) -> Option<Result<Run, Note>> {
    let group = found.group(at)?;
    Some(group.and_then(|group| Run::of(group, policy)))
}

/// What `take` makes of the dossier of every incident that met no fault, in their order, and the notes of the others.
pub fn each<T: Send>(
    found: &Incidents,
    policy: &Policy,
    take: impl Fn(&Dossier) -> T + Sync,
) -> (Vec<T>, Vec<Note>) {
    let (mut taken, mut notes) = (Vec::new(), Vec::new());
    for one in crossbearing::reconcile_all(found, policy, |dossier| take(&dossier)) {
        match one {
            Ok(one) => taken.push(one),
            Err(note) => notes.push(note),
        }
    }
    notes.sort_by(|a, b| a.subject.cmp(&b.subject));
    (taken, notes)
}

/// Whether the notes say that something failed: the exit status remembers.
pub fn failed(notes: &[Note]) -> bool {
    notes.iter().any(|note| note.severity == Severity::Error)
}

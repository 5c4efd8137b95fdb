//! Reports on violent incidents in, dossiers out: three steps, each pure, each for one and for many.
//!
//! | step | one | many |
//! |---|---|---|
//! | read | [`read`]: the bytes of a report to its accounts of claims | [`read_all`], [`each_once`] |
//! | link | – | [`link`]: readings to [`Incidents`] |
//! | reconcile | [`reconcile`]: the readings of an incident to its dossier | [`reconcile_all`] |
//!
//! Everything that works on reports stands on these calls: the program, the benchmarks, the trainers. Files, the clock
//! and the terminal belong to the callers. The order of what comes in and the number of threads change no byte of what
//! comes out. A fault of the program costs one report or one incident: it comes back as a [`Note`].
//!
//! ```no_run
//! use crossbearing::{Input, Policy, Resources, each_once, link, read_all, reconcile_all};
//!
//! fn dossiers(inputs: &[Input], resources: &Resources) {
//!     let policy = Policy { version: "1".to_owned() };
//!     let (readings, notes) = each_once(inputs, read_all(inputs, resources, &|_| {}));
//!     let incidents = link(readings, &[]);
//!     for dossier in reconcile_all(&incidents, &policy, |dossier| dossier) {
//!         match dossier {
//!             Ok(dossier) => println!("{}", dossier.incident.title),
//!             Err(note) => println!("{}: {}", note.subject, note.message),
//!         }
//!     }
//!     println!("{} notes on the reports", notes.len());
//! }
//! ```

pub mod batch;
mod guard;
mod incidents;
pub mod linking;

pub use guard::{Stage, guard};
pub use incidents::{Group, Incidents};

pub use model::{Dossier, Judgement, Note, Reading, Texts};
pub use reader::{Input, Resources, keyed, text::Document};
pub use reconciler::Policy;

use std::collections::{BTreeMap, btree_map::Entry};

use model::Severity;

/// Reads one report.
///
/// # Errors
/// A [`Note`] of severity error, named as the input is: the bytes hold no readable text, or the reader failed.
pub fn read(input: &Input, resources: &Resources) -> Result<Reading, Note> {
    guarded(input, &|input| reader::read_report(input, resources))
}

/// Reads reports; results in the order of the inputs. `done` hears how many are read, from any thread.
pub fn read_all(
    inputs: &[Input],
    resources: &Resources,
    done: &(dyn Fn(usize) + Sync),
) -> Vec<Result<Reading, Note>> {
    batch::map(inputs, done, |input| read(input, resources))
}

/// Takes the text out of the bytes of one report: the first half of [`read`], which needs no resources.
///
/// # Errors
/// A [`Note`] of severity error: the bytes hold no readable text, or the reader failed.
pub fn extract(input: &Input) -> Result<Document, Note> {
    guard(Stage::Read, &input.name, || reader::text::extract(input)).flatten()
}

/// Whether a first look at the bytes of a report, before its text is taken out, cannot rule out that it is worth
/// reading: far cheaper than [`extract`], for archives of all kinds of news.
pub fn may_be_in_scope(input: &Input) -> bool {
    let given = &input.given;
    let (media, title) = (given.media_type.as_deref(), given.title.as_deref());
    reader::first_look::may_be_in_scope(media, title, &input.bytes)
}

/// Whether a first look finds anything in a text that is worth reading.
pub fn in_scope(extracted: &Document) -> bool {
    reader::first_look::in_scope_of(&extracted.report, &extracted.text)
}

/// Reads a text that was taken out before: the second half of [`read`], and the same to the byte. `name` is what to
/// call it in notes.
///
/// # Errors
/// A [`Note`] of severity error: the reader failed.
pub fn read_text(extracted: Document, name: &str, resources: &Resources) -> Result<Reading, Note> {
    guard(Stage::Read, name, || {
        reader::read_extracted(extracted, name, resources)
    })
}

fn guarded(
    input: &Input,
    reader: &impl Fn(&Input) -> Result<Reading, Note>,
) -> Result<Reading, Note> {
    guard(Stage::Read, &input.name, || reader(input)).flatten()
}

/// Keeps each report once, by id and text, and gathers the notes of all; `results` stand in the order of the inputs.
///
/// The notes given back name a report as its input does; those that stay in a reading name it by its id, so that where
/// a file lies changes no byte of a dossier.
pub fn each_once(
    inputs: &[Input],
    results: Vec<Result<Reading, Note>>,
) -> (Vec<Reading>, Vec<Note>) {
    let mut notes = Vec::new();
    let mut readings: BTreeMap<_, Reading> = BTreeMap::new();
    for (input, result) in inputs.iter().zip(results) {
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

/// Finds the incidents that readings tell of, each report and text once. `judgements` are people's decisions on pairs
/// of reports. A report on which linking fails is left out, and a note says so.
pub fn link(readings: Vec<Reading>, judgements: &[Judgement]) -> Incidents {
    Incidents::find(readings, judgements)
}

/// Reconciles the readings of one incident.
///
/// # Errors
/// A [`Note`] on the group when the reconciler failed.
pub fn reconcile(group: &Group<'_>, policy: &Policy) -> Result<Dossier, Note> {
    guard(Stage::Reconcile, &group.name, || {
        reconciler::dossier(&group.readings, policy)
    })
}

/// Reconciles every incident and gives what `take` makes of each dossier, in the order of the incidents. Only what
/// `take` keeps stays in memory.
pub fn reconcile_all<T: Send>(
    incidents: &Incidents,
    policy: &Policy,
    take: impl Fn(Dossier) -> T + Sync,
) -> Vec<Result<T, Note>> {
    let all: Vec<usize> = (0..incidents.len()).collect();
    let made = batch::map(&all, &|_| {}, |&at| {
        let group = incidents.group(at)?;
        let dossier = group.and_then(|group| reconcile(&group, policy));
        Some(
            dossier
                .and_then(|dossier| guard(Stage::Publish, &incidents.name(at), || take(dossier))),
        )
    });
    made.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(name: &str, text: &str) -> Input {
        Input {
            name: name.to_owned(),
            bytes: text.as_bytes().to_vec(),
            ..Input::default()
        }
    }

    /// A reading without claims: it needs no model.
    fn reading(input: &Input) -> Reading {
        let extracted = reader::text::extract(input).unwrap();
        let bare = Reading::new(
            extracted.report,
            extracted.text,
            Vec::new(),
            extracted.notes,
        );
        reader::keyed(bare)
    }

    #[test]
    fn a_panic_in_the_reader_costs_its_report() {
        let inputs = ["a", "b", "c"].map(|name| input(name, ""));
        let results = batch::map(&inputs, &|_| {}, |input| {
            guarded(input, &|input| {
                assert_ne!(input.name, "b", "planted");
                Err(Stage::Publish.failed(&input.name))
            })
        });
        let (readings, notes) = each_once(&inputs, results);
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
    }

    #[test]
    fn a_report_given_twice_counts_once() {
        let text = "Published: 2031-06-08\n\nNine people were killed in Harun, police said.\n";
        let inputs = [input("a.txt", text), input("b.txt", text)];
        let results = inputs.iter().map(|input| Ok(reading(input))).collect();
        let (readings, notes) = each_once(&inputs, results);
        assert_eq!(readings.len(), 1);
        let twice = notes.iter().find(|note| note.code == "same-report");
        assert_eq!(twice.map(|note| note.subject.as_str()), Some("b.txt"));
    }

    #[test]
    fn the_order_of_readings_changes_no_byte() {
        let texts = [
            "Published: 2031-06-08\n\nNine people were killed in Harun, police said.\n",
            "Published: 2031-07-01\n\nGunmen shot dead five miners in Lower Vasht, police said.\n",
            "Published: 2031-07-02\n\nA mayor was held for two days in Teral, his office said.\n",
        ];
        let readings: Vec<Reading> = texts
            .iter()
            .map(|text| reading(&input("a", text)))
            .collect();
        let mut turned = readings.clone();
        turned.reverse();
        turned.push(readings[0].clone());
        let policy = Policy {
            version: "1".to_owned(),
        };
        let dossiers = |readings: Vec<Reading>| {
            let incidents = link(readings, &[]);
            let made = reconcile_all(&incidents, &policy, |dossier| {
                serde_json::to_string(&dossier).unwrap()
            });
            made.into_iter().collect::<Result<Vec<_>, _>>().unwrap()
        };
        let one = dossiers(readings.clone());
        assert_eq!(one.len(), 3);
        assert_eq!(one, dossiers(turned));

        let incidents = link(readings, &[]);
        let (case, version) = (incidents.case_id(1), incidents.id(1).unwrap());
        assert_eq!(incidents.named(&case.as_str()[..12]), [1]);
        assert_eq!(incidents.named(&version.as_str()[2..]), [1]);
        assert_eq!(incidents.named("k:").len(), 3);
        let dossier = reconcile(&incidents.group(1).unwrap().unwrap(), &policy).unwrap();
        assert_eq!(
            (dossier.incident.case, dossier.incident.id),
            (case, version)
        );
    }

    #[test]
    fn a_fault_in_one_incident_leaves_the_others() {
        let texts = [
            "Nine people were killed in Harun.",
            "A mayor was held in Teral.",
        ];
        let readings: Vec<Reading> = texts
            .iter()
            .map(|text| reading(&input("a", text)))
            .collect();
        let first = readings[0].report.id.clone();
        let incidents = link(readings, &[]);
        let policy = Policy {
            version: "1".to_owned(),
        };
        let made = reconcile_all(&incidents, &policy, |dossier| {
            assert_ne!(dossier.reports[0].report.id, first, "planted");
        });
        let failed: Vec<_> = made.iter().filter_map(|one| one.as_ref().err()).collect();
        assert_eq!((made.len(), failed.len()), (2, 1));
        assert_eq!(failed[0].code, "publisher-failed");
    }
}

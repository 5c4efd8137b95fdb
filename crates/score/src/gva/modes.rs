//! The three ways to measure: what is given, and what is to be found.

use std::path::Path;

use model::Reading;

use super::{
    fields::{Measured, measure, outcome},
    heap,
    incident::Incident,
    readings,
};
use crate::{Engine, Options, Outcome, ScoreError, case, pool};

/// What is given and what is to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// All reports pooled and shuffled by the seed: the incidents are to be found.
    Heap(u64),
    /// Each incident's reports are given.
    Given,
    /// Incidents with exactly one report.
    Single,
}

/// Measures on one file.
///
/// # Errors
/// If the file cannot be read.
pub fn score(
    path: &Path,
    mode: Mode,
    engine: &Engine,
    options: &Options<'_>,
) -> Result<Outcome, ScoreError> {
    let mut incidents: Vec<Incident> = case::lines(path)?;
    if mode == Mode::Single {
        incidents.retain(|incident| incident.reports.len() == 1);
    }
    let incidents = options.take(&incidents);
    let members = readings::read(incidents, engine, options);
    Ok(match mode {
        Mode::Heap(seed) => heap::outcome(incidents, &members, seed, engine, options),
        Mode::Given | Mode::Single => {
            given(incidents, &members, mode == Mode::Single, engine, options)
        }
    })
}

/// Measures on one file in all three ways, reading each report once: single, given, heap.
///
/// # Errors
/// If the file cannot be read.
pub fn all(
    path: &Path,
    engine: &Engine,
    options: &Options<'_>,
) -> Result<[Outcome; 3], ScoreError> {
    let incidents: Vec<Incident> = case::lines(path)?;
    let incidents = options.take(&incidents);
    let members = readings::read(incidents, engine, options);
    let measured = measure_all(incidents, &members, engine, options);
    let all: Vec<(&Incident, &Measured)> = incidents.iter().zip(&measured).collect();
    let mut single = all.clone();
    single.retain(|(incident, _)| incident.reports.len() == 1);
    Ok([
        outcome(&single, true),
        outcome(&all, false),
        heap::outcome(incidents, &members, heap::SEED, engine, options),
    ])
}

fn given(
    incidents: &[Incident],
    members: &[readings::Member],
    single: bool,
    engine: &Engine,
    options: &Options<'_>,
) -> Outcome {
    let measured = measure_all(incidents, members, engine, options);
    let pairs: Vec<(&Incident, &Measured)> = incidents.iter().zip(&measured).collect();
    outcome(&pairs, single)
}

/// Measures each incident on the readings of its own reports; `members` stand in the order of the incidents.
fn measure_all(
    incidents: &[Incident],
    members: &[readings::Member],
    engine: &Engine,
    options: &Options<'_>,
) -> Vec<Measured> {
    let mut from = 0;
    let own: Vec<&[readings::Member]> = incidents
        .iter()
        .map(|incident| {
            let start = from;
            from += incident.reports.len();
            &members[start..from]
        })
        .collect();
    pool::map(&own, options, |members| {
        let readings: Vec<&Reading> = members
            .iter()
            .filter_map(|member| member.reading.as_ref())
            .collect();
        measure(&readings, engine)
    })
}

//! The whole job: all reports in one heap, shuffled, no incident given.
//!
//! What comes in: the readings of all reports. What goes out: how well the incidents found agree with the gold's
//! (B-cubed over reports), and for each gold incident the facts of the found incident that holds most of its reports.

use std::collections::BTreeMap;

use model::{Reading, ReportId};

use super::{
    fields::{self, Measured, measure},
    incident::Incident,
    readings::Member,
};
use crate::{Engine, Figure, Miss, Options, Outcome, measure::bcubed, pool};

/// Seed of the shuffle when none is given.
pub const SEED: u64 = 1;

/// Measures the heap.
pub(super) fn outcome(
    incidents: &[Incident],
    members: &[Member],
    seed: u64,
    engine: &Engine,
    options: &Options<'_>,
) -> Outcome {
    let mut shuffled: Vec<&Member> = members.iter().collect();
    shuffle(&mut shuffled, seed);
    let readings: Vec<&Reading> = shuffled
        .iter()
        .filter_map(|member| member.reading.as_ref())
        .collect();
    let found = crossbearing::link(readings.into_iter().cloned().collect(), &[]);
    let mut group_of: BTreeMap<&ReportId, usize> = BTreeMap::new();
    let all: Vec<usize> = (0..found.len()).collect();
    for &at in &all {
        // What a report tells in passing is beside the incident that it is filed under.
        let reports = found.reports(at).iter();
        let about = reports.filter(|id| !found.tells_in_passing(at, id));
        group_of.extend(about.map(|id| (id, at)));
    }
    // A report that could not be read stands alone.
    let places: Vec<usize> = members
        .iter()
        .enumerate()
        .map(|(at, member)| {
            let reading = member.reading.as_ref();
            let group = reading.and_then(|reading| group_of.get(&reading.report.id));
            group.copied().unwrap_or(found.len() + at)
        })
        .collect();
    let items: Vec<(usize, &str)> = places
        .iter()
        .zip(members)
        .map(|(place, member)| (*place, member.incident.as_str()))
        .collect();
    let agreement = bcubed(&items);
    let measured = pool::map(&all, options, |&at| {
        let group = found.group(at).expect("one of them");
        let readings = group.expect("readings of a reader").readings;
        measure(&readings.iter().collect::<Vec<_>>(), engine)
    });
    let nothing = measure(&[], engine);
    let mut own: BTreeMap<&str, BTreeMap<usize, usize>> = BTreeMap::new();
    for (place, incident) in &items {
        *own.entry(incident).or_default().entry(*place).or_default() += 1;
    }
    let pairs: Vec<(&Incident, &Measured)> = incidents
        .iter()
        .map(|incident| {
            let places = own.get(incident.incident.as_str());
            let most = places.and_then(|places| {
                let most = places.values().max()?;
                places.iter().find(|(_, n)| *n == most)
            });
            let facts = most.and_then(|(place, _)| measured.get(*place));
            (incident, facts.unwrap_or(&nothing))
        })
        .collect();
    let mut out = fields::outcome(&pairs, false);
    for (name, share) in [
        ("bcubed_precision", agreement.precision),
        ("bcubed_recall", agreement.recall),
        ("bcubed_f1", agreement.f1),
    ] {
        out.metrics.insert(name.to_owned(), Figure::Real(share));
    }
    out.misses.extend(link_misses(incidents, &items, &own));
    out
}

/// Incidents that were not found exactly.
fn link_misses(
    incidents: &[Incident],
    items: &[(usize, &str)],
    own: &BTreeMap<&str, BTreeMap<usize, usize>>,
) -> Vec<Miss> {
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for (place, _) in items {
        *sizes.entry(*place).or_default() += 1;
    }
    incidents
        .iter()
        .filter_map(|incident| {
            let places = own.get(incident.incident.as_str())?;
            let foreign: usize = places.iter().map(|(place, n)| sizes[place] - n).sum();
            (places.len() > 1 || foreign > 0).then(|| Miss {
                item: incident.incident.clone(),
                field: "link".into(),
                expected: format!("one incident of {} reports", incident.reports.len()),
                said: format!(
                    "{} incidents, {foreign} reports of others among them",
                    places.len()
                ),
                words: incident
                    .reports
                    .iter()
                    .map(|report| format!("{} ({})", report.title, report.published))
                    .collect::<Vec<_>>()
                    .join(" | "),
            })
        })
        .collect()
}

/// Fisher and Yates with a small generator: the order must be mixed, not secret.
fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for at in (1..items.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        items.swap(at, (state % (at as u64 + 1)) as usize);
    }
}

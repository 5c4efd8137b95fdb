//! Readings as linking takes them.

use std::collections::{BTreeSet, HashMap};

use crossbearing::linking::Linked;
use jiff::civil::DateTime;
use model::{AccountId, Note, Reading, ReportId};
use reconciler::cases::Part;
use store::{Error, database::Database, results};

use crate::book::judged::{Judged, OUT_OF_SCOPE, apply};

/// Readings of some reports, judged, with their keys; without those in which nothing is in scope, as the reader has it,
/// or again after a person took back what they had added.
pub(super) fn readings(
    database: &mut dyn Database,
    reports: &[String],
    judged: &Judged,
    notes: &mut Vec<Note>,
) -> Result<Vec<Reading>, Error> {
    let packed = results::packed(database, reports)?;
    let made = crossbearing::batch::map(&packed, &|_| {}, |packed| {
        let mut reading = packed.reading()?;
        let notes = apply(&mut reading, judged);
        Ok((crossbearing::keyed(reading), notes))
    });
    let mut out = Vec::with_capacity(made.len());
    for one in made {
        let (reading, own) = one?;
        notes.extend(own);
        if !reading.notes.iter().any(|note| note.code == OUT_OF_SCOPE) {
            out.push(reading);
        }
    }
    Ok(out)
}

/// What is remembered of reports besides their records.
#[derive(Default)]
pub(super) struct Known {
    published: HashMap<ReportId, Option<DateTime>>,
}

impl Known {
    pub fn add(&mut self, readings: &[Reading]) {
        self.published.extend(readings.iter().map(|reading| {
            let published = reading.report.published.as_ref();
            (reading.report.id.clone(), published.map(|when| when.start))
        }));
    }

    /// The parts of the incidents that were found.
    pub fn parts(&self, linked: &Linked) -> Vec<BTreeSet<Part>> {
        let part = |(report, account): &(ReportId, Option<AccountId>)| {
            let id = account.as_ref().map_or(report.as_str(), AccountId::as_str);
            Part::new(id, self.published.get(report).copied().flatten())
        };
        let incidents = linked.incidents.iter();
        incidents
            .map(|parts| parts.iter().map(part).collect())
            .collect()
    }
}

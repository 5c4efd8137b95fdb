//! A step that looks at all reports.

use std::collections::{BTreeSet, HashMap};

use crossbearing::linking::{Linked, Records};
use jiff::civil::DateTime;
use model::{AccountId, Note, Reading, ReportId};
use reconciler::cases::Part;
use store::{Error, database::Database, results, steps};

use super::{
    Pace,
    index::Builder,
    step::{Due, Found},
};
use crate::book::judged::{Judged, apply};

/// Readings taken from the store in one go.
const BATCH: usize = 512;

/// Readings as linking takes them: judged, with their keys.
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
        out.push(reading);
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

/// Links all reports.
pub(super) fn find(
    database: &mut dyn Database,
    due: &Due,
    judged: &Judged,
    pace: Pace,
) -> Result<Found, Error> {
    let all = steps::read_between(database, 0, due.to.reports_to)?;
    let (mut records, mut known, mut notes) = (Records::default(), Known::default(), Vec::new());
    for some in all.chunks(BATCH) {
        let ids: Vec<String> = some.iter().map(|(_, id)| id.clone()).collect();
        let readings = readings(database, &ids, judged, &mut notes)?;
        known.add(&readings);
        records.add(&readings);
    }
    let linked = records.link(&judged.pairs, None);
    let incidents = known.parts(&linked);
    notes.extend(linked.notes);
    let numbers: HashMap<&str, i64> = all.iter().map(|(n, id)| (id.as_str(), *n)).collect();
    let index = if all.len() > pace.small {
        Builder::of_all(&records, &numbers).changes(&due.to, due.to.reports_to)
    } else {
        super::index::Changes::forget()
    };
    Ok(Found {
        incidents,
        cases: None,
        index,
        looked_at: all.len(),
        notes,
    })
}

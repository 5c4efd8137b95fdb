//! A step that looks at all reports.

use std::collections::HashMap;

use crossbearing::linking::Records;
use store::{Error, database::Database, steps};

use super::{
    due::Due,
    found::Found,
    index::{Builder, Changes},
    pace::Pace,
    readings::{Known, readings},
};
use crate::book::judged::Judged;

/// Readings taken from the store in one go.
const BATCH: usize = 512;

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
        Changes::forget()
    };
    Ok(Found {
        incidents,
        cases: None,
        index,
        looked_at: all.len(),
        notes,
    })
}

//! Large incidents of one week: hundreds of reports on each, made of the sentences of a few.
//!
//! What comes in: the reports of events. What goes out: many reports an event, each a handful of the sentences that its
//! reports share out. No benchmark has an incident of hundreds of reports, and in such a heap the names of an incident
//! are in so many reports that they seem common words. Half of the events are told as of a place that no list knows:
//! neither place nor day nor figure is read off their reports. No chance is involved.

use std::collections::BTreeMap;

use model::{ReportId, TextId, hash};
use reconciler::link::record::LinkingRecord;

use super::Labelled;

/// Every how many-th event is taken, in order of the names.
const STEP: usize = 4;
/// Reports made of an event.
const REPORTS: usize = 90;
/// Sentences that the reports of an event choose from.
const POOL: usize = 18;
/// Sentences of its event in a report, and of another event of the heap: what the news of one week has in common.
const OWN: usize = 5;
/// See [`OWN`].
const STRAY: usize = 1;
/// Day of the first reports, counted from 1970, and on how many days they are published.
const FIRST: i32 = 20_000;
/// See [`FIRST`].
const DAYS: u64 = 4;

/// The large incidents of some events.
pub fn crowds(events: &[Labelled]) -> Vec<Labelled> {
    let mut by_event: BTreeMap<&str, Vec<(&LinkingRecord, &str)>> = BTreeMap::new();
    for item in events {
        let records = by_event.entry(&item.incident).or_default();
        records.extend(
            item.record
                .iter()
                .map(|record| (record, item.body.as_str())),
        );
    }
    let taken: Vec<(&str, Vec<(&LinkingRecord, &str)>)> = by_event
        .into_iter()
        .step_by(STEP)
        .filter(|(_, records)| !records.is_empty())
        .collect();
    let pools: Vec<Vec<&str>> = taken.iter().map(|(_, records)| pool(records)).collect();
    let mut out = Vec::new();
    for (at, (event, records)) in taken.iter().enumerate() {
        let stray = &pools[(at + 1) % pools.len()];
        for number in 0..REPORTS {
            let key = |what: &str, n: usize| hash::word(&format!("{event}/{number}/{what}/{n}"));
            let pick = |from: &[&str], what: &str, n: usize| -> String {
                match from.len() {
                    0 => String::new(),
                    len => from[(key(what, n) % len as u64) as usize].to_owned(),
                }
            };
            let mut lines: Vec<String> = (0..OWN).map(|n| pick(&pools[at], "own", n)).collect();
            lines.extend((0..STRAY).map(|n| pick(stray, "stray", n)));
            let (base, _) = records[number % records.len()];
            let title = pick(&pools[at], "title", 0);
            let body = lines.join("\n");
            let address = format!("{event}/{number}");
            let headline = title.split(' ').take(8).collect::<Vec<_>>().join(" ");
            let words = reader::keys::words(&headline, &body, &format!("news/{number}"));
            let mut record = LinkingRecord {
                id: ReportId::of(&[address.as_bytes()]),
                text: TextId::of(&[body.as_bytes()]),
                account: None,
                published: Some(FIRST + (key("day", 0) % DAYS) as i32),
                words: words.into(),
                ..base.clone()
            };
            record.days.clear();
            if at % 2 == 1 {
                record.places.clear();
                record.killed.clear();
                record.injured.clear();
                record.kinds.clear();
            }
            out.push(Labelled {
                incident: (*event).to_owned(),
                family: (*event).to_owned(),
                report: address,
                record: Some(record),
                body,
            });
        }
    }
    out
}

/// Sentences of an event's reports, evenly spread, none twice.
fn pool<'a>(records: &[(&LinkingRecord, &'a str)]) -> Vec<&'a str> {
    let mut all: Vec<&str> = Vec::new();
    for (_, body) in records {
        for line in body.lines() {
            all.extend(line.split_inclusive(". ").map(str::trim));
        }
    }
    all.retain(|sentence| (40..300).contains(&sentence.len()));
    all.sort_unstable();
    all.dedup();
    let step = (all.len() / POOL).max(1);
    all.into_iter().step_by(step).take(POOL).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn report(incident: &str, n: usize) -> Labelled {
        let body = (0..12)
            .map(|at| {
                format!(
                    "In {incident} the {at}th witness of report {n} told what had happened there."
                )
            })
            .collect::<Vec<_>>()
            .join(" ");
        Labelled {
            incident: incident.into(),
            family: incident.into(),
            report: format!("{incident}-{n}"),
            record: Some(LinkingRecord {
                id: ReportId::of(&[body.as_bytes()]),
                text: TextId::of(&[body.as_bytes()]),
                account: None,
                published: None,
                words: reader::keys::words("", &body, "").into(),
                days: Vec::new(),
                places: Vec::new(),
                killed: vec![(3, 3)],
                injured: Vec::new(),
                kinds: BTreeSet::new(),
            }),
            body,
        }
    }

    #[test]
    fn an_event_of_two_reports_becomes_many_that_differ_and_share_sentences() {
        let events: Vec<Labelled> = ["a", "b", "c", "d", "e"]
            .iter()
            .flat_map(|name| [report(name, 0), report(name, 1)])
            .collect();
        let made = crowds(&events);
        assert_eq!(made.len(), 2 * REPORTS);
        let bodies: BTreeSet<&str> = made.iter().map(|item| item.body.as_str()).collect();
        assert!(bodies.len() > 2 * REPORTS - 10);
        let ids: BTreeSet<_> = made
            .iter()
            .filter_map(|item| Some(&item.record.as_ref()?.id))
            .collect();
        assert_eq!(ids.len(), made.len());
        let told = |at: usize| made[at].record.as_ref().map(|record| record.killed.len());
        assert_eq!((told(0), told(REPORTS)), (Some(1), Some(0)));
        assert_eq!(made.len(), crowds(&events).len());
    }
}

//! All events: every report read once, and once as its twin; each dossier compared, and all reports pooled.

use std::{collections::BTreeMap, path::Path};

use model::{Reading, ReportId};
use reader::Input;

use super::{
    comparison::Comparison,
    gold::{self, Event},
    tally::Tally,
    twins,
};
use crate::{
    Engine, Figure, Options, Outcome, ScoreError,
    measure::{BCubed, bcubed},
    pool,
};

/// Measures on the events below `dir`; `only` those whose names begin so, where it names any.
///
/// # Errors
/// If the folder holds no event, or a file of one cannot be read.
pub fn score(
    dir: &Path,
    only: &[String],
    engine: &Engine,
    options: &Options<'_>,
) -> Result<Outcome, ScoreError> {
    let folders = gold::folders(dir, only)?;
    let events = options
        .take(&folders)
        .iter()
        .map(|folder| Event::load(folder))
        .collect::<Result<Vec<_>, _>>()?;
    // Every report is read once, and once as its twin.
    let texts: Vec<(usize, bool, &str, Input)> = events
        .iter()
        .enumerate()
        .flat_map(|(at, event)| {
            event.reports.iter().flat_map(move |(report, input)| {
                let twin = twins::of(
                    &String::from_utf8_lossy(&input.bytes),
                    &event.gold.place,
                    at,
                );
                let twin = Input {
                    name: format!("twin of {}", input.name),
                    bytes: twin.into_bytes(),
                    ..Input::default()
                };
                [
                    (at, false, report.as_str(), input.clone()),
                    (at, true, report.as_str(), twin),
                ]
            })
        })
        .collect();
    let readings = pool::map(&texts, options, |(.., input)| engine.read(input).ok());
    let read: Vec<Read<'_>> = texts
        .iter()
        .zip(readings)
        .map(|((event, twin, report, _), reading)| Read {
            event: *event,
            twin: *twin,
            report,
            reading,
        })
        .collect();

    let all: Vec<usize> = (0..events.len()).collect();
    let dossiers = pool::map(&all, &Options::quiet(), |&at| {
        let own = read.iter().filter(|it| it.event == at && !it.twin);
        engine.dossier_of_one(&once(own))
    });
    let mut tally = Tally::default();
    for (at, (event, dossier)) in events.iter().zip(&dossiers).enumerate() {
        let names: BTreeMap<&ReportId, &str> = read
            .iter()
            .filter(|it| it.event == at && !it.twin)
            .filter_map(|it| Some((&it.reading.as_ref()?.report.id, it.report)))
            .collect();
        Comparison {
            event,
            dossier,
            names,
            tally: &mut tally,
        }
        .measure();
    }
    let mut metrics: Vec<(String, Figure)> = tally
        .shares
        .into_iter()
        .map(|(name, (right, all))| (name, Figure::share(right, all)))
        .collect();
    for (name, twins) in [("pool", false), ("twins", true)] {
        let read: Vec<&Read<'_>> = read.iter().filter(|it| twins || !it.twin).collect();
        let found = heap(&read, engine);
        for (what, share) in [
            ("f1", found.f1),
            ("precision", found.precision),
            ("recall", found.recall),
        ] {
            metrics.push((format!("{name}_b3_{what}"), Figure::Real(share)));
        }
    }
    let metrics: Vec<(&str, Figure)> = metrics
        .iter()
        .map(|(name, figure)| (name.as_str(), *figure))
        .collect();
    Ok(Outcome::new("events", events.len(), &metrics, tally.misses))
}

/// A report of an event, or its twin; no reading where it could not be read.
struct Read<'a> {
    event: usize,
    twin: bool,
    report: &'a str,
    reading: Option<Reading>,
}

/// The readings, each report once.
fn once<'a>(read: impl Iterator<Item = &'a Read<'a>>) -> Vec<Reading> {
    let by: BTreeMap<_, &Reading> = read
        .filter_map(|it| it.reading.as_ref())
        .map(|reading| ((&reading.report.id, reading.text.id()), reading))
        .collect();
    by.into_values().cloned().collect()
}

/// How well the incidents found in a heap agree with the events. A report in several incidents is in the first of the
/// list, one in none stands alone.
fn heap(read: &[&Read<'_>], engine: &Engine) -> BCubed {
    let list = engine.list(once(read.iter().copied()));
    let mut place: BTreeMap<&ReportId, usize> = BTreeMap::new();
    for (at, reports) in list.iter().enumerate() {
        for report in reports {
            place.entry(report).or_insert(at);
        }
    }
    let items: Vec<(usize, (usize, bool))> = read
        .iter()
        .enumerate()
        .map(|(at, it)| {
            let id = it.reading.as_ref().map(|reading| &reading.report.id);
            let group = id.and_then(|id| place.get(id)).copied();
            (group.unwrap_or(list.len() + at), (it.event, it.twin))
        })
        .collect();
    bcubed(&items)
}

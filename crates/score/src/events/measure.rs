//! All events: every report read once, and once as its twin; each dossier compared, and all reports pooled.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use casebook::book::propose::Model;
use model::{ClaimId, Reading, ReportId};
use reader::Input;

use super::{
    comparison::Comparison,
    gold::{self, Event},
    proposed::Asked,
    tally::Tally,
    twins,
};
use crate::{
    Engine, Figure, Miss, Options, Outcome, ScoreError,
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
    let events = load(dir, only, options)?;
    let texts = texts(&events);
    let read = read(&texts, engine, options);
    let (metrics, misses) = figures(&events, &read, &BTreeSet::new(), engine);
    Ok(outcome("events", &events, &metrics, misses))
}

/// The same twice: of what the program reads alone, and with what a language model proposes as if somebody had taken
/// all of it, which no model is better than; and what that cost.
///
/// # Errors
/// As [`score`]; if the model cannot be asked at all.
pub fn score_proposed(
    dir: &Path,
    only: &[String],
    engine: &Engine,
    options: &Options<'_>,
    model: &Model,
) -> Result<Vec<Outcome>, ScoreError> {
    let events = load(dir, only, options)?;
    let texts = texts(&events);
    let mut read = read(&texts, engine, options);
    let (metrics, misses) = figures(&events, &read, &BTreeSet::new(), engine);
    let alone = outcome("events", &events, &metrics, misses);
    let mut asked = Asked::default();
    // Twins are the same words in another town: what was proposed there is not asked for twice.
    for it in read.iter_mut().filter(|it| !it.twin) {
        if let Some(reading) = &mut it.reading {
            asked.ask(reading, model, engine)?;
        }
    }
    let (mut metrics, misses) = figures(&events, &read, &asked.claims, engine);
    metrics.extend(asked.metrics());
    let with = outcome("events with proposals", &events, &metrics, misses);
    Ok(vec![alone, with])
}

fn load(dir: &Path, only: &[String], options: &Options<'_>) -> Result<Vec<Event>, ScoreError> {
    let folders = gold::folders(dir, only)?;
    options
        .take(&folders)
        .iter()
        .map(|folder| Event::load(folder))
        .collect()
}

/// A text of an event: which event, whether it is a twin, the report's name.
type Text<'a> = (usize, bool, &'a str, Input);

/// Every report, and its twin.
fn texts(events: &[Event]) -> Vec<Text<'_>> {
    let with_twin = |at: usize, event: &Event, input: &Input| {
        let words = String::from_utf8_lossy(&input.bytes);
        Input {
            name: format!("twin of {}", input.name),
            bytes: twins::of(&words, &event.gold.place, at).into_bytes(),
            ..Input::default()
        }
    };
    let mut out = Vec::new();
    for (at, event) in events.iter().enumerate() {
        for (report, input) in &event.reports {
            out.push((at, false, report.as_str(), input.clone()));
            out.push((at, true, report.as_str(), with_twin(at, event, input)));
        }
    }
    out
}

/// Every text is read once.
fn read<'a>(texts: &[Text<'a>], engine: &Engine, options: &Options<'_>) -> Vec<Read<'a>> {
    let readings = pool::map(texts, options, |(.., input)| engine.read(input).ok());
    texts
        .iter()
        .zip(readings)
        .map(|((event, twin, report, _), reading)| Read {
            event: *event,
            twin: *twin,
            report,
            reading,
        })
        .collect()
}

/// All figures, and what is wrong.
fn figures(
    events: &[Event],
    read: &[Read<'_>],
    proposed: &BTreeSet<ClaimId>,
    engine: &Engine,
) -> (Vec<(String, Figure)>, Vec<Miss>) {
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
            proposed,
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
    (metrics, tally.misses)
}

fn outcome(
    name: &str,
    events: &[Event],
    metrics: &[(String, Figure)],
    misses: Vec<Miss>,
) -> Outcome {
    let metrics: Vec<(&str, Figure)> = metrics
        .iter()
        .map(|(name, figure)| (name.as_str(), *figure))
        .collect();
    Outcome::new(name, events.len(), &metrics, misses)
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

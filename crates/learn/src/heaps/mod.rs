//! Labelled heaps of reports, from several benchmarks, on which linking is learned.
//!
//! What comes in: a benchmark's files. What goes out: [`Labelled`] records, each with the incident that it is filed
//! under and the family that is left out together when a part is measured (an event and its look-alikes).

pub mod crowds;
pub mod moved;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use model::{Reading, hash};
use reader::{
    Input,
    read::places::{Gazetteer, RecordKind},
};
use reconciler::link::record::LinkingRecord;
use score::{Engine, Options, ScoreError, airwars, gva as shootings, map};
use serde::{Deserialize, Serialize};

use moved::{Move, moved};

/// A report as the linker sees it, and what it is on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Labelled {
    /// The incident.
    pub incident: String,
    /// What is left out together.
    pub family: String,
    /// The report's name in its benchmark.
    pub report: String,
    /// What linking needs of it; `None` when it could not be read.
    pub record: Option<LinkingRecord>,
    /// Its running text as far as linking looks at it.
    pub body: String,
}

impl Labelled {
    fn new(incident: String, family: String, report: String, reading: Option<&Reading>) -> Self {
        Self {
            incident,
            family,
            report,
            record: reading.map(LinkingRecord::of),
            body: reading.map(reader::keys::body).unwrap_or_default(),
        }
    }
}

/// The reports of a file of shootings.
///
/// # Errors
/// If the file or the model cannot be read.
pub fn gva(path: &Path, options: &Options<'_>) -> Result<Vec<Labelled>, ScoreError> {
    let members = shootings::readings::kept_or_read(path, None, Engine::load, options)?;
    Ok(members
        .into_iter()
        .map(|member| {
            let family = member.incident.clone();
            Labelled::new(member.incident, family, member.id, member.reading.as_ref())
        })
        .collect())
}

/// The English texts of a file of strikes with their sources; a text filed under several strikes is left out.
///
/// # Errors
/// If the file cannot be read.
pub fn strikes(
    path: &Path,
    engine: &Engine,
    options: &Options<'_>,
) -> Result<Vec<Labelled>, ScoreError> {
    let texts: Vec<Text> = airwars::sources(path)?
        .into_iter()
        .map(|text| Text {
            family: text.incident.clone(),
            incident: text.incident,
            name: text.name,
            report: text.report,
        })
        .collect();
    let mut seen: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for text in &texts {
        let under = seen.entry(&text.report).or_default();
        under.insert(&text.incident);
    }
    let kept: Vec<Text> = texts
        .iter()
        .filter(|text| seen[text.report.as_str()].len() == 1)
        .cloned()
        .collect();
    Ok(read(kept, engine, options))
}

/// A report to be read.
#[derive(Clone, Debug)]
pub struct Text {
    /// The incident.
    pub incident: String,
    /// What is left out together.
    pub family: String,
    /// Its name.
    pub name: String,
    /// The report, with header lines.
    pub report: String,
}

fn read(texts: Vec<Text>, engine: &Engine, options: &Options<'_>) -> Vec<Labelled> {
    map(&texts, options, |text| {
        let input = Input {
            name: text.name.clone(),
            bytes: text.report.clone().into_bytes(),
            ..Input::default()
        };
        Labelled::new(
            text.incident.clone(),
            text.family.clone(),
            text.name.clone(),
            engine.read(&input).ok().as_ref(),
        )
    })
}

#[derive(Deserialize)]
struct Event {
    event: String,
    place: Ground,
}

#[derive(Deserialize)]
struct Ground {
    names: Vec<String>,
    country: Option<String>,
}

/// In what a look-alike differs from its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alike {
    /// One town of another country stands for every name of the place.
    Abroad,
    /// Every name of the place is another town of the same country.
    NextTown,
    /// The same, and a larger toll.
    NextTownAndToll,
    /// Every name of the place is a town of another country.
    Scattered,
    /// The same town a year later, and a larger toll.
    YearLater,
}

/// The reports of event folders, and of a look-alike of each event, by the kinds given in turn; none for no kind.
///
/// # Errors
/// If a file cannot be read or is not of that shape.
pub fn events(
    dir: &Path,
    kinds: &[Alike],
    engine: &Engine,
    options: &Options<'_>,
) -> Result<Vec<Labelled>, ScoreError> {
    let mut folders: Vec<_> = fs::read_dir(dir)
        .map_err(ScoreError::read(dir))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("event.json").is_file())
        .collect();
    folders.sort();
    let towns = Towns::new(engine.gazetteer());
    let mut texts = Vec::new();
    for (at, folder) in folders.iter().enumerate() {
        let path = folder.join("event.json");
        let json = fs::read_to_string(&path).map_err(ScoreError::read(&path))?;
        let event: Event =
            serde_json::from_str(&json).map_err(|error| ScoreError::shape(&path, None, error))?;
        let kind = kinds.get(at % kinds.len().max(1));
        let to = kind.map(|kind| alike(&event, *kind, &towns, engine.gazetteer()));
        let mut files: Vec<_> = fs::read_dir(folder)
            .map_err(ScoreError::read(folder))?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
            .collect();
        files.sort();
        for file in files {
            let report = fs::read_to_string(&file).map_err(ScoreError::read(&file))?;
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            let mut add = |incident: String, report: String| {
                texts.push(Text {
                    name: format!("{incident}-{stem}"),
                    incident,
                    family: event.event.clone(),
                    report,
                });
            };
            if let Some(to) = &to {
                let other = moved(&report, to);
                let words = |text: &str| text.split_once("\n\n").map(|(_, body)| body.to_owned());
                // What names neither place nor day nor toll is of no other incident.
                if words(&other) != words(&report) {
                    add(format!("{}-alike", event.event), other);
                }
            }
            add(event.event.clone(), report);
        }
    }
    Ok(read(texts, engine, options))
}

/// Towns to which events are moved, by country.
struct Towns<'a> {
    by_country: BTreeMap<&'a str, Vec<&'a str>>,
    names: BTreeMap<&'a str, &'a str>,
}

/// Inhabitants of the towns to which events are moved.
const INHABITANTS: std::ops::Range<u32> = 30_000..3_000_000;

impl<'a> Towns<'a> {
    fn new(gazetteer: &'a Gazetteer) -> Self {
        let mut out = Self {
            by_country: BTreeMap::new(),
            names: BTreeMap::new(),
        };
        let plain = |name: &str| {
            name.len() > 3
                && name.chars().all(|c| c.is_ascii_alphabetic() || c == ' ')
                && name.split(' ').count() < 3
        };
        for record in (0..gazetteer.len() as u32).filter_map(|id| gazetteer.record(id)) {
            match record.kind {
                RecordKind::City
                    if INHABITANTS.contains(&record.population) && plain(record.name) =>
                {
                    let towns = out.by_country.entry(record.country).or_default();
                    towns.push(record.name);
                }
                RecordKind::Country => {
                    out.names.insert(record.country, record.name);
                }
                _ => {}
            }
        }
        for towns in out.by_country.values_mut() {
            towns.sort_unstable();
            towns.dedup();
        }
        out.by_country
            .retain(|country, towns| towns.len() > 7 && out.names.contains_key(country));
        out
    }

    /// A country by chance, the same for the same key.
    fn country(&self, key: &str) -> &'a str {
        let at = hash::word(key) as usize % self.by_country.len().max(1);
        self.by_country.keys().nth(at).copied().unwrap_or_default()
    }

    fn town(&self, country: &str, key: &str) -> Option<&'a str> {
        let towns = self.by_country.get(country)?;
        towns.get(hash::word(key) as usize % towns.len()).copied()
    }
}

/// The names of an event's place, the parts of names of several words between commas with them, longer ones first.
fn names(ground: &Ground) -> Vec<String> {
    let mut out: BTreeSet<String> = BTreeSet::new();
    for name in &ground.names {
        out.insert(name.clone());
        let parts = name.split([',', '/']).flat_map(|part| part.split(" and "));
        out.extend(
            parts
                .map(|part| part.trim().to_owned())
                .filter(|part| part.len() > 3),
        );
    }
    let mut out: Vec<String> = out.into_iter().collect();
    out.sort_by_key(|name| std::cmp::Reverse(name.len()));
    out
}

fn alike(event: &Event, kind: Alike, towns: &Towns<'_>, gazetteer: &Gazetteer) -> Move {
    let key = |what: &str| format!("{}{kind:?}{what}", event.event);
    let own = event.place.country.as_deref().and_then(|name| {
        let mut found = gazetteer.named(name).into_iter();
        found.find_map(|(id, _)| {
            gazetteer
                .record(id)
                .filter(|record| record.kind == RecordKind::Country)
        })
    });
    let near = matches!(kind, Alike::NextTown | Alike::NextTownAndToll);
    let own = own
        .map(|record| record.country)
        .filter(|code| near && towns.by_country.contains_key(code));
    let country = own.unwrap_or_else(|| towns.country(&key("country")));
    let mut to = Move::default();
    if kind == Alike::YearLater {
        to.weeks = 52;
    } else {
        for name in names(&event.place) {
            let by = if kind == Alike::Abroad {
                ""
            } else {
                name.as_str()
            };
            if let Some(town) = towns.town(country, &key(by)) {
                to.names.push((name, town.to_owned()));
            }
        }
        let named = towns.names.get(country).copied();
        if let (None, Some(from), Some(into)) = (own, &event.place.country, named) {
            to.names.push((from.clone(), into.to_owned()));
        }
    }
    if matches!(kind, Alike::YearLater | Alike::NextTownAndToll) {
        to.toll = 40;
    }
    to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_names_of_a_place_come_first_and_parts_with_them() {
        let ground = Ground {
            names: vec!["Varda".into(), "Upper Varda and Kelmoor".into()],
            country: None,
        };
        assert_eq!(
            names(&ground),
            ["Upper Varda and Kelmoor", "Upper Varda", "Kelmoor", "Varda"]
        );
    }
}

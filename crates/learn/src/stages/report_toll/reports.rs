//! The labelled reports, read as the weights see them.

use std::path::Path;

use reader::{
    Input,
    claims::{
        passes,
        report_toll::{self, Sample},
        segments,
    },
    learned::hash,
};
use score::cis530p;
use serde_json::Value;

use super::super::job::Job;
use crate::{
    data::{self, FOLDS, Incident, fold_of},
    error::Error,
};

/// A labelled report before it is read.
pub struct Source {
    pub name: String,
    /// `one`, `more` (reports on the incident), `cis`, `val`.
    pub part: &'static str,
    pub fold: usize,
    pub gold: [u64; 2],
    /// How much its numbers are believed: an early report of many may honestly say fewer.
    pub weight: f32,
    /// Who took part, where the label says so.
    pub people: Vec<Participant>,
    pub text: String,
}

/// A person of the label: how to know them again in the words, and whether killed, injured.
pub struct Participant {
    /// Hash of the last name; 0 for none.
    pub name: u64,
    pub years: Option<u32>,
    pub sex: Option<model::Sex>,
    pub hit: [bool; 2],
}

/// A report with all that the models see of it.
pub struct Report {
    pub source: Source,
    pub sample: Sample,
    /// Words of each candidate.
    pub words: Vec<String>,
    /// The parse, where parses are kept.
    pub doc: Option<language::Doc>,
}

fn input(source: &Source) -> Input {
    Input {
        name: source.name.clone(),
        bytes: source.text.clone().into_bytes(),
        ..Input::default()
    }
}

/// The parse of a text again, or anew.
pub fn reading(
    source: &Source,
    doc: Option<&language::Doc>,
    engine: &score::Engine,
) -> Option<(reader::text::Document, reader::read::Annotations)> {
    let extracted = reader::text::extract(&input(source)).ok()?;
    let read = match doc {
        Some(doc) => reader::read::read_doc(doc.clone(), &extracted, &engine.resources().gazetteer),
        None => engine.resources().read(&extracted),
    };
    Some((extracted, read))
}

/// A report as the weights see it, with the words of its candidates.
pub fn sample(
    source: &Source,
    doc: Option<&language::Doc>,
    engine: &score::Engine,
) -> Option<(Sample, Vec<String>)> {
    let (extracted, read) = reading(source, doc, engine)?;
    let sample = passes::run(&extracted, &read, &mut segments::opens, report_toll::sample);
    let words = sample.candidates.iter();
    let words = words
        .map(|candidate| read.doc.slice(candidate.tokens.clone()).to_owned())
        .collect();
    Some((sample, words))
}

/// The parses of all texts where they are kept from one run to the next; a text that cannot be read has none.
pub fn docs(job: &Job, sources: &[Source]) -> Result<Vec<Option<language::Doc>>, Error> {
    let Some(path) = job
        .keep
        .as_ref()
        .map(|keep| keep.join("report-toll-parses.jsonl"))
    else {
        return Ok(sources.iter().map(|_| None).collect());
    };
    let engine = job.engine()?;
    if !path.exists() {
        let lines = job.map(sources, |source| {
            let read = reading(source, None, engine).map(|(_, read)| read);
            read.and_then(|read| serde_json::to_string(&read.doc).ok())
                .unwrap_or_default()
        });
        std::fs::write(&path, lines.join("\n"))?;
    }
    let text = data::read(&path)?;
    let lines: Vec<&str> = text.split('\n').collect();
    if lines.len() != sources.len() {
        return Err(format!(
            "{} holds the parses of other texts: remove it",
            path.display()
        )
        .into());
    }
    Ok(job.map(&lines, |line| language::Doc::from_json(line).ok()))
}

/// The incident of a source's name.
pub fn incident(source: &Source) -> &str {
    source.name.rsplit_once('-').map_or("", |(id, _)| id)
}

/// The reports of incidents of shootings.
pub fn gva(path: &Path) -> Result<Vec<Source>, Error> {
    let mut out = Vec::new();
    for incident in data::lines::<Incident>(path)? {
        let single = incident.reports.len() == 1;
        for (i, report) in incident.reports.iter().enumerate() {
            out.push(Source {
                name: format!("{}-{i}", incident.incident),
                part: if single { "one" } else { "more" },
                fold: fold_of(&incident.incident),
                gold: [incident.gold.killed, incident.gold.injured],
                weight: if single { 1.0 } else { 0.8 },
                people: participants(&incident.gold.participants),
                text: report.page(),
            });
        }
    }
    Ok(out)
}

fn participants(label: &Value) -> Vec<Participant> {
    let people = label.as_array().map_or(&[] as &[Value], Vec::as_slice);
    people
        .iter()
        .map(|person| {
            let field = |key: &str| person[key].as_str().unwrap_or("").trim();
            let name: Vec<&str> = field("Name")
                .split_whitespace()
                .filter(|part| !matches!(*part, "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV"))
                .collect();
            let status = field("Status");
            Participant {
                name: match name.as_slice() {
                    [_, .., last] => hash(&last.to_lowercase()),
                    _ => 0,
                },
                years: field("Age").parse().ok(),
                sex: match field("Gender") {
                    "Male" => Some(model::Sex::Male),
                    "Female" => Some(model::Sex::Female),
                    _ => None,
                },
                hit: [
                    status.contains("Killed"),
                    status.contains("Injured") && !status.contains("Killed"),
                ],
            }
        })
        .collect()
}

/// The reports of `cis530p`, each with its label.
pub fn cis(x: &Path, y: &Path, part: &'static str) -> Result<Vec<Source>, Error> {
    let rows = cis530p::rows(x, y)?.into_iter().enumerate();
    Ok(rows
        .map(|(i, (x, y))| {
            let letters = x.text.chars().filter(|c| c.is_alphabetic());
            let opening: String = letters.take(60).collect();
            Source {
                name: format!("{part}-{i}"),
                part,
                fold: if part == "val" {
                    FOLDS
                } else {
                    fold_of(&opening)
                },
                gold: [y.n_killed, y.n_injured],
                weight: 1.0,
                people: Vec::new(),
                text: data::dated(x.publish_date.as_deref(), &x.text),
            }
        })
        .collect())
}

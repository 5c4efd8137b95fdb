//! The gold of an event: `event.json`, `claims.jsonl` and the reports beside them.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use reader::Input;
use serde::Deserialize;

use crate::{ScoreError, case};

/// One event with its reports.
pub struct Event {
    /// The folder's name.
    pub name: String,
    /// The reports by name (`01`).
    pub reports: BTreeMap<String, Input>,
    /// What stands.
    pub gold: Gold,
    /// The claims.
    pub claims: Vec<Claim>,
}

/// What a careful reader would put on the first screen.
#[derive(Deserialize)]
pub struct Gold {
    /// Days accepted, `2031-05-06`.
    pub date: Vec<String>,
    /// Where.
    pub place: Place,
    /// Each report's own figures for everybody, by report and slot; `None` where it gives none.
    pub tolls: BTreeMap<String, BTreeMap<String, Option<Toll>>>,
    /// The figure at the top by count slot.
    pub stands: BTreeMap<String, Stand>,
    /// What is disputed.
    pub disputes: Vec<Dispute>,
    /// Who is named.
    pub responsibility: Vec<Named>,
}

/// Where an event was.
#[derive(Deserialize)]
pub struct Place {
    /// Names accepted.
    pub names: Vec<String>,
    /// Country; empty where unknown.
    #[serde(default)]
    pub country: String,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// How far off a point may be.
    pub within_km: Option<f64>,
}

/// A report's own figure.
#[derive(Deserialize)]
pub struct Toll {
    /// Smallest number.
    pub low: u64,
    /// Largest; `None` is open.
    pub high: Option<u64>,
    /// The number said.
    pub stated: Option<u64>,
}

/// The figure at the top.
#[derive(Deserialize)]
pub struct Stand {
    /// Smallest number.
    pub low: u64,
    /// Largest; `None` is open.
    pub high: Option<u64>,
    /// The number said.
    pub stated: Option<u64>,
    /// Other ranges that can be defended.
    #[serde(default)]
    pub accept: Vec<(u64, Option<u64>)>,
    /// `single`, `agreed`, `revised` or `disputed`.
    pub verdict: String,
}

/// A dispute of a first screen.
#[derive(Deserialize)]
pub struct Dispute {
    /// Its slot.
    pub slot: String,
}

/// Somebody held responsible.
#[derive(Deserialize)]
pub struct Named {
    /// Who.
    pub who: String,
}

/// A gold claim.
#[derive(Deserialize)]
pub struct Claim {
    /// Its id.
    pub id: String,
    /// The report's name.
    pub report: String,
    /// What it is about.
    pub slot: String,
    /// The words.
    pub quote: String,
    /// What it says.
    pub value: String,
    /// Who says it, the first link first; `outlet` is the publisher.
    pub speaker: Vec<String>,
    /// With what commitment.
    pub stance: String,
    /// `background` for another incident.
    #[serde(default)]
    pub account: String,
}

impl Claim {
    /// Whether it is of another incident.
    pub fn is_background(&self) -> bool {
        self.account == "background"
    }
}

impl Stand {
    /// Every range that can be defended, the first the best.
    pub fn ranges(&self) -> Vec<(u64, Option<u64>)> {
        let mut ranges = vec![(self.low, self.high)];
        ranges.extend(&self.accept);
        ranges
    }
}

impl Event {
    /// Reads the event in `dir`.
    ///
    /// # Errors
    /// If a file is missing or not of that shape.
    pub fn load(dir: &Path) -> Result<Self, ScoreError> {
        let path = dir.join("event.json");
        let text = std::fs::read_to_string(&path).map_err(ScoreError::read(&path))?;
        let gold =
            serde_json::from_str(&text).map_err(|error| ScoreError::shape(&path, None, error))?;
        let mut reports = BTreeMap::new();
        for path in entries(dir)? {
            let name = file_name(&path);
            let Some(stem) = name.strip_suffix(".txt") else {
                continue;
            };
            if name.starts_with(|c: char| c.is_ascii_digit()) {
                let input = Input {
                    name: path.display().to_string(),
                    bytes: std::fs::read(&path).map_err(ScoreError::read(&path))?,
                    ..Input::default()
                };
                reports.insert(stem.to_owned(), input);
            }
        }
        Ok(Self {
            name: file_name(dir),
            reports,
            gold,
            claims: case::lines(&dir.join("claims.jsonl"))?,
        })
    }
}

/// The folders of events below `dir`, sorted by name: only those whose name begins with one of `only`, where there are
/// any.
///
/// # Errors
/// If a folder cannot be read, or there is no event.
pub fn folders(dir: &Path, only: &[String]) -> Result<Vec<PathBuf>, ScoreError> {
    let mut out = entries(dir)?;
    out.retain(|path| {
        let name = file_name(path);
        path.join("event.json").is_file()
            && (only.is_empty() || only.iter().any(|start| name.starts_with(start.as_str())))
    });
    if out.is_empty() {
        return Err(ScoreError::Empty {
            path: dir.to_owned(),
            hint: "one folder an event, each with event.json, claims.jsonl and 01.txt …".into(),
        });
    }
    Ok(out)
}

fn entries(dir: &Path) -> Result<Vec<PathBuf>, ScoreError> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(ScoreError::read(dir))? {
        out.push(entry.map_err(ScoreError::read(dir))?.path());
    }
    out.sort();
    Ok(out)
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

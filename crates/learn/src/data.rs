//! Labelled data as the stages share it.
//!
//! Comes in: files of the benchmark folder. Goes out: reports as the program reads them, with their labels, and the
//! part that each is left out with.

use std::path::{Path, PathBuf};

use reader::{Input, learned::hash, text};
use score::{Engine, Plain};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::error::Error;

/// Parts of the data; each is measured by weights of the others.
pub const FOLDS: usize = 5;

/// The part of what bears this name.
pub fn fold_of(name: &str) -> usize {
    (hash(name) % FOLDS as u64) as usize
}

/// An incident of shootings with its reports.
#[derive(Clone, Debug, Deserialize)]
pub struct Incident {
    /// Its number.
    pub incident: String,
    /// What is known of it.
    pub gold: Gold,
    /// The reports on it.
    pub reports: Vec<Report>,
}

/// What is known of an incident.
#[derive(Clone, Debug, Deserialize)]
pub struct Gold {
    /// Its day, as "January 5, 2017".
    pub date: String,
    /// Its state.
    pub state: Value,
    /// Its town or county.
    pub city_or_county: Value,
    /// People killed.
    pub killed: u64,
    /// People injured.
    pub injured: u64,
    /// Who took part.
    #[serde(default)]
    pub participants: Value,
}

/// A report.
#[derive(Clone, Debug, Deserialize)]
pub struct Report {
    /// Its name in the file.
    pub id: String,
    /// Its headline.
    #[serde(default)]
    pub title: String,
    /// Its day as written.
    #[serde(default)]
    pub published: String,
    /// Its address.
    #[serde(default)]
    pub url: String,
    /// Its text.
    pub text: String,
}

impl Report {
    /// The report as a file with header lines.
    pub fn page(&self) -> String {
        Plain {
            name: &self.id,
            title: &self.title,
            published: &self.published,
            url: &self.url,
            body: &self.text,
        }
        .page()
    }
}

/// A text with its day of publication as a file with header lines.
pub fn dated(published: Option<&str>, body: &str) -> String {
    Plain {
        published: published.unwrap_or_default(),
        body,
        ..Plain::default()
    }
    .page()
}

/// One JSON object a line.
///
/// # Errors
/// If the file cannot be read or a line is no such object.
pub fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Error> {
    let text = read(path)?;
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            serde_json::from_str(line)
                .map_err(|error| format!("{}:{}: {error}", path.display(), at + 1).into())
        })
        .collect()
}

/// A file as text.
///
/// # Errors
/// If it cannot be read; the message names it.
pub fn read(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Folders of events below a folder, by name.
///
/// # Errors
/// If the folder cannot be read.
pub fn events(root: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries =
        std::fs::read_dir(root).map_err(|error| format!("{}: {error}", root.display()))?;
    let mut out: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("claims.jsonl").exists())
        .collect();
    out.sort();
    Ok(out)
}

/// The last part of a path.
pub fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The plain text of a report; `None` when it cannot be read.
pub fn extract(page: &str) -> Option<text::Document> {
    text::extract(&Input {
        bytes: page.as_bytes().to_vec(),
        ..Input::default()
    })
    .ok()
}

/// The plain text of a report and what was read off it; `None` when it cannot be read.
pub fn reading(engine: &Engine, page: &str) -> Option<(text::Document, reader::read::Annotations)> {
    let extracted = extract(page)?;
    let read = engine.resources().read(&extracted);
    Some((extracted, read))
}

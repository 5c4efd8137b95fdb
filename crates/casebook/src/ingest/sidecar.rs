//! Sidecars: `NAME.json` or `NAME.toml` beside a report, with what is known about it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use model::{Note, Severity};
use reader::text::Metadata;

use super::note;

/// Keys a sidecar may have: the field and its other names.
const KEYS: &[(&str, &[&str])] = &[
    ("title", &["headline"]),
    ("source", &["publisher", "outlet"]),
    ("byline", &["author"]),
    ("url", &["link", "address"]),
    ("published", &["date", "published_at"]),
    ("language", &["lang"]),
];

/// Reads the sidecar of the report at `path`, if it has one.
pub(super) fn read(path: &Path, notes: &mut Vec<Note>) -> Metadata {
    for (file, parse) in candidates(path) {
        let Ok(text) = std::fs::read_to_string(&file) else {
            continue;
        };
        match parse(&text) {
            Ok(fields) => return metadata(&fields),
            Err(message) => notes.push(note(
                Severity::Error,
                "sidecar-unreadable",
                &file.display().to_string(),
                &message,
                "a sidecar is one object: {\"title\": …, \"source\": …, \"published\": \"2031-03-04\", \"url\": …}",
            )),
        }
    }
    Metadata::default()
}

type Parse = fn(&str) -> Result<BTreeMap<String, String>, String>;

/// Where a sidecar may be: the report's full name or its stem, with either ending.
fn candidates(path: &Path) -> Vec<(PathBuf, Parse)> {
    let full = path.as_os_str().to_string_lossy().into_owned();
    let mut out: Vec<(PathBuf, Parse)> = Vec::new();
    for (ending, parse) in [("json", json as Parse), ("toml", toml as Parse)] {
        out.push((PathBuf::from(format!("{full}.{ending}")), parse));
        out.push((path.with_extension(ending), parse));
    }
    out
}

/// Whether the file at `path` is the sidecar of a report that stands beside it.
pub(super) fn has_report(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    if ending != "json" && ending != "toml" {
        return false;
    }
    let stem = path.with_extension("");
    stem.is_file()
        || ["txt", "text", "html", "htm", "xhtml"]
            .iter()
            .any(|ending| path.with_extension(ending).is_file())
}

fn json(text: &str) -> Result<BTreeMap<String, String>, String> {
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|error| format!("not valid JSON: {error}"))?;
    let object = value.as_object().ok_or("not a JSON object")?;
    Ok(object
        .iter()
        .filter_map(|(key, value)| Some((key.to_lowercase(), value.as_str()?.to_owned())))
        .collect())
}

fn toml(text: &str) -> Result<BTreeMap<String, String>, String> {
    let table: toml::Table =
        toml::from_str(text).map_err(|error| format!("not valid TOML: {}", error.message()))?;
    Ok(table
        .into_iter()
        .filter_map(|(key, value)| {
            let words = match value {
                toml::Value::String(words) => words,
                toml::Value::Datetime(time) => time.to_string(),
                _ => return None,
            };
            Some((key.to_lowercase(), words))
        })
        .collect())
}

fn metadata(fields: &BTreeMap<String, String>) -> Metadata {
    let get = |key: &str| {
        let others = KEYS
            .iter()
            .find(|(name, _)| *name == key)
            .map_or(&[][..], |(_, others)| *others);
        std::iter::once(&key)
            .chain(others)
            .find_map(|name| fields.get(*name))
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    };
    Metadata {
        title: get("title"),
        source: get("source"),
        byline: get("byline"),
        url: get("url"),
        published: get("published"),
        language: get("language"),
    }
}

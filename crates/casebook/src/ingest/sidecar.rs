//! Sidecars: `NAME.json` or `NAME.toml` beside a report, with what is known about it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use model::{Note, Severity};
use reader::text::Metadata;

use super::note;
use crate::files;

/// Keys a sidecar may have: the field and its other names.
const KEYS: &[(&str, &[&str])] = &[
    ("title", &["headline"]),
    ("source", &["publisher", "outlet"]),
    ("byline", &["author"]),
    ("url", &["link", "address"]),
    ("published", &["date", "published_at"]),
    ("language", &["lang"]),
];

/// Reads the sidecar of the report at `path`, if it has one. What of it does not apply is told. Its own path goes to
/// `files`.
pub(super) fn read(path: &Path, files: &mut Vec<PathBuf>, notes: &mut Vec<Note>) -> Metadata {
    const SHAPE: &str = "a sidecar is one object: \
        {\"title\": …, \"source\": …, \"published\": \"2031-03-04\", \"url\": …}";
    let mut first: Option<(PathBuf, Metadata)> = None;
    for (file, parse) in candidates(path) {
        let Ok(meta) = std::fs::symlink_metadata(&file) else {
            continue;
        };
        files.push(file.clone());
        let mut tell = |severity, code: &str, message: &str, hint: &str| {
            let name = file.display().to_string();
            notes.push(note(severity, code, &name, message, hint));
        };
        if let Some((used, _)) = &first {
            let message = format!("passed over: {} is read already", used.display());
            let hint = "keep one sidecar for a report";
            tell(Severity::Warning, "sidecar-second", &message, hint);
            continue;
        }
        // Nobody has named a sidecar: where it leads out of the report's folder, it may show what was not meant to be
        // read.
        if meta.is_symlink() && super::leads_out(&file, super::folder_of(path)) {
            let message = "passed over: a link that leads out of the report's folder";
            let hint = "put a copy of the sidecar beside the report";
            tell(Severity::Warning, "link-out", message, hint);
            continue;
        }
        let text = match files::read(&file, MAX_BYTES).map(String::from_utf8) {
            Ok(Ok(text)) => text,
            Ok(Err(_)) => {
                let message = "the sidecar is not UTF-8; passed over";
                tell(
                    Severity::Error,
                    "sidecar-unreadable",
                    message,
                    "save it as UTF-8",
                );
                continue;
            }
            Err(error) => {
                let message = format!("the sidecar cannot be read: {error}");
                tell(Severity::Error, "sidecar-unreadable", &message, SHAPE);
                continue;
            }
        };
        match parse(text.trim_start_matches('\u{feff}')) {
            Ok(fields) => {
                for (key, words) in &fields.read {
                    if !KEYS
                        .iter()
                        .any(|(name, others)| name == key || others.contains(&key.as_str()))
                    {
                        let message = format!(
                            "the key {key:?} means nothing here ({words:?} is passed over)"
                        );
                        tell(Severity::Warning, "sidecar-key", &message, KNOWN);
                    }
                }
                for key in &fields.odd {
                    let message = format!("the value of {key:?} is no text; passed over");
                    tell(
                        Severity::Warning,
                        "sidecar-value",
                        &message,
                        "write values as text in quotation marks",
                    );
                }
                for (name, others) in KEYS {
                    let said = |key: &&str| fields.read.contains_key(*key);
                    let keys: Vec<&str> = std::iter::once(name)
                        .chain(*others)
                        .copied()
                        .filter(said)
                        .collect();
                    if let [first, rest @ ..] = &keys[..]
                        && !rest.is_empty()
                    {
                        let message = format!("{first:?} is taken, {rest:?} passed over");
                        tell(Severity::Warning, "sidecar-key", &message, KNOWN);
                    }
                }
                first = Some((file, metadata(&fields.read)));
            }
            Err(message) => tell(Severity::Error, "sidecar-unreadable", &message, SHAPE),
        }
    }
    first.map(|(_, metadata)| metadata).unwrap_or_default()
}

/// Most bytes of a sidecar.
const MAX_BYTES: u64 = 1_000_000;
/// The keys, for a hint.
const KNOWN: &str = "keys are title, source, byline, url, published, language";

/// What a sidecar holds: texts by key in lower case, and the keys of what is no text.
#[derive(Default)]
struct Fields {
    read: BTreeMap<String, String>,
    odd: Vec<String>,
}

type Parse = fn(&str) -> Result<Fields, String>;

/// Where a sidecar may be: the report's full name or its stem, with either ending.
fn candidates(path: &Path) -> Vec<(PathBuf, Parse)> {
    let mut out: Vec<(PathBuf, Parse)> = Vec::new();
    for (ending, parse) in [("json", json as Parse), ("toml", toml as Parse)] {
        let mut full = path.as_os_str().to_owned();
        full.push(format!(".{ending}"));
        out.push((PathBuf::from(full), parse));
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

fn json(text: &str) -> Result<Fields, String> {
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|error| format!("not valid JSON: {error}"))?;
    let object = value.as_object().ok_or("not a JSON object")?;
    let mut out = Fields::default();
    for (key, value) in object {
        match value {
            serde_json::Value::String(words) => {
                out.read.insert(key.to_lowercase(), words.clone());
            }
            serde_json::Value::Null => {}
            _ => out.odd.push(key.clone()),
        }
    }
    Ok(out)
}

fn toml(text: &str) -> Result<Fields, String> {
    let table: toml::Table =
        toml::from_str(text).map_err(|error| format!("not valid TOML: {}", error.message()))?;
    let mut out = Fields::default();
    for (key, value) in table {
        let words = match value {
            toml::Value::String(words) => words,
            toml::Value::Datetime(time) => time.to_string(),
            _ => {
                out.odd.push(key);
                continue;
            }
        };
        out.read.insert(key.to_lowercase(), words);
    }
    Ok(out)
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

//! Sidecars: `NAME.json` or `NAME.toml` beside a report, with what is known about it.

use std::path::{Path, PathBuf};

use model::{Note, Severity};
use reader::text::Metadata;

use super::{
    endings::REPORTS,
    fields::{self, Fields, KNOWN},
    notes::note,
};
use crate::files::{self, folder_of, leads_out};

/// Most bytes of a sidecar.
const MAX_BYTES: u64 = 1_000_000;

/// Keys that mean nothing, and values that are no text, which are told one by one.
const TOLD: usize = 10;

const SHAPE: &str = "a sidecar is one object: \
    {\"title\": …, \"source\": …, \"published\": \"2031-03-04\", \"url\": …}";

type Parse = fn(&str) -> Result<Fields, String>;

/// Reads the sidecar of the report at `path`, if it has one. What of it does not apply is told. Its own path goes to
/// `files`.
pub(super) fn read(path: &Path, files: &mut Vec<PathBuf>, notes: &mut Vec<Note>) -> Metadata {
    let mut first: Option<(PathBuf, Metadata)> = None;
    for (file, parse) in candidates(path) {
        let Ok(meta) = std::fs::symlink_metadata(&file) else {
            continue;
        };
        files.push(file.clone());
        let name = file.display().to_string();
        let mut tell = |severity, code: &str, message: &str, hint: &str| {
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
        if meta.is_symlink() && leads_out(&file, folder_of(path)) {
            let message = "passed over: a link that leads out of the report's folder";
            let hint = "put a copy of the sidecar beside the report";
            tell(Severity::Warning, "link-out", message, hint);
            continue;
        }
        match fields(&file, parse) {
            Ok(fields) => {
                passed_over(&fields, &name, notes);
                first = Some((file, fields.metadata()));
            }
            Err((message, hint)) => tell(Severity::Error, "sidecar-unreadable", &message, hint),
        }
    }
    first.map(|(_, metadata)| metadata).unwrap_or_default()
}

/// What a sidecar holds; else what is wrong with it, and what to try.
fn fields(file: &Path, parse: Parse) -> Result<Fields, (String, &'static str)> {
    let bytes = files::read(file, MAX_BYTES)
        .map_err(|error| (format!("the sidecar cannot be read: {error}"), SHAPE))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        let message = "the sidecar is not UTF-8; passed over";
        (message.to_owned(), "save it as UTF-8")
    })?;
    parse(text.trim_start_matches('\u{feff}')).map_err(|message| (message, SHAPE))
}

/// Tells what of a sidecar does not apply.
fn passed_over(fields: &Fields, name: &str, notes: &mut Vec<Note>) {
    let mut tell = |code: &str, message: &str, hint: &str| {
        notes.push(note(Severity::Warning, code, name, message, hint));
    };
    let unknown = fields.read.iter().filter(|(key, _)| !fields::is_known(key));
    for (key, words) in unknown.clone().take(TOLD) {
        let message = format!("the key {key:?} means nothing here ({words:?} is passed over)");
        tell("sidecar-key", &message, KNOWN);
    }
    let more = unknown.count().saturating_sub(TOLD);
    if more > 0 {
        let message = format!("and {more} more keys that mean nothing here");
        tell("sidecar-key", &message, KNOWN);
    }
    let more = fields.odd.len().saturating_sub(TOLD);
    if more > 0 {
        let message = format!("{more} more values that are no text; passed over");
        tell(
            "sidecar-value",
            &message,
            "write values as text in quotation marks",
        );
    }
    for key in fields.odd.iter().take(TOLD) {
        let message = format!("the value of {key:?} is no text; passed over");
        let hint = "write values as text in quotation marks";
        tell("sidecar-value", &message, hint);
    }
    for keys in fields.doubled() {
        let message = format!("{:?} is taken, {:?} passed over", keys[0], &keys[1..]);
        tell("sidecar-key", &message, KNOWN);
    }
}

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
        || REPORTS
            .iter()
            .any(|ending| path.with_extension(ending).is_file())
}

fn json(text: &str) -> Result<Fields, String> {
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|error| format!("not valid JSON: {error}"))?;
    match value {
        serde_json::Value::Object(object) => Ok(Fields::of_json(object)),
        _ => Err("not a JSON object".to_owned()),
    }
}

fn toml(text: &str) -> Result<Fields, String> {
    toml::from_str(text)
        .map(Fields::of_toml)
        .map_err(|error| format!("not valid TOML: {}", error.message()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_keys_that_mean_nothing_some_are_told_and_the_rest_counted() {
        let words = |key: &str, value: &str| -> String {
            (0..50)
                .map(|n| format!("\"{key}{n}\": {value}, "))
                .collect()
        };
        let text = format!(
            "{{{}{}\"title\": \"T\"}}",
            words("a", "\"x\""),
            words("b", "7")
        );
        let mut notes = Vec::new();
        passed_over(&json(&text).unwrap(), "a.json", &mut notes);
        assert_eq!(notes.len(), 22);
        let said = |words: &str| notes.iter().any(|note| note.message.contains(words));
        assert!(said("and 40 more keys") && said("40 more values"));
    }
}

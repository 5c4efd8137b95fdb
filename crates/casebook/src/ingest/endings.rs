//! What the ending of a file's name says of it.

use std::path::Path;

/// Endings of files that hold one report, lower case: those taken from a folder.
pub(super) const REPORTS: &[&str] = &["txt", "text", "html", "htm", "xhtml"];

/// Endings of files that may hold several reports.
pub(super) const CONTAINERS: &[&str] = &["jsonl", "ndjson", "zip", "warc", "gz"];

/// Endings of data files that are no reports even when they are named one by one, as a shell's `DIR/*` does.
pub(super) const DATA: &[&str] = &["json", "toml", "csv", "tsv", "yaml", "yml", "md"];

/// Whether the path ends so.
pub(super) fn has(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    endings.contains(&ending.to_lowercase().as_str())
}

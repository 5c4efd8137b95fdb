//! What the ending of a file's name says of it.

use std::path::Path;

/// Endings of files that hold one report, lower case: those taken from a folder.
pub(super) const REPORTS: &[&str] = &["txt", "text", "html", "htm", "xhtml", "pdf", "docx"];

/// Endings of files that may hold several reports.
pub(super) const CONTAINERS: &[&str] = &[
    "jsonl", "ndjson", "json", "zip", "warc", "gz", "mbox", "mbx", "eml", "mhtml", "mht", "csv",
    "tsv", "tab",
];

/// Endings of data files that are no reports even when they are named one by one, as a shell's `DIR/*` does. A file of
/// JSON that holds reports is none of these.
pub(super) const DATA: &[&str] = &["json", "toml", "yaml", "yml", "md"];

/// Whether the path ends so.
pub(super) fn has(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    endings.contains(&ending.to_lowercase().as_str())
}

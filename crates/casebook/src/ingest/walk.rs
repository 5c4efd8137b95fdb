//! Names to files: folders are walked, patterns matched.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use model::{Note, Severity};

use super::{
    columns::Columns,
    container,
    endings::{self, DATA, REPORTS},
    notes::{note, unreadable},
    sidecar,
};
use crate::files::leads_out;

/// Folders deeper than this are not walked.
const DEPTH: usize = 32;

/// Files found so far, each once.
pub(super) struct Files<'a> {
    /// Path by what it resolves to, so that one file named twice is one report.
    found: BTreeMap<PathBuf, PathBuf>,
    /// Which values of a record are what.
    columns: &'a Columns,
    /// Files of folders that are no reports by their names.
    others: u64,
}

impl<'a> Files<'a> {
    /// None yet.
    pub(super) fn new(columns: &'a Columns) -> Self {
        Self {
            found: BTreeMap::new(),
            columns,
            others: 0,
        }
    }

    /// How many files of folders were passed over for their names, sidecars aside.
    pub(super) fn others(&self) -> u64 {
        self.others
    }

    /// Adds what `name` names.
    pub(super) fn add(&mut self, name: &str, notes: &mut Vec<Note>) {
        let path = Path::new(name);
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.folder(path, notes),
            Ok(_) => self.file(path, notes),
            Err(_) if name.contains(['*', '?', '[']) => self.pattern(name, notes),
            Err(error) => notes.push(unreadable(name, &error)),
        }
    }

    /// The files in no particular order.
    pub(super) fn into_paths(self) -> impl Iterator<Item = PathBuf> {
        self.found.into_values()
    }

    fn file(&mut self, path: &Path, notes: &mut Vec<Note>) {
        if sidecar::has_report(path) {
            return;
        }
        if endings::has(path, DATA) && !container::holds_reports(path, self.columns) {
            notes.push(note(
                Severity::Warning,
                "no-report",
                &path.display().to_string(),
                "passed over: a data file, not a report",
                "reports end in .txt, .html, .pdf or .docx; a sidecar has the name of its report; reports in a \
                 .json are objects with `text`, or with what --map says",
            ));
            return;
        }
        self.put(path);
    }

    fn put(&mut self, path: &Path) {
        let key = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        // The shorter name is kept, so that the order in which a file is named twice changes nothing.
        let name = self.found.entry(key).or_insert_with(|| path.to_owned());
        if (path.as_os_str().len(), path) < (name.as_os_str().len(), name.as_path()) {
            *name = path.to_owned();
        }
    }

    /// Adds a file that was found below `root` and not named; whether it is one. What leads out of there was not meant.
    fn below(&mut self, path: &Path, root: &Path, notes: &mut Vec<Note>) -> bool {
        let linked = std::fs::symlink_metadata(path).is_ok_and(|meta| meta.is_symlink());
        let plain = path.is_file();
        if linked && leads_out(path, root) {
            let name = path.display().to_string();
            let message = "passed over: a link that leads out of the folder";
            let hint = "name the file itself";
            notes.push(note(Severity::Warning, "link-out", &name, message, hint));
        } else if plain {
            self.put(path);
        } else {
            let name = path.display().to_string();
            let message = "passed over: no plain file";
            let hint = "give what it holds on standard input, as the file `-`";
            notes.push(note(Severity::Warning, "not-a-file", &name, message, hint));
        }
        plain
    }

    fn folder(&mut self, root: &Path, notes: &mut Vec<Note>) {
        let mut open = vec![(root.to_owned(), 0)];
        let mut any = false;
        while let Some((folder, depth)) = open.pop() {
            // What a casebook keeps is in it already.
            if folder.join(store::FILE).is_file() {
                continue;
            }
            let entries = match std::fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    notes.push(unreadable(&folder.display().to_string(), &error));
                    continue;
                }
            };
            for entry in entries.flatten() {
                if entry.file_name().to_string_lossy().starts_with('.') {
                    continue;
                }
                let path = entry.path();
                // Links to folders are not followed: they may lead back up.
                let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
                if is_folder && depth >= DEPTH {
                    notes.push(too_deep(&path));
                } else if is_folder {
                    open.push((path, depth + 1));
                } else if endings::has(&path, REPORTS)
                    || !sidecar::has_report(&path) && container::holds_reports(&path, self.columns)
                {
                    any |= self.below(&path, root, notes);
                } else if !sidecar::has_report(&path) {
                    self.others += 1;
                }
            }
        }
        if !any {
            notes.push(note(
                Severity::Error,
                "no-reports",
                &root.display().to_string(),
                "no reports in this folder",
                "reports end in .txt, .html, .pdf or .docx, or lie in a .zip, .warc, .mbox, .eml, .csv or .jsonl",
            ));
        }
    }

    fn pattern(&mut self, pattern: &str, notes: &mut Vec<Note>) {
        // As in a shell: hidden files are matched only by name.
        let options = glob::MatchOptions {
            require_literal_leading_dot: true,
            ..glob::MatchOptions::new()
        };
        let (root, paths) = match expand(pattern, options, notes) {
            Ok(found) => found,
            Err(error) => {
                let message = format!("this is no valid pattern: {}", error.msg);
                notes.push(note(
                    Severity::Error,
                    "no-match",
                    pattern,
                    &message,
                    "quote names that hold * ? or [",
                ));
                return;
            }
        };
        let any = !paths.is_empty();
        for path in paths {
            // A folder on the way may be a link too.
            if leads_out(&path, &root) {
                let name = path.display().to_string();
                let message = "passed over: a link that leads out of the folder";
                let hint = "name the file itself";
                notes.push(note(Severity::Warning, "link-out", &name, message, hint));
            } else if path.is_dir() {
                self.folder(&path, notes);
            } else {
                self.file(&path, notes);
            }
        }
        if !any {
            notes.push(note(
                Severity::Error,
                "no-match",
                pattern,
                "no file matches this pattern",
                "check the folder's name; ** matches any number of folders",
            ));
        }
    }
}

/// The folder that a pattern searches, and the paths that it matches, part by part; `**` is any number of folders.
/// Names that are not UTF-8 are matched by what can be shown of them: the walk of the `glob` crate panics at the
/// first of them.
fn expand(
    pattern: &str,
    options: glob::MatchOptions,
    notes: &mut Vec<Note>,
) -> Result<(PathBuf, Vec<PathBuf>), glob::PatternError> {
    let (mut found, rest) = match pattern.strip_prefix('/') {
        Some(rest) => (vec![PathBuf::from("/")], rest),
        None => (vec![PathBuf::new()], pattern),
    };
    // The folder that the pattern names before its first sign.
    let mut root: Option<PathBuf> = None;
    for part in rest.split('/').filter(|part| !part.is_empty()) {
        if root.is_none() && part.contains(['*', '?', '[']) {
            root = found
                .first()
                .map(|folder| match folder.as_os_str().is_empty() {
                    true => PathBuf::from("."),
                    false => folder.clone(),
                });
        }
        let matcher = glob::Pattern::new(part)?;
        let mut next = Vec::new();
        for folder in found {
            if part == "**" {
                below(folder, &mut next, notes);
            } else if !part.contains(['*', '?', '[']) {
                let path = folder.join(part);
                if path.exists() {
                    next.push(path);
                }
            } else {
                let fits =
                    |name: &std::ffi::OsStr| matcher.matches_with(&name.to_string_lossy(), options);
                next.extend(entries(&folder).filter(|path| path.file_name().is_some_and(fits)));
            }
        }
        found = next;
    }
    Ok((root.unwrap_or_else(|| PathBuf::from(".")), found))
}

/// What stands in a folder; the current one for an empty path. Nothing when it cannot be read.
fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let at = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let folder = folder.to_owned();
    let entries = std::fs::read_dir(at).into_iter().flatten().flatten();
    entries.map(move |entry| folder.join(entry.file_name()))
}

/// A folder and all below it, links and hidden ones left out.
fn below(folder: PathBuf, out: &mut Vec<PathBuf>, notes: &mut Vec<Note>) {
    let mut open = vec![(folder, 0)];
    while let Some((folder, depth)) = open.pop() {
        if depth >= DEPTH {
            notes.push(too_deep(&folder));
        } else {
            let inner = entries(&folder).filter(|path| {
                let hidden = path
                    .file_name()
                    .is_some_and(|name| name.to_string_lossy().starts_with('.'));
                let plain = std::fs::symlink_metadata(path).is_ok_and(|meta| meta.is_dir());
                !hidden && plain
            });
            open.extend(inner.map(|path| (path, depth + 1)));
        }
        out.push(folder);
    }
}

fn too_deep(folder: &Path) -> Note {
    let message = format!("passed over: more than {DEPTH} folders deep");
    let name = folder.display().to_string();
    let hint = "name the folder itself";
    note(Severity::Warning, "too-deep", &name, &message, hint)
}

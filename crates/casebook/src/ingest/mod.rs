//! Files in: from the names a person gives to reports with what their sidecars say.
//!
//! What comes in: names of files and folders, patterns, and `-` for standard input. What goes out: [`Input`]s in
//! order of name, and a note for each thing that could not be taken. Nothing here stops a run, and nothing looks into
//! a report: that is the reader's.

mod judgements;
mod sidecar;
mod walk;

use std::{
    io::Read,
    path::{Path, PathBuf},
};

pub use judgements::judgements;

use model::{Note, Severity};
use reader::{Input, text};

use crate::files::{self, ReadError};

/// What came of the names.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The reports, in order of name; each file once.
    pub inputs: Vec<Input>,
    /// The files that these come from, sidecars too: what must not be written over.
    pub files: Vec<PathBuf>,
    /// What to tell.
    pub notes: Vec<Note>,
}

/// Gathers the reports that `names` name. `-` is read from `stdin`.
pub fn gather(names: &[String], stdin: &mut dyn Read) -> Gathered {
    let mut out = Gathered::default();
    let mut files = walk::Files::default();
    let mut has_stdin = false;
    for name in names {
        if name == "-" {
            has_stdin = true;
        } else {
            files.add(name, &mut out.notes);
        }
    }
    if std::mem::take(&mut has_stdin) {
        let mut bytes = Vec::new();
        let limit = text::MAX_BYTES as u64 + 1;
        match stdin.take(limit).read_to_end(&mut bytes) {
            Ok(_) => out.inputs.push(Input {
                name: "standard input".to_owned(),
                bytes,
                given: text::Metadata::default(),
            }),
            Err(error) => out.notes.push(unreadable("standard input", &error)),
        }
    }
    for path in files.into_paths() {
        take(&path, &mut out);
    }
    out.inputs.sort_by(|a, b| a.name.cmp(&b.name));
    out
}

fn take(path: &Path, out: &mut Gathered) {
    let name = path.display().to_string();
    match files::read(path, text::MAX_BYTES as u64) {
        Ok(bytes) => {
            // A dossier of ours that lies among the reports may be made anew.
            if text::own_output(&bytes).is_none() {
                out.files.push(path.to_owned());
            }
            out.inputs.push(Input {
                given: sidecar::read(path, &mut out.files, &mut out.notes),
                name,
                bytes,
            });
        }
        Err(ReadError::TooLarge { bytes, .. }) => out.notes.push(text::too_large(&name, bytes)),
        Err(ReadError::NotPlain(what)) => {
            let message = format!("this is {what}, not a plain file");
            let hint = "give what it holds on standard input, as the file `-`";
            out.notes
                .push(note(Severity::Error, "not-a-file", &name, &message, hint));
        }
        Err(ReadError::Io(error)) => out.notes.push(unreadable(&name, &error)),
    }
}

/// The folder that a file lies in.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Whether what a path leads to lies outside of a folder. A link that leads nowhere leads out of it.
fn leads_out(path: &Path, folder: &Path) -> bool {
    match (std::fs::canonicalize(path), std::fs::canonicalize(folder)) {
        (Ok(path), Ok(folder)) => !path.starts_with(folder),
        _ => true,
    }
}

fn unreadable(name: &str, error: &std::io::Error) -> Note {
    let (message, hint) = match error.kind() {
        std::io::ErrorKind::NotFound => (
            "no such file",
            "check the name; patterns such as 'reports/*.txt' work too",
        ),
        std::io::ErrorKind::PermissionDenied => {
            ("the file may not be read", "check its permissions")
        }
        _ => (
            "the file cannot be read",
            "check that it is a plain file on a disk that works",
        ),
    };
    note(Severity::Error, "unreadable", name, message, hint)
}

fn note(severity: Severity, code: &str, subject: &str, message: &str, hint: &str) -> Note {
    Note {
        severity,
        code: code.to_owned(),
        subject: subject.to_owned(),
        message: message.to_owned(),
        hint: Some(hint.to_owned()),
        quote: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::PathBuf};

    /// Makes the files in a fresh folder, gathers `names` in it, and gives back what came of them with the folder
    /// taken off.
    fn check(test: &str, files: &[(&str, &str)], names: &[&str], inputs: &[&str], notes: &[&str]) {
        let folder = folder(test, files);
        let full: Vec<String> = names
            .iter()
            .map(|name| folder.join(name).display().to_string())
            .collect();
        let got = gather(&full, &mut std::io::empty());
        let cut = |name: &str| {
            let root = folder.display().to_string();
            let rest = name.strip_prefix(&root).unwrap_or(name);
            rest.trim_start_matches('/').to_owned()
        };
        let got_inputs: Vec<String> = got.inputs.iter().map(|input| cut(&input.name)).collect();
        let got_notes: Vec<String> = got
            .notes
            .iter()
            .map(|note| format!("{} {}", note.code, cut(&note.subject)))
            .collect();
        assert_eq!(got_inputs, inputs);
        assert_eq!(got_notes, notes);
        let _ = fs::remove_dir_all(folder);
    }

    fn folder(test: &str, files: &[(&str, &str)]) -> PathBuf {
        let name = format!("crossbearing-ingest-{test}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        for (name, text) in files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn folders_and_patterns_give_reports_in_order_once() {
        let files = [
            ("b.txt", "x"),
            ("a.html", "x"),
            ("sub/c.txt", "x"),
            ("claims.jsonl", "x"),
            ("README.md", "x"),
            (".hidden.txt", "x"),
        ];
        check(
            "folder",
            &files,
            &["."],
            &["./a.html", "./b.txt", "./sub/c.txt"],
            &[],
        );
        check("glob", &files, &["*.txt", "b.txt"], &["b.txt"], &[]);
    }

    #[test]
    fn what_cannot_be_taken_is_noted_and_the_rest_goes_on() {
        check(
            "bad",
            &[("a.txt", "x"), ("empty/README.md", "x")],
            &["no.txt", "empty", "no*.txt", "a.txt"],
            &["a.txt"],
            &["unreadable no.txt", "no-reports empty", "no-match no*.txt"],
        );
    }

    #[test]
    fn sidecars_are_read_and_are_no_reports() {
        let files = [
            ("a.txt", "x"),
            ("a.json", r#"{"title":"T","published":"2031-03-04"}"#),
            ("b.txt", "x"),
            (
                "b.toml",
                "source = \"Lake Tribune\"\npublished = 2031-03-04\n",
            ),
            ("c.txt", "x"),
            ("c.json", "{"),
            ("d.csv", "x"),
        ];
        let folder = folder("sidecar", &files);
        let names: Vec<String> = files
            .iter()
            .map(|(name, _)| folder.join(name).display().to_string())
            .collect();
        let got = gather(&names, &mut std::io::empty());
        let given: Vec<_> = got.inputs.iter().map(|input| &input.given).collect();
        assert_eq!(given.len(), 3);
        assert_eq!(given[0].title.as_deref(), Some("T"));
        assert_eq!(given[1].source.as_deref(), Some("Lake Tribune"));
        assert_eq!(given[1].published.as_deref(), Some("2031-03-04"));
        let codes: Vec<_> = got.notes.iter().map(|note| note.code.as_str()).collect();
        assert_eq!(codes, ["no-report", "sidecar-unreadable"]);
        let _ = fs::remove_dir_all(folder);
    }

    #[test]
    fn standard_input_is_a_report() {
        let got = gather(&["-".to_owned()], &mut &b"One was hurt."[..]);
        assert_eq!(got.inputs[0].name, "standard input");
        assert_eq!(got.inputs[0].bytes, b"One was hurt.");
    }
}

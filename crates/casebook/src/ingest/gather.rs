//! From the names a person gives to reports.

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use model::{Note, Severity};
use reader::{Input, text};

use super::{
    container::{Documents, Limits},
    notes::{note, unreadable},
    sidecar, walk,
};
use crate::files::{self, ReadError};

/// What came of the names.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The reports: by the name of the file, then by their place in it; each file once.
    pub inputs: Vec<Input>,
    /// The files that these come from, sidecars too: what must not be written over.
    pub files: Vec<PathBuf>,
    /// What to tell.
    pub notes: Vec<Note>,
}

/// Gathers the reports that `names` name. `-` is read from `stdin`.
pub fn gather(names: &[String], stdin: &mut dyn Read) -> Gathered {
    let (mut inputs, mut notes) = (Vec::new(), Vec::new());
    let files = within(Limits::default(), names, stdin, &mut |one| {
        match one {
            Ok(input) => inputs.push(input),
            Err(note) => notes.push(note),
        }
        true
    });
    Gathered {
        inputs,
        files,
        notes,
    }
}

/// Hands the reports that `names` name over one by one, and the notes on what could not be taken, until `give` says
/// that it wants no more; so a file of any size is taken in little memory. Gives the files that they come from.
pub fn each(
    names: &[String],
    stdin: &mut dyn Read,
    give: &mut dyn FnMut(Result<Input, Note>) -> bool,
) -> Vec<PathBuf> {
    within(Limits::streamed(), names, stdin, give)
}

fn within(
    limits: Limits,
    names: &[String],
    stdin: &mut dyn Read,
    give: &mut dyn FnMut(Result<Input, Note>) -> bool,
) -> Vec<PathBuf> {
    const STDIN: &str = "standard input";
    let mut out = Taking {
        limits,
        files: Vec::new(),
        give,
        wanted: true,
    };
    let mut notes = Vec::new();
    let mut found = walk::Files::default();
    for name in names.iter().filter(|name| *name != "-") {
        found.add(name, &mut notes);
    }
    notes.into_iter().for_each(|note| out.give(Err(note)));
    let mut files: Vec<(String, Option<PathBuf>)> = found
        .into_paths()
        .map(|path| (path.display().to_string(), Some(path)))
        .collect();
    if names.iter().any(|name| name == "-") {
        files.push((STDIN.to_owned(), None));
    }
    files.sort();
    for (name, path) in files {
        if !out.wanted {
            break;
        }
        match path {
            Some(path) => out.take(&name, &path),
            None => out.all(Documents::of(&name, &mut *stdin, None, limits)),
        }
    }
    out.files
}

/// Files being taken, and who takes what is in them.
struct Taking<'a> {
    limits: Limits,
    files: Vec<PathBuf>,
    give: &'a mut dyn FnMut(Result<Input, Note>) -> bool,
    wanted: bool,
}

impl Taking<'_> {
    fn give(&mut self, one: Result<Input, Note>) {
        self.wanted = self.wanted && (self.give)(one);
    }

    fn all(&mut self, documents: Documents<'_>) {
        for one in documents {
            self.give(one);
            if !self.wanted {
                return;
            }
        }
    }

    fn take(&mut self, name: &str, path: &Path) {
        let file = match files::open(path) {
            Ok(file) => file,
            Err(ReadError::Io(error)) => return self.give(Err(unreadable(name, &error))),
            Err(error) => {
                let message = match error {
                    ReadError::NotPlain(what) => format!("this is {what}, not a plain file"),
                    error => error.to_string(),
                };
                let hint = "give what it holds on standard input, as the file `-`";
                let note = note(Severity::Error, "not-a-file", name, &message, hint);
                return self.give(Err(note));
            }
        };
        let size = file.metadata().ok().map(|meta| meta.len());
        let documents = Documents::of(name, file, size, self.limits);
        if documents.is_container() {
            self.files.push(path.to_owned());
            return self.all(documents);
        }
        for one in documents {
            let Ok(mut input) = one else {
                self.give(one);
                continue;
            };
            // A dossier of ours that lies among the reports may be made anew.
            if text::own_output(&input.bytes).is_none() {
                self.files.push(path.to_owned());
            }
            let mut notes = Vec::new();
            input.given = sidecar::read(path, &mut self.files, &mut notes);
            notes.into_iter().for_each(|note| self.give(Err(note)));
            self.give(Ok(input));
        }
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

//! From the names a person gives to reports.

use std::{
    collections::BTreeMap,
    io::Read,
    path::{Path, PathBuf},
    rc::Rc,
};

use model::{Note, Severity};
use reader::{Input, text};

use super::{
    columns::Columns,
    container::{Documents, How, Limits},
    notes::{note, unreadable},
    sidecar,
    taken::{Meter, Taken},
    walk,
};
use crate::files::{self, ReadError};

/// What standard input is called.
pub(crate) const STDIN: &str = "standard input";

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

/// Gathers the reports that `names` name. `-` is read from `stdin`. What was passed over is counted in notes.
pub fn gather(names: &[String], stdin: &mut dyn Read) -> Gathered {
    let (mut inputs, mut notes) = (Vec::new(), Vec::new());
    let mut passed: BTreeMap<&str, u64> = BTreeMap::new();
    let files = within(&How::default(), names, stdin, &mut |one| {
        match one {
            Taken::Report(input) => inputs.push(input),
            Taken::Told(note) => notes.push(note),
            Taken::PassedOver(why, count) => *passed.entry(why).or_default() += count,
        }
        true
    });
    // That a folder holds other things too is no news to whoever names one for a dossier.
    passed.remove(OTHERS);
    notes.extend(passed.into_iter().map(|(why, count)| Note {
        severity: Severity::Info,
        code: "passed-over".to_owned(),
        subject: "in the files".to_owned(),
        message: format!("passed over: {count} {why}"),
        hint: None,
        quote: None,
    }));
    Gathered {
        inputs,
        files,
        notes,
    }
}

/// Hands the reports that `names` name over one by one, and what could not be taken, until `give` says that it wants
/// no more; so a file of any size is taken in little memory. Gives the files that they come from. `columns` says which
/// values of tables and of JSON are what; `meter` hears how far the reading is.
pub fn each(
    names: &[String],
    stdin: &mut dyn Read,
    columns: &Columns,
    meter: &Meter,
    give: &mut dyn FnMut(Taken) -> bool,
) -> Vec<PathBuf> {
    let how = How {
        limits: Limits::streamed(),
        columns: Rc::new(columns.clone()),
        meter: Some(meter),
    };
    within(&how, names, stdin, give)
}

/// Files of a folder whose names are no report's.
const OTHERS: &str = "files in folders whose names do not end as a report's";

fn within(
    how: &How<'_>,
    names: &[String],
    stdin: &mut dyn Read,
    give: &mut dyn FnMut(Taken) -> bool,
) -> Vec<PathBuf> {
    let mut out = Taking {
        how,
        files: Vec::new(),
        give,
        wanted: true,
    };
    let mut notes = Vec::new();
    let mut found = walk::Files::new(&how.columns);
    for name in names.iter().filter(|name| *name != "-") {
        found.add(name, &mut notes);
    }
    notes
        .into_iter()
        .for_each(|note| out.give(Taken::Told(note)));
    if found.others() > 0 {
        out.give(Taken::PassedOver(OTHERS, found.others()));
    }
    let mut files: Vec<(String, Option<PathBuf>)> = found
        .into_paths()
        .map(|path| (path.display().to_string(), Some(path)))
        .collect();
    let sizes = |path: &PathBuf| std::fs::metadata(path).map_or(0, |meta| meta.len());
    if names.iter().any(|name| name == "-") {
        files.push((STDIN.to_owned(), None));
    } else if let Some(meter) = how.meter {
        meter.expect(
            files
                .iter()
                .filter_map(|(_, path)| path.as_ref())
                .map(sizes)
                .sum(),
        );
    }
    files.sort();
    let mut read = 0;
    for (name, path) in files {
        if !out.wanted {
            break;
        }
        match path {
            Some(path) => {
                out.take(&name, &path);
                read += sizes(&path);
                how.meter.inspect(|meter| meter.reached(read));
            }
            None => {
                let documents = Documents::of(&name, &mut *stdin, how.clone());
                out.all(documents);
            }
        }
    }
    out.files
}

/// Files being taken, and who takes what is in them.
struct Taking<'a> {
    how: &'a How<'a>,
    files: Vec<PathBuf>,
    give: &'a mut dyn FnMut(Taken) -> bool,
    wanted: bool,
}

impl Taking<'_> {
    fn give(&mut self, one: Taken) {
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
            Err(ReadError::Io(error)) => return self.give(Taken::Told(unreadable(name, &error))),
            Err(error) => {
                let message = match error {
                    ReadError::NotPlain(what) => format!("this is {what}, not a plain file"),
                    error => error.to_string(),
                };
                let hint = "give what it holds on standard input, as the file `-`";
                let note = note(Severity::Error, "not-a-file", name, &message, hint);
                return self.give(Taken::Told(note));
            }
        };
        let documents = Documents::of_file(name, file, self.how.clone());
        if documents.is_container() {
            self.files.push(path.to_owned());
            return self.all(documents);
        }
        for one in documents {
            let Taken::Report(mut input) = one else {
                self.give(one);
                continue;
            };
            // A dossier of ours that lies among the reports may be made anew.
            if text::own_output(&input.bytes).is_none() {
                self.files.push(path.to_owned());
            }
            let mut notes = Vec::new();
            input.given = sidecar::read(path, &mut self.files, &mut notes);
            notes
                .into_iter()
                .for_each(|note| self.give(Taken::Told(note)));
            self.give(Taken::Report(input));
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
        assert_eq!(codes, ["sidecar-unreadable", "no-report"]);
        let _ = fs::remove_dir_all(folder);
    }

    #[test]
    fn standard_input_is_a_report() {
        let got = gather(&["-".to_owned()], &mut &b"One was hurt."[..]);
        assert_eq!(got.inputs[0].name, "standard input");
        assert_eq!(got.inputs[0].bytes, b"One was hurt.");
    }
}

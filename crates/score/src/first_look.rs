//! The reader's first look: what it lets pass, and what it loses by that.
//!
//! What comes in: files of reports (GVA's, one incident a line) and folders of articles (PolNeAR's `text/*.txt`). What
//! goes out: of the reports from which the whole reader takes a claim of people killed or injured, the share that the
//! first look would not have let it read (`loss`); of all others, the share that it spares (`spared`). Speed is the
//! benchmark's to measure, not this one's.

use std::path::{Path, PathBuf};

use model::Slot;
use reader::{Input, first_look};
use serde::Deserialize;

use crate::{Engine, Figure, Miss, Options, Outcome, ScoreError, case, pool};

/// What of an incident is needed: its reports' words.
#[derive(Deserialize)]
struct Incident {
    reports: Vec<Report>,
}

#[derive(Deserialize)]
struct Report {
    id: String,
    #[serde(default)]
    title: String,
    text: String,
}

/// What became of one report.
struct Seen {
    casualties: bool,
    in_scope: bool,
}

/// Measures on any mix of files of incidents with reports (`.jsonl`) and folders of articles (with `text/`).
///
/// # Errors
/// If one of them cannot be read or holds nothing.
pub fn score(
    paths: &[PathBuf],
    engine: &Engine,
    options: &Options<'_>,
) -> Result<Outcome, ScoreError> {
    let mut inputs = Vec::new();
    for path in paths {
        inputs.extend(if path.is_dir() {
            articles(path)?
        } else {
            reports(path)?
        });
    }
    let inputs = options.take(&inputs);
    let seen = pool::map(inputs, options, |input| look(input, engine));
    let (mut with, mut lost, mut without, mut spared) = (0, 0, 0, 0);
    let mut misses = Vec::new();
    for (input, seen) in inputs.iter().zip(seen) {
        // A report without any text is nobody's loss.
        let Some(seen) = seen else { continue };
        let passed = usize::from(!seen.in_scope);
        if seen.casualties {
            with += 1;
            lost += passed;
        } else {
            without += 1;
            spared += passed;
        }
        if seen.casualties && !seen.in_scope {
            misses.push(Miss {
                item: input.name.clone(),
                field: "scope".to_owned(),
                expected: "in scope".to_owned(),
                said: "out of scope".to_owned(),
                words: String::new(),
            });
        }
    }
    let metrics = [
        ("loss", Figure::share(lost, with)),
        ("with_casualties", Figure::Count(with as u64)),
        ("spared", Figure::share(spared, without)),
        ("without_casualties", Figure::Count(without as u64)),
    ];
    Ok(Outcome::new("first_look", inputs.len(), &metrics, misses))
}

/// Reads one report whole and looks at it; nothing when it has no text.
fn look(input: &Input, engine: &Engine) -> Option<Seen> {
    let reading = engine.read_whole(input).ok()?;
    let casualties = reading
        .accounts
        .iter()
        .flat_map(|account| &account.claims)
        .any(|claim| matches!(claim.slot, Slot::Killed | Slot::Injured));
    Some(Seen {
        casualties,
        in_scope: first_look::in_scope_of(&reading.report, &reading.text),
    })
}

/// The reports of a file of incidents.
fn reports(path: &Path) -> Result<Vec<Input>, ScoreError> {
    let incidents: Vec<Incident> = case::lines(path)?;
    let reports = incidents.into_iter().flat_map(|incident| incident.reports);
    Ok(reports
        .map(|report| Input {
            name: report.id,
            bytes: format!(
                "Title: {}\n\n{}",
                report.title.replace(['\n', '\r'], " "),
                report.text
            )
            .into_bytes(),
            ..Input::default()
        })
        .collect())
}

/// The articles of a folder.
fn articles(dir: &Path) -> Result<Vec<Input>, ScoreError> {
    let folder = dir.join("text");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(ScoreError::read(&folder))? {
        files.push(entry.map_err(ScoreError::read(&folder))?.path());
    }
    files.sort();
    files
        .into_iter()
        .map(|path| {
            Ok(Input {
                name: path
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                bytes: std::fs::read(&path).map_err(ScoreError::read(&path))?,
                ..Input::default()
            })
        })
        .collect()
}

//! The program's own functions, as the adapters call them.

use casebook::publish::incidents::{self, Line};
use crossbearing::{Group, Input, Policy, Resources};
use jiff::civil::Date;
use language::Doc;
use model::{Dossier, Note, Reading, ReportId, When};
use reader::{
    claims::{passes, segments, when},
    read::places::Gazetteer,
};

use crate::{Facts, ScoreError};

/// The loaded model and gazetteer, and what the program does with them.
pub struct Engine {
    resources: Resources,
    policy: Policy,
}

/// A benchmark's report: plain text and what is known about it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plain<'a> {
    /// What to call it in messages.
    pub name: &'a str,
    /// Headline; empty for none.
    pub title: &'a str,
    /// Day of publication as written; empty for none.
    pub published: &'a str,
    /// Address; empty for none.
    pub url: &'a str,
    /// The text.
    pub body: &'a str,
}

impl Plain<'_> {
    /// The report as a file with header lines.
    pub fn page(&self) -> String {
        let mut text = String::new();
        for (key, value) in [
            ("Title", self.title),
            ("Published", self.published),
            ("URL", self.url),
        ] {
            if !value.is_empty() {
                text.push_str(&format!("{key}: {}\n", value.replace(['\n', '\r'], " ")));
            }
        }
        text.push('\n');
        text.push_str(self.body);
        text
    }
}

impl Engine {
    /// Wraps loaded resources.
    pub fn new(resources: Resources) -> Self {
        Self {
            resources,
            policy: Policy {
                version: env!("CARGO_PKG_VERSION").to_owned(),
            },
        }
    }

    /// Loads the model and the gazetteer from the data directory.
    ///
    /// # Errors
    /// If they are not there; the message says which command makes them.
    pub fn load() -> Result<Self, ScoreError> {
        let loaded = casebook::data::DataDir::locate(None).and_then(|dir| dir.load());
        loaded
            .map(Self::new)
            .map_err(|error| ScoreError::Resources(error.to_string()))
    }

    /// What is loaded.
    pub fn resources(&self) -> &Resources {
        &self.resources
    }

    /// The gazetteer.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.resources.gazetteer
    }

    /// Parses the given byte ranges of a text, each by itself.
    pub fn parse(&self, text: &str, paragraphs: &[std::ops::Range<usize>]) -> Doc {
        self.resources.pipeline.parse(text, paragraphs)
    }

    /// Reads one report. A panic in the reader costs that report, not the run, as in the program.
    ///
    /// # Errors
    /// As [`crossbearing::read`].
    pub fn read(&self, input: &Input) -> Result<Reading, Note> {
        crossbearing::read(input, &self.resources)
    }

    /// Reads one report whatever the first look says.
    ///
    /// # Errors
    /// As [`reader::read_whole`].
    pub fn read_whole(&self, input: &Input) -> Result<Reading, Note> {
        reader::read_whole(input, &self.resources)
    }

    /// Reads a benchmark's plain text as the program reads a file with header lines.
    ///
    /// # Errors
    /// As [`crossbearing::read`].
    pub fn read_plain(&self, plain: Plain<'_>) -> Result<Reading, Note> {
        self.read(&Input {
            name: plain.name.to_owned(),
            bytes: plain.page().into_bytes(),
            ..Input::default()
        })
    }

    /// The days that may be that of the happening of a report with header lines; `None` when it cannot be read.
    pub fn days(&self, text: &str) -> Option<Vec<when::Candidate>> {
        let input = Input {
            name: String::new(),
            bytes: text.as_bytes().to_vec(),
            ..Input::default()
        };
        let extracted = reader::text::extract(&input).ok()?;
        let read = self.resources.read(&extracted);
        Some(passes::run(
            &extracted,
            &read,
            &mut segments::opens,
            |passes| when::candidates(passes),
        ))
    }

    /// The dossier of readings that are one incident.
    ///
    /// # Panics
    /// If the reconciler fails: a figure without that incident would be another benchmark's.
    pub fn dossier(&self, readings: &[Reading]) -> Dossier {
        self.reconciled(Ok(Group::of("readings of one incident", readings)))
    }

    /// The dossier that `dossier --one` gives of readings, each report once.
    ///
    /// # Panics
    /// As [`Engine::dossier`].
    pub fn dossier_of_one(&self, readings: &[Reading]) -> Dossier {
        self.reconciled(Group::of_all(readings))
    }

    fn reconciled(&self, group: Result<Group<'_>, Note>) -> Dossier {
        group
            .and_then(|group| crossbearing::reconcile(&group, &self.policy))
            .unwrap_or_else(|note| panic!("{}: {}", note.subject, note.message))
    }

    /// The reports of each incident that `dossier --list` finds among readings, each report once, in the order of the
    /// list.
    pub fn list(&self, readings: Vec<Reading>) -> Vec<Vec<ReportId>> {
        let found = crossbearing::link(readings, &[]);
        let (mut lines, _) = casebook::run::each(&found, &self.policy, Line::of);
        incidents::sort(&mut lines);
        lines
            .into_iter()
            .map(|line| line.published.reports)
            .collect()
    }

    /// The facts of one report alone, and its dossier; nothing when it cannot be read.
    pub fn facts_of(&self, plain: Plain<'_>) -> (Facts, Option<Dossier>) {
        match self.read_plain(plain) {
            Ok(reading) => {
                let dossier = self.dossier(std::slice::from_ref(&reading));
                (Facts::of(&dossier), Some(dossier))
            }
            Err(_) => (Facts::default(), None),
        }
    }
}

/// A publication day as the reader wants it.
pub(crate) fn published(date: Date) -> When {
    When::day(date, date.to_string(), "published")
}

/// Byte ranges of the paragraphs of a text: runs of lines without a blank one between.
pub(crate) fn paragraphs(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = 0;
    let mut open = false;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            open = false;
        } else {
            let start = at + line.len() - line.trim_start().len();
            let end = at + line.trim_end().len();
            match out.last_mut() {
                Some(last) if open => last.end = end,
                _ => out.push(start..end),
            }
            open = true;
        }
        at += line.len();
    }
    out
}

/// Byte ranges of the lines of a text that hold anything.
pub(crate) fn line_ranges(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut at = 0;
    let mut out = Vec::new();
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        let end = at + line.trim_end().len();
        if start < end {
            out.push(start..end);
        }
        at += line.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_end_at_blank_lines() {
        let text = "\n one\ntwo  \n\n \nthree";
        let found: Vec<&str> = paragraphs(text)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(found, ["one\ntwo", "three"]);
        let lines: Vec<&str> = line_ranges(text)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(lines, ["one", "two", "three"]);
        assert!(paragraphs("").is_empty());
    }
}

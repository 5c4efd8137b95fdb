//! `crossbearing text`.

use std::process::ExitCode;

use casebook::{ingest, run};
use clap::Args;
use model::{Block, BlockKind, Text, When, WhenPrecision};
use reader::{
    Input,
    text::{self, Document},
};
use serde_json::{Value, json};

use crate::{
    failure::Failure,
    screen::{FAILED, Screen},
};

/// Prints what is taken as the report: the main text of a page, without what stands around it.
///
/// Needs neither language model nor gazetteer. What is printed can be given to `crossbearing dossier` again: headline,
/// publisher, publication time and address stand above the text as `Title:`, `Source:`, `Published:` and `URL:` lines.
/// Captions are left out with the page furniture.
///
/// With --json each file is one line: `file`, `title`, `source`, `published` (ISO 8601), `language`, `url`, `text` (the
/// report's own words), `frozen` (the whole text as it is kept, furniture included) and `blocks`: of each `kind` and
/// `range`, code points into `frozen`, the end excluded.
#[derive(Args)]
pub struct TextArgs {
    /// Reports: files, folders, patterns, `-`.
    #[arg(required = true, value_name = "FILES")]
    files: Vec<String>,
    /// Print JSON, a line a file.
    #[arg(long)]
    json: bool,
}

impl TextArgs {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let gathered = ingest::gather(&self.files, &mut std::io::stdin().lock());
        let mut notes = gathered.notes;
        let several = gathered.inputs.len() > 1;
        for (at, input) in gathered.inputs.iter().enumerate() {
            let extracted = match text::extract(input) {
                Ok(extracted) => extracted,
                Err(note) => {
                    notes.push(note);
                    continue;
                }
            };
            notes.extend(extracted.notes.iter().cloned());
            if self.json {
                screen.json(&line(input, &extracted).to_string())?;
                continue;
            }
            if several {
                let gap = if at > 0 { "\n" } else { "" };
                screen.data(&format!("{gap}==> {} <==", input.name))?;
            }
            screen.data(&plain(&extracted))?;
        }
        screen.notes(&notes);
        if run::failed(&notes) {
            Ok(ExitCode::from(FAILED))
        } else {
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The report's own words: its blocks but headline, captions and furniture, an empty line between them.
fn body(text: &Text) -> String {
    let own = |block: &&Block| {
        !matches!(
            block.kind,
            BlockKind::Title | BlockKind::Caption | BlockKind::Boilerplate
        )
    };
    let blocks: Vec<&str> = text
        .blocks()
        .iter()
        .filter(own)
        .map(|block| text.slice(block.span))
        .collect();
    blocks.join("\n\n")
}

/// A report as one line of JSON.
fn line(input: &Input, extracted: &Document) -> Value {
    let (report, text) = (&extracted.report, &extracted.text);
    let blocks: Vec<Value> = text
        .blocks()
        .iter()
        .map(|block| {
            let point = |at| text.code_points_before(at);
            json!({
                "kind": block.kind,
                "range": [point(block.span.start()), point(block.span.end())],
            })
        })
        .collect();
    json!({
        "file": input.name,
        "title": report.title,
        "source": report.source.name,
        "published": report.published.as_ref().map(iso),
        "language": report.language,
        "url": report.url,
        "text": body(text),
        "frozen": text.as_str(),
        "blocks": blocks,
    })
}

/// A report as plain text that can be read again.
fn plain(extracted: &Document) -> String {
    let report = &extracted.report;
    let published = report.published.as_ref().map(iso);
    let fields = [
        ("Title", &report.title),
        ("Source", &report.source.name),
        ("Published", &published),
        ("URL", &report.url),
    ];
    let mut out = String::new();
    for (key, value) in fields {
        if let Some(value) = value {
            out.push_str(&format!("{key}: {value}\n"));
        }
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(&body(&extracted.text));
    out
}

/// A publication time in ISO 8601, as finely as it is known: `2031`, `2031-03`, `2031-03-04`, `2031-03-04T09:30Z`.
fn iso(when: &When) -> String {
    let date = when.date();
    match when.precision {
        WhenPrecision::Year => format!("{:04}", date.year()),
        WhenPrecision::Month => format!("{:04}-{:02}", date.year(), date.month()),
        WhenPrecision::Minute => {
            let time = when.start.time();
            format!("{date}T{:02}:{:02}Z", time.hour(), time.minute())
        }
        _ => date.to_string(),
    }
}

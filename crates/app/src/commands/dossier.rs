//! `crossbearing dossier`.

mod make;
mod outputs;

use std::{path::PathBuf, process::ExitCode};

use casebook::{data::DataDir, ingest};
use clap::Args;

pub use self::{
    make::{Query, Request, Selection, make},
    outputs::OutputFormats,
};
use crate::{failure::Failure, screen::Screen};

/// Finds the incidents in reports, and makes the dossier of each.
///
/// Reports that are about one incident give its dossier at once, and below it, a line each, what else they tell in
/// passing. Where they are about several, a list comes first; `--incident ID` gives the dossier of one. `--one` takes
/// all reports as one incident, whatever they tell of.
///
/// Takes files, folders, patterns and `-` for standard input; plain text, HTML, and JSON lines of one report each.
/// Plain text may start with `Title:`, `Source:`, `Published:`, `URL:`, `Byline:` and `Language:` lines; any report may
/// have a sidecar NAME.json or NAME.toml with the same keys, and a line of NAME.jsonl has them beside `text` or `html`.
///
/// Prints the dossier to the terminal unless `--json` or `--md` prints it in that form; FILE after `--json` or `--md`
/// writes there and leaves the terminal its own. `--export` writes all incidents as tables for machines.
#[derive(Args)]
pub struct Dossier {
    /// Reports: files, folders, patterns, `-`.
    #[arg(required = true, value_name = "FILES")]
    files: Vec<String>,
    /// Take all reports as one incident.
    #[arg(long, conflicts_with_all = ["incident", "why", "judgements"])]
    one: bool,
    /// Give the dossier of this incident: its id in the list, or the first digits of it.
    #[arg(long, value_name = "ID")]
    incident: Option<String>,
    /// Say why the reports of the incident were linked, instead of the dossier.
    #[arg(long)]
    why: bool,
    /// Say how the numbers of this slot came about (`killed`), instead of the dossier: rules, claims, origins, and
    /// what was set aside.
    #[arg(long, value_name = "SLOT", conflicts_with_all = ["why", "list", "export"])]
    finding: Option<String>,
    /// Say all about one claim, instead of the dossier: its label (`A3`) or its id.
    #[arg(long, value_name = "CLAIM", conflicts_with_all = ["why", "list", "finding", "export"])]
    claim: Option<String>,
    /// List the incidents, even where the reports are about a single one.
    #[arg(long, conflicts_with_all = ["one", "incident", "why"])]
    list: bool,
    /// What people have decided on pairs of reports: JSON lines {"decision": "same" or "different", "a": ID, "b": ID}.
    #[arg(long, value_name = "FILE")]
    judgements: Option<PathBuf>,
    #[command(flatten)]
    outputs: OutputFormats,
    /// Read about four times as fast, and somewhat less well: linear models say which figures count people, in place
    /// of the encoder.
    #[arg(long)]
    fast: bool,
    /// The folder that holds the language model, the gazetteer and the encoder.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Dossier {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let data = DataDir::locate(self.data.as_deref())?.fast(self.fast);
        let files = self.files;
        let gather = move || ingest::gather(&files, &mut std::io::stdin().lock());
        let selection = if self.one {
            Selection::One
        } else {
            Selection::Incidents {
                incident: self.incident,
                why: self.why,
                list: self.list,
                judgements: match &self.judgements {
                    Some(path) => ingest::judgements(path)?,
                    None => Vec::new(),
                },
            }
        };
        let request = Request {
            selection,
            query: match (self.finding, self.claim) {
                (Some(slot), _) => Some(Query::Finding(slot)),
                (_, Some(claim)) => Some(Query::Claim(claim)),
                _ => None,
            },
            outputs: self.outputs,
            read: self.judgements.into_iter().collect(),
        };
        make(screen, &data, gather, &request)
    }
}

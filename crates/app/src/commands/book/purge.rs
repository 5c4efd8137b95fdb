//! `crossbearing purge`.

use std::process::ExitCode;

use clap::Args;

use super::{At, count, now, pretty};
use crate::{failure::Failure, screen::Screen};

/// Takes a report out of the casebook for good: bytes, text, claims, and the judgements on them. A tombstone stays,
/// with its hashes and the reason. The dossiers that quoted it are made anew by `run`.
#[derive(Args)]
pub struct Purge {
    /// Id of the report.
    #[arg(value_name = "REPORT")]
    report: String,
    /// Why.
    #[arg(long, value_name = "WORDS")]
    reason: String,
    #[command(flatten)]
    at: At,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Purge {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let mut store = self.at.open()?;
        if self.reason.trim().is_empty() {
            return Err(Failure::new(
                "a purge needs a reason",
                "--reason \"who asked, and why\"",
            ));
        }
        let id = store::lookup::report_id(store.database(), &self.report)?;
        let (who, at) = (self.at.actor().who, store::log::time(now()));
        let purged = store.purge(&id, &who, &at, self.reason.trim())?;
        if self.json {
            screen.json(&pretty(&serde_json::json!({
                "report": id, "captures": purged.captures, "judgements": purged.judgements, "incidents": purged.cases,
            }))?)?;
        } else {
            screen.data(&format!(
                "purged {id}: {}, {}, {} to be made anew\nnext: crossbearing run\ncopies made before (backups, \
                 exports, \
                 published pages) still hold it\n",
                count(purged.captures as u64, "capture"),
                count(purged.judgements as u64, "judgement"),
                count(purged.cases.len() as u64, "dossier"),
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

//! `crossbearing audit`.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use store::{audit, log::hex};

use super::{At, count, pretty};
use crate::{
    failure::Failure,
    screen::{FAILED, Screen},
};

/// Says whether the casebook is as it was written.
#[derive(Args)]
pub struct AuditArgs {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    at: At,
    /// Print one JSON object.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum What {
    /// Looks at everything: the chain of the log, every row that it vouches for, every byte as received, every derived
    /// row. Says where something is not as it was written.
    Verify {
        /// A head of the chain that was kept elsewhere, as `anchor` prints it: it must still be in the chain.
        #[arg(long, value_name = "N:HASH")]
        anchor: Option<String>,
    },
    /// Prints the head of the chain: kept elsewhere, it proves later that nothing before it was changed.
    Anchor,
}

impl AuditArgs {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let mut store = self.at.open()?;
        let anchor = match self.what {
            What::Verify { anchor } => anchor,
            What::Anchor => {
                let head = store.head()?;
                let hash = hex(&head.hash);
                if self.json {
                    screen.json(&pretty(
                        &serde_json::json!({"entry": head.seq, "hash": hash}),
                    )?)?;
                } else {
                    screen.data(&format!("{}:{hash}\n", head.seq))?;
                }
                return Ok(ExitCode::SUCCESS);
            }
        };
        let progress = screen.counting("verifying", "reports");
        let mut audit = audit::verify(&mut store, &mut |n| progress.set(n as usize))?;
        progress.end();
        if let Some(anchor) = anchor {
            audit.faults.extend(audit::anchored(&mut store, &anchor)?);
        }
        if self.json {
            screen.json(&pretty(&audit)?)?;
        } else {
            let mut out = format!(
                "{}, {}, {} with {} bytes, {}, {} derived\nhead {}:{}\n",
                count(audit.entries, "log entry").replace("entrys", "entries"),
                count(audit.reports, "report"),
                count(audit.captures, "capture"),
                audit.bytes,
                count(audit.judgements, "judgement"),
                count(audit.derived, "row"),
                audit.head,
                audit.hash
            );
            for fault in &audit.faults {
                out.push_str(&format!(
                    "NOT AS WRITTEN  {}: {}\n",
                    fault.place, fault.what
                ));
            }
            if audit.faults.is_empty() {
                out.push_str("everything is as it was written\n");
            }
            screen.data(&out)?;
        }
        Ok(if audit.faults.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(FAILED)
        })
    }
}

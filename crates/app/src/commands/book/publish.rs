//! `crossbearing publish`.

use std::{path::PathBuf, process::ExitCode};

use casebook::book::public_copy;
use clap::Args;

use super::{At, count, export::left_out, now, pretty};
use crate::{failure::Failure, screen::Screen};

/// Makes a copy that may be shown to anybody: dossiers as pages and JSON, tables, and an SQLite file for Datasette.
/// Names of persons, ways to reach them and exact places are withheld; look at it before you pass it on. An incident
/// that cannot be told so is left out and named, and the exit status is 1.
#[derive(Args)]
pub struct Publish {
    /// Where to: a folder that is not there yet, or is empty.
    #[arg(value_name = "DIR")]
    to: PathBuf,
    #[command(flatten)]
    at: At,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Publish {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let to = &self.to;
        let mut store = self.at.open()?;
        let actor = self.at.actor();
        let progress = screen.counting("publishing", "incidents");
        let sent =
            public_copy::publish(&mut store, to, &actor.tool, &actor.who, now(), &mut |n| {
                progress.set(n as usize);
            })?;
        progress.end();
        if self.json {
            screen.json(&pretty(&serde_json::json!({
                "incidents": sent.incidents,
                "folder": to.display().to_string(),
                "left_out": sent.left_out,
            }))?)?;
        } else {
            screen.data(&format!(
                "published {} in {}\n",
                count(sent.incidents, "incident"),
                to.display()
            ))?;
            screen.say("software chose what to withhold: look through it before you pass it on");
        }
        Ok(left_out(screen, &sent))
    }
}

//! `crossbearing init`.

use std::process::ExitCode;

use clap::Args;
use store::{Place, Store};

use super::{At, now, pretty};
use crate::{failure::Failure, screen::Screen};

/// Makes a casebook: a folder that keeps reports, what was read from them and what people decide.
#[derive(Args)]
pub struct Init {
    /// The folder to make it in, or the address of an empty PostgreSQL database; else as --casebook.
    #[arg(value_name = "DIR")]
    folder: Option<String>,
    #[command(flatten)]
    at: At,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Init {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let place = match &self.folder {
            Some(folder) => Place::of(folder),
            None => self.at.place(),
        };
        Store::create(&place, &self.at.actor(), now())?;
        if self.json {
            screen.json(&pretty(
                &serde_json::json!({"casebook": place.to_string()}),
            )?)?;
        } else {
            screen.data(&format!(
                "made the casebook {place}\n\nnext:\n  crossbearing add FILES --casebook {place}    takes in \
                 reports\n  \
                 crossbearing run --casebook {place}          reads, links and reconciles them\n"
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

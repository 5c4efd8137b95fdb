//! `crossbearing export`.

use std::{path::PathBuf, process::ExitCode};

use casebook::{export, files};
use clap::Args;
use store::results;

use super::{At, count, pretty};
use crate::{failure::Failure, screen::Screen};

/// Writes the incidents of the casebook as tables for machines.
#[derive(Args)]
pub struct Export {
    /// What to write where: FORMAT=FILE, several of them.
    #[arg(required = true, value_name = "FORMAT=FILE")]
    what: Vec<String>,
    #[command(flatten)]
    at: At,
    /// Put a byte order mark in front of text, without which some spreadsheets take it for another encoding.
    #[arg(long)]
    bom: bool,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Export {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let names = || {
            export::FORMATS
                .iter()
                .map(|it| it.name)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let mut wanted = Vec::new();
        for what in &self.what {
            let parts = what.split_once('=').filter(|(_, path)| !path.is_empty());
            let found =
                parts.and_then(|(name, path)| Some((export::format(name)?, PathBuf::from(path))));
            let Some(found) = found else {
                return Err(Failure::new(
                    format!("{what}: not a format and a file"),
                    format!("FORMAT=FILE, where FORMAT is one of {}", names()),
                ));
            };
            wanted.push(found);
        }
        let mut store = self.at.open()?;
        let mut dossiers = Vec::new();
        results::each_dossier(store.database(), &mut |dossier| {
            dossiers.push(dossier);
            Ok(())
        })?;
        let options = export::Options { bom: self.bom };
        for (format, path) in &wanted {
            let wrong = |error: std::io::Error| Failure::write(path, &error);
            let mut bytes = Vec::new();
            (format.write)(&dossiers, options, &mut bytes).map_err(wrong)?;
            files::write(path, &bytes).map_err(wrong)?;
        }
        let written: Vec<String> = wanted
            .iter()
            .map(|(_, path)| path.display().to_string())
            .collect();
        if self.json {
            screen.json(&pretty(
                &serde_json::json!({"incidents": dossiers.len(), "files": written}),
            )?)?;
        } else {
            screen.data(&format!(
                "wrote {} to {}\n",
                count(dossiers.len() as u64, "incident"),
                written.join(", ")
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

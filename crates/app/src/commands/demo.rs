//! `crossbearing demo`.

use std::{path::PathBuf, process::ExitCode};

use casebook::{data::DataDir, ingest::Gathered};
use clap::Args;
use reader::{Input, text::Metadata};

use super::dossier::{OutputFormats, Request, make};
use crate::{failure::Failure, screen::Screen};

mod samples;

/// Makes the dossier of a sample incident, to see what one looks like.
///
/// The samples are reports written for this project about incidents in a country that does not exist. Prints the
/// dossier and writes it as an HTML page as well, saying where.
#[derive(Args)]
pub struct Demo {
    /// Which sample.
    #[arg(value_name = "SAMPLE", default_value = samples::FIRST)]
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(samples::names()))]
    sample: String,
    /// Where to write the HTML page.
    #[arg(long, value_name = "FILE", default_value = "crossbearing-demo.html")]
    html: PathBuf,
    /// The folder that holds the language model, the gazetteer and the encoder.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Demo {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let data = DataDir::locate(self.data.as_deref())?;
        let request = Request {
            outputs: OutputFormats {
                html: Some(self.html),
                ..OutputFormats::default()
            },
            ..Request::default()
        };
        let sample = self.sample;
        make(screen, &data, move || gather(&sample), &request)
    }
}

fn gather(sample: &str) -> Gathered {
    let files = samples::files(sample);
    let inputs = files.iter().filter(|(name, _)| !name.ends_with(".json"));
    let inputs = inputs.map(|(name, text)| {
        let stem = name.rsplit_once('.').map_or(*name, |(stem, _)| stem);
        let sidecar = files
            .iter()
            .find(|(other, _)| other.strip_suffix(".json") == Some(stem));
        let given = sidecar.map_or_else(Metadata::default, |(_, json)| {
            serde_json::from_str(json).expect("sidecars of the samples are tested")
        });
        Input {
            name: format!("samples/{sample}/{name}"),
            bytes: text.as_bytes().to_vec(),
            given,
        }
    });
    Gathered {
        inputs: inputs.collect(),
        ..Gathered::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_has_its_reports_and_sidecars() {
        for name in samples::names() {
            assert!(gather(name).inputs.len() >= 4, "{name}");
        }
    }

    #[test]
    fn the_program_holds_all_files_of_the_samples_folder() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
        for name in samples::names() {
            let mut on_disk: Vec<String> = std::fs::read_dir(root.join(name))
                .unwrap()
                .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
                .filter(|file| !file.ends_with(".jsonl"))
                .collect();
            on_disk.sort();
            let held: Vec<&str> = samples::files(name).iter().map(|(file, _)| *file).collect();
            assert_eq!(held, on_disk, "{name}");
        }
        let folders = std::fs::read_dir(&root)
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().path().is_dir())
            .count();
        assert_eq!(folders, samples::names().len());
    }
}

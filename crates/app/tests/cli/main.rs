//! The program from outside: what a person types and what comes back, a file a command.
//!
//! Each run loads model, gazetteer and encoder, so a run here serves several questions, and what can be asked of the
//! committed dossiers of the samples (`golden`, which `golden.rs` holds against the program) is asked of them. Tests
//! that read reports need the prepared data.

#[path = "../common/mod.rs"]
#[allow(dead_code)]
mod common;
#[path = "../../../casebook/src/publish/schema.rs"]
#[allow(dead_code, missing_docs)]
mod schema;

mod bad_input;
mod book;
mod containers;
mod demo;
mod desk;
mod doctor;
mod dossier;
mod export;
mod formats;
mod incidents;
mod leaving;
mod parse;
mod propose;
mod publish;
mod shells;
mod text;
mod usage;
mod watch;
mod whole;

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

const SAMPLES: &[&str] = &[
    "college-siege",
    "depot-shooting",
    "market-bombing",
    "river-strike",
];

/// A report that all is well with.
const REPORT: &str = "Title: Blast at the mill in Orrin\nSource: Lake Tribune\nPublished: 2031-03-04\n\n\
    At least nine people were killed when a car bomb went off at a mill in Orrin on Monday, the mayor said.\n";

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples")
}

/// Reports of a sample, by name.
fn reports(sample: &str) -> Vec<String> {
    let mut out: Vec<String> = fs::read_dir(samples().join(sample))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".txt") || name.ends_with(".html"))
        .collect();
    out.sort();
    out
}

/// The committed dossier of a sample in a form: `txt`, `json`, `md` or `html`.
fn golden(sample: &str, form: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    fs::read_to_string(folder.join(format!("{sample}.{form}"))).unwrap()
}

fn golden_json(sample: &str) -> Value {
    serde_json::from_str(&golden(sample, "json")).unwrap()
}

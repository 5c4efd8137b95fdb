//! The commands, one file each: the doc comment is the help, the struct the arguments, `run` the work.

pub mod demo;
pub mod doctor;
pub mod dossier;
pub mod parse;
pub mod prepare;
pub mod score;
pub mod text;

use std::path::Path;

use crate::failure::Failure;

/// Writes a file the user asked for.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| Failure::write(path, &error))
}

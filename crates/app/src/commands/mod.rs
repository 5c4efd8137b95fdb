//! The commands, one file each: the doc comment is the help, the struct the arguments, `run` the work.

pub mod book;
pub mod completions;
pub mod demo;
pub mod doctor;
pub mod dossier;
pub mod man;
pub mod parse;
pub mod prepare;
pub mod score;
pub mod text;

use std::path::Path;

use casebook::files;

use crate::failure::Failure;

/// Writes a file the user asked for, whole or not at all.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    write_bytes(path, text.as_bytes())
}

fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    files::write(path, bytes).map_err(|error| Failure::write(path, &error))
}

//! Makes a prepared model file of an unpacked spaCy package: `prepare FOLDER OUT`.
//!
//! FOLDER is the unpacked wheel or any folder in it that holds the model's `config.cfg`.

// An example is a program: it may touch files.
#![allow(clippy::disallowed_methods)]

use std::{
    error::Error,
    path::{Path, PathBuf},
};

/// The folder that holds `config.cfg`, at or below this one.
fn model_folder(folder: &Path) -> Option<PathBuf> {
    if folder.join("config.cfg").is_file() {
        return Some(folder.to_owned());
    }
    let mut below: Vec<PathBuf> = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir())
        .collect();
    below.sort();
    below.iter().find_map(|folder| model_folder(folder))
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [folder, out] = &arguments[..] else {
        return Err("usage: prepare FOLDER OUT".into());
    };
    let folder = model_folder(folder).ok_or("no config.cfg in that folder")?;
    let bytes = language::convert(&|path| std::fs::read(folder.join(path)).ok())?;
    if let Some(parent) = out.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(out, &bytes)?;
    eprintln!("wrote {} ({} bytes)", out.display(), bytes.len());
    Ok(())
}

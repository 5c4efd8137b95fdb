//! A pipeline for the tests of this and the other rooms.
//!
//! It reads the environment and a file, which the rooms themselves must not: tests need the prepared model, and a test that cannot
//! find it says so and passes. Nothing but tests may use it.

#![allow(clippy::disallowed_methods)]

use std::{path::PathBuf, sync::OnceLock};

use crate::Pipeline;

/// Where the prepared model lies: in `$CROSSBEARING_DATA`, else `$XDG_DATA_HOME/crossbearing`, else `~/.local/share/crossbearing`.
pub fn model_path() -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let data = folder("CROSSBEARING_DATA").map(PathBuf::from);
    let shared = folder("XDG_DATA_HOME").map(PathBuf::from);
    let home = folder("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    let folder = data.or_else(|| Some(shared.or(home)?.join("crossbearing")))?;
    Some(folder.join("en_core_web_sm-3.8.0.bin"))
}

/// The English pipeline, loaded once; `None`, with a line on stderr, if the prepared model is not there or cannot be read.
pub fn pipeline() -> Option<&'static Pipeline> {
    static LOADED: OnceLock<Option<Pipeline>> = OnceLock::new();
    let loaded = LOADED.get_or_init(|| Pipeline::load(&model_path()?).ok());
    if loaded.is_none() {
        eprintln!("skipped: no prepared model (run `crossbearing prepare`)");
    }
    loaded.as_ref()
}

/// Multiply-adds a second of the kernel on numbers that stay in the nearest cache: what the machine can do at best. `seconds` is a
/// clock.
pub fn matrix_rate(seconds: impl Fn() -> f64) -> f64 {
    crate::network::matrix_rate(seconds)
}

/// Multiply-adds that a token needs once its form is known: all layers that see its neighbours or the parse.
pub fn multiply_adds(pipeline: &Pipeline) -> usize {
    pipeline.multiply_adds()
}

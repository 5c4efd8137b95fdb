//! The pinned packages that model, gazetteer and encoder are made of.

use std::path::PathBuf;

use casebook::data::{self, DataDir, Made};
use pyo3::prelude::*;

use crate::error::told;

/// The packages as lines of a list of requirements, each with its hash, and the folders that they are looked for and
/// that the data is made in.
#[pyfunction]
#[pyo3(signature = (data = None))]
pub fn packages(data: Option<PathBuf>) -> PyResult<(Vec<String>, PathBuf, PathBuf)> {
    let folder = DataDir::locate(data.as_deref()).map_err(told)?;
    let lines = data::pins().into_iter().map(|pin| {
        let (name, version, hash) = (pin.name, pin.version, pin.sha256);
        format!("{name}=={version} --hash=sha256:{hash}")
    });
    Ok((lines.collect(), folder.wheels(), folder.path().to_owned()))
}

/// Makes what reading needs from the packages; whether anything was made anew.
#[pyfunction]
#[pyo3(signature = (data = None, force = false))]
pub fn prepare(py: Python<'_>, data: Option<PathBuf>, force: bool) -> PyResult<bool> {
    py.detach(|| {
        let folder = DataDir::locate(data.as_deref())?;
        data::prepare(&folder.wheels(), &folder, force)
    })
    .map(|made| made == Made::Anew)
    .map_err(told)
}

//! Values of ours as Python's own: by JSON, so that names and shapes are those of the published schema.

use pyo3::{intern, prelude::*};
use serde::Serialize;

use crate::error::told;

/// A value as dictionaries, lists and strings.
pub fn python<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    let text = serde_json::to_string(value).map_err(told)?;
    parsed(py, &text)
}

/// What JSON says, as Python's own parser reads it.
pub fn parsed<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import(intern!(py, "json"))?
        .call_method1(intern!(py, "loads"), (json,))
}

/// The JSON of a dictionary or list of Python.
pub fn written(value: &Bound<'_, PyAny>) -> PyResult<String> {
    let py = value.py();
    py.import(intern!(py, "json"))?
        .call_method1(intern!(py, "dumps"), (value,))?
        .extract()
}

//! Readings: what one report says, claim by claim.

use std::{path::PathBuf, sync::Arc};

use crossbearing::Note;
use pyo3::{exceptions::PyValueError, prelude::*, types::PyList};

use crate::{inputs::Inputs, process, resources, values};

/// Reports read in one go, between looks for Ctrl-C.
const PORTION: usize = 256;

/// What one report says: its accounts of happenings, each with its claims.
#[pyclass(frozen, module = "crossbearing")]
pub struct Reading {
    pub(crate) inner: Arc<crossbearing::Reading>,
}

#[pymethods]
impl Reading {
    /// The reading that JSON holds.
    #[staticmethod]
    fn from_json(json: &str) -> PyResult<Self> {
        let inner = serde_json::from_str(json)
            .map_err(|error| PyValueError::new_err(format!("this is no reading: {error}")))?;
        Ok(Self::of(inner))
    }

    /// The reading as JSON, of which `from_json` makes the same reading again.
    fn json(&self) -> PyResult<String> {
        serde_json::to_string(&*self.inner).map_err(crate::error::told)
    }

    /// Id of the report.
    #[getter]
    fn id(&self) -> &str {
        self.inner.report.id.as_str()
    }

    /// What is known of the report: headline, source, when it was published.
    #[getter]
    fn report<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        values::python(py, &self.inner.report)
    }

    /// The frozen text, in whose code points quotes are counted.
    #[getter]
    fn text(&self) -> &str {
        self.inner.text.as_str()
    }

    /// The accounts, what the report is about first.
    #[getter]
    fn accounts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        values::python(py, &self.inner.accounts)
    }

    /// All claims, in order of account and position.
    #[getter]
    fn claims<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let accounts = self.inner.accounts.iter();
        let claims: Vec<_> = accounts.flat_map(|account| &account.claims).collect();
        values::python(py, &claims)
    }

    /// What the reader has to tell.
    #[getter]
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        values::python(py, &self.inner.notes)
    }

    fn __repr__(&self) -> String {
        let claims: usize = self.inner.accounts.iter().map(|it| it.claims.len()).sum();
        let id = self.inner.report.id.as_str();
        format!("<Reading {}: {claims} claims>", id.get(..14).unwrap_or(id))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let make = slf.get_type().getattr("from_json")?;
        Ok((make, (slf.get().json()?,)))
    }
}

impl Reading {
    /// Takes a reading.
    pub fn of(inner: crossbearing::Reading) -> Self {
        Self {
            inner: Arc::new(inner),
        }
    }
}

/// Reads reports on all cores: of each either a `Reading` or, where it could not be read, none, and then the notes of
/// all. Reports that come twice are given once.
#[pyfunction]
#[pyo3(signature = (reports, *, fast = false, data = None))]
pub fn read<'py>(
    py: Python<'py>,
    reports: &Bound<'py, PyAny>,
    fast: bool,
    data: Option<PathBuf>,
) -> PyResult<(Bound<'py, PyList>, Bound<'py, PyAny>)> {
    let inputs = Inputs::of(reports)?;
    let (readings, notes) = all(py, inputs, fast, data)?;
    let readings = readings.into_iter().map(Reading::of);
    Ok((
        PyList::new(py, readings.collect::<Vec<_>>())?,
        values::python(py, &notes)?,
    ))
}

/// Reads reports in portions, and looks for Ctrl-C between them.
///
/// # Errors
/// Where what reading needs is missing, or Ctrl-C was pressed.
pub fn all(
    py: Python<'_>,
    inputs: Inputs,
    fast: bool,
    data: Option<PathBuf>,
) -> PyResult<(Vec<crossbearing::Reading>, Vec<Note>)> {
    process::check()?;
    let resources = resources::get(py, data, fast)?;
    let mut results = Vec::with_capacity(inputs.all.len());
    for portion in inputs.all.chunks(PORTION) {
        py.check_signals()?;
        results.extend(py.detach(|| crossbearing::read_all(portion, &resources, &|_| {})));
    }
    let (readings, more) = crossbearing::each_once(&inputs.all, results);
    let mut notes = inputs.notes;
    notes.extend(more);
    Ok((readings, notes))
}

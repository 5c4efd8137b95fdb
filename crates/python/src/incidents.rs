//! Incidents: which readings tell of one happening.

use std::sync::Arc;

use casebook::run;
use crossbearing::{Judgement, Note};
use pyo3::{
    exceptions::{PyIndexError, PyValueError},
    prelude::*,
    types::{PyIterator, PyList},
};

use crate::{
    dossier::Dossier,
    error::{hinted, noted},
    process,
    reading::Reading,
    resources::policy,
    values,
};

/// The incidents that readings tell of, in the order of their reports' ids.
#[pyclass(frozen, sequence, module = "crossbearing")]
pub struct Incidents {
    found: Arc<crossbearing::Incidents>,
}

/// One of the incidents.
#[pyclass(frozen, module = "crossbearing")]
pub struct Incident {
    found: Arc<crossbearing::Incidents>,
    at: usize,
}

impl Incidents {
    /// Links readings.
    ///
    /// # Errors
    /// In a process that was forked after the work began.
    pub fn find(
        py: Python<'_>,
        readings: Vec<crossbearing::Reading>,
        judgements: &[Judgement],
    ) -> PyResult<Self> {
        process::check()?;
        let found = py.detach(|| crossbearing::link(readings, judgements));
        Ok(Self {
            found: Arc::new(found),
        })
    }

    /// What linking has to tell.
    pub fn told(&self) -> &[Note] {
        self.found.notes()
    }

    /// The dossier of each, those left out that met a fault.
    ///
    /// # Errors
    /// Where Ctrl-C was pressed.
    pub fn all(&self, py: Python<'_>) -> PyResult<Vec<Dossier>> {
        let mut out = Vec::new();
        for at in 0..self.found.len() {
            py.check_signals()?;
            let made = py.detach(|| run::incident(&self.found, at, &policy()));
            out.extend(made.and_then(Result::ok).map(|run| Dossier { run }));
        }
        Ok(out)
    }
}

#[pymethods]
impl Incidents {
    fn __len__(&self) -> usize {
        self.found.len()
    }

    fn __getitem__(&self, at: isize) -> PyResult<Incident> {
        let len = self.found.len();
        let place = if at < 0 { at + len as isize } else { at };
        let place = usize::try_from(place).ok().filter(|place| *place < len);
        Ok(Incident {
            found: Arc::clone(&self.found),
            at: place.ok_or_else(|| PyIndexError::new_err(format!("there are {len} incidents")))?,
        })
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        let all = (0..self.found.len()).map(|at| Incident {
            found: Arc::clone(&self.found),
            at,
        });
        PyList::new(py, all.collect::<Vec<_>>())?.try_iter()
    }

    /// What linking has to tell.
    #[getter]
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        values::python(py, &self.found.notes())
    }

    fn __repr__(&self) -> String {
        format!("<Incidents: {}>", self.found.len())
    }
}

#[pymethods]
impl Incident {
    /// Id of the case, which stays when more reports come in.
    #[getter]
    fn case(&self) -> String {
        self.found.case_id(self.at).to_string()
    }

    /// Id of this version, which changes with the reports.
    #[getter]
    fn version(&self) -> Option<String> {
        Some(self.found.id(self.at)?.to_string())
    }

    /// Ids of its reports.
    #[getter]
    fn reports(&self) -> Vec<&str> {
        let reports = self.found.reports(self.at).iter();
        reports.map(|id| id.as_str()).collect()
    }

    /// Ids of those that tell of it in passing only, beside what they are about.
    #[getter]
    fn in_passing(&self) -> Vec<&str> {
        let reports = self.found.reports(self.at).iter();
        let passing = reports.filter(|id| self.found.tells_in_passing(self.at, id));
        passing.map(|id| id.as_str()).collect()
    }

    /// Its dossier.
    fn dossier(&self, py: Python<'_>) -> PyResult<Dossier> {
        process::check()?;
        match py.detach(|| run::incident(&self.found, self.at, &policy())) {
            Some(Ok(run)) => Ok(Dossier { run }),
            Some(Err(note)) => Err(noted(&note)),
            None => Err(PyIndexError::new_err("there is no such incident")),
        }
    }

    /// Why its reports were linked: the pairs that were compared, the most alike first.
    fn why<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        values::python(py, &self.found.comparisons(self.at))
    }

    fn __repr__(&self) -> String {
        let reports = self.found.reports(self.at).len();
        format!("<Incident {}: {reports} reports>", self.case())
    }
}

/// Finds the incidents that readings tell of. `judgements` are people's decisions on pairs of reports, as dictionaries
/// `{"decision": "same" or "different", "a": id, "b": id}`.
#[pyfunction]
#[pyo3(signature = (readings, judgements = None))]
pub fn link(
    py: Python<'_>,
    readings: &Bound<'_, PyAny>,
    judgements: Option<&Bound<'_, PyAny>>,
) -> PyResult<Incidents> {
    let mut all = Vec::new();
    for one in readings.try_iter()? {
        let one = one?;
        let reading = one.cast::<Reading>().map_err(|_| {
            let kind = one.get_type().name().map(|it| it.to_string());
            hinted(
                format!("a reading is wanted, not a {}", kind.unwrap_or_default()),
                "read(reports) gives readings",
            )
        })?;
        all.push((*reading.get().inner).clone());
    }
    let judgements: Vec<Judgement> = match judgements {
        Some(given) => serde_json::from_str(&values::written(given)?)
            .map_err(|error| PyValueError::new_err(format!("judgements: {error}")))?,
        None => Vec::new(),
    };
    Incidents::find(py, all, &judgements)
}

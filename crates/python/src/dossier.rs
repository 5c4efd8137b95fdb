//! Dossiers: what is reported of one incident, in every form that it is published in.

use casebook::{
    publish::{html, json, markdown},
    run::Run,
};
use pyo3::prelude::*;

use crate::values;

/// What is reported of one incident: findings, claims with their exact words, sources as independent voices, and where
/// they disagree.
#[pyclass(frozen, module = "crossbearing")]
pub struct Dossier {
    pub(crate) run: Run,
}

#[pymethods]
impl Dossier {
    /// The dossier and its texts as JSON, byte for byte what `crossbearing dossier --json` prints.
    fn json(&self, py: Python<'_>) -> String {
        py.detach(|| json::render(&self.run.dossier, &self.run.texts))
    }

    /// The dossier as Markdown.
    fn markdown(&self, py: Python<'_>) -> String {
        py.detach(|| markdown::render(&self.run.dossier, &self.run.texts))
    }

    /// The dossier as one HTML page.
    fn html(&self, py: Python<'_>) -> String {
        py.detach(|| html::render(&self.run.dossier, &self.run.texts))
    }

    /// The JSON as dictionaries and lists; `schema/dossier-1.schema.json` describes them.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        values::parsed(py, &self.json(py))
    }

    /// Id of the case, which stays when more reports come in.
    #[getter]
    fn case(&self) -> &str {
        self.run.dossier.incident.case.as_str()
    }

    /// Id of this version, which changes with the reports.
    #[getter]
    fn version(&self) -> &str {
        self.run.dossier.incident.id.as_str()
    }

    /// What happened, in a line.
    #[getter]
    fn title(&self) -> &str {
        &self.run.dossier.incident.title
    }

    /// Whether its reports tell of it in passing only, beside what they are about.
    #[getter]
    fn in_passing(&self) -> bool {
        let reports = &self.run.dossier.reports;
        !reports.is_empty() && reports.iter().all(|card| !card.passage.is_empty())
    }

    /// What stands on each slot: positions, verdict, ranges by rule.
    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        values::python(py, &self.run.dossier.findings)
    }

    /// All claims, with their words and who says them.
    #[getter]
    fn claims<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        values::python(py, &self.run.dossier.claims)
    }

    fn __repr__(&self) -> String {
        let reports = self.run.dossier.reports.len();
        format!("<Dossier {}: {reports} reports>", self.case())
    }

    fn _repr_markdown_(&self, py: Python<'_>) -> String {
        self.markdown(py)
    }
}

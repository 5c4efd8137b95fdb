//! From files to dossiers in one go.

use std::path::PathBuf;

use pyo3::{prelude::*, types::PyList};

use crate::{
    dossier::Dossier, incidents::Incidents, inputs::Inputs, reading, resources::policy, values,
};

/// Reads files, folders and patterns, finds the incidents and gives the dossier of each, and the notes; `one` takes all
/// reports as one incident.
#[pyfunction]
#[pyo3(signature = (paths, *, one = false, fast = false, data = None))]
pub fn dossiers<'py>(
    py: Python<'py>,
    paths: &Bound<'py, PyAny>,
    one: bool,
    fast: bool,
    data: Option<PathBuf>,
) -> PyResult<(Bound<'py, PyList>, Bound<'py, PyAny>)> {
    let inputs = Inputs::of_paths(paths)?;
    let (readings, mut notes) = reading::all(py, inputs, fast, data)?;
    let made: Vec<Dossier> = if one {
        let made = py.detach(|| casebook::run::as_one(&readings, &policy()));
        match made {
            Some(Ok(run)) => vec![Dossier { run }],
            Some(Err(note)) => {
                notes.push(note);
                Vec::new()
            }
            None => Vec::new(),
        }
    } else {
        let found = Incidents::find(py, readings, &[])?;
        notes.extend(found.told().iter().cloned());
        (found.all(py)?).into_iter().collect()
    };
    Ok((PyList::new(py, made)?, values::python(py, &notes)?))
}

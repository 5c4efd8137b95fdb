//! The steps as a cluster takes them: rows in, rows out, each a pure function of its rows.
//!
//! A row of documents is a name, bytes, and what is given beside them as JSON; a row of readings is a reading as JSON
//! and what linking needs of it. Which row lies on which machine changes no byte.

use std::{
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, sync_channel},
    },
};

use casebook::{
    ingest::{self, Columns, Meter, Taken},
    publish::json,
    run,
};
use crossbearing::{
    Group, Input,
    linking::{LinkingRecord, Records},
};
use model::{Container, Note, Severity};
use pyo3::{exceptions::PyValueError, prelude::*, pybacked::PyBackedBytes, types::PyBytes};
use serde::{Deserialize, Serialize};

use crate::{
    error::{noted, told},
    inputs, process,
    resources::{self, policy},
};

/// Documents that wait to be taken from a file: memory stays small whatever its size.
const WAITING: usize = 64;

/// What is given beside the bytes of a document.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Given {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    media_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    container: Option<Container>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fetched_at: Option<String>,
}

impl Given {
    fn of(input: &Input) -> Self {
        let given = input.given.clone();
        Self {
            title: given.title,
            source: given.source,
            byline: given.byline,
            url: given.url,
            published: given.published,
            language: given.language,
            media_type: given.media_type,
            container: given.container,
            fetched_at: given.fetched_at,
        }
    }
}

/// A row of documents as the input of the reader.
///
/// # Errors
/// Where what is given is no JSON of ours.
pub fn input(name: String, bytes: &[u8], given: Option<&str>) -> PyResult<Input> {
    let given: Given = match given {
        Some(given) => serde_json::from_str(given)
            .map_err(|error| PyValueError::new_err(format!("{name}: given: {error}")))?,
        None => Given::default(),
    };
    let mut input = Input {
        name,
        bytes: bytes.to_vec(),
        ..Input::default()
    };
    let to = &mut input.given;
    (to.title, to.source, to.byline) = (given.title, given.source, given.byline);
    (to.url, to.published, to.language) = (given.url, given.published, given.language);
    (to.media_type, to.container, to.fetched_at) =
        (given.media_type, given.container, given.fetched_at);
    Ok(input)
}

/// One row of documents: name, bytes, what is given beside them.
type Row<'py> = (String, Bound<'py, PyBytes>, String);

fn row<'py>(py: Python<'py>, input: &Input) -> PyResult<Row<'py>> {
    let given = serde_json::to_string(&Given::of(input)).map_err(told)?;
    Ok((input.name.clone(), PyBytes::new(py, &input.bytes), given))
}

/// The documents of a file one after another, read on a thread of its own; notes as JSON.
#[pyclass(frozen, module = "crossbearing")]
pub struct Documents {
    taken: Mutex<Receiver<Taken>>,
}

#[pymethods]
impl Documents {
    /// `in_scope` passes over what a first look finds nothing in.
    #[new]
    #[pyo3(signature = (path, *, in_scope = false))]
    fn new(path: PathBuf, in_scope: bool) -> Self {
        let (give, taken) = sync_channel(WAITING);
        let names = [path.display().to_string()];
        std::thread::spawn(move || {
            let meter = Meter::default();
            let nothing = &mut std::io::empty();
            ingest::each(&names, nothing, &Columns::default(), &meter, &mut |one| {
                let passed_over = match &one {
                    Taken::Report(input) => in_scope && !crossbearing::may_be_in_scope(input),
                    _ => false,
                };
                passed_over || give.send(one).is_ok()
            });
        });
        Self {
            taken: Mutex::new(taken),
        }
    }

    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    /// The next document, or a note on what could not be taken.
    fn __next__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<Option<(Option<Row<'py>>, Option<String>)>> {
        loop {
            let next = py.detach(|| {
                let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
                taken.recv().ok()
            });
            return Ok(match next {
                None => None,
                Some(Taken::Report(input)) => Some((Some(row(py, &input)?), None)),
                Some(Taken::Told(note)) => {
                    Some((None, Some(serde_json::to_string(&note).map_err(told)?)))
                }
                Some(Taken::PassedOver(..)) => continue,
            });
        }
    }
}

/// A record as a row of documents; a note as JSON where it is none.
#[pyfunction]
pub fn document<'py>(
    name: &str,
    record: &Bound<'py, PyAny>,
) -> PyResult<(Option<Row<'py>>, Option<String>)> {
    let py = record.py();
    let list = pyo3::types::PyList::new(py, [record])?;
    let mut taken = inputs::Inputs::of(&list)?;
    let found = taken.all.pop().map(|mut input| {
        name.clone_into(&mut input.name);
        row(py, &input)
    });
    let note = taken.notes.pop().map(|mut note| {
        name.clone_into(&mut note.subject);
        serde_json::to_string(&note).map_err(told)
    });
    Ok((found.transpose()?, note.transpose()?))
}

/// What came of a document: report, text, the reading as JSON, what linking needs of it, and notes as JSON.
type ReadRow<'py> = (
    Option<String>,
    Option<String>,
    Option<Bound<'py, PyBytes>>,
    Option<Bound<'py, PyBytes>>,
    String,
);

/// Reads rows of documents; results in their order.
#[pyfunction]
#[pyo3(signature = (names, bytes, given, *, fast = false, data = None))]
pub fn read_rows<'py>(
    py: Python<'py>,
    names: Vec<String>,
    bytes: Vec<PyBackedBytes>,
    given: Vec<Option<String>>,
    fast: bool,
    data: Option<PathBuf>,
) -> PyResult<(String, Vec<ReadRow<'py>>)> {
    process::check()?;
    let resources = resources::get(py, data, fast)?;
    let rows = names.into_iter().zip(&bytes).zip(&given);
    let inputs = rows.map(|((name, bytes), given)| input(name, bytes, given.as_deref()));
    let inputs: Vec<Input> = inputs.collect::<PyResult<_>>()?;
    let made = py.detach(|| {
        let results = crossbearing::read_all(&inputs, &resources, &|_| {});
        let made = inputs
            .iter()
            .zip(results)
            .map(|(input, result)| match result {
                // One report is given once here, so that its notes name it as they do where many are read.
                Ok(reading) => {
                    let one = std::slice::from_ref(input);
                    let (mut own, notes) = crossbearing::each_once(one, vec![Ok(reading)]);
                    Made::of(own.pop(), notes)
                }
                Err(note) => Made::of(None, vec![note]),
            });
        made.collect::<Result<Vec<_>, serde_json::Error>>()
    });
    let rows = made.map_err(told)?.into_iter().map(|made| {
        let bytes = |it: Vec<u8>| PyBytes::new(py, &it);
        let (ids, reading, records) = made.reading.map_or((None, None, None), |it| {
            (Some(it.0), Some(bytes(it.1)), Some(bytes(it.2)))
        });
        let (report, text) = ids.unzip();
        (report, text, reading, records, made.notes)
    });
    Ok((resources.version(), rows.collect()))
}

/// A row of readings before it is Python's.
struct Made {
    reading: Option<Read>,
    notes: String,
}

/// Ids of report and text, the reading, and what linking needs of it.
type Read = ((String, String), Vec<u8>, Vec<u8>);

impl Made {
    fn of(
        reading: Option<crossbearing::Reading>,
        notes: Vec<Note>,
    ) -> Result<Self, serde_json::Error> {
        let reading = reading.map(|reading| {
            let ids = (reading.report.id.to_string(), reading.text.id().to_string());
            let records = Records::of(std::slice::from_ref(&reading));
            let records: Vec<&LinkingRecord> = records.all().collect();
            Ok::<_, serde_json::Error>((
                ids,
                serde_json::to_vec(&reading)?,
                serde_json::to_vec(&records)?,
            ))
        });
        Ok(Self {
            reading: reading.transpose()?,
            notes: serde_json::to_string(&notes)?,
        })
    }
}

/// One report of an incident: the incident's number, the report, and the account where it tells of it in passing.
type Member = (usize, String, Option<String>);

/// Links what linking needs of all readings; gives the notes as JSON, too.
#[pyfunction]
pub fn link_rows(py: Python<'_>, records: Vec<PyBackedBytes>) -> PyResult<(Vec<Member>, String)> {
    process::check()?;
    py.detach(|| {
        let mut all = Records::default();
        for some in &records {
            all.join(serde_json::from_slice::<Vec<LinkingRecord>>(some)?);
        }
        drop(records);
        let linked = all.link(&[], None);
        let notes = serde_json::to_string(&linked.notes)?;
        let numbered = linked.incidents.into_iter().enumerate();
        let members = numbered.flat_map(|(at, parts)| {
            parts.into_iter().map(move |(report, account)| {
                (at, report.to_string(), account.map(|it| it.to_string()))
            })
        });
        Ok((members.collect(), notes))
    })
    .map_err(|error: serde_json::Error| {
        PyValueError::new_err(format!("this is not what linking needs: {error}"))
    })
}

/// The dossier of one incident: case, version, title, and the whole as the program prints it.
#[pyfunction]
pub fn reconcile_rows(
    py: Python<'_>,
    readings: Vec<PyBackedBytes>,
    accounts: Vec<Option<String>>,
) -> PyResult<(String, String, String, String)> {
    process::check()?;
    let made = py.detach(|| {
        let mut own = Vec::with_capacity(readings.len());
        for (bytes, account) in readings.iter().zip(accounts) {
            let reading: crossbearing::Reading = serde_json::from_slice(bytes).map_err(damaged)?;
            let account = account
                .map(|it| serde_json::from_value(it.into()))
                .transpose()
                .map_err(damaged)?;
            let taken = account.and_then(|account| reading.told_as(&account));
            own.push(taken.unwrap_or(reading));
        }
        run::of_group(Group::of("an incident", &own), &policy())
    });
    let run = made.map_err(|note| noted(&note))?;
    let incident = &run.dossier.incident;
    Ok((
        incident.case.to_string(),
        incident.id.to_string(),
        incident.title.clone(),
        json::render(&run.dossier, &run.texts),
    ))
}

fn damaged(error: serde_json::Error) -> Note {
    Note {
        severity: Severity::Error,
        code: "damaged".to_owned(),
        subject: "readings".to_owned(),
        message: format!("a row holds no reading of this version: {error}"),
        hint: Some("read the documents again with the package that links them".to_owned()),
        quote: None,
    }
}

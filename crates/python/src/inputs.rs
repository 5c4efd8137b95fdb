//! Reports as Python hands them over: texts, bytes, records and paths.

use std::path::PathBuf;

use casebook::ingest::{self, Gathered};
use crossbearing::{Input, Note};
use model::Severity;
use pyo3::{
    exceptions::PyTypeError,
    prelude::*,
    types::{PyBytes, PyDict, PyMapping, PyString},
};

use crate::values;

/// Reports, and what could not be taken.
#[derive(Default)]
pub struct Inputs {
    /// The reports in the order in which they were given.
    pub all: Vec<Input>,
    /// What could not be taken, or is odd.
    pub notes: Vec<Note>,
}

impl Inputs {
    /// Takes each thing that an iterable gives. A text and bytes are a report each; a dictionary is one as a line of
    /// JSON lines would be (`text` or `html`, and what is known of it); a path is whatever reports lie there.
    ///
    /// # Errors
    /// Where a thing is none of these.
    pub fn of(reports: &Bound<'_, PyAny>) -> PyResult<Self> {
        if reports.is_instance_of::<PyString>() || reports.is_instance_of::<PyBytes>() {
            return Err(PyTypeError::new_err(
                "reports must be a list of reports, not a single text: write [text]",
            ));
        }
        let mut out = Self::default();
        for (at, one) in reports.try_iter()?.enumerate() {
            out.take(&format!("reports[{at}]"), &one?)?;
        }
        Ok(out)
    }

    /// Takes the files, folders and patterns that an iterable names; one name may stand alone.
    ///
    /// # Errors
    /// Where a name is no text and no path.
    pub fn of_paths(paths: &Bound<'_, PyAny>) -> PyResult<Self> {
        let names = names(paths)?;
        let gathered = ingest::gather(&names, &mut std::io::empty());
        Ok(Self {
            all: gathered.inputs,
            notes: gathered.notes,
        })
    }

    fn take(&mut self, name: &str, one: &Bound<'_, PyAny>) -> PyResult<()> {
        let whole = |bytes: Vec<u8>| Input {
            name: name.to_owned(),
            bytes,
            ..Input::default()
        };
        if let Ok(text) = one.cast::<PyString>() {
            self.all.push(whole(text.to_str()?.as_bytes().to_vec()));
        } else if let Ok(bytes) = one.cast::<PyBytes>() {
            self.all.push(whole(bytes.as_bytes().to_vec()));
        } else if let Ok(record) = one.cast::<PyMapping>() {
            self.record_of(name, record)?;
        } else if let Ok(path) = one.extract::<PathBuf>() {
            let names = [path.display().to_string()];
            let gathered = ingest::gather(&names, &mut std::io::empty());
            self.all.extend(gathered.inputs);
            self.notes.extend(gathered.notes);
        } else {
            let kind = one.get_type().name()?;
            return Err(PyTypeError::new_err(format!(
                "{name} is of type {kind}; a report is a str, bytes, a dict with a text or html, or a path",
            )));
        }
        Ok(())
    }

    /// Takes a record; one that has `bytes` is a file with what is known of it.
    fn record_of(&mut self, name: &str, record: &Bound<'_, PyMapping>) -> PyResult<()> {
        if !record.contains("bytes")? {
            self.record(name, &values::written(record)?);
            return Ok(());
        }
        let fields = PyDict::new(record.py());
        for item in record.items()?.iter() {
            fields.set_item(item.get_item(0)?, item.get_item(1)?)?;
        }
        let bytes: Vec<u8> = record.get_item("bytes")?.extract()?;
        let media: Option<String> = match record.contains("media_type")? {
            true => record.get_item("media_type")?.extract()?,
            false => None,
        };
        fields.del_item("bytes")?;
        // What is known of a file is what is known of a text that stands in its place.
        fields.set_item("text", "text")?;
        let before = self.all.len();
        self.record(name, &values::written(&fields)?);
        for input in &mut self.all[before..] {
            input.bytes.clone_from(&bytes);
            input.given.media_type.clone_from(&media);
        }
        Ok(())
    }

    /// Takes a record by the rules for lines of JSON.
    fn record(&mut self, name: &str, json: &str) {
        let mut json = json.as_bytes();
        let mut gathered = ingest::gather(&["-".to_owned()], &mut json);
        // What holds no report is taken as words by whoever reads files; a record is none.
        if gathered
            .inputs
            .iter()
            .any(|it| it.given.media_type.is_none())
        {
            gathered = Gathered::default();
            gathered.notes.push(Note {
                severity: Severity::Error,
                code: "no-text".to_owned(),
                subject: name.to_owned(),
                message: "this record has no text".to_owned(),
                hint: Some(
                    "a record has `text` or `html`, and beside it what is known of the report"
                        .to_owned(),
                ),
                quote: None,
            });
        }
        let named = |own: &str| match own.strip_prefix("standard input") {
            Some(rest) => format!("{name}{}", rest.strip_prefix(":1").unwrap_or(rest)),
            None => own.to_owned(),
        };
        self.all.extend(gathered.inputs.into_iter().map(|mut it| {
            it.name = named(&it.name);
            // Where it lies in a file says nothing here, and must change no byte.
            it.given.container = None;
            it
        }));
        self.notes.extend(gathered.notes.into_iter().map(|mut it| {
            it.subject = named(&it.subject);
            it
        }));
    }
}

/// The names that an iterable of paths gives, or one path.
///
/// # Errors
/// Where a name is no text and no path.
pub fn names(paths: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    let one = |path: &Bound<'_, PyAny>| -> PyResult<String> {
        Ok(path.extract::<PathBuf>()?.display().to_string())
    };
    if let Ok(name) = one(paths) {
        return Ok(vec![name]);
    }
    paths.try_iter()?.map(|path| one(&path?)).collect()
}

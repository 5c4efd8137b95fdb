//! A casebook: reports that are kept, with what was read and what people decided.

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

use casebook::{
    book::{
        self,
        outgoing::{self, NotFree, NotWritten, Profile},
    },
    export, files, ingest,
    run::Run,
};
use pyo3::{exceptions::PyValueError, prelude::*, pybacked::PyBackedBytes, types::PyBytes};
use store::{
    Actor, Error, Place, Store, arrivals, lookup, results,
    search::{self, Query},
};

use crate::{
    cluster,
    dossier::Dossier,
    error::{hinted, told},
    inputs, process, values,
};

/// A casebook: its folder, or the address of a PostgreSQL database.
#[pyclass(frozen, subclass, module = "crossbearing")]
pub struct Casebook {
    store: Mutex<Store>,
    place: Place,
    who: String,
}

fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

impl Casebook {
    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn actor(&self) -> Actor {
        Actor {
            who: self.who.clone(),
            tool: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    fn options(&self) -> book::AddOptions<'static> {
        let actor = self.actor();
        book::AddOptions {
            who: actor.who,
            tool: actor.tool,
            dry_run: false,
            in_scope_only: false,
            languages: Vec::new(),
            columns: ingest::Columns::default(),
            now: &now,
        }
    }

    /// Writes all incidents in a format.
    fn written(
        &self,
        format: &export::Format,
        public: bool,
        only: Option<&BTreeSet<String>>,
        out: &mut dyn std::io::Write,
    ) -> Result<outgoing::Sent, NotWritten> {
        let mut store = self.store();
        let profile = match public {
            true => outgoing::public_profile(&mut store)?,
            false => Profile::Full,
        };
        let which = (&profile, only);
        outgoing::write(
            &mut store,
            which,
            (format, export::Options::default()),
            out,
            &mut |_| {},
        )
    }
}

fn stopped(error: NotWritten, what: &str) -> PyErr {
    match error {
        NotWritten::File(error) => told(format!("{what}: {error}")),
        NotWritten::Store(error) => told(error),
    }
}

fn format(name: &str) -> PyResult<&'static export::Format> {
    export::format(name).ok_or_else(|| {
        let names: Vec<&str> = export::FORMATS.iter().map(|it| it.name).collect();
        hinted(
            format!("there is no format {name}"),
            format!("there are {}", names.join(", ")),
        )
    })
}

#[pymethods]
impl Casebook {
    /// Opens a casebook that is there.
    #[new]
    #[pyo3(signature = (path, *, who = None))]
    fn new(py: Python<'_>, path: PathBuf, who: Option<String>) -> PyResult<Self> {
        let place = Place::of(&path.display().to_string());
        let store = py.detach(|| Store::open(&place)).map_err(told)?;
        Ok(Self {
            store: Mutex::new(store),
            place,
            who: who.unwrap_or_else(somebody),
        })
    }

    /// Takes in reports: files, folders and patterns. What is known already is passed over.
    fn add<'py>(&self, py: Python<'py>, paths: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        process::check()?;
        let names = inputs::names(paths)?;
        let options = self.options();
        let added = py.detach(|| {
            let nothing = &mut std::io::empty();
            book::add(&mut self.store(), &names, nothing, &options, &mut |_| {})
        });
        values::python(py, &added.map_err(told)?)
    }

    /// Takes in rows of documents, as a cluster has them.
    fn take_documents<'py>(
        &self,
        py: Python<'py>,
        names: Vec<String>,
        bytes: Vec<PyBackedBytes>,
        given: Vec<Option<String>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        process::check()?;
        let rows = names.into_iter().zip(&bytes).zip(&given);
        let inputs =
            rows.map(|((name, bytes), given)| cluster::input(name, bytes, given.as_deref()));
        let inputs = inputs.collect::<PyResult<Vec<_>>>()?;
        let options = self.options();
        let added = py.detach(|| book::add_inputs(&mut self.store(), &inputs, &options));
        values::python(py, &added.map_err(told)?)
    }

    /// Takes in readings of documents that are in the casebook, as a version of the reader made them.
    fn take_readings<'py>(
        &self,
        py: Python<'py>,
        readings: Vec<PyBackedBytes>,
        reader: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let readings = readings.iter().map(|bytes| serde_json::from_slice(bytes));
        let readings: Vec<crossbearing::Reading> =
            readings.collect::<Result<_, _>>().map_err(|error| {
                hinted(
                    format!("a row holds no reading: {error}"),
                    "Casebook.run() reads",
                )
            })?;
        let taken = py
            .detach(|| book::take_readings(&mut self.store(), &readings, reader, &self.who, &now));
        values::python(py, &taken.map_err(told)?)
    }

    /// Reads, links and reconciles what is new.
    #[pyo3(signature = (*, data = None))]
    fn run<'py>(&self, py: Python<'py>, data: Option<PathBuf>) -> PyResult<Bound<'py, PyAny>> {
        process::check()?;
        let actor = self.actor();
        let done = py.detach(|| {
            let (data, nothing) = (data.as_deref(), &mut |_| {});
            book::catch_up(
                &mut self.store(),
                data,
                &actor.tool,
                &actor.who,
                &now,
                nothing,
            )
        });
        let (read, linked) = done.map_err(told)?;
        values::python(py, &serde_json::json!({"read": read, "linked": linked}))
    }

    /// Ids of all incidents.
    fn cases(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        py.detach(|| results::cases(self.store().database()))
            .map_err(told)
    }

    /// The dossier of an incident, by its id or the first digits of it.
    fn dossier(&self, py: Python<'_>, case: &str) -> PyResult<Dossier> {
        let begin = match case.starts_with("k:") {
            true => case.to_owned(),
            false => format!("k:{case}"),
        };
        let made = py.detach(|| {
            let mut store = self.store();
            let case = lookup::case_id(store.database(), &begin)?;
            let Some(dossier) = results::dossier(store.database(), &case)? else {
                return Ok(Err(case));
            };
            let mut texts = model::Texts::new();
            for card in &dossier.reports {
                let stored = arrivals::report(store.database(), card.report.id.as_str())?;
                texts.insert(stored.text.id().clone(), stored.text);
            }
            Ok(Ok(Run { dossier, texts }))
        });
        match made.map_err(|error: Error| told(error))? {
            Ok(run) => Ok(Dossier { run }),
            Err(case) => Err(hinted(
                format!("{case}: its dossier is not made yet"),
                "Casebook.run() makes it",
            )),
        }
    }

    /// Looks for words; `where` is reports, claims or names.
    #[pyo3(signature = (words, *, r#where = "reports", limit = 20))]
    fn search<'py>(
        &self,
        py: Python<'py>,
        words: &str,
        r#where: &str,
        limit: usize,
    ) -> PyResult<Bound<'py, PyAny>> {
        let look = match r#where {
            "reports" => search::reports,
            "claims" => search::claims,
            "names" => search::names,
            other => {
                return Err(PyValueError::new_err(format!(
                    "where is reports, claims or names, not {other:?}"
                )));
            }
        };
        let finds = py.detach(|| {
            let query = Query::parse(words)?;
            look(self.store().database(), &query, limit)
        });
        values::python(py, &finds.map_err(|error: Error| told(error))?.found)
    }

    /// Writes all incidents, or those of `cases`, to a file in a format of `FORMATS`; gives what was written and what
    /// was left out. A file that is there is kept unless `force`.
    #[pyo3(signature = (format, path, *, profile = "full", cases = None, force = false))]
    fn export<'py>(
        &self,
        py: Python<'py>,
        format: &str,
        path: PathBuf,
        profile: &str,
        cases: Option<BTreeSet<String>>,
        force: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let format = self::format(format)?;
        let public = public(profile)?;
        outgoing::free(&[&path], &self.place, force).map_err(|error| {
            let hint = match error {
                NotFree::There(_) => "give another name, or force=True",
                NotFree::Own(_) | NotFree::Twice(_) => "write to another folder",
            };
            hinted(error, hint)
        })?;
        let sent = py.detach(|| {
            let actor = self.actor();
            let form = public.then(|| r#"{"profile":"public"}"#.to_owned());
            let at = store::log::time(now());
            self.store()
                .write(&mut |tx| tx.tell("exported", format.name, form.clone(), &at, &actor.who))?;
            let mut sent = outgoing::Sent::default();
            files::write_with(&path, |out| {
                sent = self.written(format, public, cases.as_ref(), out)?;
                Ok::<_, NotWritten>(())
            })?;
            Ok(sent)
        });
        let what = path.display().to_string();
        let sent = sent.map_err(|error: NotWritten| stopped(error, &what))?;
        values::python(py, &sent)
    }

    /// All incidents in a format, as bytes.
    #[pyo3(signature = (format, *, profile = "full"))]
    fn exported<'py>(
        &self,
        py: Python<'py>,
        format: &str,
        profile: &str,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let format = self::format(format)?;
        let public = public(profile)?;
        let mut out = Vec::new();
        py.detach(|| self.written(format, public, None, &mut out))
            .map_err(|error| stopped(error, format.name))?;
        Ok(PyBytes::new(py, &out))
    }

    fn __repr__(&self) -> String {
        format!("<Casebook {}>", self.place)
    }
}

/// Makes a casebook in a folder or an empty PostgreSQL database.
#[pyfunction]
#[pyo3(signature = (path, *, who = None))]
pub fn create(py: Python<'_>, path: PathBuf, who: Option<String>) -> PyResult<()> {
    let actor = Actor {
        who: who.unwrap_or_else(somebody),
        tool: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let place = Place::of(&path.display().to_string());
    py.detach(|| Store::create(&place, &actor, now()))
        .map_err(told)?;
    Ok(())
}

fn public(profile: &str) -> PyResult<bool> {
    match profile {
        "full" => Ok(false),
        "public" => Ok(true),
        other => Err(PyValueError::new_err(format!(
            "profile is full or public, not {other:?}"
        ))),
    }
}

/// Who works where nobody says, as the program takes it.
fn somebody() -> String {
    let set = |name| std::env::var(name).ok().filter(|it| !it.trim().is_empty());
    let names = ["CROSSBEARING_WHO", "USER", "USERNAME"];
    let who = names.into_iter().find_map(set);
    who.unwrap_or_else(|| "somebody".to_owned())
}

//! Model, gazetteer and encoder: loaded once a process, for all who read with them.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use casebook::data::DataDir;
use crossbearing::{Policy, Resources};
use pyo3::prelude::*;

use crate::error::hinted;

type Key = (PathBuf, bool);

static LOADED: LazyLock<Mutex<HashMap<Key, Arc<Resources>>>> = LazyLock::new(Mutex::default);

/// What reading needs, from `data` or the usual folder; the lock of the interpreter is let go while it loads.
///
/// # Errors
/// Where something is missing or of another version.
pub fn get(py: Python<'_>, data: Option<PathBuf>, fast: bool) -> PyResult<Arc<Resources>> {
    py.detach(|| {
        let folder = DataDir::locate(data.as_deref())?.fast(fast);
        let key = (folder.path().to_owned(), fast);
        let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = loaded.get(&key) {
            return Ok(Arc::clone(held));
        }
        let resources = Arc::new(folder.load()?);
        loaded.insert(key, Arc::clone(&resources));
        Ok(resources)
    })
    .map_err(|error: casebook::Error| {
        hinted(
            error.to_string().lines().next().unwrap_or_default(),
            "`python -m crossbearing prepare` fetches the pinned packages and makes what is needed to read",
        )
    })
}

/// How incidents are reconciled, as the program does.
pub fn policy() -> Policy {
    Policy {
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

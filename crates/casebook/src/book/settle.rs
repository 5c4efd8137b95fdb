//! A casebook is brought up to date: what people decided is worked into the dossiers, what came in is read and linked.

use std::path::Path;

use crossbearing::Policy;
use store::{Store, steps};

use super::{
    config,
    link::{Linked, link},
    read::{ReadDone, read, waiting},
};
use crate::data::DataDir;

/// Why a casebook was not brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// What is needed to read is not there.
    #[error("{0}\n  hint: `crossbearing prepare` makes what is needed to read reports")]
    Data(#[from] crate::Error),
    /// The casebook cannot be read or written.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Far {
    /// So many reports are read, of so many.
    Read(u64, u64),
    /// So many dossiers are made.
    Made(u64),
}

/// Makes the dossiers anew that decisions since the last step bear on, by the readings that are there: nothing needs to
/// be loaded. `program` is the version of the program.
///
/// # Errors
///
/// When the casebook cannot be read or written; what was written before stays.
pub fn settle(
    store: &mut Store,
    program: &str,
    who: &str,
    now: &dyn Fn() -> jiff::Timestamp,
) -> Result<Linked, store::Error> {
    let reader = steps::last(store.database())?.reader;
    if reader.is_empty() {
        // Nothing was ever linked: there is nothing to decide about.
        return Ok(Linked::default());
    }
    let policy = Policy {
        version: program.to_owned(),
    };
    link(store, &policy, &reader, who, now, &mut |_| {})
}

/// Reads and links all that is waiting. `data` is the folder of model, gazetteer and encoder, where it is not the usual
/// one; they are loaded for this and let go.
///
/// # Errors
///
/// [`Stopped`]; what was written before stays.
pub fn catch_up(
    store: &mut Store,
    data: Option<&Path>,
    program: &str,
    who: &str,
    now: &dyn Fn() -> jiff::Timestamp,
    progress: &mut dyn FnMut(Far),
) -> Result<(ReadDone, Linked), Stopped> {
    let fast = config::value(store, config::READER)? == "fast";
    let resources = DataDir::locate(data)?.fast(fast).load()?;
    let reader = resources.version();
    let all = waiting(store, &reader)?;
    progress(Far::Read(0, all));
    let read = read(store, &resources, who, now, &mut |n| {
        progress(Far::Read(n, all))
    })?;
    let policy = Policy {
        version: program.to_owned(),
    };
    let linked = link(store, &policy, &reader, who, now, &mut |n| {
        progress(Far::Made(n))
    })?;
    Ok((read, linked))
}

//! Reports that were read are linked into incidents, and incidents that changed are reconciled anew.
//!
//! First which reports are one incident, and what each is called: one transaction, a *step* ([`step`]). A step looks at
//! all reports ([`whole`]), or at the new ones and those that they may be one incident with ([`nearby`]). Then the
//! dossiers of those incidents that have none, or an old one ([`make`]): a batch at a time, so that work that is cut off
//! goes on where it was.

mod index;
mod make;
mod nearby;
mod step;
mod whole;

use crossbearing::Policy;
use model::Note;
use store::{Error, Store, steps};

/// When all reports are linked anew, and when only those near the new ones.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Reports up to which all are always looked at.
    pub small: usize,
    /// By how much the reports may grow, as a share of those that were there when all were looked at last, until all
    /// are looked at again.
    pub growth: f64,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            small: 1_000,
            growth: 0.5,
        }
    }
}

/// What became of the incidents.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Linked {
    /// Reports that were linked for the first time.
    pub reports: u64,
    /// Reports that were looked at to link them, themselves among these.
    pub looked_at: u64,
    /// Incidents that are new.
    pub opened: u64,
    /// Incidents that went into others.
    pub merged: u64,
    /// Incidents that were split off others.
    pub split: u64,
    /// Dossiers that were made.
    pub made: u64,
    /// Incidents in all.
    pub incidents: u64,
    /// What is to be told.
    pub notes: Vec<Note>,
}

/// Links what is to be linked and makes the dossiers that are to be made. `reader` is the version of the readings to go
/// by; `progress` hears how many dossiers are made.
///
/// # Errors
///
/// When the casebook cannot be read or written; what was written before stays.
pub fn link(
    store: &mut Store,
    policy: &Policy,
    reader: &str,
    who: &str,
    now: &dyn Fn() -> jiff::Timestamp,
    progress: &mut dyn FnMut(u64),
) -> Result<Linked, Error> {
    link_at(store, Pace::default(), policy, reader, who, now, progress)
}

/// The same at a pace of its own.
///
/// # Errors
///
/// As [`link`].
pub fn link_at(
    store: &mut Store,
    pace: Pace,
    policy: &Policy,
    reader: &str,
    who: &str,
    now: &dyn Fn() -> jiff::Timestamp,
    progress: &mut dyn FnMut(u64),
) -> Result<Linked, Error> {
    let mut out = Linked::default();
    // Where another process took a step meanwhile, what is due is not what it was.
    while let Some(due) = step::Due::find(store, reader)? {
        if step::step(store, &due, pace, who, now, &mut out)? {
            break;
        }
    }
    make::make(store, policy, who, now, &mut out, progress)?;
    out.incidents = steps::incidents(store.database())?;
    Ok(out)
}

/// Has all reports of a casebook linked anew by the next step.
///
/// # Errors
///
/// What the engine says.
pub fn relink(store: &mut Store) -> Result<(), Error> {
    store.write(&mut |tx| tx.set("relink", "1"))
}

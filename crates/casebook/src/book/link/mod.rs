//! Reports that were read are linked into incidents, and incidents that changed are reconciled anew.
//!
//! First which reports are one incident, and what each is called: one transaction, a *step* (`step`). A step looks at
//! all reports (`whole`), or at the new ones and those that they may be one incident with (`nearby`). Then come the
//! dossiers of those incidents that have none, or an old one (`make`): a batch at a time, so that what is cut off goes
//! on where it was.

mod due;
mod found;
mod index;
mod make;
mod nearby;
mod pace;
mod readings;
mod step;
mod whole;

pub use pace::{Linked, Pace};

use crossbearing::Policy;
use store::{Error, Store, steps};

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
    while let Some(due) = due::Due::find(store, reader)? {
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

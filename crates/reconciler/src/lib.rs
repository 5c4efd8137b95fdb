//! Accounts and judgements in, dossiers out.
//!
//! What comes in: the readings of a group of reports and a [`Policy`]. What goes out: a [`model::Dossier`]. It knows no clock, file,
//! environment or network, and nothing of how a report was read; `reader` is a stranger to it. Rooms: `link` (copies, origins),
//! `reconcile` (relations, findings, number rules).

pub mod link;
pub mod reconcile;

use model::{Dossier, Reading};

/// What a user may choose; every choice is written into no number's rule but only into which number is shown first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Version of the program, printed in the dossier.
    pub version: String,
}

/// Reconciles the readings of reports taken as one incident. Order of the readings never matters.
pub fn dossier(_readings: &[Reading], _policy: &Policy) -> Dossier {
    unimplemented!()
}

//! What a step of linking finds.

use std::collections::BTreeSet;

use model::Note;
use reconciler::cases::Part;

use super::index::Changes;

/// Some incidents, found anew.
#[derive(Default)]
pub(super) struct Found {
    /// The parts of each.
    pub incidents: Vec<BTreeSet<Part>>,
    /// The cases that these may be; `None` where it may be any.
    pub cases: Option<Vec<String>>,
    /// What becomes of the index.
    pub index: Changes,
    /// Reports that were looked at.
    pub looked_at: usize,
    /// What is to be told.
    pub notes: Vec<Note>,
}

//! A finding in the making.

use model::Slot;

use super::{align::ScopeKey, positions::PositionDraft};

/// A finding in the making.
pub(super) struct FindingDraft {
    pub(super) slot: Slot,
    pub(super) scope: ScopeKey,
    /// Entries of the ledger, in its order.
    pub(super) entries: Vec<usize>,
    pub(super) positions: Vec<PositionDraft>,
}

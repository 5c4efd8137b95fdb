//! At which pace reports are linked, and what became of them.

use model::Note;

/// When all reports are linked anew, and when only those near the new ones.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Reports up to which all are always looked at.
    pub small: usize,
    /// By how much the reports may grow, as a share of those that were there when all were looked at last, until all
    /// are looked at again.
    pub growth: f64,
    /// New reports from which all are looked at, as a share of those that were there when all were looked at last: each
    /// new one brings some thirty others.
    pub batch: f64,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            small: 1_000,
            growth: 0.5,
            batch: 0.03,
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

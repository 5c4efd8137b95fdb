//! What stands besides the reports that are linked.

use std::collections::HashSet;

use super::counts::Counts;

/// What all reports hold of the words of those that are linked.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// Reports in all.
    pub reports: usize,
    /// How many hold what.
    pub counts: Counts,
    /// Sentences that are page furniture.
    pub furniture: HashSet<u64>,
}

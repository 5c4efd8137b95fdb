//! A sentence that tells of a part.

use model::{Sentence, Violence};

use crate::ledger::Ledger;

/// One sentence that tells of a part.
pub(super) struct Telling {
    pub(super) report: usize,
    pub(super) sentence: usize,
    /// Entries of the sentence that stand nearest to the part's day.
    pub(super) entries: Vec<usize>,
    /// The byte at which the day is named.
    pub(super) day: Option<usize>,
    /// The violence that it names.
    pub(super) violence: Vec<Violence>,
    /// Whether its words keep its figures to a part: "on the first day".
    pub(super) kept: bool,
    /// Whether a claim of the reader dates something here.
    pub(super) dated: bool,
}

/// A sentence of a report.
pub(super) fn sentence<'a>(ledger: &Ledger<'a>, report: usize, at: usize) -> &'a Sentence {
    &ledger.readings[report].sentences.all[at]
}

//! The parts of an incident that went on for more than one day.

use serde::{Deserialize, Serialize};

use crate::{ClaimId, Finding, Quote, Slot, Value, When};

/// One phase of an incident: the storming of a prison, the fighting around it, the manhunt that follows. A part is told
/// by words of the reports that put something on its day; an incident of one day has none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Part {
    /// One line: when, what, where.
    pub title: String,
    /// When; `None` for what reports say goes on after the dated parts.
    pub when: Option<When>,
    /// What happened, in words of one of its quotes.
    pub event: Option<Value>,
    /// Where, as one of its claims has it.
    pub place: Option<Value>,
    /// One clause on why this is a part.
    pub why: String,
    /// The sentences that tell it, by report letter and position.
    pub quotes: Vec<Quote>,
    /// The claims of those sentences, by report letter and position. A figure that its report does not count as the
    /// whole incident's belongs to no main account, and stands here all the same.
    pub claims: Vec<ClaimId>,
    /// What stands on this part alone.
    pub findings: Vec<Finding>,
}

/// The figures of the parts added, where no report gives a total of the whole incident: rule `sum_of_parts`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PartSum {
    /// What is counted: killed or injured.
    pub slot: Slot,
    /// Smallest sum.
    pub low: u64,
    /// Largest sum; `None` where a part has no upper limit.
    pub high: Option<u64>,
    /// The arithmetic: `12 (11 May 2023) + 30 (12 May 2023) = 42`.
    pub arithmetic: String,
    /// The claims behind the figures added, sorted.
    pub claims: Vec<ClaimId>,
}

//! The one figure of people that independent reports give, taken together.

use serde::{Deserialize, Serialize};

use crate::{ClaimId, ReportId, Slot};

/// The figure that one report gives, all of its claims taken together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// The report.
    pub report: ReportId,
    /// The number of people; `None` for a report that tells of nobody.
    pub n: Option<u64>,
    /// The claims that the number was taken from, sorted; empty when there is none.
    pub claims: Vec<ClaimId>,
}

/// The figure of reports taken together, beside the named rules and never instead of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// What is counted: people killed or injured.
    pub slot: Slot,
    /// The number of people.
    pub n: u64,
    /// The reports that give it, by id.
    pub reports: Vec<ReportId>,
    /// One clause: how many give it, and what settled it.
    pub why: String,
    /// What each independent report gives, by id of the report; copies of others have no vote.
    pub votes: Vec<Vote>,
}

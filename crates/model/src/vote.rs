//! The one figure of people that independent reports give, taken together.

use serde::{Deserialize, Serialize};

use crate::{ClaimId, ReportId, Slot, Verdict};

/// The figure that one report gives, all of its claims taken together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Vote {
    /// The report.
    pub report: ReportId,
    /// The number of people; `None` for a report that tells of nobody.
    pub n: Option<u64>,
    /// The claims that the number was taken from, sorted; empty when there is none.
    pub claims: Vec<ClaimId>,
}

/// A figure with the claims that give it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Step {
    /// The figure in plain words, with its bound: "more than 210".
    pub label: String,
    /// The claims, the one to show first first.
    pub claims: Vec<ClaimId>,
}

/// The figure at the top of a dossier: an estimate from the figures that independent reports give for everybody, with
/// its bound, beside the named rules and never instead of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Agreed {
    /// What is counted: a count slot.
    pub slot: Slot,
    /// The number of people, for readers who need one: the number in the words of the figure.
    pub n: u64,
    /// Smallest number that the figure allows.
    pub low: u64,
    /// Largest number that it allows; `None` is no limit.
    pub high: Option<u64>,
    /// The figure in plain words, with its bound: "more than 210", "27–41".
    pub label: String,
    /// The claims that give it, the one to show first first: its speaker and as-of time are the figure's.
    pub claims: Vec<ClaimId>,
    /// Earlier figures that it replaced, in order of time.
    pub earlier: Vec<Step>,
    /// Figures of other voices that still stand and that it doesn't hold, the most weighty first.
    pub differs: Vec<Step>,
    /// How it stands.
    pub verdict: Verdict,
    /// The reports that give it, by id.
    pub reports: Vec<ReportId>,
    /// One clause: how many give it, and what settled it.
    pub why: String,
    /// What each independent report gives, by id of the report; copies of others have no vote.
    pub votes: Vec<Vote>,
}

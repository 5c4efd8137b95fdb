//! A number as a named rule gives it.

use serde::{Deserialize, Serialize};

use crate::ClaimId;

/// A range a rule gives, the claims it used and those it set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRange {
    /// Smallest.
    pub low: Option<u64>,
    /// The rule's own best figure, for rules that have one.
    pub best: Option<u64>,
    /// Largest; `None` is no limit or none given.
    pub high: Option<u64>,
    /// Claims the rule used, sorted.
    pub used: Vec<ClaimId>,
    /// Claims it set aside, each with the reason.
    pub set_aside: Vec<(ClaimId, String)>,
}

/// The named number rules on one finding. See the reconciler's `rules` for the source of each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    /// Intersection of the standing intervals, or their hull when disputed.
    pub interval: RuleRange,
    /// Low, best, high after UCDP's practice.
    pub ucdp: RuleRange,
    /// Most conservative figure after ACLED's practice.
    pub acled: RuleRange,
    /// Min–max over independent origins after Iraq Body Count's practice.
    pub ibc: RuleRange,
    /// Min–max after Airwars' practice.
    pub airwars: RuleRange,
    /// The newest figure of each speaker.
    pub latest: RuleRange,
}

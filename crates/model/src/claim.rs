//! The atom: one reported statement.

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, ClaimId, Party, Quote, ReportId, Scope, Slot, Speaker, Stance, Value, When,
};

/// *Slot is value, for scope, as of time, says speaker chain, with stance, in these words.*
///
/// A claim always has at least one quote and is never overwritten; a better reader makes new claims.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Hash of what it says and where.
    pub id: ClaimId,
    /// What it is about.
    pub slot: Slot,
    /// What it says.
    pub value: Value,
    /// Whom it counts or speaks of.
    pub scope: Scope,
    /// The time the figure stood at, where the text says; `None` otherwise.
    pub as_of: Option<When>,
    /// With what commitment.
    pub stance: Stance,
    /// From the one who says it to the source that prints it; the last is the publisher. Never empty.
    pub speakers: Vec<Speaker>,
    /// Whether the words stand between quotation marks.
    pub direct: bool,
    /// Who does it, where the slot has a doer (human shields, responsibility, means).
    pub actor: Option<Party>,
    /// Who is asked, for appeals.
    pub addressee: Option<Party>,
    /// The words, first the ones that carry the value. Never empty.
    pub quotes: Vec<Quote>,
    /// The report it stands in.
    pub report: ReportId,
    /// The account it belongs to.
    pub account: AccountId,
    /// The reading rule that made it: `killed/passive`, `means/bomb-struck`.
    pub rule: String,
    /// Version of the reader that made it.
    pub reader: String,
}

impl Claim {
    /// Returns the id of a claim with this report, slot, scope, value and first quote.
    pub fn id_of(
        report: &ReportId,
        slot: Slot,
        scope: &Scope,
        value: &Value,
        quote: &Quote,
    ) -> ClaimId {
        ClaimId::of(&[
            report.as_str().as_bytes(),
            slot.name().as_bytes(),
            format!("{:?}", scope.key()).as_bytes(),
            value.words().as_bytes(),
            format!("{}-{}", quote.start, quote.end).as_bytes(),
        ])
    }

    /// The first quote: the words that carry the value.
    pub fn quote(&self) -> &Quote {
        &self.quotes[0]
    }

    /// The one who says it first: the head of the chain.
    pub fn speaker(&self) -> &Speaker {
        &self.speakers[0]
    }
}

//! The atom: one reported statement.

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, ClaimId, Count, Evidence, Party, Quote, ReportId, Scope, Slot, Speaker, Stance,
    Value, When,
};

/// *Slot is value, for scope, as of time, says speaker chain, with stance, in these words.*
///
/// A claim always has at least one quote and is never overwritten; a better reader makes new claims.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// What it rests on: how the reader came to it, and what its words say beside the value.
    #[serde(default, skip_serializing_if = "Evidence::is_plain")]
    pub evidence: Evidence,
    /// The reading rule that made it, for the record: `killed/passive`, `means/bomb-struck`. Nothing compares it; what
    /// follows from it stands in `evidence`.
    pub rule: String,
    /// Version of the reader that made it: where it is the same, the same report gives the same claims. `by-hand`, as
    /// the rule, where a person made it; the model and the hash of its prompt, where the rule is `proposed`.
    pub reader: String,
    /// How likely this is the figure that its report gives, as things stand, for everybody in its incident: in
    /// thousandths. `None` where nothing judged it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<u16>,
    /// How the figure stands among others of the same people that were given before; `None` where the words say nothing
    /// of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<Course>,
    /// What a person decided on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged: Option<Judged>,
}

/// Whether a figure is the one that holds when it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It holds: "the toll now stands at 52".
    Now,
    /// It held before another: "had earlier put it at 40", "up from 40".
    Earlier,
    /// Whoever gave it takes it back: "withdrew its figure of 300".
    Withdrawn,
}

/// Which way a figure moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// "rose to 52".
    Raised,
    /// "was lowered to 140".
    Lowered,
    /// "was corrected to 140": which way is not said.
    Corrected,
}

/// How a figure stands among others that were given for the same people, as its own words tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Course {
    /// Whether it holds.
    pub standing: Standing,
    /// Which way it moved to get there, where the words say.
    pub change: Option<Change>,
    /// The figure before it, where the words give one.
    pub from: Option<Count>,
    /// The words that give a reason: "several victims had been counted twice".
    pub why: Option<Quote>,
}

/// What a person decided on a claim, as a dossier shows it. The claim says what holds now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Judged {
    /// Id of the judgement.
    pub judgement: String,
    /// `accept`, `reject`, `correct` or `add`.
    pub kind: String,
    /// Who decided.
    pub who: String,
    /// Why they decided so.
    pub reason: String,
    /// What was corrected: `value`, `scope`, `stance`, `speaker`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What the reader had said there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
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
            &scope.canonical(),
            value.words().as_bytes(),
            &(quote.start as u64).to_le_bytes(),
            &(quote.end as u64).to_le_bytes(),
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

//! What stands on one slot and scope.

use serde::{Deserialize, Serialize};

use crate::{ClaimId, FindingId, Numbers, OriginId, Scope, Slot, Value};

/// How the positions of a finding stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Positions that cannot all hold.
    Disputed,
    /// A later figure of a running count took the place of an earlier one.
    Revised,
    /// Two or more independent origins say what can hold together.
    Corroborated,
    /// One independent origin says it.
    SingleOrigin,
    /// Nobody vouches for it: reported by nobody named, claimed by an interested party alone, or marked as unconfirmed.
    Unconfirmed,
}

/// One value that is held, and by whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Position {
    /// What is held.
    pub value: Value,
    /// The claims that hold it, sorted.
    pub claims: Vec<ClaimId>,
    /// The independent origins behind them, sorted.
    pub origins: Vec<OriginId>,
    /// Whether all those origins are parties speaking for themselves.
    pub interested: bool,
    /// `false` once a later figure of the same count took its place, where every claim of it counts only some of those
    /// whom its report counts in all, and where it is the day of what followed on the happening; `why` says which.
    pub standing: bool,
    /// Whether it does not stand because a later figure of the same count took its place.
    #[serde(default)]
    pub replaced: bool,
    /// One clause on why it does not stand; empty when it does.
    pub why: String,
}

/// What stands on one slot and scope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// Hash of the slot, the scope and the claims.
    pub id: FindingId,
    /// What it is about.
    pub slot: Slot,
    /// Whom it counts or speaks of.
    pub scope: Scope,
    /// How the positions stand to each other.
    pub verdict: Verdict,
    /// One clause on why that verdict.
    pub why: String,
    /// Every position, dissenting ones too; standing ones first.
    pub positions: Vec<Position>,
    /// The named number rules, for count slots.
    pub numbers: Option<Numbers>,
    /// Relations between its claims or from them to other findings' claims.
    pub relations: Vec<Relation>,
}

impl Finding {
    /// Returns the id of what stands on a slot and scope by these claims, in the order of the ledger.
    pub fn id_of(slot: Slot, scope: &Scope, claims: &[&ClaimId]) -> FindingId {
        let scope = scope.canonical();
        let mut fields: Vec<&[u8]> = vec![slot.name().as_bytes(), &scope];
        fields.extend(claims.iter().map(|id| id.as_str().as_bytes()));
        FindingId::of(&fields)
    }
}

/// How two claims stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// Both can hold.
    Compatible,
    /// Both cannot hold.
    Contradicts,
    /// `a` is the later figure of the same running count.
    Revises,
    /// The people of `a` are among those of `b`.
    PartOf,
    /// One report says the same thing twice.
    SameClaim,
    /// Two reports carry one voice.
    SameOrigin,
    /// They speak of different people.
    ScopeDiffers,
    /// They pull apart without excluding each other.
    Tension,
    /// Independent origins say the same.
    Corroborates,
    /// Two names for one place.
    SamePlace,
}

/// How claim `a` stands to claim `b`, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Relation {
    /// One claim.
    pub a: ClaimId,
    /// The other.
    pub b: ClaimId,
    /// How they stand.
    pub kind: RelationKind,
    /// One clause.
    pub why: String,
}

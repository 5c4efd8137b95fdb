//! What stands on one slot and scope.

use serde::{Deserialize, Serialize};

use crate::{ClaimId, Count, FindingId, Numbers, OriginId, Scope, Slot, SlotGroup, Value};

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
    /// Returns by how much the figures that stand are apart: the highest lower limit less the lowest upper one. 0 where
    /// they can hold together, and where nobody is counted.
    pub fn apart(&self) -> u64 {
        if self.slot.group() != SlotGroup::Counts {
            return 0;
        }
        let standing = self.positions.iter().filter(|it| it.standing);
        let counts: Vec<&Count> = standing.filter_map(|it| it.value.count()).collect();
        let low = counts.iter().map(|it| it.low).max().unwrap_or(0);
        let high = counts.iter().filter_map(|it| it.high).min();
        low.saturating_sub(high.unwrap_or(low))
    }

    /// Returns how much is at stake in a decision on it, to look at what matters most first: on how many were killed,
    /// on how many were injured, on other counts, each by how far the figures are apart; then on what happened, on how
    /// people are treated, on words.
    pub fn stakes(&self) -> u64 {
        let class = match (self.slot, self.slot.group()) {
            (Slot::Killed, _) => 5,
            (Slot::Injured, _) => 4,
            (_, SlotGroup::Counts) => 3,
            (_, SlotGroup::Happening) => 2,
            (_, SlotGroup::People) => 1,
            (_, SlotGroup::Words) => 0,
        };
        let class_step: u64 = 1_000_000_000;
        class * class_step + self.apart().min(class_step - 1)
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bound;

    fn finding(slot: Slot, counts: &[Count]) -> Finding {
        let position = |count: &Count| Position {
            value: Value::Count(count.clone()),
            claims: Vec::new(),
            origins: Vec::new(),
            interested: false,
            standing: true,
            replaced: false,
            why: String::new(),
        };
        Finding {
            id: Finding::id_of(slot, &Scope::default(), &[]),
            slot,
            scope: Scope::default(),
            verdict: Verdict::Disputed,
            why: String::new(),
            positions: counts.iter().map(position).collect(),
            numbers: None,
            relations: Vec::new(),
        }
    }

    #[test]
    fn a_large_toll_is_more_at_stake_than_a_small_one_and_that_than_a_place() {
        let said = |n| Count::said(n, Bound::Exact, "");
        let large = finding(
            Slot::Killed,
            &[said(20), Count::said(200, Bound::AtLeast, "")],
        );
        let small = finding(Slot::Killed, &[said(20), said(22), said(21)]);
        let hurt = finding(Slot::Injured, &[said(20), said(9_000)]);
        let none = finding(Slot::Where, &[]);
        assert_eq!(
            [large.apart(), small.apart(), hurt.apart(), none.apart()],
            [180, 2, 8_980, 0]
        );
        let stakes = [large, small, hurt, none].map(|it| it.stakes());
        assert!(stakes.is_sorted_by(|a, b| a > b), "{stakes:?}");
    }
}

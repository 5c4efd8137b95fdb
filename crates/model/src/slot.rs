//! What a claim can be about.

use serde::{Deserialize, Serialize};

/// The families of slots; they decide what kind of value a claim holds and how values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotGroup {
    /// Counts of people.
    Counts,
    /// What happened.
    Happening,
    /// What is said of people.
    People,
    /// Words kept as words.
    Words,
}

macro_rules! slots {
    ($($(#[$doc:meta])* $variant:ident = $name:literal in $group:ident),* $(,)?) => {
        /// What a claim is about. Printed in snake case, the same everywhere.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Slot { $($(#[$doc])* #[serde(rename = $name)] $variant),* }

        impl Slot {
            /// All slots in the order of the dossier.
            pub const ALL: &'static [Slot] = &[$(Slot::$variant),*];

            /// The printed name.
            pub fn name(self) -> &'static str {
                match self { $(Slot::$variant => $name),* }
            }

            /// The slot printed as `name`, if there is one.
            pub fn from_name(name: &str) -> Option<Slot> {
                match name { $($name => Some(Slot::$variant),)* _ => None }
            }

            /// The family.
            pub fn group(self) -> SlotGroup {
                match self { $(Slot::$variant => SlotGroup::$group),* }
            }
        }
    };
}

slots! {
    /// People reported dead.
    Killed = "killed" in Counts,
    /// People reported hurt and alive.
    Injured = "injured" in Counts,
    /// People whose fate is not known.
    Missing = "missing" in Counts,
    /// People who got out by themselves or were let out by their own side.
    Escaped = "escaped" in Counts,
    /// People let go or rescued.
    Freed = "freed" in Counts,
    /// People taken or arrested.
    Captured = "captured" in Counts,
    /// People who gave themselves up.
    Surrendered = "surrendered" in Counts,
    /// People in detention.
    Held = "held" in Counts,
    /// People held as hostages.
    Hostages = "hostages" in Counts,
    /// People trapped or in danger.
    AtRisk = "at_risk" in Counts,
    /// People driven from their homes.
    Displaced = "displaced" in Counts,
    /// Kind of happening.
    Event = "event" in Happening,
    /// When it happened.
    When = "when" in Happening,
    /// Where it happened.
    Where = "where" in Happening,
    /// Who did it, as told.
    Actor = "actor" in Happening,
    /// What or who it was aimed at.
    Target = "target" in Happening,
    /// With what it was done.
    Means = "means" in Happening,
    /// Who claims, denies or is blamed for it.
    Responsibility = "responsibility" in Happening,
    /// Who holds a place.
    Control = "control" in Happening,
    /// Whether it goes on.
    Status = "status" in Happening,
    /// People used as shields.
    HumanShields = "human_shields" in People,
    /// Children used by an armed force or group.
    ChildRecruitment = "child_recruitment" in People,
    /// People held without charge.
    DetentionWithoutCharge = "detention_without_charge" in People,
    /// Conditions people live or are held in.
    Conditions = "conditions" in People,
    /// Danger people are in.
    Danger = "danger" in People,
    /// Safety people are in.
    Safety = "safety" in People,
    /// Nationalities of people.
    Nationality = "nationality" in People,
    /// Ages of people.
    Age = "age" in People,
    /// How long people have been held.
    DetentionLength = "detention_length" in People,
    /// Who asks whom for what.
    Appeal = "appeal" in Words,
    /// What is said to show it.
    Evidence = "evidence" in Words,
    /// What it may mean.
    Assessment = "assessment" in Words,
    /// What went before.
    Background = "background" in Words,
    /// Any attributed statement that fits no other slot.
    Statement = "statement" in Words,
}

impl std::fmt::Display for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_both_ways() {
        for &slot in Slot::ALL {
            assert_eq!(Slot::from_name(slot.name()), Some(slot));
            assert_eq!(
                serde_json::to_string(&slot).unwrap(),
                format!("\"{}\"", slot.name())
            );
        }
    }
}

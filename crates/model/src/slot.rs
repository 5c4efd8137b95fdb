//! What a claim can be about.

use serde::{Deserialize, Serialize};

mod spec;

use crate::Role;

use spec::{COUNT, HAPPENING, PEOPLE, WORDS};
pub use spec::{FoundBy, Harm, Section, SlotGroup, SlotSpec, ValueKind};

macro_rules! slots {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $spec:expr;)*) => {
        /// What a claim is about. Printed in snake case, the same everywhere.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum Slot { $($(#[$doc])* #[serde(rename = $name)] $variant),* }

        /// One row a slot, in the order of the dossier.
        static SPECS: &[SlotSpec] = &[$($spec),*];

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
        }
    };
}

impl Slot {
    /// Its row: what the program knows of it.
    pub fn spec(self) -> &'static SlotSpec {
        &SPECS[self as usize]
    }

    /// The family.
    pub fn group(self) -> SlotGroup {
        self.spec().group
    }

    /// The slots whose row says so, in the order of the dossier.
    pub fn having(says: impl Fn(&SlotSpec) -> bool) -> impl Iterator<Item = Slot> {
        Slot::ALL
            .iter()
            .copied()
            .filter(move |slot| says(slot.spec()))
    }
}

slots! {
    /// People reported dead.
    Killed = "killed", SlotSpec {
        toll: true,
        own_cause: true,
        enemies: true,
        harm: Some(Harm {
            words: "reported deaths among them",
            soft: false,
        }),
        section: Section::Figures,
        heading: "Killed",
        short: "Killed",
        question: "Killed",
        verb: Some("were killed"),
        dispute: (0, 6),
        of_parts: true,
        ..COUNT
    };
    /// People reported hurt and alive.
    Injured = "injured", SlotSpec {
        toll: true,
        grows: false,
        own_cause: true,
        enemies: true,
        harm: Some(Harm {
            words: "reported injuries among them",
            soft: false,
        }),
        section: Section::Figures,
        heading: "Injured",
        short: "Injured",
        question: "Injured",
        verb: Some("were injured"),
        dispute: (2, 9),
        of_parts: true,
        ..COUNT
    };
    /// People whose fate is not known.
    Missing = "missing", SlotSpec {
        grows: false,
        lasting: true,
        own_cause: true,
        harm: Some(Harm {
            words: "some of them reported missing",
            soft: true,
        }),
        section: Section::Figures,
        heading: "Missing",
        short: "Missing",
        question: "Missing",
        verb: Some("are missing"),
        dispute: (3, 9),
        of_parts: true,
        ..COUNT
    };
    /// People who got out by themselves or were let out by their own side.
    Escaped = "escaped", SlotSpec {
        own_cause: true,
        implies: &[Role::Detainee],
        heading: "Escaped",
        short: "Escaped",
        question: "Escaped",
        verb: Some("escaped"),
        of_parts: true,
        ..COUNT
    };
    /// People let go or rescued.
    Freed = "freed", SlotSpec {
        own_cause: true,
        implies: &[Role::Hostage, Role::Detainee],
        marks_day: true,
        heading: "Freed or rescued",
        short: "Freed",
        question: "Freed or rescued",
        verb: Some("were freed or rescued"),
        of_parts: true,
        ..COUNT
    };
    /// People taken or arrested.
    Captured = "captured", SlotSpec {
        own_cause: true,
        enemies: true,
        heading: "Captured or arrested",
        short: "Captured",
        question: "Captured or arrested",
        verb: Some("were captured or arrested"),
        of_parts: true,
        ..COUNT
    };
    /// People who gave themselves up.
    Surrendered = "surrendered", SlotSpec {
        own_cause: true,
        heading: "Surrendered",
        short: "Surrendered",
        question: "Surrendered",
        verb: Some("surrendered"),
        of_parts: true,
        ..COUNT
    };
    /// People in detention.
    Held = "held", SlotSpec {
        grows: false,
        lasting: true,
        implies: &[Role::Detainee],
        kindred: true,
        heading: "Held",
        short: "Held",
        question: "Held",
        verb: Some("are held"),
        in_danger: Some(4),
        ..COUNT
    };
    /// People held as hostages.
    Hostages = "hostages", SlotSpec {
        grows: false,
        lasting: true,
        own_cause: true,
        implies: &[Role::Hostage, Role::Detainee],
        kindred: true,
        harm: Some(Harm {
            words: "the same people reported held hostage",
            soft: true,
        }),
        marks_day: true,
        goes_on: true,
        heading: "Hostages",
        short: "Hostages",
        question: "Hostages",
        verb: Some("were taken or held hostage"),
        in_danger: Some(3),
        of_parts: true,
        ..COUNT
    };
    /// People trapped or in danger.
    AtRisk = "at_risk", SlotSpec {
        grows: false,
        lasting: true,
        implies: &[Role::Detainee, Role::Hostage],
        kindred: true,
        harm: Some(Harm {
            words: "the same people reported trapped or in danger",
            soft: true,
        }),
        heading: "At risk",
        short: "At risk",
        question: "At risk",
        verb: Some("were at risk"),
        in_danger: Some(2),
        ..COUNT
    };
    /// People driven from their homes.
    Displaced = "displaced", SlotSpec {
        lasting: true,
        heading: "Displaced",
        short: "Displaced",
        question: "Displaced",
        verb: Some("were driven from their homes"),
        in_danger: Some(8),
        ..COUNT
    };
    /// Kind of happening.
    Event = "event", SlotSpec {
        marks_day: true,
        heading: "What happened",
        short: "What happened",
        question: "What happened",
        dispute: (7, 7),
        ..HAPPENING
    };
    /// When it happened.
    When = "when", SlotSpec {
        values: &[ValueKind::When, ValueKind::Words],
        found_by: FoundBy::Step,
        of_each_happening: true,
        heading: "When",
        short: "When",
        question: "When it happened",
        dispute: (10, 10),
        ..HAPPENING
    };
    /// Where it happened.
    Where = "where", SlotSpec {
        values: &[ValueKind::Place],
        movable: true,
        of_each_happening: true,
        heading: "Where",
        short: "Where",
        question: "Where it happened",
        dispute: (12, 12),
        ..HAPPENING
    };
    /// Who did it, as told.
    Actor = "actor", SlotSpec {
        values: &[ValueKind::Party],
        movable: true,
        names_doer: true,
        heading: "Who did it, as reported",
        short: "Who did it, as reported",
        question: "Who did it",
        dispute: (5, 5),
        ..HAPPENING
    };
    /// What or who it was aimed at.
    Target = "target", SlotSpec {
        values: &[ValueKind::Words, ValueKind::Party],
        movable: true,
        own_cause: true,
        heading: "Target",
        short: "Target",
        question: "What it was aimed at",
        dispute: (12, 12),
        ..HAPPENING
    };
    /// With what it was done.
    Means = "means", SlotSpec {
        values: &[ValueKind::Thing],
        movable: true,
        heading: "With what",
        short: "With what",
        question: "How it was done",
        dispute: (11, 11),
        ..HAPPENING
    };
    /// Who claims, denies or is blamed for it.
    Responsibility = "responsibility", SlotSpec {
        values: &[ValueKind::Party, ValueKind::Kind],
        movable: true,
        own_cause: true,
        names_doer: true,
        heading: "Responsibility",
        short: "Responsibility",
        question: "Who did it",
        dispute: (1, 1),
        ..HAPPENING
    };
    /// Who holds a place.
    Control = "control", SlotSpec {
        values: &[ValueKind::Party],
        marks_day: true,
        goes_on: true,
        heading: "Who holds the place",
        short: "Who holds the place",
        question: "Who holds the place",
        dispute: (8, 8),
        of_parts: true,
        ..HAPPENING
    };
    /// Whether it goes on.
    Status = "status", SlotSpec {
        marks_day: true,
        heading: "Whether it goes on",
        short: "Whether it goes on",
        question: "Whether it goes on, and who was there",
        dispute: (8, 8),
        of_parts: true,
        ..HAPPENING
    };
    /// People used as shields.
    HumanShields = "human_shields", SlotSpec {
        done_to_people: true,
        told_apart: true,
        numbers: true,
        harm: Some(Harm {
            words: "the same people reported used as shields",
            soft: false,
        }),
        heading: "Human shields (alleged, unverified)",
        short: "Human shields (alleged, unverified)",
        question: "Human shields (alleged, unverified)",
        in_danger: Some(0),
        ..PEOPLE
    };
    /// Children used by an armed force or group.
    ChildRecruitment = "child_recruitment", SlotSpec {
        done_to_people: true,
        told_apart: true,
        numbers: true,
        harm: Some(Harm {
            words: "the same people reported used in the fighting",
            soft: false,
        }),
        heading: "Children used by armed forces or groups (alleged, unverified)",
        short: "Children used by armed forces or groups (alleged, unverified)",
        question: "Children used by armed forces or groups (alleged, unverified)",
        in_danger: Some(5),
        ..PEOPLE
    };
    /// People held without charge.
    DetentionWithoutCharge = "detention_without_charge", SlotSpec {
        implies: &[Role::Detainee],
        done_to_people: true,
        heading: "Held without charge",
        short: "Held without charge",
        question: "Held without charge",
        in_danger: Some(6),
        ..PEOPLE
    };
    /// Conditions people live or are held in.
    Conditions = "conditions", SlotSpec {
        values: &[ValueKind::Words],
        implies: &[Role::Detainee, Role::Hostage],
        heading: "Conditions",
        short: "Conditions",
        question: "Conditions",
        in_danger: Some(7),
        ..PEOPLE
    };
    /// Danger people are in.
    Danger = "danger", SlotSpec {
        implies: &[Role::Detainee, Role::Hostage],
        done_to_people: true,
        harm: Some(Harm {
            words: "the same people reported in danger",
            soft: false,
        }),
        heading: "Danger",
        short: "Danger",
        question: "Danger",
        in_danger: Some(1),
        ..PEOPLE
    };
    /// Safety people are in.
    Safety = "safety", SlotSpec {
        implies: &[Role::Detainee, Role::Hostage],
        done_to_people: true,
        heading: "Safety",
        short: "Safety",
        question: "Safety",
        in_danger: Some(9),
        ..PEOPLE
    };
    /// Nationalities of people.
    Nationality = "nationality", SlotSpec {
        values: &[ValueKind::Count, ValueKind::Words],
        numbers: true,
        heading: "Nationality",
        short: "Nationality",
        question: "Nationality",
        ..PEOPLE
    };
    /// Ages of people.
    Age = "age", SlotSpec {
        values: &[ValueKind::Count],
        heading: "Age",
        short: "Age",
        question: "Age",
        ..PEOPLE
    };
    /// How long people have been held.
    DetentionLength = "detention_length", SlotSpec {
        values: &[ValueKind::Words],
        implies: &[Role::Detainee],
        numbers: true,
        heading: "How long held",
        short: "How long held",
        question: "How long held",
        ..PEOPLE
    };
    /// Who asks whom for what.
    Appeal = "appeal", SlotSpec {
        values: &[ValueKind::Act],
        compares_people: true,
        section: Section::Appeals,
        heading: "Appeal",
        short: "Appeal",
        question: "Appeal",
        ..WORDS
    };
    /// What is said to show it.
    Evidence = "evidence", SlotSpec {
        heading: "Evidence offered",
        short: "Evidence offered",
        question: "Evidence offered",
        ..WORDS
    };
    /// What it may mean.
    Assessment = "assessment", SlotSpec {
        heading: "Assessment",
        short: "Assessment",
        question: "Assessment",
        ..WORDS
    };
    /// What went before.
    Background = "background", SlotSpec {
        values: &[ValueKind::When],
        found_by: FoundBy::Step,
        section: Section::Background,
        heading: "Background",
        short: "Background",
        question: "Background",
        ..WORDS
    };
    /// Any attributed statement that fits no other slot.
    Statement = "statement", SlotSpec {
        found_by: FoundBy::Step,
        heading: "Statement",
        short: "Statement",
        question: "Statement",
        ..WORDS
    };
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

    #[test]
    fn no_row_lacks_anything() {
        let mut headings = std::collections::BTreeSet::new();
        let mut danger = std::collections::BTreeSet::new();
        for &slot in Slot::ALL {
            let spec = slot.spec();
            assert!(!spec.values.is_empty(), "{slot}: no kind of value");
            for words in [spec.heading, spec.short, spec.question] {
                assert!(!words.is_empty(), "{slot}: no heading or question");
            }
            assert!(headings.insert(spec.heading), "{slot}: heading taken");
            let counted = spec.group == SlotGroup::Counts;
            assert_eq!(counted, spec.verb.is_some(), "{slot}: verb of a count");
            let judged = spec.found_by == FoundBy::FinderAndJudge;
            assert_eq!(counted, judged, "{slot}: the judge counts people");
            let number = spec.values.contains(&ValueKind::Count);
            assert!(!counted || number, "{slot}: counts without a number");
            assert!(!spec.toll || counted, "{slot}: a toll that is no count");
            assert!(
                !spec.goes_on || spec.marks_day,
                "{slot}: goes on without a day"
            );
            let word = spec.harm.is_none_or(|harm| !harm.words.is_empty());
            assert!(word, "{slot}: harm without words");
            if let Some(place) = spec.in_danger {
                assert!(
                    danger.insert(place),
                    "{slot}: place among those in danger taken"
                );
            }
        }
    }

    #[test]
    fn rows_stand_in_the_order_of_slots() {
        assert_eq!(Slot::Killed.spec().heading, "Killed");
        assert_eq!(Slot::Event.spec().heading, "What happened");
        assert_eq!(Slot::Statement.spec().heading, "Statement");
    }
}

//! What the row of a slot says.

use serde::{Deserialize, Serialize};

use crate::Role;

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

/// Kinds of [`crate::Value`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// [`crate::Value::Count`].
    Count,
    /// [`crate::Value::When`].
    When,
    /// [`crate::Value::Place`].
    Place,
    /// [`crate::Value::Party`].
    Party,
    /// [`crate::Value::Kind`].
    Kind,
    /// [`crate::Value::Thing`].
    Thing,
    /// [`crate::Value::Act`].
    Act,
    /// [`crate::Value::Words`].
    Words,
}

/// The sections of a published dossier that findings stand in, in this order; a disputed finding stands before them
/// all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// People killed, injured or missing.
    Figures,
    /// Kind, place, time, means and who is named for it.
    Happening,
    /// People held, trapped, escaped, freed or driven out, and what is said of them.
    People,
    /// Who asks whom for what.
    Appeals,
    /// What speakers say beyond the figures.
    Words,
    /// What went before.
    Background,
}

/// Who in the reader finds the claims of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FoundBy {
    /// A finder of its own in the reader's table, and the judge of candidates besides.
    FinderAndJudge,
    /// A finder of its own in the reader's table.
    Finder,
    /// A step of its own, because it needs what others found or others need it.
    Step,
}

/// What a claim of harm says against a claim that the same people are safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Harm {
    /// The claim in a few words: "reported deaths among them".
    pub words: &'static str,
    /// Whether both may hold, so that they pull apart and do not contradict each other.
    pub soft: bool,
}

/// Everything that the program knows of a slot but how its words are found. Whoever adds a slot adds one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotSpec {
    /// The family.
    pub group: SlotGroup,
    /// The kinds of values that its claims may hold, the usual one first.
    pub values: &'static [ValueKind],
    /// Who finds its claims.
    pub found_by: FoundBy,

    /// Whether it counts those killed or hurt: the toll of an incident.
    pub toll: bool,
    /// Whether people only join its count and never leave it: the hurt may die, the held go free.
    pub grows: bool,
    /// Whether the clause of a claim may put it into another happening or a period that the report mentions.
    pub movable: bool,
    /// Whether it lasts, so that its words on time tell how long it has been and no other happening.
    pub lasting: bool,
    /// Whether each happening of a report has its own: its place and its day.
    pub of_each_happening: bool,
    /// Whether a side that fights speaks of its own cause in it.
    pub own_cause: bool,
    /// Whether a state speaks of its own cause in it where it tells of its armed enemies.
    pub enemies: bool,

    /// Whether claims speak of people, so that whom they speak of decides what compares.
    pub compares_people: bool,
    /// Roles that the slot implies and that therefore tell no two scopes apart: whoever is held is a detainee.
    pub implies: &'static [Role],
    /// Whether it says what is done to people or how they fare, so that its words matter less than whom it speaks of.
    pub done_to_people: bool,
    /// Whether two scopes that some people may be in are told apart all the same.
    pub told_apart: bool,
    /// Whether its values compare as numbers where they hold one.
    pub numbers: bool,
    /// Whether it may count the same people as the other slots that say so: a hostage is held, who is held in a fight
    /// is at risk.
    pub kindred: bool,
    /// Whether two voices that hold the same corroborate each other: asking for the same, or wording it the same, is no
    /// corroboration.
    pub corroborates: bool,
    /// What it says against a claim of safety; `None` where it says nothing of harm.
    pub harm: Option<Harm>,
    /// Whether it names who did it.
    pub names_doer: bool,
    /// Whether a claim shows that something happened on the day of its sentence.
    pub marks_day: bool,
    /// Whether a claim shows that something went on from day to day.
    pub goes_on: bool,

    /// The section of a dossier.
    pub section: Section,
    /// The heading.
    pub heading: &'static str,
    /// The heading where room is short.
    pub short: &'static str,
    /// What is asked where its values are disputed.
    pub question: &'static str,
    /// What is said of the people counted: "were killed". `None` where it counts nobody.
    pub verb: Option<&'static str>,
    /// How much a dispute on everybody matters, and one on some of the people: the less, the more. Equal ranks keep the
    /// order of slots.
    pub dispute: (u8, u8),
    /// Its place among the slots that tell of people in danger; `None` where it doesn't.
    pub in_danger: Option<u8>,
    /// Whether a part of an incident shows its findings.
    pub of_parts: bool,
}

/// A slot that counts people.
pub(super) const COUNT: SlotSpec = SlotSpec {
    group: SlotGroup::Counts,
    values: &[ValueKind::Count],
    found_by: FoundBy::FinderAndJudge,
    toll: false,
    grows: true,
    movable: true,
    lasting: false,
    of_each_happening: false,
    own_cause: false,
    enemies: false,
    compares_people: true,
    implies: &[],
    done_to_people: false,
    told_apart: false,
    numbers: true,
    kindred: false,
    corroborates: true,
    harm: None,
    names_doer: false,
    marks_day: false,
    goes_on: false,
    section: Section::People,
    heading: "",
    short: "",
    question: "",
    verb: None,
    dispute: (4, 9),
    in_danger: None,
    of_parts: false,
};

/// A slot that says what happened.
pub(super) const HAPPENING: SlotSpec = SlotSpec {
    group: SlotGroup::Happening,
    values: &[ValueKind::Kind],
    found_by: FoundBy::Finder,
    grows: false,
    movable: false,
    compares_people: false,
    numbers: false,
    section: Section::Happening,
    dispute: (13, 13),
    ..COUNT
};

/// A slot that says something of people.
pub(super) const PEOPLE: SlotSpec = SlotSpec {
    group: SlotGroup::People,
    compares_people: true,
    section: Section::People,
    ..HAPPENING
};

/// A slot that keeps words.
pub(super) const WORDS: SlotSpec = SlotSpec {
    group: SlotGroup::Words,
    values: &[ValueKind::Words],
    corroborates: false,
    section: Section::Words,
    ..HAPPENING
};

//! A town as a report mentions it or points to it.

use std::{collections::BTreeMap, ops::Range};

use model::Place;

use super::gazetteer::RecordId;

/// What a town mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TownKind {
    /// A populated place of the gazetteer.
    Town,
    /// A second-level division: a county, a district.
    County,
    /// A name that the text calls a part of a town: "the Eastmoor neighbourhood".
    Part,
    /// A name in no gazetteer, or whose bearers all lie in countries the text does not speak of.
    Unknown,
}

/// One mention of a town.
#[derive(Clone, Debug, PartialEq)]
pub struct TownMention {
    /// Tokens of the name, with the word for its kind: "Orrin County".
    pub tokens: Range<usize>,
    /// The place; of a name in no gazetteer, the name alone.
    pub place: Place,
    /// What it is.
    pub kind: TownKind,
    /// Inhabitants; 0 when not known.
    pub population: u32,
    /// First-level division it lies in, as the gazetteer numbers it.
    pub region: Option<RecordId>,
    /// Second-level division it lies in; of a county, its own number.
    pub district: Option<RecordId>,
    /// Whether it is named by another than its main name.
    pub alternate: bool,
    /// Whether it stands inside the name of a body: "Darmuk Police".
    pub in_name: bool,
    /// Whether it stands in the words of a street.
    pub in_street: bool,
    /// Kind word of the site whose name it stands in, or that it holds ("hospital" for "the hospital in Darmuk").
    pub of_site: Option<usize>,
    /// Points of evidence that the name is a place at all.
    pub evidence: i32,
    /// Whether it was dropped from the places of the text as too doubtful.
    pub doubtful: bool,
    /// Whether it looks like a person's name.
    pub person: bool,
    /// Whether a compass word or "downtown" stands before it.
    pub qualified: bool,
    /// Whether what holds it is named right behind: "Darmuk, Harnok".
    pub tied: bool,
    /// Whether the name may as well be that of a division or country.
    pub division: bool,
    /// What it rests on if it is not named itself; the tokens are then those words, none for an address.
    pub implied: Option<Implied>,
}

/// The towns of a text, and the divisions and countries it names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Towns {
    /// Mentions in order.
    pub mentions: Vec<TownMention>,
    /// Towns that the text or the address of the report points to without naming them.
    pub implied: Vec<TownMention>,
    /// How often each first-level division is named by itself.
    pub regions: BTreeMap<RecordId, usize>,
    /// The country that most places of the text lie in, if there is one.
    pub country: Option<String>,
}

/// What a town rests on that is not named itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Implied {
    /// A smaller place is named that lies by it or in it.
    Around,
    /// The name of a county or town begins with its own: "Darmuk-Orrin County".
    Joint,
    /// The name of the publisher in the web address.
    Host,
    /// A section of the publication in the web address.
    Section,
    /// The words of the page's own name in the web address, behind "in".
    Slug,
}

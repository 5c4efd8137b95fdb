//! What a project wants its public copy to say.

/// How finely a public copy says where something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fineness {
    /// Sites and streets by name, coordinates to two decimals.
    Site,
    /// The town.
    Town,
    /// The region: the first division of a country.
    Region,
    /// The country.
    Country,
}

impl Fineness {
    /// Its name as a setting.
    pub const NAMES: [&'static str; 4] = ["site", "town", "region", "country"];

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Site, Self::Town, Self::Region, Self::Country];
        let at = Self::NAMES.iter().position(|it| *it == name)?;
        Some(all[at])
    }
}

/// What a project wants its public copy to say.
#[derive(Clone)]
pub struct Policy {
    /// How finely it says where something happened.
    pub places: Fineness,
    /// Whether it names adults who are reported dead.
    pub names_dead: bool,
    /// What ids are hashed with, so that nobody finds by trying which words an id was made of. Never published.
    pub salt: String,
}

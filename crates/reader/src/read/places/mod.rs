//! Places through the gazetteer, with sites, addresses and what holds them.
//!
//! What comes in: a parsed text and the [`Gazetteer`]. What goes out: every name of a place ([`toponyms`]) and, built
//! of them, the places of the text as a reader would put them on a map ([`find`]): "Tuwayrin prison in Darmuk,
//! northeastern Harnok" is one. It knows nothing of what happened there.

mod address;
mod build;
mod expression;
mod fold;
mod fuzzy;
mod gazetteer;
mod implied;
mod mention;
mod regions;
mod resolve;
mod same;
mod sites;
mod spot;
#[cfg(any(test, fuzzing))]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod toponym;
mod town;
mod towns;
mod unknown;
mod web;
mod words;
mod world;

use language::Doc;

pub use build::{BuildError, GazetteerSources, SOURCE_FILES, build};
pub use gazetteer::{Gazetteer, GazetteerError, NameKind, Record, RecordId, RecordKind};

pub use mention::PlaceMention;
pub use same::{holds, same_place};
pub use toponym::{Toponym, ToponymUse, toponyms};
pub use town::{Implied, TownKind, TownMention, Towns};
pub use towns::{begins_with_capital, town_key};

/// Finds the places of a text, in order, never overlapping.
pub fn find(doc: &Doc, gazetteer: &Gazetteer) -> Vec<PlaceMention> {
    find_all(doc, gazetteer).0
}

/// The same, and besides them every mention of a town, wherever it stands: also inside names of bodies, sites and
/// streets.
pub fn find_all(doc: &Doc, gazetteer: &Gazetteer) -> (Vec<PlaceMention>, Towns) {
    let (mut spots, doubtful) = spot::spots(doc, gazetteer);
    unknown::add_unknown(doc, &mut spots);
    let mut resolved = resolve::resolve(doc, gazetteer, &spots);
    fuzzy::fill(gazetteer, &spots, &mut resolved);
    let parts = expression::Parts::of(doc, &spots);
    let towns = towns::towns(
        doc,
        gazetteer,
        &towns::Found {
            spots: &spots,
            doubtful: &doubtful,
            resolved: &resolved,
            streets: &parts.streets,
            sites: &parts.sites,
        },
    );
    (
        expression::compose(doc, gazetteer, &spots, &resolved, &parts),
        towns,
    )
}

/// Adds the towns that the text, or the web address of its report, points to without naming them.
pub fn imply(towns: &mut Towns, gazetteer: &Gazetteer, address: Option<&str>) {
    towns.implied = implied::implied(gazetteer, towns, address);
}

//! Names of places, each by itself, with the place it means.

use std::ops::Range;

use language::Doc;
use model::{Place, PlacePrecision};

use super::{
    gazetteer::{Gazetteer, Record, RecordId, RecordKind},
    resolve::resolve,
    spot::{Spot, Use, spots},
};

/// How a name of a place is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToponymUse {
    /// It names a place where something may happen.
    Place,
    /// It stands inside the name of a body of that place: "Springfield Police Department".
    InName,
    /// It is a word for the people or things of a country: "Syrian".
    People,
    /// It names a part of the world or a sea: "Middle East".
    Macro,
}

/// One name of a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Toponym {
    /// Tokens of the name, with the word for its kind: "Hasnak province".
    pub tokens: Range<usize>,
    /// How it is used.
    pub used: ToponymUse,
    /// What it means.
    pub place: Place,
    /// Its record.
    pub record: RecordId,
}

/// Finds every name of a place in a text, in order, never overlapping: also those inside names of bodies, words for the
/// people of a country, and parts of the world.
pub fn toponyms(doc: &Doc, gazetteer: &Gazetteer) -> Vec<Toponym> {
    let (spots, _) = spots(doc, gazetteer);
    let chosen = resolve(doc, gazetteer, &spots).records;
    spots
        .iter()
        .zip(chosen)
        .filter_map(|(spot, id)| {
            let id = id?;
            let record = gazetteer.record(id)?;
            Some(Toponym {
                tokens: spot.whole.clone(),
                used: used(spot, &record),
                place: place(gazetteer, id, doc.slice(spot.whole.clone()))?,
                record: id,
            })
        })
        .collect()
}

fn used(spot: &Spot, record: &Record<'_>) -> ToponymUse {
    match spot.used {
        Use::People => ToponymUse::People,
        Use::InName => ToponymUse::InName,
        Use::Plain if record.kind == RecordKind::Macro => ToponymUse::Macro,
        Use::Plain => ToponymUse::Place,
    }
}

/// The place of a record; `None` if there is no such record.
pub(super) fn place(gazetteer: &Gazetteer, id: RecordId, words: &str) -> Option<Place> {
    let record = gazetteer.record(id)?;
    let mut parts = Vec::new();
    for division in [record.district, record.region].into_iter().flatten() {
        if let Some(division) = gazetteer.record(division) {
            parts.push(division.name.to_owned());
        }
    }
    if record.kind != RecordKind::Country
        && let Some(country) = country(gazetteer, record.country)
    {
        parts.push(country.to_owned());
    }
    parts.dedup();
    Some(Place {
        id: (record.geonames > 0).then(|| format!("geonames:{}", record.geonames)),
        name: record.name.to_owned(),
        site: None,
        parts,
        country: (!record.country.is_empty()).then(|| record.country.to_owned()),
        lat: record.point.map(|point| point.0),
        lon: record.point.map(|point| point.1),
        radius_m: record.point.map(|_| record.radius_m),
        precision: match record.kind {
            RecordKind::Country | RecordKind::Macro => PlacePrecision::Country,
            RecordKind::Region | RecordKind::Area => PlacePrecision::Region,
            RecordKind::District | RecordKind::SmallArea => PlacePrecision::District,
            RecordKind::City => PlacePrecision::City,
        },
        words: words.to_owned(),
    })
}

/// Name of the country with this code.
fn country<'a>(gazetteer: &'a Gazetteer, code: &str) -> Option<&'a str> {
    // Countries stand first, in order of their code.
    (0..300)
        .map_while(|id| gazetteer.record(id))
        .take_while(|record| record.kind == RecordKind::Country)
        .find(|record| record.country == code)
        .map(|record| record.name)
}

//! Towns that a report points to without naming them.
//!
//! What comes in: the towns a text names and the web address of the report. What goes out: [`TownMention`]s that say
//! what they rest on ([`Implied`]): the large town around a place that is named, the town in the name of a joint
//! county, the town in the address. They are weak: `claims` weighs them beside the towns that are named.

use std::{collections::BTreeMap, ops::Range};

use super::{
    fold::fold,
    gazetteer::{Gazetteer, NameKind, Record, RecordId, RecordKind},
    toponym,
    town::{Implied, TownKind, TownMention, Towns},
    web::{self, InAddress},
};

/// Places whose surroundings are looked at, in one text, at most.
const PLACES: usize = 60;

/// Inhabitants from which a place is no part of a larger town.
const WHOLE: u32 = 300_000;

/// Kilometres to the middle of the larger town, at most.
const FAR: f64 = 22.0;

/// The towns implied by those that are named and by the web address of the report.
pub(super) fn implied(
    gazetteer: &Gazetteer,
    towns: &Towns,
    address: Option<&str>,
) -> Vec<TownMention> {
    let mut out = Vec::new();
    let mut around: BTreeMap<&str, Option<RecordId>> = BTreeMap::new();
    for mention in &towns.mentions {
        let Some(id) = mention.place.id.as_deref().filter(|_| !mention.doubtful) else {
            continue;
        };
        if mention.kind == TownKind::Town && mention.population < WHOLE {
            if around.len() >= PLACES && !around.contains_key(id) {
                continue;
            }
            let town = *around
                .entry(id)
                .or_insert_with(|| large_around(gazetteer, mention));
            out.extend(
                town.and_then(|town| {
                    made(gazetteer, town, mention.tokens.clone(), Implied::Around)
                }),
            );
        }
        if let Some(town) = joint(gazetteer, mention) {
            out.extend(made(
                gazetteer,
                town,
                mention.tokens.clone(),
                Implied::Joint,
            ));
        }
    }
    let named = address
        .map(|address| web::named(gazetteer, address))
        .unwrap_or_default();
    for (place, _, bearers) in named {
        let Some(town) = likeliest(gazetteer, &bearers, towns) else {
            continue;
        };
        let basis = match place {
            InAddress::Host => Implied::Host,
            InAddress::Section => Implied::Section,
            InAddress::Slug => Implied::Slug,
        };
        out.extend(made(gazetteer, town, 0..0, basis));
    }
    out
}

/// The largest town in whose reach a smaller one lies.
fn large_around(gazetteer: &Gazetteer, mention: &TownMention) -> Option<RecordId> {
    let at = (mention.place.lat?, mention.place.lon?);
    gazetteer
        .large_near(at.0, FAR * 1000.0 / model::geo::DEGREE_M)
        .iter()
        .filter_map(|&(_, id)| Some((id, gazetteer.record(id)?)))
        .filter(|(_, town)| {
            Some(town.country) == mention.place.country.as_deref()
                && town.population / 3 > mention.population
                && town.point.is_some_and(|point| kilometres(at, point) < FAR)
        })
        .max_by_key(|(id, town)| (town.population, std::cmp::Reverse(*id)))
        .map(|(id, _)| id)
}

/// "Darmuk" of "Darmuk-Orrin County", if a town of that name lies where the county or longer town does.
fn joint(gazetteer: &Gazetteer, mention: &TownMention) -> Option<RecordId> {
    if !matches!(mention.kind, TownKind::County | TownKind::Town) {
        return None;
    }
    let first = mention.place.name.split_once(['-', '–', '/'])?.0;
    gazetteer
        .lookup(&fold(first))
        .into_iter()
        .filter(|hit| hit.1 == NameKind::Main)
        .filter_map(|hit| Some((hit.0, gazetteer.record(hit.0)?)))
        .filter(|(_, town)| {
            town.kind == RecordKind::City && town.region.is_some() && town.region == mention.region
        })
        .max_by_key(|(id, town)| (town.population, std::cmp::Reverse(*id)))
        .map(|(id, _)| id)
}

/// The bearer of a name in an address that fits the text best: in a division it names, then in its country, then the
/// most populous.
fn likeliest(gazetteer: &Gazetteer, bearers: &[RecordId], towns: &Towns) -> Option<RecordId> {
    bearers
        .iter()
        .filter_map(|&id| Some((id, gazetteer.record(id)?)))
        .filter(|(_, record)| {
            towns
                .country
                .as_deref()
                .is_none_or(|own| own == record.country)
                || record.population >= 100_000
        })
        .max_by_key(|(id, record)| {
            (
                record
                    .region
                    .is_some_and(|region| towns.regions.contains_key(&region)),
                towns.country.as_deref() == Some(record.country),
                record.population,
                std::cmp::Reverse(*id),
            )
        })
        .map(|(id, _)| id)
}

fn made(
    gazetteer: &Gazetteer,
    id: RecordId,
    tokens: Range<usize>,
    basis: Implied,
) -> Option<TownMention> {
    let record: Record<'_> = gazetteer.record(id)?;
    let county = record.kind == RecordKind::District;
    Some(TownMention {
        tokens,
        place: toponym::place(gazetteer, id, "")?,
        kind: if county {
            TownKind::County
        } else {
            TownKind::Town
        },
        population: record.population,
        region: record.region,
        district: if county { Some(id) } else { record.district },
        alternate: false,
        in_name: false,
        in_street: false,
        of_site: None,
        evidence: 0,
        doubtful: false,
        person: false,
        qualified: false,
        tied: false,
        division: false,
        implied: Some(basis),
    })
}

/// Kilometres between two points on a flat earth.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    model::geo::flat_metres(a, b) / 1000.0
}

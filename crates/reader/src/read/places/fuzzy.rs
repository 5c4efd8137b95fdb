//! Names spelt in a way no list has: "Hasnakeh" for "Hasnakah".
//!
//! What comes in: unknown names and the countries the text speaks of. What goes out: a record for those that are a few
//! letters away from a name in one of these countries. A name is never moved to a country that the text does not name.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    gazetteer::{Gazetteer, NameKind, RecordId, RecordKind},
    resolve::Resolved,
    spot::Spot,
};

/// Shortest name that is searched for, in letters.
const SHORTEST: usize = 6;

/// Letters from which two edits are allowed.
const LONG: usize = 9;

/// Distinct names searched for in one text.
const SEARCHES: usize = 40;

/// Least population of a place that a misspelt name may mean.
const POPULATION: u32 = 5_000;

/// Finds records for unknown names.
pub(super) fn fill(gazetteer: &Gazetteer, spots: &[Spot], resolved: &mut Resolved) {
    let countries: BTreeSet<&str> = resolved
        .records
        .iter()
        .flatten()
        .filter_map(|&id| Some(gazetteer.record(id)?.country))
        .filter(|country| !country.is_empty())
        .collect();
    if countries.is_empty() {
        return;
    }
    let mut found: BTreeMap<&str, Option<RecordId>> = BTreeMap::new();
    for (spot, record) in spots.iter().zip(&mut resolved.records) {
        if !spot.hits.is_empty() || record.is_some() {
            continue;
        }
        if !found.contains_key(spot.name.as_str()) {
            if found.len() == SEARCHES {
                continue;
            }
            found.insert(&spot.name, search(gazetteer, &spot.name, &countries));
        }
        *record = found.get(spot.name.as_str()).copied().flatten();
    }
}

/// The nearest name in one of the countries; of equally near ones the most populous bearer.
fn search(gazetteer: &Gazetteer, name: &str, countries: &BTreeSet<&str>) -> Option<RecordId> {
    let letters = name.bytes().filter(u8::is_ascii_alphabetic).count();
    if !name.is_ascii() || letters < SHORTEST || name.len() > 60 {
        return None;
    }
    (1..=if letters >= LONG { 2 } else { 1 }).find_map(|edits| {
        gazetteer
            .near(name, edits)
            .into_iter()
            .flat_map(|(_, postings)| postings)
            .filter(|(_, kind)| matches!(kind, NameKind::Main | NameKind::Alternate))
            .filter_map(|(id, _)| Some((id, gazetteer.record(id)?)))
            .filter(|(_, record)| {
                countries.contains(record.country)
                    && record.population >= POPULATION
                    && matches!(
                        record.kind,
                        RecordKind::City | RecordKind::District | RecordKind::Region
                    )
            })
            .max_by_key(|(id, record)| (record.population, std::cmp::Reverse(*id)))
            .map(|(id, _)| id)
    })
}

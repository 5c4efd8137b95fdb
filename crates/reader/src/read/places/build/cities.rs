//! Populated places.

use std::{borrow::Cow, collections::BTreeMap};

use serde::Deserialize;

use super::{
    countries::Country,
    divisions::Division,
    draft::{Draft, Names, useful},
    error::BuildError,
    sources::GazetteerSources,
    tables::{json, lines},
};
use crate::read::places::{
    fold::fold,
    gazetteer::{NameKind, RecordKind},
};

#[derive(Deserialize)]
struct City<'a> {
    geonameid: u32,
    #[serde(borrow)]
    name: Cow<'a, str>,
    latitude: f64,
    longitude: f64,
    #[serde(borrow)]
    countrycode: Cow<'a, str>,
    population: u64,
    #[serde(borrow)]
    alternatenames: Vec<Cow<'a, str>>,
}

pub(super) fn cities(
    sources: &GazetteerSources<'_>,
    divisions: &[Division],
    drafts: &mut Vec<Draft>,
    names: &mut Names,
) -> Result<(), BuildError> {
    let mut lies_in: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for line in lines("cities.tsv", sources.city_divisions)? {
        let (_, columns) = line;
        if let (Some(Ok(id)), Some(rows)) = (columns.get(1).map(|id| id.parse()), columns.get(2)) {
            let rows = rows
                .split('|')
                .filter_map(|row| row.parse::<usize>().ok()?.checked_sub(1));
            lies_in.insert(id, rows.collect());
        }
    }
    let capitals: BTreeMap<String, String> =
        json::<BTreeMap<String, Country<'_>>>("countries.json", sources.countries)?
            .values()
            .map(|country| (country.iso.to_string(), fold(&country.capital)))
            .collect();
    let table: BTreeMap<Cow<'_, str>, City<'_>> = json("cities500.json", sources.cities)?;
    let mut cities: Vec<&City<'_>> = table.values().collect();
    cities.sort_by_key(|city| city.geonameid);
    // The seat of a country is the largest of its places that bears the name.
    let mut seats: BTreeMap<&str, (u64, u32)> = BTreeMap::new();
    for city in &cities {
        if capitals.get(city.countrycode.as_ref()) == Some(&fold(&city.name)) {
            let seat = seats.entry(&city.countrycode).or_default();
            *seat = (*seat).max((city.population + 1, city.geonameid));
        }
    }
    for city in &cities {
        let record = drafts.len();
        names.add(&city.name, record, NameKind::Main);
        for other in city.alternatenames.iter().filter(|other| useful(other)) {
            names.add(other, record, NameKind::Alternate);
        }
        let (mut region, mut district) = (None, None);
        for division in lies_in
            .get(&city.geonameid)
            .into_iter()
            .flatten()
            .filter_map(|&row| divisions.get(row))
        {
            match (division.level, division.record) {
                (1, Some(record)) => region = region.or(Some(record as u32)),
                (2, Some(record)) => {
                    district = district.or(Some(record as u32));
                    region = region.or(drafts[record].region);
                }
                _ => {}
            }
        }
        let seat = seats
            .get(city.countrycode.as_ref())
            .is_some_and(|seat| seat.1 == city.geonameid);
        drafts.push(Draft {
            geonames: city.geonameid,
            name: city.name.trim().to_owned(),
            point: Some((city.latitude, city.longitude)),
            population: city.population,
            country: city.countrycode.to_string(),
            kind: RecordKind::City,
            capital: seat,
            region,
            district,
            // A town of 10,000 reaches some 3 km, a city of a million some 17 km.
            radius_m: 1_500 + (15_000.0 * (city.population as f64 / 1e6).sqrt()) as u32,
        });
    }
    Ok(())
}

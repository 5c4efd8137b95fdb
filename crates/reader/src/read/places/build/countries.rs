//! Countries, with their other names and the words for their people.

use std::{borrow::Cow, collections::BTreeMap};

use serde::Deserialize;

use super::{
    draft::{Draft, Names},
    error::BuildError,
    sources::GazetteerSources,
    tables::{json, lines},
};
use crate::read::places::{
    gazetteer::{NameKind, RecordKind},
    world::COUNTRIES,
};

#[derive(Deserialize)]
pub(super) struct Country<'a> {
    geonameid: u32,
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    pub iso: Cow<'a, str>,
    #[serde(borrow)]
    pub capital: Cow<'a, str>,
    areakm2: f64,
    population: u64,
}

/// Adds the countries; returns the record of each by code.
pub(super) fn countries(
    sources: &GazetteerSources<'_>,
    drafts: &mut Vec<Draft>,
    names: &mut Names,
) -> Result<BTreeMap<String, (usize, String)>, BuildError> {
    let table: BTreeMap<String, Country<'_>> = json("countries.json", sources.countries)?;
    let mut at = BTreeMap::new();
    for country in table.values() {
        // Dissolved states keep a code in the list but have no people.
        if country.population == 0 && country.areakm2 == 0.0 {
            continue;
        }
        let record = drafts.len();
        let ours = COUNTRIES.iter().find(|row| row.0 == country.iso);
        names.add(&country.name, record, NameKind::Main);
        if let Some(row) = ours {
            for name in row.4.split('|') {
                names.add(name, record, NameKind::Main);
            }
            for people in row.3.split('|').filter(|people| !people.is_empty()) {
                names.add(people, record, NameKind::People);
                let plural = match people.strip_suffix("man") {
                    Some(stem) if people.ends_with("hman") => format!("{stem}men"),
                    _ => format!("{people}s"),
                };
                names.add(&plural, record, NameKind::People);
            }
        }
        at.insert(
            country.iso.to_string(),
            (record, country.capital.to_string()),
        );
        drafts.push(Draft {
            geonames: country.geonameid,
            name: country.name.trim_start_matches("The ").trim().to_owned(),
            point: ours.map(|row| (f64::from(row.1), f64::from(row.2))),
            population: country.population,
            country: country.iso.to_string(),
            kind: RecordKind::Country,
            capital: false,
            region: None,
            district: None,
            radius_m: (circle(country.areakm2) * 1000.0) as u32,
        });
    }
    for line in lines("countries.tsv", sources.country_names)? {
        let (_, columns) = line;
        let Some((record, _)) = columns.get(1).and_then(|code| at.get(*code)) else {
            continue;
        };
        for column in [0, 4, 6] {
            for name in columns.get(column).unwrap_or(&"").split('|') {
                names.add(name, *record, NameKind::Alternate);
            }
        }
    }
    Ok(at)
}

/// Kilometres of radius of a circle of this area.
fn circle(area_km2: f64) -> f64 {
    (area_km2.max(1.0) / std::f64::consts::PI).sqrt()
}

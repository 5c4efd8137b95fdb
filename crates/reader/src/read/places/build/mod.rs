//! Makes the gazetteer from the files of two published packages.
//!
//! What comes in: the bytes of five files ([`SOURCE_FILES`]). What goes out: one block of bytes for
//! [`super::Gazetteer`]. The same files give the same bytes.

mod cities;
mod countries;
mod divisions;
mod draft;
mod error;
mod pack;
mod sources;
mod tables;

use std::collections::BTreeMap;

use super::{
    gazetteer::{NameKind, RecordKind},
    regions::{DIVISIONS, Extent, REGIONS},
};
use cities::cities;
use countries::countries;
use divisions::{divisions, middles};
use draft::{Draft, Names};
use pack::pack;

pub use error::BuildError;
pub use sources::{GazetteerSources, SOURCE_FILES};

/// Makes the gazetteer's bytes.
///
/// # Errors
/// If a file is not of the expected shape.
pub fn build(sources: &GazetteerSources<'_>) -> Result<Vec<u8>, BuildError> {
    let mut drafts = Vec::new();
    let mut names = Names::default();
    let country_at = countries(sources, &mut drafts, &mut names)?;
    let divisions = divisions(sources, &country_at, &mut drafts, &mut names)?;
    cities(sources, &divisions, &mut drafts, &mut names)?;
    middles(&mut drafts);
    let at_code: BTreeMap<&str, usize> = divisions
        .iter()
        .filter_map(|division| Some((division.code.as_str(), division.record?)))
        .collect();
    for &(code, lat, lon, short) in DIVISIONS {
        let Some(&record) = at_code.get(code) else {
            continue;
        };
        drafts[record].point = Some((f64::from(lat), f64::from(lon)));
        let (always, after_comma) = short.split_once('/').unwrap_or((short, ""));
        for name in always.split('|') {
            names.add(name, record, NameKind::Alternate);
        }
        for name in after_comma.split('|') {
            names.add(name, record, NameKind::AfterComma);
        }
    }
    for &(all, country, lat, lon, radius_km, extent) in REGIONS {
        let record = drafts.len();
        for (i, name) in all.split('|').enumerate() {
            names.add(
                name,
                record,
                if i == 0 {
                    NameKind::Main
                } else {
                    NameKind::Alternate
                },
            );
        }
        drafts.push(Draft {
            geonames: 0,
            name: all.split('|').next().unwrap_or(all).to_owned(),
            point: Some((f64::from(lat), f64::from(lon))),
            population: 0,
            country: country.to_owned(),
            kind: match extent {
                Extent::Region => RecordKind::Area,
                Extent::District => RecordKind::SmallArea,
                Extent::Macro => RecordKind::Macro,
            },
            capital: false,
            region: None,
            district: None,
            radius_m: u32::from(radius_km) * 1000,
        });
    }
    pack(&drafts, &names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_another_shape_is_named() {
        let good = GazetteerSources {
            cities: b"{}",
            countries: b"{}",
            city_divisions: b"",
            divisions: b"",
            country_names: b"",
        };
        assert!(build(&good).is_ok());
        let message = |sources: GazetteerSources<'_>| {
            build(&sources).map_or_else(|error| error.to_string(), |_| String::new())
        };
        assert!(
            message(GazetteerSources {
                cities: b"[1]",
                ..good
            })
            .starts_with("cities500.json")
        );
        assert_eq!(
            message(GazetteerSources {
                divisions: b"a\tb",
                ..good
            }),
            "subdivisions.tsv, line 1: nine columns expected"
        );
        assert_eq!(
            message(GazetteerSources {
                country_names: b"\xff",
                ..good
            }),
            "countries.tsv, line 0: not UTF-8"
        );
    }
}

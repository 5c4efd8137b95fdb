//! Where it happened: names of one place, and places inside others.

use std::collections::BTreeMap;

use model::{Place, PlacePrecision, RelationKind, Value};

use super::counts::Found;
use crate::ledger::{Entry, Ledger};
use crate::link::words;

/// Distinct places above which spellings are no longer compared pair by pair.
const MANY: usize = 200;

/// Words for kinds of sites; words of one row mean the same kind. A list: add freely.
const SITES: &[&[&str]] = &[
    &["prison", "jail", "gaol", "penitentiary", "detention"],
    &["hospital", "clinic", "infirmary"],
    &["school", "college", "university", "academy"],
    &["mosque", "masjid"],
    &["church", "cathedral", "chapel", "basilica"],
    &["market", "bazaar", "souk", "marketplace"],
    &["camp", "settlement"],
    &["base", "barracks", "garrison", "outpost"],
    &["checkpoint", "roadblock"],
    &["bridge", "overpass"],
    &["airport", "airfield", "airbase"],
    &["station", "terminal"],
    &["hotel", "guesthouse"],
    &["embassy", "consulate"],
];

/// What names a place: its site and its own name, folded.
pub fn key(place: &Place) -> String {
    let site = place.site.as_deref().map(words::key).unwrap_or_default();
    match &place.id {
        Some(id) => format!("{id}|{site}"),
        None => format!("{}|{site}", words::key(&place.name)),
    }
}

/// Gives places that are one under different spellings one key: the one that sorts first.
pub fn join(ledger: &Ledger<'_>, entries: &[usize], keys: &mut [String]) {
    let mut places: BTreeMap<String, &Place> = BTreeMap::new();
    for (&i, key) in entries.iter().zip(keys.iter()) {
        if let Value::Place(place) = &ledger.entries[i].claim.value {
            places.entry(key.clone()).or_insert(place);
        }
    }
    if places.len() > MANY {
        return;
    }
    let list: Vec<(&String, &&Place)> = places.iter().collect();
    let mut first: Vec<usize> = (0..list.len()).collect();
    for b in 0..list.len() {
        if let Some(a) = (0..b).find(|&a| same(list[a].1, list[b].1)) {
            first[b] = first[a];
        }
    }
    let renamed: BTreeMap<&String, &String> = list
        .iter()
        .zip(&first)
        .map(|((key, _), &to)| (*key, list[to].0))
        .collect();
    for key in keys {
        if let Some(to) = renamed.get(key) {
            *key = (*to).clone();
        }
    }
}

/// Whether two names are of one place.
pub fn same(a: &Place, b: &Place) -> bool {
    match (&a.site, &b.site) {
        (Some(x), Some(y)) => same_site(&own(x, a), &own(y, b)) && around(a, b),
        (None, None) => {
            a.precision != PlacePrecision::Unresolved && (a.id.is_some() && a.id == b.id)
                || (alike(&words::key(&a.name), &words::key(&b.name))
                    && a.precision == b.precision
                    && around(a, b))
        }
        _ => false,
    }
}

/// A site's name without the name of the town that holds it: the "Varda prison" of Varda is the prison.
fn own(site: &str, place: &Place) -> String {
    let towns: Vec<String> = [place.name.as_str()]
        .into_iter()
        .chain(place.parts.iter().map(String::as_str))
        .flat_map(|name| words::fold(&latin(name)))
        .filter(|word| word.chars().count() >= 4)
        .collect();
    let kept: Vec<String> = words::fold(&latin(site))
        .into_iter()
        .filter(|word| !towns.iter().any(|town| alike(town, word)))
        .collect();
    kept.join(" ")
}

/// Latin letters without their marks, as gazetteers and reports write them differently.
fn latin(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' | 'À'..='Å' | 'Ā' => 'a',
            'ç' | 'ć' | 'č' | 'Ç' | 'Č' => 'c',
            'ḑ' | 'ḍ' | 'đ' | 'Ḑ' | 'Ḍ' => 'd',
            'è'..='ë' | 'ē' | 'ę' | 'ě' | 'É' | 'È' => 'e',
            'ğ' | 'ġ' | 'ģ' | 'Ğ' | 'Ġ' => 'g',
            'ḩ' | 'ḥ' | 'ħ' | 'Ḩ' | 'Ḥ' => 'h',
            'ì'..='ï' | 'ī' | 'ı' | 'Í' | 'Ī' => 'i',
            'ķ' | 'Ķ' => 'k',
            'ł' | 'ļ' | 'Ł' => 'l',
            'ñ' | 'ń' | 'ň' | 'ņ' | 'Ñ' => 'n',
            'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'Ö' | 'Ø' | 'Ō' => 'o',
            'ř' | 'ŗ' | 'Ř' => 'r',
            'ş' | 'š' | 'ś' | 'ṣ' | 'ș' | 'Ş' | 'Š' | 'Ṣ' => 's',
            'ţ' | 'ṭ' | 'ț' | 'ť' | 'Ţ' | 'Ṭ' => 't',
            'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'Ü' | 'Ū' => 'u',
            'ý' | 'ÿ' => 'y',
            'ž' | 'ż' | 'ź' | 'ẓ' | 'Ž' | 'Ż' | 'Ẓ' => 'z',
            other => other,
        })
        .collect()
}

/// Whether the place names around two sites allow that they are one.
fn around(a: &Place, b: &Place) -> bool {
    let countries = a.country.is_some() && b.country.is_some() && a.country != b.country;
    if countries {
        return false;
    }
    if let Some(metres) = distance_m(a, b) {
        let reach =
            f64::from(a.radius_m.unwrap_or(10_000)) + f64::from(b.radius_m.unwrap_or(10_000));
        return metres <= reach + 10_000.0;
    }
    true
}

/// Whether two names of sites are one: the same kind of site, and proper names that are alike or missing.
fn same_site(a: &str, b: &str) -> bool {
    let ((kind_a, name_a), (kind_b, name_b)) = (split(a), split(b));
    match (kind_a, kind_b) {
        (Some(x), Some(y)) if x != y => return false,
        _ => {}
    }
    match (name_a.is_empty(), name_b.is_empty()) {
        (true, true) => kind_a.is_some(),
        // "the jail" beside "Old Mill prison": one kind, and only one of them says which.
        (true, false) | (false, true) => kind_a.is_some() && kind_a == kind_b,
        (false, false) => alike(&name_a, &name_b),
    }
}

/// The kind of site and the rest of the name.
fn split(site: &str) -> (Option<usize>, String) {
    let mut kind = None;
    let mut rest = Vec::new();
    for word in words::fold(site) {
        let single = word.strip_suffix('s').unwrap_or(&word);
        match SITES.iter().position(|row| row.contains(&single)) {
            Some(row) => kind = kind.or(Some(row)),
            None if ["the", "a", "an", "of", "city", "town", "al", "el"]
                .contains(&word.as_str()) => {}
            None => rest.push(word),
        }
    }
    (kind, rest.join(" "))
}

/// Whether two folded names are spellings of one: few letters apart for their length, vowels and doubled letters counted half.
pub fn alike(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let bones = |name: &str| {
        let mut out: Vec<char> = Vec::new();
        for c in name.chars().filter(|c| c.is_alphanumeric()) {
            // Letters that transliterations swap.
            let c = match c {
                'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' => continue,
                'q' | 'c' => 'k',
                'z' => 's',
                other => other,
            };
            if out.last() != Some(&c) {
                out.push(c);
            }
        }
        out
    };
    let (x, y) = (bones(a), bones(b));
    let longest = a.chars().count().max(b.chars().count());
    (4..=80).contains(&longest) && x.len() >= 2 && x == y && edits(a, b) * 3 <= longest
}

/// Letters to insert, delete or replace to make one the other.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// Metres between two places, where both have coordinates.
fn distance_m(a: &Place, b: &Place) -> Option<f64> {
    let (lat_a, lon_a) = (a.lat?.to_radians(), a.lon?.to_radians());
    let (lat_b, lon_b) = (b.lat?.to_radians(), b.lon?.to_radians());
    let x = (lon_b - lon_a) * ((lat_a + lat_b) / 2.0).cos();
    Some((x * x + (lat_b - lat_a) * (lat_b - lat_a)).sqrt() * 6_371_000.0)
}

/// Whether `inner` lies in `outer` by name.
fn inside(inner: &Place, outer: &Place) -> bool {
    if outer.site.is_some() {
        return false;
    }
    let name = words::key(&outer.name);
    let named = |place: &Place| {
        words::key(&place.name) == name || place.parts.iter().any(|part| words::key(part) == name)
    };
    inner.precision < outer.precision && named(inner)
}

/// Relates two places that different claims give.
pub fn relate(a: &Entry<'_>, b: &Entry<'_>) -> Option<Found> {
    let (Value::Place(x), Value::Place(y)) = (&a.claim.value, &b.claim.value) else {
        return None;
    };
    if same(x, y) {
        return Some(Found::new(
            RelationKind::SamePlace,
            format!("“{}” and “{}” are one place", name(x), name(y)),
        ));
    }
    if inside(x, y) || inside(y, x) {
        let (inner, outer) = if inside(x, y) { (x, y) } else { (y, x) };
        return Some(Found::new(
            RelationKind::Compatible,
            format!("{} lies in {}", name(inner), name(outer)),
        ));
    }
    if x.country.is_some() && y.country.is_some() && x.country != y.country {
        return Some(Found::new(RelationKind::Tension, "places in two countries"));
    }
    None
}

fn name(place: &Place) -> &str {
    place.site.as_deref().unwrap_or(&place.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_meet_and_neighbours_do_not() {
        assert!(alike("ghurabad", "ghorabad"));
        assert!(alike("qamar", "kamar"));
        assert!(!alike("north varda", "south varda"));
        assert!(!alike("varda", "vorkuta"));
        assert!(alike("سوريا", "سوريا"));
    }

    #[test]
    fn a_prison_is_a_jail_and_no_hospital() {
        assert!(same_site("Dulmira prison", "Dulmeera jail"));
        assert!(same_site("the jail", "Dulmira prison"));
        assert!(!same_site("Dulmira prison", "Dulmira hospital"));
        assert!(!same_site("Dulmira prison", "Western prison"));
    }

    #[test]
    fn the_prison_of_a_town_has_no_name_of_its_own() {
        let place = Place {
            id: None,
            name: "Al Ḩamrah".into(),
            site: None,
            parts: vec!["Al Ḩamrah".into()],
            country: None,
            lat: None,
            lon: None,
            radius_m: None,
            precision: PlacePrecision::Site,
            words: String::new(),
        };
        assert_eq!(own("Hamrah prison", &place), "prison");
        assert_eq!(own("Dulmira prison", &place), "dulmira prison");
    }
}

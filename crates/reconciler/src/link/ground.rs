//! Where two reports say that it happened, held against each other: the places claimed, and the place names that a text
//! dwells on.
//!
//! Comes in: the places of two fingerprints and the words with a capital of each. Goes out: how they stand to each
//! other. A village and the district around it are no difference, nor is a quarter and its city; a town that the other
//! report never names is one.

use model::geo;

use super::{fingerprint::Fingerprint, record::Spot};

/// Metres within which two points may be one place, beside the radius of each.
const NEAR_M: f64 = 20_000.0;

/// How the places of two reports stand to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Grounds {
    /// One place of the one is in the same town as one of the other.
    pub same: bool,
    /// Not so, but one holds the other or they are near.
    pub near: bool,
    /// Both name a town, and nothing above holds.
    pub differ: bool,
    /// How many of the two name the other's town somewhere.
    pub known: u8,
    /// Metres between the nearest two towns, where they differ and both are known.
    pub metres: Option<f64>,
    /// Both know the country, and none is the same.
    pub countries_differ: bool,
}

/// Compares the places claimed.
pub fn compare(a: &Fingerprint, b: &Fingerprint) -> Grounds {
    let mut out = Grounds::default();
    let town =
        |fingerprint: &Fingerprint| fingerprint.spots.iter().any(|spot| !spot.town.is_empty());
    for x in &a.spots {
        for y in &b.spots {
            out.same |= !x.town.is_empty() && x.town == y.town && x.parts.last() == y.parts.last();
            out.near |= holds(x, y) || holds(y, x) || close(x, y);
        }
    }
    out.near &= !out.same;
    let names = |of: &Fingerprint, other: &Fingerprint| {
        of.own.iter().any(|words| {
            !words.is_empty()
                && words
                    .iter()
                    .all(|hash| other.named.binary_search(hash).is_ok())
        })
    };
    out.known = u8::from(names(a, b)) + u8::from(names(b, a));
    out.differ = town(a) && town(b) && !out.same && !out.near;
    if out.differ {
        out.metres = a
            .spots
            .iter()
            .flat_map(|x| b.spots.iter().filter_map(|y| metres(x, y)))
            .min_by(f64::total_cmp);
    }
    let country = |spot: &&Spot| spot.point.is_some();
    let countries = |fingerprint: &Fingerprint| -> Vec<String> {
        let known = fingerprint.spots.iter().filter(country);
        known
            .filter_map(|spot| spot.parts.last().cloned())
            .collect()
    };
    let (ca, cb) = (countries(a), countries(b));
    out.countries_differ =
        !ca.is_empty() && !cb.is_empty() && !ca.iter().any(|country| cb.contains(country));
    out
}

/// Whether an area is one that holds the other place. A country holds too much to say anything.
fn holds(area: &Spot, place: &Spot) -> bool {
    let name = if area.town.is_empty() {
        if area.parts.len() < 2 {
            return false;
        }
        area.parts.first()
    } else {
        Some(&area.town)
    };
    let Some(name) = name else { return false };
    let inner = place.parts.len().saturating_sub(1);
    (area.parts.last() == place.parts.last() || area.point.is_none() || place.point.is_none())
        && place.parts[..inner].contains(name)
}

fn close(x: &Spot, y: &Spot) -> bool {
    let town = !x.town.is_empty() && !y.town.is_empty();
    town && metres(x, y).is_some_and(|gap| gap <= NEAR_M)
}

/// Metres between two points, well enough for what is near.
fn metres(x: &Spot, y: &Spot) -> Option<f64> {
    if x.town.is_empty() || y.town.is_empty() {
        return None;
    }
    Some(geo::flat_metres(x.point?, y.point?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(town: &str, parts: &[&str], point: Option<(f64, f64)>) -> Spot {
        Spot {
            town: town.to_owned(),
            parts: parts.iter().map(|part| (*part).to_owned()).collect(),
            point,
            town_words: hashes(town),
            holding_words: parts.iter().flat_map(|part| hashes(part)).collect(),
            own_words: hashes(town),
            ..Spot::default()
        }
    }

    fn hashes(text: &str) -> Vec<u64> {
        let words = text.split(' ').filter(|word| word.len() > 2);
        words.map(model::hash::word).collect()
    }

    fn fingerprint(spots: Vec<Spot>, text: &str) -> Fingerprint {
        let mut named = hashes(text);
        named.sort_unstable();
        Fingerprint {
            own: spots.iter().map(|spot| spot.own(&named)).collect(),
            spots,
            named,
            ..Fingerprint::default()
        }
    }

    #[test]
    fn a_district_and_its_village_are_near_and_two_towns_differ() {
        let village = fingerprint(
            vec![spot("varda", &["kelmoor", "lakeland"], None)],
            "Varda in Kelmoor",
        );
        let district = fingerprint(vec![spot("", &["kelmoor", "lakeland"], None)], "Kelmoor");
        let other = fingerprint(vec![spot("tellin", &["hill", "lakeland"], None)], "Tellin");
        let found = compare(&village, &district);
        assert!(found.near && !found.same && !found.differ);
        let found = compare(&village, &other);
        assert!(found.differ && !found.near && found.known == 0);
        // A country holds too much to join anything.
        let country = fingerprint(vec![spot("", &["lakeland"], None)], "Lakeland");
        assert!(!compare(&village, &country).near);
    }

    #[test]
    fn a_town_named_in_the_other_report_is_known_there() {
        let both = fingerprint(vec![spot("varda", &["lakeland"], None)], "Varda and Tellin");
        let other = fingerprint(vec![spot("tellin", &["lakeland"], None)], "Tellin");
        assert_eq!(compare(&both, &other).known, 1);
        assert_eq!(compare(&both, &both).known, 2);
    }

    #[test]
    fn metres_tell_near_towns_from_far_ones() {
        let at = |town: &str, north| spot(town, &["lakeland"], Some((north, 10.0)));
        let a = fingerprint(vec![at("varda", 50.0)], "Varda");
        let near = fingerprint(vec![at("tellin", 50.1)], "Tellin");
        let far = fingerprint(vec![at("orvel", 52.0)], "Orvel");
        assert!(compare(&a, &near).near);
        let found = compare(&a, &far);
        assert!(found.differ && !found.countries_differ);
        assert!((found.metres.unwrap() - 222_390.0).abs() < 10.0);
    }

    #[test]
    fn a_spelling_of_the_text_stands_for_that_of_the_gazetteer() {
        let mut place = spot("varda", &["lakeland"], None);
        place.own_words = hashes("Wardah Lakeland");
        let mut named = hashes("Wardah Lakeland");
        named.sort_unstable();
        assert_eq!(place.own(&named), hashes("Wardah"));
    }
}

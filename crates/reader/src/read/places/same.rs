//! Whether two places are one, and whether one holds the other, by their words and coordinates.
//!
//! Knows how English news writes the kinds of sites, articles and compass words.

use model::{
    Place, PlacePrecision,
    fold::{self, Folding},
    words::edits,
};

/// Whether the two are one place, as far as their words and coordinates can tell.
///
/// Sites: the same kind of site ("prison", "jail") under a name that differs only by transliteration ("Twayrin",
/// "Tuwayrin"), or with no name of its own on one side, and held by places that do not rule each other out. Other
/// places: the same gazetteer id, or alike names at about the same coarseness whose circles meet. A place is never the
/// same as one that merely holds it.
pub fn same_place(one: &Place, other: &Place) -> bool {
    match (&one.site, &other.site) {
        (Some(a), Some(b)) => {
            same_site(a, b) && (same_ground(one, other) || covers(one, other) || covers(other, one))
        }
        (None, None) => {
            let street = PlacePrecision::Street;
            (one.precision == street) == (other.precision == street) && same_ground(one, other)
        }
        _ => false,
    }
}

/// Whether this place holds `other`: it is coarser, and `other` names it among its parts, lies in it as a country, or
/// lies within its circle. No place holds itself.
pub fn holds(one: &Place, other: &Place) -> bool {
    if one.site.is_some() {
        return other.precision == PlacePrecision::Street && same_ground(one, other);
    }
    if other.site.is_some() && same_ground(one, other) {
        return true;
    }
    covers(one, other)
}

/// [`same_place`] without looking at sites.
fn same_ground(one: &Place, other: &Place) -> bool {
    if countries_differ(one, other) {
        return false;
    }
    let alike = alike_names(&one.name, &other.name);
    if one.id.is_some() && one.id == other.id {
        // "northeastern Harnok" carries its country's id, but is not the country.
        return alike || ground(one) == ground(other);
    }
    if !alike || ground(one).abs_diff(ground(other)) > 1 {
        return false;
    }
    match (one.distance_m(other), one.radius_m, other.radius_m) {
        (Some(gap), Some(a), Some(b)) => gap <= f64::from(a) + f64::from(b),
        _ => true,
    }
}

/// [`holds`] without looking at sites.
fn covers(one: &Place, other: &Place) -> bool {
    if ground(one) <= ground(other)
        || one.precision == PlacePrecision::Unresolved
        || countries_differ(one, other)
    {
        return false;
    }
    if one.precision == PlacePrecision::Country {
        return one.country.is_some() && one.country == other.country;
    }
    let named = fold(&one.name);
    if other.parts.iter().any(|part| fold(part) == named) {
        return true;
    }
    match (one.distance_m(other), one.radius_m) {
        (Some(gap), Some(radius)) => gap <= f64::from(radius),
        _ => false,
    }
}

fn countries_differ(one: &Place, other: &Place) -> bool {
    matches!((&one.country, &other.country), (Some(a), Some(b)) if a != b)
}

/// Coarseness of the ground the coordinates stand for: a site's and a street's are those of the place that holds it.
fn ground(place: &Place) -> u8 {
    match place.precision {
        PlacePrecision::Street | PlacePrecision::Site | PlacePrecision::City => 1,
        PlacePrecision::Neighbourhood => 0,
        PlacePrecision::District => 2,
        PlacePrecision::Region => 3,
        PlacePrecision::Country => 5,
        PlacePrecision::Unresolved => 1,
    }
}

/// Words for kinds of sites, grouped where news uses them for one another.
const SITE_KINDS: &[&[&str]] = &[
    &[
        "prison",
        "jail",
        "penitentiary",
        "gaol",
        "detention",
        "lockup",
        "correctional",
    ],
    &["hospital", "clinic", "infirmary", "medical"],
    &["school", "college", "academy", "university", "kindergarten"],
    &["mosque", "masjid"],
    &["church", "cathedral", "chapel", "monastery"],
    &["bazaar", "market", "souk", "supermarket", "mall"],
    &["airport", "airfield", "airbase", "aerodrome"],
    &["base", "barracks", "garrison", "outpost", "fort"],
    &["checkpoint", "crossing"],
    &["hotel", "inn", "motel"],
    &["restaurant", "cafe", "bar", "nightclub", "club"],
];

/// Words that say nothing of which site it is.
const SITE_FILLERS: &[&str] = &[
    "the", "a", "an", "of", "in", "at", "center", "centre", "facility", "complex", "compound",
    "building", "al", "el",
];

/// Splits a site's words into its kind (a row of [`SITE_KINDS`] or the last word) and its own name, folded.
fn site_parts(site: &str) -> (String, String) {
    let folded = fold(site);
    let mut kind = None;
    let mut name: Vec<&str> = Vec::new();
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        if let Some(row) = SITE_KINDS.iter().find(|row| row.contains(&word)) {
            kind.get_or_insert(row[0]);
        } else if !SITE_FILLERS.contains(&word) {
            name.push(word);
        }
    }
    let kind = match kind {
        Some(kind) => kind.to_owned(),
        None => name.pop().unwrap_or_default().to_owned(),
    };
    (kind, name.join(" "))
}

fn same_site(a: &str, b: &str) -> bool {
    let ((kind_a, a), (kind_b, b)) = (site_parts(a), site_parts(b));
    kind_a == kind_b && (a.is_empty() || b.is_empty() || alike_folded(&a, &b))
}

fn alike_names(a: &str, b: &str) -> bool {
    alike_folded(&fold(a), &fold(b))
}

/// Whether two folded names are spellings of one: equal without article, or few edits apart for their length.
fn alike_folded(a: &str, b: &str) -> bool {
    let (a, b) = (bare(a), bare(b));
    if a == b {
        return true;
    }
    let (len_a, len_b) = (a.chars().count(), b.chars().count());
    let allowed = match len_a.min(len_b) {
        0..=4 => 0,
        5..=6 => 1,
        _ => 2,
    };
    if len_a.abs_diff(len_b) > allowed {
        return false;
    }
    // Compass words turn a name into another place however few letters they change.
    let compass = |name: &str| -> Vec<String> {
        name.split(' ')
            .filter(|word| {
                word.contains("north")
                    || word.contains("south")
                    || word.contains("east")
                    || word.contains("west")
            })
            .map(str::to_owned)
            .collect()
    };
    compass(&a) == compass(&b)
        && a.chars().next() == b.chars().next()
        && edits(&a, &b, allowed) <= allowed
}

/// A folded name without leading article, with compass adjectives cut to the noun and doubled letters made single.
fn bare(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    while words.len() > 1
        && matches!(
            words[0],
            "al" | "el" | "ad" | "ar" | "as" | "ash" | "at" | "an" | "az" | "the"
        )
    {
        words.remove(0);
    }
    for word in words {
        if !out.is_empty() {
            out.push(' ');
        }
        let cut = match word.strip_suffix("ern") {
            Some(stem) if stem.ends_with("north") || stem.ends_with("south") => stem,
            Some(stem) if stem.ends_with("east") || stem.ends_with("west") => stem,
            _ => word,
        };
        let mut last = None;
        for c in cut.chars() {
            if last != Some(c) {
                out.push(c);
            }
            last = Some(c);
        }
    }
    out
}

/// Small letters without marks, apostrophes dropped, anything else a single space.
fn fold(name: &str) -> String {
    let folding = Folding {
        stops_part: true,
        ..Folding::default()
    };
    fold::name(name, folding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str, precision: PlacePrecision, at: Option<(f64, f64)>) -> Place {
        Place {
            id: None,
            name: name.into(),
            site: None,
            parts: Vec::new(),
            country: Some("HK".into()),
            lat: at.map(|at| at.0),
            lon: at.map(|at| at.1),
            radius_m: at.map(|_| 8_000),
            precision,
            words: name.into(),
        }
    }

    fn site(site: &str, city: &str) -> Place {
        Place {
            site: Some(site.into()),
            precision: PlacePrecision::Site,
            ..place(city, PlacePrecision::City, Some((10.0, 20.0)))
        }
    }

    #[test]
    fn a_site_is_one_however_it_is_spelt() {
        let a = site("Tuwayrin prison", "Darmuk");
        for other in [
            "Twayrin jail",
            "al-Tuwayrin Prison",
            "Tuwairin detention center",
            "the prison",
        ] {
            assert!(same_place(&a, &site(other, "Darmuk")), "{other}");
        }
        for other in ["Tuwayrin hospital", "Central prison", "Tuwayrin bridge"] {
            assert!(!same_place(&a, &site(other, "Darmuk")), "{other}");
        }
    }

    #[test]
    fn a_site_in_another_city_is_another() {
        let a = site("Central prison", "Darmuk");
        let mut b = site("Central prison", "Velisk");
        b.lat = Some(14.0);
        assert!(!same_place(&a, &b));
        b.country = Some("XX".into());
        b.name = "Darmuk".into();
        assert!(!same_place(&a, &b));
    }

    #[test]
    fn names_that_differ_by_transliteration_are_one_city() {
        let a = place("Al Ḩasnakah", PlacePrecision::City, Some((10.0, 20.0)));
        assert!(same_place(
            &a,
            &place("Hassnakeh", PlacePrecision::City, Some((10.02, 20.0)))
        ));
        assert!(same_place(
            &a,
            &place("al-Hasnakah", PlacePrecision::Unresolved, None)
        ));
        assert!(!same_place(
            &a,
            &place("Hasnakah", PlacePrecision::City, Some((12.0, 20.0)))
        ));
        assert!(!same_place(
            &a,
            &place("Velisk", PlacePrecision::City, Some((10.0, 20.0)))
        ));
    }

    #[test]
    fn compass_words_part_regions() {
        let a = place(
            "northeastern Harnok",
            PlacePrecision::Region,
            Some((10.0, 20.0)),
        );
        assert!(same_place(
            &a,
            &place(
                "northeast Harnok",
                PlacePrecision::Region,
                Some((10.0, 20.0))
            )
        ));
        assert!(!same_place(
            &a,
            &place(
                "northwestern Harnok",
                PlacePrecision::Region,
                Some((10.0, 19.9))
            )
        ));
    }

    #[test]
    fn what_is_coarser_holds_what_lies_in_it() {
        let city = place("Darmuk", PlacePrecision::City, Some((10.0, 20.0)));
        let prison = site("Tuwayrin prison", "Darmuk");
        let country = place("Harnok", PlacePrecision::Country, Some((11.0, 22.0)));
        let mut region = place("East", PlacePrecision::Region, Some((10.5, 20.0)));
        region.radius_m = Some(100_000);
        assert!(holds(&city, &prison) && !holds(&prison, &city) && !same_place(&city, &prison));
        assert!(holds(&country, &city) && holds(&country, &prison) && holds(&country, &region));
        assert!(holds(&region, &city) && !holds(&city, &region) && !holds(&city, &city));
        region.radius_m = Some(10_000);
        assert!(!holds(&region, &city));
    }

    #[test]
    fn odd_names_do_no_harm() {
        for name in ["", " ", "القامشلي", "🙂", "'’"] {
            let a = site(name, name);
            assert!(same_place(&a, &a));
            let _ = holds(&a, &place(name, PlacePrecision::Unresolved, None));
        }
    }
}

//! Where something happened.

use serde::{Deserialize, Serialize};

/// How finely a place is known; finest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlacePrecision {
    /// An address or street.
    Street,
    /// A named site (prison, hospital, bridge) inside a known place.
    Site,
    /// A quarter of a city or a village near one.
    Neighbourhood,
    /// A populated place.
    City,
    /// A second-level division: county, district.
    District,
    /// A first-level division: state, governorate.
    Region,
    /// A country.
    Country,
    /// Named, but not found in the gazetteer.
    Unresolved,
}

/// A named place and, where the gazetteer knows it, its coordinates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Gazetteer id (`geonames:170063`); `None` when unresolved.
    pub id: Option<String>,
    /// The place's own name, as the gazetteer writes it, or as the text does when unresolved.
    pub name: String,
    /// The site inside it, as the text names it: "Tuwayrin prison".
    pub site: Option<String>,
    /// What holds it, innermost first: city (for a site), district, region, country.
    pub parts: Vec<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Metres within which the place lies; grows with the precision's coarseness.
    pub radius_m: Option<u32>,
    /// How finely it is known.
    pub precision: PlacePrecision,
    /// The words.
    pub words: String,
}

impl Place {
    /// Whether the two are one place, as far as their words and coordinates can tell.
    ///
    /// Sites: the same kind of site ("prison", "jail") under a name that differs only by transliteration ("Twayrin",
    /// "Tuwayrin"), or with no name of its own on one side, and held by places that do not rule each other out. Other places: the
    /// same gazetteer id, or alike names at about the same coarseness whose circles meet. A place is never the same as one that
    /// merely holds it.
    pub fn same_place(&self, other: &Place) -> bool {
        match (&self.site, &other.site) {
            (Some(a), Some(b)) => {
                same_site(a, b)
                    && (self.same_ground(other) || self.covers(other) || other.covers(self))
            }
            (None, None) => {
                let street = PlacePrecision::Street;
                (self.precision == street) == (other.precision == street) && self.same_ground(other)
            }
            _ => false,
        }
    }

    /// Whether this place holds `other`: it is coarser, and `other` names it among its parts, lies in it as a country, or lies
    /// within its circle. No place holds itself.
    pub fn holds(&self, other: &Place) -> bool {
        if self.site.is_some() {
            return other.precision == PlacePrecision::Street && self.same_ground(other);
        }
        if other.site.is_some() && self.same_ground(other) {
            return true;
        }
        self.covers(other)
    }

    /// Metres between the two points, along the great circle; `None` when one has no coordinates.
    pub fn distance_m(&self, other: &Place) -> Option<f64> {
        Some(haversine_m(
            (self.lat?, self.lon?),
            (other.lat?, other.lon?),
        ))
    }

    /// [`Place::same_place`] without looking at sites.
    fn same_ground(&self, other: &Place) -> bool {
        if self.countries_differ(other) {
            return false;
        }
        let alike = alike_names(&self.name, &other.name);
        if self.id.is_some() && self.id == other.id {
            // "northeastern Harnok" carries its country's id, but is not the country.
            return alike || self.ground() == other.ground();
        }
        if !alike || self.ground().abs_diff(other.ground()) > 1 {
            return false;
        }
        match (self.distance_m(other), self.radius_m, other.radius_m) {
            (Some(gap), Some(a), Some(b)) => gap <= f64::from(a) + f64::from(b),
            _ => true,
        }
    }

    /// [`Place::holds`] without looking at sites.
    fn covers(&self, other: &Place) -> bool {
        if self.ground() <= other.ground()
            || self.precision == PlacePrecision::Unresolved
            || self.countries_differ(other)
        {
            return false;
        }
        if self.precision == PlacePrecision::Country {
            return self.country.is_some() && self.country == other.country;
        }
        let named = fold(&self.name);
        if other.parts.iter().any(|part| fold(part) == named) {
            return true;
        }
        match (self.distance_m(other), self.radius_m) {
            (Some(gap), Some(radius)) => gap <= f64::from(radius),
            _ => false,
        }
    }

    fn countries_differ(&self, other: &Place) -> bool {
        matches!((&self.country, &other.country), (Some(a), Some(b)) if a != b)
    }

    /// Coarseness of the ground the coordinates stand for: a site's and a street's are those of the place that holds it.
    fn ground(&self) -> u8 {
        match self.precision {
            PlacePrecision::Street | PlacePrecision::Site | PlacePrecision::City => 1,
            PlacePrecision::Neighbourhood => 0,
            PlacePrecision::District => 2,
            PlacePrecision::Region => 3,
            PlacePrecision::Country => 5,
            PlacePrecision::Unresolved => 1,
        }
    }
}

/// Mean radius of the earth in metres.
const EARTH_M: f64 = 6_371_008.8;

/// Metres along the great circle between two points in degrees (north, east).
fn haversine_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (d_lat, d_lon) = (lat_b - lat_a, (b.1 - a.1).to_radians());
    let h = (d_lat / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * (d_lon / 2.0).sin().powi(2);
    2.0 * EARTH_M * h.clamp(0.0, 1.0).sqrt().asin()
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

/// Lower case, common Latin diacritics taken off, apostrophes dropped, every other mark a single space.
fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '`' | '´' => continue,
            '\u{300}'..='\u{36f}' => continue,
            'à'..='å' | 'ā' | 'ă' | 'ą' | 'ạ' => 'a',
            'ç' | 'ć' | 'č' => 'c',
            'ď' | 'đ' | 'ḍ' | 'ḏ' => 'd',
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
            'ğ' | 'ġ' | 'ģ' => 'g',
            'ḥ' | 'ḩ' | 'ħ' | 'ḫ' => 'h',
            'ì'..='ï' | 'ī' | 'ı' | 'į' => 'i',
            'ķ' => 'k',
            'ł' | 'ļ' => 'l',
            'ñ' | 'ń' | 'ň' => 'n',
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
            'ř' | 'ŗ' => 'r',
            'ś' | 'š' | 'ş' | 'ș' | 'ṣ' => 's',
            'ť' | 'ţ' | 'ț' | 'ṭ' => 't',
            'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => 'u',
            'ý' | 'ÿ' => 'y',
            'ź' | 'ż' | 'ž' | 'ẓ' => 'z',
            c if c.is_alphanumeric() => c,
            _ => ' ',
        };
        if plain != ' ' || !(out.is_empty() || out.ends_with(' ')) {
            out.push(plain);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Edits (insert, delete, change) from `a` to `b`; any number above `limit` once it is passed.
fn edits(a: &str, b: &str, limit: usize) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        let mut best = row[0];
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
            best = best.min(row[j + 1]);
        }
        if best > limit {
            return limit + 1;
        }
    }
    row[b.len()]
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
            assert!(a.same_place(&site(other, "Darmuk")), "{other}");
        }
        for other in ["Tuwayrin hospital", "Central prison", "Tuwayrin bridge"] {
            assert!(!a.same_place(&site(other, "Darmuk")), "{other}");
        }
    }

    #[test]
    fn a_site_in_another_city_is_another() {
        let a = site("Central prison", "Darmuk");
        let mut b = site("Central prison", "Velisk");
        b.lat = Some(14.0);
        assert!(!a.same_place(&b));
        b.country = Some("XX".into());
        b.name = "Darmuk".into();
        assert!(!a.same_place(&b));
    }

    #[test]
    fn names_that_differ_by_transliteration_are_one_city() {
        let a = place("Al Ḩasnakah", PlacePrecision::City, Some((10.0, 20.0)));
        assert!(a.same_place(&place(
            "Hassnakeh",
            PlacePrecision::City,
            Some((10.02, 20.0))
        )));
        assert!(a.same_place(&place("al-Hasnakah", PlacePrecision::Unresolved, None)));
        assert!(!a.same_place(&place("Hasnakah", PlacePrecision::City, Some((12.0, 20.0)))));
        assert!(!a.same_place(&place("Velisk", PlacePrecision::City, Some((10.0, 20.0)))));
    }

    #[test]
    fn compass_words_part_regions() {
        let a = place(
            "northeastern Harnok",
            PlacePrecision::Region,
            Some((10.0, 20.0)),
        );
        assert!(a.same_place(&place(
            "northeast Harnok",
            PlacePrecision::Region,
            Some((10.0, 20.0))
        )));
        assert!(!a.same_place(&place(
            "northwestern Harnok",
            PlacePrecision::Region,
            Some((10.0, 19.9))
        )));
    }

    #[test]
    fn what_is_coarser_holds_what_lies_in_it() {
        let city = place("Darmuk", PlacePrecision::City, Some((10.0, 20.0)));
        let prison = site("Tuwayrin prison", "Darmuk");
        let country = place("Harnok", PlacePrecision::Country, Some((11.0, 22.0)));
        let mut region = place("East", PlacePrecision::Region, Some((10.5, 20.0)));
        region.radius_m = Some(100_000);
        assert!(city.holds(&prison) && !prison.holds(&city) && !city.same_place(&prison));
        assert!(country.holds(&city) && country.holds(&prison) && country.holds(&region));
        assert!(region.holds(&city) && !city.holds(&region) && !city.holds(&city));
        region.radius_m = Some(10_000);
        assert!(!region.holds(&city));
    }

    #[test]
    fn a_degree_of_latitude_is_about_111_km() {
        assert!((haversine_m((0.0, 0.0), (1.0, 0.0)) - 111_195.0).abs() < 10.0);
        assert_eq!(haversine_m((90.0, 0.0), (90.0, 0.0)), 0.0);
    }

    #[test]
    fn odd_names_do_no_harm() {
        for name in ["", " ", "القامشلي", "🙂", "'’"] {
            let a = site(name, name);
            assert!(a.same_place(&a));
            let _ = a.holds(&place(name, PlacePrecision::Unresolved, None));
        }
    }
}

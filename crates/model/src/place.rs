//! Where something happened.

use serde::{Deserialize, Serialize};

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
        Some(haversine_m(
            (self.lat?, self.lon?),
            (other.lat?, other.lon?),
        ))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_about_111_km() {
        assert!((haversine_m((0.0, 0.0), (1.0, 0.0)) - 111_195.0).abs() < 10.0);
        assert_eq!(haversine_m((90.0, 0.0), (90.0, 0.0)), 0.0);
    }
}

//! Where something happened, as finely as a public copy says it.

use model::{Place, PlacePrecision};

use super::policy::Fineness;

/// What a place that no gazetteer knows is called, since it may be the name of anything.
const UNRESOLVED: &str = "a place that is not in the gazetteer";

/// The place, no finer than wanted. Its words are masked elsewhere.
pub(super) fn blurred(mut place: Place, fineness: Fineness) -> Place {
    if fineness == Fineness::Site {
        return rounded(place, 2, 2_000);
    }
    let fine = place.site.take().is_some() || place.precision < PlacePrecision::City;
    if place.precision == PlacePrecision::Unresolved {
        place.name = place
            .parts
            .first()
            .cloned()
            .unwrap_or_else(|| UNRESOLVED.to_owned());
        return rounded(
            Place {
                id: None,
                words: String::new(),
                ..place
            },
            1,
            15_000,
        );
    }
    if place.precision < PlacePrecision::City {
        // A site's own name stands apart, and a street's or quarter's is the name.
        if place.precision != PlacePrecision::Site {
            place.name = place.parts.first().cloned().unwrap_or_default();
        }
        place.precision = PlacePrecision::City;
    }
    if fine {
        place.id = None;
        place.words = place.name.clone();
    }
    let wanted = match fineness {
        Fineness::Region => PlacePrecision::Region,
        Fineness::Country => PlacePrecision::Country,
        Fineness::Site | Fineness::Town => PlacePrecision::City,
    };
    if place.precision >= wanted {
        return if fine {
            rounded(place, 1, 15_000)
        } else {
            rounded(place, 2, 2_000)
        };
    }
    // Coarser than it was told: the last part is the country, the one before it the region.
    let keep = if wanted == PlacePrecision::Country {
        1
    } else {
        2
    };
    let parts = place
        .parts
        .split_off(place.parts.len().saturating_sub(keep));
    place.name = parts.first().cloned().unwrap_or_default();
    place.words = place.name.clone();
    place.parts = parts;
    Place {
        id: None,
        precision: wanted,
        lat: None,
        lon: None,
        radius_m: None,
        ..place
    }
}

fn rounded(mut place: Place, decimals: i32, radius: u32) -> Place {
    let by = 10f64.powi(decimals);
    let round = |x: f64| (x * by).round() / by;
    place.lat = place.lat.map(round);
    place.lon = place.lon.map(round);
    if place.lat.is_some() {
        place.radius_m = Some(place.radius_m.unwrap_or(0).max(radius));
    }
    place
}

//! Compass words and "downtown" before a name.

use std::ops::Range;

use language::Doc;
use model::{Place, PlacePrecision};

use crate::read::places::{
    spot::aged,
    words::{COMPASS, QUALIFIERS},
};

/// Takes a compass word or "downtown" before the name into the expression, and moves the point.
pub(super) fn qualify(doc: &Doc, tokens: &mut Range<usize>, place: &mut Place) {
    let mut start = tokens.start;
    // "north - eastern" may be three tokens.
    let word = if start >= 3 && doc.token(start - 2).text() == "-" {
        let joined = doc.text()
            [doc.token(start - 3).bytes().start..doc.token(start - 1).bytes().end]
            .to_lowercase();
        if COMPASS.contains(&joined) {
            start -= 3;
            Some(joined)
        } else {
            None
        }
    } else {
        None
    };
    let word = match word {
        Some(word) => word,
        None if start >= 1
            && QUALIFIERS.contains(doc.token(start - 1).lower())
            && !aged(doc, start - 1) =>
        {
            start -= 1;
            doc.token(start).lower().to_owned()
        }
        // "the northeast of Harnok".
        None if start >= 3
            && doc.token(start - 1).lower() == "of"
            && COMPASS.contains(doc.token(start - 2).lower())
            && doc.token(start - 3).lower() == "the" =>
        {
            start -= 2;
            doc.token(start).lower().to_owned()
        }
        None => return,
    };
    tokens.start = start;
    let whole = std::mem::replace(&mut place.name, doc.slice(tokens.clone()).to_owned());
    let bearing: Option<f64> = COMPASS.get(&word).and_then(|bearing| bearing.parse().ok());
    if place.precision == PlacePrecision::Country {
        place.precision = PlacePrecision::Region;
    } else if place.precision == PlacePrecision::City {
        place.precision = PlacePrecision::Neighbourhood;
        place.parts.insert(0, whole);
        return;
    }
    if let (Some(bearing), Some(lat), Some(lon), Some(radius)) =
        (bearing, place.lat, place.lon, place.radius_m)
    {
        // Half way to the edge, and a circle that still reaches it.
        let (north, east) = (bearing.to_radians().cos(), bearing.to_radians().sin());
        let degrees = 0.5 * f64::from(radius) / 111_195.0;
        place.lat = Some((lat + north * degrees).clamp(-90.0, 90.0));
        place.lon = Some(lon + east * degrees / lat.to_radians().cos().abs().max(0.05));
        place.radius_m = Some((f64::from(radius) * 0.75) as u32);
    }
}

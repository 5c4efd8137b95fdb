//! GeoJSON (RFC 7946), a feature an incident.
//!
//! Longitude stands before latitude. An incident without a place has no geometry, and stands there all the same; how
//! finely its place is known is a property, for a point says nothing of it.

use std::io::{self, Write};

use model::{Dossier, Place, RuleName, Slot};
use serde_json::{Map, Value, json};

use super::{
    format::{Format, Sink},
    tables::{Record, last_day},
};

/// The format.
pub(super) const GEOJSON: Format = Format {
    name: "geojson",
    ending: "geojson",
    texts: false,
    about: "GeoJSON, a feature an incident: its place with how finely it is known, days, figures, disputes",
    columns: || Vec::new(),
    open: |_, out| open(out),
};

struct GeoJson<'a> {
    out: &'a mut dyn Write,
    any: bool,
}

fn open<'a>(out: &'a mut dyn Write) -> io::Result<Box<dyn Sink + 'a>> {
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    Ok(Box::new(GeoJson { out, any: false }))
}

impl Sink for GeoJson<'_> {
    fn put(&mut self, dossier: &Dossier) -> io::Result<()> {
        let parted = if self.any { ",\n" } else { "\n" };
        self.any = true;
        self.out.write_all(parted.as_bytes())?;
        Ok(serde_json::to_writer(&mut *self.out, &feature(dossier))?)
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")
    }
}

fn feature(dossier: &Dossier) -> Value {
    let record = Record(dossier);
    let point = record.place().and_then(point);
    json!({
        "type": "Feature",
        "id": dossier.incident.case.as_str(),
        "geometry": point.map(|at| json!({"type": "Point", "coordinates": at})),
        "properties": properties(&record),
    })
}

/// Longitude and latitude.
pub(super) fn point(place: &Place) -> Option<[f64; 2]> {
    let (lat, lon) = (place.lat?, place.lon?);
    let real = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
    real.then_some([lon, lat])
}

/// What is known of an incident besides its point, under plain names; what nobody says is left out.
pub(super) fn properties(record: &Record<'_>) -> Map<String, Value> {
    let card = &record.0.incident;
    let mut out = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() && value != "" {
            out.insert(name.to_owned(), value);
        }
    };
    put("title", card.title.as_str().into());
    put("event", record.event().into());
    let when = record.when();
    put("start", when.map(|it| it.start.date().to_string()).into());
    put("end", when.map(|it| last_day(it).to_string()).into());
    put("when_precision", json!(when.map(|it| it.precision)));
    put("place", card.place.as_ref().map(model::Value::label).into());
    let place = record.place();
    put("place_precision", json!(place.map(|it| it.precision)));
    put("radius_m", place.and_then(|it| it.radius_m).into());
    put("country", place.and_then(|it| it.country.clone()).into());
    for slot in [Slot::Killed, Slot::Injured] {
        let ucdp = record.rule(slot, RuleName::Ucdp);
        for (name, value) in [
            ("low", ucdp.and_then(|it| it.low)),
            ("best", ucdp.and_then(|it| it.best)),
            ("high", ucdp.and_then(|it| it.high)),
        ] {
            put(&format!("{slot}_{name}"), value.into());
        }
        if ucdp.is_some() {
            put(&format!("{slot}_rule"), "ucdp".into());
        }
    }
    put("disputed", record.disputes().into());
    put("reports", record.0.reports.len().into());
    put("voices", record.voices().into());
    put("version", card.id.as_str().into());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{export::Options, publish::fixture};

    fn written(dossiers: &[Dossier]) -> Value {
        let mut out = Vec::new();
        GEOJSON
            .write(dossiers, Options::default(), &mut out)
            .unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn longitude_comes_first_and_a_place_may_be_unknown() {
        let mut market = fixture::market().0;
        let model::Value::Place(place) = market.incident.place.as_mut().unwrap() else {
            panic!("a place");
        };
        (place.lat, place.lon) = (Some(12.5), Some(-7.25));
        let all = written(&[market.clone(), fixture::empty().0]);
        let features = all["features"].as_array().unwrap();
        assert_eq!(features[0]["geometry"]["coordinates"], json!([-7.25, 12.5]));
        assert_eq!(features[0]["properties"]["killed_rule"], "ucdp");
        assert!(features[1]["geometry"].is_null());
        assert_eq!(written(&[])["features"], json!([]));
        // A place that is none on Earth has no point.
        let model::Value::Place(place) = market.incident.place.as_mut().unwrap() else {
            panic!("a place");
        };
        place.lat = Some(120.0);
        assert!(written(&[market])["features"][0]["geometry"].is_null());
    }
}

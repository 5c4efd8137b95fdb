//! PLOVER records, a line an incident.
//!
//! Source: PLOVER codebook (Open Event Data Alliance): event types and modes, required fields, the size object. An
//! incident whose kind PLOVER has no type for, or whose day or actor no report says, gives no record: those fields are
//! required there, and none is made up.

use model::{Dossier, PlacePrecision, RuleName, Slot};
use serde_json::{Map, Value, json};

use super::{
    annotation::is_web,
    format::Format,
    json::{Around, Json},
    tables::{Record, last_day},
};

/// The format.
pub(super) const PLOVER: Format = Format {
    name: "plover",
    ending: "jsonl",
    texts: false,
    about: "PLOVER records, a line an incident that has a day, a named actor and a type there",
    columns: || Vec::new(),
    open: |_, out| Json::open(out, Around::LINES, records),
};

fn records(dossier: &Dossier) -> Vec<Value> {
    record(dossier).into_iter().collect()
}

fn record(dossier: &Dossier) -> Option<Value> {
    let it = Record(dossier);
    let when = it.when()?;
    let actor = it.party(Slot::Actor)?;
    let (kind, mode) = kind(&it)?;
    let mut out = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() && value != "" {
            out.insert(name.to_owned(), value);
        }
    };
    put("id", dossier.incident.case.as_str().into());
    put("date", when.start.date().to_string().into());
    if it.days() > 1 {
        put("enddate", last_day(when).to_string().into());
    }
    put("actor", json!([{"actor": actor.name}]));
    if let Some(target) = it.party(Slot::Target) {
        put("recipient", json!([{"recipient": target.name}]));
    }
    put("event", json!([kind]));
    put("mode", mode.into());
    let mut size = Map::new();
    for (name, slot) in [
        ("dead", Slot::Killed),
        ("injured", Slot::Injured),
        ("arrested", Slot::Captured),
    ] {
        if let Some(n) = it.rule(slot, RuleName::Ucdp).and_then(|it| it.best) {
            size.insert(name.to_owned(), n.into());
        }
    }
    if !size.is_empty() {
        put("size", size.into());
    }
    put("event_loc", place(&it));
    put("event_text", it.notes().into());
    let cites = dossier.reports.iter().filter_map(|card| {
        let report = &card.report;
        let url = report.url.clone().filter(|it| is_web(it))?;
        Some(
            json!({"url": url, "title": report.title, "publication": report.source.name,
                    "language": report.language}),
        )
    });
    let cites: Vec<Value> = cites.collect();
    if !cites.is_empty() {
        put("cite_info", cites.into());
    }
    put("coder", format!("Crossbearing {}", dossier.version).into());
    Some(out.into())
}

/// The location as PLOVER has it: resolution 1 is the finest.
fn place(it: &Record<'_>) -> Value {
    use PlacePrecision as P;
    let Some(place) = it.place() else {
        return Value::Null;
    };
    let resolution = match place.precision {
        P::Street | P::Site | P::Neighbourhood => Some(1),
        P::City => Some(2),
        P::District => Some(3),
        P::Region => Some(4),
        P::Country => Some(5),
        P::Unresolved => None,
    };
    let geonames = place
        .id
        .as_deref()
        .and_then(|it| it.strip_prefix("geonames:"));
    let mut out = Map::new();
    for (name, value) in [
        ("name", json!(place.name)),
        ("geonameid", json!(geonames)),
        ("lat", json!(place.lat)),
        ("lon", json!(place.lon)),
        ("country", json!(it.country().map(|it| it.alpha3))),
        ("resolution", json!(resolution)),
    ] {
        if !value.is_null() {
            out.insert(name.to_owned(), value);
        }
    }
    out.into()
}

/// Type and mode.
fn kind(it: &Record<'_>) -> Option<(&'static str, &'static str)> {
    let means = it.codes(Slot::Means);
    let with = |codes: &[&str]| codes.iter().any(|code| means.contains(code));
    let by_means = || {
        if with(&["suicide_bomb"]) {
            "suicide-attack"
        } else if with(&["drone"]) {
            "drone"
        } else if with(&["airstrike", "aircraft", "barrel_bomb"]) {
            "aerial"
        } else if with(&[
            "artillery",
            "mortar",
            "rocket",
            "missile",
            "cluster_munition",
        ]) {
            "heavy-weapons"
        } else if with(&["chemical"]) {
            "unconventional"
        } else if with(&[
            "bomb",
            "car_bomb",
            "roadside_bomb",
            "mine",
            "explosives",
            "grenade",
        ]) {
            "explosives"
        } else if with(&["firearm"]) {
            "firearms"
        } else if with(&["knife", "blunt"]) {
            "primitive"
        } else {
            ""
        }
    };
    Some(match it.event() {
        "" | "incident" | "violence" => return None,
        "protest" => ("PROTEST", "demo"),
        "riot" => ("PROTEST", "riot"),
        "crackdown" => ("ASSAULT", "crowd-control"),
        "looting" => ("COERCE", "seize"),
        "prison_break" => return None,
        "abduction" => ("ASSAULT", "abduct"),
        "assassination" => ("ASSAULT", "targeted"),
        "arson" => ("ASSAULT", "destroy"),
        "airstrike" if !with(&["drone"]) => ("ASSAULT", "aerial"),
        "shelling" => ("ASSAULT", "heavy-weapons"),
        "shooting" => ("ASSAULT", "firearms"),
        "stabbing" => ("ASSAULT", "primitive"),
        "bombing" | "explosion" if by_means().is_empty() => ("ASSAULT", "explosives"),
        _ => ("ASSAULT", by_means()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture;

    #[test]
    fn what_is_required_there_is_not_made_up() {
        assert_eq!(record(&fixture::empty().0), None);
        let market = fixture::market().0;
        let it = Record(&market);
        let whole = it.when().is_some() && it.party(Slot::Actor).is_some() && kind(&it).is_some();
        let made = record(&market);
        assert_eq!(made.is_some(), whole);
        if let Some(made) = made {
            for name in ["id", "date", "actor", "event"] {
                assert!(!made[name].is_null(), "{name}");
            }
        }
    }
}

//! FollowTheMoney entities, a line each: an Event an incident, an Article a report, a Documentation that ties both, and
//! the persons and bodies that speak or are named as having done it.
//!
//! Source: the FollowTheMoney schema (followthemoney 4). It has no properties for casualties, so that figures stand in
//! `summary`; a claim with its words has no entity there either. The dossier is the record; this is a way to find it.

use std::collections::BTreeMap;

use model::{Dossier, PartyKind, Slot, SpeakerKind};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{
    annotation::is_web,
    format::Format,
    json::{Around, Json},
    tables::{Record, last_day},
};

/// The format.
pub(super) const FTM: Format = Format {
    name: "ftm",
    ending: "ftm.json",
    texts: false,
    about: "FollowTheMoney entities, a line each: Event, Article, Documentation, Person, Organization",
    columns: || Vec::new(),
    open: |_, out| Json::open(out, Around::LINES, entities),
};

/// An entity; what is empty is left out.
fn entity(id: &str, schema: &str, properties: Vec<(&str, Vec<String>)>) -> Value {
    let mut out = Map::new();
    for (name, values) in properties {
        let values: Vec<String> = values
            .into_iter()
            .filter(|it| !it.trim().is_empty())
            .collect();
        if !values.is_empty() {
            out.insert(name.to_owned(), json!(values));
        }
    }
    json!({"id": id, "schema": schema, "properties": out})
}

/// An id as FollowTheMoney takes it: letters, digits, hyphens, dots.
fn key(kind: &str, id: &str) -> String {
    let plain: String = id
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    format!("cb-{kind}-{plain}")
}

/// The id of a party of an incident, by the hash of its name, which may be in any script.
fn party_key(case: &str, name: &str) -> String {
    let hash = Sha256::digest(name.as_bytes());
    let hex: String = hash[..6].iter().map(|byte| format!("{byte:02x}")).collect();
    key("party", &format!("{case}-{hex}"))
}

fn some(words: Option<impl Into<String>>) -> Vec<String> {
    words.map(Into::into).into_iter().collect()
}

fn entities(dossier: &Dossier) -> Vec<Value> {
    let record = Record(dossier);
    let case = dossier.incident.case.as_str();
    let event = key("event", case);
    let parties = parties(dossier);
    let actor = record.party(Slot::Actor).map(|it| it.name.clone());
    let when = record.when();
    let country = record.place().and_then(|it| it.country.clone());
    let involved = parties.keys().map(|name| party_key(case, name));
    let mut out = vec![entity(
        &event,
        "Event",
        vec![
            ("name", vec![dossier.incident.title.clone()]),
            ("summary", vec![record.notes()]),
            (
                "startDate",
                some(when.map(|it| it.start.date().to_string())),
            ),
            ("endDate", some(when.map(|it| last_day(it).to_string()))),
            (
                "location",
                some(dossier.incident.place.as_ref().map(model::Value::label)),
            ),
            ("country", some(country.map(|it| it.to_lowercase()))),
            ("keywords", some(Some(record.event()))),
            ("involved", involved.collect()),
            (
                "notes",
                actor
                    .map(|it| format!("Who did it, as reported: {it}."))
                    .into_iter()
                    .collect(),
            ),
        ],
    )];
    for card in &dossier.reports {
        let report = &card.report;
        let article = key("article", report.id.as_str());
        let url = report.url.clone().filter(|it| is_web(it));
        let published = report.published.as_ref().map(|it| it.date().to_string());
        out.push(entity(
            &article,
            "Article",
            vec![
                ("title", some(report.title.clone())),
                ("publisher", some(report.source.name.clone())),
                ("author", some(report.byline.clone())),
                ("publishedAt", some(published)),
                ("sourceUrl", some(url)),
            ],
        ));
        out.push(entity(
            &key("doc", &format!("{case}-{}", report.id)),
            "Documentation",
            vec![
                ("document", vec![article]),
                ("entity", vec![event.clone()]),
                ("role", vec!["report".to_owned()]),
            ],
        ));
    }
    for (name, schema) in parties {
        let id = party_key(case, &name);
        out.push(entity(&id, schema, vec![("name", vec![name])]));
    }
    out
}

/// Who speaks or is named as having done it, by name, with the schema of each. A name of one incident is no claim that
/// the same name elsewhere is the same one.
fn parties(dossier: &Dossier) -> BTreeMap<String, &'static str> {
    let mut out = BTreeMap::new();
    for claim in &dossier.claims {
        for speaker in &claim.speakers {
            let schema = match speaker.kind {
                SpeakerKind::Person => "Person",
                SpeakerKind::Body => "Organization",
                _ => continue,
            };
            if !speaker.name.trim().is_empty() {
                out.insert(speaker.name.trim().to_owned(), schema);
            }
        }
        if let model::Value::Party(party) = &claim.value
            && claim.slot == Slot::Actor
            && matches!(
                party.kind,
                PartyKind::State | PartyKind::ArmedGroup | PartyKind::Authority
            )
        {
            out.entry(party.name.trim().to_owned())
                .or_insert("Organization");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{export::Options, publish::fixture};

    #[test]
    fn every_report_documents_its_event() {
        let two = [fixture::market().0, fixture::empty().0];
        let reports: usize = two.iter().map(|it| it.reports.len()).sum();
        let mut out = Vec::new();
        FTM.write(&two, Options::default(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let all: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let of = |schema: &str| all.iter().filter(|it| it["schema"] == schema).count();
        assert_eq!(of("Event"), 2);
        assert_eq!(of("Article"), reports);
        assert_eq!(of("Documentation"), reports);
        let ids: std::collections::BTreeSet<&str> =
            all.iter().map(|it| it["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), all.len(), "an id stands once");
        for one in all.iter().filter(|it| it["schema"] == "Documentation") {
            let to = one["properties"]["document"][0].as_str().unwrap();
            assert!(ids.contains(to), "{to}");
        }
    }
}

//! schema.org in JSON-LD: an Event an incident, a NewsArticle a report, a Claim what a report says.
//!
//! Source: schema.org, the types Event, NewsArticle, Claim and Place. A Claim has the words and where they appear; no
//! ClaimReview and no rating stands there, for nothing is judged.

use model::{Claim, Dossier, ReportCard, SpeakerKind};
use serde_json::{Map, Value, json};

use super::{
    annotation::is_web,
    format::Format,
    geojson::point,
    json::{Around, Json},
    tables::{Record, last_day},
};

/// The format.
pub(super) const SCHEMA: Format = Format {
    name: "schema",
    ending: "jsonld",
    texts: false,
    about: "schema.org in JSON-LD: Event, NewsArticle and Claim, without any rating of claims",
    columns: || Vec::new(),
    open: |_, out| Json::open(out, GRAPH, nodes),
};

/// One graph of them all.
const GRAPH: Around = Around {
    before: "{\"@context\":\"https://schema.org\",\"@graph\":[\n",
    between: ",\n",
    after: "\n]}\n",
};

/// A node without what is not known.
fn node(fields: Vec<(&str, Value)>) -> Value {
    let known = |value: &Value| match value {
        Value::Null => false,
        Value::String(words) => !words.trim().is_empty(),
        Value::Array(all) => !all.is_empty(),
        _ => true,
    };
    let fields = fields.into_iter().filter(|(_, value)| known(value));
    let fields: Map<String, Value> = fields.map(|(name, it)| (name.to_owned(), it)).collect();
    fields.into()
}

fn name(id: &str) -> String {
    format!("urn:crossbearing:{id}")
}

fn nodes(dossier: &Dossier) -> Vec<Value> {
    let mut out = vec![event(dossier)];
    out.extend(dossier.reports.iter().map(article));
    out.extend(dossier.claims.iter().map(|it| claim(dossier, it)));
    out
}

fn event(dossier: &Dossier) -> Value {
    let record = Record(dossier);
    let when = record.when();
    let place = record.place().map(|place| {
        let at = point(place).map(
            |[lon, lat]| json!({"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}),
        );
        node(vec![
            ("@type", "Place".into()),
            ("name", place.label().into()),
            ("geo", at.into()),
        ])
    });
    let reports = dossier.reports.iter();
    let articles: Vec<Value> = reports
        .map(|it| json!({"@id": name(it.report.id.as_str())}))
        .collect();
    node(vec![
        ("@type", "Event".into()),
        ("@id", name(dossier.incident.case.as_str()).into()),
        ("name", dossier.incident.title.as_str().into()),
        ("description", record.notes().into()),
        (
            "startDate",
            when.map(|it| it.start.date().to_string()).into(),
        ),
        ("endDate", when.map(|it| last_day(it).to_string()).into()),
        ("location", place.into()),
        ("subjectOf", articles.into()),
    ])
}

fn article(card: &ReportCard) -> Value {
    let report = &card.report;
    let publisher = report.source.name.as_ref();
    let publisher = publisher.map(|name| json!({"@type": "Organization", "name": name}));
    let author = report.byline.as_ref();
    let author = author.map(|name| json!({"@type": "Person", "name": name}));
    node(vec![
        ("@type", "NewsArticle".into()),
        ("@id", name(report.id.as_str()).into()),
        ("headline", report.title.clone().into()),
        (
            "datePublished",
            report
                .published
                .as_ref()
                .map(|it| it.date().to_string())
                .into(),
        ),
        ("inLanguage", report.language.clone().into()),
        ("url", report.url.clone().filter(|it| is_web(it)).into()),
        ("publisher", publisher.into()),
        ("author", author.into()),
    ])
}

fn claim(dossier: &Dossier, claim: &Claim) -> Value {
    let speaker = claim.speaker();
    let kind = match speaker.kind {
        SpeakerKind::Person => "Person",
        _ => "Organization",
    };
    let author = (!speaker.label().trim().is_empty())
        .then(|| json!({"@type": kind, "name": speaker.label()}));
    let says = format!("{}: {}", claim.slot.name(), claim.value.label());
    node(vec![
        ("@type", "Claim".into()),
        ("@id", name(claim.id.as_str()).into()),
        ("name", says.into()),
        ("text", claim.quote().exact.as_str().into()),
        ("author", author.into()),
        (
            "about",
            json!({"@id": name(dossier.incident.case.as_str())}),
        ),
        ("appearance", json!({"@id": name(claim.report.as_str())})),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{export::Options, publish::fixture};

    #[test]
    fn claims_appear_in_articles_and_are_not_rated() {
        let market = fixture::market().0;
        let mut out = Vec::new();
        SCHEMA
            .write(
                &[market.clone(), fixture::empty().0],
                Options::default(),
                &mut out,
            )
            .unwrap();
        let graph: Value = serde_json::from_slice(&out).unwrap();
        let nodes = graph["@graph"].as_array().unwrap();
        let of = |kind: &str| nodes.iter().filter(|it| it["@type"] == kind).count();
        assert_eq!((of("Event"), of("Claim")), (2, market.claims.len()));
        for one in nodes.iter().filter(|it| it["@type"] == "Claim") {
            let at = &one["appearance"]["@id"];
            assert!(nodes.iter().any(|it| it["@id"] == *at), "{at}");
        }
        let text = String::from_utf8(out).unwrap();
        assert!(!text.contains("Rating") && !text.contains("ClaimReview"));
    }
}

//! PROV-JSON: what was derived from what, and by whom.
//!
//! Source: W3C Recommendation "PROV-DM" (30 April 2013) and W3C Member Submission "The PROV-JSON Serialization". The
//! bytes as received are an entity, the plain text taken from them another, each claim one that was quoted from the
//! text, the dossier one that was derived from the claims. Reading is an activity of the reader's version; what a
//! person decided is one of that person. One bundle an incident.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use model::{Dossier, Judged};
use serde_json::{Map, Value, json};

use super::format::{Format, Sink};

/// The format.
pub(super) const PROV: Format = Format {
    name: "prov",
    ending: "json",
    texts: false,
    about: "PROV-JSON, a bundle an incident: which claim was quoted from which text, read by what, decided by whom",
    columns: || Vec::new(),
    open: |_, out| open(out),
};

struct Prov<'a> {
    out: &'a mut dyn Write,
    any: bool,
}

const PREFIX: &str = "{\"prefix\":{\"cb\":\"urn:crossbearing:\"},\"bundle\":{";

fn open<'a>(out: &'a mut dyn Write) -> io::Result<Box<dyn Sink + 'a>> {
    out.write_all(PREFIX.as_bytes())?;
    Ok(Box::new(Prov { out, any: false }))
}

impl Sink for Prov<'_> {
    fn put(&mut self, dossier: &Dossier) -> io::Result<()> {
        let parted = if self.any { ",\n" } else { "\n" };
        self.any = true;
        let name = Value::from(named("bundle-", dossier.incident.case.as_str()));
        write!(self.out, "{parted}{name}:")?;
        Ok(serde_json::to_writer(&mut *self.out, &bundle(dossier))?)
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n}}\n")
    }
}

/// A name of ours in PROV: a colon would part prefix and name.
fn named(kind: &str, id: &str) -> String {
    let plain: String = id
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') {
                c
            } else {
                '_'
            }
        })
        .collect();
    format!("cb:{kind}{plain}")
}

fn bundle(dossier: &Dossier) -> Value {
    let mut all: [Map<String, Value>; 7] = Default::default();
    let [
        entities,
        activities,
        agents,
        derived,
        generated,
        used,
        associated,
    ] = &mut all;
    let typed = |kind: &str| json!({"$": format!("cb:{kind}"), "type": "prov:QUALIFIED_NAME"});
    for card in &dossier.reports {
        let (report, text) = (
            named("", card.report.id.as_str()),
            named("", card.report.text.as_str()),
        );
        let mut of = Map::new();
        of.insert("prov:type".to_owned(), typed("Report"));
        for (name, words) in [
            ("prov:label", &card.report.title),
            ("cb:outlet", &card.report.source.name),
            ("cb:address", &card.report.url),
        ] {
            if let Some(words) = words {
                of.insert(name.to_owned(), words.as_str().into());
            }
        }
        entities.insert(report.clone(), of.into());
        entities.insert(text.clone(), json!({"prov:type": typed("Text")}));
        derived.insert(
            format!("_:text-{}", &text[3..]),
            json!({"prov:generatedEntity": text, "prov:usedEntity": report}),
        );
    }
    let own = named("dossier-", dossier.incident.case.as_str());
    entities.insert(
        own.clone(),
        json!({"prov:type": typed("Dossier"), "prov:label": dossier.incident.title,
               "cb:version": dossier.incident.id.as_str(), "cb:program": dossier.version}),
    );
    let mut readers = BTreeSet::new();
    for claim in dossier.claims.iter().chain(&dossier.background) {
        let name = named("", claim.id.as_str());
        let text = named("", claim.quote().text.as_str());
        let says = format!("{}: {}", claim.slot.name(), claim.value.label());
        entities.insert(
            name.clone(),
            json!({"prov:type": typed("Claim"), "prov:label": says, "cb:quote": claim.quote().exact,
                   "cb:start": claim.quote().start, "cb:end": claim.quote().end, "cb:rule": claim.rule}),
        );
        let key = &name[3..];
        derived.insert(
            format!("_:quoted-{key}"),
            json!({"prov:generatedEntity": name, "prov:usedEntity": text, "prov:type": {"$": "prov:Quotation",
                   "type": "prov:QUALIFIED_NAME"}}),
        );
        derived.insert(
            format!("_:from-{key}"),
            json!({"prov:generatedEntity": own, "prov:usedEntity": name}),
        );
        let reading = named("reading-", &format!("{}-{}", claim.reader, &text[3..]));
        generated.insert(
            format!("_:read-{key}"),
            json!({"prov:entity": name, "prov:activity": reading}),
        );
        if readers.insert(reading.clone()) {
            let agent = named("reader-", &claim.reader);
            activities.insert(reading.clone(), json!({"prov:type": typed("Reading")}));
            agents.insert(
                agent.clone(),
                json!({"prov:type": {"$": "prov:SoftwareAgent", "type": "prov:QUALIFIED_NAME"},
                       "prov:label": format!("Crossbearing reader {}", claim.reader)}),
            );
            let key = &reading[3..];
            used.insert(
                format!("_:uses-{key}"),
                json!({"prov:activity": reading, "prov:entity": text}),
            );
            associated.insert(
                format!("_:by-{key}"),
                json!({"prov:activity": reading, "prov:agent": agent}),
            );
        }
        if let Some(judged) = &claim.judged {
            decided(
                &name,
                judged,
                [&mut *activities, &mut *agents, &mut *used, &mut *associated],
            );
        }
    }
    let names = [
        "entity",
        "activity",
        "agent",
        "wasDerivedFrom",
        "wasGeneratedBy",
        "used",
        "wasAssociatedWith",
    ];
    let mut out = Map::new();
    for (name, of) in names.into_iter().zip(all) {
        if !of.is_empty() {
            out.insert(name.to_owned(), of.into());
        }
    }
    out.into()
}

/// What a person decided on a claim.
fn decided(claim: &str, judged: &Judged, all: [&mut Map<String, Value>; 4]) {
    let [activities, agents, used, associated] = all;
    let (name, agent) = (named("", &judged.judgement), named("person-", &judged.who));
    activities.insert(
        name.clone(),
        json!({"prov:label": judged.kind, "cb:reason": judged.reason}),
    );
    agents.insert(
        agent.clone(),
        json!({"prov:type": {"$": "prov:Person", "type": "prov:QUALIFIED_NAME"}, "prov:label": judged.who}),
    );
    let key = &name[3..];
    used.insert(
        format!("_:judges-{key}"),
        json!({"prov:activity": name, "prov:entity": claim}),
    );
    associated.insert(
        format!("_:judged-{key}"),
        json!({"prov:activity": name, "prov:agent": agent}),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{export::Options, publish::fixture};

    #[test]
    fn every_claim_comes_from_a_text_and_a_reading() {
        let mut market = fixture::market().0;
        market.claims[0].judged = Some(Judged {
            judgement: "j:01".to_owned(),
            kind: "accept".to_owned(),
            who: "Ana: \"A\"".to_owned(),
            reason: "seen".to_owned(),
            field: None,
            said: None,
        });
        let mut out = Vec::new();
        PROV.write(
            &[market.clone(), fixture::empty().0],
            Options::default(),
            &mut out,
        )
        .unwrap();
        let all: Value = serde_json::from_slice(&out).unwrap();
        let bundles = all["bundle"].as_object().unwrap();
        assert_eq!(bundles.len(), 2);
        let own = &bundles[&named("bundle-", market.incident.case.as_str())];
        let claims = market.claims.len() + market.background.len();
        assert_eq!(own["wasGeneratedBy"].as_object().unwrap().len(), claims);
        let derived = own["wasDerivedFrom"].as_object().unwrap().len();
        assert_eq!(derived, market.reports.len() + 2 * claims);
        assert_eq!(
            own["agent"]["cb:person-Ana___A_"]["prov:label"],
            "Ana: \"A\""
        );
    }
}

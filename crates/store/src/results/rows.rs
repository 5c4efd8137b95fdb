//! The rows that a reading gives.

use std::collections::BTreeSet;

use model::{Account, Claim, Reading, Scope, SpeakerKind, Value as Said};
use serde::Serialize;

use crate::{
    Error,
    database::Value,
    schema::{Table, table},
};

/// Rows of one kind that a report may have: its number times this, and on.
pub(super) const STRIDE: i64 = 65_536;

/// The rows that a reading gives, table by table.
#[derive(Default)]
pub(super) struct Rows {
    pub accounts: Vec<Vec<Value>>,
    pub claims: Vec<Vec<Value>>,
    pub quotes: Vec<Vec<Value>>,
    pub names: Vec<Vec<Value>>,
}

pub(super) fn json<T: Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| {
        Error::Engine(format!(
            "what was read could not be written as JSON: {error}"
        ))
    })
}

/// The name of a value as its JSON has it: `at_least`.
pub(super) fn name<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Whom a claim counts or is about, in words.
pub fn who(scope: &Scope) -> String {
    if scope.is_all() {
        return "all".to_owned();
    }
    let fields = serde_json::to_value(scope).unwrap_or_default();
    let part = |field: &str| {
        let value = fields
            .get(field)
            .and_then(|value| value.as_str())
            .unwrap_or_default();
        (!matches!(value, "" | "all" | "unsaid")).then(|| value.replace('_', " "))
    };
    let parts: Vec<String> = ["nationality", "side", "sex", "age", "kind", "role"]
        .into_iter()
        .filter_map(part)
        .collect();
    if parts.is_empty() {
        "some".to_owned()
    } else {
        parts.join(" ")
    }
}

/// Who says it, from the one who knows to the outlet.
pub fn chain(claim: &Claim, outlet: Option<&str>) -> String {
    let label = |speaker: &model::Speaker| match (speaker.kind, speaker.label()) {
        (SpeakerKind::Publisher, own) if own.is_empty() => {
            outlet.unwrap_or("the report").to_owned()
        }
        (_, own) => own,
    };
    claim
        .speakers
        .iter()
        .map(label)
        .collect::<Vec<_>>()
        .join(" → ")
}

impl Rows {
    pub(super) fn of(seq: i64, reading: &Reading) -> Result<Self, Error> {
        let mut out = Self::default();
        let report = reading.report.id.as_str();
        let outlet = reading.report.source.name.as_deref();
        let mut names: BTreeSet<(&str, String)> = BTreeSet::new();
        for (number, account) in reading.accounts.iter().enumerate() {
            out.accounts.push(vec![
                account.id.as_str().into(),
                report.into(),
                number.into(),
                name(&account.kind).into(),
                account.label.as_str().into(),
            ]);
            for claim in &account.claims {
                let at = seq * STRIDE + i64::try_from(out.claims.len()).unwrap_or(STRIDE);
                // A report of more claims keeps them in its reading alone.
                if at < (seq + 1) * STRIDE {
                    out.claim(at, report, outlet, account, claim)?;
                }
                named(claim, &mut names);
            }
        }
        for (number, (kind, name)) in (0..STRIDE).zip(names) {
            out.names.push(vec![
                (seq * STRIDE + number).into(),
                report.into(),
                kind.into(),
                name.into(),
            ]);
        }
        Ok(out)
    }

    fn claim(
        &mut self,
        at: i64,
        report: &str,
        outlet: Option<&str>,
        account: &Account,
        claim: &Claim,
    ) -> Result<(), Error> {
        let count = claim.value.count();
        self.claims.push(vec![
            at.into(),
            claim.id.as_str().into(),
            report.into(),
            account.id.as_str().into(),
            claim.slot.name().into(),
            count.map(|count| count.low).into(),
            count.and_then(|count| count.high).into(),
            count.map(|count| name(&count.bound)).into(),
            claim.value.words().into(),
            who(&claim.scope).into(),
            claim.as_of.as_ref().map(|when| when.label()).into(),
            name(&claim.stance.kind).into(),
            chain(claim, outlet).into(),
            claim
                .quotes
                .first()
                .map(|quote| quote.exact.as_str())
                .unwrap_or_default()
                .into(),
            claim.rule.as_str().into(),
            claim.reader.as_str().into(),
            json(claim)?.into(),
        ]);
        for (number, quote) in claim.quotes.iter().enumerate() {
            self.quotes.push(vec![
                at.into(),
                number.into(),
                quote.text.as_str().into(),
                quote.start.into(),
                quote.end.into(),
                quote.exact.as_str().into(),
            ]);
        }
        Ok(())
    }

    pub(super) fn each(&self) -> [(&'static Table, &Vec<Vec<Value>>); 4] {
        [
            (table("accounts"), &self.accounts),
            (table("claims"), &self.claims),
            (table("quotes"), &self.quotes),
            (table("names"), &self.names),
        ]
    }
}

/// The persons, bodies and places that a claim names.
fn named<'a>(claim: &'a Claim, names: &mut BTreeSet<(&'a str, String)>) {
    let mut take = |kind: &'static str, name: &str| {
        let name = name.trim();
        if !name.is_empty() {
            names.insert((kind, name.to_owned()));
        }
    };
    for speaker in &claim.speakers {
        if matches!(speaker.kind, SpeakerKind::Person | SpeakerKind::Body) {
            take("speaker", &speaker.name);
            take(
                "speaker",
                speaker.affiliation.as_deref().unwrap_or_default(),
            );
        }
    }
    for party in claim.actor.iter().chain(&claim.addressee) {
        take("party", &party.name);
    }
    match &claim.value {
        Said::Party(party) => take("party", &party.name),
        Said::Place(place) => {
            take("place", &place.name);
            take("place", place.site.as_deref().unwrap_or_default());
        }
        _ => {}
    }
}

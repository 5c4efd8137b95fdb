//! One incident as the public would see it, beside what is in the casebook. It is never kept by a browser.

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension,
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderValue, header},
    response::Response,
};
use casebook::{
    book::outgoing::{self, Profile},
    publish::words,
};
use model::{Dossier, Value};
use serde::{Deserialize, Serialize};
use store::{lookup, people::Role, results};

use super::incidents::asked;
use crate::{
    desk::Desk,
    frame::{self, Frame, short},
    refusal::Refusal,
    visitor::Visitor,
};

/// Claims that are shown, the first.
const CLAIMS: usize = 200;
/// Characters of a cell.
const LONG: usize = 600;

/// Which incident.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    case: String,
}

/// Something of an incident, as it is and as it would be seen.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Pair {
    /// What it is.
    what: String,
    /// In the casebook.
    own: String,
    /// In a public copy.
    public: String,
    /// Whether they differ.
    differs: bool,
}

#[derive(Serialize)]
struct Preview {
    /// The incident.
    case: String,
    /// Why it would be left out; empty where it would not.
    left_out: String,
    /// The incident itself.
    incident: Vec<Pair>,
    /// Its reports.
    reports: Vec<Pair>,
    /// Its claims, the first of many.
    claims: Vec<Pair>,
    /// How many claims there are.
    all_claims: usize,
}

#[derive(Template)]
#[template(path = "preview.html")]
struct Page {
    frame: Frame,
    it: Preview,
}

impl Page {
    fn parts(&self) -> [(&'static str, &[Pair]); 3] {
        [
            ("The incident", &self.it.incident),
            ("Its reports", &self.it.reports),
            ("Its claims", &self.it.claims),
        ]
    }
}

/// The page.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    let it = look(&desk, &visitor, asked(query)?).await?;
    unkept(frame::html(&Page {
        frame: Frame::new(&visitor, "settings", "As the public would see it")?.with_json(),
        it,
    }))
}

/// The same as JSON.
pub async fn json(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    unkept(frame::json(&look(&desk, &visitor, asked(query)?).await?))
}

fn unkept(answer: Result<Response, Refusal>) -> Result<Response, Refusal> {
    let mut answer = answer?;
    let never = HeaderValue::from_static("no-store");
    answer.headers_mut().insert(header::CACHE_CONTROL, never);
    Ok(answer)
}

async fn look(desk: &Arc<Desk>, visitor: &Visitor, asked: Asked) -> Result<Preview, Refusal> {
    visitor.may(Role::Admin)?;
    let begin = asked.case.trim().to_owned();
    if begin.is_empty() {
        let hint = "the page of an incident has its id in its address: k:…";
        return Err(Refusal::bad("no incident is named", hint));
    }
    desk.pool
        .with(move |store| {
            let Profile::Public(policy) = outgoing::public_profile(store)? else {
                return Err(Refusal::fault());
            };
            let database = store.database();
            let case = lookup::case_id(database, &begin)?;
            let shown = outgoing::shown(database, &policy, &case)?;
            let Some((own, public)) = shown else {
                return Err(Refusal::absent("no report tells of this incident any more"));
            };
            Ok(match public {
                Ok(public) => Preview {
                    case,
                    left_out: String::new(),
                    incident: incident(&own, &public.dossier),
                    reports: reports(&own, &public.dossier),
                    claims: claims(&own, &public.dossier),
                    all_claims: own.claims.len(),
                },
                Err(leak) => Preview {
                    case,
                    left_out: leak.to_string(),
                    incident: Vec::new(),
                    reports: Vec::new(),
                    claims: Vec::new(),
                    all_claims: own.claims.len(),
                },
            })
        })
        .await
}

fn pair(what: impl Into<String>, own: String, public: String) -> Pair {
    Pair {
        what: what.into(),
        differs: own != public,
        own: short(&own, LONG),
        public: short(&public, LONG),
    }
}

fn incident(own: &Dossier, public: &Dossier) -> Vec<Pair> {
    let both = |what: &str, of: &dyn Fn(&Dossier) -> String| pair(what, of(own), of(public));
    let figure = |slot: model::Slot| {
        move |it: &Dossier| {
            let agreed = it.agreed(slot);
            agreed.map(|it| words::number(it.n)).unwrap_or_default()
        }
    };
    vec![
        both("Title", &|it| it.incident.title.clone()),
        both("When", &|it| {
            it.incident
                .when
                .as_ref()
                .map(words::when)
                .unwrap_or_default()
        }),
        both("Where", &|it| {
            it.incident
                .place
                .as_ref()
                .map(Value::label)
                .unwrap_or_default()
        }),
        both("Coordinates", &|it| match &it.incident.place {
            Some(Value::Place(place)) => match (place.lat, place.lon) {
                (Some(lat), Some(lon)) => format!("{lat}, {lon}"),
                _ => String::new(),
            },
            _ => String::new(),
        }),
        both("Killed", &figure(model::Slot::Killed)),
        both("Injured", &figure(model::Slot::Injured)),
    ]
}

/// The redaction changes what a report or a claim says and drops none, so that they stand in one order.
fn reports(own: &Dossier, public: &Dossier) -> Vec<Pair> {
    let told = |card: &model::ReportCard| {
        let report = &card.report;
        let parts = [
            &report.source.name,
            &report.title,
            &report.byline,
            &report.url,
        ];
        let parts: Vec<&str> = parts.into_iter().filter_map(Option::as_deref).collect();
        parts.join(" · ")
    };
    let both = own.reports.iter().zip(&public.reports);
    both.map(|(own, public)| pair(format!("Report {}", own.letter), told(own), told(public)))
        .collect()
}

fn claims(own: &Dossier, public: &Dossier) -> Vec<Pair> {
    let told = |dossier: &Dossier, claim: &model::Claim| {
        let card = dossier.report(&claim.report);
        let outlet = card.and_then(|it| it.report.source.name.as_deref());
        format!(
            "{}, says {}: “{}”",
            claim.value.label(),
            results::chain(claim, outlet),
            claim.quote().exact
        )
    };
    let both = own.claims.iter().zip(&public.claims).take(CLAIMS);
    both.map(|(one, other)| pair(words::slot(one.slot), told(own, one), told(public, other)))
        .collect()
}

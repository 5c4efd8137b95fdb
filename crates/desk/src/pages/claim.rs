//! One claim: what the reader says, in which words, what people decided on it, and the form to decide.

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension,
    extract::{Path, State, rejection::PathRejection},
    response::{IntoResponse as _, Redirect, Response},
};
use casebook::{
    book::{BY_HAND, propose::PROPOSED},
    publish::words,
};
use model::{Claim, StanceKind};
use schemars::JsonSchema;
use serde::Serialize;
use store::{Store, lists, lookup, results};

use super::{
    decided::{self, Decided},
    incidents::named,
    phrase::words_at,
};
use crate::{
    desk::Desk,
    frame::{self, Frame, short},
    refusal::Refusal,
    visitor::Visitor,
};

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Claim")]
pub struct Shown {
    /// Its id.
    pub id: String,
    slot: &'static str,
    value: String,
    who: String,
    stance: &'static str,
    speakers: String,
    quote: String,
    rule: String,
    reader: String,
    /// Whether a person added it, for the reader did not find it.
    added: bool,
    /// Which language model proposed it, with the hash of what it was told to do; empty where none did.
    #[serde(skip_serializing_if = "String::is_empty")]
    proposed: String,
    /// Where its words stand.
    href: String,
    /// Address and title of each incident that its report tells of.
    incidents: Vec<(String, String)>,
    /// What people decided on it, the latest first.
    decided: Vec<Decided>,
    #[serde(skip)]
    seen: i64,
}

#[derive(Template)]
#[template(path = "claim.html")]
struct Page {
    frame: Frame,
    claim: Shown,
}

/// The page and its JSON.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, Refusal> {
    let id = named(path)?;
    let json = id.ends_with(".json");
    let begin = id.strip_suffix(".json").unwrap_or(&id).to_owned();
    let asked = begin.clone();
    let claim = desk.pool.with(move |store| find(store, &begin)).await?;
    if claim.id != asked {
        let ending = if json { ".json" } else { "" };
        return Ok(Redirect::permanent(&format!("/claims/{}{ending}", claim.id)).into_response());
    }
    if json {
        return frame::json(&claim);
    }
    let title = format!("{}: {}", claim.slot, short(&claim.value, 80));
    frame::html(&Page {
        frame: Frame::new(&visitor, "review", &title)?
            .with_json()
            .with_forms(claim.seen)
            .unfolded(),
        claim,
    })
}

/// The claim whose id begins so.
pub fn find(store: &mut Store, begin: &str) -> Result<Shown, Refusal> {
    let database = store.database();
    let (id, claim) = lookup::claim(database, begin)?;
    let cases = results::cases_of(database, claim.report.as_str())?;
    let titles = lists::titles(database, &cases)?;
    let decided = decided::on(database, &id)?;
    let seen = lists::seen(database)?;
    Ok(shown(id, &claim, titles, decided, seen))
}

fn shown(
    id: String,
    claim: &Claim,
    titles: std::collections::BTreeMap<String, String>,
    decided: Vec<Decided>,
    seen: i64,
) -> Shown {
    let incidents = titles.into_iter();
    Shown {
        href: words_at(claim.report.as_str(), &id),
        slot: words::slot(claim.slot),
        value: short(&words::grouped(&claim.value.label()), 400),
        who: decided::whom(&claim.scope),
        stance: match claim.stance.kind {
            StanceKind::Asserted => "said plainly",
            kind => words::stance(kind),
        },
        speakers: short(&results::chain(claim, None), 400),
        quote: short(&claim.quote().exact, 1_000),
        added: claim.rule == BY_HAND || claim.rule == PROPOSED,
        proposed: match claim.rule == PROPOSED {
            true => claim.reader.clone(),
            false => String::new(),
        },
        rule: claim.rule.clone(),
        reader: claim.reader.clone(),
        incidents: incidents
            .map(|(case, title)| (format!("/incidents/{case}"), short(&title, 160)))
            .collect(),
        id,
        decided,
        seen,
    }
}

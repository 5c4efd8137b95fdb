//! Looking for words in reports, claims and names.

use std::{collections::BTreeMap, sync::Arc};

use askama::Template;
use axum::{
    Extension,
    extract::{Query, State, rejection::QueryRejection},
    response::Response,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{lists, search};

use super::{incidents::asked, phrase::words_at};
use crate::{
    desk::Desk,
    frame::{self, Frame, encoded, short},
    refusal::Refusal,
    visitor::Visitor,
};

/// Hits on a page.
pub const MOST: usize = 50;

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Words.
    pub q: String,
    /// `claims` or `names`; else reports.
    pub within: String,
}

#[derive(Serialize, JsonSchema)]
pub struct Hit {
    #[serde(flatten)]
    found: search::Found,
    #[serde(skip)]
    title: String,
    /// Where it is shown.
    href: String,
    #[serde(skip)]
    incidents: Vec<(String, String)>,
}

#[derive(Serialize, Default, JsonSchema)]
pub struct Hits {
    /// What was looked through.
    within: &'static str,
    /// What was found, the latest added first.
    found: Vec<Hit>,
    /// Whether there may be more.
    cut: bool,
}

#[derive(Template)]
#[template(path = "search.html")]
struct Page {
    frame: Frame,
    q: String,
    hits: Arc<Hits>,
    /// Name, address and whether it is this one, of each kind of thing that is looked through.
    kinds: Vec<(&'static str, String, bool)>,
    most: usize,
}

/// The page.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    let asked = asked(query)?;
    let q = asked.q.clone();
    let hits = look(&desk, asked, MOST).await?;
    let kind = |name: &'static str| {
        let to = format!("/search?within={name}&q={}", encoded(&q));
        (name, to, hits.within == name)
    };
    frame::html(&Page {
        frame: Frame::new(&visitor, "search", "Search")?.with_json(),
        kinds: ["reports", "claims", "names"]
            .into_iter()
            .map(kind)
            .collect(),
        hits,
        q,
        most: MOST,
    })
}

/// The same as JSON.
pub async fn json(
    State(desk): State<Arc<Desk>>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    frame::json(&*look(&desk, asked(query)?, MOST).await?)
}

/// What is found, so much at most.
pub async fn look(desk: &Arc<Desk>, asked: Asked, most: usize) -> Result<Arc<Hits>, Refusal> {
    let within = match asked.within.as_str() {
        "claims" => "claims",
        "names" => "names",
        _ => "reports",
    };
    if asked.q.trim().is_empty() {
        return Ok(Arc::new(Hits {
            within,
            ..Hits::default()
        }));
    }
    let own = desk.clone();
    desk.pool
        .with(move |store| {
            let state = own.state(store)?;
            let key = format!("search {within} {most} {}", asked.q);
            let make = || find(store, &asked.q, within, most);
            own.memory.get(&state, &key, make)
        })
        .await
}

fn find(
    store: &mut store::Store,
    q: &str,
    within: &'static str,
    most: usize,
) -> Result<Hits, Refusal> {
    let query = search::Query::parse(q)?;
    let database = store.database();
    let finds = match within {
        "claims" => search::claims(database, &query, most)?,
        "names" => search::names(database, &query, most)?,
        _ => search::reports(database, &query, most)?,
    };
    let found = finds.found;
    let cases: Vec<String> = found.iter().flat_map(|it| it.cases.clone()).collect();
    let titles = lists::titles(database, &cases)?;
    Ok(Hits {
        within,
        cut: finds.stopped || found.len() == most,
        found: found.into_iter().map(|it| hit(it, &titles)).collect(),
    })
}

fn hit(found: search::Found, titles: &BTreeMap<String, String>) -> Hit {
    let href = match found.id.starts_with("c:") {
        true => words_at(&found.report, &found.id),
        false => format!("/reports/{}", found.report),
    };
    let incidents = found.cases.iter().filter_map(|case| {
        let title = titles.get(case)?;
        Some((format!("/incidents/{case}"), short(title, 120)))
    });
    Hit {
        title: short(found.title.as_deref().unwrap_or_default(), 220),
        href,
        incidents: incidents.collect(),
        found,
    }
}

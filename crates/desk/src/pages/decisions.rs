//! All that people decided, the latest first, with what each changed.

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension,
    extract::{Query, State, rejection::QueryRejection},
    response::Response,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::lists;

use super::{
    decided::{self, Decided},
    incidents::asked,
};
use crate::{
    desk::Desk,
    frame::{self, Frame},
    refusal::Refusal,
    visitor::Visitor,
};

/// Decisions on a page.
pub const EACH: usize = 50;

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The number to begin at, downwards.
    pub from: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Judgements")]
pub struct History {
    decisions: Vec<Decided>,
    /// The number to go on at; absent at the end.
    pub next: Option<i64>,
    #[serde(skip)]
    seen: i64,
}

#[derive(Template)]
#[template(path = "decisions.html")]
struct Page {
    frame: Frame,
    history: History,
    older: String,
}

/// The page.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    let history = look(&desk, asked(query)?, EACH).await?;
    let older = history.next.map(|next| format!("/decisions?from={next}"));
    frame::html(&Page {
        frame: Frame::new(&visitor, "review", "Decisions")?
            .with_json()
            .with_forms(history.seen),
        older: older.unwrap_or_default(),
        history,
    })
}

/// The same as JSON.
pub async fn json(
    State(desk): State<Arc<Desk>>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    frame::json(&look(&desk, asked(query)?, EACH).await?)
}

/// So many decisions, the latest first.
pub async fn look(desk: &Arc<Desk>, asked: Asked, each: usize) -> Result<History, Refusal> {
    let from = match asked.from.as_str() {
        "" => i64::MAX,
        n => n
            .parse()
            .map_err(|_| Refusal::bad("not the number of a decision", "a whole number"))?,
    };
    desk.pool
        .with(move |store| {
            let database = store.database();
            let mut found = lists::judgements(database, from, each + 1)?;
            let next = found.get(each).map(|it| it.seq);
            found.truncate(each);
            Ok(History {
                seen: lists::seen(database)?,
                decisions: decided::of(database, found)?,
                next,
            })
        })
        .await
}

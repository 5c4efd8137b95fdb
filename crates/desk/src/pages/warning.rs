//! What awaits, before pages show words of reports: asked once a session where the casebook wants it.

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension, Form,
    extract::{
        Query, State,
        rejection::{FormRejection, QueryRejection},
    },
    http::header,
    response::{AppendHeaders, IntoResponse as _, Redirect, Response},
};
use casebook::book::config;
use serde::Deserialize;
use store::people::Role;

use super::{
    form::{back, unread},
    incidents::asked,
};
use crate::{
    desk::Desk,
    frame::{self, Frame},
    refusal::Refusal,
    visitor::{self, Asked, Visitor},
};

/// Leads to the question, and from there to what was asked for.
pub fn first(visitor: &Visitor) -> Response {
    let to = format!("/warning?to={}", frame::encoded(&visitor.here));
    Redirect::to(&to).into_response()
}

/// Where somebody was going.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Going {
    to: String,
}

#[derive(Template)]
#[template(path = "warning.html")]
struct Page {
    frame: Frame,
    /// What it says.
    words: String,
    /// Where to go on to.
    to: String,
    /// Whether they were not asked yet.
    due: bool,
}

/// The question.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    query: Result<Query<Going>, QueryRejection>,
) -> Result<Response, Refusal> {
    let going = asked(query)?;
    let words = desk
        .pool
        .with(|store| Ok(config::value(store, config::WARNING_WORDS)?));
    frame::html(&Page {
        frame: Frame::new(&visitor, "warning", "Before you read on")?,
        words: words.await?,
        to: back(&going.to).to_owned(),
        due: visitor.warn,
    })
}

/// The answer.
#[derive(Deserialize)]
pub struct Answer {
    token: String,
    /// `session`, `year`, `now`: when to ask again.
    again: String,
    #[serde(default)]
    to: String,
}

/// Remembers the answer.
pub async fn go_on(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Result<Form<Answer>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(form) = form.map_err(unread)?;
    visitor.sent(&form.token)?;
    let again = match form.again.as_str() {
        "session" => Asked::Session,
        "year" => Asked::Year,
        "now" => Asked::Now,
        _ => return Err(Refusal::bad("nothing was chosen", "session, year or now")),
    };
    let to = match again {
        Asked::Now => "/warning",
        _ => back(&form.to),
    };
    let cookies = visitor::set_warned(&desk, &visitor, again);
    let head = AppendHeaders(cookies.map(|it| (header::SET_COOKIE, it)));
    Ok((head, Redirect::to(to)).into_response())
}

/// The form of the casebook's settings.
#[derive(Deserialize)]
pub struct Settled {
    token: String,
    /// `on`, `off`.
    warning: String,
    #[serde(default)]
    words: String,
}

/// Sets whether pages ask, and what they say.
pub async fn settle(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Result<Form<Settled>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(form) = form.map_err(unread)?;
    visitor.sent(&form.token)?;
    visitor.may(Role::Admin)?;
    let (who, now) = (visitor.who.unwrap_or_default(), desk.now());
    desk.pool
        .with(move |store| {
            let words = form.words.split_whitespace().collect::<Vec<_>>().join(" ");
            let usual = config::named(config::WARNING_WORDS)?.default;
            let words = Some(words.as_str()).filter(|it| !it.is_empty() && *it != usual);
            config::set(store, config::WARNING_WORDS, words, &who, now)?;
            config::set(store, config::WARNING, Some(&form.warning), &who, now)?;
            Ok(())
        })
        .await?;
    Ok(Redirect::to("/settings#warning").into_response())
}

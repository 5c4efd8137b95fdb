//! Logging in and out.

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension, Form,
    extract::{
        Query, State,
        rejection::{FormRejection, QueryRejection},
    },
    http::{StatusCode, header},
    response::{IntoResponse as _, Redirect, Response},
};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use store::{
    Store,
    log::{hex, sha256, time},
    people,
};

use super::{
    form::{back, unread},
    incidents::asked,
};
use crate::{
    accounts,
    desk::Desk,
    frame::{self, Frame},
    refusal::Refusal,
    tokens,
    visitor::{self, Visitor},
};

#[derive(Template)]
#[template(path = "login.html")]
struct Page {
    frame: Frame,
    to: String,
    name: String,
    failed: String,
}

/// Where to go afterwards.
#[derive(Deserialize, Default)]
pub struct To {
    #[serde(default)]
    to: String,
}

/// The form.
#[derive(Deserialize)]
pub struct Login {
    token: String,
    name: String,
    password: String,
    #[serde(default)]
    to: String,
}

/// The form for logging out.
#[derive(Deserialize)]
pub struct Logout {
    token: String,
}

/// The page to log in at.
pub async fn page(
    Extension(visitor): Extension<Visitor>,
    query: Result<Query<To>, QueryRejection>,
) -> Result<Response, Refusal> {
    let To { to } = asked(query)?;
    if visitor.who.is_some() {
        return Ok(Redirect::to(back(&to)).into_response());
    }
    shown(&visitor, &to, "", "")
}

fn shown(visitor: &Visitor, to: &str, name: &str, failed: &str) -> Result<Response, Refusal> {
    frame::html(&Page {
        frame: Frame::new(visitor, "login", "Log in")?,
        to: back(to).to_owned(),
        name: frame::short(name, 64),
        failed: failed.to_owned(),
    })
}

/// Logs somebody in.
pub async fn log_in(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Result<Form<Login>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(form) = form.map_err(unread)?;
    if visitor.who.is_some() {
        return Ok(Redirect::to(back(&form.to)).into_response());
    }
    visitor.sent(&form.token)?;
    let (name, to) = (form.name.clone(), form.to.clone());
    let tried = attempt(&desk, form).await?;
    match tried {
        Tried::In(cookie) => {
            let head = [(header::SET_COOKIE, visitor::set_session(&desk, &cookie))];
            Ok((head, Redirect::to(back(&to))).into_response())
        }
        Tried::Wait(seconds) => {
            let mut refusal = Refusal::new(
                StatusCode::TOO_MANY_REQUESTS,
                "logging in with this name failed too often",
                format!(
                    "try again in {} min; an admin lets the account in at once with `crossbearing people password`",
                    (seconds + 59) / 60
                ),
            );
            refusal.later = seconds.unsigned_abs();
            Err(refusal)
        }
        Tried::Wrong => {
            let mut out = shown(
                &visitor,
                &to,
                &name,
                "Name and password do not belong together.",
            )?;
            *out.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(out)
        }
    }
}

enum Tried {
    In(String),
    Wait(i64),
    Wrong,
}

/// One try. It counts as failed from its first moment on, before the password is looked at, so that of many tries at
/// once none is free; one that fits forgets all.
async fn attempt(desk: &Arc<Desk>, form: Login) -> Result<Tried, Refusal> {
    let name = form.name.trim().to_lowercase();
    let now = desk.now();
    let typed = name.clone();
    let begun = desk.pool.with(move |store| begin(store, &typed, now));
    let known = match begun.await? {
        Begun::Wait(seconds) => return Ok(Tried::Wait(seconds)),
        Begun::Known(hash) => hash,
    };
    let kept = known.clone();
    let fits = move || accounts::fits(&form.password, known.as_deref());
    if !desk.hashing.take(fits).await? {
        return Ok(Tried::Wrong);
    }
    let cookie = hex(&tokens::random::<32>()?);
    let hash = sha256(cookie.as_bytes());
    let (at, old) = (time(now), visitor::ago(now, visitor::LONGEST));
    let begun = desk.pool.with(move |store| {
        let begun = store.write(&mut |tx| {
            // The password may have been set anew, or the account taken out, while it was looked at.
            let now = people::one(tx.database(), &name)?.map(|it| it.password);
            if now != kept {
                return Ok(false);
            }
            tx.begin_session(&hash, &name, &at, &old)?;
            Ok(true)
        })?;
        Ok(begun)
    });
    Ok(if begun.await? {
        Tried::In(cookie)
    } else {
        Tried::Wrong
    })
}

enum Begun {
    /// Seconds that the name has to wait.
    Wait(i64),
    /// Hash of the password, where there is such an account.
    Known(Option<String>),
}

fn begin(store: &mut Store, name: &str, now: Timestamp) -> Result<Begun, Refusal> {
    let (at, old) = (time(now), visitor::ago(now, 24));
    let begun = store.write(&mut |tx| {
        if let Some((failures, last)) = people::failures(tx.database(), name)? {
            let last: Timestamp = last.parse().unwrap_or(now);
            let over = last.saturating_add(SignedDuration::from_secs(accounts::wait(failures)));
            let left = over.map_or(0, |over| now.until(over).map_or(0, |it| it.get_seconds()));
            if left > 0 {
                return Ok(Begun::Wait(left));
            }
        }
        tx.login_failed(name, &at, &old)?;
        let person = people::one(tx.database(), name)?;
        Ok(Begun::Known(person.map(|it| it.password)))
    })?;
    Ok(begun)
}

/// Logs somebody out.
pub async fn log_out(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Result<Form<Logout>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(form) = form.map_err(unread)?;
    visitor.sent(&form.token)?;
    if let Some(hash) = visitor.session {
        desk.pool
            .with(move |store| Ok(store.write(&mut |tx| tx.end_session(&hash))?))
            .await?;
    }
    let head = [
        (header::SET_COOKIE, visitor::set_session(&desk, "")),
        // What the browser kept of pages goes, too.
        (
            header::HeaderName::from_static("clear-site-data"),
            "\"cache\"".to_owned(),
        ),
    ];
    Ok((head, Redirect::to("/login")).into_response())
}

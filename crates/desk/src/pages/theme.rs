//! Light or dark, remembered in a cookie.

use axum::{
    Extension, Form,
    extract::rejection::FormRejection,
    http::header,
    response::{IntoResponse as _, Redirect, Response},
};
use serde::Deserialize;

use super::form::{back, unread};
use crate::{
    refusal::Refusal,
    visitor::{Theme, Visitor},
};

/// The form.
#[derive(Deserialize)]
pub struct Chosen {
    token: String,
    theme: String,
    #[serde(default)]
    to: String,
}

/// Sets it.
pub async fn set(
    Extension(visitor): Extension<Visitor>,
    form: Result<Form<Chosen>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(form) = form.map_err(unread)?;
    visitor.sent(&form.token)?;
    let theme = Theme::named(&form.theme)
        .ok_or_else(|| Refusal::bad("there is no such theme", "light, dark or auto"))?;
    let year = 365 * 24 * 3_600;
    let cookie = format!(
        "theme={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={year}",
        theme.name()
    );
    let head = [(header::SET_COOKIE, cookie)];
    Ok((head, Redirect::to(back(&form.to))).into_response())
}

//! Light or dark, remembered in a cookie.

use std::sync::Arc;

use axum::{
    Extension, Form,
    extract::{State, rejection::FormRejection},
    http::header,
    response::{IntoResponse as _, Redirect, Response},
};
use serde::Deserialize;

use super::form::{back, unread};
use crate::{
    desk::Desk,
    refusal::Refusal,
    visitor::{self, Theme, Visitor},
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
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Result<Form<Chosen>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(form) = form.map_err(unread)?;
    visitor.sent(&form.token)?;
    let theme = Theme::named(&form.theme)
        .ok_or_else(|| Refusal::bad("there is no such theme", "light, dark or auto"))?;
    let cookie = visitor::set_theme(&desk, theme);
    let head = [(header::SET_COOKIE, cookie)];
    Ok((head, Redirect::to(back(&form.to))).into_response())
}

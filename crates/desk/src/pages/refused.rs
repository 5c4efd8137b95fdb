//! What is said when something cannot be done.

use askama::Template;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    frame::{self, Frame},
    refusal::Refusal,
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "refused.html")]
struct Page<'a> {
    frame: Frame,
    status: u16,
    what: &'a str,
    hint: &'a str,
}

/// The shape of every refusal in JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Refused")]
pub struct Error<'a> {
    /// Why it was not done.
    error: Said<'a>,
}

/// Why something was not done.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Refusal")]
struct Said<'a> {
    /// The status of the answer.
    status: u16,
    /// What is the matter.
    what: &'a str,
    /// What to try; empty where there is nothing to be tried.
    hint: &'a str,
}

/// A refusal as a page, or as JSON.
pub fn answer(refusal: &Refusal, visitor: &Visitor, json: bool) -> Response {
    let (status, what, hint) = (refusal.status.as_u16(), &refusal.what, &refusal.hint);
    let made = if json {
        let error = Said { status, what, hint };
        frame::json(&Error { error })
    } else {
        Frame::new(visitor, "", "Not done").and_then(|frame| {
            frame::html(&Page {
                frame,
                status,
                what,
                hint,
            })
        })
    };
    // Where not even that can be made, the words have to do.
    let mut out = made.unwrap_or_else(|_| what.clone().into_response());
    *out.status_mut() = refusal.status;
    if refusal.later > 0 {
        out.headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(refusal.later));
    }
    out
}

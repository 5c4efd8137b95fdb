//! What is said when something cannot be done.

use askama::Template;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
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

/// The shape of every error in JSON.
#[derive(Serialize)]
struct Error<'a> {
    error: Said<'a>,
}

#[derive(Serialize)]
struct Said<'a> {
    status: u16,
    what: &'a str,
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

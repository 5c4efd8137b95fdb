//! The desk for programs: `/api/v1`.
//!
//! Comes in: requests with a token or a cookie, which [`crate::guard`] has looked at. Goes out: JSON. Nothing is
//! computed here: what is shown comes from the functions that make the pages, what is written goes through those that
//! take their forms.
//!
//! [`table`] holds every operation once: its routes and its description are both made from that, with the schemas of
//! the very types that its function takes and gives.

mod call;
mod description;
mod list;
mod operation;
mod page;
mod published;
mod read;
mod table;
mod write;

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Router,
    http::{StatusCode, header},
    response::IntoResponse as _,
    routing::{MethodRouter, get},
};

pub use call::Latest;
use call::PREFIX;

use crate::{
    desk::Desk,
    pages::{self, add},
    refusal::Refusal,
};

/// Whether an address is one of the API: all that is said there is JSON.
pub fn is(path: &str) -> bool {
    path.strip_prefix("/api/").is_some()
}

/// The most bytes that an address takes; `None` for one that is not of the API.
pub fn largest(path: &str) -> Option<usize> {
    let own = path.strip_prefix(PREFIX)?;
    Some(match own {
        "/reports" => add::UPLOAD,
        _ => pages::FORM,
    })
}

/// Whether what is sent may be long on its way.
pub fn slow(path: &str) -> bool {
    path.strip_prefix(PREFIX) == Some("/reports")
}

/// Where every operation is, their description, and the page that explains them.
pub fn routes() -> Router<Arc<Desk>> {
    let mut at: BTreeMap<String, MethodRouter<Arc<Desk>>> = BTreeMap::new();
    for operation in table::operations() {
        let path = format!("{PREFIX}{}", operation.path);
        let route = operation.route();
        let own = at.remove(&path).unwrap_or_default();
        at.insert(path, own.merge(route));
    }
    let mut out = Router::new().route("/api", get(page::page));
    for (path, route) in at {
        out = out.route(&path, route);
    }
    out.route(
        "/api/v1/openapi.json",
        get(async || {
            let head = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
            (StatusCode::OK, head, description::text()).into_response()
        }),
    )
    .method_not_allowed_fallback(async || {
        Refusal::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "this cannot be asked of this address",
            "/api says what can be asked for",
        )
    })
}

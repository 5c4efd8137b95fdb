//! One file a page: where it is, what stands on it, and the same as JSON.

pub mod audit;
pub mod decided;
mod form;
pub mod incident;
pub mod incidents;
pub mod login;
mod matrix;
pub mod methodology;
pub mod people;
pub mod phrase;
pub mod refused;
pub mod report;
pub mod search;
pub mod theme;

use std::sync::Arc;

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::Redirect,
    routing::{get, post},
};

use crate::{assets, desk::Desk, refusal::Refusal};

/// Where every page is.
pub fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/", get(async || Redirect::to("/incidents")))
        .route("/incidents", get(incidents::page))
        .route("/incidents.json", get(incidents::json))
        .route("/incidents/{id}", get(incident::page))
        .route("/reports/{id}", get(report::page))
        .route("/search", get(search::page))
        .route("/search.json", get(search::json))
        .route("/audit", get(audit::page))
        .route("/audit.json", get(audit::json))
        .route("/methodology", get(methodology::page))
        .route("/methodology.json", get(methodology::json))
        .route("/people", get(people::page))
        .route("/people.json", get(people::json))
        .route("/login", get(login::page).post(login::log_in))
        .route("/logout", post(login::log_out))
        .route("/theme", post(theme::set))
        .route(
            "/assets/{name}",
            get(async |Path(name): Path<String>, headers: HeaderMap| assets::get(&name, &headers)),
        )
        .fallback(async || Refusal::absent("there is no page at this address"))
        .method_not_allowed_fallback(async || {
            Refusal::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "this cannot be asked of this address",
                "pages are asked for with GET; forms are sent with POST",
            )
        })
}

//! One file a page: where it is, what stands on it, and the same as JSON.

pub mod add;
pub mod audit;
pub mod claim;
pub mod decide;
pub mod decided;
pub mod decisions;
mod form;
pub mod incident;
pub mod incidents;
mod leaning;
pub mod login;
mod matrix;
pub mod methodology;
mod moments;
pub mod narrowed;
pub mod news;
mod phrase;
mod preview;
mod proposals;
pub mod publishing;
pub mod refused;
pub mod report;
pub mod review;
pub mod saved;
pub mod search;
pub mod settings;
pub mod sources;
pub mod theme;
pub mod tiles;
pub mod tokens;
mod turning;
pub mod warning;

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path},
    handler::Handler,
    http::{HeaderMap, StatusCode},
    response::Redirect,
    routing::{MethodRouter, get, post},
};

use crate::{assets, desk::Desk, refusal::Refusal};

/// The largest form, in bytes, where it takes no files.
pub const FORM: usize = 64 * 1024;

/// The largest form that an address takes, in bytes.
pub fn largest(path: &str) -> usize {
    match path {
        "/add/files" => add::UPLOAD,
        "/add/text" => add::TEXT,
        _ => FORM,
    }
}

/// Whether a form may be long on its way.
pub fn slow(path: &str) -> bool {
    path == "/add/files"
}

/// Whether a page shows words of reports or dossiers; one that is not known here does.
pub fn has_words(path: &str) -> bool {
    let without = [
        "/login",
        "/warning",
        "/methodology",
        "/api",
        "/settings",
        "/settings/tokens",
        "/settings/publishing",
    ];
    !without.contains(&path) && !path.starts_with("/tiles/")
}

/// A form that may be larger than others.
fn posted<H: Handler<T, Arc<Desk>>, T: 'static>(
    handler: H,
    most: usize,
) -> MethodRouter<Arc<Desk>> {
    post(handler).layer(DefaultBodyLimit::max(most))
}

/// Where every page is.
pub fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/", get(async || Redirect::to("/incidents")))
        .route("/incidents", get(incidents::page))
        .route("/incidents.json", get(incidents::json))
        .route("/incidents/{id}", get(incident::page))
        .route("/saved", post(saved::change))
        .route("/reports/{id}", get(report::page))
        .route("/add", get(add::page))
        .route("/add.json", get(add::json))
        .route("/add/{number}", get(add::job))
        .route("/add/files", posted(add::files, add::UPLOAD))
        .route("/add/text", posted(add::text, add::TEXT))
        .route("/add/addresses", post(add::addresses))
        .route("/claims/{id}", get(claim::page))
        .route("/review", get(review::page))
        .route("/review.json", get(review::json))
        .route("/decisions", get(decisions::page))
        .route("/decisions.json", get(decisions::json))
        .route("/news", get(news::page))
        .route("/news.json", get(news::json))
        .route("/news/seen", post(news::seen))
        .route("/decide", post(decide::decide))
        .route("/settle", post(decide::settle))
        .route("/sources", get(sources::page))
        .route("/sources.json", get(sources::json))
        .route("/search", get(search::page))
        .route("/search.json", get(search::json))
        .route("/audit", get(audit::page))
        .route("/audit.json", get(audit::json))
        .route("/methodology", get(methodology::page))
        .route("/methodology.json", get(methodology::json))
        .route("/settings", get(settings::page))
        .route("/settings.json", get(settings::json))
        .route("/settings/people", post(settings::person))
        .route("/settings/feeds", post(settings::feed))
        .route("/settings/tokens", get(tokens::page).post(tokens::form))
        .route("/settings/tokens.json", get(tokens::json))
        .route("/settings/warning", post(warning::settle))
        .route(
            "/settings/publishing",
            get(publishing::page).post(publishing::change),
        )
        .route("/settings/publishing.json", get(publishing::json))
        .route("/settings/publishing/preview", get(preview::page))
        .route("/settings/publishing/preview.json", get(preview::json))
        .route(
            "/settings/publishing/{copy}/{file}",
            get(publishing::download),
        )
        .route("/warning", get(warning::page).post(warning::go_on))
        .route("/login", get(login::page).post(login::log_in))
        .route("/logout", post(login::log_out))
        .route("/theme", post(theme::set))
        .route("/tiles/{z}/{x}/{y}", get(tiles::tile))
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

//! Style sheet, script and icon: compiled in, named by their hash, so that a browser may keep them for good.

use std::{io::Write as _, sync::LazyLock};

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use casebook::publish::html::{DARK, LIGHT, LIGHTING, PLOT};
use flate2::{Compression, write::GzEncoder};
use store::log::{hex, sha256};

use crate::refusal::Refusal;

/// A file that pages name.
pub struct Asset {
    /// Its name, with its hash: `desk-1f2e3d4c.css`.
    pub name: String,
    kind: &'static str,
    plain: String,
    packed: Vec<u8>,
}

/// The palette is that of the HTML dossier, and stands here twice: as the system is set, and as chosen.
fn style() -> String {
    let sheets = [
        include_str!("../assets/desk.css"),
        PLOT,
        include_str!("../assets/incident.css"),
        include_str!("../assets/report.css"),
        include_str!("../assets/review.css"),
        include_str!("../assets/api.css"),
    ];
    format!(
        ":root{{{LIGHT}}}\n@media (prefers-color-scheme: dark){{:root:not([data-theme=light]){{{DARK}}}}}\n\
         :root[data-theme=dark]{{{DARK}}}\n@media print{{:root,:root[data-theme=dark],\
         :root:not([data-theme=light]){{{LIGHT}}}}}\n{}",
        sheets.concat()
    )
}

fn asset(begin: &str, ending: &str, kind: &'static str, plain: String) -> Asset {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    let done = packed
        .write_all(plain.as_bytes())
        .and_then(|()| packed.finish());
    Asset {
        name: format!("{begin}-{}.{ending}", &hex(&sha256(plain.as_bytes()))[..8]),
        kind,
        plain,
        packed: done.unwrap_or_default(),
    }
}

/// The style sheet.
pub static CSS: LazyLock<Asset> =
    LazyLock::new(|| asset("desk", "css", "text/css; charset=utf-8", style()));
/// The script.
pub static JS: LazyLock<Asset> = LazyLock::new(|| {
    let script = [
        LIGHTING,
        include_str!("../assets/desk.js"),
        include_str!("../assets/review.js"),
        include_str!("../assets/decide.js"),
        include_str!("../assets/claim.js"),
    ]
    .concat();
    asset("desk", "js", "text/javascript; charset=utf-8", script)
});
/// The icon.
pub static ICON: LazyLock<Asset> = LazyLock::new(|| {
    let icon = include_str!("../assets/icon.svg");
    asset("icon", "svg", "image/svg+xml", icon.to_owned())
});

/// One of them by its name.
pub fn get(name: &str, headers: &HeaderMap) -> Result<Response, Refusal> {
    let all = [&*CSS, &*JS, &*ICON];
    let Some(asset) = all.into_iter().find(|it| it.name == name) else {
        return Err(Refusal::absent("this file is not part of the desk"));
    };
    let head = [
        (header::CONTENT_TYPE, asset.kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    if takes_gzip(headers) && !asset.packed.is_empty() {
        let packed = [(header::CONTENT_ENCODING, "gzip")];
        return Ok((StatusCode::OK, head, packed, asset.packed.clone()).into_response());
    }
    Ok((StatusCode::OK, head, asset.plain.as_str()).into_response())
}

/// Whether a browser takes gzip.
pub fn takes_gzip(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING);
    let mut kinds = lines
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','));
    kinds.any(|kind| {
        let (name, weight) = kind.split_once(';').unwrap_or((kind, ""));
        let none = weight
            .trim()
            .strip_prefix("q=")
            .is_some_and(|q| q.parse() == Ok(0.0));
        name.trim().eq_ignore_ascii_case("gzip") && !none
    })
}

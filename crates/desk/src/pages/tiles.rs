//! Tiles of the file that maps are drawn over.

use std::sync::Arc;

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};

use crate::{desk::Desk, refusal::Refusal};

/// A tile.
pub async fn tile(
    State(desk): State<Arc<Desk>>,
    path: Result<Path<(u8, u32, u32)>, PathRejection>,
) -> Result<Response, Refusal> {
    let absent = || Refusal::absent("there is no such tile");
    let Path((z, x, y)) = path.map_err(|_| absent())?;
    let tiles = desk.options.tiles.clone().ok_or_else(absent)?;
    let picture = tiles.picture();
    let read = tokio::task::spawn_blocking(move || tiles.tile(z, x, y));
    let read = read.await.map_err(|_| Refusal::fault())?;
    let bytes = read.map_err(|_| {
        Refusal::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the file of tiles is broken, or was taken away",
            "start the desk again: it says what is the matter with the file",
        )
    });
    let head = [
        (header::CONTENT_TYPE, picture.media_type()),
        (header::CACHE_CONTROL, "private, max-age=86400"),
    ];
    Ok((head, bytes?.ok_or_else(absent)?).into_response())
}

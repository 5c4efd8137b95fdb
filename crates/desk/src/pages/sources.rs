//! Who published, who speaks, and who leans on whom, in the whole casebook.

use std::sync::Arc;

use askama::Template;
use axum::{Extension, extract::State, response::Response};
use casebook::publish::words;
use model::{LineageKind, OriginKind};
use store::lists::{Leaning, Outlet, Sources, Voice};

use crate::{
    desk::Desk,
    frame::{self, Frame, encoded, short},
    refusal::Refusal,
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "sources.html")]
struct Page {
    frame: Frame,
    sources: Arc<Sources>,
}

impl Page {
    fn number(&self, n: &i64) -> String {
        words::number(u64::try_from(*n).unwrap_or(0))
    }

    fn name(&self, name: &str) -> String {
        match name {
            "" => "source not named".to_owned(),
            name => short(name, 120),
        }
    }

    fn days(&self, it: &Outlet) -> String {
        match (&it.first, &it.last) {
            (Some(first), Some(last)) if first == last => first.clone(),
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => String::new(),
        }
    }

    /// Where its reports are looked for.
    fn at(&self, it: &Outlet) -> String {
        format!(
            "/search?within=reports&q={}",
            encoded(&format!("\"{}\"", it.name))
        )
    }

    fn kind(&self, it: &Voice) -> &'static str {
        let kinds = [
            ("speaker", OriginKind::Speaker),
            ("publisher", OriginKind::Publisher),
            ("agency", OriginKind::Agency),
        ];
        let found = kinds.into_iter().find(|(name, _)| *name == it.kind);
        found.map_or("", |(_, kind)| words::origin_kind(kind))
    }

    fn how(&self, it: &Leaning) -> &'static str {
        let kinds = [
            ("copies", LineageKind::Copies),
            ("shares_passages", LineageKind::SharesPassages),
            ("cites", LineageKind::Cites),
            ("same_agency", LineageKind::SameAgency),
        ];
        let found = kinds.into_iter().find(|(name, _)| *name == it.kind);
        found.map_or("leans on", |(_, kind)| words::lineage(kind))
    }
}

/// The page.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Refusal> {
    let sources = all(&desk).await?;
    frame::html(&Page {
        frame: Frame::new(&visitor, "sources", "Sources")?.with_json(),
        sources,
    })
}

/// The same as JSON.
pub async fn json(State(desk): State<Arc<Desk>>) -> Result<Response, Refusal> {
    frame::json(&*all(&desk).await?)
}

/// The sources.
pub async fn all(desk: &Arc<Desk>) -> Result<Arc<Sources>, Refusal> {
    let own = desk.clone();
    desk.pool
        .with(move |store| {
            let head = store.head()?.seq;
            Ok(own.sources(store, head)?)
        })
        .await
}

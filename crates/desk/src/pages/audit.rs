//! The log: what happened to the casebook, each entry chained to the one before.

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension,
    extract::{Query, State, rejection::QueryRejection},
    response::Response,
};
use casebook::publish::words;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{
    lists::{self, Logged},
    log::hex,
};

use super::incidents::asked;
use crate::{
    desk::Desk,
    frame::{self, Frame, encoded, moment, short},
    refusal::Refusal,
    visitor::Visitor,
};

/// Entries on a page.
pub const EACH: usize = 100;

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The number to begin at, downwards.
    pub from: String,
    /// Only entries on this thing.
    pub subject: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Log")]
pub struct Entries {
    /// Number of the last entry.
    head: i64,
    /// Its hash: whoever keeps it can tell later whether anything before was changed.
    hash: String,
    /// The entries, the latest first.
    entries: Vec<Logged>,
    /// The number to go on at; absent at the end.
    pub next: Option<i64>,
}

#[derive(Template)]
#[template(path = "audit.html")]
struct Page {
    frame: Frame,
    log: Entries,
    subject: String,
    older: String,
    newest: String,
    count: String,
}

impl Page {
    /// Where a thing is shown; empty where it has no page.
    fn at(&self, subject: &str) -> String {
        match subject.get(..2) {
            Some("k:") => format!("/incidents/{subject}"),
            Some("r:") => format!("/reports/{subject}"),
            _ => String::new(),
        }
    }

    fn detail(&self, entry: &Logged) -> String {
        short(&told(entry.detail.as_deref().unwrap_or_default()), 300)
    }

    fn at_time(&self, at: &str) -> String {
        moment(at)
    }

    fn shown(&self, subject: &str) -> String {
        short(subject, 120)
    }

    fn begin<'a>(&self, hash: &'a str) -> &'a str {
        &hash[..hash.len().min(12)]
    }
}

/// The page.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    let asked = asked(query)?;
    let log = look(&desk, asked.clone(), EACH).await?;
    let of = match asked.subject.as_str() {
        "" => String::new(),
        subject => format!("subject={}", encoded(subject)),
    };
    frame::html(&Page {
        frame: Frame::new(&visitor, "audit", "Audit")?.with_json(),
        older: log
            .next
            .map(|next| format!("/audit?from={next}&{of}"))
            .unwrap_or_default(),
        newest: if asked.from.is_empty() {
            String::new()
        } else {
            format!("/audit?{of}")
        },
        count: words::number(u64::try_from(log.head).unwrap_or(0)),
        subject: asked.subject,
        log,
    })
}

/// The same as JSON.
pub async fn json(
    State(desk): State<Arc<Desk>>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    frame::json(&look(&desk, asked(query)?, EACH).await?)
}

/// So many entries, the latest first.
pub async fn look(desk: &Arc<Desk>, asked: Asked, each: usize) -> Result<Entries, Refusal> {
    let from = match asked.from.as_str() {
        "" => i64::MAX,
        n => n.parse().map_err(|_| {
            Refusal::bad(
                "not the number of an entry",
                "a whole number, as in the first column",
            )
        })?,
    };
    let subject = Some(asked.subject).filter(|it| !it.is_empty());
    desk.pool
        .with(move |store| {
            let head = store.head()?;
            let mut entries = lists::log(store.database(), from, subject.as_deref(), each + 1)?;
            let next = entries.get(each).map(|it| it.seq);
            entries.truncate(each);
            Ok(Entries {
                head: head.seq,
                hash: hex(&head.hash),
                entries,
                next,
            })
        })
        .await
}

/// A detail in words: `reports 5 · title …`; as it stands where it is no JSON object.
fn told(detail: &str) -> String {
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(detail) else {
        return detail.to_owned();
    };
    let said = |value: &serde_json::Value| match value {
        serde_json::Value::String(words) => words.clone(),
        value => value
            .to_string()
            .replace(['"', '[', ']'], "")
            .replace(',', ", "),
    };
    let told = fields
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| format!("{} {}", name.replace('_', " "), said(value)));
    told.collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn details_are_words() {
        let detail = r#"{"killed":[1,2,null],"reports_to":5,"title":"A \"b\"","why":null}"#;
        assert_eq!(
            told(detail),
            "killed 1, 2, null · reports to 5 · title A \"b\""
        );
        assert_eq!(told("plain"), "plain");
        assert_eq!(told(""), "");
    }
}

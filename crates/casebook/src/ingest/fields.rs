//! What is known of a report besides its text, as sidecars and containers give it: texts by key.

use std::collections::BTreeMap;

use reader::text::Metadata;
use serde_json::{Map, Value};

/// The keys: each field and its other names, the surest first.
pub(super) const KEYS: &[(&str, &[&str])] = &[
    ("title", &["headline"]),
    (
        "source",
        &["publisher", "outlet", "source_name", "site_name"],
    ),
    ("byline", &["author", "authors", "creator"]),
    ("url", &["link", "address", "uri", "permalink"]),
    (
        "published",
        &[
            "date",
            "published_at",
            "publishedat",
            "date_published",
            "published_date",
            "publish_date",
            "date_publish",
            "publication_date",
            "pub_date",
            "pubdate",
            "datetime",
        ],
    ),
    ("language", &["lang"]),
    (
        "fetched_at",
        &["fetched", "retrieved", "retrieved_at", "date_download"],
    ),
];

/// The keys, for a hint.
pub(super) const KNOWN: &str =
    "keys are title, source, byline, url, published, language, fetched_at";

/// Texts by key in lower case, and the keys of what is no text.
#[derive(Default)]
pub(super) struct Fields {
    /// The texts.
    pub read: BTreeMap<String, String>,
    /// Keys whose values are no texts.
    pub odd: Vec<String>,
}

impl Fields {
    /// Takes the fields of a JSON object; `null` is a value that is not given.
    pub fn of_json(object: Map<String, Value>) -> Self {
        let mut out = Self::default();
        for (key, value) in object {
            match value {
                Value::String(words) => {
                    out.read.insert(key.to_lowercase(), words);
                }
                Value::Null => {}
                _ => out.odd.push(key),
            }
        }
        out
    }

    /// Takes the fields of a TOML table; a date needs no quotation marks.
    pub fn of_toml(table: toml::Table) -> Self {
        let mut out = Self::default();
        for (key, value) in table {
            match value {
                toml::Value::String(words) => {
                    out.read.insert(key.to_lowercase(), words);
                }
                toml::Value::Datetime(time) => {
                    out.read.insert(key.to_lowercase(), time.to_string());
                }
                _ => out.odd.push(key),
            }
        }
        out
    }

    /// The metadata that they are.
    pub fn metadata(&self) -> Metadata {
        let get = |key: &str| {
            let others = KEYS.iter().find(|(name, _)| *name == key);
            std::iter::once(&key)
                .chain(others.map_or(&[][..], |(_, others)| *others))
                .filter_map(|name| self.read.get(*name))
                .map(|value| value.trim().to_owned())
                // What is left blank under one name may be said under another.
                .find(|value| !value.is_empty())
        };
        Metadata {
            title: get("title"),
            source: get("source"),
            byline: get("byline"),
            url: get("url"),
            published: get("published"),
            language: get("language"),
            fetched_at: get("fetched_at"),
            ..Metadata::default()
        }
    }

    /// Keys that say one thing twice: those of one field, where there are two or more; the first counts.
    pub fn doubled(&self) -> impl Iterator<Item = Vec<&'static str>> {
        KEYS.iter().filter_map(|(name, others)| {
            let all = std::iter::once(name).chain(*others).copied();
            let said: Vec<&str> = all.filter(|key| self.read.contains_key(*key)).collect();
            (said.len() > 1).then_some(said)
        })
    }
}

/// Whether a key means something here.
pub(super) fn is_known(key: &str) -> bool {
    KEYS.iter()
        .any(|(name, others)| *name == key || others.contains(&key))
}

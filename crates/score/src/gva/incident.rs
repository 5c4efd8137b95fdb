//! What stands in the file.

use serde::Deserialize;

/// An incident of the file.
#[derive(Deserialize)]
pub(crate) struct Incident {
    pub(crate) incident: String,
    pub(super) gold: Gold,
    pub(crate) reports: Vec<Report>,
}

/// What it is in the key.
#[derive(Deserialize)]
pub(super) struct Gold {
    pub date: String,
    pub city_or_county: String,
    pub killed: u64,
    pub injured: u64,
}

/// One of its reports.
#[derive(Deserialize)]
pub(crate) struct Report {
    pub(super) id: String,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) published: String,
    #[serde(default)]
    pub(super) url: String,
    pub(crate) text: String,
}

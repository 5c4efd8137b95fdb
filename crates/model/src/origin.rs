//! Where a statement comes from, once copies are seen through.

use serde::{Deserialize, Serialize};

use crate::{ClaimId, OriginId, ReportId};

/// What makes an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OriginKind {
    /// A body or person who said it, however many outlets print it.
    Speaker,
    /// A publisher's own assertion.
    Publisher,
    /// An agency whose copy or report others print.
    Agency,
    /// Passed on from nobody named: no voice of its own.
    Unnamed,
}

/// One independent voice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Origin {
    /// Hash of its key.
    pub id: OriginId,
    /// What makes it one.
    pub kind: OriginKind,
    /// As printed: "UNICEF", "Lake Tribune", "unnamed reports in Lake Tribune".
    pub label: String,
    /// Whether it is a party to what is reported, speaking for itself.
    pub interested: bool,
    /// Its claims, sorted.
    pub claims: Vec<ClaimId>,
    /// The reports that carry it, sorted.
    pub reports: Vec<ReportId>,
    /// Why these are one voice, one clause each.
    pub why: Vec<String>,
}

impl Origin {
    /// Returns whether it counts as a voice: what is passed on from nobody named does not.
    pub fn is_voice(&self) -> bool {
        self.kind != OriginKind::Unnamed
    }

    /// Returns the id of the voice with this key.
    pub fn id_of(key: &str) -> OriginId {
        OriginId::of(&[key.as_bytes()])
    }
}

/// How one report leans on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LineageKind {
    /// The same words, nearly all of them.
    Copies,
    /// Long passages in the same words.
    SharesPassages,
    /// Says that the other reported it.
    Cites,
    /// Both carry one agency's copy.
    SameAgency,
}

/// One report copies, rewrites or cites another, or a named outlet that is not among the reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Lineage {
    /// The report that leans.
    pub report: ReportId,
    /// The report it leans on, if it is among those given.
    pub on: Option<ReportId>,
    /// The outlet or agency it leans on, by name.
    pub named: Option<String>,
    /// How it leans on it.
    pub kind: LineageKind,
    /// Share of the shorter text's five-word shingles found in the other, 0–1; `None` for a citation.
    pub overlap: Option<f64>,
    /// One clause.
    pub why: String,
}

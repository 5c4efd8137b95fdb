//! How alike two reports are, and what people have said of them.

use serde::{Deserialize, Serialize};

use crate::ReportId;

/// How alike two reports are in one respect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Likeness {
    /// Name of the feature, the same as in the file of weights.
    pub feature: String,
    /// What the first report has.
    pub a: String,
    /// What the second has.
    pub b: String,
    /// What it adds to the score in log odds; below 0 it speaks against one incident. Rounded to thousandths.
    pub weight: f64,
    /// One clause.
    pub why: String,
}

/// How alike two reports are: the score and what made it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The first report.
    pub a: ReportId,
    /// The second.
    pub b: ReportId,
    /// 0 to 1, rounded to thousandths: how likely such a pair is one incident.
    pub score: f64,
    /// The respects, the weightiest first.
    pub features: Vec<Likeness>,
}

/// What someone has decided on two reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// They tell of one incident.
    Same,
    /// They tell of two.
    Different,
}

/// A person's word on two reports. It names them by what they hold, so that it outlives the reader and the linker that
/// were there when it was given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Judgement {
    /// What was decided.
    pub decision: Decision,
    /// One report.
    pub a: ReportId,
    /// The other.
    pub b: ReportId,
    /// Why, in a few words; may be empty.
    #[serde(default)]
    pub why: String,
    /// Who decided; may be empty.
    #[serde(default)]
    pub by: String,
}

//! The JSON that leaves the program: a dossier with its texts, and the list of the incidents of a heap.

use serde::Serialize;

use crate::{
    BlockKind, CaseId, Dossier, IncidentId, Note, ReportId, SCHEMA_VERSION, Slot, TextId, Value,
    When,
};

/// One incident as several reports tell it: what is reported, according to whom, in which words, and where the reports
/// disagree.
///
/// The same reports give the same bytes. All offsets count Unicode code points; ids are a kind letter, a colon and
/// twenty hex digits of a SHA-256.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublishedDossier<'a> {
    /// The dossier.
    #[serde(flatten)]
    pub dossier: &'a Dossier,
    /// The texts the quotes point into, by report letter.
    pub texts: Vec<PublishedText<'a>>,
}

/// The text of a report.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublishedText<'a> {
    /// Id, as quotes name it.
    pub id: &'a TextId,
    /// The report.
    pub report: &'a ReportId,
    /// Length in code points.
    pub length: usize,
    /// Its blocks, in order.
    pub blocks: Vec<PublishedBlock>,
    /// The text itself.
    pub text: &'a str,
}

/// A paragraph, heading or other block of a text.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublishedBlock {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// What kind of block it is.
    pub kind: BlockKind,
}

/// The incidents found in a heap of reports, a line each.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublishedIncidents<'a> {
    /// Version of this shape: see the schema of the dossier.
    schema: &'static str,
    /// Version of the program that made the list.
    pub version: &'a str,
    /// By their first moment, unknown ones last, then by id.
    pub incidents: &'a [IncidentLine],
    /// What the stages want to tell.
    pub notes: &'a [Note],
}

impl<'a> PublishedIncidents<'a> {
    /// The list as this version of the program publishes it.
    pub fn new(version: &'a str, incidents: &'a [IncidentLine], notes: &'a [Note]) -> Self {
        Self {
            schema: SCHEMA_VERSION,
            version,
            incidents,
            notes,
        }
    }
}

/// An incident in one line. Numbers come from the finding that counts everybody, by the rule `ucdp`; where nobody
/// counts everybody, from the parts that reports count, of which there may be more.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IncidentLine {
    /// Its name for good: a new report keeps it. Since 1.3.
    pub case: CaseId,
    /// Its version: hash of its reports, another one when a report joins or leaves.
    pub id: IncidentId,
    /// What, where, when.
    pub title: String,
    /// When it happened, as reported.
    pub when: Option<When>,
    /// Where it happened, as reported.
    pub place: Option<Value>,
    /// What happened.
    pub event: Option<Value>,
    /// People killed.
    pub killed: Option<Toll>,
    /// People injured.
    pub injured: Option<Toll>,
    /// Its reports by letter.
    pub reports: Vec<ReportId>,
    /// How many independent voices its claims come from.
    pub origins: usize,
    /// Whether every report tells of it in passing: none is about it.
    pub passing: bool,
    /// Slots on which sources disagree.
    pub disputed: Vec<Slot>,
}

/// A number of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Toll {
    /// Lowest estimate.
    pub low: Option<u64>,
    /// Best estimate.
    pub best: Option<u64>,
    /// Highest; `None` is no limit or none given.
    pub high: Option<u64>,
    /// The figure of independent reports taken together.
    pub agreed: Option<u64>,
}

//! An incident as published.

use serde::{Deserialize, Serialize};

use crate::{
    Agreed, CaseId, Claim, ClaimId, Finding, IncidentId, Lineage, Note, Origin, Part, PartSum,
    Report, ReportId, Slot, TextId, Value, When,
};

/// Version of the published JSON; a change of shape raises it. A second number counts what was added: whoever reads 1
/// can read 1.1.
pub const SCHEMA_VERSION: &str = "1.3";

/// The incident at a glance; every word of it comes from claims.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IncidentCard {
    /// Its name for good: a new report keeps it. Since 1.3.
    pub case: CaseId,
    /// Its version: hash of its reports, another one when a report joins or leaves.
    pub id: IncidentId,
    /// One line: what, where, when.
    pub title: String,
    /// Claims the line rests on.
    pub title_claims: Vec<ClaimId>,
    /// What happened, as the event finding's first position has it.
    pub event: Option<Value>,
    /// Where it happened, as reported.
    pub place: Option<Value>,
    /// When it happened, as reported.
    pub when: Option<When>,
}

impl IncidentCard {
    /// Returns the id of an incident of these reports, each given as [`crate::Reading::part`] says, in any order.
    pub fn id_of<'a>(parts: impl IntoIterator<Item = &'a str>) -> IncidentId {
        let mut ids: Vec<&[u8]> = parts.into_iter().map(str::as_bytes).collect();
        ids.sort_unstable();
        IncidentId::of(&ids)
    }
}

/// A report as the dossier lists it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportCard {
    /// The report's letter in this dossier: `A`, `B`, … in order of publication, then id.
    pub letter: String,
    /// The report.
    pub report: Report,
    /// How many claims were read from it.
    pub claims: usize,
    /// A few words of the passage, where the report tells of the incident in passing; empty where it is what the report
    /// is about.
    pub passage: String,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimelineEntry {
    /// When it happened.
    pub when: When,
    /// What, in the words of the claims.
    pub what: String,
    /// The claims.
    pub claims: Vec<ClaimId>,
}

/// An incident as published: a pure function of claims, judgements and policy. Holds no build time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dossier {
    /// [`SCHEMA_VERSION`].
    pub schema: String,
    /// Version of the program that made it.
    pub version: String,
    /// The incident.
    pub incident: IncidentCard,
    /// Its reports by letter.
    pub reports: Vec<ReportCard>,
    /// The independent voices.
    pub origins: Vec<Origin>,
    /// Which report leans on which.
    pub lineage: Vec<Lineage>,
    /// The figure of independent reports taken together, for the killed and for the injured, where any report counts
    /// them.
    pub agreed: Vec<Agreed>,
    /// What stands, disputed findings first within each family of slots.
    pub findings: Vec<Finding>,
    /// The ledger: every claim of the main accounts, by report letter and position.
    pub claims: Vec<Claim>,
    /// Claims of other happenings the reports mention.
    pub background: Vec<Claim>,
    /// The parts of an incident of several days, in order of time; empty for one of a single day.
    #[serde(default)]
    pub parts: Vec<Part>,
    /// The figures of the parts added, where no report gives a total.
    #[serde(default)]
    pub part_sums: Vec<PartSum>,
    /// What is dated, in order.
    pub timeline: Vec<TimelineEntry>,
    /// What the stages want to tell.
    pub notes: Vec<Note>,
}

impl Dossier {
    /// The claim with this id, from the ledger or the background.
    pub fn claim(&self, id: &ClaimId) -> Option<&Claim> {
        self.claims
            .iter()
            .chain(&self.background)
            .find(|claim| claim.id == *id)
    }

    /// The origins that count as voices: all but what is passed on from nobody named.
    pub fn voices(&self) -> impl Iterator<Item = &Origin> {
        self.origins.iter().filter(|origin| origin.is_voice())
    }

    /// How many voices speak in a finding, whether or not what they say still stands.
    pub fn voices_in(&self, finding: &Finding) -> usize {
        let positions = &finding.positions;
        self.voices()
            .filter(|voice| positions.iter().any(|it| it.origins.contains(&voice.id)))
            .count()
    }

    /// The figure of independent reports taken together.
    pub fn agreed(&self, slot: Slot) -> Option<&Agreed> {
        self.agreed.iter().find(|agreed| agreed.slot == slot)
    }

    /// The card of this report.
    pub fn report(&self, id: &ReportId) -> Option<&ReportCard> {
        self.reports.iter().find(|card| card.report.id == *id)
    }

    /// The report a text belongs to.
    pub fn report_of_text(&self, id: &TextId) -> Option<&ReportCard> {
        self.reports.iter().find(|card| card.report.text == *id)
    }
}

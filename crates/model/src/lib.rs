//! The nouns of Crossbearing, one file each, and the invariants they keep.
//!
//! What comes in: nothing; every other room builds these values. What goes out: plain immutable data that serialises to
//! the published JSON. It knows no file, clock, network or language model; it depends on no other room.
//!
//! Two rules hold everywhere. Text offsets inside Rust are half-open **byte** ranges ([`Span`]); everything stored or
//! exported counts **Unicode code points**, and [`Text::quote`] is the one place that converts. Ids are hashes of what
//! they name.

mod account;
mod claim;
mod count;
mod dossier;
mod evidence;
mod finding;
pub mod fold;
pub mod geo;
pub mod hash;
mod id;
mod keys;
mod link;
mod note;
mod numbers;
mod origin;
mod part;
mod party;
mod place;
mod published;
mod quote;
mod report;
#[cfg(feature = "schema")]
pub mod schema;
mod scope;
mod sentence;
mod slot;
mod span;
mod speaker;
mod stance;
mod text;
mod value;
mod vote;
mod when;
pub mod words;

pub use account::{Account, AccountKind, Reading};
pub use claim::{Change, Claim, Course, Judged, Standing};
pub use count::{Bound, Count};
pub use dossier::{Dossier, IncidentCard, ReportCard, SCHEMA_VERSION, TimelineEntry};
pub use evidence::{Basis, Certainty, Detail, Evidence, Firearm, Mark, PastKind, SiteKind};
pub use finding::{Finding, Position, Relation, RelationKind, Verdict};
pub use id::{
    AccountId, CaseId, ClaimId, FindingId, IncidentId, OriginId, ReportId, TextId, content_hash,
};
pub use keys::{
    Glossary, Keys, LinkingToken, LinkingWords, NameKey, PlaceWords, WordKind, WordTraits, flags,
};
pub use link::{Comparison, Decision, Judgement, Likeness};
pub use note::{Note, Severity, parts};
pub use numbers::{Numbers, RuleName, RuleRange, RuleReading, RuleResult, RuleSpec};
pub use origin::{Lineage, LineageKind, Origin, OriginKind};
pub use part::{Part, PartSum};
pub use party::{Party, PartyKind};
pub use place::{Place, PlacePrecision};
pub use published::{
    IncidentLine, PublishedBlock, PublishedDossier, PublishedIncidents, PublishedText, Toll,
};
pub use quote::Quote;
pub use report::{Container, Report, Source};
pub use scope::{AgeGroup, Role, Scope, Sex};
pub use sentence::{DayMention, NamedDay, Sentence, Sentences, Violence, ViolenceKind};
pub use slot::{FoundBy, Harm, Section, Slot, SlotGroup, SlotSpec, ValueKind};
pub use span::Span;
pub use speaker::{Speaker, SpeakerKind};
pub use stance::{Stance, StanceKind};
pub use text::{Block, BlockKind, Text, Texts};
pub use value::Value;
pub use vote::{Agreed, Step, Vote};
pub use when::{When, WhenPrecision};

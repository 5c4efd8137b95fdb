//! Which reports are one incident, and within one, copies, citations and independent origins.
//!
//! From many reports to incidents: [`record`] (what is needed of a report) → [`near_duplicates`] (the same words are
//! one) → [`fingerprint`] → [`pool`] (how rare each word is) → [`block`] (pairs worth comparing) → [`features`] and
//! [`weights`] (a score for each, which [`explain`] puts into words) → [`cluster`] (groups by average link) →
//! `passages` (what reports tell of in passing); [`incidents`] runs them, and [`spread`] has them as functions of
//! rows for whoever divides the work. Then within one group, which comes in order
//! of publication: which names mean one party, which report leans on which ([`model::Lineage`]), and the independent
//! voices ([`model::Origin`]). It does not know what claims say of each other.

pub mod block;
pub mod cluster;
pub mod copies;
pub mod counts;
pub mod edges;
pub mod explain;
pub mod features;
pub mod fingerprint;
pub mod ground;
pub mod incidents;
pub mod index;
mod lineage;
pub mod names;
pub mod near_duplicates;
pub mod node;
pub mod origins;
mod passages;
pub mod pool;
pub mod record;
pub mod spread;
pub mod standing;
pub mod trees;
pub mod weights;

pub use lineage::find as lineage;
pub use origins::Voices;

//! Copies, citations and independent origins.
//!
//! Comes in: the readings of one group, in order of publication. Goes out: which names mean one party, which report leans on
//! which ([`model::Lineage`]), and the independent voices ([`model::Origin`]). It does not know what claims say of each other.

pub mod agencies;
pub mod copies;
mod lineage;
pub mod names;
pub mod origins;
pub mod words;

pub use lineage::find as lineage;
pub use origins::Voices;

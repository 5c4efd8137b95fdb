//! The judge of candidates: one learned model for all kinds of events and all count slots.
//!
//! Comes in: a text with every phrase that may count people ([`candidates`]). Goes out: for each what it counts, if
//! anything ([`Verdict`]): the slot, whether of the report's main event or another, whether everybody or a part,
//! whether it is the figure that the report gives as things stand, and with which commitment. Two judges give the same
//! kind of verdict: a linear one over hashed features ([`linear`]), and a small pretrained encoder whose upper layers
//! were tuned for this ([`encoded`]). [`apply`] turns verdicts into claims. Numbers come from words alone: a judge
//! chooses, it never writes.

mod apply;
pub mod candidates;
mod drafted;
pub mod encoded;
pub mod features;
mod judges;
pub mod linear;
mod sample;
pub mod toll;
mod verdict;
pub mod windows;

pub(super) use apply::apply;
pub use candidates::{Candidate, Form};
pub use judges::Judge;
pub use sample::{Ruled, Sample, sample, verdicts};
pub use verdict::{CLASSES, SLOTS, STANCES, Verdict};

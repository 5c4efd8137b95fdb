//! Victims: how many of the people told of count as killed and as hurt in the report's own happening.
//!
//! Comes in: a text with all that was read off it, and the claims that the rules of [`super::killed`] and
//! [`super::injured`] made. Every phrase of people is a candidate ([`candidates`]); candidates that are the same people
//! are joined ([`chains`]); each gets features ([`features`]) and two scores; a group's number gets three more: is it
//! that of the killed, of the hurt, of all who were shot? The numbers that the claims could give are weighed against
//! each other ([`options`]), then the killed and the hurt together ([`pairs`]), and what stands is made a claim of its
//! own in the words that give it ([`settle`]). Nothing found in words, no number.
//!
//! The weights in `crates/reader/data/victims` were learned on reports of shootings, with the numbers of killed and
//! hurt of each as labels and, for some, age and name of those involved (the stage `victims` of `crossbearing-learn`,
//! which says what they earn on reports that they have not seen). What a whole report's words make likely ([`Sizes`])
//! only weighs the options. They speak only to reports that tell of shots and not of a war; every other report keeps
//! what the rules say.

pub mod candidates;
mod chains;
pub mod features;
mod inputs;
pub mod options;
pub mod pairs;
mod sample;
mod scores;
mod settle;
mod strategies;
#[cfg(test)]
mod tests;
mod totals;
mod weights;

pub use candidates::{Candidate, Form};
pub use sample::{SLOTS, Sample, sample};
pub(super) use sample::{tells_of_shots, title};
pub use scores::{Judged, Ruled, Scored, Settled, Sizes, judged, settled, size_of, sizes};
pub(super) use settle::settle;
pub use weights::{FILES, Weights, shipped, tallies};

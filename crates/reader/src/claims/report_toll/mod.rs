//! The report's toll: how many of the people told of count as killed and as hurt in its main event.
//!
//! Comes in: a text with all that was read off it, and the claims that the rules of [`super::killed`] and
//! [`super::injured`] made. Every phrase of people is a candidate ([`candidates`]); candidates that are the same people
//! are joined ([`chains`]); each gets features ([`features`]) and two scores; a group's number gets three more: is it
//! that of the killed, of the hurt, of all who were shot? The numbers that the claims could give are weighed against
//! each other ([`options`]), then the killed and the hurt together ([`pairs`]), and what stands is made a claim of its
//! own in the words that give it ([`apply`]). Nothing found in words, no number.
//!
//! The weights in `crates/reader/data/report_toll` were learned on reports of shootings, with the numbers of killed and
//! hurt of each as labels and, for some, age and name of those involved (the stage `report-toll` of
//! `crossbearing-learn`, which says what they earn on reports that they have not seen). What a whole report's words
//! make likely ([`CountPrior`]) only weighs the options. They speak only to reports that tell of shots and not of a
//! war; every other report keeps what the rules say.

mod apply;
pub mod candidates;
mod chains;
pub mod features;
mod inputs;
pub mod options;
pub mod pairs;
mod sample;
mod scores;
mod strategies;
#[cfg(test)]
mod tests;
mod totals;
mod weights;

pub(super) use apply::apply;
pub use candidates::{Candidate, Form};
pub use sample::{SLOTS, Sample, sample};
pub(super) use sample::{tells_of_shots, title};
pub use scores::{
    CountPrior, Distribution, Prediction, Ruled, Scored, count_class, count_prior, distribution,
    predicted,
};
pub use weights::{FILES, Weights, group_scopes, shipped};

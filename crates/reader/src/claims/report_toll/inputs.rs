//! What the options of a slot are found and weighed by.

use super::{
    candidates::Candidate,
    scores::{CountPrior, Prediction, Ruled},
};

/// What the options of one slot are found and weighed by.
pub struct OptionInputs<'a> {
    /// Candidates in order.
    pub candidates: &'a [Candidate],
    /// Chain of each.
    pub chains: &'a [usize],
    /// Sentence of each.
    pub sentences: &'a [usize],
    /// Score of each for this slot, 0–1.
    pub scores: &'a [f32],
    /// Score of each for the other slot.
    pub other_scores: &'a [f32],
    /// How likely each group's number is that of this slot.
    pub group_scope: &'a [f32],
    /// How likely each group's number is that of all who were shot, killed or not.
    pub group_scope_both: &'a [f32],
    /// What the rules counted for this slot.
    pub ruled: &'a [Ruled],
    /// What the rules counted for the other slot.
    pub ruled_other: &'a [Ruled],
    /// Whether the report tells of shots.
    pub shots: bool,
    /// What the whole report's words make likely for this slot.
    pub prior: &'a CountPrior,
    /// The same for the other slot.
    pub prior_other: &'a CountPrior,
    /// The same for both slots together.
    pub prior_both: &'a CountPrior,
    /// What came out for the other slot, where it was judged before.
    pub predicted: Option<&'a Prediction>,
    /// Sentences of the title.
    pub title: usize,
}

//! A town that the event may have taken place in, and what a claim of it would say.

use super::super::super::annotated::Annotated;
use crate::read::places::TownMention;

/// A town that the event may have taken place in.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Indices into the mentions of the text, in order.
    pub mentions: Vec<usize>,
    /// Indices into the towns that the text or the address implies.
    pub implied: Vec<usize>,
    /// What each mention says by itself, as `features`.
    pub each: Vec<Vec<f32>>,
    /// All features, as [`super::FEATURES`] names them.
    pub features: Vec<f32>,
}

/// The mention that stands for the candidate: the first that is not doubtful; of a town not named, what implies it.
pub(super) fn head<'a>(cx: &'a Annotated<'_>, candidate: &Candidate) -> &'a TownMention {
    let mentions = &cx.read.towns.mentions;
    let named = || candidate.mentions.iter().map(|&i| &mentions[i]);
    named()
        .find(|mention| !mention.doubtful)
        .or_else(|| named().next())
        .unwrap_or_else(|| &cx.read.towns.implied[candidate.implied[0]])
}

/// The name that a claim of the candidate gives.
pub fn name(cx: &Annotated<'_>, candidate: &Candidate) -> String {
    head(cx, candidate).place.name.clone()
}

/// The words that a candidate rests on; none for one that the address alone gives.
pub fn words<'a>(cx: &'a Annotated<'_>, candidate: &Candidate) -> &'a str {
    let tokens = head(cx, candidate).tokens.clone();
    if tokens.is_empty() {
        ""
    } else {
        cx.doc.slice(tokens)
    }
}

/// The place that a claim of the candidate gives.
pub fn place(cx: &Annotated<'_>, candidate: &Candidate) -> model::Place {
    head(cx, candidate).place.clone()
}

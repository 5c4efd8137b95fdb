//! The towns a report may put its event in, and what its words say for each.
//!
//! What comes in: the town mentions of a text. What goes out: [`Candidate`]s, one a town, each with its mentions and
//! its features: where it stands (dateline, headline, lead), how its words hang on the event, on the police, on a
//! hospital or a court, on a person's home, how often it is named, and whether it agrees with the divisions and the
//! publisher named. Features are general: no name of a town or person is one. It does not choose ([`super::ranker`]
//! does).

mod candidate;
mod features;
mod of_mention;
mod of_town;

use std::collections::BTreeMap;

use self::{of_mention::Page, of_town::together};
use super::violence;
use crate::{
    claims::annotated::Annotated,
    read::places::{TownMention, town_key},
};

pub use self::{
    candidate::{Candidate, name, place, words},
    features::FEATURES,
};

/// Mentions looked at, at most: what a report names after so many is not its event's place.
const MAX_MENTIONS: usize = 600;

/// The candidates of a text, in the order of their first mention.
pub fn candidates(cx: &Annotated<'_>) -> Vec<Candidate> {
    let all = &cx.read.towns.mentions;
    let mentions = &all[..all.len().min(MAX_MENTIONS)];
    let page = Page::of(cx);
    let mut groups: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (i, mention) in mentions.iter().enumerate() {
        if violence::is_no_place(cx, &mention.tokens) && !violence::is_press(cx, &mention.tokens) {
            continue;
        }
        groups.entry(key(mention)).or_default().0.push(i);
    }
    for (i, mention) in cx.read.towns.implied.iter().enumerate().take(MAX_MENTIONS) {
        groups.entry(key(mention)).or_default().1.push(i);
    }
    let mut groups: Vec<(Vec<usize>, Vec<usize>)> = groups.into_values().collect();
    groups.sort_by_key(|(named, implied)| {
        (
            named.first().copied().unwrap_or(usize::MAX),
            implied.first().copied(),
        )
    });
    let mut out: Vec<Candidate> = groups
        .into_iter()
        .map(|(group, implied)| {
            let each: Vec<Vec<f32>> = group.iter().map(|&i| page.features(&mentions[i])).collect();
            let mut features = vec![0.0; FEATURES.len()];
            for &i in &implied {
                page.imply(&cx.read.towns.implied[i], &mut features);
            }
            for one in &each {
                for (all, &value) in features.iter_mut().zip(one) {
                    *all = f32::max(*all, value);
                }
            }
            Candidate {
                mentions: group,
                implied,
                each,
                features,
            }
        })
        .collect();
    together(cx, mentions, &page, &mut out);
    out
}

/// What is one town: the record, or the name.
fn key(mention: &TownMention) -> String {
    match &mention.place.id {
        Some(id) => id.clone(),
        None => town_key(&mention.place.name),
    }
}

/// A town that the event may have taken place in, as the trainer of the ranker sees it.
#[derive(Clone, Debug)]
pub struct TownCandidate {
    /// Name, as a claim would say it.
    pub name: String,
    /// Features, as [`FEATURES`] names them.
    pub features: Vec<f32>,
    /// Words of its first mention.
    pub words: String,
}

/// The towns that a report names, with their features: what the trainer of the ranker learns from.
pub fn named(cx: &Annotated<'_>) -> Vec<TownCandidate> {
    candidates(cx)
        .into_iter()
        .map(|candidate| TownCandidate {
            name: name(cx, &candidate),
            words: words(cx, &candidate).to_owned(),
            features: candidate.features,
        })
        .collect()
}

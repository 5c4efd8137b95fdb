//! Who says what: attributions with their cue, source and content, and the chain of speakers.
//!
//! What comes in: a parsed text and its parties. What goes out: [`Attribution`]s in order of the cue, and for any token
//! the chain from the one who says it to the publisher ([`chain`]). Rules over the parse and the quotation marks
//! (`clauses`, `sources`, `quotes`), then what runs on over sentences (`carry`). It knows nothing of what the words
//! mean for a claim, nor how firmly they are meant (`stance`).

mod attribution;
mod carry;
mod chain;
mod clauses;
mod content;
mod context;
mod cues;
pub mod learned;
mod mend;
mod merge;
mod phrases;
pub mod quotes;
mod sources;
mod tails;

use language::Doc;

pub use attribution::{Attribution, AttributionKind};
pub use chain::{chain, chain_at, of_voice, run_on};

use context::SpeechContext;

use super::{
    interval_index::IntervalIndex,
    parties::{Parties, phrase},
};

/// Finds the attributions of a text, in order of the cue.
pub fn find(doc: &Doc, parties: &Parties) -> IntervalIndex<Attribution> {
    let paragraph = phrase::paragraphs(doc);
    let mut mention = vec![0u32; doc.len()];
    let mut length = vec![usize::MAX; doc.len()];
    for (index, found) in parties.mentions.iter().enumerate() {
        for i in found.tokens.clone().filter(|&i| i < doc.len()) {
            if found.tokens.len() < length[i] {
                length[i] = found.tokens.len();
                mention[i] = index as u32 + 1;
            }
        }
    }
    let cx = SpeechContext {
        doc,
        parties,
        quotes: quotes::Quotes::find(doc, &paragraph),
        paragraph,
        mention,
    };
    let mut out = merge::run(&cx, clauses::find(&cx));
    tails::run(&cx, &mut out);
    mend::run(&cx, &mut out);
    carry::run(&cx, &mut out);
    out.retain(|attribution| !attribution.content.is_empty());
    out.sort_by_key(|attribution| (attribution.cue.start, attribution.cue.end));
    out.dedup_by(|a, b| a.cue == b.cue);
    for attribution in &mut out {
        attribution.kind = kind(&cx, attribution);
    }
    nest(doc, &mut out);
    IntervalIndex::new(out, |attribution| {
        let mut ranges = attribution.content.clone();
        ranges.push(attribution.cue.clone());
        ranges
    })
}

fn kind(cx: &SpeechContext<'_>, attribution: &Attribution) -> AttributionKind {
    let (mut quoted, mut plain) = (0, 0);
    for i in attribution.content.iter().cloned().flatten() {
        let token = cx.doc.token(i);
        if token.is_punct() || token.is_space() {
            continue;
        }
        if cx.quotes.at(i).is_some() {
            quoted += 1;
        } else {
            plain += 1;
        }
    }
    match (quoted, plain) {
        (0, _) => AttributionKind::Indirect,
        (_, 0) => AttributionKind::Direct,
        _ => AttributionKind::Mixed,
    }
}

/// Finds for each attribution the smallest other one whose content holds its cue.
fn nest(doc: &Doc, out: &mut [Attribution]) {
    let mut owner: Vec<(usize, u32)> = vec![(usize::MAX, 0); doc.len()];
    // Larger contents first, so that the smallest stays on top.
    let sizes: Vec<usize> = out.iter().map(Attribution::size).collect();
    let mut order: Vec<usize> = (0..out.len()).collect();
    order.sort_by_key(|&a| std::cmp::Reverse((sizes[a], a)));
    let mut inside: Vec<Option<usize>> = vec![None; out.len()];
    for &a in &order {
        let cue = out[a].cue.start;
        let (held, index) = owner[cue];
        if held != usize::MAX {
            inside[a] = Some(index as usize);
        }
        for i in out[a].content.iter().cloned().flatten() {
            owner[i] = (sizes[a], a as u32);
        }
    }
    for (attribution, inside) in out.iter_mut().zip(inside) {
        attribution.inside = inside;
    }
}

#[cfg(test)]
mod tests;

//! Who says what: attributions with their cue, source and content, and the chain of speakers.
//!
//! What comes in: a parsed text and its parties. What goes out: [`Attribution`]s in order of the cue, and for any token
//! the chain from the one who says it to the publisher ([`chain`]). Rules over the parse and the quotation marks
//! (`clauses`, `sources`, `quotes`), then what runs on over sentences (`carry`). It knows nothing of what the words
//! mean for a claim, nor how firmly they are meant (`stance`).

mod carry;
mod chain;
mod clauses;
mod content;
mod cues;
pub mod learned;
mod mend;
mod merge;
mod phrases;
pub mod quotes;
mod sources;
mod tails;

use std::ops::Range;

use language::Doc;

pub use chain::{chain, chain_at, of_voice, run_on};

use super::{
    parties::{Parties, phrase},
    reach::Reach,
};

/// How a source is said to have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributionKind {
    /// Words in quotation marks, whole.
    Direct,
    /// Reported clause.
    Indirect,
    /// A reported clause with words in quotation marks.
    Mixed,
}

/// One attribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Tokens of the cue: "said", "has claimed", "according to".
    pub cue: Range<usize>,
    /// Lemma of the cue word: `say`, `claim`, `accord`.
    pub lemma: String,
    /// Tokens of the source phrase; `None` when nobody is named ("is reported to").
    pub source: Option<Range<usize>>,
    /// Index into [`Parties::parties`] of each who says it, when several say it together ("the SDF and rights groups");
    /// empty when nobody is named or the source is no party.
    pub speakers: Vec<usize>,
    /// Whom it was said to, if an outlet or agency ("told Reuters", "spoke to Reuters"): index into the parties.
    pub told: Option<usize>,
    /// Tokens of the content, in order; several ranges when it is broken or goes on over sentences.
    pub content: Vec<Range<usize>>,
    /// Direct, indirect or mixed.
    pub kind: AttributionKind,
    /// Index of the attribution whose content this one stands in, if any: the chain goes on there.
    pub inside: Option<usize>,
    /// Whether it is said (or written, announced, reported). What is only thought, wished or shown makes nobody a
    /// speaker.
    pub said: bool,
}

impl Attribution {
    /// Whether token `i` stands in what is said.
    pub fn holds(&self, i: usize) -> bool {
        self.content.iter().any(|range| range.contains(&i))
    }

    /// Tokens of what is said.
    fn size(&self) -> usize {
        self.content.iter().map(|range| range.len()).sum()
    }
}

impl Reach<Attribution> {
    /// Who says the words at token `i`: the innermost attribution by speech that holds it.
    pub fn saying(&self, i: usize) -> Option<&Attribution> {
        self.near(i)
            .filter(|attribution| attribution.said && attribution.holds(i))
            .min_by_key(|attribution| (attribution.size(), attribution.cue.start))
    }
}

/// What the steps share.
struct Scene<'a> {
    doc: &'a Doc,
    parties: &'a Parties,
    quotes: quotes::Quotes,
    paragraph: Vec<u32>,
    /// Index + 1 into the mentions of the shortest mention at each token; 0 for none.
    mention: Vec<u32>,
}

impl Scene<'_> {
    /// The party whose mention holds token `i`.
    fn party(&self, i: usize) -> Option<usize> {
        let index = *self.mention.get(i)?;
        (index > 0).then(|| self.parties.mentions[index as usize - 1].party)
    }

    /// Tokens of the mention at token `i`.
    fn mention_at(&self, i: usize) -> Option<Range<usize>> {
        let index = *self.mention.get(i)?;
        (index > 0).then(|| self.parties.mentions[index as usize - 1].tokens.clone())
    }
}

/// Finds the attributions of a text, in order of the cue.
pub fn find(doc: &Doc, parties: &Parties) -> Reach<Attribution> {
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
    let scene = Scene {
        doc,
        parties,
        quotes: quotes::Quotes::find(doc, &paragraph),
        paragraph,
        mention,
    };
    let mut out = merge::run(&scene, clauses::find(&scene));
    tails::run(&scene, &mut out);
    mend::run(&scene, &mut out);
    carry::run(&scene, &mut out);
    out.retain(|attribution| !attribution.content.is_empty());
    out.sort_by_key(|attribution| (attribution.cue.start, attribution.cue.end));
    out.dedup_by(|a, b| a.cue == b.cue);
    for attribution in &mut out {
        attribution.kind = kind(&scene, attribution);
    }
    nest(doc, &mut out);
    Reach::new(out, |attribution| {
        let mut ranges = attribution.content.clone();
        ranges.push(attribution.cue.clone());
        ranges
    })
}

fn kind(scene: &Scene<'_>, attribution: &Attribution) -> AttributionKind {
    let (mut quoted, mut plain) = (0, 0);
    for i in attribution.content.iter().cloned().flatten() {
        let token = scene.doc.token(i);
        if token.is_punct() || token.is_space() {
            continue;
        }
        if scene.quotes.at(i).is_some() {
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

//! One attribution: cue, source and content.

use std::ops::Range;

use language::{Pos, Token};

use super::{context::SpeechContext, sources::Source};
use crate::read::interval_index::IntervalIndex;

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
    /// Index into [`Parties::parties`](crate::read::parties::Parties::parties) of each who says it, when several say it
    /// together ("the SDF and rights groups"); empty when nobody is named or the source is no party.
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
    pub(super) fn size(&self) -> usize {
        self.content.iter().map(|range| range.len()).sum()
    }
}

impl IntervalIndex<Attribution> {
    /// Who says the words at token `i`: the innermost attribution by speech that holds it.
    pub fn saying(&self, i: usize) -> Option<&Attribution> {
        self.near(i)
            .filter(|attribution| attribution.said && attribution.holds(i))
            .min_by_key(|attribution| (attribution.size(), attribution.cue.start))
    }
}

/// An attribution by speech that stands in no other.
pub fn make(
    cue: Range<usize>,
    lemma: &str,
    source: Source,
    told: Option<usize>,
    content: Vec<Range<usize>>,
) -> Attribution {
    Attribution {
        cue,
        lemma: lemma.to_owned(),
        source: source.tokens,
        speakers: source.speakers,
        told,
        content,
        kind: AttributionKind::Indirect,
        inside: None,
        said: true,
    }
}

/// Tokens of the cue: the verb with its auxiliaries, negation and particle, where they stand together.
pub fn cue_span(cx: &SpeechContext<'_>, verb: Token<'_>) -> Range<usize> {
    let mut start = verb.i;
    let mut end = verb.i + 1;
    let mut left: Vec<usize> = verb
        .children()
        .filter(|c| {
            c.i < verb.i
                && cx.party(c.i).is_none()
                && (matches!(c.dep(), "aux" | "auxpass" | "neg")
                    || (c.dep() == "advmod" && c.pos() == Pos::Adv))
        })
        .map(|c| c.i)
        .collect();
    left.reverse();
    for i in left {
        if i + 1 == start {
            start = i;
        }
    }
    if let Some(particle) = verb.child("prt").filter(|p| p.i == end) {
        end = particle.i + 1;
    }
    start..end
}

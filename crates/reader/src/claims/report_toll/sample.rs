//! A report as the weights for its own toll see it.

use model::{BlockKind, Slot};

use super::{
    super::{
        counted,
        draft::{Draft, Other},
        injured, killed, other,
        passes::Passes,
    },
    candidates::{self, Candidate},
    chains, features,
    inputs::OptionInputs,
    options::options,
    scores::{Prediction, Ruled, Scored},
};
use crate::learned::Features;

/// The two slots, in the order of all pairs in this room.
pub const SLOTS: [Slot; 2] = [Slot::Killed, Slot::Injured];

/// A report as the weights see it.
pub struct Sample {
    /// Candidates in order.
    pub candidates: Vec<Candidate>,
    /// Chain of each.
    pub chains: Vec<usize>,
    /// Features of each.
    pub features: Vec<Features>,
    /// What is said of each: the features of its predicates.
    pub said: Vec<Vec<u64>>,
    /// Sentence of each.
    pub sentences: Vec<usize>,
    /// Segment of each: 0 the report's main event; `None` in a sum over several.
    pub segments: Vec<Option<usize>>,
    /// What the rules counted, a list a slot of [`SLOTS`].
    pub ruled: [Vec<Ruled>; 2],
    /// Whether the text tells of shots, so that weights learned on shootings speak to it.
    pub shots: bool,
    /// Sentences of the title; they come first.
    pub title: usize,
    /// Features of the whole report.
    pub report: Features,
}

impl Sample {
    /// The candidates of one segment.
    pub fn in_segment(&self, segment: usize) -> Vec<usize> {
        (0..self.candidates.len())
            .filter(|&at| self.segments[at] == Some(segment))
            .collect()
    }

    /// The segments of the report's main event: the first, and where it has nobody beneath the title, the first that
    /// has; none where all is told in sums.
    pub fn main_segments(&self) -> Vec<usize> {
        let beneath = || {
            let all = self.segments.iter().zip(&self.sentences);
            all.filter(|(_, sentence)| **sentence >= self.title)
                .filter_map(|(segment, _)| *segment)
        };
        if beneath().any(|segment| segment == 0) {
            return vec![0];
        }
        beneath()
            .next()
            .map_or(Vec::new(), |segment| vec![0, segment])
    }

    /// the report's main event, with its candidates.
    pub fn main_event(&self, cx: &Passes<'_>, drafts: &[Draft]) -> (Self, Vec<usize>) {
        let segments = self.main_segments();
        let kept: Vec<usize> = (0..self.candidates.len())
            .filter(|&at| {
                segments.is_empty() || self.segments[at].is_some_and(|s| segments.contains(&s))
            })
            .collect();
        (self.narrowed(cx, drafts, 0, &segments, &kept), kept)
    }

    /// What is left of a report when only some of its segments are looked at, all where none are given, as those of one
    /// event.
    pub fn narrowed(
        &self,
        cx: &Passes<'_>,
        drafts: &[Draft],
        segment: usize,
        segments: &[usize],
        kept: &[usize],
    ) -> Self {
        let said = kept.iter().flat_map(|&at| self.said[at].iter().copied());
        Self {
            candidates: kept.iter().map(|&at| self.candidates[at].clone()).collect(),
            chains: kept.iter().map(|&at| self.chains[at]).collect(),
            features: kept.iter().map(|&at| self.features[at].clone()).collect(),
            said: kept.iter().map(|&at| self.said[at].clone()).collect(),
            sentences: kept.iter().map(|&at| self.sentences[at]).collect(),
            segments: kept.iter().map(|&at| self.segments[at]).collect(),
            ruled: SLOTS.map(|slot| ruled(cx, drafts, slot, Some(segment))),
            shots: self.shots,
            title: self.title,
            report: features::of_report(cx, said, |sentence| {
                let told = cx.segments().of_sentence(sentence).number();
                segments.is_empty() || told.is_some_and(|segment| segments.contains(&segment))
            }),
        }
    }

    /// The options of one slot (its index in [`SLOTS`]) given the scores, and what was chosen for the other slot
    /// before.
    pub fn options(
        &self,
        slot: usize,
        scored: &Scored,
        predicted: Option<&Prediction>,
    ) -> Vec<(u64, Vec<f32>)> {
        options(&OptionInputs {
            candidates: &self.candidates,
            chains: &self.chains,
            sentences: &self.sentences,
            scores: &scored.by_slot[slot],
            other_scores: &scored.by_slot[1 - slot],
            group_scope: &scored.group_scopes[slot],
            group_scope_both: &scored.group_scopes[2],
            ruled: &self.ruled[slot],
            ruled_other: &self.ruled[1 - slot],
            shots: self.shots,
            prior: &scored.priors[slot],
            prior_other: &scored.priors[1 - slot],
            prior_both: &scored.priors[2],
            predicted,
            title: self.title,
        })
    }
}

/// The sample of one report: what the training command asks for. The report as a whole, of however many events it
/// tells: its label may be that of any of them, and count models trained so do better on single events, too.
pub fn sample(cx: &Passes<'_>) -> Sample {
    let mut drafts = killed::claims(cx);
    drafts.extend(injured::claims(cx));
    of_drafts(cx, &drafts)
}

pub fn of_drafts(cx: &Passes<'_>, drafts: &[Draft]) -> Sample {
    let candidates = candidates::find(cx);
    let chains = chains::link(cx, &candidates);
    let title = title(cx);
    let of = features::of_all(cx, &candidates, &chains, title);
    let (features, said): (Vec<Features>, Vec<Vec<u64>>) =
        of.into_iter().map(|of| (of.all, of.said)).unzip();
    let report = features::of_report(cx, said.iter().flatten().copied(), |_| true);
    Sample {
        features,
        said,
        sentences: candidates
            .iter()
            .map(|candidate| cx.doc.token(candidate.head).sentence_index())
            .collect(),
        segments: candidates
            .iter()
            .map(|candidate| cx.segments().of_token(cx, candidate.head).number())
            .collect(),
        candidates,
        chains,
        ruled: SLOTS.map(|slot| ruled(cx, drafts, slot, None)),
        shots: tells_of_shots(cx),
        title,
        report,
    }
}

/// How many sentences the title has, where the text begins with one.
pub fn title(cx: &Passes<'_>) -> usize {
    let titles = cx.text.blocks().iter();
    let end = titles
        .filter(|block| block.kind == BlockKind::Title)
        .map(|block| block.span.end())
        .max()
        .unwrap_or(0);
    cx.doc
        .sentences()
        .take_while(|sentence| cx.doc.bytes(sentence.clone()).end <= end)
        .count()
}

fn ruled(cx: &Passes<'_>, drafts: &[Draft], slot: Slot, segment: Option<usize>) -> Vec<Ruled> {
    drafts
        .iter()
        .filter(|draft| draft.slot == slot && is_of(cx, draft, segment))
        .filter_map(|draft| {
            let count = draft.value.count()?;
            Some(Ruled {
                low: count.low,
                all: draft.scope.is_anybody(),
                bare: counted::is_bare_plural(count),
                basis: draft.rule.basis,
            })
        })
        .collect()
}

/// Whether a draft tells of the report's main event (segment 0 or none), or of that of a segment.
pub fn is_of(cx: &Passes<'_>, draft: &Draft, segment: Option<usize>) -> bool {
    let other = || other::other_event(cx, draft.slot, draft.anchor);
    let wanted = segment.filter(|&segment| segment > 0).map(Other::Segment);
    draft.other.clone().or_else(other) == wanted
}

/// Whether a report tells of shots at people, and not of a war's strikes.
pub fn tells_of_shots(cx: &Passes<'_>) -> bool {
    let (mut shots, mut war) = (0_usize, 0_usize);
    for token in cx.doc.tokens() {
        match token.lemma() {
            "shoot" | "shooting" | "gunshot" | "gunfire" | "gunman" | "gun" | "bullet"
            | "handgun" | "rifle" | "firearm" | "shooter" | "shot" => shots += 1,
            "airstrike" | "shelling" | "drone" | "missile" | "rocket" | "bombing" | "militant"
            | "militia" | "insurgent" | "bombardment" | "artillery" | "warplane" | "rebel"
            | "troop" | "civilian" | "hostage" | "fighter" | "soldier" | "sniper"
            | "quadcopter" | "tank" | "ceasefire" | "occupation" | "martyr" | "displaced" => {
                war += 1
            }
            _ => {}
        }
    }
    shots > 0 && war * 3 <= shots
}

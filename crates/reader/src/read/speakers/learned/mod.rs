//! Who says what, as learned from annotated news: cue words, then the spans of each, then what runs on over sentences.
//!
//! Comes in: a parsed text with its quotation marks. Goes out: one flat layer of attributions ([`Found`]), the
//! outermost where several are nested. Four small models decide ([`Model`]): is this word a cue; which tokens of its
//! sentence are its source, its content and the cue itself; does its content go on into the next sentence. It knows no
//! parties and no names: the features are words, tags, the tree and the quotation marks.
//!
//! Trained on the training part of PolNeAR (840 news articles, annotated by hand) by the stage `attribution` of
//! `crossbearing-learn`.

pub mod continuation;
pub mod cue;
pub mod cue_priors;
mod found;
mod labels;
pub mod span;
pub mod token_features;

use std::{ops::Range, sync::LazyLock};

pub use crate::read::parties::phrase::paragraphs;

pub use found::Found;
pub use labels::stretches;

use self::{
    continuation::Walk,
    cue_priors::CuePriors,
    labels::{Labels, read_off, trim},
    span::CLASSES,
    token_features::{Quoted, TokenFeatures},
};
use crate::{
    learned::{
        Features, FormatError, Linear, softmax,
        weights::{self, File, WeightsError},
    },
    read::parties::phrase,
};

macro_rules! file {
    ($name:literal, $features:expr) => {
        File {
            path: concat!("crates/reader/data/attribution/", $name),
            stage: "attribution",
            features: $features,
            bytes: include_bytes!(concat!("../../../../data/attribution/", $name)),
        }
    };
}

/// The files of the model: how often words are cues, cues, spans, sentences that run on.
pub static FILES: [File; 4] = [
    file!("rates.table", &[]),
    file!("cue.linear", cue::FEATURES),
    file!("span.linear", span::FEATURES),
    file!("onward.linear", continuation::FEATURES),
];

/// Probability from which a word is a cue; from 0.35 to 0.45 the figures are flat.
pub const THRESHOLD: f32 = 0.4;

/// What decides.
#[derive(Clone, Debug)]
pub struct Model {
    /// How often each word is a cue.
    pub priors: CuePriors,
    /// Is this word a cue?
    pub cue: Linear,
    /// What is this token to the cue?
    pub span: Linear,
    /// Does the content run on into this sentence?
    pub continuation: Linear,
    /// Probability from which a word is a cue.
    pub threshold: f32,
}

/// What the span model would say of a mark if it were asked: nothing of the attribution, as logarithms of
/// probabilities.
const MARK: [f32; CLASSES] = {
    let mut classes = [-13.8; CLASSES];
    classes[span::OTHER] = 0.0;
    classes
};

static SHIPPED: LazyLock<Result<Model, WeightsError>> = LazyLock::new(Model::load);

impl Model {
    /// The model of this build.
    ///
    /// # Panics
    /// If its files do not fit the code: [`crate::weights::check`] says so first.
    pub fn get() -> &'static Self {
        weights::shipped(&SHIPPED)
    }

    /// Whether the files of this build fit its code.
    ///
    /// # Errors
    /// If one does not.
    pub fn check() -> Result<(), WeightsError> {
        weights::checked(&SHIPPED)
    }

    /// Reads the files of this build.
    ///
    /// # Errors
    /// If one does not fit the code.
    pub fn load() -> Result<Self, WeightsError> {
        let [priors, cue, span, continuation] = &FILES;
        Ok(Self {
            priors: CuePriors::read(priors.bytes)
                .ok_or_else(|| priors.refused(FormatError::Magic))?,
            cue: cue.linear(1)?,
            span: span.linear(CLASSES)?,
            continuation: continuation.linear(1)?,
            threshold: THRESHOLD,
        })
    }

    /// Finds the attributions of a text, in order of the cue word.
    pub fn find(&self, columns: &TokenFeatures<'_>) -> Vec<Found> {
        let cues = self.cues(columns);
        let words: Vec<usize> = cues.iter().map(|(at, _)| *at).collect();
        let mut found: Vec<Found> = cues
            .iter()
            .map(|&(at, probability)| self.spans(columns, at, probability, &words))
            .collect();
        single_owner(columns, &mut found);
        let words: Vec<usize> = found.iter().map(|one| one.word).collect();
        for one in &mut found {
            self.run_on(columns, one, &words);
        }
        found.retain(|one| !one.content.is_empty());
        found
    }

    /// The cue words with their probabilities, in order.
    pub fn cues(&self, columns: &TokenFeatures<'_>) -> Vec<(usize, f32)> {
        let mut features = Features::new();
        let mut out = Vec::new();
        for i in 0..columns.doc.len() {
            if !columns.is_candidate(i)
                || columns.doc.token(i).sentence().len() > phrase::LONGEST_SENTENCE
            {
                continue;
            }
            features.clear();
            cue::features(columns, i, &mut features);
            let probability = self.cue.probability(&features);
            if probability > self.threshold {
                out.push((i, probability));
            }
        }
        out
    }

    /// The spans of one cue within its sentence.
    pub fn spans(
        &self,
        columns: &TokenFeatures<'_>,
        at: usize,
        probability: f32,
        words: &[usize],
    ) -> Found {
        let labels = self.labels(columns, at, words);
        let mut found = read_off(columns, at, probability, &labels);
        if found.content.is_empty() && words.len() > 1 {
            let alone = self.labels(columns, at, &[at]);
            let second = read_off(columns, at, probability, &alone);
            if !second.content.is_empty() {
                found.content = second.content;
                if found.source.is_none() {
                    found.source = second.source;
                }
            }
        }
        found
    }

    /// The probabilities of each token within reach.
    fn labels(&self, columns: &TokenFeatures<'_>, at: usize, words: &[usize]) -> Labels {
        let cue = span::Cue::new(columns, at, words);
        let mut features = Features::new();
        let mut classes = Vec::with_capacity(cue.reach.len());
        for i in cue.reach.clone() {
            // Marks take the label of what stands about them.
            let token = columns.doc.token(i);
            if token.is_punct() || token.is_space() {
                classes.push(MARK);
                continue;
            }
            features.clear();
            cue.features(i, &mut features);
            let mut scores = [0.0; CLASSES];
            self.span.scores(&features, &mut scores);
            softmax(&mut scores);
            classes.push(scores.map(|score| score.max(1e-6).ln()));
        }
        Labels {
            reach: cue.reach.clone(),
            classes,
        }
    }

    /// Walks to the sentences after and before the cue's while the content runs on.
    fn run_on(&self, columns: &TokenFeatures<'_>, found: &mut Found, words: &[usize]) {
        let doc = columns.doc;
        let own = doc.token(found.word).sentence_index();
        let mut features = Features::new();
        for forward in [true, false] {
            let mut walk = Walk {
                columns,
                word: found.word,
                content: std::mem::take(&mut found.content),
                cues: words,
                forward,
                steps: 0,
            };
            let mut sentence = own;
            for step in 0..continuation::MOST {
                let next = if forward {
                    Some(sentence + 1).filter(|next| *next < doc.sentence_count())
                } else {
                    sentence.checked_sub(1)
                };
                let Some(next) = next else { break };
                sentence = next;
                let tokens = doc.sentence(sentence);
                if tokens.len() > continuation::LONGEST {
                    break;
                }
                walk.steps = step;
                features.clear();
                walk.features(tokens.clone(), &mut features);
                if self.continuation.probability(&features) < 0.5 {
                    break;
                }
                let part = runs_on_in(columns, tokens.clone(), walk.cue_in(&tokens) == 2);
                if part.is_empty() {
                    break;
                }
                walk.content.extend(part);
                walk.content.sort_by_key(|range| range.start);
            }
            found.content = walk.content;
        }
    }
}

/// The part of a sentence that belongs to content running on: all of it, or what is quoted when it has a cue of its
/// own.
pub fn runs_on_in(
    columns: &TokenFeatures<'_>,
    sentence: Range<usize>,
    own_cue: bool,
) -> Vec<Range<usize>> {
    if !own_cue {
        return trim(columns, sentence).into_iter().collect();
    }
    stretches(sentence, |i| columns.quoted[i] != Quoted::No)
        .into_iter()
        .filter_map(|range| trim(columns, range))
        .collect()
}

/// Gives every token of content one owner, the surest attribution first, and drops one whose cue word lies in another's
/// content.
fn single_owner(columns: &TokenFeatures<'_>, found: &mut Vec<Found>) {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|&a, &b| {
        found[b]
            .probability
            .total_cmp(&found[a].probability)
            .then(a.cmp(&b))
    });
    let mut owned = vec![false; columns.doc.len()];
    let mut keep = vec![true; found.len()];
    for at in order {
        let one = &mut found[at];
        if owned[one.word] {
            keep[at] = false;
            continue;
        }
        one.content = one
            .content
            .iter()
            .flat_map(|range| stretches(range.clone(), |i| !owned[i]))
            .collect();
        for i in one.content.iter().cloned().flatten() {
            owned[i] = true;
        }
    }
    let mut at = 0;
    found.retain(|_| {
        at += 1;
        keep[at - 1]
    });
}

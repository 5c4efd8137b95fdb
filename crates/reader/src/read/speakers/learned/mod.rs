//! Who says what, as learned from annotated news: cue words, then the spans of each, then what runs on over sentences.
//!
//! Comes in: a parsed text with its quotation marks. Goes out: one flat layer of attributions ([`Found`]), the outermost where
//! several are nested. Four small models decide ([`Model`]): is this word a cue; which tokens of its sentence are its source, its
//! content and the cue itself; does its content go on into the next sentence. It knows no parties and no names: the features are
//! words, tags, the tree and the quotation marks.
//!
//! Trained on the training part of PolNeAR (840 news articles, annotated by hand) by
//! `cargo run --release -p crossbearing-score --example train_attribution -- DIR`.

pub mod columns;
pub mod cue;
pub mod onward;
pub mod packed;
pub mod rates;
pub mod span;
pub mod train;

use std::{ops::Range, sync::OnceLock};

pub use crate::read::parties::phrase::paragraphs;

use self::{
    columns::{Columns, Quoted},
    onward::Walk,
    rates::Rates,
    span::{CLASSES, CONTENT, CUE, OTHER, SOURCE},
};
use crate::{
    learned::{Features, Linear, softmax},
    read::parties::phrase,
};

/// Probability from which a word is a cue; from 0.35 to 0.45 the figures are flat.
pub const THRESHOLD: f32 = 0.4;

/// What decides.
#[derive(Clone, Debug)]
pub struct Model {
    /// How often each word is a cue.
    pub rates: Rates,
    /// Is this word a cue?
    pub cue: Linear,
    /// What is this token to the cue?
    pub span: Linear,
    /// Does the content run on into this sentence?
    pub onward: Linear,
    /// Probability from which a word is a cue.
    pub threshold: f32,
}

/// One attribution as the model sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The cue word.
    pub word: usize,
    /// Tokens of the cue, the word among them.
    pub cue: Range<usize>,
    /// Tokens of the source.
    pub source: Option<Range<usize>>,
    /// Tokens of the content, in order.
    pub content: Vec<Range<usize>>,
    /// How sure it is that the word is a cue, 0–1.
    pub probability: f32,
}

impl Model {
    /// The model of this build.
    pub fn get() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        macro_rules! weights {
            ($name:literal) => {
                include_bytes!(concat!("../../../../data/attribution/", $name)).as_slice()
            };
        }
        let linear = |bytes| {
            let bytes = packed::unpack(bytes).expect("weights of this build");
            Linear::read(&bytes).expect("weights of this build")
        };
        MODEL.get_or_init(|| Model {
            rates: Rates::read(weights!("rates.bin")).expect("weights of this build"),
            cue: linear(weights!("cue.bin")),
            span: linear(weights!("span.bin")),
            onward: linear(weights!("onward.bin")),
            threshold: THRESHOLD,
        })
    }

    /// Finds the attributions of a text, in order of the cue word.
    pub fn find(&self, columns: &Columns<'_>) -> Vec<Found> {
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
    pub fn cues(&self, columns: &Columns<'_>) -> Vec<(usize, f32)> {
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
        columns: &Columns<'_>,
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
    fn labels(&self, columns: &Columns<'_>, at: usize, words: &[usize]) -> Labels {
        let cue = span::Cue::new(columns, at, words);
        let mut features = Features::new();
        let mut classes = Vec::with_capacity(cue.reach.len());
        for i in cue.reach.clone() {
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
    fn run_on(&self, columns: &Columns<'_>, found: &mut Found, words: &[usize]) {
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
            for step in 0..onward::MOST {
                let next = if forward {
                    Some(sentence + 1).filter(|next| *next < doc.sentence_count())
                } else {
                    sentence.checked_sub(1)
                };
                let Some(next) = next else { break };
                sentence = next;
                let tokens = doc.sentence(sentence);
                if tokens.len() > onward::LONGEST {
                    break;
                }
                walk.steps = step;
                features.clear();
                walk.features(tokens.clone(), &mut features);
                if self.onward.probability(&features) < 0.5 {
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

/// The part of a sentence that belongs to content running on: all of it, or what is quoted when it has a cue of its own.
pub fn runs_on_in(
    columns: &Columns<'_>,
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

/// What the span model says of the tokens about one cue.
struct Labels {
    reach: Range<usize>,
    /// Logarithm of the probability of each class.
    classes: Vec<[f32; CLASSES]>,
}

/// What it costs, as a logarithm of odds, that a label differs from that of the word before.
const CHANGE: f32 = 0.5;
/// The same over a mark.
const CHANGE_AT_MARK: f32 = 0.3;
/// Probability from which a word is the source where no word is likelier to be that than anything else: most cues have one.
const SOURCE_FLOOR: f32 = 0.3;

impl Labels {
    /// The likeliest sequence of labels (Viterbi), in which labels change at a cost; marks get none.
    fn best(&self, columns: &Columns<'_>) -> Vec<usize> {
        let mark = |slot: usize| {
            let token = columns.doc.token(self.reach.start + slot);
            token.is_punct() || token.is_space()
        };
        let words: Vec<usize> = (0..self.classes.len())
            .filter(|&slot| !mark(slot))
            .collect();
        let mut label = vec![OTHER; self.classes.len()];
        let Some(&first) = words.first() else {
            return label;
        };
        let mut score = self.classes[first];
        let mut from: Vec<[u8; CLASSES]> = vec![[0; CLASSES]];
        for pair in words.windows(2) {
            let (before, slot) = (pair[0], pair[1]);
            let cost = if slot == before + 1 {
                CHANGE
            } else {
                CHANGE_AT_MARK
            };
            let best = (0..CLASSES)
                .max_by(|a, b| score[*a].total_cmp(&score[*b]))
                .unwrap_or(OTHER);
            let mut next = [0.0; CLASSES];
            let mut came = [0u8; CLASSES];
            for class in 0..CLASSES {
                let (stay, change) = (score[class], score[best] - cost);
                let (top, by) = if stay >= change {
                    (stay, class)
                } else {
                    (change, best)
                };
                next[class] = top + self.classes[slot][class];
                came[class] = by as u8;
            }
            score = next;
            from.push(came);
        }
        let mut class = (0..CLASSES)
            .max_by(|a, b| score[*a].total_cmp(&score[*b]))
            .unwrap_or(OTHER);
        for (at, &slot) in words.iter().enumerate().rev() {
            label[slot] = class;
            class = usize::from(from[at][class]);
        }
        label
    }
}

/// Stretches of tokens for which `holds`.
pub fn stretches(range: Range<usize>, holds: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for i in range {
        if !holds(i) {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.end == i => last.end = i + 1,
            _ => out.push(i..i + 1),
        }
    }
    out
}

/// Makes spans of the labels: one range for cue and source, as many as need be for the content.
fn read_off(columns: &Columns<'_>, at: usize, probability: f32, labels: &Labels) -> Found {
    let reach = labels.reach.clone();
    let mut label = labels.best(columns);
    marks(columns, &reach, &mut label);
    let mut cue = at..at + 1;
    while cue.start > reach.start && label[cue.start - 1 - reach.start] == CUE {
        cue.start -= 1;
    }
    while cue.end < reach.end && label[cue.end - reach.start] == CUE {
        cue.end += 1;
    }
    let weight = |range: &Range<usize>| -> f32 {
        range
            .clone()
            .map(|i| labels.classes[i - reach.start][SOURCE].exp())
            .sum()
    };
    let no_source = !label.contains(&SOURCE);
    if no_source {
        // A source that is nowhere the likeliest label, but likely somewhere.
        let floor = SOURCE_FLOOR.ln();
        let likely: Vec<usize> = (0..label.len())
            .filter(|&slot| {
                labels.classes[slot][SOURCE] > floor
                    && !cue.contains(&(reach.start + slot))
                    && columns.doc.token(reach.start + slot).pos() != language::Pos::Punct
            })
            .collect();
        for slot in likely {
            label[slot] = SOURCE;
        }
    }
    let of = |i: usize| label[i - reach.start];
    let source = stretches(reach.clone(), |i| of(i) == SOURCE && !cue.contains(&i))
        .into_iter()
        .filter_map(|range| trim(columns, range))
        .max_by(|a, b| weight(a).total_cmp(&weight(b)));
    let content = stretches(reach.clone(), |i| of(i) == CONTENT && !cue.contains(&i))
        .into_iter()
        .filter_map(|range| trim(columns, range))
        .collect();
    Found {
        word: at,
        cue,
        source,
        content,
        probability,
    }
}

/// Marks belong to the content that stands on both sides of them; quotation marks also to what they open and close.
fn marks(columns: &Columns<'_>, reach: &Range<usize>, label: &mut [usize]) {
    let mark = |slot: usize| {
        let token = columns.doc.token(reach.start + slot);
        token.is_punct() || token.is_space()
    };
    let mut before = OTHER;
    let mut slot = 0;
    while slot < label.len() {
        if !mark(slot) {
            before = label[slot];
            slot += 1;
            continue;
        }
        let mut end = slot;
        while end < label.len() && mark(end) {
            end += 1;
        }
        let after = label.get(end).copied().unwrap_or(OTHER);
        for (at, label) in label.iter_mut().enumerate().take(end).skip(slot) {
            *label = match columns.quoted[reach.start + at] {
                _ if before == after => before,
                Quoted::First if after == CONTENT => CONTENT,
                Quoted::Last | Quoted::Yes if before == CONTENT => CONTENT,
                _ => OTHER,
            };
        }
        slot = end;
    }
}

/// Leaves out commas, colons, dashes and white space at the ends; `None` when nothing is left but marks.
fn trim(columns: &Columns<'_>, mut range: Range<usize>) -> Option<Range<usize>> {
    let loose = |i: usize| {
        let token = columns.doc.token(i);
        token.is_space() || matches!(token.text(), "," | ";" | ":" | "–" | "—" | "-" | "--")
    };
    while range.start < range.end && loose(range.start) {
        range.start += 1;
    }
    while range.start < range.end && loose(range.end - 1) {
        range.end -= 1;
    }
    range
        .clone()
        .any(|i| !columns.doc.token(i).is_punct())
        .then_some(range)
}

/// Gives every token of content one owner, the surest attribution first, and drops one whose cue word lies in another's content.
fn single_owner(columns: &Columns<'_>, found: &mut Vec<Found>) {
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

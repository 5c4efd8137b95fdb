//! Examples for who says what, from annotated articles, and the [`Model`] trained on them.
//!
//! Comes in: parsed articles with their attributions as tokens. Goes out: the model. CuePriors of words are counted
//! without the article at hand, so that the classifier learns how far to trust them on a text it has not seen.

use std::collections::{BTreeMap, BTreeSet};

use language::{Doc, Pos};

use reader::{
    learned::{Features, hash},
    read::speakers::{
        learned::{
            Model,
            continuation::{self, Walk},
            cue,
            cue_priors::{self, CuePriors},
            paragraphs, runs_on_in,
            span::{self, CONTENT, CUE, OTHER, SOURCE},
            stretches,
            token_features::{self, TokenFeatures},
        },
        quotes::Quotes,
    },
};

use crate::optim::hashed::{Example, Settings, train};

/// One attribution as annotated.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// Tokens of the cue.
    pub cue: BTreeSet<usize>,
    /// Tokens of the source.
    pub source: BTreeSet<usize>,
    /// Tokens of the content.
    pub content: BTreeSet<usize>,
}

/// One annotated article.
pub struct Article {
    /// The parsed text.
    pub doc: Doc,
    /// Its attributions.
    pub gold: Vec<Gold>,
    /// Tokens that the annotators set aside.
    pub discarded: BTreeSet<usize>,
}

/// The word of a cue that heads it: one whose head lies outside, a verb first.
pub fn head_of(doc: &Doc, cue: &BTreeSet<usize>) -> Option<usize> {
    let outer = |i: &&usize| {
        let token = doc.token(**i);
        token.is_root() || !cue.contains(&token.head().i)
    };
    let verb = |i: &&usize| {
        let token = doc.token(**i);
        token.pos() == Pos::Verb
            || token.pos() == Pos::Aux && !matches!(token.dep(), "aux" | "auxpass")
    };
    cue.iter()
        .filter(outer)
        .find(verb)
        .or_else(|| cue.iter().find(outer))
        .copied()
}

type Counts = BTreeMap<u32, (u32, u32)>;

fn count(article: &Article, heads: &BTreeSet<usize>) -> Counts {
    let mut counts = Counts::new();
    for token in article.doc.tokens() {
        let lemma = hash(token.lemma());
        let slot = counts
            .entry(cue_priors::key(lemma, token_features::is_verb(token)))
            .or_default();
        slot.0 += u32::from(heads.contains(&token.i));
        slot.1 += 1;
    }
    counts
}

/// How to train each model.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Cue classifier.
    pub cue: Settings,
    /// Spans.
    pub span: Settings,
    /// Sentences that run on.
    pub onward: Settings,
    /// Probability from which a word is a cue.
    pub threshold: f32,
}

/// Trains on the articles; `note` hears how far it is.
pub fn learn(articles: &[Article], plan: &Plan, note: &dyn Fn(&str)) -> Model {
    let heads: Vec<BTreeSet<usize>> = articles
        .iter()
        .map(|article| {
            article
                .gold
                .iter()
                .filter_map(|gold| head_of(&article.doc, &gold.cue))
                .collect()
        })
        .collect();
    let counts: Vec<Counts> = articles
        .iter()
        .zip(&heads)
        .map(|(article, heads)| count(article, heads))
        .collect();
    let mut all = Counts::new();
    for (word, (cues, of)) in counts.iter().flatten() {
        let slot = all.entry(*word).or_default();
        slot.0 += cues;
        slot.1 += of;
    }
    let rates = CuePriors::of(&all);
    let mut examples = Examples::default();
    for ((article, heads), own) in articles.iter().zip(&heads).zip(&counts) {
        let without: Counts = own
            .iter()
            .filter_map(|(word, (cues, of))| {
                let (all_cues, all_of) = all.get(word)?;
                Some((*word, (all_cues - cues, all_of - of)))
            })
            .collect();
        examples.add(article, heads, &rates, &without);
    }
    let Examples {
        cues,
        spans,
        onward,
    } = examples;
    note(&format!(
        "{} words, {} tokens, {} sentences",
        cues.len(),
        spans.len(),
        onward.len()
    ));
    let cue = train(&cues, plan.cue);
    note("cues learned");
    let span = train(&spans, plan.span);
    note("spans learned");
    Model {
        priors: rates,
        cue,
        span,
        continuation: train(&onward, plan.onward),
        threshold: plan.threshold,
    }
}

/// What the three models learn from.
#[derive(Default)]
struct Examples {
    cues: Vec<Example>,
    spans: Vec<Example>,
    onward: Vec<Example>,
}

impl Examples {
    /// Adds those of an article; `without` counts the cues of all others.
    fn add(
        &mut self,
        article: &Article,
        heads: &BTreeSet<usize>,
        rates: &CuePriors,
        without: &Counts,
    ) {
        let doc = &article.doc;
        let paragraph = paragraphs(doc);
        let quotes = Quotes::find(doc, &paragraph);
        let mut columns = TokenFeatures::new(doc, &quotes, &paragraph, rates);
        for token in doc.tokens() {
            let key = cue_priors::key(columns.lemma[token.i], token_features::is_verb(token));
            let (cues, of) = without.get(&key).copied().unwrap_or_default();
            let candidate = CuePriors::is_candidate(columns.rate[token.i]);
            let byte = CuePriors::plain(cue_priors::byte(cues, of));
            columns.rate[token.i] = byte | if candidate { 0x80 } else { 0 };
        }
        for i in (0..doc.len()).filter(|&i| columns.is_candidate(i)) {
            if article.discarded.contains(&i) {
                continue;
            }
            let mut features = Features::new();
            cue::features(&columns, i, &mut features);
            self.cues
                .push(example(features, usize::from(heads.contains(&i))));
        }
        let words: Vec<usize> = heads.iter().copied().collect();
        for gold in &article.gold {
            let Some(word) = head_of(doc, &gold.cue) else {
                continue;
            };
            let way = span::Cue::new(&columns, word, &words);
            for i in way.reach.clone() {
                if doc.token(i).is_punct() || doc.token(i).is_space() {
                    // Marks are given to what stands beside them.
                    continue;
                }
                let mut features = Features::new();
                way.features(i, &mut features);
                self.spans.push(example(features, class_of(gold, i)));
            }
            steps(&columns, gold, word, &words, &mut self.onward);
        }
    }
}

/// What a token is to an attribution.
fn class_of(gold: &Gold, i: usize) -> usize {
    if gold.cue.contains(&i) {
        CUE
    } else if gold.source.contains(&i) {
        SOURCE
    } else if gold.content.contains(&i) {
        CONTENT
    } else {
        OTHER
    }
}

fn example(features: Features, class: usize) -> Example {
    Example {
        features,
        class,
        weight: 1.0,
    }
}

/// The steps of the walk from a cue's sentence, up to and with the first into which the content does not go.
fn steps(
    columns: &TokenFeatures<'_>,
    gold: &Gold,
    word: usize,
    words: &[usize],
    out: &mut Vec<Example>,
) {
    let doc = columns.doc;
    let own = doc.token(word).sentence();
    let here = doc.token(word).sentence_index();
    let mut content = stretches(own, |i| gold.content.contains(&i));
    for forward in [true, false] {
        let mut walk = Walk {
            columns,
            word,
            content: std::mem::take(&mut content),
            cues: words,
            forward,
            steps: 0,
        };
        let mut sentence = here;
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
            let mut features = Features::new();
            walk.features(tokens.clone(), &mut features);
            let held = gold.content.range(tokens.clone()).next().is_some();
            out.push(example(features, usize::from(held)));
            if !held {
                break;
            }
            let part = runs_on_in(columns, tokens.clone(), walk.cue_in(&tokens) == 2);
            walk.content.extend(part);
            walk.content.sort_by_key(|range| range.start);
        }
        content = walk.content;
    }
}

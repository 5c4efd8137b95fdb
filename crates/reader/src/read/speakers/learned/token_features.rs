//! A text's tokens as numbers: what the features are made of, worked out once a text.
//!
//! Comes in: a parsed text and its quotation marks. Goes out: one column a property, one entry a token. Words are
//! hashes, so that no feature is ever a string.

use language::{Doc, Pos, Token};

use super::cue_priors::CuePriors;
use crate::{learned::hash, read::speakers::quotes::Quotes};

/// Where a token stands with respect to quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoted {
    /// Outside.
    No = 0,
    /// Between marks.
    Yes = 1,
    /// The first token of a quotation, which is or holds its mark.
    First = 2,
    /// The last one.
    Last = 3,
}

/// The columns.
pub struct TokenFeatures<'a> {
    /// The text.
    pub doc: &'a Doc,
    /// Its quotations.
    pub quotes: &'a Quotes,
    /// Paragraph of each token.
    pub paragraph: &'a [u32],
    /// Base form.
    pub lemma: Vec<u64>,
    /// Lower-case form.
    pub lower: Vec<u64>,
    /// Fine tag.
    pub tag: Vec<u64>,
    /// Dependency label.
    pub dep: Vec<u64>,
    /// Label of the entity.
    pub entity: Vec<u64>,
    /// How often the word is a cue, as a bucket.
    pub rate: Vec<u8>,
    /// Quotation state.
    pub quoted: Vec<Quoted>,
    /// Head.
    pub head: Vec<u32>,
}

impl<'a> TokenFeatures<'a> {
    /// Works them out.
    pub fn new(doc: &'a Doc, quotes: &'a Quotes, paragraph: &'a [u32], priors: &CuePriors) -> Self {
        let n = doc.len();
        let mut out = Self {
            doc,
            quotes,
            paragraph,
            lemma: Vec::with_capacity(n),
            lower: Vec::with_capacity(n),
            tag: Vec::with_capacity(n),
            dep: Vec::with_capacity(n),
            entity: Vec::with_capacity(n),
            rate: Vec::with_capacity(n),
            quoted: vec![Quoted::No; n],
            head: Vec::with_capacity(n),
        };
        for token in doc.tokens() {
            let lemma = hash(token.lemma());
            out.lemma.push(lemma);
            out.lower.push(hash(token.lower()));
            out.tag.push(hash(token.tag()));
            out.dep.push(hash(token.dep()));
            out.entity.push(hash(token.entity_label()));
            out.rate.push(priors.bucket(lemma, is_verb(token)));
            out.head.push(token.head().i as u32);
        }
        for segment in &quotes.segments {
            let tokens = segment.tokens.clone();
            out.quoted[tokens.clone()].fill(Quoted::Yes);
            if let Some(last) = tokens.clone().last() {
                out.quoted[last] = Quoted::Last;
            }
            if let Some(first) = tokens.clone().next() {
                out.quoted[first] = Quoted::First;
            }
        }
        out
    }

    /// Whether the token may be a cue: a verb that is no mere auxiliary, or a word that was one often enough.
    pub fn is_candidate(&self, i: usize) -> bool {
        let token = self.doc.token(i);
        match token.pos() {
            // A verb often met and never a cue is none.
            Pos::Verb => CuePriors::plain(self.rate[i]) != NEVER,
            Pos::Aux if !matches!(token.dep(), "aux" | "auxpass") => true,
            Pos::Space => false,
            // "by" and "with" were cues now and then, one time in a hundred: not worth a look at each.
            _ => CuePriors::is_candidate(self.rate[i]) && CuePriors::plain(self.rate[i]) > SELDOM,
        }
    }
}

/// Bucket of words that never were a cue.
const NEVER: u8 = 1;
/// Bucket of words that were a cue less than one time in fifty.
const SELDOM: u8 = 2;

/// Whether the word counts as a verb in the table of priors.
pub fn is_verb(token: Token<'_>) -> bool {
    matches!(token.pos(), Pos::Verb | Pos::Aux)
}

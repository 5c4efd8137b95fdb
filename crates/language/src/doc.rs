//! A parsed text: one owner of the tokens, cheap views onto them.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Universal part of speech (UPOS), as spaCy's attribute ruler sets it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum Pos {
    /// Adjective.
    Adj,
    /// Adposition.
    Adp,
    /// Adverb.
    Adv,
    /// Auxiliary.
    Aux,
    /// Conjunction, of either kind (old label, still in spaCy's tables).
    Conj,
    /// Coordinating conjunction.
    Cconj,
    /// Determiner.
    Det,
    /// Interjection.
    Intj,
    /// Noun.
    Noun,
    /// Numeral.
    Num,
    /// Particle.
    Part,
    /// Pronoun.
    Pron,
    /// Proper noun.
    Propn,
    /// Punctuation.
    Punct,
    /// Subordinating conjunction.
    Sconj,
    /// Symbol.
    Sym,
    /// Verb.
    Verb,
    /// Anything else; also what no rule has set.
    #[default]
    X,
    /// White space.
    Space,
}

/// One token as stored. Read it through [`Token`].
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TokenData {
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Index of the head in the doc; its own index for the root of a sentence.
    pub head: u32,
    /// Fine tag (Penn Treebank for English).
    pub tag: Box<str>,
    /// Universal part of speech.
    pub pos: Pos,
    /// Dependency label (ClearNLP for English): `nsubj`, `dobj`, `ROOT`.
    pub dep: Box<str>,
    /// Base form.
    pub lemma: Box<str>,
    /// Lower-case form.
    pub lower: Box<str>,
    /// Whether a sentence starts here.
    pub sent_start: bool,
    /// Index + 1 of the entity it is in; 0 for none.
    pub entity: u32,
}

/// A named entity: tokens `start..end` and the recogniser's label (`PERSON`, `GPE`, `CARDINAL` …).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// Label.
    pub label: Box<str>,
}

/// A parsed text. Tokens never overlap and stand in order; white-space tokens are kept, as in spaCy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Doc {
    text: Box<str>,
    tokens: Vec<TokenData>,
    entities: Vec<Entity>,
    /// Token ranges of the sentences, derived.
    #[serde(skip)]
    sentences: Vec<(u32, u32)>,
    /// Sentence of each token, derived.
    #[serde(skip)]
    sentence_of: Vec<u32>,
    /// Children of token `i` are `children[child_at[i]..child_at[i + 1]]`, derived.
    #[serde(skip)]
    child_at: Vec<u32>,
    #[serde(skip)]
    children: Vec<u32>,
    /// Leftmost and one past the rightmost token of each subtree, derived.
    #[serde(skip)]
    subtree: Vec<(u32, u32)>,
}

impl Doc {
    /// Makes a doc from its parts and works out sentences, children and subtrees.
    ///
    /// # Panics
    /// If a token lies outside the text or a head outside the doc.
    pub fn new(
        text: impl Into<Box<str>>,
        mut tokens: Vec<TokenData>,
        entities: Vec<Entity>,
    ) -> Self {
        let text = text.into();
        let n = tokens.len();
        for token in &tokens {
            assert!(
                text.get(token.start as usize..token.end as usize).is_some(),
                "token off the text"
            );
            assert!((token.head as usize) < n, "head off the doc");
        }
        for token in &mut tokens {
            token.entity = 0;
        }
        for (index, entity) in entities.iter().enumerate() {
            for token in &mut tokens[entity.start as usize..entity.end as usize] {
                token.entity = index as u32 + 1;
            }
        }
        let mut sentences = Vec::new();
        let mut sentence_of = Vec::with_capacity(n);
        for (i, token) in tokens.iter().enumerate() {
            if token.sent_start || i == 0 {
                sentences.push((i as u32, i as u32));
            }
            let last = sentences.len() - 1;
            sentences[last].1 = i as u32 + 1;
            sentence_of.push(last as u32);
        }
        let mut child_at = vec![0u32; n + 1];
        for (i, token) in tokens.iter().enumerate() {
            if token.head as usize != i {
                child_at[token.head as usize + 1] += 1;
            }
        }
        for i in 0..n {
            child_at[i + 1] += child_at[i];
        }
        let mut next = child_at.clone();
        let mut children = vec![0u32; child_at[n] as usize];
        for (i, token) in tokens.iter().enumerate() {
            let head = token.head as usize;
            if head != i {
                children[next[head] as usize] = i as u32;
                next[head] += 1;
            }
        }
        let subtree = subtrees(&tokens, &child_at, &children);
        Self {
            text,
            tokens,
            entities,
            sentences,
            sentence_of,
            child_at,
            children,
            subtree,
        }
    }

    /// Reads a doc written as JSON (`{"text", "tokens", "entities"}`), working out what is derived.
    ///
    /// # Errors
    /// If the JSON is not of that shape.
    pub fn from_json(json: &str) -> serde_json::Result<Self> {
        let raw: Doc = serde_json::from_str(json)?;
        Ok(Doc::new(raw.text, raw.tokens, raw.entities))
    }

    /// Returns the same parse over another spelling of the text: what was parsed in lower case shows its capitals
    /// again.
    ///
    /// # Panics
    /// If `text` has another length, or a token's end is no character boundary in it.
    pub fn respelled(mut self, text: &str) -> Self {
        assert_eq!(
            self.text.len(),
            text.len(),
            "another text, not another spelling"
        );
        for token in &self.tokens {
            assert!(
                text.get(token.start as usize..token.end as usize).is_some(),
                "token off the text"
            );
        }
        self.text = text.into();
        self
    }

    /// The text parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// A view of token `i`.
    ///
    /// # Panics
    /// If `i` is not below [`Doc::len`].
    pub fn token(&self, i: usize) -> Token<'_> {
        assert!(i < self.tokens.len(), "token {i} of {}", self.tokens.len());
        Token { doc: self, i }
    }

    /// All tokens in order.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator {
        (0..self.tokens.len()).map(|i| Token { doc: self, i })
    }

    /// The entities in order.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// Number of sentences.
    pub fn sentence_count(&self) -> usize {
        self.sentences.len()
    }

    /// Token range of sentence `s`.
    pub fn sentence(&self, s: usize) -> Range<usize> {
        let (start, end) = self.sentences[s];
        start as usize..end as usize
    }

    /// Token ranges of all sentences in order.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.sentences.iter().map(|&(a, b)| a as usize..b as usize)
    }

    /// Byte range that the tokens `range` cover; an empty range at the text's start for no tokens.
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        if range.is_empty() {
            return 0..0;
        }
        self.tokens[range.start].start as usize..self.tokens[range.end - 1].end as usize
    }

    /// The words that the tokens `range` cover, as they stand in the text.
    pub fn slice(&self, range: Range<usize>) -> &str {
        &self.text[self.bytes(range)]
    }

    /// Index of the first token that ends after byte `at`; [`Doc::len`] if there is none.
    pub fn token_at(&self, at: usize) -> usize {
        self.tokens
            .partition_point(|token| token.end as usize <= at)
    }

    /// Tokens that share a byte with `bytes`.
    pub fn tokens_in(&self, bytes: Range<usize>) -> Range<usize> {
        let start = self.token_at(bytes.start);
        let end = self
            .tokens
            .partition_point(|token| (token.start as usize) < bytes.end);
        start..end.max(start)
    }
}

/// Leftmost and one past rightmost token of every subtree, without recursion (a 100 kB sentence must not overflow the
/// stack).
fn subtrees(tokens: &[TokenData], child_at: &[u32], children: &[u32]) -> Vec<(u32, u32)> {
    let n = tokens.len();
    let mut out: Vec<(u32, u32)> = (0..n as u32).map(|i| (i, i + 1)).collect();
    let mut waiting: Vec<u32> = (0..n).map(|i| child_at[i + 1] - child_at[i]).collect();
    let mut ready: Vec<u32> = (0..n as u32)
        .filter(|&i| waiting[i as usize] == 0)
        .collect();
    while let Some(i) = ready.pop() {
        let head = tokens[i as usize].head;
        if head == i {
            continue;
        }
        let (a, b) = out[i as usize];
        let slot = &mut out[head as usize];
        *slot = (slot.0.min(a), slot.1.max(b));
        waiting[head as usize] -= 1;
        if waiting[head as usize] == 0 {
            ready.push(head);
        }
    }
    debug_assert_eq!(children.len(), child_at[n] as usize);
    out
}

/// A view of one token; copies freely, owns nothing.
#[derive(Clone, Copy)]
pub struct Token<'a> {
    doc: &'a Doc,
    /// Index in the doc.
    pub i: usize,
}

impl PartialEq for Token<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.i == other.i && std::ptr::eq(self.doc, other.doc)
    }
}

impl std::fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.i, self.text())
    }
}

impl<'a> Token<'a> {
    fn data(self) -> &'a TokenData {
        &self.doc.tokens[self.i]
    }

    /// The doc it belongs to.
    pub fn doc(self) -> &'a Doc {
        self.doc
    }

    /// The word as it stands.
    pub fn text(self) -> &'a str {
        &self.doc.text[self.bytes()]
    }

    /// Its bytes in the text.
    pub fn bytes(self) -> Range<usize> {
        self.data().start as usize..self.data().end as usize
    }

    /// Lower-case form.
    pub fn lower(self) -> &'a str {
        &self.data().lower
    }

    /// Base form.
    pub fn lemma(self) -> &'a str {
        &self.data().lemma
    }

    /// Fine tag.
    pub fn tag(self) -> &'a str {
        &self.data().tag
    }

    /// Universal part of speech.
    pub fn pos(self) -> Pos {
        self.data().pos
    }

    /// Dependency label.
    pub fn dep(self) -> &'a str {
        &self.data().dep
    }

    /// The head; itself at the root.
    pub fn head(self) -> Token<'a> {
        self.doc.token(self.data().head as usize)
    }

    /// Whether it is the root of its sentence's tree.
    pub fn is_root(self) -> bool {
        self.data().head as usize == self.i
    }

    /// Whether it is white space only.
    pub fn is_space(self) -> bool {
        self.data().pos == Pos::Space
    }

    /// Whether it is punctuation.
    pub fn is_punct(self) -> bool {
        self.data().pos == Pos::Punct
    }

    /// Label of the entity it is in, if any.
    pub fn entity(self) -> Option<&'a Entity> {
        (self.data().entity > 0).then(|| &self.doc.entities[self.data().entity as usize - 1])
    }

    /// Label of the entity it is in; empty for none.
    pub fn entity_label(self) -> &'a str {
        self.entity().map_or("", |entity| &entity.label)
    }

    /// Index of its sentence.
    pub fn sentence_index(self) -> usize {
        self.doc.sentence_of[self.i] as usize
    }

    /// Token range of its sentence.
    pub fn sentence(self) -> Range<usize> {
        self.doc.sentence(self.sentence_index())
    }

    /// Its children, left to right.
    pub fn children(self) -> impl DoubleEndedIterator<Item = Token<'a>> {
        let doc = self.doc;
        let range = doc.child_at[self.i] as usize..doc.child_at[self.i + 1] as usize;
        doc.children[range]
            .iter()
            .map(move |&i| doc.token(i as usize))
    }

    /// The first child with this dependency label.
    pub fn child(self, dep: &str) -> Option<Token<'a>> {
        self.children().find(|child| child.dep() == dep)
    }

    /// The first child with one of these labels.
    pub fn child_of(self, deps: &[&str]) -> Option<Token<'a>> {
        self.children().find(|child| deps.contains(&child.dep()))
    }

    /// Tokens from the leftmost to the rightmost of its subtree; holds strangers where the tree is not projective.
    pub fn subtree(self) -> Range<usize> {
        let (a, b) = self.doc.subtree[self.i];
        a as usize..b as usize
    }

    /// Its heads, nearest first, the root last; without itself.
    pub fn ancestors(self) -> impl Iterator<Item = Token<'a>> {
        let mut at = self;
        std::iter::from_fn(move || {
            (!at.is_root()).then(|| {
                at = at.head();
                at
            })
        })
    }

    /// The token before it, if any.
    pub fn previous(self) -> Option<Token<'a>> {
        (self.i > 0).then(|| self.doc.token(self.i - 1))
    }

    /// The token after it, if any.
    pub fn next(self) -> Option<Token<'a>> {
        (self.i + 1 < self.doc.len()).then(|| self.doc.token(self.i + 1))
    }
}

//! A loaded pipeline.

use std::{
    collections::HashMap,
    ops::Range,
    path::{Path, PathBuf},
    sync::Mutex,
};

use crate::{
    Doc, Entity, TokenData,
    lemma::Lemmatizer,
    lexeme::Lexemes,
    network::{Dense, Encoder, FormCache, Rows, Scorer, Simd, Sums, ZERO, flat},
    parse::{ArcEager, Entities, EntityMove, Move, Tree},
    prepared::{FormatError, Prepared},
    ruler::{Attributes, Ruler},
    tokenizer::{ChunkCache, Piece, Tokenizer},
};

/// Why a pipeline could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// A file is missing or unreadable.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// The bytes are no model this program can use.
    #[error(transparent)]
    Format(#[from] FormatError),
}

/// A loaded spaCy pipeline. It never changes once loaded, so threads may share it: each call takes scratch space of its
/// own, and what that space remembers from earlier calls changes how fast a text is parsed, never how.
pub struct Pipeline {
    name: String,
    version: String,
    tokenizer: Tokenizer,
    norms: HashMap<u64, Box<str>>,
    tags: Vec<String>,
    labels: Vec<String>,
    /// For each label of a lifted arc, the plain label and that of the head to look for.
    lifted: Vec<Option<(u16, u16)>>,
    parser: ArcEager,
    entities: Entities,
    entity_labels: Vec<String>,
    ruler: Ruler,
    lemmatizer: Lemmatizer,
    shared: Encoder,
    own: Encoder,
    tagger: Dense,
    parser_scorer: Scorer,
    ner_scorer: Scorer,
    simd: Simd,
    spare: Mutex<Vec<Workspace>>,
}

/// What a parse needs beside the model; kept for the next one.
#[derive(Default)]
struct Workspace {
    chunks: ChunkCache,
    lexemes: Lexemes,
    shared_forms: FormCache,
    own_forms: FormCache,
    rows: Rows,
    sums: Sums,
}

/// More forms than this are forgotten before the next batch; what is kept of one takes about 8 kB.
const MAX_FORMS: usize = 4_096;
/// Tokens parsed as one; a longer paragraph is cut. Bounds the memory that any text can take.
const MAX_SEGMENT: usize = 8192;
/// Tokens worked on together.
const MAX_BATCH: usize = 1024;

/// Tokens of one paragraph or of a piece of a giant one.
struct Segment {
    pieces: Vec<Piece>,
    /// Where the paragraph starts in the text.
    offset: usize,
}

impl Pipeline {
    /// Loads a prepared model file.
    ///
    /// # Errors
    /// If the file is missing or not such a model.
    pub fn load(path: &Path) -> Result<Self, LoadError> {
        // The one place where this crate touches a file, and only one it is told of.
        #[allow(clippy::disallowed_methods)]
        let bytes = std::fs::read(path).map_err(|source| LoadError::Read {
            path: path.to_owned(),
            source,
        })?;
        Ok(Self::from_bytes(&bytes)?)
    }

    /// Makes a pipeline of the bytes of a prepared model file.
    ///
    /// # Errors
    /// If the bytes are not such a model.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let data = Prepared::from_bytes(bytes)?;
        data.fits().map_err(|_| FormatError::Damaged)?;
        Self::build(data).ok_or(FormatError::Damaged)
    }

    fn build(data: Prepared) -> Option<Self> {
        let mut labels: Vec<String> = vec![String::new()];
        let mut id = |label: &str| {
            let found = labels.iter().position(|known| known == label);
            found.unwrap_or_else(|| {
                labels.push(label.to_owned());
                labels.len() - 1
            }) as u16
        };
        let root_label = id("ROOT");
        let mut actions = Vec::new();
        for (kind, label) in &data.parser_moves {
            if let Some((plain, head)) = label.split_once("||") {
                id(plain);
                id(head);
            }
            actions.push((Move::from_kind(*kind)?, id(label)));
        }
        let lifted = |label: &String| {
            let (plain, head) = label.split_once("||")?;
            let find = |wanted: &str| labels.iter().position(|label| label == wanted);
            Some((find(plain)? as u16, find(head)? as u16))
        };
        let lifted = labels.iter().map(lifted).collect();
        let mut entity_labels: Vec<String> = vec![String::new()];
        let mut entity_actions = Vec::new();
        for (kind, label) in &data.ner_moves {
            let found = entity_labels.iter().position(|known| known == label);
            let label = found.unwrap_or_else(|| {
                entity_labels.push(label.clone());
                entity_labels.len() - 1
            });
            entity_actions.push((EntityMove::from_kind(*kind)?, label as u16));
        }
        let norms = data.norms.into_iter();
        Some(Self {
            name: data.name,
            version: data.version,
            tokenizer: Tokenizer::new(data.tokenizer)?,
            norms: norms.map(|(id, norm)| (id, norm.into())).collect(),
            tagger: Dense::new(&data.tagger.w, &data.tagger.b, data.tags.len(), |i| i),
            tags: data.tags,
            parser: ArcEager {
                actions,
                root_label,
            },
            labels,
            lifted,
            entities: Entities {
                actions: entity_actions,
            },
            entity_labels,
            ruler: Ruler::new(data.rules)?,
            lemmatizer: Lemmatizer::new(data.lemmas),
            shared: Encoder::new(data.shared),
            own: Encoder::new(data.own),
            parser_scorer: Scorer::new(&data.parser),
            ner_scorer: Scorer::new(&data.ner),
            simd: Simd::detect(),
            spare: Mutex::default(),
        })
    }

    /// Name of the spaCy package it was made from, such as `en_core_web_sm`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Version of that package.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Parses the paragraphs of a text; each is parsed by itself. Text outside the paragraphs has no tokens. Paragraphs
    /// must stand in order and not overlap; one that does not, or that cuts a character, is passed over.
    ///
    /// A paragraph of more than 8,192 tokens is cut into pieces, at a sentence's end where there is one.
    pub fn parse(&self, text: &str, paragraphs: &[Range<usize>]) -> Doc {
        let spare = self.spare.lock().map(|mut spare| spare.pop());
        let mut work = spare.ok().flatten().unwrap_or_default();
        let mut out = Output::default();
        let mut batch: Vec<Segment> = Vec::new();
        let mut waiting = 0;
        let mut from = 0;
        for paragraph in paragraphs {
            if paragraph.start < from {
                continue;
            }
            let Some(words) = text.get(paragraph.clone()) else {
                continue;
            };
            from = paragraph.end;
            let pieces = self.tokenizer.split(words, &mut work.chunks);
            for pieces in cut(words, pieces) {
                if waiting + pieces.len() > MAX_BATCH && waiting > 0 {
                    self.parse_batch(text, &batch, &mut work, &mut out);
                    batch.clear();
                    waiting = 0;
                }
                waiting += pieces.len();
                batch.push(Segment {
                    pieces,
                    offset: paragraph.start,
                });
            }
        }
        self.parse_batch(text, &batch, &mut work, &mut out);
        if let Ok(mut spare) = self.spare.lock() {
            spare.push(work);
        }
        Doc::new(text, out.tokens, out.entities)
    }

    /// Parses a whole text as one paragraph.
    pub fn parse_text(&self, text: &str) -> Doc {
        self.parse(text, std::slice::from_ref(&(0..text.len())))
    }

    /// Multiply-adds of a token whose form is known; the parser takes two actions a token.
    pub(crate) fn multiply_adds(&self) -> usize {
        self.shared.multiply_adds()
            + self.own.multiply_adds()
            + self.tagger.multiply_adds()
            + self.parser_scorer.multiply_adds(2)
            + self.ner_scorer.multiply_adds(1)
    }

    fn parse_batch(&self, text: &str, batch: &[Segment], work: &mut Workspace, out: &mut Output) {
        let Workspace {
            lexemes,
            shared_forms,
            own_forms,
            rows,
            sums,
            ..
        } = work;
        if lexemes.len() > MAX_FORMS {
            lexemes.clear();
            shared_forms.clear();
            own_forms.clear();
        }
        let mut tokens: Vec<(u32, bool)> = Vec::new();
        let mut lengths = Vec::new();
        for segment in batch {
            lengths.push(segment.pieces.len());
            for piece in &segment.pieces {
                let word =
                    &text[segment.offset + piece.bytes.start..segment.offset + piece.bytes.end];
                let form = lexemes.intern(word, piece.norm.as_ref(), &self.norms);
                tokens.push((form, piece.spacy));
            }
        }
        if tokens.is_empty() {
            return;
        }
        let simd = self.simd;
        self.shared
            .encode(simd, lexemes, &tokens, &lengths, shared_forms, rows);
        let tags = self.tags_of(rows, tokens.len());
        self.parser_scorer.prepare(simd, rows, sums);
        let mut trees = Vec::new();
        let mut first = 0;
        for &length in &lengths {
            let mut tree = self
                .parser
                .parse(simd, &self.parser_scorer, sums, first, length);
            let is_space = |i: usize| lexemes.get(tokens[first + i].0).is_space;
            tree.deprojectivise(&|label| self.lifted[usize::from(label)], &is_space);
            let mut starts = tree.sentence_starts();
            if let Some(start) = starts.first_mut() {
                *start = true;
            }
            trees.push((tree, starts));
            first += length;
        }
        self.own
            .encode(simd, lexemes, &tokens, &lengths, own_forms, rows);
        self.ner_scorer.prepare(simd, rows, sums);
        let mut first = 0;
        for (segment, (tree, starts)) in batch.iter().zip(&trees) {
            let base = out.tokens.len();
            let is_space = |i: usize| lexemes.get(tokens[first + i].0).is_space;
            let entities =
                self.entities
                    .find(simd, &self.ner_scorer, sums, first, &is_space, starts);
            out.entities
                .extend(entities.into_iter().map(|(start, end, label)| Entity {
                    start: (base + start) as u32,
                    end: (base + end) as u32,
                    label: (*self.entity_labels[usize::from(label)]).into(),
                }));
            let attributes = (0..segment.pieces.len()).map(|i| Attributes {
                tag: &self.tags[tags[first + i]],
                lower: &lexemes.get(tokens[first + i].0).lower,
                dep: &self.labels[usize::from(tree.labels[i])],
                is_space: is_space(i),
                ..Attributes::default()
            });
            let mut attributes: Vec<Attributes> = attributes.collect();
            self.ruler.apply(&mut attributes);
            self.write(text, segment, tree, starts, &attributes, out);
            first += segment.pieces.len();
        }
    }

    /// The best tag of each of so many tokens.
    fn tags_of(&self, rows: &Rows, tokens: usize) -> Vec<usize> {
        let width = self.tagger.lanes();
        let mut scores = vec![ZERO; tokens * width];
        self.tagger
            .apply(self.simd, rows.numbers(), rows.offsets(), &mut scores);
        scores
            .chunks_exact(width)
            .map(|row| first_best(&flat(row)[..self.tags.len()]))
            .collect()
    }

    /// Appends the tokens of a segment, with what was found of each.
    fn write(
        &self,
        text: &str,
        segment: &Segment,
        tree: &Tree,
        starts: &[bool],
        attributes: &[Attributes<'_>],
        out: &mut Output,
    ) {
        let base = out.tokens.len() as u32;
        for (i, (token, piece)) in attributes.iter().zip(&segment.pieces).enumerate() {
            let bytes = segment.offset + piece.bytes.start..segment.offset + piece.bytes.end;
            let lemma = match token.lemma {
                Some(lemma) => lemma.into(),
                None => self
                    .lemmatizer
                    .lemma(&text[bytes.clone()], token.pos, token.morph)
                    .into(),
            };
            out.tokens.push(TokenData {
                start: bytes.start as u32,
                end: bytes.end as u32,
                head: base + tree.heads[i],
                tag: token.tag.into(),
                pos: token.pos,
                dep: token.dep.into(),
                lemma,
                lower: token.lower.into(),
                sent_start: starts[i],
                entity: 0,
            });
        }
    }
}

/// What a parse has produced so far.
#[derive(Default)]
struct Output {
    tokens: Vec<TokenData>,
    entities: Vec<Entity>,
}

/// Index of the largest number; the first of equals.
fn first_best(scores: &[f32]) -> usize {
    let mut best = 0;
    for (i, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = i;
        }
    }
    best
}

/// Cuts a giant paragraph into pieces that can be parsed one by one.
fn cut(text: &str, pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    if pieces.len() <= MAX_SEGMENT {
        return vec![pieces];
    }
    let ends = |piece: &Piece| {
        let word = &text[piece.bytes.clone()];
        word == "." || word.starts_with('\n')
    };
    let mut lengths = Vec::new();
    let mut rest = &pieces[..];
    while rest.len() > MAX_SEGMENT {
        let late = MAX_SEGMENT * 7 / 8;
        let end = rest[late..MAX_SEGMENT].iter().rposition(ends);
        let length = end.map_or(MAX_SEGMENT, |at| late + at + 1);
        lengths.push(length);
        rest = &rest[length..];
    }
    lengths.push(rest.len());
    let mut pieces = pieces.into_iter();
    let take = |length| pieces.by_ref().take(length).collect();
    lengths.into_iter().map(take).collect()
}

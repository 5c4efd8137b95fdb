//! Splits a text into tokens as spaCy's rule tokenizer does.
//!
//! What comes in: a text. What goes out: tokens as byte ranges, with the norm that an exception gives and whether a
//! space follows. It knows no tags and no words but the exceptions.

mod pattern;
mod url;

use std::{collections::HashMap, ops::Range, sync::Arc};

pub(crate) use pattern::Pattern;
use url::Url;

use crate::{prepared::TokenizerData, unicode::is_space};

/// A token as split off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub bytes: Range<usize>,
    /// Norm given by an exception.
    pub norm: Option<Arc<str>>,
    /// Whether a single space follows, which belongs to no token.
    pub spacy: bool,
}

/// What an exception splits into: length in bytes and norm of each token.
type Exception = Box<[(usize, Option<Arc<str>>)]>;

/// The rules.
pub(crate) struct Tokenizer {
    prefix: Pattern,
    suffix: Pattern,
    infix: Pattern,
    url: Url,
    exceptions: HashMap<Box<str>, Exception>,
    /// Length of the longest exception in bytes: longer words need no look-up.
    longest: usize,
    /// Token sequences that the affix rules make of an exception, by first token: what must be put together again.
    broken: HashMap<Box<str>, Vec<Vec<Box<str>>>>,
}

/// Start, end and norm of a token in a chunk.
type ChunkPiece = (u32, u32, Option<Arc<str>>);

/// Chunks split before; only what depends on nothing else is kept.
#[derive(Default)]
pub(crate) struct ChunkCache {
    chunks: HashMap<Box<str>, Box<[ChunkPiece]>>,
}

/// Longer chunks are rare and not worth their memory.
const MAX_CACHED_CHUNK: usize = 48;
const MAX_CACHED_CHUNKS: usize = 1 << 15;

impl Tokenizer {
    /// Compiles the rules; `None` if they use what the matchers do not know.
    pub(crate) fn new(data: TokenizerData) -> Option<Self> {
        let exceptions: HashMap<Box<str>, Exception> = data
            .exceptions
            .into_iter()
            .map(|(chunk, tokens)| {
                let tokens = tokens.into_iter();
                let tokens = tokens.map(|(orth, norm)| (orth.len(), norm.map(Arc::from)));
                (chunk.into(), tokens.collect())
            })
            .collect();
        let mut tokenizer = Tokenizer {
            prefix: Pattern::new(&data.prefix)?,
            suffix: Pattern::new(&data.suffix)?,
            infix: Pattern::new(&data.infix)?,
            url: Url::new(&data.url)?,
            longest: exceptions
                .keys()
                .map(|chunk| chunk.len())
                .max()
                .unwrap_or(0),
            exceptions,
            broken: HashMap::new(),
        };
        let mut broken: HashMap<Box<str>, Vec<Vec<Box<str>>>> = HashMap::new();
        for chunk in tokenizer.exceptions.keys() {
            let affixed = tokenizer.prefix.prefix(chunk) > 0
                || tokenizer.suffix.suffix(chunk) > 0
                || !tokenizer.infix.find_all(chunk).is_empty()
                || chunk.contains(' ');
            if affixed {
                let mut pieces = Vec::new();
                tokenizer.affixes(chunk, false, &mut ChunkCache::default(), &mut pieces);
                let words = pieces
                    .iter()
                    .map(|piece| Box::from(&chunk[piece.bytes.clone()]));
                let words: Vec<Box<str>> = words.collect();
                if let Some(first) = words.first() {
                    broken.entry(first.clone()).or_default().push(words);
                }
            }
        }
        for sequences in broken.values_mut() {
            sequences.sort();
        }
        tokenizer.broken = broken;
        Some(tokenizer)
    }

    /// Splits a text.
    pub(crate) fn split(&self, text: &str, cache: &mut ChunkCache) -> Vec<Piece> {
        if cache.chunks.len() > MAX_CACHED_CHUNKS {
            cache.chunks.clear();
        }
        let mut pieces = Vec::with_capacity(text.len() / 4);
        self.affixes(text, true, cache, &mut pieces);
        self.mend(text, pieces)
    }

    /// Cuts at white space and splits the chunks. A single space between words is no token, any other white space is.
    fn affixes(&self, text: &str, exceptions: bool, cache: &mut ChunkCache, out: &mut Vec<Piece>) {
        let Some(first) = text.chars().next() else {
            return;
        };
        let mut in_space = is_space(first);
        let mut start = 0;
        for (at, c) in text.char_indices() {
            if is_space(c) == in_space {
                continue;
            }
            if start < at {
                self.chunk(text, start..at, exceptions, cache, out);
            }
            if c == ' ' {
                if let Some(last) = out.last_mut() {
                    last.spacy = true;
                }
                start = at + 1;
            } else {
                start = at;
            }
            in_space = !in_space;
        }
        if start < text.len() {
            self.chunk(text, start..text.len(), exceptions, cache, out);
            if let Some(last) = out.last_mut() {
                last.spacy = text.ends_with(' ') && !in_space;
            }
        }
    }

    fn chunk(
        &self,
        text: &str,
        bytes: Range<usize>,
        exceptions: bool,
        cache: &mut ChunkCache,
        out: &mut Vec<Piece>,
    ) {
        let chunk = &text[bytes.clone()];
        let cached = exceptions && chunk.len() <= MAX_CACHED_CHUNK;
        if cached && let Some(pieces) = cache.chunks.get(chunk) {
            out.extend(pieces.iter().map(|(start, end, norm)| Piece {
                bytes: bytes.start + *start as usize..bytes.start + *end as usize,
                norm: norm.clone(),
                spacy: false,
            }));
            return;
        }
        let from = out.len();
        let mut splitter = Splitter {
            rules: self,
            text,
            exceptions,
            out,
        };
        splitter.chunk(bytes.clone());
        if cached {
            let pieces = out[from..].iter().map(|piece| {
                let (start, end) = (
                    piece.bytes.start - bytes.start,
                    piece.bytes.end - bytes.start,
                );
                (start as u32, end as u32, piece.norm.clone())
            });
            cache.chunks.insert(chunk.into(), pieces.collect());
        }
    }

    /// Puts exceptions together again that the affix rules have broken, the longest first.
    fn mend(&self, text: &str, pieces: Vec<Piece>) -> Vec<Piece> {
        let word = |piece: &Piece| &text[piece.bytes.clone()];
        let mut matches: Vec<(usize, usize)> = Vec::new();
        for (i, piece) in pieces.iter().enumerate() {
            if piece.bytes.len() > self.longest {
                continue;
            }
            for sequence in self.broken.get(word(piece)).into_iter().flatten() {
                let found = pieces.get(i..i + sequence.len());
                if found
                    .is_some_and(|found| found.iter().map(word).eq(sequence.iter().map(|w| &**w)))
                {
                    matches.push((i, i + sequence.len()));
                }
            }
        }
        if matches.is_empty() {
            return pieces;
        }
        matches.sort_by_key(|&(start, end)| (std::cmp::Reverse(end - start), start));
        let mut taken = vec![false; pieces.len()];
        let mut at: HashMap<usize, usize> = HashMap::new();
        for (start, end) in matches {
            if !taken[start] && !taken[end - 1] {
                at.insert(start, end);
            }
            taken[start..end].fill(true);
        }
        let mut out = Vec::with_capacity(pieces.len());
        let mut i = 0;
        while i < pieces.len() {
            let Some(&end) = at.get(&i) else {
                out.push(pieces[i].clone());
                i += 1;
                continue;
            };
            let bytes = pieces[i].bytes.start..pieces[end - 1].bytes.end;
            match self.exceptions.get(&text[bytes.clone()]) {
                Some(tokens) => {
                    let mut start = bytes.start;
                    for (length, norm) in tokens {
                        out.push(Piece {
                            bytes: start..start + length,
                            norm: norm.clone(),
                            spacy: false,
                        });
                        start += length;
                    }
                    if let Some(last) = out.last_mut() {
                        last.spacy = pieces[end - 1].spacy;
                    }
                }
                None => out.extend_from_slice(&pieces[i..end]),
            }
            i = end;
        }
        out
    }
}

/// Splits one chunk.
struct Splitter<'a> {
    rules: &'a Tokenizer,
    text: &'a str,
    exceptions: bool,
    out: &'a mut Vec<Piece>,
}

impl<'a> Splitter<'a> {
    fn exception(&self, bytes: Range<usize>) -> Option<&'a Exception> {
        if !self.exceptions || bytes.len() > self.rules.longest {
            return None;
        }
        self.rules.exceptions.get(&self.text[bytes])
    }

    fn push(&mut self, bytes: Range<usize>) {
        self.out.push(Piece {
            bytes,
            norm: None,
            spacy: false,
        });
    }

    /// Takes prefixes and suffixes off, one of each a turn, until an exception or nothing more is left.
    fn chunk(&mut self, mut bytes: Range<usize>) {
        let mut suffixes = Vec::new();
        let mut last = 0;
        while !bytes.is_empty() && bytes.len() != last {
            if self.exception(bytes.clone()).is_some() {
                break;
            }
            last = bytes.len();
            let prefix = self.rules.prefix.prefix(&self.text[bytes.clone()]);
            let inner = bytes.start + prefix..bytes.end;
            if prefix > 0 && !inner.is_empty() && self.exception(inner.clone()).is_some() {
                self.push(bytes.start..inner.start);
                bytes = inner;
                break;
            }
            let suffix = self.rules.suffix.suffix(&self.text[inner.clone()]);
            let outer = bytes.start..bytes.end - suffix;
            if suffix > 0 && !outer.is_empty() && self.exception(outer.clone()).is_some() {
                suffixes.push(outer.end..bytes.end);
                bytes = outer;
                break;
            }
            if prefix > 0 {
                self.push(bytes.start..inner.start);
                bytes.start = inner.start;
            }
            if suffix > 0 {
                suffixes.push(outer.end..bytes.end);
                bytes.end = outer.end;
            }
        }
        self.core(bytes);
        while let Some(suffix) = suffixes.pop() {
            self.push(suffix);
        }
    }

    /// What is left when the affixes are gone: an exception, an address, or words joined by infixes.
    fn core(&mut self, bytes: Range<usize>) {
        if bytes.is_empty() {
            return;
        }
        if let Some(tokens) = self.exception(bytes.clone()) {
            let mut start = bytes.start;
            for (length, norm) in tokens {
                self.out.push(Piece {
                    bytes: start..start + length,
                    norm: norm.clone(),
                    spacy: false,
                });
                start += length;
            }
            return;
        }
        let word = &self.text[bytes.clone()];
        if self.rules.url.matches(word) {
            self.push(bytes);
            return;
        }
        let mut start = bytes.start;
        for (from, to) in self.rules.infix.find_all(word) {
            // An infix at the very start splits nothing off, and is left to the word.
            if from == 0 {
                continue;
            }
            let (from, to) = (bytes.start + from, bytes.start + to);
            if from != start {
                self.push(start..from);
            }
            self.push(from..to);
            start = to;
        }
        if start < bytes.end {
            self.push(start..bytes.end);
        }
    }
}

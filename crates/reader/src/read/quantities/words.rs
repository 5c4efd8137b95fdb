//! The words of one paragraph, white space left out: what the pattern readers of numbers and times walk over.
//!
//! Patterns never reach over a line break, so headings and list items do not run into one another.

use std::ops::Range;

use language::{Doc, Token};

/// The tokens of one paragraph in order, without white-space tokens. Positions are called `k`, token indices `i`.
pub struct Words<'a> {
    doc: &'a Doc,
    at: Vec<usize>,
    /// Lower-case forms, side by side: every pattern asks for them again and again.
    lower: Vec<&'a str>,
}

/// A table of sequences, sorted by the first letter of their first word, so that a word is held against the few that it
/// may start.
pub struct Starts(Vec<Vec<u16>>);

impl Starts {
    /// Indexes sequences by the number of their place.
    pub fn of<'s>(sequences: impl IntoIterator<Item = &'s [&'s str]>) -> Self {
        let mut by = vec![Vec::new(); 256];
        for (number, sequence) in sequences.into_iter().enumerate() {
            if let Some(&byte) = sequence.first().and_then(|word| word.as_bytes().first()) {
                by[usize::from(byte)].push(number as u16);
            }
        }
        Self(by)
    }

    /// The places of the sequences that start with the letter of `word`, in order.
    pub fn with(&self, word: &str) -> impl Iterator<Item = usize> {
        let places = word
            .as_bytes()
            .first()
            .map(|&byte| &self.0[usize::from(byte)]);
        places
            .into_iter()
            .flatten()
            .map(|&place| usize::from(place))
    }
}

impl<'a> Words<'a> {
    /// Splits a text into its paragraphs: runs of tokens with no line break between them.
    pub fn paragraphs(doc: &'a Doc) -> Vec<Words<'a>> {
        let mut out: Vec<Words<'a>> = Vec::new();
        let mut last_end = 0;
        for token in doc.tokens() {
            let bytes = token.bytes();
            if token.is_space() || token.text().trim().is_empty() {
                continue;
            }
            let broken = out.is_empty()
                || doc
                    .text()
                    .get(last_end..bytes.start)
                    .is_some_and(|gap| gap.contains('\n'));
            last_end = bytes.end;
            if broken {
                out.push(Words {
                    doc,
                    at: Vec::new(),
                    lower: Vec::new(),
                });
            }
            if let Some(words) = out.last_mut() {
                words.at.push(token.i);
                words.lower.push(token.lower());
            }
        }
        out
    }

    /// The whole text.
    pub fn doc(&self) -> &'a Doc {
        self.doc
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// Token index of word `k`, which must exist.
    pub fn index(&self, k: usize) -> usize {
        self.at[k]
    }

    /// Word `k` as a token; `None` past the end.
    pub fn token(&self, k: usize) -> Option<Token<'a>> {
        self.at.get(k).map(|&i| self.doc.token(i))
    }

    /// The word `back` places before `k`.
    pub fn before(&self, k: usize, back: usize) -> Option<Token<'a>> {
        k.checked_sub(back).and_then(|k| self.token(k))
    }

    /// Lower-case form of word `k`; empty past the end.
    pub fn lower(&self, k: usize) -> &'a str {
        self.lower.get(k).copied().unwrap_or("")
    }

    /// Lower-case form of the word `back` places before `k`; empty before the start.
    pub fn lower_before(&self, k: usize, back: usize) -> &'a str {
        k.checked_sub(back).map_or("", |k| self.lower(k))
    }

    /// Word `k` as written; empty past the end.
    pub fn text(&self, k: usize) -> &'a str {
        self.token(k).map_or("", |token| token.text())
    }

    /// Whether word `k` stands directly after the one before it.
    pub fn glued(&self, k: usize) -> bool {
        match (self.before(k, 1), self.token(k)) {
            (Some(a), Some(b)) => a.bytes().end == b.bytes().start,
            _ => false,
        }
    }

    /// Whether the words from `k` on are `sequence`.
    pub fn matches(&self, k: usize, sequence: &[&str]) -> bool {
        // Nearly every sequence fails at its first letter.
        let Some(first) = sequence.first() else {
            return true;
        };
        let lower = self.lower(k);
        lower.as_bytes().first() == first.as_bytes().first()
            && lower == *first
            && sequence
                .iter()
                .enumerate()
                .skip(1)
                .all(|(n, word)| self.lower(k + n) == *word)
    }

    /// Token range of the words `range`; it must not be empty.
    pub fn tokens(&self, range: Range<usize>) -> Range<usize> {
        self.at[range.start]..self.at[range.end - 1] + 1
    }

    /// The words `range` as they stand in the text.
    pub fn slice(&self, range: Range<usize>) -> &'a str {
        self.doc.slice(self.tokens(range))
    }

    /// Position of token `i` or of the next word after it.
    pub fn position(&self, i: usize) -> usize {
        self.at.partition_point(|&at| at < i)
    }
}

//! Words in a row, each of its own kind, so that every form marks them in its own way.

use model::ClaimId;

/// A few words, each of its own kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bit {
    /// Words of the program.
    Plain(String),
    /// A figure or a value.
    Strong(String),
    /// A name as a report gives it.
    Name(String),
    /// Words of a report, to be put between quotation marks.
    Quote(String),
    /// The outlet that prints a claim.
    Source(String, ClaimId),
}

/// Words in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase(pub Vec<Bit>);

impl Phrase {
    /// With words of the program behind.
    pub fn plain(mut self, words: &str) -> Self {
        self.push(Bit::Plain(words.to_owned()));
        self
    }

    /// With a figure or a value behind.
    pub fn strong(mut self, words: impl Into<String>) -> Self {
        self.push(Bit::Strong(words.into()));
        self
    }

    /// Adds a bit.
    pub fn push(&mut self, bit: Bit) {
        self.0.push(bit);
    }

    /// With another behind.
    pub(crate) fn add(mut self, other: Phrase) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Several phrases as one.
pub fn joined(phrases: Vec<Phrase>) -> Phrase {
    let mut out = Phrase::default();
    for (at, phrase) in phrases.into_iter().enumerate() {
        out = out.plain(if at > 0 { "; " } else { "" }).add(phrase);
    }
    out
}

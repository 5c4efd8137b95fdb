//! People as one phrase gives them.

use std::ops::Range;

use model::{Count, Scope};

/// People as one phrase gives them.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Tokens of the phrase, its own words only: number, modifiers, noun, "of the SDF"; no relative clause.
    pub tokens: Range<usize>,
    /// The noun (or number) that heads it.
    pub head: usize,
    /// How many; `None` when the phrase takes up people named before ("the children", "they") or says no number.
    pub count: Option<Count>,
    /// Who.
    pub scope: Scope,
    /// One person, described or named.
    pub individual: bool,
    /// The phrase takes up people already named ("the man", "they", "the children").
    pub anaphoric: bool,
    /// Added to people counted before: "another 30", "two others".
    pub additional: bool,
    /// Name of a named person, in lower case, its words apart by spaces.
    pub name: Option<String>,
    /// Age in years, where the phrase says one.
    pub years: Option<u32>,
}

impl Group {
    /// People of whom the words say only how many.
    pub fn of(tokens: Range<usize>, head: usize, count: Count) -> Self {
        Self {
            tokens,
            head,
            count: Some(count),
            scope: Scope::default(),
            individual: false,
            anaphoric: false,
            additional: false,
            name: None,
            years: None,
        }
    }
}

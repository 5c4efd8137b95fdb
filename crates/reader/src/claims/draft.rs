//! A claim before it knows who says it: what a slot found, at which tokens.

use std::ops::Range;

use model::{Basis, Certainty, Party, Scope, Slot, Span, StanceKind, Value, When};

/// A rule: its name, for the record, and what follows from it.
///
/// The name alone makes a rule that reads a plain statement and is sure of it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The name: `killed/passive`. Nothing compares it.
    pub name: &'static str,
    /// How the value was come by.
    pub basis: Basis,
    /// How sure it is.
    pub certainty: Certainty,
}

impl Rule {
    /// A rule that comes by its value in this way, and is sure of it.
    pub const fn new(name: &'static str, basis: Basis) -> Self {
        Self {
            name,
            basis,
            certainty: Certainty::Sure,
        }
    }

    /// The same, less sure of the value.
    pub const fn only(self, certainty: Certainty) -> Self {
        Self { certainty, ..self }
    }
}

impl From<&'static str> for Rule {
    fn from(name: &'static str) -> Self {
        Self::new(name, Basis::Stated)
    }
}

/// The other event that a claim tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Other {
    /// One that the report tells as news, by its number among the segments.
    Segment(usize),
    /// A sum over several events or a period, in the words that say so.
    Period(String),
    /// An older one, in the words that date it.
    Older(String),
}

/// Who says a claim by the words of the claim itself.
#[derive(Clone, Debug)]
pub struct Voice {
    /// Index into the parties of the text, where it is one of them.
    pub known: Option<usize>,
    /// The party as named.
    pub party: Party,
    /// Tokens that name it.
    pub tokens: Range<usize>,
}

/// What a slot's rule found.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The slot.
    pub slot: Slot,
    /// The value.
    pub value: Value,
    /// Whom it counts or speaks of.
    pub scope: Scope,
    /// Tokens of the words that carry it.
    pub tokens: Range<usize>,
    /// Further tokens it rests on.
    pub also: Vec<Range<usize>>,
    /// Words of the report's header that it rests on: its web address.
    pub metadata: Vec<Span>,
    /// Token at which speaker and stance are looked up: the predicate.
    pub anchor: usize,
    /// Who does it.
    pub actor: Option<Party>,
    /// Who is asked.
    pub addressee: Option<Party>,
    /// The time the figure stood at.
    pub as_of: Option<When>,
    /// A stance the rule itself knows (a claim of responsibility is claimed); weaker than a cue that reaches the words.
    pub stance: Option<StanceKind>,
    /// Who says it, where the rule itself knows: the claimant of a deed, its denier, the accuser. Stands before the
    /// speakers found around the words.
    pub voice: Option<Voice>,
    /// The other event or period it tells of; `None` while nobody has looked.
    pub other: Option<Other>,
    /// Its place is the town of the report's main event, whatever else the sentence of its words tells.
    pub of_main_event: bool,
    /// A judge said what it counts and of which event: nobody looks again.
    pub judged: bool,
    /// How likely it is the report's own figure, in thousandths.
    pub own_figure: Option<u16>,
    /// The stance that a judge holds likeliest, and its chance.
    pub commitment: Option<(StanceKind, f32)>,
    /// The rule that made it.
    pub rule: Rule,
}

impl Draft {
    /// Makes a draft with nothing but slot, value, words and rule.
    pub fn new(
        slot: Slot,
        value: Value,
        tokens: Range<usize>,
        anchor: usize,
        rule: impl Into<Rule>,
    ) -> Self {
        Self {
            slot,
            value,
            scope: Scope::default(),
            tokens,
            also: Vec::new(),
            metadata: Vec::new(),
            anchor,
            actor: None,
            addressee: None,
            as_of: None,
            stance: None,
            voice: None,
            other: None,
            of_main_event: false,
            judged: false,
            own_figure: None,
            commitment: None,
            rule: rule.into(),
        }
    }

    /// Whether its rule came by the value in this way.
    pub fn rests_on(&self, basis: Basis) -> bool {
        self.rule.basis == basis
    }

    /// The same with this scope.
    pub fn scoped(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }
}

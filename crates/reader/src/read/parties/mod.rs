//! Parties: persons, groups and bodies, their mentions and other names, and which mention is whose.
//!
//! What comes in: a parsed text and its places. What goes out: [`Parties`]. It works in sieves, the surest first: known
//! names and acronyms the text defines (`names`), persons with role and body (`persons`), people and bodies called by a
//! noun (`roles`), then surnames, definite nouns and pronouns (`resolve`). It knows nothing of who says what; only that
//! subjects of verbs of saying speak.

mod acronyms;
mod build;
mod genders;
mod interest;
mod introduced;
mod lexicon;
mod names;
mod namesakes;
mod persons;
pub(crate) mod phrase;
mod resolve;
mod roles;

use std::ops::Range;

use language::Doc;
use model::Party;

use super::places::PlaceMention;

/// The parties of one text and where each is mentioned.
#[derive(Clone, Debug, Default)]
pub struct Parties {
    /// Each party once, under its fullest name.
    pub parties: Vec<PartyInfo>,
    /// Every mention, in order of the first token; names, acronyms, definite nouns and pronouns.
    pub mentions: Vec<PartyMention>,
}

/// A party and what the text says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct PartyInfo {
    /// The party.
    pub party: Party,
    /// For a person: index of the body it speaks for or belongs to. For the news agency of a side: the side.
    pub affiliation: Option<usize>,
    /// Role words: "spokesperson", "regional chief of advocacy".
    pub role: Option<String>,
    /// Whether it is a party to what is reported: an armed group, a force in the fighting, or the political body of
    /// one.
    pub interested: bool,
    /// Whether the text gives it a proper name; a "spokesperson" or "residents" have none.
    pub named: bool,
}

/// One mention of a party.
#[derive(Clone, Debug, PartialEq)]
pub struct PartyMention {
    /// Tokens of the name or noun phrase.
    pub tokens: Range<usize>,
    /// Token that heads it.
    pub head: usize,
    /// Index into [`Parties::parties`].
    pub party: usize,
}

impl Parties {
    /// The mention whose head or tokens hold token `i`, the shortest first.
    pub fn at(&self, i: usize) -> Option<&PartyMention> {
        // Mentions stand in order and overlap little: the ones that may hold the token are close before it.
        let upto = self
            .mentions
            .partition_point(|mention| mention.tokens.start <= i);
        self.mentions[..upto]
            .iter()
            .rev()
            .take(64)
            .filter(|mention| mention.tokens.contains(&i))
            .min_by_key(|mention| mention.tokens.len())
    }

    /// The party of the mention at token `i`.
    pub fn info_at(&self, i: usize) -> Option<&PartyInfo> {
        self.at(i).map(|mention| &self.parties[mention.party])
    }
}

/// Finds the parties of a text.
pub fn find(doc: &Doc, places: &[PlaceMention]) -> Parties {
    let mut b = build::Builder::new(doc, places);
    names::find(&mut b);
    persons::find(&mut b);
    resolve::run(&mut b);
    roles::serve(&mut b);
    interest::mark(&mut b);
    b.finish()
}

#[cfg(test)]
mod tests;

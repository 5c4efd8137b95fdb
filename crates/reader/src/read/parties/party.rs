//! Parties, what a text says of each, and where it mentions them.

use std::ops::Range;

use model::Party;

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

//! What the steps share: the parsed text, its parties, and look-ups by token.

use std::ops::Range;

use language::Doc;

use super::quotes::Quotes;
use crate::read::parties::Parties;

/// What the steps share.
pub(super) struct SpeechContext<'a> {
    pub doc: &'a Doc,
    pub parties: &'a Parties,
    pub quotes: Quotes,
    pub paragraph: Vec<u32>,
    /// Index + 1 into the mentions of the shortest mention at each token; 0 for none.
    pub mention: Vec<u32>,
}

impl SpeechContext<'_> {
    /// The party whose mention holds token `i`.
    pub(super) fn party(&self, i: usize) -> Option<usize> {
        let index = *self.mention.get(i)?;
        (index > 0).then(|| self.parties.mentions[index as usize - 1].party)
    }

    /// Tokens of the mention at token `i`.
    pub(super) fn mention_at(&self, i: usize) -> Option<Range<usize>> {
        let index = *self.mention.get(i)?;
        (index > 0).then(|| self.parties.mentions[index as usize - 1].tokens.clone())
    }
}

//! Features of a sentence beside an attribution: does its content run on into it?

use std::ops::Range;

use super::{
    cue::{bucket, name},
    token_features::{Quoted, TokenFeatures},
};
use crate::learned::{Features, mix};

/// Names of the features of a sentence that content may run on into, sorted: what the weights were trained on.
#[rustfmt::skip]
pub const FEATURES: &[&str] = &[
    "on all", "on colon", "on cue", "on cue quoted", "on edges", "on lemma", "on length", "on new",
    "on opening", "on over", "on pair", "on paragraphs", "on quoted", "on side", "on so far",
    "on steps", "on whole",
];

/// Most sentences that are walked to either side.
pub const MOST: usize = 12;

/// A sentence of more tokens than this is a list or a table, into which no quotation runs on.
pub const LONGEST: usize = 300;

/// What the walk knows so far.
pub struct Walk<'c, 'a> {
    /// The text.
    pub columns: &'c TokenFeatures<'a>,
    /// The cue word.
    pub word: usize,
    /// Content so far, in order.
    pub content: Vec<Range<usize>>,
    /// Cue words of all attributions, in order.
    pub cues: &'c [usize],
    /// Whether the walk goes on to what follows.
    pub forward: bool,
    /// Steps so far.
    pub steps: usize,
}

fn share(columns: &TokenFeatures<'_>, ranges: &[Range<usize>]) -> u64 {
    let (mut all, mut quoted) = (0usize, 0usize);
    for i in ranges.iter().cloned().flatten() {
        let token = columns.doc.token(i);
        if !token.is_space() && !token.is_punct() {
            all += 1;
            quoted += usize::from(columns.quoted[i] != Quoted::No);
        }
    }
    match (all, quoted) {
        (0, _) => 0,
        (_, 0) => 1,
        (all, quoted) if quoted * 10 >= all * 9 => 4,
        (all, quoted) if quoted * 2 >= all => 3,
        _ => 2,
    }
}

impl Walk<'_, '_> {
    /// Whether a cue stands in the sentence: 0 no, 1 between quotation marks, 2 outside.
    pub fn cue_in(&self, sentence: &Range<usize>) -> u64 {
        let from = self.cues.partition_point(|cue| *cue < sentence.start);
        self.cues[from..]
            .iter()
            .take_while(|cue| **cue < sentence.end)
            .map(|&cue| 1 + u64::from(self.columns.quoted[cue] == Quoted::No))
            .max()
            .unwrap_or(0)
    }

    /// Whether the paragraph of a token holds nothing outside its quotation.
    fn is_all_quoted(&self, first: usize) -> bool {
        let columns = self.columns;
        let doc = columns.doc;
        let paragraph = columns.paragraph[first];
        (first.saturating_sub(60)..doc.len().min(first + 60))
            .filter(|&i| columns.paragraph[i] == paragraph)
            .all(|i| {
                columns.quoted[i] != Quoted::No
                    || doc.token(i).is_space()
                    || doc.token(i).is_punct()
            })
    }

    /// Puts the features of `sentence`, which the walk has come to, into `out`.
    pub fn features(&self, sentence: Range<usize>, out: &mut Features) {
        let columns = self.columns;
        let doc = columns.doc;
        let own = doc.token(self.word).sentence();
        let way = u64::from(self.forward);
        let quoted = share(columns, std::slice::from_ref(&sentence));
        let so_far = share(columns, &self.content);
        let (first, last) = (sentence.start, sentence.end - 1);
        let paragraphs =
            u64::from(columns.paragraph[self.word].abs_diff(columns.paragraph[first])).min(5);
        let near = if self.forward {
            first.checked_sub(1)
        } else {
            Some(sentence.end).filter(|at| *at < doc.len())
        };
        let new_paragraph = near.map_or(2, |at| {
            u64::from(columns.paragraph[at] != columns.paragraph[first])
        });
        let cue = self.cue_in(&sentence);
        let begins = columns.quoted[first] as u64;
        let ends = columns.quoted[last] as u64;
        // Whether one quotation reaches over the border to the sentence before or after.
        let edge = if self.forward { first } else { last };
        let over = near.is_some_and(|at| {
            columns.quotes.at(at).is_some() && columns.quotes.at(at) == columns.quotes.at(edge)
        });
        let goes_on = columns
            .quotes
            .at(first)
            .is_some_and(|at| columns.quotes.segments[at].continues);
        let colon = doc.token(own.end - 1).text() == ":"
            || own.end >= 2 && doc.token(own.end - 2).text() == ":";
        let side = match (self.content.first(), self.content.last()) {
            (Some(first), Some(last)) => {
                u64::from(first.start < self.word) + 2 * u64::from(last.end > self.word)
            }
            _ => 4,
        };
        let steps = self.steps.min(4) as u64;
        let lemma = columns.lemma[self.word];
        let cue_quoted = u64::from(columns.quoted[self.word] != Quoted::No);
        let whole = u64::from(self.is_all_quoted(first));
        let pair = mix(quoted, so_far);
        let edges = mix(begins, ends);
        let over = u64::from(over) + 2 * u64::from(goes_on);
        for (name, value) in [
            (name!("on quoted"), quoted),
            (name!("on so far"), so_far),
            (name!("on pair"), pair),
            (name!("on paragraphs"), paragraphs),
            (name!("on new"), new_paragraph),
            (name!("on cue"), cue),
            (name!("on edges"), edges),
            (name!("on over"), over),
            (name!("on colon"), u64::from(colon)),
            (name!("on side"), side),
            (name!("on steps"), steps),
            (name!("on lemma"), lemma),
            (name!("on whole"), whole),
            (name!("on cue quoted"), cue_quoted),
            (name!("on length"), bucket(sentence.len())),
        ] {
            out.triple(name, value, way);
            out.triple(name, value, mix(quoted + 10, way));
            out.triple(name, value, mix(mix(pair, 7), mix(cue, way)));
            out.triple(name, value, mix(mix(over, 11), mix(new_paragraph, way)));
        }
        out.triple(
            name!("on all"),
            mix(mix(pair, edges), mix(over, cue)),
            mix(new_paragraph, way),
        );
        out.triple(name!("on opening"), columns.lower[first], way);
    }
}

//! Numbers in words and digits, with their bound.
//!
//! What comes in: a parsed text. What goes out: every number with the interval it allows, the noun it counts and what
//! it measures; and every age. It does not know which nouns are people nor what happened to them. Patterns run over the
//! words; the parse only settles which noun a number counts. Time is linear in the length of the text.

mod ages;
mod bounds;
mod described;
mod measures;
mod nouns;
mod number;
pub mod numeral;
mod quantity;
mod range;
mod vague;
mod without_number;
pub(crate) mod words;

use language::Doc;

pub use ages::{Age, find_ages};
pub use nouns::{PersonPhrase, person_phrase};
pub use quantity::{Measure, Quantity, QuantityKind};
pub use vague::{TABLE as VAGUE_WORDS, Vague};

use self::{
    described::{described, of_age},
    number::number,
    range::range,
    without_number::{both, dozens, ordinal, zero},
    words::Words,
};

/// Finds the numbers of a text, in order, never overlapping.
pub fn find(doc: &Doc) -> Vec<Quantity> {
    let mut out = Vec::new();
    for words in Words::paragraphs(doc) {
        paragraph(&words, &mut out);
    }
    out
}

fn paragraph(words: &Words, out: &mut Vec<Quantity>) {
    let ages = ages::in_paragraph(words);
    let mut ages = ages.iter().peekable();
    let mut k = 0;
    while k < words.len() {
        while ages
            .next_if(|age| words.position(age.tokens.end) <= k)
            .is_some()
        {}
        let age = ages.peek().copied();
        let limit = age.map_or(words.len(), |age| words.position(age.tokens.start));
        if let Some(age) = age
            && k >= limit
        {
            let end = words.position(age.tokens.end);
            out.push(of_age(words, age));
            k = end.max(k + 1);
            continue;
        }
        match quantity(words, k, limit) {
            Some((quantity, len)) => {
                out.push(quantity);
                k += len.max(1);
            }
            None => k += 1,
        }
    }
    described(words, out);
}

/// The number whose expression starts at word `k`, ending before word `limit`, and the words it takes.
fn quantity(words: &Words, k: usize, limit: usize) -> Option<(Quantity, usize)> {
    let (quantity, len) = zero(words, k)
        .or_else(|| both(words, k))
        .or_else(|| range(words, k))
        .or_else(|| number(words, k))
        .or_else(|| dozens(words, k))
        .or_else(|| ordinal(words, k))?;
    (k + len <= limit).then_some((quantity, len))
}

#[cfg(test)]
mod tests;

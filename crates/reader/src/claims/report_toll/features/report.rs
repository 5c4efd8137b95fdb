//! The features of a whole report: its words, and what is said of the people in it.

use super::{families::BAG, hashed::word};
use crate::{
    claims::passes::Passes,
    learned::{Features, hash, mix},
};

/// Tokens of a report that its own features look at.
const MAX_TOKENS: usize = 1500;

/// Tokens at the start of a report whose words count as its opening.
const OPENING: usize = 60;

/// The features of a whole report, or of the sentences of one of its segments: its words, and pairs of words that stand
/// side by side, apart for the opening. Each counts once.
/// `said` is what is said of the people in it ([`Of::said`]).
pub fn of_report(
    cx: &Passes<'_>,
    said: impl Iterator<Item = u64>,
    reads: impl Fn(usize) -> bool,
) -> Features {
    let mut seen: Vec<u64> = said.map(|feature| mix(BAG, feature)).collect();
    let (one, two) = (hash("one"), hash("two"));
    let (lead, leads) = (hash("lead"), hash("leads"));
    let mut before = 0;
    for token in cx.doc.tokens().take(MAX_TOKENS) {
        if token.is_space() || !reads(token.sentence_index()) {
            continue;
        }
        let word = match token.text().as_bytes() {
            // "3 shot": figures up to nine are words, the same as spelled out.
            [digit @ b'1'..=b'9'] => DIGITS[usize::from(digit - b'1')],
            _ => word(token),
        };
        seen.push(mix(one, word));
        seen.push(mix(two, mix(before, word)));
        if token.i < OPENING {
            seen.push(mix(lead, word));
            seen.push(mix(leads, mix(before, word)));
        }
        before = word;
    }
    seen.sort_unstable();
    seen.dedup();
    let mut out = Features::new();
    for feature in seen {
        out.add(feature);
    }
    out
}

/// Figures up to nine as words.
const DIGITS: [u64; 9] = [
    hash("one"),
    hash("two"),
    hash("three"),
    hash("four"),
    hash("five"),
    hash("six"),
    hash("seven"),
    hash("eight"),
    hash("nine"),
];

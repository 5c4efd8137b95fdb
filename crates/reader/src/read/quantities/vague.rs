//! Words that give a number without saying it, and the interval each is read as.
//!
//! Conventions, stated wherever such a count is shown: the low end is the smallest number the words allow with the
//! caution that casualty recorders use (ACLED: tens 10, dozens 12; Airwars: a plural is 2 or more), the high end the
//! last number before the next larger word would be used. `None` is no limit.

use std::sync::LazyLock;

use model::Bound;

use super::{
    numeral,
    words::{Starts, Words},
};

/// A vague expression: its words, the smallest and the largest number it allows.
pub type Vague = (&'static [&'static str], u64, Option<u64>);

/// The table, longer expressions before their beginnings.
pub const TABLE: &[Vague] = &[
    (&["hundreds", "of", "thousands"], 200_000, Some(999_999)),
    (&["tens", "of", "thousands"], 20_000, Some(99_999)),
    (&["tens", "of", "millions"], 20_000_000, Some(99_999_999)),
    (&["thousands", "upon", "thousands"], 2_000, None),
    (&["hundreds", "and", "hundreds"], 200, None),
    (&["several", "hundreds"], 200, Some(999)),
    (&["many", "hundreds"], 300, Some(999)),
    (&["many", "thousands"], 3_000, None),
    (&["several", "hundred", "thousand"], 200_000, Some(999_999)),
    (&["a", "few", "hundred", "thousand"], 200_000, Some(999_999)),
    (&["several", "hundred"], 200, Some(999)),
    (&["several", "thousand"], 2_000, Some(9_999)),
    (&["several", "million"], 2_000_000, Some(9_999_999)),
    (&["several", "dozen"], 24, Some(99)),
    (&["several", "dozens"], 24, Some(99)),
    (&["a", "few", "hundred"], 200, Some(999)),
    (&["a", "few", "thousand"], 2_000, Some(9_999)),
    (&["a", "few", "dozen"], 24, Some(99)),
    (&["a", "couple", "of", "hundred"], 200, Some(299)),
    (&["a", "couple", "hundred"], 200, Some(299)),
    (&["a", "couple", "of", "thousand"], 2_000, Some(2_999)),
    (&["a", "couple", "thousand"], 2_000, Some(2_999)),
    (&["a", "couple", "of", "dozen"], 24, Some(35)),
    (&["a", "couple", "dozen"], 24, Some(35)),
    (&["millions"], 2_000_000, Some(999_999_999)),
    (&["thousands"], 2_000, Some(9_999)),
    (&["hundreds"], 200, Some(999)),
    (&["scores"], 20, Some(199)),
    (&["dozens"], 12, Some(99)),
    (&["tens"], 10, Some(99)),
    (&["quite", "a", "few"], 3, None),
    (&["a", "large", "number", "of"], 3, None),
    (&["large", "numbers", "of"], 3, None),
    (&["a", "small", "number", "of"], 2, Some(9)),
    (&["a", "number", "of"], 2, None),
    (&["an", "unknown", "number", "of"], 1, None),
    (&["an", "unspecified", "number", "of"], 1, None),
    (&["a", "handful", "of"], 3, Some(9)),
    (&["a", "handful"], 3, Some(9)),
    (&["a", "couple", "of"], 2, Some(2)),
    (&["a", "few"], 3, Some(9)),
    (&["several"], 3, Some(9)),
    (&["few"], 1, Some(9)),
    (&["multiple"], 2, None),
    (&["numerous"], 3, None),
    (&["countless"], 3, None),
    (&["various"], 2, None),
    (&["many"], 3, None),
    (&["some"], 2, None),
];

static STARTS: LazyLock<Starts> =
    LazyLock::new(|| Starts::of(TABLE.iter().map(|(sequence, ..)| *sequence)));

/// A vague count read at some position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VagueRead {
    /// Smallest number.
    pub low: u64,
    /// Largest number.
    pub high: Option<u64>,
    /// [`Bound::Vague`], or [`Bound::About`] for "a couple".
    pub bound: Bound,
    /// 2 for "a couple".
    pub stated: Option<u64>,
    /// Words taken; a closing "of" is left to the noun.
    pub len: usize,
}

/// Reads the vague expression that starts at word `k`.
pub fn vague(words: &Words, k: usize) -> Option<VagueRead> {
    let first = words.lower(k);
    let &(sequence, low, high) = STARTS
        .with(first)
        .map(|place| &TABLE[place])
        .find(|(sequence, ..)| words.matches(k, sequence))?;
    let mut len = sequence.len() - usize::from(sequence.last() == Some(&"of"));
    let couple = sequence.len() >= 2 && sequence[1] == "couple" && low == 2;
    match first {
        // "as many as", "how many", "so many", "too few" are no counts; "few" alone is one only before a plural.
        "many" | "few"
            if matches!(
                words.lower_before(k, 1),
                "as" | "how" | "so" | "too" | "the" | "very"
            ) =>
        {
            return None;
        }
        "some" | "few" | "many" | "various"
            if !plural_follows(words, k + 1) && words.lower(k + 1) != "of" =>
        {
            return None;
        }
        // "scores" and "tens" of a match, "various": only with a plural or alone as subject.
        "scores" | "tens" if words.token(k)?.tag() != "NNS" => return None,
        _ => {}
    }
    if couple && words.lower(k + len) != "of" && numeral::numeral(words, k + len).is_some() {
        len = 2;
    }
    Some(VagueRead {
        low,
        high,
        bound: if couple { Bound::About } else { Bound::Vague },
        stated: couple.then_some(2),
        len,
    })
}

/// Whether a plural noun ends the noun phrase that starts at `k`.
fn plural_follows(words: &Words, k: usize) -> bool {
    for at in k..k + 5 {
        let Some(token) = words.token(at) else {
            return false;
        };
        match token.tag() {
            "NNS" | "NNPS" => return true,
            "NN" if matches!(token.lower(), "people" | "police") => return true,
            "JJ" | "JJR" | "JJS" | "VBN" | "VBG" | "NN" | "NNP" | "HYPH" | "RB" => {}
            _ => return false,
        }
    }
    false
}

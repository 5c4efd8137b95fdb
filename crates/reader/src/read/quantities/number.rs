//! A single number with its bounds and its noun.

use model::{Bound, Count};

use super::{
    bounds, measures, nouns, numeral,
    quantity::{Measure, Quantity, QuantityKind, make},
    words::Words,
};

/// A single number with its bounds.
pub(super) fn number(words: &Words, k: usize) -> Option<(Quantity, usize)> {
    let lead = bounds::lead(words, k);
    let core = k + lead.len;
    if let Some(read) = pair(words, core) {
        return with_noun(words, k, core, read, lead, None);
    }
    let read = numeral::numeral(words, core)?;
    let token = words.token(core)?;
    if read.len == 1 && token.lower() == "one" && !counts(words, core) {
        return None;
    }
    with_noun(words, k, core, (read.value, read.len), lead, Some(read))
}

fn with_noun(
    words: &Words,
    k: usize,
    core: usize,
    (value, len): (u64, usize),
    lead: bounds::Lead,
    read: Option<numeral::Numeral>,
) -> Option<(Quantity, usize)> {
    let trail = bounds::trail(words, core + len);
    let end = core + len + trail.len;
    let bound = match (lead.bound, trail.bound) {
        (Some(Bound::Exact) | None, trail) => trail.unwrap_or(Bound::Exact),
        (Some(bound), _) => bound,
    };
    let mut quantity = make(
        words,
        k..end,
        Count::said(value, bound, words.slice(k..end)),
    );
    quantity.additional = lead.additional || trail.additional;
    quantity.measure = read
        .and_then(|read| measures::measure(words, k, core..core + len, end, &read))
        .or_else(|| fraction(words, core, len));
    if quantity.measure.is_some() {
        quantity.kind = QuantityKind::Other;
    } else {
        (quantity.noun, quantity.partitive) = nouns::noun(words, core..core + len, end);
        let name = quantity
            .noun
            .is_some_and(|noun| words.doc().token(noun).tag() == "NNP");
        let area = words.lower_before(k, 1) == "("
            && words.lower(end) == ")"
            && words
                .token(end + 1)
                .is_some_and(|t| t.text().starts_with(|c: char| c.is_ascii_digit()));
        if (name
            && value != 1
            && !quantity.partitive
            && words.lower(end) != "of"
            && read.is_some_and(|read| read.digits))
            || area
        {
            quantity.kind = QuantityKind::Other;
            quantity.measure = Some(if area { Measure::Score } else { Measure::Name });
            quantity.noun = None;
        }
    }
    Some((quantity, end - k))
}

/// "a pair of", "a trio of", "the pair".
fn pair(words: &Words, k: usize) -> Option<(u64, usize)> {
    if !matches!(words.lower(k), "a" | "the") {
        return None;
    }
    let value = match words.lower(k + 1) {
        "pair" | "duo" => 2,
        "trio" => 3,
        _ => return None,
    };
    (words.lower(k + 2) == "of" || words.token(k + 1)?.dep().starts_with("nsubj"))
        .then_some((value, 2))
}

/// Whether "one" at `k` is a number: not a pronoun ("no one", "the one", "one can") nor part of "one another".
fn counts(words: &Words, k: usize) -> bool {
    let before = words.lower_before(k, 1);
    let next = words.lower(k + 1);
    !matches!(
        before,
        "this"
            | "that"
            | "which"
            | "every"
            | "any"
            | "some"
            | "no"
            | "each"
            | "the"
            | "such"
            | "another"
            | "little"
    ) && !matches!(
        next,
        "another" | "can" | "could" | "must" | "should" | "by" | "'s"
    ) || (before == "the" && matches!(next, "man" | "person" | "woman" | "child"))
}

/// "two-thirds", "three quarters of".
fn fraction(words: &Words, core: usize, len: usize) -> Option<Measure> {
    let at = core + len + usize::from(words.lower(core + len) == "-");
    matches!(
        words.lower(at),
        "thirds" | "quarters" | "fifths" | "tenths" | "third" | "fifth"
    )
    .then_some(Measure::Fraction)
    .filter(|_| {
        at > core + len || matches!(words.lower(at), "thirds" | "quarters" | "fifths" | "tenths")
    })
}

//! Counts without a number: "no one", "both men", "dozens", "the third", "half of".

use model::{Bound, Count};

use super::{
    bounds, nouns, numeral,
    quantity::{Measure, Quantity, QuantityKind, make},
    vague,
    words::Words,
};
use crate::read::times::calendar;

pub(super) fn dozens(words: &Words, k: usize) -> Option<(Quantity, usize)> {
    let lead = bounds::lead(words, k);
    // "some" is both a bound and a vague word; "over many" is no bound.
    let (core, lead) = match vague::vague(words, k + lead.len) {
        Some(_) if lead.len > 0 => (k + lead.len, lead),
        _ => (k, bounds::Lead::default()),
    };
    let read = vague::vague(words, core)?;
    let trail = bounds::trail(words, core + read.len);
    let end = core + read.len + trail.len;
    let mut count = Count::range(read.low, read.high, read.bound, words.slice(k..end));
    count.stated = read.stated;
    match lead.bound {
        Some(Bound::AtLeast | Bound::MoreThan) => count.high = None,
        Some(Bound::AtMost | Bound::FewerThan) => count.low = 0,
        _ => {}
    }
    let mut quantity = make(words, k..end, count);
    quantity.additional = lead.additional || trail.additional;
    if matches!(
        words.lower(end),
        "years"
            | "months"
            | "weeks"
            | "days"
            | "hours"
            | "minutes"
            | "decades"
            | "nights"
            | "seconds"
    ) || (words.lower(end) == "of"
        && matches!(
            words.lower(end + 1),
            "years"
                | "days"
                | "hours"
                | "weeks"
                | "months"
                | "minutes"
                | "miles"
                | "dollars"
                | "kilometers"
                | "kilometres"
        ))
    {
        quantity.kind = QuantityKind::Other;
        quantity.measure = Some(Measure::Duration);
        return Some((quantity, end - k));
    }
    (quantity.noun, quantity.partitive) = nouns::noun(words, core..core + read.len, end);
    Some((quantity, end - k))
}

/// "no one", "nobody", "none of them", "no civilians", "neither man".
pub(super) fn zero(words: &Words, k: usize) -> Option<(Quantity, usize)> {
    let len = match (words.lower(k), words.lower(k + 1)) {
        ("no", "one") | ("not", "one") => 2,
        ("no", "-") if words.lower(k + 2) == "one" => 3,
        ("nobody" | "none", _) => 1,
        ("neither", "of") => 1,
        ("no" | "neither", _) => {
            let token = words.token(k)?;
            let head = token.head();
            if token.dep() != "det" || head.i <= token.i || !matches!(head.tag(), "NN" | "NNS") {
                return None;
            }
            1
        }
        _ => return None,
    };
    let mut quantity = make(
        words,
        k..k + len,
        Count::said(0, Bound::Exact, words.slice(k..k + len)),
    );
    if len == 1 {
        (quantity.noun, quantity.partitive) = match words.lower(k) {
            "no" | "neither" if words.lower(k + 1) != "of" => {
                (Some(words.token(k)?.head().i), false)
            }
            _ if words.lower(k + 1) == "of" => nouns::noun(words, k..k + 1, k + 1),
            _ => (None, false),
        };
    }
    Some((quantity, len))
}

/// "both men", "both of them"; not "both … and …".
pub(super) fn both(words: &Words, k: usize) -> Option<(Quantity, usize)> {
    let token = words.token(k).filter(|token| token.lower() == "both")?;
    if token.dep() == "preconj" || token.tag() == "CC" || token.dep() == "cc" {
        return None;
    }
    let mut quantity = make(words, k..k + 1, Count::said(2, Bound::Exact, token.text()));
    (quantity.noun, quantity.partitive) = nouns::noun(words, k..k + 1, k + 1);
    if quantity.noun.is_some_and(|noun| {
        !matches!(
            words.doc().token(noun).tag(),
            "NNS" | "NNPS" | "PRP" | "WP" | "WDT"
        ) && words.doc().token(noun).lower() != "people"
    }) {
        return None;
    }
    Some((quantity, 1))
}

pub(super) fn ordinal(words: &Words, k: usize) -> Option<(Quantity, usize)> {
    let half = words.lower(k) == "half"
        && matches!(
            words.lower(k + 1),
            "of" | "the" | "a" | "its" | "their" | "an"
        );
    if half {
        let mut quantity = make(
            words,
            k..k + 1,
            Count::range(0, None, Bound::Vague, words.text(k)),
        );
        quantity.kind = QuantityKind::Other;
        quantity.measure = Some(Measure::Fraction);
        return Some((quantity, 1));
    }
    let value = numeral::ordinal(words.lower(k))?;
    let len = 1;
    // "the second" of time, "first" as an adverb alone, are left out; the tag tells.
    let token = words.token(k)?;
    if token.tag() == "NN" && token.lower() == "second" || token.tag() == "RB" {
        return None;
    }
    let mut quantity = make(
        words,
        k..k + len,
        Count::said(value, Bound::Exact, words.slice(k..k + len)),
    );
    quantity.kind = QuantityKind::Ordinal;
    (quantity.noun, _) = nouns::noun(words, k..k + len, k + len);
    let month = |k: usize| {
        calendar::month(words.lower(k)).is_some() && words.text(k).starts_with(char::is_uppercase)
    };
    if month(k + 1) || (words.lower(k + 1) == "of" && month(k + 2)) || (k > 0 && month(k - 1)) {
        quantity.kind = QuantityKind::Other;
        quantity.measure = Some(Measure::Date);
        quantity.noun = None;
    }
    Some((quantity, len))
}

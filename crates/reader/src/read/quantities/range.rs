//! Two numbers as one: "between 20 and 30", "at least 11 and up to 15".

use std::ops::Range;

use model::{Bound, Count};

use super::{
    bounds, measures, nouns, numeral,
    quantity::{Measure, Quantity, QuantityKind, make},
    words::Words,
};

/// "between 20 and 30", "20 to 30", "20-30", "two or three"; scores and votes are read here too, so that they are no
/// counts.
pub(super) fn range(words: &Words, k: usize) -> Option<(Quantity, usize)> {
    let lead = bounds::lead(words, k);
    let mut first_at = k + lead.len;
    let between = matches!(words.lower(first_at), "between" | "anywhere");
    if between {
        first_at += 1;
        if words.lower(first_at) == "from" || words.lower(first_at) == "between" {
            first_at += 1;
        }
    }
    if let Some(found) = joined(words, k, first_at, lead) {
        return Some(found);
    }
    let first = numeral::numeral(words, first_at)?;
    let link = first_at + first.len;
    if let Some(found) = bounded(words, k, first_at..link, lead, between) {
        return Some(found);
    }
    let hyphen = matches!(words.lower(link), "-" | "–" | "—" | "‑")
        && words.glued(link)
        && words.glued(link + 1);
    let linked = match words.lower(link) {
        "to" => !between && words.lower_before(first_at, 1) != "from",
        "and" => between,
        "or" => !between,
        _ => hyphen,
    };
    if !linked {
        return None;
    }
    let second = numeral::numeral(words, link + 1)?;
    let end = link + 1 + second.len;
    let (mut low, high) = (first.value, second.value);
    if second.multiplier > 1 && first.multiplier == 1 && low < second.multiplier {
        low = low.saturating_mul(second.multiplier);
    }
    let other = |measure, end: usize| {
        let count = Count::range(low, Some(high), Bound::Between, words.slice(k..end));
        let mut quantity = make(words, k..end, count);
        quantity.kind = QuantityKind::Other;
        quantity.measure = Some(measure);
        Some((quantity, end - k))
    };
    // "555-010-1234": all of it at once, so that no part of it is read as a count.
    let mut last = end;
    while hyphen
        && words.lower(last) == "-"
        && words.glued(last)
        && words.glued(last + 1)
        && numeral::figure(words.text(last + 1)).is_some()
    {
        last += 2;
    }
    // "2022-01-25" is no telephone number.
    if hyphen && words.text(first_at).len() == 4 && (1800..=2100).contains(&low) && last > end {
        return other(Measure::Date, last);
    }
    if let Some(measure) = measures::measure(words, k, link + 1..end, end, &second)
        .filter(|&measure| measure != Measure::Name)
        .or_else(|| measures::measure(words, k, first_at..link, end, &first))
    {
        return other(measure, end);
    }
    let code = |k: usize| words.lower_before(k, 1) == ")" && words.lower_before(k, 3) == "(";
    if hyphen && (last > end || code(k) || measures::score(words, k, low, high)) {
        return other(Measure::Score, last);
    }
    if high <= low
        || (words.lower(link) == "or" && (high - low > low.max(2) || second.digits != first.digits))
    {
        return None;
    }
    finish(words, k, first_at..end, (low, high), lead)
}

/// "at least 11 and up to 15", "one but possibly as many as 12", "between eight and more than 30": two numbers, the
/// second with a bound of its own.
fn bounded(
    words: &Words,
    k: usize,
    first: Range<usize>,
    lead: bounds::Lead,
    between: bool,
) -> Option<(Quantity, usize)> {
    let least = matches!(lead.bound, Some(Bound::AtLeast));
    let mut at = first.end;
    let link = words.lower(at);
    if !(matches!(link, "and" | "but" | "or" | ",") && (least || between) || link == "to") {
        return None;
    }
    at += 1;
    let linked = at;
    while matches!(
        words.lower(at),
        "and" | "or" | "possibly" | "perhaps" | "maybe" | "potentially" | "probably"
    ) {
        at += 1;
    }
    // "at least 18 and potentially more than 25": only what is hedged tops the first, "at least 18, more than 25" is
    // two figures.
    let hedged = at > linked;
    if link == "," && !hedged {
        return None;
    }
    let second = bounds::lead(words, at);
    let core = at + second.len;
    let high = numeral::numeral(words, core)?;
    let low = numeral::numeral(words, first.start)?.value;
    // "up to more than 50".
    let above = (at..core).any(|k| words.lower(k) == "than");
    let top = match second.bound? {
        Bound::AtMost if above => high.value.saturating_add(1),
        Bound::AtMost | Bound::About => high.value,
        Bound::MoreThan if between || hedged || link == "to" => high.value.saturating_add(1),
        _ => return None,
    };
    if top <= low
        || measures::measure(words, k, core..core + high.len, core + high.len, &high).is_some()
    {
        return None;
    }
    let lead = bounds::Lead {
        bound: None,
        ..lead
    };
    finish(words, k, first.start..core + high.len, (low, top), lead)
}

/// "20–30" as one token.
fn joined(words: &Words, k: usize, at: usize, lead: bounds::Lead) -> Option<(Quantity, usize)> {
    let text = words.text(at);
    let (a, b) = text.split_once(['–', '—', '-', '‑'])?;
    let (low, high) = (numeral::figure(a)?.0, numeral::figure(b)?.0);
    if high <= low {
        return None;
    }
    let year = |v: u64, s: &str| s.len() == 4 && (1800..=2100).contains(&v);
    if year(low, a) && (year(high, b) || b.len() == 2) {
        return None;
    }
    finish(words, k, at..at + 1, (low, high), lead)
}

fn finish(
    words: &Words,
    k: usize,
    core: Range<usize>,
    (low, high): (u64, u64),
    lead: bounds::Lead,
) -> Option<(Quantity, usize)> {
    let trail = bounds::trail(words, core.end);
    let end = core.end + trail.len;
    let mut count = Count::range(low, Some(high), Bound::Between, words.slice(k..end));
    match lead.bound {
        Some(Bound::AtLeast) => count.high = None,
        Some(Bound::AtMost) => count.low = 0,
        _ => {}
    }
    let mut quantity = make(words, k..end, count);
    quantity.additional = lead.additional || trail.additional;
    (quantity.noun, quantity.partitive) = nouns::noun(words, core, end);
    Some((quantity, end - k))
}

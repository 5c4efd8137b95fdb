//! Numbers in words and digits, with their bound.
//!
//! What comes in: a parsed text. What goes out: every number with the interval it allows, the noun it counts and what
//! it measures; and every age. It does not know which nouns are people nor what happened to them. Patterns run over the
//! words; the parse only settles which noun a number counts. Time is linear in the length of the text.

mod ages;
mod bounds;
mod measures;
mod nouns;
pub mod numeral;
mod quantity;
mod vague;
pub(crate) mod words;

use std::ops::Range;

use language::Doc;
use model::{Bound, Count};

pub use ages::{Age, find_ages};
pub use nouns::{PersonPhrase, person_phrase};
pub use quantity::{Measure, Quantity, QuantityKind};
pub use vague::{TABLE as VAGUE_WORDS, Vague};

use words::Words;

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

/// An age as a quantity: one person when the phrase is a singular with an article, a measure otherwise.
fn of_age(words: &Words, age: &Age) -> Quantity {
    let text = words.doc().slice(age.tokens.clone());
    let years = (Some(age.low) == age.high).then_some(age.low);
    let count = match age.high {
        Some(high) if high == age.low => Count::said(high.into(), Bound::Exact, text),
        high => Count::range(age.low.into(), high.map(u64::from), Bound::Between, text),
    };
    Quantity {
        tokens: age.tokens.clone(),
        count,
        noun: age.person,
        kind: QuantityKind::Other,
        measure: Some(Measure::Age),
        age: years,
        additional: false,
        partitive: false,
    }
}

/// Turns ages inside "a 61-year-old man", "the 19-year-old" into counts of one, and lends "two 19-year-old men" its
/// age.
fn described(words: &Words, out: &mut [Quantity]) {
    let doc = words.doc();
    let start = words.index(0);
    let first = out.partition_point(|quantity| quantity.tokens.start < start);
    for at in first..out.len() {
        let Quantity {
            measure: Some(Measure::Age),
            noun: Some(noun),
            age,
            ..
        } = out[at]
        else {
            continue;
        };
        let tokens = out[at].tokens.clone();
        // Only an age before its noun, or one that is its own noun, describes by itself.
        if noun + 1 < tokens.end {
            continue;
        }
        let number = out[first..at]
            .iter_mut()
            .rev()
            .take(3)
            .find(|other| other.noun == Some(noun) && other.kind == QuantityKind::Cardinal);
        if let Some(number) = number {
            number.age = number.age.or(age);
            continue;
        }
        let plural =
            matches!(doc.token(noun).tag(), "NNS" | "NNPS") || doc.token(noun).lower() == "olds";
        let article = (1..=3)
            .map_while(|n| tokens.start.checked_sub(n))
            .find(|&i| {
                matches!(
                    doc.token(i).lower(),
                    "a" | "an"
                        | "the"
                        | "another"
                        | "his"
                        | "her"
                        | "their"
                        | "one"
                        | "this"
                        | "that"
                )
            })
            .filter(|&i| {
                i >= start
                    && (i + 1..tokens.start)
                        .all(|i| matches!(doc.token(i).tag(), "JJ" | "NN" | "NNP" | "``" | "VBN"))
            });
        if plural
            || (article.is_none()
                && !doc
                    .token(tokens.start)
                    .text()
                    .starts_with(|c: char| c.is_ascii_digit()))
        {
            continue;
        }
        let from = article.unwrap_or(tokens.start);
        let overlapped = at > first && out[at - 1].tokens.end > from;
        let from = if overlapped { tokens.start } else { from };
        let whole = from..tokens.end.max(noun + 1);
        // The noun may stand beyond another number: "a 19-year-old and 12 …" never, but be safe.
        if out
            .get(at + 1)
            .is_some_and(|next| next.tokens.start < whole.end)
        {
            continue;
        }
        let quantity = &mut out[at];
        quantity.count = Count::said(1, Bound::Exact, doc.slice(whole.clone()));
        quantity.additional = doc.token(from).lower() == "another";
        quantity.tokens = whole;
        quantity.kind = QuantityKind::Cardinal;
        quantity.measure = None;
    }
}

/// The number whose expression starts at word `k`, ending before word `limit`, and the words it takes.
fn quantity(words: &Words, k: usize, limit: usize) -> Option<(Quantity, usize)> {
    let (quantity, len) = zero(words, k)
        .or_else(|| both(words, k))
        .or_else(|| range(words, k))
        .or_else(|| number(words, k))
        .or_else(|| vague(words, k))
        .or_else(|| ordinal(words, k))?;
    (k + len <= limit).then_some((quantity, len))
}

fn make(words: &Words, range: Range<usize>, count: Count) -> Quantity {
    Quantity {
        tokens: words.tokens(range),
        count,
        noun: None,
        kind: QuantityKind::Cardinal,
        measure: None,
        age: None,
        additional: false,
        partitive: false,
    }
}

/// A single number with its bounds.
fn number(words: &Words, k: usize) -> Option<(Quantity, usize)> {
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

/// "between 20 and 30", "20 to 30", "20-30", "two or three"; scores and votes are read here too, so that they are no
/// counts.
fn range(words: &Words, k: usize) -> Option<(Quantity, usize)> {
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

fn vague(words: &Words, k: usize) -> Option<(Quantity, usize)> {
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
fn zero(words: &Words, k: usize) -> Option<(Quantity, usize)> {
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
fn both(words: &Words, k: usize) -> Option<(Quantity, usize)> {
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

fn ordinal(words: &Words, k: usize) -> Option<(Quantity, usize)> {
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
        crate::read::times::calendar::month(words.lower(k)).is_some()
            && words.text(k).starts_with(char::is_uppercase)
    };
    if month(k + 1) || (words.lower(k + 1) == "of" && month(k + 2)) || (k > 0 && month(k - 1)) {
        quantity.kind = QuantityKind::Other;
        quantity.measure = Some(Measure::Date);
        quantity.noun = None;
    }
    Some((quantity, len))
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

#[cfg(test)]
mod tests;

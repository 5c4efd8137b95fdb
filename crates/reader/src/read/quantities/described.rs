//! Ages as counts: "a 61-year-old man" is one.

use model::{Bound, Count};

use super::{
    ages::Age,
    quantity::{Measure, Quantity, QuantityKind},
    words::Words,
};

/// An age as a quantity: one person when the phrase is a singular with an article, a measure otherwise.
pub(super) fn of_age(words: &Words, age: &Age) -> Quantity {
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
pub(super) fn described(words: &Words, out: &mut [Quantity]) {
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

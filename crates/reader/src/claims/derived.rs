//! Numbers that two phrases give together: "two houses …, killing three in each" and "14 pupils …; all but two were
//! killed".
//!
//! Takes what a verb counts; gives the number that follows from both phrases, in the words of both. Nothing is derived
//! where either number is not exact.

use language::Token;
use model::{Bound, Count};

use super::{
    frames,
    people::{Group, Peopled},
    person_nouns,
};
use crate::read::quantities::QuantityKind;

/// Most things that people are told of "in each".
const MAX_THINGS: u64 = 20;
/// Most tokens between the two phrases.
const NEAR: usize = 30;

fn exact(count: &Count) -> Option<u64> {
    (count.bound == Bound::Exact).then_some(count.low)
}

/// "two houses, killing three people in each": six, from the number of houses to the word "each".
pub fn in_each(cx: &Peopled<'_>, group: &Group) -> Option<Group> {
    let own = exact(group.count.as_ref()?)?;
    let after = group.tokens.end;
    if after + 1 >= cx.doc.len()
        || !matches!(cx.doc.token(after).lower(), "in" | "at" | "inside")
        || cx.doc.token(after + 1).lower() != "each"
    {
        return None;
    }
    let sentence = cx.doc.token(group.head).sentence();
    let start = sentence.start.max(group.tokens.start.saturating_sub(NEAR));
    let things = cx.read.quantities.iter().rev().find(|quantity| {
        quantity.kind == QuantityKind::Cardinal
            && quantity.tokens.start >= start
            && quantity.tokens.end <= group.tokens.start
            && quantity.noun.is_some_and(|noun| {
                let noun = person_nouns::singular(cx.doc.token(noun).lower());
                person_nouns::lookup(&noun).is_none()
            })
    })?;
    let times = exact(&things.count).filter(|n| (2..=MAX_THINGS).contains(n))?;
    let tokens = things.tokens.start..after + 2;
    let words = cx.doc.slice(tokens.clone());
    Some(Group {
        count: Some(Count::said(own.saturating_mul(times), Bound::Exact, words)),
        tokens,
        individual: false,
        ..group.clone()
    })
}

/// "all but two were killed": the people counted before, less the two.
pub fn all_but(cx: &Peopled<'_>, verb: Token<'_>) -> Option<Group> {
    let end = frames::predicate_tokens(verb).start;
    let first = end.checked_sub(3)?;
    if first < verb.sentence().start
        || cx.doc.token(first).lower() != "all"
        || cx.doc.token(first + 1).lower() != "but"
    {
        return None;
    }
    let spared = exact(&cx.quantity_holding(end - 1)?.count)?;
    let whole = cx.counted_before(first)?;
    let left = exact(whole.count.as_ref()?)?.checked_sub(spared)?;
    let tokens = first..end;
    let all = whole.tokens.start..end;
    Some(Group {
        count: Some(Count::said(left, Bound::Exact, cx.doc.slice(all))),
        head: end - 1,
        tokens,
        scope: whole.scope.clone(),
        individual: false,
        anaphoric: false,
        additional: false,
        name: None,
        years: None,
    })
}

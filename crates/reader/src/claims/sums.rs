//! Sums: what the members of a list, the parts of a limit, or people told of before and others since make together.
//!
//! Comes in: groups of people as one predicate counts them, or as the report has told them so far. Goes out: a draft
//! with a number that nobody printed, in the words that it is added up from. It knows nothing of other events.

use model::{AgeGroup, Basis, Bound, Count, Role, Sex, Slot, Value};

use super::{
    counted::Counted,
    draft::{Draft, Rule},
    passes::Passes,
    people::Group,
    tally::{Tally, person_words},
};

/// Rule of a group that was added to the people told of before it.
const WITH_OTHERS: Rule = Rule::new("count/with-others", Basis::WithOthers);

/// Rule of people beside others told of before: "two more bodies". They are not everybody.
pub const OTHERS: Rule = Rule::new("count/others", Basis::Others);

/// Rule of the sum of a list.
const OF_LIST: Rule = Rule::new("count/sum-of-list", Basis::SumOfList);

/// "The teacher was killed. The blast killed 12 other members of the family": those told of one by one before, and the
/// others, are everybody, unless a number for everybody came first.
pub fn with_others(cx: &Passes<'_>, known: &Tally, others: &Count, draft: &mut Draft) {
    let told = known.groups.iter().any(|draft| {
        draft.scope.is_anybody()
            || draft.scope.role == Role::Civilian
            || draft.rests_on(Basis::SumOfList)
    });
    if told || known.persons.is_empty() || others.bound == Bound::Vague {
        return;
    }
    let more = known.persons.len() as u64;
    draft.value = Value::Count(Count {
        low: others.low.saturating_add(more),
        high: others.high.map(|high| high.saturating_add(more)),
        stated: None,
        ..others.clone()
    });
    draft.rule = WITH_OTHERS;
    let first = known.persons.iter().map(|person| person_words(cx, person));
    draft.also.extend(first);
}

/// "up to ten people, including five children and three women": the parts say how many there are at least.
pub fn at_least_parts(
    cx: &Passes<'_>,
    slot: Slot,
    group: &Group,
    parts: &[Group],
    one: &Counted,
) -> Option<Draft> {
    let top = group
        .count
        .as_ref()
        .filter(|count| count.bound == Bound::AtMost)?
        .high?;
    let low = |part: &Group| part.count.as_ref().map_or(0, |count| count.low);
    // Children, women and men are different people; other parts may hold each other.
    let kind = |part: &Group| match (part.scope.age, part.scope.sex) {
        (AgeGroup::Children, _) => Some(0),
        (_, Some(Sex::Female)) => Some(1),
        (_, Some(Sex::Male)) => Some(2),
        _ => None,
    };
    let mut kinds: Vec<usize> = parts.iter().filter_map(kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let least = if kinds.len() == parts.len() {
        parts.iter().map(low).fold(0, u64::saturating_add)
    } else {
        parts.iter().map(low).max().unwrap_or(0)
    };
    let tokens = parts.first()?.tokens.start..parts.last()?.tokens.end;
    if least == 0 || least > top || tokens.start >= tokens.end {
        return None;
    }
    let count = Count::range(least, None, Bound::AtLeast, cx.doc.slice(tokens.clone()));
    let mut draft = Draft::new(
        slot,
        Value::Count(count),
        tokens,
        one.predicate,
        "count/at-least-parts",
    )
    .scoped(group.scope.clone());
    draft.also.push(one.words.clone());
    Some(draft)
}

/// "77 soldiers, 39 fighters and 7 civilians were killed": the list adds up to a total that nobody printed.
pub fn of_list(cx: &Passes<'_>, slot: Slot, one: &Counted) -> Option<Draft> {
    // A limit or a word without a number adds up to nothing.
    let unsummed = |group: &Group| {
        group
            .count
            .as_ref()
            .is_some_and(|count| matches!(count.bound, Bound::AtMost | Bound::Vague))
    };
    if one.groups.iter().any(unsummed) {
        return None;
    }
    // "killed him along with his wife": a person taken up again is one.
    let single = Count::said(1, Bound::Exact, "");
    let counts: Vec<&Count> = one
        .groups
        .iter()
        .filter_map(|group| {
            let first = group.individual && group.head == one.groups[0].head;
            group.count.as_ref().or(first.then_some(&single))
        })
        .collect();
    if counts.len() != one.groups.len() || one.groups.iter().all(|group| group.individual) {
        return None;
    }
    // "seven people, a man, his wife …" tells the seven one by one; "a woman and her four sons" are five.
    let whole = one.groups.iter().position(|group| {
        // "ten members of one family and nine of another" are two parts.
        let members = cx.doc.token(group.head).lemma() == "member";
        group.scope.is_anybody() && !group.individual && !members
    });
    // "seven members of the family along with 18 others": the others are more.
    let more = one.groups[1..].iter().all(|group| group.additional);
    if whole.is_some_and(|at| {
        one.groups[..at].iter().any(|group| !group.individual) || at == 0 && !more
    }) {
        return None;
    }
    if one.groups.iter().skip(1).any(|group| group.individual)
        && one.groups[0].scope.role == Role::Civilian
        && !one.groups[0].individual
    {
        return None;
    }
    let low = counts
        .iter()
        .fold(0u64, |sum, count| sum.saturating_add(count.low));
    let high = counts
        .iter()
        .try_fold(0u64, |sum, count| Some(sum.saturating_add(count.high?)));
    let tokens = one.groups[0].tokens.start..one.groups.last().map_or(0, |group| group.tokens.end);
    if tokens.start >= tokens.end {
        return None;
    }
    let bound = match high {
        Some(high) if high == low => Bound::Exact,
        Some(_) => Bound::Between,
        None => Bound::AtLeast,
    };
    let words = cx.doc.slice(tokens.clone());
    let mut draft = Draft::new(
        slot,
        Value::Count(Count::range(low, high, bound, words)),
        tokens,
        one.predicate,
        OF_LIST,
    );
    draft.also.push(one.words.clone());
    Some(draft)
}

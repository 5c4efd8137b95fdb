//! Which drafts of the rules give the figure of a candidate, and which tell of it among others.

use model::{Basis, SlotGroup, Value};

use super::{
    super::draft::Draft,
    candidates::{Candidate, Form},
};

/// Whether a draft gives the figure of a candidate in its words.
pub fn says(draft: &Draft, one: &Candidate) -> bool {
    let touches = |tokens: &std::ops::Range<usize>| {
        tokens.start < one.tokens.end && one.tokens.start < tokens.end
    };
    let Value::Count(count) = &draft.value else {
        return false;
    };
    draft.slot.group() == SlotGroup::Counts
        && (count.low, count.high) == (one.count.low, one.count.high)
        && (touches(&draft.tokens) || draft.also.iter().any(touches))
}

/// Whether a draft tells of people one by one, or sums a list, and a candidate is one of them.
pub fn holds(draft: &Draft, one: &Candidate) -> bool {
    let touches =
        |tokens: &std::ops::Range<usize>| tokens.start <= one.head && one.head < tokens.end;
    let listed = draft.rests_on(Basis::Enumerated) || draft.rests_on(Basis::SumOfList);
    let count = draft.value.count();
    listed
        && count.is_some_and(|count| one.count.low >= 1 && one.count.low <= count.low)
        && one.form != Form::Phrase
        && (touches(&draft.tokens) || draft.also.iter().any(touches))
}

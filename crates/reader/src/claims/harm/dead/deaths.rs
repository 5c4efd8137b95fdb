//! Nouns of death: "the deaths of two guards", "12 deaths", "the killing of a teacher", "a fatal shooting".

use std::ops::Range;

use language::{Pos, Token};
use model::{Bound, Count};

use crate::{
    claims::{
        counted::{self, Counted},
        frames,
        people::{self, Peopled},
    },
    read::quantities::QuantityKind,
};

/// "the deaths of two guards", "the boy's death", "12 deaths", "child deaths".
pub(super) fn death(cx: &Peopled<'_>, token: Token<'_>) -> Option<Counted> {
    if token.pos() != Pos::Noun || matches!(token.dep(), "compound" | "amod") {
        return None;
    }
    let lower = token.lower();
    if matches!(lower, "death" | "deaths") {
        // "to death", "death toll", "death penalty", "threatened with death" tell of nobody.
        let after = token.next().map_or("", |next| next.lower());
        if matches!(
            after,
            "toll"
                | "tolls"
                | "penalty"
                | "row"
                | "sentence"
                | "threat"
                | "threats"
                | "certificate"
                | "investigation"
        ) {
            return None;
        }
    }
    if let Some(group) = counted::from_quantity(cx, token)
        && (token.tag() == "NNS"
            || group
                .count
                .as_ref()
                .is_some_and(|count| count.bound != Bound::Exact))
    {
        return Some(Counted::at(token, vec![group], "killed/deaths"));
    }
    if lower == "deaths"
        && let Some(group) = and_hurt(cx, token)
        && token
            .ancestors()
            .take(4)
            .find(|above| above.pos() == Pos::Verb)
            .is_some_and(|verb| {
                matches!(
                    verb.lemma(),
                    "report" | "cause" | "result" | "lead" | "occur"
                ) && !frames::is_negated(verb)
                    && !frames::is_irrealis(verb)
            })
        && people::of_object(token).is_none()
    {
        return Some(Counted::at(token, vec![group], "killed/deaths"));
    }
    // "a “number” of deaths": marks keep the number from its noun.
    if lower == "deaths"
        && token.dep() == "pobj"
        && token.head().lower() == "of"
        && token.head().head().lower() == "number"
        && people::of_object(token).is_none()
    {
        let start = people::phrase(token.head().head(), None).start;
        return Some(Counted::at(
            token,
            vec![some(cx, start..token.i + 1)],
            "killed/deaths",
        ));
    }
    let people = people::of_object(token).or_else(|| token.child("poss"))?;
    let mut groups = people::coordinated(cx, people);
    // "the deaths of A, B, and C": the last may hang on the verb above.
    if let Some(last) = groups.iter().map(|group| group.head).max()
        && last > token.i
        && let Some(verb) = token
            .ancestors()
            .take(3)
            .find(|above| above.pos() == Pos::Verb)
    {
        groups.extend(frames::hung_on(cx, verb, last));
    }
    (!groups.is_empty()).then(|| Counted {
        words: token.i..token.i + 1,
        ..Counted::at(token, groups, "killed/death-of")
    })
}

/// "martyrs and wounded", "several injuries and deaths were reported": dead and hurt told together as plurals, without
/// a number.
pub(super) fn and_hurt(cx: &Peopled<'_>, token: Token<'_>) -> Option<people::Group> {
    let hurt = |other: Token<'_>| {
        matches!(
            other.lower(),
            "wounded" | "injured" | "injuries" | "wounds" | "hurt"
        )
    };
    let joined = |at: Option<usize>, and: Option<usize>| {
        let (Some(at), Some(and)) = (at, and) else {
            return false;
        };
        at < cx.doc.len()
            && and < cx.doc.len()
            && matches!(cx.doc.token(and).lower(), "and" | "or" | "&")
            && hurt(cx.doc.token(at))
    };
    let before = joined(token.i.checked_sub(2), token.i.checked_sub(1));
    let plural = token.lower().ends_with('s') && !people::is_definite(token);
    let no = token
        .children()
        .any(|child| matches!(child.lower(), "no" | "any" | "without"));
    if !plural || no || !(before || joined(Some(token.i + 2), Some(token.i + 1))) {
        return None;
    }
    // "dozens of wounded and martyrs": one number for both.
    let shared = token
        .i
        .checked_sub(2)
        .filter(|_| before)
        .and_then(|i| {
            cx.quantity_of(i).or_else(|| {
                let of = i
                    .checked_sub(1)
                    .filter(|&of| cx.doc.token(of).lower() == "of")?;
                cx.quantity_holding(of.checked_sub(1)?)
            })
        })
        .filter(|quantity| quantity.kind == QuantityKind::Cardinal && quantity.count.low > 9);
    let tokens = shared.map_or(token.i, |quantity| quantity.tokens.start)..token.i + 1;
    let count = shared.map_or_else(
        || Count::range(2, None, Bound::Vague, token.text()),
        |quantity| quantity.count.clone(),
    );
    Some(people::Group::of(tokens, token.i, count))
}

/// People of whom the words say only that there are some.
fn some(cx: &Peopled<'_>, tokens: Range<usize>) -> people::Group {
    let words = cx.doc.slice(tokens.clone());
    let (head, count) = (tokens.end - 1, Count::range(2, None, Bound::Vague, words));
    people::Group::of(tokens, head, count)
}

/// "fatal shooting of", "shooting death of" (the second is the noun "death" itself).
pub(super) fn is_fatal(noun: Token<'_>) -> bool {
    noun.children()
        .any(|child| matches!(child.lower(), "fatal" | "deadly"))
}

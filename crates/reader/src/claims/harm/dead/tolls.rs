//! The dead as a number of their own: a death toll, "the number of people killed", "among the dead are …".

use language::Token;

use crate::{
    claims::{
        counted::Counted,
        people::{self, Peopled},
    },
    read::quantities::QuantityKind,
};

/// Whether a "number" is one of the dead: "the number of people killed has risen to 52".
pub(super) fn counts_dead(number: Token<'_>) -> bool {
    number.subtree().any(|i| {
        matches!(
            number.doc().token(i).lower(),
            "killed" | "dead" | "deaths" | "fatalities" | "casualties"
        )
    })
}

/// "five students were among those killed", "among the dead are a baker and his wife".
pub(super) fn among_dead(cx: &Peopled<'_>, among: Token<'_>) -> Option<Counted> {
    let object = among.child("pobj")?;
    let dead = object.subtree().take(8).any(|i| {
        matches!(
            cx.doc.token(i).lower(),
            "killed" | "dead" | "deceased" | "fatalities"
        )
    }) && !object
        .subtree()
        .take(8)
        .any(|i| matches!(cx.doc.token(i).lower(), "wounded" | "injured"));
    let verb = among.head();
    if !dead || verb.lemma() != "be" {
        return None;
    }
    let people = verb
        .child_of(&["nsubj", "attr"])
        .filter(|people| !among.subtree().contains(&people.i))?;
    let groups: Vec<_> = people::coordinated(cx, people)
        .into_iter()
        .filter(|group| group.count.is_some())
        .collect();
    (!groups.is_empty()).then(|| Counted::at(among, groups, "killed/among-the-dead"))
}

/// "the death toll rose from 30 to 39", "a toll of 12": the last number that the toll reaches.
pub(super) fn toll(cx: &Peopled<'_>, token: Token<'_>) -> Option<Counted> {
    let deadly = token.lower() == "number"
        || token.children().any(|child| {
            child.i < token.i
                && matches!(
                    child.lower(),
                    "death"
                        | "casualty"
                        | "fatality"
                        | "overall"
                        | "official"
                        | "total"
                        | "the"
                        | "its"
                )
        }) && !token
            .children()
            .any(|child| matches!(child.lower(), "injury" | "injured" | "bell" | "free"));
    if !deadly {
        return None;
    }
    let sentence = token.sentence();
    let numbers: Vec<_> = cx
        .read
        .quantities
        .iter()
        .filter(|q| {
            q.kind == QuantityKind::Cardinal
                && q.tokens.start > token.i
                && q.tokens.end <= sentence.end
                && q.tokens.start < token.i + 16
        })
        .collect();
    let first = numbers.first()?;
    let before = cx.doc.token(first.tokens.start).previous()?.lower();
    let chosen = if before == "from" {
        numbers.iter().find(|q| {
            cx.doc
                .token(q.tokens.start)
                .previous()
                .is_some_and(|p| p.lower() == "to")
        })?
    } else if matches!(
        before,
        "to" | "at"
            | "of"
            | "is"
            | "was"
            | "reached"
            | "reach"
            | "reaches"
            | "hit"
            | "passed"
            | "stood"
            | "exceeded"
            | ":"
            | "by"
            | "now"
    ) || first.tokens.start == token.i + 1
    {
        first
    } else {
        return None;
    };
    // "rose by 12" is a step, not the toll.
    if before == "by" {
        return None;
    }
    let head = chosen.tokens.end - 1;
    let group = people::Group::of(chosen.tokens.clone(), head, chosen.count.clone());
    Some(Counted {
        words: token.i.saturating_sub(1).max(sentence.start)..token.i + 1,
        ..Counted::at(token, vec![group], "killed/toll")
    })
}

//! `danger`: danger people are said to be in, where no number counts them.

use language::{Pos, Token};
use model::{Slot, StanceKind};

use super::{draft::Draft, frames, grammar, passes::Passes, said_of_people as said};

/// Claims of the slot: "their lives are in danger", "the children are at risk", "fears for the safety of".
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for token in cx.doc.tokens() {
        out.extend(may_rise(cx, token));
        if !matches!(token.lower(), "danger" | "risk" | "peril" | "jeopardy")
            || token.dep() != "pobj"
        {
            continue;
        }
        let preposition = token.head();
        let Some(verb) = grammar::clause_verb(preposition) else {
            continue;
        };
        if !matches!(preposition.lower(), "in" | "at")
            || frames::is_negated(verb)
            || frames::is_irrealis(verb)
        {
            continue;
        }
        let Some(subject) = frames::subject(verb).filter(|subject| subject.i < token.i) else {
            continue;
        };
        let people = super::people::group_at(cx, subject);
        let lives = matches!(subject.lower(), "lives" | "life");
        // A counted group is the slot at_risk's.
        if !lives && people.as_ref().is_none_or(|group| group.count.is_some()) {
            continue;
        }
        let mut end = token.i + 1;
        for child in token
            .children()
            .chain(verb.children())
            .filter(|child| child.i > token.i && matches!(child.dep(), "prep" | "advmod"))
        {
            if child.subtree().end - token.i < 9 {
                end = end.max(child.subtree().end);
            }
        }
        let start = super::people::phrase(subject, None).start.min(verb.i);
        let mut scope = people.map(|group| group.scope).unwrap_or_default();
        if lives {
            let owner = subject
                .child("poss")
                .filter(|owner| owner.lower() != "their");
            scope = said::scope_of(cx, owner);
            if scope.is_all() {
                scope = said::people_in_sentence(cx, token.sentence_index());
            }
        }
        out.push(
            said::kind(
                cx,
                Slot::Danger,
                "in_danger",
                start..end,
                verb.i,
                "danger/predicate",
            )
            .scoped(scope),
        );
    }
    out
}

/// "the toll may rise", "the figure is likely to go up", "more deaths are feared": that more may die.
fn may_rise(cx: &Passes<'_>, verb: Token<'_>) -> Option<Draft> {
    if verb.pos() != Pos::Verb {
        return None;
    }
    let rises = matches!(
        verb.lemma(),
        "rise" | "climb" | "increase" | "grow" | "mount" | "change"
    ) || verb.lemma() == "go"
        && verb.subtree().any(|i| {
            i > verb.i
                && i < verb.i + 6
                && matches!(
                    cx.doc.token(i).lower(),
                    "up" | "upwards" | "higher" | "rising" | "climbing"
                )
        });
    if !rises {
        return None;
    }
    let subject = frames::subject(verb)?;
    let toll = matches!(
        subject.lemma(),
        "toll" | "number" | "figure" | "count" | "death" | "balance" | "tally" | "casualty"
    );
    let open = verb.children().any(|child| {
        child.dep() == "aux"
            && matches!(child.lower(), "may" | "might" | "could" | "will" | "would")
    }) || verb.ancestors().take(3).any(|above| {
        matches!(
            above.lemma(),
            "expect" | "fear" | "likely" | "set" | "continue"
        ) || above.lower() == "likely"
    });
    if !toll || !open || frames::is_negated(verb) {
        return None;
    }
    let start = super::people::phrase(subject, None).start.min(verb.i);
    let end = verb.subtree().end.min(verb.i + 5).max(verb.i + 1);
    let mut draft = said::kind(
        cx,
        Slot::Danger,
        "toll_may_rise",
        start..end,
        verb.i,
        "danger/toll",
    );
    draft.stance = Some(StanceKind::Possible);
    Some(draft)
}

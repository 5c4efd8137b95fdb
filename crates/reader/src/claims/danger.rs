//! `danger`: danger people are said to be in, where no number counts them.

use model::Slot;

use super::{
    conditions::people_in_sentence, context::Context, draft::Draft, frames, said_of_people as said,
};

/// Claims of the slot: "their lives are in danger", "the children are at risk", "fears for the safety of".
pub fn claims(cx: &Context<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for token in cx.doc.tokens() {
        if !matches!(token.lower(), "danger" | "risk" | "peril" | "jeopardy")
            || token.dep() != "pobj"
        {
            continue;
        }
        let preposition = token.head();
        let Some(verb) = said::clause_verb(preposition) else {
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
                scope = people_in_sentence(cx, token.sentence_index());
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

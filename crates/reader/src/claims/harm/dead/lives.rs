//! What is left of people: lives lost, taken or claimed, fighters lost, bodies found.

use language::{Pos, Token};
use model::Role;

use crate::claims::{
    counted::{self, Counted},
    frames,
    people::{self, Peopled},
};

/// "claimed 14 lives", "lost their lives", "cost him his life".
pub(super) fn lives(cx: &Peopled<'_>, token: Token<'_>) -> Option<Counted> {
    let verb = token.head();
    if verb.pos() != Pos::Verb || frames::is_irrealis(verb) || frames::is_negated(verb) {
        return None;
    }
    match (verb.lemma(), token.dep()) {
        ("claim" | "take" | "cost", "dobj") => {
            let group = counted::from_quantity(cx, token).or_else(|| {
                people::of_object(token)?;
                people::group_at(cx, token)
            })?;
            Some(Counted::at(verb, vec![group], "killed/lives-claimed"))
        }
        ("lose", "dobj") => {
            let groups = match counted::from_quantity(cx, token) {
                Some(group) => vec![group],
                None => frames::people_of(cx, verb, frames::Part::Subject),
            };
            (!groups.is_empty()).then(|| Counted {
                words: frames::predicate_tokens(verb).start..token.i + 1,
                ..Counted::at(verb, groups, "killed/lives-lost")
            })
        }
        ("lose", "nsubjpass") => counted::from_quantity(cx, token)
            .map(|group| Counted::at(verb, vec![group], "killed/lives-lost")),
        _ => None,
    }
}

/// "we have lost four guards": people of one's own lost in a fight.
pub(super) fn lost(cx: &Peopled<'_>, verb: Token<'_>) -> Option<Counted> {
    let group = people::group_at(cx, verb.child("dobj")?)?;
    let own = matches!(
        group.scope.role,
        Role::SecurityForce | Role::Fighter | Role::AidWorker | Role::Journalist
    );
    (own && group.count.is_some() && !frames::is_negated(verb) && !frames::is_irrealis(verb))
        .then(|| Counted::at(verb, vec![group], "killed/lost"))
}

/// "19 bodies were pulled from the rubble", "the body of a man was found".
pub(super) fn bodies(cx: &Peopled<'_>, token: Token<'_>) -> Option<Counted> {
    let verb = token.head();
    let found = verb.pos() == Pos::Verb
        && matches!(
            verb.lemma(),
            "find"
                | "recover"
                | "pull"
                | "retrieve"
                | "discover"
                | "bring"
                | "receive"
                | "bury"
                | "identify"
                | "remove"
                | "count"
                | "lie"
                | "collect"
                | "transfer"
                | "dig"
                | "arrive"
        )
        && matches!(token.dep(), "nsubjpass" | "dobj" | "nsubj");
    if !found || frames::is_irrealis(verb) || frames::is_negated(verb) {
        return None;
    }
    let group = people::group_at(cx, token)?;
    if group.count.as_ref().is_none_or(counted::is_bare_plural) {
        return None;
    }
    Some(Counted {
        words: frames::predicate_tokens(verb),
        ..Counted::at(verb, vec![group], "killed/bodies")
    })
}

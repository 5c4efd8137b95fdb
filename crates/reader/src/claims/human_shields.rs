//! `human_shields`: people reported used as shields.

use model::Slot;

use super::{draft::Draft, frames, grammar, passes::Passes, said_of_people as said};

/// Claims of the slot: "using residents as human shields".
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out = Vec::new();
    for token in cx.doc.tokens() {
        if !matches!(token.lower(), "shield" | "shields") {
            continue;
        }
        let human = token.children().any(|child| child.lower() == "human");
        let preposition = token.head();
        let as_shield = token.dep() == "pobj" && preposition.lower() == "as";
        if !human && !as_shield {
            continue;
        }
        let Some(verb) = grammar::clause_verb(token).filter(|verb| {
            matches!(
                verb.lemma(),
                "use" | "take" | "hold" | "keep" | "serve" | "employ" | "deploy"
            )
        }) else {
            continue;
        };
        if frames::is_negated(verb) {
            continue;
        }
        let people = frames::object(verb);
        let start = verb.i.min(people.map_or(verb.i, |people| people.i));
        let mut draft = said::kind(
            cx,
            Slot::HumanShields,
            "used_as_shields",
            start..token.i + 1,
            verb.i,
            "human_shields/used",
        )
        .scoped(said::scope_of(cx, people));
        draft.actor = said::actor(cx, verb);
        out.push(draft);
    }
    out
}

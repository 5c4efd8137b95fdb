//! `displaced`: people driven from their homes.

use language::Pos;
use model::Slot;

use super::{
    context::Context,
    counts::{self, Counted, Frame},
    draft::Draft,
    frames,
};

const FRAME: Frame = Frame {
    slot: Slot::Displaced,
    object_verbs: &["displace", "uproot", "evacuate", "evict"],
    subject_verbs: &["flee"],
    rule: "displaced/verb",
};

/// Claims of the slot. Whoever flees a prison escapes, an attacker who flees is no displaced person: only groups that are neither
/// count.
pub fn claims(cx: &Context<'_>) -> Vec<Draft> {
    let mut found = counts::by_verbs(cx, &FRAME, |_| true);
    // "forced 40,000 people from their homes", "thousands left their villages".
    for token in cx.doc.tokens() {
        if !matches!(
            token.lower(),
            "homes" | "houses" | "villages" | "neighbourhoods" | "neighborhoods"
        ) {
            continue;
        }
        let Some(verb) = token
            .ancestors()
            .take(3)
            .find(|above| above.pos() == Pos::Verb)
        else {
            continue;
        };
        let part = match verb.lemma() {
            "force" | "drive" | "push" => frames::Part::Object,
            "leave" | "abandon" => frames::Part::Subject,
            _ => continue,
        };
        if frames::is_irrealis(verb) || frames::is_negated(verb) {
            continue;
        }
        found.push(Counted {
            predicate: verb.i,
            words: frames::predicate_tokens(verb),
            groups: frames::people_of(cx, verb, part),
            rule: "displaced/from-homes",
        });
    }
    for token in cx.doc.tokens().filter(|token| token.lower() == "homeless") {
        let verb = token.head();
        if matches!(verb.lemma(), "make" | "leave" | "render")
            && !frames::is_negated(verb)
            && !frames::is_irrealis(verb)
        {
            found.push(Counted {
                predicate: verb.i,
                words: frames::predicate_tokens(verb).start..token.i.max(verb.i) + 1,
                groups: frames::people_of(cx, verb, frames::Part::Object),
                rule: "displaced/homeless",
            });
        }
    }
    for counted in &mut found {
        counted.groups.retain(|group| {
            group.count.is_some()
                && !group.individual
                && matches!(group.scope.role, model::Role::All | model::Role::Civilian)
        });
    }
    found.retain(|counted| !counted.groups.is_empty());
    counts::claims(cx, Slot::Displaced, &found, "displaced/enumerated")
}

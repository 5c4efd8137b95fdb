//! `safety`: people said to be safe.

use language::{Pos, Token};
use model::Slot;

use super::{draft::Draft, frames, passes::Passes, people, said_of_people as said};

/// Claims of the slot: "they are safe", "all pupils are unharmed", "was found safe".
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out = Vec::new();
    for token in cx.doc.tokens() {
        if !matches!(
            token.lower(),
            "safe" | "unharmed" | "unhurt" | "uninjured" | "unscathed"
        ) || !matches!(
            token.dep(),
            "acomp" | "oprd" | "advcl" | "conj" | "xcomp" | "attr"
        ) {
            continue;
        }
        let verb = token.head();
        // How safe somebody feels says nothing of what befell them.
        if !matches!(verb.pos(), Pos::Verb | Pos::Aux)
            || verb.lemma() == "feel"
            || frames::is_irrealis(verb)
            || frames::is_negated(verb)
        {
            continue;
        }
        let Some(subject) = frames::subject(verb) else {
            continue;
        };
        let Some(scope) = whose(cx, subject) else {
            continue;
        };
        let start = people::phrase(subject, None).start;
        let near = start <= token.i && token.i - start < 12;
        let from = if near { start } else { verb.i.min(token.i) };
        let mut from = from;
        // "now they are safe": an adverb of time belongs to it.
        if from > 0 && matches!(cx.doc.token(from - 1).lower(), "now" | "still" | "all") {
            from -= 1;
        }
        out.push(
            said::kind(
                cx,
                Slot::Safety,
                "safe",
                from..token.i + 1,
                verb.i,
                "safety/predicate",
            )
            .scoped(scope),
        );
    }
    out
}

/// The people spoken of, or `None` when the subject is no person ("the roads are safe"). A pronoun takes up the subject
/// of the clause before it first.
fn whose(cx: &Passes<'_>, subject: Token<'_>) -> Option<model::Scope> {
    let group = people::group_at(cx, subject)?;
    if group.scope.is_all() && subject.pos() == Pos::Pron {
        let before = subject
            .ancestors()
            .take(3)
            .filter_map(frames::subject)
            .find(|other| other.i < subject.i)
            .and_then(|other| people::group_at(cx, other));
        return Some(before.map(|group| group.scope).unwrap_or_default());
    }
    Some(group.scope)
}

//! Verbs of attack that the words around them make deadly: "shot dead", "stabbed to death", "one of them fatally".

use language::{Pos, Token};

use crate::{
    claims::{
        counted::Counted,
        frames,
        people::{self, Peopled},
    },
    read::quantities::QuantityKind,
};

/// "shot dead", "shot to death", "fatally shot", "gunned down".
pub(super) fn to_death(cx: &Peopled<'_>, verb: Token<'_>) -> Option<Counted> {
    if verb.pos() != Pos::Verb
        || frames::is_irrealis(verb)
        || frames::is_negated(verb)
        || !is_deadly(verb)
    {
        return None;
    }
    let groups = frames::people_of(cx, verb, frames::Part::Object);
    (!groups.is_empty()).then(|| Counted::at(verb, groups, "killed/shot-dead"))
}

/// Whether the words around an attack's verb say that it killed: "fatally", "dead", "to death", "and killed".
pub fn is_deadly(verb: Token<'_>) -> bool {
    verb.children().any(|child| {
        let numbered = child
            .previous()
            .is_some_and(|before| before.pos() == Pos::Num);
        (matches!(child.lower(), "fatally" | "dead") && !numbered)
            || (child.lower() == "to"
                && child
                    .child("pobj")
                    .is_some_and(|object| object.lower() == "death"))
            // "injuring five and killing two" tells of two lots.
            || (child.dep() == "conj"
                && matches!(child.lemma(), "kill" | "die" | "murder")
                && child.child_of(&["nsubj", "nsubjpass"]).is_none()
                && (child.child("dobj").is_none()
                    || verb.child("dobj").is_none() && !wounds(verb)))
    }) || (verb.lower() == "gunned" && verb.children().any(|child| child.lower() == "down"))
}

/// "injuring and killing a number of people" tells of some hurt; "shot and killed him" of none.
fn wounds(verb: Token<'_>) -> bool {
    matches!(verb.lemma(), "injure" | "wound" | "hurt")
}

/// "two people were shot, one of them fatally": a number beside the adverb, no verb of its own.
pub(super) fn fatally(cx: &Peopled<'_>, token: Token<'_>) -> Option<Counted> {
    let start = token.sentence().start.max(token.i.saturating_sub(4));
    let number = (start..token.i)
        .rev()
        .map(|i| cx.doc.token(i))
        .take_while(|before| before.pos() != Pos::Verb)
        .find(|before| {
            cx.quantity_holding(before.i)
                .is_some_and(|quantity| quantity.kind == QuantityKind::Cardinal)
        })?;
    let after = token.next().is_some_and(|next| next.pos() == Pos::Verb);
    let quantity = cx.quantity_holding(number.i)?;
    let group = people::Group::of(quantity.tokens.clone(), number.i, quantity.count.clone());
    (!after).then(|| Counted::at(token, vec![group], "killed/fatally"))
}

//! `conditions`: the conditions in which people live or are held.

use model::Slot;

use super::{draft::Draft, frames, grammar, passes::Passes, said_of_people as said};

const BAD: &[&str] = &[
    "poor",
    "inhumane",
    "dire",
    "harsh",
    "appalling",
    "squalid",
    "overcrowded",
    "unsanitary",
    "terrible",
    "horrific",
    "deplorable",
    "cramped",
    "precarious",
    "unlawful",
    "degrading",
    "inhuman",
    "living",
    "humanitarian",
    "detention",
    "prison",
    "unhygienic",
    "desperate",
    "catastrophic",
    "difficult",
    "physical",
    "miserable",
    "bad",
];
const LACK: &[&str] = &["lack", "shortage", "absence", "scarcity"];
const GOODS: &[&str] = &[
    "food",
    "water",
    "medicine",
    "care",
    "electricity",
    "sanitation",
    "shelter",
    "aid",
    "heating",
    "services",
    "education",
    "supply",
    "supplies",
    "treatment",
    "fuel",
    "hygiene",
    "space",
    "clothing",
    "blankets",
];

/// Claims of the slot, one a sentence: the list of conditions whole.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for (number, sentence) in cx.doc.sentences().enumerate() {
        let mut marks: Vec<usize> = Vec::new();
        for i in sentence.clone() {
            let token = cx.doc.token(i);
            let bad_conditions = matches!(token.lower(), "conditions")
                && (token.children().any(|child| BAD.contains(&child.lower()))
                    || (sentence.start..i)
                        .rev()
                        .take(3)
                        .any(|j| BAD.contains(&cx.doc.token(j).lower())))
                && !token
                    .children()
                    .any(|child| matches!(child.lower(), "weather" | "road" | "market"));
            let lack = LACK.contains(&token.lemma())
                && token
                    .subtree()
                    .any(|j| GOODS.contains(&cx.doc.token(j).lower()));
            let crowded = matches!(token.lower(), "overcrowding" | "overcrowded" | "crowding")
                && token.dep() != "amod";
            let no_access = token.lower() == "access"
                && token.children().any(|child| {
                    child.lower() == "no" || child.lower() == "little" || child.lower() == "limited"
                })
                && token
                    .subtree()
                    .any(|j| GOODS.contains(&cx.doc.token(j).lower()));
            if bad_conditions || lack || crowded || no_access {
                marks.push(i);
            }
        }
        let (Some(&first), Some(&last)) = (marks.first(), marks.last()) else {
            continue;
        };
        let head = cx.doc.token(first);
        let start = head
            .children()
            .filter(|child| {
                child.i < first && matches!(child.dep(), "amod" | "compound" | "advmod")
            })
            .map(|child| child.subtree().start)
            .min()
            .unwrap_or(first)
            .max(sentence.start);
        let tail = cx.doc.token(last);
        let end = tail
            .children()
            .filter(|child| matches!(child.dep(), "prep") && child.i == last + 1)
            .map(|child| child.subtree().end)
            .find(|&end| end - last < 14)
            .unwrap_or(last + 1)
            .min(sentence.end);
        let verb = grammar::clause_verb(head);
        let held = verb
            .filter(|verb| matches!(verb.lemma(), "hold" | "detain" | "keep" | "live" | "house"));
        let mut from = start;
        if let Some(verb) = held
            && verb.i < start
            && start - verb.i < 12
        {
            from = verb.i;
        }
        let people = held
            .and_then(|verb| frames::object(verb).or_else(|| frames::subject(verb)))
            .or_else(|| verb.and_then(frames::subject));
        let scope = {
            let near = said::scope_of(cx, people);
            if near.is_all() {
                said::people_in_sentence(cx, number)
            } else {
                near
            }
        };
        out.push(
            said::words(cx, Slot::Conditions, from..end, first, "conditions/named").scoped(scope),
        );
    }
    out
}

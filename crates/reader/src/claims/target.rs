//! `target`: what or whom it was aimed at or what it hit, as reported.
//!
//! The object of a verb that needs an aim ("attacked a convoy", "shelled the market"), or what stands behind "on",
//! "against", "at", "of" at a noun ("a raid on the depot", "the bombing of a school"). People who were hurt are counts;
//! a body ("the army") or a place ("the prison") is a target.

use language::{Pos, Token};
use model::{Slot, StanceKind, Value};

use super::{draft::Draft, event_kinds, frames, passes::Passes, people, person_nouns};

/// Verbs whose object is what they are aimed at or hit.
const AIMED: &[&str] = &[
    "attack", "assault", "storm", "raid", "ambush", "target", "bomb", "shell", "bombard", "strike",
    "hit", "besiege", "torch",
];
/// Nouns of violence whose "of" gives the target ("the bombing of the market"), not the doer ("the attack of the
/// rebels").
const AIMED_OF: &[&str] = &[
    "bombing",
    "shelling",
    "bombardment",
    "siege",
    "ambush",
    "storming",
    "targeting",
];
/// Claims a report.
const MAX_CLAIMS: usize = 12;
/// Longest quote, in tokens.
const LONGEST: usize = 18;

/// Claims of the slot: each target once, with what is denied apart.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for token in cx.doc.tokens() {
        if out.len() == MAX_CLAIMS {
            break;
        }
        let found = match token.pos() {
            Pos::Verb => of_verb(cx, token),
            Pos::Noun | Pos::Propn => of_noun(cx, token).or_else(|| named_target(cx, token)),
            _ => None,
        };
        let Some(draft) = found else { continue };
        let known = out
            .iter()
            .any(|old| key(&old.value) == key(&draft.value) && old.stance == draft.stance);
        if !known {
            out.push(draft);
        }
    }
    out
}

fn key(value: &Value) -> String {
    value.label().to_lowercase()
}

fn of_verb(cx: &Passes<'_>, verb: Token<'_>) -> Option<Draft> {
    if !AIMED.contains(&verb.lemma()) || frames::is_irrealis(verb) {
        return None;
    }
    let object = frames::object(verb)?;
    // "a bomb struck": what strikes is no target.
    if object.dep() == "nsubj" && !frames::is_passive(verb) {
        return None;
    }
    let mut draft = aimed_at(
        cx,
        object,
        frames::predicate_tokens(verb),
        verb.i,
        "target/object",
    )?;
    draft.stance = frames::is_negated(verb).then_some(StanceKind::Denied);
    Some(draft)
}

fn of_noun(cx: &Passes<'_>, noun: Token<'_>) -> Option<Draft> {
    let (kind, rank) = event_kinds::kind_of(noun)?;
    // Fighting has two sides and no target.
    if rank == 0 || kind == "clash" || !event_kinds::is_news(noun) {
        return None;
    }
    let object = noun
        .children()
        .filter(|child| child.dep() == "prep")
        .find_map(|prep| {
            let aims = match prep.lower() {
                // "a shooting on Mill Street": where it was.
                "on" | "against" => !matches!(kind, "shooting" | "stabbing" | "killing"),
                "of" => AIMED_OF.contains(&noun.lower()),
                _ => false,
            };
            aims.then(|| prep.child("pobj")).flatten()
        })?;
    aimed_at(cx, object, noun.i..noun.i + 1, noun.i, "target/of-noun")
}

/// "there was no military target in the camp", "military targets were hit": the word itself, with what kind.
fn named_target(cx: &Passes<'_>, noun: Token<'_>) -> Option<Draft> {
    if !matches!(noun.lower(), "target" | "targets") || noun.dep() == "compound" {
        return None;
    }
    let kind = noun
        .children()
        .find(|child| child.dep() == "amod" || child.dep() == "compound")?;
    let denied = noun
        .children()
        .any(|child| child.dep() == "det" && child.lower() == "no");
    let verb = noun.head();
    let exists = verb.lemma() == "be" && noun.dep() == "attr";
    let struck = AIMED.contains(&verb.lemma()) && matches!(noun.dep(), "nsubjpass" | "dobj");
    if !exists && !struck {
        return None;
    }
    let start = verb.i.min(kind.i);
    let mut draft = aimed_at(cx, noun, start..start + 1, noun.i, "target/word")?;
    draft.stance = denied.then_some(StanceKind::Denied);
    Some(draft)
}

/// The claim, if the object is a body, a building, a vehicle, a place: not people, times or abstractions.
fn aimed_at(
    cx: &Passes<'_>,
    object: Token<'_>,
    predicate: std::ops::Range<usize>,
    anchor: usize,
    rule: &'static str,
) -> Option<Draft> {
    // "attacked a prison housing detainees": the parse may take the participle for the head.
    let object = match object.lower() {
        "housing" | "holding" | "hosting" | "sheltering" => object
            .child("compound")
            .filter(|before| before.i + 1 == object.i && object.i + 1 < object.sentence().end)
            .unwrap_or(object),
        _ => object,
    };
    if !matches!(object.pos(), Pos::Noun | Pos::Propn) {
        return None;
    }
    let time = cx
        .times_in_sentence(object.i)
        .any(|time| time.tokens.contains(&object.i));
    let lemma = person_nouns::singular(object.lower());
    let phrase = people::phrase(object, None);
    let value = match cx.party_at(object.i) {
        Some(info)
            if matches!(
                info.party.kind,
                model::PartyKind::Person | model::PartyKind::Witness
            ) =>
        {
            return None;
        }
        Some(info) => Value::Party(info.party.clone()),
        None if time
            || cx.quantity_holding(object.i).is_some()
            || people::group_at(cx, object).is_some() =>
        {
            return None;
        }
        None if ABSTRACT.contains(&lemma.as_str()) || BODY_PARTS.contains(&lemma.as_str()) => {
            return None;
        }
        None if event_kinds::kind_of(object).is_some() => return None,
        None => {
            let own = phrase.start..object.i + 1;
            let words = cx.doc.slice(without_article(cx, own)).to_owned();
            Value::Words { words }
        }
    };
    let start = predicate.start.min(phrase.start);
    let end = predicate.end.max(phrase.end).min(start + LONGEST);
    Some(Draft::new(Slot::Target, value, start..end, anchor, rule))
}

/// Objects of "hit" and "attack" that nobody aims at.
const ABSTRACT: &[&str] = &[
    "problem",
    "idea",
    "policy",
    "plan",
    "proposal",
    "decision",
    "record",
    "low",
    "high",
    "level",
    "way",
    "balance",
    "deal",
    "note",
    "blow",
    "chord",
    "number",
    "point",
    "time",
    "day",
    "week",
    "month",
    "year",
    "eve",
    "anniversary",
    "economy",
    "price",
    "head",
    "credibility",
    "right",
    "freedom",
    "democracy",
    "life",
    "thing",
    "bid",
    "effort",
    "suspicion",
    "charge",
    "basis",
    "morning",
    "night",
    "afternoon",
    "evening",
    "weekend",
    "scene",
    "behalf",
    "order",
    "ground",
];

/// Where a bullet strikes somebody.
const BODY_PARTS: &[&str] = &[
    "head", "chest", "leg", "arm", "back", "neck", "face", "stomach", "abdomen", "foot", "hand",
    "shoulder", "thigh", "torso", "body", "hip", "side", "buttock", "knee", "eye", "ankle",
];

fn without_article(cx: &Passes<'_>, tokens: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let first = cx.doc.token(tokens.start);
    let bare = matches!(
        first.lower(),
        "a" | "an" | "the" | "no" | "any" | "this" | "that" | "its" | "their"
    );
    if bare && tokens.len() > 1 {
        tokens.start + 1..tokens.end
    } else {
        tokens
    }
}

#[cfg(test)]
mod tests {
    use crate::claims::tests::check;
    use model::Slot;

    #[test]
    fn what_is_attacked_is_the_target() {
        check(
            Slot::Target,
            "Gunmen attacked a fuel depot in Darmuk on Monday.",
            &["fuel depot"],
        );
        check(
            Slot::Target,
            "The army shelled the market on Monday.",
            &["market"],
        );
        check(
            Slot::Target,
            "Nine people died in an attack on a prison, police said.",
            &["prison"],
        );
    }

    #[test]
    fn the_target_of_another_year_belongs_to_that_event() {
        check(
            Slot::Target,
            "Gunmen attacked a fuel depot in Darmuk on Monday. In 2019, an attack on a police academy killed 31 \
             people.",
            &["fuel depot"],
        );
    }

    #[test]
    fn people_times_and_body_parts_are_not() {
        check(Slot::Target, "The bullet hit his leg.", &[]);
        check(Slot::Target, "A car bomb struck on Monday.", &[]);
        check(
            Slot::Target,
            "The attack on Monday killed nine people.",
            &[],
        );
        check(Slot::Target, "Gunmen attacked three women.", &[]);
    }

    #[test]
    fn a_denied_target_is_a_claim_too() {
        check(
            Slot::Target,
            "There was no military target in the camp, she said.",
            &["military target"],
        );
    }
}

//! `at_risk`: people trapped or in danger.

use language::Pos;
use model::{Basis, Slot};

use super::{
    counted::{self, Counted},
    counts,
    draft::{Draft, Rule},
    frames::{self, Part},
    passes::Passes,
    people,
};

const TRAP: &[&str] = &[
    "trap", "besiege", "strand", "encircle", "threaten", "endanger", "surround", "stick",
];

/// Rule of people told of one by one.
const ENUMERATED: Rule = Rule::new("at_risk/enumerated", Basis::Enumerated);

/// Claims of the slot: "hundreds of children trapped", "50 families are at risk", "thousands remain besieged".
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut found = Vec::new();
    for token in cx.doc.tokens() {
        if token.pos() == Pos::Verb && TRAP.contains(&token.lemma()) {
            if frames::is_irrealis(token)
                || frames::is_negated(token)
                || !(frames::is_passive(token)
                    || matches!(token.lemma(), "trap" | "strand" | "besiege"))
            {
                continue;
            }
            let groups: Vec<_> = frames::people_of(cx, token, Part::Object)
                .into_iter()
                .chain(before(cx, token))
                .filter(|group| {
                    group
                        .count
                        .as_ref()
                        .is_some_and(|count| !counted::is_bare_plural(count))
                        && !group.individual
                })
                .take(4)
                .collect();
            if !groups.is_empty() {
                found.push(Counted {
                    predicate: token.i,
                    words: frames::predicate_tokens(token),
                    groups: dedup(groups),
                    rule: "at_risk/trapped",
                });
            }
        }
        // "at risk", "in danger", "at risk of": people are the subject.
        if matches!(token.lower(), "risk" | "danger" | "peril") && token.dep() == "pobj" {
            let preposition = token.head();
            let verb = preposition.head();
            if !matches!(preposition.lower(), "at" | "in")
                || !matches!(verb.pos(), Pos::Verb | Pos::Aux)
                || frames::is_negated(verb)
            {
                continue;
            }
            let groups: Vec<_> = frames::subject(verb)
                .map(|head| people::coordinated(cx, head))
                .unwrap_or_default()
                .into_iter()
                .filter(|group| group.count.is_some() && !group.individual)
                .collect();
            if !groups.is_empty() {
                found.push(Counted {
                    predicate: verb.i,
                    words: verb.i..token.i + 1,
                    groups,
                    rule: "at_risk/predicate",
                });
            }
        }
    }
    counts::claims(cx, Slot::AtRisk, &found, ENUMERATED)
}

/// The counted people right before the participle ("hundreds of children currently trapped"), adverbs between them
/// passed over.
fn before(cx: &Passes<'_>, verb: language::Token<'_>) -> Option<people::Group> {
    if verb.tag() != "VBN" && verb.tag() != "VBD" {
        return None;
    }
    let mut at = verb.previous()?;
    while matches!(at.pos(), Pos::Adv) {
        at = at.previous()?;
    }
    // The noun may itself hang on a number: "hundreds of children".
    let group = people::group_at(cx, at)?;
    if group
        .count
        .as_ref()
        .is_some_and(|count| count.bound != model::Bound::Vague || count.high.is_some())
    {
        return Some(group);
    }
    let of = at.head();
    (of.lower() == "of")
        .then(|| people::group_at(cx, of.head()))
        .flatten()
        .or(Some(group))
}

fn dedup(groups: Vec<people::Group>) -> Vec<people::Group> {
    let mut out: Vec<people::Group> = Vec::new();
    for group in groups {
        let same = |known: &people::Group| {
            known.tokens.start < group.tokens.end && group.tokens.start < known.tokens.end
        };
        if !out.iter().any(same) {
            out.push(group);
        }
    }
    out
}

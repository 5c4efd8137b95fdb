//! `displaced`: people driven from their homes.

use language::{Pos, Token};
use model::{Basis, Slot};

use super::{
    counted::{self, Counted, Frame},
    counts,
    draft::{Draft, Rule},
    frames,
    passes::Passes,
};

const FRAME: Frame = Frame {
    slot: Slot::Displaced,
    object_verbs: &["displace", "uproot", "evacuate", "evict"],
    subject_verbs: &["flee"],
    rule: "displaced/verb",
};

/// Where people who leave their homes come from or go to.
const HOMES: &[&str] = &[
    "home",
    "house",
    "village",
    "town",
    "city",
    "camp",
    "area",
    "region",
    "district",
    "country",
    "border",
    "neighbourhood",
    "neighborhood",
    "province",
    "fighting",
    "violence",
    "war",
    "conflict",
    "shelling",
    "clash",
    "offensive",
    "advance",
];

/// Whether it says from where or to where they flee, or that thousands do; who runs from shots in a street is at home
/// the same night.
fn from_home(cx: &Passes<'_>, verb: Token<'_>) -> bool {
    let around = verb.subtree();
    let place = around.clone().any(|i| {
        let token = cx.doc.token(i);
        i > verb.i
            && (HOMES.contains(&token.lemma())
                || matches!(token.entity_label(), "GPE" | "LOC")
                || token.lower() == "abroad")
    });
    let many = || {
        around
            .take_while(|i| *i < verb.i)
            .filter_map(|i| cx.quantity_holding(i))
            .any(|quantity| quantity.count.low >= MANY)
    };
    place || many()
}

/// People from which a flight is no crowd's that runs from a square.
const MANY: u64 = 100;

/// Rule of people told of one by one.
const ENUMERATED: Rule = Rule::new("displaced/enumerated", Basis::Enumerated);

/// Claims of the slot. Whoever flees a prison escapes, an attacker who flees is no displaced person: only groups that
/// are neither count.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut found = counted::by_verbs(cx, &FRAME, |verb| {
        verb.lemma() != "flee" || from_home(cx, verb)
    });
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
    counts::claims(cx, Slot::Displaced, &found, ENUMERATED)
}

#[cfg(test)]
mod tests {
    use crate::claims::tests::check;
    use model::Slot;

    #[test]
    fn who_leaves_home_is_displaced_and_who_runs_from_shots_is_not() {
        check(
            Slot::Displaced,
            "About 1,200 people have fled to Harrow. Forty families fled their homes.",
            &["[1080, 1320]", "{40}"],
        );
        check(
            Slot::Displaced,
            "The two men then fled. People fled when shots rang out at the fair.",
            &[],
        );
    }
}

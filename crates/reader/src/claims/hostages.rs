//! `hostages`: people held as hostages.

use model::{Basis, Role, Slot};

use super::{
    counted::{self, Counted},
    counts,
    draft::{Draft, Rule},
    frames,
    passes::Passes,
    people,
};

/// Rule of people told of one by one.
const ENUMERATED: Rule = Rule::new("hostages/enumerated", Basis::Enumerated);

/// Claims of the slot: "took 12 people hostage", "leaving some 40 children hostage", "15 hostages".
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut found = Vec::new();
    for token in cx.doc.tokens() {
        match token.lower() {
            "hostage" | "captive" => {
                let verb = token
                    .ancestors()
                    .take(3)
                    .find(|above| above.pos() == language::Pos::Verb);
                if verb.is_some_and(|verb| frames::is_negated(verb) || frames::is_irrealis(verb)) {
                    continue;
                }
                // The people stand right before ("children hostage"), or are the object or passive subject of the verb.
                let before = token
                    .previous()
                    .and_then(|before| {
                        people::group_at(cx, before).or_else(|| {
                            counted::from_quantity(cx, token).map(|group| with_noun(before, group))
                        })
                    })
                    .filter(|group| group.tokens.end >= token.i);
                let groups = match before {
                    // "60 soldiers and officials hostage": the number in front of the list counts the whole of it.
                    Some(group) => {
                        let last = cx.doc.token(group.head);
                        let first = (last.dep() == "conj"
                            && group.count.as_ref().is_none_or(counted::is_bare_plural))
                        .then(|| people::group_at(cx, last.head()))
                        .flatten()
                        .filter(|first| first.count.is_some());
                        vec![first.map_or_else(
                            || group.clone(),
                            |mut first| {
                                first.tokens.end = group.tokens.end;
                                first.scope = model::Scope::default();
                                first
                            },
                        )]
                    }
                    None => match verb {
                        Some(verb)
                            if matches!(
                                verb.lemma(),
                                "take" | "hold" | "keep" | "leave" | "seize"
                            ) =>
                        {
                            frames::people_of(cx, verb, frames::Part::Object)
                        }
                        _ => continue,
                    },
                };
                let groups: Vec<_> = groups
                    .into_iter()
                    .map(|mut group| {
                        // The number may have gone to "hostage" itself where the parse took "children hostage" for a compound.
                        if (group.count.is_none()
                            || group
                                .count
                                .as_ref()
                                .is_some_and(|count| count.bound == model::Bound::Vague))
                            && let Some(quantity) = counted::from_quantity(cx, token)
                        {
                            group.count = quantity.count;
                            group.tokens =
                                quantity.tokens.start.min(group.tokens.start)..group.tokens.end;
                        }
                        group
                    })
                    .filter(|group| group.count.is_some())
                    .collect();
                if groups.is_empty() {
                    continue;
                }
                let words = match verb {
                    Some(verb) if verb.i < token.i && token.i - verb.i < 14 => verb.i..token.i + 1,
                    _ => token.i..token.i + 1,
                };
                found.push(Counted {
                    predicate: verb.map_or(token.i, |verb| verb.i),
                    words,
                    groups,
                    rule: "hostages/taken",
                });
            }
            "hostages" | "captives" => {
                let Some(group) = people::group_at(cx, token) else {
                    continue;
                };
                let freed = token.ancestors().take(2).any(|above| {
                    matches!(
                        above.lemma(),
                        "free" | "release" | "rescue" | "kill" | "die"
                    )
                });
                if group.count.as_ref().is_none_or(|count| {
                    count.bound == model::Bound::Vague
                        && count.stated.is_none()
                        && count.high.is_none()
                }) || freed
                {
                    continue;
                }
                found.push(Counted {
                    predicate: token.i,
                    words: token.i..token.i + 1,
                    groups: vec![group],
                    rule: "hostages/noun",
                });
            }
            _ => {}
        }
    }
    for counted in &mut found {
        for group in &mut counted.groups {
            if group.scope.role == Role::Hostage {
                group.scope.role = Role::All;
            }
        }
    }
    counts::claims(cx, Slot::Hostages, &found, ENUMERATED)
}

fn with_noun(before: language::Token<'_>, mut group: people::Group) -> people::Group {
    if let Some(noun) = super::person_nouns::lookup(&super::person_nouns::singular(before.lower()))
    {
        group.scope.age = noun.age;
        group.scope.role = noun.role;
        group.scope.sex = noun.sex;
        group.scope.words = before.text().to_owned();
    }
    group
}

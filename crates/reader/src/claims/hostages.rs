//! `hostages`: people held as hostages.

use language::{Pos, Token};
use model::{Basis, Bound, Count, Role, Scope, Slot};

use super::{
    counted::{self, Counted},
    counts,
    draft::{Draft, Rule},
    frames,
    passes::Passes,
    people::{self, Group},
};

/// Rule of people told of one by one.
const ENUMERATED: Rule = Rule::new("hostages/enumerated", Basis::Enumerated);

/// Claims of the slot: "took 12 people hostage", "leaving some 40 children hostage", "15 hostages".
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut found: Vec<Counted> = cx
        .doc
        .tokens()
        .filter_map(|token| match token.lower() {
            "hostage" | "captive" => taken(cx, token),
            "hostages" | "captives" => named(cx, token),
            _ => None,
        })
        .collect();
    for counted in &mut found {
        for group in &mut counted.groups {
            if group.scope.role == Role::Hostage {
                group.scope.role = Role::All;
            }
        }
    }
    counts::claims(cx, Slot::Hostages, &found, ENUMERATED)
}

/// "took 12 people hostage": the people stand right before ("children hostage"), or are the object or passive subject
/// of the verb.
fn taken(cx: &Passes<'_>, token: Token<'_>) -> Option<Counted> {
    let verb = token
        .ancestors()
        .take(3)
        .find(|above| above.pos() == Pos::Verb);
    if verb.is_some_and(|verb| frames::is_negated(verb) || frames::is_irrealis(verb)) {
        return None;
    }
    let groups = match (before(cx, token), verb) {
        (Some(group), _) => vec![whole_list(cx, group)],
        (None, Some(verb))
            if matches!(verb.lemma(), "take" | "hold" | "keep" | "leave" | "seize") =>
        {
            frames::people_of(cx, verb, frames::Part::Object)
        }
        _ => return None,
    };
    let groups: Vec<Group> = groups
        .into_iter()
        .map(|group| with_number(cx, token, group))
        .filter(|group| group.count.is_some())
        .collect();
    if groups.is_empty() {
        return None;
    }
    let words = match verb {
        Some(verb) if verb.i < token.i && token.i - verb.i < 14 => verb.i..token.i + 1,
        _ => token.i..token.i + 1,
    };
    Some(Counted {
        predicate: verb.map_or(token.i, |verb| verb.i),
        words,
        groups,
        rule: "hostages/taken",
    })
}

/// The people right before "hostage".
fn before(cx: &Passes<'_>, token: Token<'_>) -> Option<Group> {
    token
        .previous()
        .and_then(|before| {
            people::group_at(cx, before)
                .or_else(|| counted::from_quantity(cx, token).map(|group| with_noun(before, group)))
        })
        .filter(|group| group.tokens.end >= token.i)
}

/// "60 soldiers and officials hostage": the number in front of the list counts the whole of it.
fn whole_list(cx: &Passes<'_>, group: Group) -> Group {
    let last = cx.doc.token(group.head);
    let listed = last.dep() == "conj" && group.count.as_ref().is_none_or(counted::is_bare_plural);
    let first = listed
        .then(|| people::group_at(cx, last.head()))
        .flatten()
        .filter(|first| first.count.is_some());
    match first {
        Some(mut first) => {
            first.tokens.end = group.tokens.end;
            first.scope = Scope::default();
            first
        }
        None => group,
    }
}

/// The group with the number of "hostage" itself, to which it may have gone where the parse took "children hostage" for
/// a compound.
fn with_number(cx: &Passes<'_>, token: Token<'_>, mut group: Group) -> Group {
    let vague = |count: &Count| count.bound == Bound::Vague;
    if group.count.as_ref().is_none_or(vague)
        && let Some(quantity) = counted::from_quantity(cx, token)
    {
        group.count = quantity.count;
        group.tokens = quantity.tokens.start.min(group.tokens.start)..group.tokens.end;
    }
    group
}

/// "15 hostages", where nobody says that they are free or dead.
fn named(cx: &Passes<'_>, token: Token<'_>) -> Option<Counted> {
    let group = people::group_at(cx, token)?;
    let freed = token.ancestors().take(2).any(|above| {
        matches!(
            above.lemma(),
            "free" | "release" | "rescue" | "kill" | "die"
        )
    });
    let unsaid = |count: &Count| {
        count.bound == Bound::Vague && count.stated.is_none() && count.high.is_none()
    };
    if freed || group.count.as_ref().is_none_or(unsaid) {
        return None;
    }
    Some(Counted {
        predicate: token.i,
        words: token.i..token.i + 1,
        groups: vec![group],
        rule: "hostages/noun",
    })
}

fn with_noun(before: Token<'_>, mut group: Group) -> Group {
    if let Some(noun) = super::person_nouns::lookup(&super::person_nouns::singular(before.lower()))
    {
        group.scope.age = noun.age;
        group.scope.role = noun.role;
        group.scope.sex = noun.sex;
        group.scope.words = before.text().to_owned();
    }
    group
}

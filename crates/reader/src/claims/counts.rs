//! What all slots that count people share: frames to hits, hits to claims, single people to one count.
//!
//! Three rules decide what is counted. A group with a number is a claim of its own, with its scope. People told of one
//! by one ("a 61-year-old man", "her two sons") are joined over the report, so that nobody counts twice, and give one
//! claim that rests on all their descriptions. A phrase that only takes people up again ("the victims") counts nobody.

use model::{AgeGroup, Basis, Bound, Count, Role, Slot, Value};

use super::{
    counted::{Counted, Frame, by_verbs, is_bare_plural},
    draft::{Draft, Other, Rule},
    frames, other, parts,
    passes::Passes,
    people::{self, Group},
    sums,
    tally::{Person, Tally, person_words},
};

/// Sorts what predicates counted into group claims and single people.
pub fn tally(cx: &Passes<'_>, slot: Slot, counted: &[Counted]) -> Tally {
    let mut out = Tally::default();
    for one in counted {
        let listed = one.groups.len() > 1;
        for (member, group) in one.groups.iter().enumerate() {
            // "no one else was hurt" says nothing of those who were.
            let nobody_else = group
                .count
                .as_ref()
                .is_some_and(|count| count.high == Some(0))
                && (group.additional
                    || (group.tokens.end..(group.tokens.end + 1).min(cx.doc.len()))
                        .any(|i| cx.doc.token(i).lower() == "else"));
            if nobody_else {
                continue;
            }
            let Some(count) = &group.count else {
                if group.individual {
                    meet(&mut out, group, one.predicate, &[]);
                }
                continue;
            };
            if group.individual {
                let siblings: Vec<usize> = one.groups[..member].iter().map(|g| g.head).collect();
                meet(&mut out, group, one.predicate, &siblings);
                continue;
            }
            let mut draft = of_group(slot, one, group, count, listed && member > 0);
            if group.additional && group.scope.is_anybody() {
                if !listed {
                    sums::with_others(cx, &out, count, &mut draft);
                }
                if !draft.rests_on(Basis::WithOthers) {
                    // "three others were hurt" are often others than the dead.
                    let told = !out.groups.is_empty() || !out.persons.is_empty();
                    if told && slot == Slot::Killed {
                        draft.rule = sums::OTHERS;
                    }
                    out.added.push(draft.tokens.clone());
                }
            }
            out.groups.push(draft);
            including(cx, slot, group, one, &mut out.groups);
            for part in parts::after(cx, group.tokens.end) {
                push_part(cx, slot, &part, one, &mut out.groups);
            }
        }
        if listed && let Some(sum) = sums::of_list(cx, slot, one) {
            let members = one.groups.iter();
            out.members.extend(
                members
                    .clone()
                    .filter(|group| group.additional || group.scope.is_anybody())
                    .map(|group| group.tokens.clone()),
            );
            // "the imam and 33 other members of his family died" is a total, whoever says another.
            if members.clone().any(|group| group.additional) {
                out.whole.push(sum.tokens.clone());
            }
            out.groups.push(sum);
        }
    }
    out
}

/// The claim of a group with a number; one further down a list rests on the predicate beside its own words.
fn of_group(slot: Slot, one: &Counted, group: &Group, count: &Count, further: bool) -> Draft {
    // A bare plural taken up again ("civilians" after "40 civilians") adds nothing when its own number was not said.
    let tokens = if further {
        group.tokens.clone()
    } else {
        frames::cover(one.words.clone(), group.tokens.clone(), 22)
    };
    let value = Value::Count(count.clone());
    let mut draft =
        Draft::new(slot, value, tokens, one.predicate, one.rule).scoped(group.scope.clone());
    if further {
        draft.also.push(one.words.clone());
    }
    draft
}

/// "another", of whom nothing else is said: headline and text tell of the same one.
fn is_another(group: &Group) -> bool {
    let count = group.count.as_ref();
    count.is_some_and(|count| count.words.eq_ignore_ascii_case("another"))
}

/// Joins a single person to one already met, or adds one.
fn meet(out: &mut Tally, group: &Group, predicate: usize, siblings: &[usize]) {
    let known = out.persons.iter().rposition(|person| {
        let again = is_another(&person.first) && is_another(group);
        !siblings.contains(&person.first.head) && (again || person.may_be(group))
    });
    match known {
        Some(at) => out.persons[at].take_in(group),
        None if group.count.is_some() || out.persons.is_empty() => {
            out.persons.push(Person::new(group, predicate))
        }
        None => {}
    }
}

/// "…, including three children": a part of the people just counted.
fn including(cx: &Passes<'_>, slot: Slot, group: &Group, one: &Counted, out: &mut Vec<Draft>) {
    let mut named: Vec<Group> = Vec::new();
    let heads = [group.head, one.predicate];
    for head in heads {
        for child in cx.doc.token(head).children() {
            if child.i < group.tokens.start {
                continue;
            }
            // "21 people: eight guards, seven pupils": people in apposition to a counted group are its parts.
            let parts = child.dep() == "appos"
                && child.i > group.head
                && people::group_at(cx, child).is_some_and(|part| part.count.is_some());
            if parts {
                for part in people::coordinated(cx, child) {
                    push_part(cx, slot, &part, one, out);
                }
                continue;
            }
            if !matches!(child.lower(), "including" | "among") {
                continue;
            }
            let Some(object) = child.child_of(&["pobj", "dobj"]) else {
                continue;
            };
            for part in people::coordinated(cx, object) {
                push_part(cx, slot, &part, one, out);
                named.push(part);
            }
        }
    }
    out.extend(sums::at_least_parts(cx, slot, group, &named, one));
}

/// Rule of a part of people just counted.
const INCLUDING: Rule = Rule::new("count/including", Basis::Including);

/// A part of the people just counted, if it narrows them.
fn push_part(cx: &Passes<'_>, slot: Slot, part: &Group, one: &Counted, out: &mut Vec<Draft>) {
    let Some(count) = part.count.as_ref().filter(|count| !is_bare_plural(count)) else {
        return;
    };
    if part.scope.is_anybody() && part.scope.sex.is_none() {
        return;
    }
    // "21 members of the family, including three women, and up to 30 civilians": a limit on everybody is no part.
    let wider = count.bound == Bound::AtMost && part.scope.role == Role::Civilian;
    let mut draft = Draft::new(
        slot,
        Value::Count(count.clone()),
        part.tokens.clone(),
        one.predicate,
        if wider { one.rule.into() } else { INCLUDING },
    )
    .scoped(part.scope.clone());
    draft.also.push(one.words.clone());
    if !out.iter().any(|known| known.tokens == draft.tokens) && part.tokens.end <= cx.doc.len() {
        out.push(draft);
    }
}

/// What predicates counted, sorted by event: the report's own first (`None`), then each other by the words that
/// date it.
pub fn shares(
    cx: &Passes<'_>,
    slot: Slot,
    counted: &[Counted],
) -> Vec<(Option<Other>, Vec<Counted>)> {
    let mut shares: Vec<(Option<Other>, Vec<Counted>)> = vec![(None, Vec::new())];
    for one in counted {
        let other = other::other_event(cx, slot, one.predicate);
        match shares.iter_mut().find(|(known, _)| *known == other) {
            Some((_, share)) => share.push(one.clone()),
            None => shares.push((other, vec![one.clone()])),
        }
    }
    shares
}

/// Claims of a slot from all that its predicates counted: the report's main event and every other one counted by
/// itself, so that nobody of an older case joins the people of this one.
pub fn claims(cx: &Passes<'_>, slot: Slot, counted: &[Counted], rule: Rule) -> Vec<Draft> {
    let mut out = Vec::new();
    for (other, share) in shares(cx, slot, counted) {
        let tally = tally(cx, slot, &share);
        for mut draft in drafts(cx, slot, tally, rule) {
            draft.other.clone_from(&other);
            out.push(draft);
        }
    }
    out
}

/// Turns a tally into claims: the groups as they are, single people as one enumerated count, unless a total was said.
pub fn drafts(cx: &Passes<'_>, slot: Slot, tally: Tally, rule: Rule) -> Vec<Draft> {
    let Tally {
        mut groups,
        persons,
        added,
        members,
        whole,
    } = tally;
    let sum_of_list = |draft: &Draft| draft.rests_on(Basis::SumOfList);
    // "the teacher and 11 members of his family": the eleven are not everybody.
    let member = |draft: &Draft| {
        !sum_of_list(draft)
            && members
                .iter()
                .any(|tokens| draft.tokens.start <= tokens.start && tokens.end <= draft.tokens.end)
    };
    let total_said = groups.iter().any(|draft| {
        draft.scope.is_anybody()
            && !sum_of_list(draft)
            && !member(draft)
            && !added.contains(&draft.tokens)
            && !draft.rests_on(Basis::Including)
            && !draft.value.count().is_some_and(no_number)
    });
    if total_said {
        groups.retain(|draft| !sum_of_list(draft) || whole.contains(&draft.tokens));
    } else {
        groups.retain(|draft| {
            let anybody = draft.scope.is_anybody() || draft.scope.role == Role::Civilian;
            !anybody || !member(draft)
        });
    }
    if persons.is_empty() {
        return groups;
    }
    let enumerate =
        |who: &[&Person], scope: model::Scope| enumerated(cx, slot, rule, who).scoped(scope);
    // A list that adds up to more holds the people told of one by one.
    let summed = groups.iter().any(|draft| {
        sum_of_list(draft)
            && draft
                .value
                .count()
                .is_some_and(|count| count.low >= persons.len() as u64)
    });
    if !total_said && !summed {
        let all: Vec<&Person> = persons.iter().collect();
        groups.push(enumerate(&all, model::Scope::default()));
    }
    // Those of whom more is said than their sex: one claim a scope, so that "a child" is not lost in the total.
    let mut scopes: Vec<model::Scope> = Vec::new();
    for person in &persons {
        let scope = narrow(&person.first.scope);
        if !scope.is_all() && !scopes.iter().any(|known| known.key() == scope.key()) {
            scopes.push(scope);
        }
    }
    for scope in scopes {
        let who: Vec<&Person> = persons
            .iter()
            .filter(|person| narrow(&person.first.scope).key() == scope.key())
            .collect();
        groups.push(enumerate(&who, scope.clone()));
    }
    groups
}

/// The claim that people told of one by one make together.
fn enumerated(cx: &Passes<'_>, slot: Slot, rule: Rule, who: &[&Person]) -> Draft {
    let words: Vec<&str> = who
        .iter()
        .map(|person| cx.doc.slice(person.first.tokens.clone()))
        .collect();
    let count = Count::said(who.len() as u64, Bound::Exact, words.join("; "));
    let mut spans = who.iter().map(|person| person_words(cx, person));
    let first = spans.next().unwrap_or_default();
    let mut draft = Draft::new(slot, Value::Count(count), first, who[0].predicate, rule);
    draft.also.extend(spans);
    draft
}

/// The scope of a single person without what merely describes: sex and nationality.
fn narrow(scope: &model::Scope) -> model::Scope {
    let mut out = model::Scope {
        role: scope.role,
        side: scope.side.clone(),
        age: scope.age,
        ..model::Scope::default()
    };
    if out.role == Role::All && out.age == AgeGroup::Unsaid && out.side.is_none() {
        return model::Scope::default();
    }
    out.words.clone_from(&scope.words);
    out
}

/// Claims of a slot that has only verbs.
pub fn simple(cx: &Passes<'_>, frame: &Frame) -> Vec<Draft> {
    let counted = by_verbs(cx, frame, |_| true);
    claims(cx, frame.slot, &counted, frame.rule.into())
}

/// Whether a count is a plural without any number: "villagers", "the family's members", "a number of people".
fn no_number(count: &Count) -> bool {
    count.bound == Bound::Vague && count.low == 2 && count.high.is_none()
}

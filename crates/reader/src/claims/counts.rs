//! What all slots that count people share: frames to hits, hits to claims, single people to one count.
//!
//! Three rules decide what is counted. A group with a number is a claim of its own, with its scope. People told of one by one
//! ("a 61-year-old man", "her two sons") are joined over the report, so that nobody counts twice, and give one claim that rests
//! on all their descriptions. A phrase that only takes people up again ("the victims") counts nobody.

use std::ops::Range;

use model::{AgeGroup, Basis, Bound, Count, Role, Sex, Slot, Value};

use super::{
    accounts::{self, Other},
    context::Context,
    derived,
    draft::{Draft, Rule},
    frames::{self, Part},
    parts,
    people::{self, Group},
    sums,
};

/// The verbs of a slot that counts people.
pub struct Frame {
    /// The slot.
    pub slot: Slot,
    /// Verbs (base form) whose object is counted.
    pub object_verbs: &'static [&'static str],
    /// Verbs whose subject is counted.
    pub subject_verbs: &'static [&'static str],
    /// Name of the rule for verbs.
    pub rule: &'static str,
}

/// People counted by one predicate.
#[derive(Clone, Debug)]
pub struct Counted {
    /// Token of the predicate.
    pub predicate: usize,
    /// Tokens of the predicate with its auxiliaries.
    pub words: Range<usize>,
    /// The people, one group a list member.
    pub groups: Vec<Group>,
    /// The rule.
    pub rule: &'static str,
}

/// Finds the people that a frame's verbs befall.
pub fn by_verbs(
    cx: &Context<'_>,
    frame: &Frame,
    keep: impl Fn(language::Token<'_>) -> bool,
) -> Vec<Counted> {
    let mut out = Vec::new();
    for verb in cx.doc.tokens() {
        if !matches!(
            verb.pos(),
            language::Pos::Verb | language::Pos::Adj | language::Pos::Aux
        ) {
            continue;
        }
        let lemma = verb.lemma();
        let part = if frame.object_verbs.contains(&lemma) {
            Part::Object
        } else if frame.subject_verbs.contains(&lemma) {
            Part::Subject
        } else {
            continue;
        };
        if frames::is_irrealis(verb) || !keep(verb) {
            continue;
        }
        let mut groups = frames::people_of(cx, verb, part);
        if frames::is_negated(verb) {
            groups.retain(|group| {
                group
                    .count
                    .as_ref()
                    .is_some_and(|count| count.high == Some(0))
            });
        }
        // "five killed and 35 injured": the second number has a lot of its own.
        let mut first = true;
        groups.retain(|group| {
            // "Child killed and five civilians hurt", with a parse that hands the five to the killing.
            let later = group.tokens.start > verb.i
                && cx.doc.token(group.tokens.start - 1).lower() == "and";
            let other = (!std::mem::take(&mut first) || later)
                && group.tokens.end < cx.doc.len()
                && group.tokens.end != verb.i
                && HARMS.contains(&cx.doc.token(group.tokens.end).lower())
                && !frame
                    .object_verbs
                    .contains(&cx.doc.token(group.tokens.end).lemma());
            !other
        });
        for group in &mut groups {
            if let Some(all) = derived::in_each(cx, group) {
                *group = all;
            }
        }
        if (part == Part::Subject || frames::is_passive(verb))
            && let Some(rest) = derived::all_but(cx, verb)
        {
            groups = vec![rest];
        }
        if together(cx, verb) {
            groups.retain(|group| group.individual || !is_numbered(group));
        }
        if groups.is_empty() {
            continue;
        }
        out.push(Counted {
            predicate: verb.i,
            words: frames::predicate_tokens(verb),
            groups,
            rule: frame.rule,
        });
    }
    out
}

/// Whether a group has a number, and not only a word.
fn is_numbered(group: &Group) -> bool {
    let numbered = |count: &Count| count.bound != Bound::Vague;
    group.count.as_ref().is_some_and(numbered)
}

/// "seven people were killed and injured", "kill and injure seven": one number for the dead and the hurt together is of neither.
fn together(cx: &Context<'_>, verb: language::Token<'_>) -> bool {
    let word = |i: usize| spelt_out(cx, i);
    let harm = |word: &str| {
        let dead = ["kill", "killed", "kills", "killing"].contains(&word);
        let hurt = [
            "injure", "injured", "injures", "injuring", "wound", "wounded", "wounds", "wounding",
        ]
        .contains(&word);
        (dead, hurt)
    };
    let Some((own, at)) = word(verb.i).map(|(word, _)| harm(&word)).zip(Some(verb.i)) else {
        return false;
    };
    let is_and = |i: usize| i < cx.doc.len() && cx.doc.token(i).lower() == "and";
    let other = |beside: Option<usize>| {
        beside
            .and_then(word)
            .is_some_and(|(word, _)| match (own, harm(&word)) {
                ((true, _), (_, hurt)) => hurt,
                ((_, true), (dead, _)) => dead,
                _ => false,
            })
    };
    let before = at.checked_sub(2).filter(|_| is_and(at - 1));
    let after = (is_and(at + 1) && at + 2 < cx.doc.len()).then_some(at + 2);
    other(before) || other(after)
}

/// The word that ends at a token, in lower case, without the marks that posts write into such words to get past filters ("kil*led",
/// "ki-lled"), and its first token.
fn spelt_out(cx: &Context<'_>, token: usize) -> Option<(String, usize)> {
    let mut first = token;
    while first > 0
        && token - first < 4
        && cx.doc.token(first - 1).bytes().end == cx.doc.token(first).bytes().start
    {
        first -= 1;
    }
    let word: String = cx
        .doc
        .slice(first..token + 1)
        .chars()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    (!word.is_empty()).then_some((word, first))
}

/// Participles that say what befell the people right before them.
const HARMS: &[&str] = &[
    "killed",
    "dead",
    "injured",
    "wounded",
    "hurt",
    "missing",
    "arrested",
    "detained",
    "kidnapped",
];

/// One person told of in the report.
#[derive(Clone, Debug)]
pub struct Person {
    /// Where first met.
    pub first: Group,
    /// Predicate of that mention.
    pub predicate: usize,
    name: Option<String>,
    years: Option<u32>,
    sex: Option<Sex>,
}

impl Person {
    fn new(group: &Group, predicate: usize) -> Self {
        Self {
            name: group.name.clone(),
            years: group.years,
            sex: group.scope.sex,
            first: group.clone(),
            predicate,
        }
    }

    /// Whether `group` may be this person: nothing said of the two is unequal. A person "more" is never one met before, and two
    /// members of one list are two people.
    pub fn may_be(&self, group: &Group) -> bool {
        fn unequal<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
            matches!((a, b), (Some(a), Some(b)) if a != b)
        }
        let grown =
            self.first.scope.age == AgeGroup::Children && group.scope.age == AgeGroup::Adults;
        !group.additional
            && self.same_name(group)
            && !unequal(&self.years, &group.years)
            && !unequal(&self.sex, &group.scope.sex)
            && !grown
    }

    /// Whether one name may be a shorter form of the other: "Smith" of "John Smith", but not "Jane Smith".
    fn same_name(&self, group: &Group) -> bool {
        let (Some(a), Some(b)) = (&self.name, &group.name) else {
            return true;
        };
        let within = |short: &str, long: &str| {
            let strange = short
                .split(' ')
                .filter(|word| !long.split(' ').any(|other| other == *word));
            let mut strange = strange.peekable();
            let first = strange.next();
            // One word of a long name may be spelt otherwise: "Hamed", "Hamad".
            strange.next().is_none()
                && first.is_none_or(|word| {
                    short.split(' ').count() > 2
                        && long.split(' ').any(|other| same_consonants(word, other))
                })
        };
        within(a, b) || within(b, a)
    }

    fn take_in(&mut self, group: &Group) {
        let longer = |name: &String| self.name.as_ref().is_none_or(|own| own.len() < name.len());
        if let Some(name) = group.name.as_ref().filter(|name| longer(name)) {
            self.name = Some(name.clone());
        }
        self.years = self.years.or(group.years);
        self.sex = self.sex.or(group.scope.sex);
    }
}

/// Whether two words differ in vowels and doubled letters only, as names written in other letters do.
fn same_consonants(a: &str, b: &str) -> bool {
    fn bare(word: &str) -> impl Iterator<Item = char> + '_ {
        let mut last = None;
        word.chars()
            .filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | '’' | '\''))
            .filter(move |&c| last.replace(c) != Some(c))
    }
    bare(a).eq(bare(b)) && bare(a).next().is_some()
}

/// What one slot counted in one report.
#[derive(Default)]
pub struct Tally {
    /// Claims with a number of their own.
    pub groups: Vec<Draft>,
    /// People told of one by one.
    pub persons: Vec<Person>,
    /// Tokens of those groups that only add to others: no total.
    added: Vec<Range<usize>>,
    /// Tokens of the members of lists that were added up, none of which is everybody.
    members: Vec<Range<usize>>,
    /// Tokens of the lists that say by a word that they are everybody: "and 33 others".
    whole: Vec<Range<usize>>,
}

/// Sorts what predicates counted into group claims and single people.
pub fn tally(cx: &Context<'_>, slot: Slot, counted: &[Counted]) -> Tally {
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
            // A bare plural taken up again ("civilians" after "40 civilians") adds nothing when its own number was not said.
            let tokens = if listed && member > 0 {
                group.tokens.clone()
            } else {
                frames::cover(one.words.clone(), group.tokens.clone(), 22)
            };
            let mut draft = Draft::new(
                slot,
                Value::Count(count.clone()),
                tokens,
                one.predicate,
                one.rule,
            )
            .scoped(group.scope.clone());
            if listed && member > 0 {
                draft.also.push(one.words.clone());
            }
            if group.additional && Context::counts_anybody(&group.scope) {
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
                    .filter(|group| group.additional || Context::counts_anybody(&group.scope))
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
fn including(cx: &Context<'_>, slot: Slot, group: &Group, one: &Counted, out: &mut Vec<Draft>) {
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
fn push_part(cx: &Context<'_>, slot: Slot, part: &Group, one: &Counted, out: &mut Vec<Draft>) {
    let Some(count) = part.count.as_ref().filter(|count| !is_bare_plural(count)) else {
        return;
    };
    if Context::counts_anybody(&part.scope) && part.scope.sex.is_none() {
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

/// What predicates counted, sorted by happening: the report's own first (`None`), then each other by the words that date it.
pub fn shares(
    cx: &Context<'_>,
    slot: Slot,
    counted: &[Counted],
) -> Vec<(Option<Other>, Vec<Counted>)> {
    let mut shares: Vec<(Option<Other>, Vec<Counted>)> = vec![(None, Vec::new())];
    for one in counted {
        let other = accounts::other_happening(cx, slot, one.predicate);
        match shares.iter_mut().find(|(known, _)| *known == other) {
            Some((_, share)) => share.push(one.clone()),
            None => shares.push((other, vec![one.clone()])),
        }
    }
    shares
}

/// Claims of a slot from all that its predicates counted: the report's own happening and every other one counted by itself, so
/// that nobody of an older case joins the people of this one.
pub fn claims(cx: &Context<'_>, slot: Slot, counted: &[Counted], rule: Rule) -> Vec<Draft> {
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
pub fn drafts(cx: &Context<'_>, slot: Slot, tally: Tally, rule: Rule) -> Vec<Draft> {
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
        Context::counts_anybody(&draft.scope)
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
            let anybody =
                Context::counts_anybody(&draft.scope) || draft.scope.role == Role::Civilian;
            !anybody || !member(draft)
        });
    }
    if persons.is_empty() {
        return groups;
    }
    let span = |person: &Person| person_words(cx, person);
    let enumerate = |who: &[&Person], scope: model::Scope| {
        let words: Vec<&str> = who
            .iter()
            .map(|person| cx.doc.slice(person.first.tokens.clone()))
            .collect();
        let count = Count::said(who.len() as u64, Bound::Exact, words.join("; "));
        let mut draft = Draft::new(
            slot,
            Value::Count(count),
            span(who[0]),
            who[0].predicate,
            rule,
        )
        .scoped(scope);
        draft
            .also
            .extend(who[1..].iter().map(|person| span(person)));
        draft
    };
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

/// The words that tell of a person, with the predicate where it stands close.
pub(super) fn person_words(cx: &Context<'_>, person: &Person) -> Range<usize> {
    frames::cover(
        frames::predicate_tokens(cx.doc.token(person.predicate)),
        person.first.tokens.clone(),
        22,
    )
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
pub fn simple(cx: &Context<'_>, frame: &Frame) -> Vec<Draft> {
    let counted = by_verbs(cx, frame, |_| true);
    claims(cx, frame.slot, &counted, frame.rule.into())
}

/// Whether a count is only a plural noun without any word of number: "members", "civilians".
pub fn is_bare_plural(count: &Count) -> bool {
    count.bound == Bound::Vague
        && count.low == 2
        && count.high.is_none()
        && !count.words.chars().any(char::is_whitespace)
}

/// Whether a count is a plural without any number: "villagers", "the family's members", "a number of people".
fn no_number(count: &Count) -> bool {
    count.bound == Bound::Vague && count.low == 2 && count.high.is_none()
}

/// A group that a number makes by itself, for nouns that count people without naming them: "12 deaths", "three fatalities".
pub fn from_quantity(cx: &Context<'_>, noun: language::Token<'_>) -> Option<Group> {
    let count = cx
        .quantity_of(noun.i)
        .or_else(|| cx.quantity_holding(noun.i))
        .filter(|quantity| quantity.kind == crate::read::quantities::QuantityKind::Cardinal)
        .map(|quantity| quantity.count.clone())?;
    // "nine of the dead": a part of people already counted, whose own number this is not.
    if people::is_definite(noun) {
        return None;
    }
    let tokens = people::phrase(noun, None);
    let mut scope = model::Scope::default();
    for child in noun
        .children()
        .filter(|child| matches!(child.dep(), "compound" | "amod"))
    {
        if let Some(group) =
            super::person_nouns::lookup(&super::person_nouns::singular(child.lower()))
        {
            scope.role = group.role;
            scope.age = group.age;
            scope.sex = group.sex;
            scope.words = child.text().to_owned();
        }
    }
    Some(Group {
        tokens,
        head: noun.i,
        individual: count.low == 1 && count.high == Some(1),
        count: Some(count),
        scope,
        anaphoric: false,
        additional: cx.is_additional(noun.i),
        name: None,
        years: None,
    })
}

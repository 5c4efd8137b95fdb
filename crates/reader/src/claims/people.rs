//! People in a phrase: how many, who they are, and whether the phrase introduces them or takes them up again.
//!
//! Takes a noun token; gives a [`Group`]. Knows nothing of what happened to them: that is the slots' work.

use std::ops::{Deref, Range};

use language::{Pos, Token};
use model::{AgeGroup, Bound, Count, PartyKind, Role, Scope, Sex};

use super::{
    annotated::Annotated,
    grammar::is_plural,
    person_nouns::{self, PersonNoun},
};

pub use super::grammar::{is_definite, of_object, phrase};
use crate::read::{
    parties::PartyInfo,
    quantities::{Quantity, QuantityKind},
};

/// People as one phrase gives them.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Tokens of the phrase, its own words only: number, modifiers, noun, "of the SDF"; no relative clause.
    pub tokens: Range<usize>,
    /// The noun (or number) that heads it.
    pub head: usize,
    /// How many; `None` when the phrase takes up people named before ("the children", "they") or says no number.
    pub count: Option<Count>,
    /// Who.
    pub scope: Scope,
    /// One person, described or named.
    pub individual: bool,
    /// The phrase takes up people already named ("the man", "they", "the children").
    pub anaphoric: bool,
    /// Added to people counted before: "another 30", "two others".
    pub additional: bool,
    /// Name of a named person, in lower case, its words apart by spaces.
    pub name: Option<String>,
    /// Age in years, where the phrase says one.
    pub years: Option<u32>,
}

impl Group {
    /// People of whom the words say only how many.
    pub fn of(tokens: Range<usize>, head: usize, count: Count) -> Self {
        Self {
            tokens,
            head,
            count: Some(count),
            scope: Scope::default(),
            individual: false,
            anaphoric: false,
            additional: false,
            name: None,
            years: None,
        }
    }
}

/// The second pass: a text with the groups that introduce people, which pronouns and "the victims" may take up.
pub struct Peopled<'a> {
    annotated: &'a Annotated<'a>,
    /// The groups, in order.
    introduced: Vec<Group>,
    /// Which token introduced which of them, in order.
    introduced_from: Vec<(usize, usize)>,
}

impl<'a> Deref for Peopled<'a> {
    type Target = Annotated<'a>;

    fn deref(&self) -> &Annotated<'a> {
        self.annotated
    }
}

impl<'a> Peopled<'a> {
    /// Finds the people of a text.
    pub fn of(annotated: &'a Annotated<'a>) -> Self {
        // A group is introduced by its own words: while they are gathered, nobody has been introduced yet.
        let nobody = Self {
            annotated,
            introduced: Vec::new(),
            introduced_from: Vec::new(),
        };
        let mut introduced = Vec::new();
        let mut introduced_from = Vec::new();
        for token in annotated.doc.tokens() {
            let noun = person_nouns::lookup(&person_nouns::singular(token.lower())).is_some();
            if !noun && token.entity_label() != "PERSON" {
                continue;
            }
            if let Some(group) = group_at(&nobody, token) {
                introduced_from.push((token.i, introduced.len()));
                introduced.push(group);
            }
        }
        Self {
            annotated,
            introduced,
            introduced_from,
        }
    }

    /// The nearest people before `token` that a pronoun of this number and sex may take up, at most three sentences
    /// back.
    pub fn antecedent(&self, token: Token<'_>, singular: bool, sex: Option<Sex>) -> Option<&Group> {
        let from = token.sentence_index().saturating_sub(3);
        self.introduced
            .iter()
            .rev()
            .skip_while(|group| group.head >= token.i)
            .take_while(|group| self.doc.token(group.head).sentence_index() >= from)
            .find(|group| {
                group.individual == singular
                    && (sex.is_none() || group.scope.sex.is_none() || group.scope.sex == sex)
            })
    }

    /// The group that the noun or name at `token` introduces.
    pub fn introduced_at(&self, token: usize) -> Option<&Group> {
        let at = self
            .introduced_from
            .binary_search_by_key(&token, |&(from, _)| from)
            .ok()?;
        self.introduced.get(self.introduced_from[at].1)
    }

    /// The last group with an exact number of two and more before a token, at most two sentences back.
    pub fn counted_before(&self, token: usize) -> Option<&Group> {
        let from = self.doc.token(token).sentence_index().saturating_sub(2);
        self.introduced
            .iter()
            .rev()
            .skip_while(|group| group.head >= token)
            .take_while(|group| self.doc.token(group.head).sentence_index() >= from)
            .find(|group| {
                group
                    .count
                    .as_ref()
                    .is_some_and(|count| count.bound == Bound::Exact && count.low > 1)
            })
    }
}

/// Prepositions and nouns through which a number reaches the people it counts: "dozens of children", "members of the
/// group".
const THROUGH: &[&str] = &[
    "member", "number", "group", "dozen", "hundred", "thousand", "score", "million", "majority",
    "most", "some", "several", "many", "all", "none", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "few", "couple", "handful", "rest", "half", "each", "any",
    "pair", "body", "life", "more", "lot", "both", "total", "remains", "either", "neither",
    "another", "other",
];

/// Returns the group headed by `token`, or `None` if the token does not head a phrase of people.
pub fn group_at(cx: &Peopled<'_>, token: Token<'_>) -> Option<Group> {
    group_within(cx, token, 0)
}

fn group_within(cx: &Peopled<'_>, token: Token<'_>, depth: usize) -> Option<Group> {
    if depth > 3 {
        return None;
    }
    let lemma = person_nouns::singular(token.lower());
    let noun = person_nouns::lookup(&lemma);
    // "one of the people injured": the number picks from the injured, it does not count them.
    let picked = |quantity: &&Quantity| {
        quantity.partitive
            && !quantity.tokens.contains(&token.i)
            && token.children().any(|child| child.dep() == "acl")
    };
    let quantity = cx.quantity_of(token.i).filter(|quantity| !picked(quantity));
    if let Some(group) = partitive(cx, token, &lemma, quantity, depth) {
        return Some(group);
    }
    if token.pos() == Pos::Pron {
        return pronoun(cx, token);
    }
    let named = is_name(cx, token);
    // "a 6-year-old", "an 18-month-old": the age is the noun.
    let aged = matches!(token.lower(), "old" | "olds")
        && !matches!(token.dep(), "amod" | "npadvmod")
        && token.i >= 2
        && {
            let before = cx.doc.token(token.i - 1).lower();
            before == "-" || before.ends_with("year") || before.ends_with("month")
        };
    let member_of_body = lemma == "member";
    let bare_number = noun.is_none()
        && !named
        && cx
            .quantity_holding(token.i)
            .is_some_and(|q| q.kind == QuantityKind::Cardinal && q.noun.is_none())
        && (matches!(
            token.dep(),
            "nsubj" | "nsubjpass" | "dobj" | "attr" | "conj" | "pobj" | "ROOT" | "appos"
        ) || token.dep() == "npadvmod" && befell(token))
        && token.child("prep").is_none();
    let noun = match (noun, named, bare_number || member_of_body || aged) {
        (Some(noun), _, _) => noun,
        (None, true, _) => PersonNoun::ANY,
        (None, false, true) => PersonNoun::ANY,
        _ => return None,
    };
    if token.pos() == Pos::Verb
        || token.pos() == Pos::Adv
        || (token.pos() == Pos::Adj && !bare_number && !aged && quantity.is_none())
    {
        return None;
    }
    let age = cx.age_of(token);
    let mut scope = scope_of(cx, token, &noun, named, age);
    let mut tokens = phrase(token, None);
    // "between 22 and 25 civilians": the first word of the number is no part of the noun's phrase.
    if let Some(number) = quantity
        && number.tokens.end > tokens.start
        && number.tokens.start < tokens.start
    {
        tokens.start = number.tokens.start;
    }
    let count = quantity
        .filter(|q| q.kind == QuantityKind::Cardinal)
        .or_else(|| {
            cx.quantity_holding(token.i)
                .filter(|q| q.kind == QuantityKind::Cardinal)
        })
        .map(|q| q.count.clone());
    let explicit = count.is_some();
    let plural = is_plural(token) || noun.plural;
    let definite = is_definite(token);
    // "a family of five", "the entire family of six members".
    let household = matches!(lemma.as_str(), "family" | "household") && !plural;
    let of_family = household
        .then(|| of_object(token))
        .flatten()
        .and_then(|inner| {
            cx.quantity_holding(inner.i)
                .or_else(|| cx.quantity_of(inner.i))
        })
        .filter(|q| q.kind == QuantityKind::Cardinal);
    let count = match count {
        _ if of_family.is_some() => of_family.map(|q| q.count.clone()),
        None if household && !definite => Some(Count::range(
            2,
            None,
            Bound::Vague,
            cx.doc.slice(tokens.clone()),
        )),
        Some(count) => Some(count),
        None if noun.pair => Some(Count::said(2, Bound::Exact, cx.doc.slice(tokens.clone()))),
        None if named => Some(Count::said(1, Bound::Exact, cx.doc.slice(tokens.clone()))),
        None if (plural || household) && definite => None,
        None => bare_count(token),
    };
    let individual = !plural
        && !household
        && count
            .as_ref()
            .is_some_and(|c| c.low == 1 && c.high == Some(1));
    scope.words = if scope.is_all() {
        String::new()
    } else {
        cx.doc.slice(tokens.clone()).to_owned()
    };
    Some(Group {
        head: token.i,
        count,
        scope,
        individual,
        anaphoric: !explicit && definite && !named && age.is_none(),
        additional: cx.is_additional(token.i),
        name: match named {
            true => Some(full_name(token)),
            false => name_behind(cx, token).filter(|_| individual),
        },
        years: age,
        tokens,
    })
}

/// "several of them", "dozens of children", "members of the group": the people stand behind "of".
fn partitive(
    cx: &Peopled<'_>,
    token: Token<'_>,
    lemma: &str,
    quantity: Option<&Quantity>,
    depth: usize,
) -> Option<Group> {
    let through = THROUGH.contains(&lemma) || cx.quantity_holding(token.i).is_some();
    let inner = through.then(|| of_object(token)).flatten()?;
    let mut group = group_within(cx, inner, depth + 1)?;
    let own = cx
        .quantity_holding(token.i)
        .or(quantity)
        .map(|q| q.count.clone());
    let member = matches!(lemma, "member" | "body" | "life");
    // "the bodies of two men", "the lives of 21 people": the number stands with the people.
    let inner_count = group.count.take().filter(|_| member && lemma != "member");
    group.count = own
        .or(inner_count)
        .or_else(|| member.then(|| bare_count(token)).flatten())
        // "a “number of” residents": the mark keeps the words apart.
        .or_else(|| {
            let some = lemma == "number"
                && token
                    .children()
                    .any(|child| matches!(child.lower(), "a" | "any"));
            some.then(|| Count::range(2, None, Bound::Vague, token.text()))
        });
    group.head = token.i;
    group.individual = group
        .count
        .as_ref()
        .is_some_and(|c| c.low == 1 && c.high == Some(1));
    group.anaphoric = group.count.is_none() && is_definite(token);
    group.additional |= cx.is_additional(token.i);
    group.tokens = phrase(token, Some(inner));
    // A family is no side, whatever its name.
    let family = matches!(inner.lemma(), "family" | "household" | "clan");
    if member && lemma == "member" && !family {
        side_of(cx, inner, &mut group.scope);
    }
    Some(group)
}

/// Who the people of a noun are, by the noun, what stands before it, the body they belong to and their age.
fn scope_of(
    cx: &Peopled<'_>,
    token: Token<'_>,
    noun: &PersonNoun,
    named: bool,
    age: Option<u32>,
) -> Scope {
    let lemma = person_nouns::singular(token.lower());
    let member_of_body = lemma == "member";
    let mut scope = Scope {
        role: noun.role,
        age: noun.age,
        sex: noun.sex,
        kind: noun.narrows.then_some(lemma),
        ..Scope::default()
    };
    side_of(cx, token, &mut scope);
    for child in token.children() {
        if child.dep() == "prep"
            && child.lower() == "of"
            && member_of_body
            && let Some(inner) = child.child("pobj")
            && !matches!(inner.lemma(), "family" | "household" | "clan")
        {
            side_of(cx, inner, &mut scope);
        }
    }
    modifiers(cx, token, &mut scope);
    if matches!(scope.role, Role::All | Role::Official) && is_in_armed_group(cx, token) {
        scope.role = Role::Fighter;
    }
    if let Some(years) = age
        && (scope.age == AgeGroup::Unsaid || named)
    {
        scope.age = if years < 18 {
            AgeGroup::Children
        } else {
            AgeGroup::Unsaid
        };
    }
    scope
}

/// "3 killed, 7 wounded": a number right before what befell those it counts.
fn befell(number: Token<'_>) -> bool {
    number.next().is_some_and(|next| {
        matches!(
            next.lower(),
            "killed" | "dead" | "wounded" | "injured" | "hurt"
        )
    })
}

/// "the citizen Omar Belk": the name right behind a noun without a comma.
fn name_behind(cx: &Peopled<'_>, token: Token<'_>) -> Option<String> {
    let name = token
        .children()
        .find(|child| child.dep() == "appos" && child.i > token.i)?;
    let direct = (token.i + 1..name.i).all(|i| cx.doc.token(i).pos() == Pos::Propn);
    if direct && !is_name(cx, name) {
        return by_role(cx, name).and_then(|group| group.name);
    }
    direct.then(|| full_name(name))
}

/// "a senior finance official in the terrorist organisation", "a figure of the militant group": of a group under arms,
/// whatever the post.
fn is_in_armed_group(cx: &Peopled<'_>, token: Token<'_>) -> bool {
    const ARMED: &[&str] = &["terrorist", "militant", "jihadist", "armed", "extremist"];
    const GROUPS: &[&str] = &[
        "organization",
        "organisation",
        "group",
        "network",
        "cell",
        "militia",
        "faction",
    ];
    let post = matches!(
        person_nouns::singular(token.lower()).as_str(),
        "official" | "leader" | "operative" | "figure" | "member" | "facilitator"
    );
    // The parse may hang "in the organisation" on the verb.
    let next = token.next().filter(|next| next.lower() == "in");
    post && token
        .children()
        .filter(|child| child.dep() == "prep" && matches!(child.lower(), "in" | "of" | "with"))
        .chain(next)
        .filter_map(|child| child.child("pobj"))
        .any(|group| {
            GROUPS.contains(&group.lower())
                && group.children().any(|child| ARMED.contains(&child.lower()))
                || cx
                    .party_at(group.i)
                    .is_some_and(|info| info.party.kind == PartyKind::ArmedGroup)
        })
}

/// Whether `token` ends a person's name: by the recogniser, or as the last word of what the report names as a person
/// elsewhere too.
fn is_name(cx: &Peopled<'_>, token: Token<'_>) -> bool {
    token.pos() == Pos::Propn
        && match token.entity_label() {
            "PERSON" => cx.is_person(token.i),
            _ => cx.party_at(token.i).is_some_and(|info| {
                info.party.kind == PartyKind::Person
                    && info
                        .party
                        .name
                        .split([' ', '-', '’'])
                        .any(|word| word.eq_ignore_ascii_case(token.text()))
            }),
        }
}

/// A person named where only a person can stand: two capitalised words or more, no place, no known body.
pub fn by_role(cx: &Peopled<'_>, token: Token<'_>) -> Option<Group> {
    let chain = token
        .children()
        .any(|child| child.dep() == "compound" && child.pos() == Pos::Propn);
    let plain = token.pos() == Pos::Propn
        && !token
            .children()
            .any(|child| matches!(child.dep(), "det" | "poss" | "nummod"));
    let known = cx
        .party_at(token.i)
        .is_some_and(|info| !matches!(info.party.kind, PartyKind::Unknown | PartyKind::Person))
        || cx
            .read
            .places
            .iter()
            .any(|place| place.tokens.contains(&token.i));
    let tokens = phrase(token, None);
    (chain && plain && !known).then(|| Group {
        head: token.i,
        count: Some(Count::said(1, Bound::Exact, cx.doc.slice(tokens.clone()))),
        scope: Scope::default(),
        individual: true,
        anaphoric: false,
        additional: false,
        name: Some(full_name(token)),
        years: cx.age_of(token),
        tokens,
    })
}

/// The people that a number at `token` counts by itself: "seven" in "seven who died".
pub fn of_number(cx: &Peopled<'_>, token: Token<'_>) -> Option<Group> {
    let quantity = cx
        .quantity_holding(token.i)
        .filter(|quantity| quantity.kind == QuantityKind::Cardinal)?;
    Some(Group {
        tokens: quantity.tokens.clone(),
        head: token.i,
        count: Some(quantity.count.clone()),
        scope: Scope::default(),
        individual: quantity.count.low == 1 && quantity.count.high == Some(1),
        anaphoric: false,
        additional: quantity.additional,
        name: None,
        years: quantity.age,
    })
}

/// The words of the name that `token` ends, in lower case.
fn full_name(token: Token<'_>) -> String {
    let first = token
        .children()
        .filter(|child| child.i < token.i && child.pos() == Pos::Propn)
        .map(|child| child.i)
        .min()
        .unwrap_or(token.i)
        .max(token.i.saturating_sub(6));
    let words: Vec<&str> = (first..=token.i)
        .map(|i| token.doc().token(i))
        .filter(|word| {
            // Where the recogniser knows no person here, the words are what the parse joins.
            let known = word.entity_label() == token.entity_label() || word.i == token.i;
            word.pos() == Pos::Propn && known
        })
        .map(|word| word.lower())
        .collect();
    words.join(" ")
}

/// The count of a phrase without a number: one for a singular, two or more for a bare plural.
fn bare_count(token: Token<'_>) -> Option<Count> {
    let words = token.doc().slice(phrase(token, None));
    // "An additional officials was wounded": the article says that it is one.
    let one = token
        .children()
        .any(|child| child.dep() == "det" && matches!(child.lower(), "a" | "an"));
    if is_plural(token) && !one {
        return Some(Count::range(2, None, Bound::Vague, words));
    }
    let none = token
        .children()
        .any(|child| child.dep() == "det" && child.lower() == "no");
    Some(Count::said(u64::from(!none), Bound::Exact, words))
}

fn pronoun(cx: &Peopled<'_>, token: Token<'_>) -> Option<Group> {
    let (count, sex) = match token.lower() {
        "nobody" | "none" | "no-one" => (Some(Count::said(0, Bound::Exact, token.text())), None),
        "someone" | "somebody" => (Some(Count::said(1, Bound::Exact, token.text())), None),
        // "the death of a child and the injury of another"; "one another" is nobody new.
        "another"
            if matches!(token.dep(), "dobj" | "pobj" | "nsubjpass")
                && token
                    .previous()
                    .is_none_or(|before| !matches!(before.lower(), "one" | "each")) =>
        {
            return Some(one_more(token));
        }
        "he" | "him" | "himself" => (None, Some(Sex::Male)),
        "she" | "her" | "herself" => (None, Some(Sex::Female)),
        "they" | "them" | "themselves" | "who" | "whom" | "others" => (None, None),
        _ => return None,
    };
    let singular = sex.is_some();
    let before = if count.is_none() {
        cx.antecedent(token, singular, sex)
    } else {
        None
    };
    let mut scope = before.map(|group| group.scope.clone()).unwrap_or_default();
    if singular && before.is_none() {
        scope.sex = sex;
    }
    Some(Group {
        tokens: token.i..token.i + 1,
        head: token.i,
        individual: singular,
        anaphoric: count.is_none(),
        additional: false,
        name: before.and_then(|group| group.name.clone()),
        years: before.and_then(|group| group.years),
        scope,
        count,
    })
}

/// "another", by itself: one person more.
fn one_more(token: Token<'_>) -> Group {
    Group {
        tokens: token.i..token.i + 1,
        head: token.i,
        count: Some(Count::said(1, Bound::Exact, token.text())),
        scope: Scope::default(),
        individual: true,
        anaphoric: false,
        additional: true,
        name: None,
        years: None,
    }
}

/// People who belong to whom they are said to be of: "the group's fighters".
const MEMBERS: &[&str] = &[
    "member",
    "fighter",
    "soldier",
    "troop",
    "commander",
    "leader",
    "officer",
];

/// Verbs looked at above "its" for the body it stands for.
const UP: usize = 4;

/// The body that "its" or "their" stands for: the subject of the nearest verb above that has one which is not a pronoun
/// itself, where that is a body; else the body that says it: "the Front said it had freed hundreds of its members".
fn own_body<'a>(cx: &Peopled<'a>, pronoun: Token<'_>) -> Option<&'a PartyInfo> {
    let mut verbs = 0;
    for above in pronoun.ancestors() {
        if let Some(subject) = above.child_of(&["nsubj", "nsubjpass"])
            && !matches!(subject.lower(), "it" | "they" | "which" | "that" | "who")
            && !subject.subtree().contains(&pronoun.i)
        {
            return cx.body_of(subject);
        }
        verbs += usize::from(matches!(above.pos(), Pos::Verb | Pos::Aux));
        if verbs > UP {
            break;
        }
    }
    let said = cx.read.attributions.saying(pronoun.i)?;
    let [speaker] = said.speakers.as_slice() else {
        return None;
    };
    let speaker = &cx.read.parties.parties[*speaker];
    let body = match speaker.affiliation {
        Some(body) if speaker.party.kind == PartyKind::Person => &cx.read.parties.parties[body],
        _ => speaker,
    };
    (body.party.kind != PartyKind::Person).then_some(body)
}

/// Narrows the scope by the body a person belongs to: "SDF fighters", "members of the army", "police officer".
fn side_of(cx: &Peopled<'_>, token: Token<'_>, scope: &mut Scope) {
    let member = MEMBERS.contains(&token.lemma());
    let owner = token
        .children()
        .find(|child| member && child.dep() == "poss" && matches!(child.lower(), "its" | "their"))
        .filter(|pronoun| own_body(cx, *pronoun).is_some());
    // "its soldiers" are of the army that speaks, and not of soldiers at large.
    let own = owner
        .into_iter()
        .chain(std::iter::once(token))
        .chain(token.children().filter(|child| {
            matches!(child.dep(), "compound" | "amod" | "nmod" | "poss" | "appos")
                && child.i < token.i + 3
        }));
    for part in own {
        let info = if owner.is_some_and(|owner| owner.i == part.i) {
            own_body(cx, part)
        } else {
            cx.read.parties.info_at(part.i)
        };
        let Some(info) = info else {
            continue;
        };
        let role = match info.party.kind {
            PartyKind::ArmedGroup => Role::Fighter,
            PartyKind::State | PartyKind::Authority => Role::SecurityForce,
            PartyKind::Un | PartyKind::Ngo => Role::AidWorker,
            PartyKind::Political => Role::Official,
            PartyKind::Outlet | PartyKind::Agency => Role::Journalist,
            _ => continue,
        };
        // "children of IS members", "IS prisoners": an age or a condition already said is not overruled by the side.
        // "the group's members" belong to it; "the group's victims" and "the army's prisoners" do not.
        let poss = part.dep() == "poss" && !member;
        if !poss && matches!(scope.role, Role::All) && scope.age == AgeGroup::Unsaid {
            scope.role = role;
        }
        if !poss
            && matches!(
                scope.role,
                Role::Fighter
                    | Role::SecurityForce
                    | Role::Detainee
                    | Role::AidWorker
                    | Role::Official
                    | Role::Attacker
            )
        {
            scope.side = Some(info.party.id.clone());
        }
        return;
    }
}

/// Narrows the scope by adjectives and nouns before the head: "underage", "female", "civilian", "Palestinian".
fn modifiers(cx: &Peopled<'_>, token: Token<'_>, scope: &mut Scope) {
    for child in token.children() {
        if !matches!(child.dep(), "amod" | "compound" | "nmod") || child.i > token.i {
            continue;
        }
        match child.lower() {
            "underage" | "child" | "teenage" | "minor" | "infant" => {
                scope.age = AgeGroup::Children;
            }
            "elderly" => scope.age = AgeGroup::Elderly,
            "adult" => scope.age = AgeGroup::Adults,
            "female" => scope.sex = Some(Sex::Female),
            "male" => scope.sex = Some(Sex::Male),
            "civilian" | "innocent" => scope.role = Role::Civilian,
            "armed" | "rebel" | "militant" if scope.role == Role::All => scope.role = Role::Fighter,
            "aid" | "humanitarian" | "health" | "medical" => scope.role = Role::AidWorker,
            "security" | "police" | "military" | "army" => scope.role = Role::SecurityForce,
            "suspected" | "alleged" => {}
            _ => {
                if child.entity_label() == "NORP" && cx.read.parties.info_at(child.i).is_none() {
                    scope.nationality = Some(child.text().to_owned());
                }
            }
        }
    }
}

/// "a couple, their daughter and one of their sons", "Omar Belk, Sara Dunn, and his nephew": an apposition of kin, or
/// of a name to a name, that goes on as a list is more people, not the same again.
fn goes_on(cx: &Peopled<'_>, token: Token<'_>, beside: Token<'_>) -> bool {
    let kin = || {
        beside
            .children()
            .any(|child| child.dep() == "poss" && matches!(child.lower(), "his" | "her" | "their"))
    };
    let comma = || (token.i + 1..beside.i).any(|i| cx.doc.token(i).text() == ",");
    let names = || is_name(cx, token) && is_name(cx, beside) && comma();
    beside.child("conj").is_some() && (kin() || names())
}

/// Every group in a coordination that `token` heads: "a man, his wife and two children" gives three.
pub fn coordinated(cx: &Peopled<'_>, token: Token<'_>) -> Vec<Group> {
    let mut out = Vec::new();
    let mut at = Some(token);
    let mut steps = 0;
    while let Some(token) = at {
        if let Some(group) = group_at(cx, token) {
            out.push(group);
        }
        // A list hangs each member on the one before it; an apposition of people ("the victims, a man and a boy")
        // restates. "14 civilians, most of them children, were killed" is no list: the part has a subject of its own.
        at = token
            .children()
            .find(|child| {
                child.i > token.i
                    && (child.dep() == "conj"
                        || child.dep() == "appos" && goes_on(cx, token, *child))
                    && child.child_of(&["nsubj", "nsubjpass"]).is_none()
            })
            // "Omar Belk, a friend, and Sara Dunn, a neighbour": a name after an apposition goes on with the list.
            .or_else(|| {
                let single = !is_plural(token) && cx.quantity_of(token.i).is_none();
                let beside = token
                    .children()
                    .find(|child| child.dep() == "appos" && !is_name(cx, *child))
                    .filter(|_| single)?;
                let next = beside.child("conj")?;
                is_name(cx, next).then_some(next)
            });
        steps += 1;
        if steps > 60 {
            break;
        }
    }
    out
}

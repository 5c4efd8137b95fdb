//! Candidates: every phrase of a report that may be people killed or hurt.
//!
//! Takes the groups of people that the slots know (nouns, names, numbers, pronouns), possessives ("his injuries") and
//! nouns for deadly events that name nobody ("a double homicide"). Says which rule of which slot already counted
//! each. Knows nothing of weights.

use std::{collections::HashMap, ops::Range};

use language::{Pos, Token};
use model::{Sex, Slot};

use super::super::{
    counted::{self, Counted},
    draft::Other,
    other,
    passes::Passes,
    people::{self, Group},
    person_nouns,
};
use crate::{learned::hash, read::quantities::QuantityKind};

/// Most candidates looked at in one report; a report of many pages tells its own victims at the start.
pub const MAX_CANDIDATES: usize = 400;

/// Sentences that count as a report's opening, the title among them.
pub const OPENING: usize = 4;

/// How a candidate is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A noun: "a man", "three teenagers".
    Noun,
    /// A person's name.
    Name,
    /// A number alone: "two were shot".
    Number,
    /// "he", "they", "who", "nobody".
    Pronoun,
    /// "his", "their".
    Owner,
    /// An event that takes or hurts people: "a homicide", "a double shooting".
    Event,
    /// People told of side by side: "two girls and a man", "a mother, her son and a neighbour".
    List,
}

/// One phrase that may be victims.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its phrase.
    pub tokens: Range<usize>,
    /// Its head.
    pub head: usize,
    /// How it is worded.
    pub form: Form,
    /// How many, where the words say so: a number, or one for a single person newly told of. "Nobody" is 0.
    pub n: Option<u64>,
    /// One person.
    pub individual: bool,
    /// Takes up people named before.
    pub anaphoric: bool,
    /// Adds people to those counted before.
    pub additional: bool,
    /// Hash of the last name; 0 for none.
    pub name: u64,
    /// Age in years.
    pub years: Option<u32>,
    /// Sex.
    pub sex: Option<Sex>,
    /// The rule that counts it dead.
    pub killed: Option<&'static str>,
    /// The rule that counts it hurt.
    pub injured: Option<&'static str>,
    /// Its clause is dated to another event or a period.
    pub other: bool,
    /// "a third victim": which of the people it is; 0 for no such word.
    pub ordinal: u64,
}

impl Candidate {
    /// Whether it is a group with a number.
    pub fn is_group(&self) -> bool {
        self.form != Form::Event && self.n.is_some_and(|n| n >= 2)
    }

    /// Whether it is one person.
    pub fn is_single(&self) -> bool {
        self.form != Form::Event && self.individual
    }

    /// Whether its words say this number.
    pub fn says(&self, n: u64) -> bool {
        if n == 1 {
            self.n == Some(1) || self.is_single()
        } else {
            self.n == Some(n)
        }
    }
}

/// All candidates of a report, in order.
pub fn find(cx: &Passes<'_>) -> Vec<Candidate> {
    let dead = heads(cx.dead());
    let hurt = heads(cx.hurt());
    let mut out: Vec<Candidate> = Vec::new();
    for token in cx.doc.tokens() {
        if out.len() >= MAX_CANDIDATES {
            break;
        }
        let Some(mut found) = candidate(cx, token) else {
            continue;
        };
        // "two of the men": the men are no second group.
        let inner = token.dep() == "pobj"
            && token.head().lower() == "of"
            && out
                .last()
                .is_some_and(|last| last.tokens.contains(&token.i) && last.head < token.i);
        if inner {
            continue;
        }
        found.killed = dead.get(&found.head).copied();
        found.injured = hurt.get(&found.head).copied();
        // Which segment it is of is no mark against it: each segment has a toll of its own.
        found.other = !matches!(
            other::other_event(cx, Slot::Killed, found.head),
            None | Some(Other::Segment(_))
        );
        out.push(found);
    }
    with_lists(cx, out)
}

/// Puts the lists among the candidates, each behind its first member.
fn with_lists(cx: &Passes<'_>, singles: Vec<Candidate>) -> Vec<Candidate> {
    let mut out = Vec::with_capacity(singles.len());
    let mut at = 0;
    while at < singles.len() {
        let mut end = at + 1;
        while end < singles.len() && side_by_side(cx, &singles[at..end], &singles[end]) {
            end += 1;
        }
        let members = &singles[at..end];
        out.push(singles[at].clone());
        if let Some(list) = list(members) {
            out.push(list);
        }
        out.extend_from_slice(&members[1..]);
        at = end;
    }
    out
}

/// How many people a candidate adds to a list.
fn adds(candidate: &Candidate) -> Option<u64> {
    if matches!(
        candidate.form,
        Form::Pronoun | Form::Owner | Form::Event | Form::List
    ) {
        return None;
    }
    candidate
        .n
        .or(candidate.individual.then_some(1))
        .filter(|n| (1..100).contains(n))
}

/// Whether a candidate stands in a list with those before it: coordinated with one of them, or parted from the last by
/// a comma or "and" alone, whatever the parse makes of it.
fn side_by_side(cx: &Passes<'_>, before: &[Candidate], next: &Candidate) -> bool {
    let Some(last) = before.last() else {
        return false;
    };
    if adds(last).is_none() || adds(next).is_none() || before.len() >= 12 {
        return false;
    }
    let (a, b) = (cx.doc.token(last.head), cx.doc.token(next.head));
    if a.sentence_index() != b.sentence_index() || b.dep() == "appos" {
        return false;
    }
    let coordinated = b.dep() == "conj"
        && b.ancestors()
            .take(6)
            .any(|up| before.iter().any(|one| one.head == up.i));
    let from = last.tokens.end.max(last.head + 1);
    if coordinated || from >= next.tokens.start || next.tokens.start - from > 4 {
        return coordinated;
    }
    let mut joined = false;
    for i in from..next.tokens.start {
        let token = cx.doc.token(i);
        match token.text() {
            "," => {}
            "and" | "&" | "plus" => joined = true,
            // "Orla Denby, 31, and Bram Oake"
            text if text.parse::<u8>().is_ok() => {}
            _ => return false,
        }
    }
    // Without "and" two names may be one person's: only figures are counted up.
    joined || last.n.is_some_and(|n| n > 1) && next.n.is_some()
}

fn list(members: &[Candidate]) -> Option<Candidate> {
    let (first, last) = (members.first()?, members.last()?);
    if members.len() < 2 {
        return None;
    }
    let n = members
        .iter()
        .filter_map(adds)
        .fold(0u64, u64::saturating_add);
    let rule = |of: fn(&Candidate) -> Option<&'static str>| members.iter().find_map(of);
    let end = last.tokens.end.max(first.tokens.start + 1);
    Some(Candidate {
        tokens: first.tokens.start..end.min(first.tokens.start + 40),
        form: Form::List,
        n: Some(n),
        individual: false,
        anaphoric: false,
        name: 0,
        years: None,
        sex: None,
        killed: rule(|one| one.killed),
        injured: rule(|one| one.injured),
        ordinal: 0,
        ..first.clone()
    })
}

/// The rule by which each counted group's head was counted.
fn heads(counted: &[Counted]) -> HashMap<usize, &'static str> {
    let mut out = HashMap::new();
    for one in counted {
        for group in &one.groups {
            out.entry(group.head).or_insert(one.rule);
        }
    }
    out
}

fn candidate(cx: &Passes<'_>, token: Token<'_>) -> Option<Candidate> {
    parsed(cx, token).or_else(|| headline(cx, token))
}

/// What is told of people in headlines, behind their number.
const STATES: &[&str] = &[
    "shot",
    "killed",
    "dead",
    "wounded",
    "injured",
    "hurt",
    "slain",
    "fatally",
    "critically",
    "seriously",
    "hospitalized",
];

/// "Two shot in Kelmoor", "five shot, one fatally": numbers of people that a parse takes for something else.
fn headline(cx: &Passes<'_>, token: Token<'_>) -> Option<Candidate> {
    let next = (token.i + 1 < cx.doc.len()).then(|| cx.doc.token(token.i + 1))?;
    if !STATES.contains(&next.lower()) || cx.introduced_at(next.i).is_some() {
        return None;
    }
    let quantity = cx.quantity_holding(token.i)?;
    let count = &quantity.count;
    let n = count.stated.unwrap_or(count.low);
    let counts = quantity.kind == QuantityKind::Cardinal && quantity.tokens.end == next.i;
    (counts && (1..=60).contains(&n)).then(|| Candidate {
        tokens: quantity.tokens.clone(),
        n: Some(n),
        individual: n == 1,
        additional: quantity.additional,
        ..blank(token, Form::Number)
    })
}

fn parsed(cx: &Passes<'_>, token: Token<'_>) -> Option<Candidate> {
    if token.is_punct() || matches!(token.dep(), "compound" | "amod" | "nummod" | "quantmod") {
        return None;
    }
    if token.pos() == Pos::Pron && matches!(token.lower(), "his" | "her" | "their") {
        return owner(cx, token);
    }
    if let Some(n) = event(token) {
        return Some(Candidate {
            n: Some(n),
            individual: n == 1,
            ..blank(token, Form::Event)
        });
    }
    let known = cx.introduced_at(token.i).cloned();
    let group = match known {
        Some(group) => group,
        None if token.pos() == Pos::Pron
            || cx.quantity_holding(token.i).is_some()
            // "three-year-old fatally shot"
            || matches!(token.lower(), "old" | "olds") =>
        {
            people::group_at(cx, token)?
        }
        None => return None,
    };
    let found = of_group(cx, token, &group);
    (!is_age(cx, &found)).then_some(found)
}

/// "two women, 29 and 31,": bare numbers in a list of years.
fn is_age(cx: &Passes<'_>, found: &Candidate) -> bool {
    let beside = |at: Option<usize>, words: &[&str]| {
        at.filter(|&at| at < cx.doc.len())
            .is_some_and(|at| words.contains(&cx.doc.token(at).lower()))
    };
    let before = found.tokens.start.checked_sub(1);
    found.form == Form::Number
        && found.tokens.len() == 1
        && found.n.is_some_and(|n| (13..100).contains(&n))
        && beside(before, &[",", "and", "ages", "aged", "age"])
        && beside(Some(found.tokens.end), &[",", "and", ".", ";", ")"])
}

fn of_group(cx: &Passes<'_>, token: Token<'_>, group: &Group) -> Candidate {
    let form = if token.pos() == Pos::Pron {
        Form::Pronoun
    } else if group.name.is_some() {
        Form::Name
    } else if cx.quantity_holding(token.i).is_some()
        && person_nouns::lookup(token.lower()).is_none()
    {
        Form::Number
    } else {
        Form::Noun
    };
    let n = group
        .count
        .as_ref()
        .filter(|count| !counted::is_bare_plural(count))
        .map(|count| count.stated.unwrap_or(count.low));
    Candidate {
        tokens: group.tokens.clone(),
        n,
        individual: group.individual || form == Form::Name,
        anaphoric: group.anaphoric,
        additional: group.additional,
        name: group.name.as_deref().map_or(0, last_name),
        years: group.years,
        sex: group.scope.sex,
        ordinal: ordinal(token),
        ..blank(token, form)
    }
}

/// Hash of the last name in a full name in lower case; 0 for none.
fn last_name(full: &str) -> u64 {
    full.split_whitespace()
        .rfind(|part| !matches!(*part, "jr" | "jr." | "sr" | "sr." | "ii" | "iii" | "iv"))
        .map_or(0, hash)
}

fn blank(token: Token<'_>, form: Form) -> Candidate {
    Candidate {
        tokens: token.i..token.i + 1,
        head: token.i,
        form,
        n: None,
        individual: false,
        anaphoric: false,
        additional: false,
        name: 0,
        years: None,
        sex: None,
        killed: None,
        injured: None,
        other: false,
        ordinal: 0,
    }
}

/// "a second man", "the fourth victim".
fn ordinal(token: Token<'_>) -> u64 {
    token
        .children()
        .filter(|child| child.i < token.i)
        .find_map(|child| {
            [
                "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
            ]
            .iter()
            .position(|word| *word == child.lower())
        })
        .map_or(0, |at| at as u64 + 2)
}

/// "his injuries", "her death".
fn owner(cx: &Passes<'_>, token: Token<'_>) -> Option<Candidate> {
    (token.dep() == "poss").then_some(())?;
    let sex = match token.lower() {
        "his" => Some(Sex::Male),
        "her" => Some(Sex::Female),
        _ => None,
    };
    let before = cx.antecedent(token, sex.is_some(), sex);
    Some(Candidate {
        individual: sex.is_some(),
        anaphoric: true,
        name: before
            .and_then(|group| group.name.as_deref())
            .map_or(0, last_name),
        years: before.and_then(|group| group.years),
        sex,
        ..blank(token, Form::Owner)
    })
}

/// A noun for an event that takes or hurts people, and how many it says: "homicide" one, "triple shooting" three.
fn event(token: Token<'_>) -> Option<u64> {
    if token.pos() != Pos::Noun {
        return None;
    }
    let times = || {
        token.children().find_map(|child| match child.lower() {
            "double" => Some(2),
            "triple" => Some(3),
            "quadruple" => Some(4),
            "quintuple" => Some(5),
            // "murder-suicide"
            "murder" if token.lower() == "suicide" => Some(2),
            _ => None,
        })
    };
    match token.lower() {
        "homicide" | "murder" | "slaying" | "suicide" | "manslaughter" => {
            Some(times().unwrap_or(1))
        }
        "shooting" | "incident" | "accident" => times().or_else(|| {
            let fatal = token
                .children()
                .any(|child| matches!(child.lower(), "fatal" | "deadly" | "nonfatal"));
            fatal.then_some(1)
        }),
        _ => None,
    }
}

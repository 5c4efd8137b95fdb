//! What the linear judge sees of a candidate: hashed features of words, syntax and role.
//!
//! Comes in: a text and a candidate. Goes out: one feature list. Names stand as their kind and numbers as their size,
//! so that nothing of a single person, place or event is learned.

use language::{Pos, Token};
use model::Bound;

use super::{
    super::{
        draft::{Draft, Other},
        frames, other,
        passes::Passes,
        person_nouns, report_toll,
    },
    candidates::{Candidate, Form},
    drafted,
};
use crate::learned::{Features, hash, mix};
use model::Slot;

/// Names of the features, sorted: what the weights were trained on.
#[rustfmt::skip]
pub const FEATURES: &[&str] = &[
    "NAME", "NUMBER", "aside", "before", "below", "below object", "beside", "between", "dated",
    "dated form", "edge", "form", "head", "head form", "inside", "left", "negated", "no rule",
    "number", "object", "open", "other", "own", "pair", "passive", "person", "phrase", "place",
    "place size", "right", "role", "role form", "root", "rule", "rule form", "size", "three", "up",
    "way",
];

/// Words looked at on either side of a candidate, each at its place.
const AROUND: usize = 8;
/// Most words of a sentence that are features.
const WORDS: usize = 60;
/// Steps up the tree from the noun.
const STEPS: usize = 4;

/// The features of a candidate; `title` is the number of sentences of the title, `rules` the slots in which a rule
/// counts it.
pub fn of(cx: &Passes<'_>, one: &Candidate, title: usize, rules: &[Slot]) -> Features {
    let mut out = Features::new();
    let doc = cx.doc;
    let first = doc.token(one.tokens.start);
    let head = doc.token(one.head);
    let sentence = first.sentence();
    let at = first.sentence_index();
    let form = match one.form {
        Form::Number => hash("number"),
        Form::Person => hash("person"),
        Form::Phrase => hash("phrase"),
    };
    let size = size(one);
    out.pair(hash("form"), form);
    out.triple(hash("size"), form, size);
    out.pair(hash("head"), word(head));
    out.triple(hash("head form"), form, word(head));
    let person = person_nouns::lookup(&person_nouns::singular(head.lower())).is_some();
    out.triple(hash("person"), form, u64::from(person));
    for rule in rules {
        out.pair(hash("rule"), hash(rule.name()));
        out.triple(hash("rule form"), form, hash(rule.name()));
    }
    if rules.is_empty() {
        out.add(hash("no rule"));
    }
    let place = match at {
        _ if at < title => 0,
        _ if at <= title => 1,
        _ if at <= title + 2 => 2,
        _ => 3,
    };
    out.pair(hash("place"), place);
    out.triple(hash("place size"), place, size);
    words_around(cx, one, &sentence, form, &mut out);
    path(cx, one, form, &mut out);
    for (name, sentence) in [("own", Some(at)), ("before", at.checked_sub(1))] {
        let Some(sentence) = sentence else { continue };
        for token in doc.sentence(sentence).take(WORDS).map(|i| doc.token(i)) {
            if !token.is_punct() {
                out.pair(hash(name), word(token));
            }
        }
    }
    times(cx, one, &mut out);
    out
}

/// How large a number is, as a class.
fn size(one: &Candidate) -> u64 {
    if one.count.bound == Bound::Vague {
        return 10;
    }
    match one.count.stated.unwrap_or(one.count.low) {
        n @ 0..=2 => n,
        3..=4 => 3,
        5..=19 => 4,
        20..=99 => 5,
        100..=999 => 6,
        1000..=1899 | 2100..=9999 => 7,
        1900..=2099 => 8,
        _ => 9,
    }
}

/// A word as a feature: names by their kind, figures as one, everything else its lemma.
fn word(token: Token<'_>) -> u64 {
    match token.pos() {
        Pos::Propn => mix(hash("NAME"), hash(token.entity_label())),
        Pos::Num if token.text().bytes().any(|b| b.is_ascii_digit()) => hash("NUMBER"),
        _ => hash(token.lemma()),
    }
}

/// The words before and behind, by place, as bags, and the nearest in pairs and threes.
fn words_around(
    cx: &Passes<'_>,
    one: &Candidate,
    sentence: &std::ops::Range<usize>,
    form: u64,
    out: &mut Features,
) {
    let exact = |i: usize| {
        let token = cx.doc.token(i);
        match token.pos() {
            Pos::Propn => word(token),
            Pos::Num => hash("NUMBER"),
            _ => hash(token.lower()),
        }
    };
    let left: Vec<u64> = (sentence.start..one.tokens.start)
        .rev()
        .take(AROUND)
        .map(exact)
        .collect();
    let right: Vec<u64> = (one.tokens.end..sentence.end)
        .take(AROUND)
        .map(exact)
        .collect();
    for (name, side) in [("left", &left), ("right", &right)] {
        for (step, &word) in side.iter().enumerate() {
            out.pair(hash(name), word);
            out.triple(hash(name), step as u64, word);
        }
        if side.is_empty() {
            out.pair(hash(name), hash("edge"));
        }
        for pair in side.windows(2).take(4) {
            out.triple(hash("pair"), mix(hash(name), pair[0]), pair[1]);
        }
        if let [a, b, c, ..] = side[..] {
            out.triple(hash("three"), mix(hash(name), a), mix(b, c));
        }
    }
    if let (Some(&before), Some(&after)) = (left.first(), right.first()) {
        out.triple(hash("between"), before, after);
    }
    for i in one.tokens.clone().take(6) {
        out.triple(hash("inside"), form, exact(i));
    }
}

/// The way up from the noun: what governs it, in which role, and what else that governs.
fn path(cx: &Passes<'_>, one: &Candidate, form: u64, out: &mut Features) {
    let mut token = cx.doc.token(one.head);
    let mut way = 0;
    for step in 0..STEPS {
        let above = token.head();
        if above.i == token.i {
            out.triple(hash("root"), step as u64, hash(token.dep()));
            break;
        }
        way = mix(way, hash(token.dep()));
        let governor = word(above);
        out.triple(hash("way"), way, governor);
        out.triple(hash("up"), step as u64, governor);
        if matches!(above.pos(), Pos::Verb | Pos::Aux) {
            let role = match token.dep() {
                "nsubj" | "nsubjpass" if frames::is_passive(above) => hash("passive"),
                dep => hash(dep),
            };
            out.triple(hash("role"), role, governor);
            out.triple(hash("role form"), mix(role, form), governor);
            if frames::is_negated(above) {
                out.triple(hash("negated"), role, governor);
            }
            if frames::is_irrealis(above) {
                out.triple(hash("open"), role, governor);
            }
            for child in above.children().filter(|child| child.i != token.i) {
                if child.is_punct() {
                    continue;
                }
                out.triple(
                    hash("beside"),
                    mix(governor, hash(child.dep())),
                    word(child),
                );
                out.triple(hash("aside"), hash(child.dep()), word(child));
                if let Some(object) = child.child("pobj") {
                    out.triple(hash("object"), word(child), word(object));
                }
            }
            if step > 0 {
                break;
            }
        }
        token = above;
    }
    let own = cx.doc.token(one.head);
    for child in own
        .children()
        .filter(|child| !one.tokens.contains(&child.i))
    {
        out.triple(hash("below"), hash(child.dep()), word(child));
        if let Some(object) = child.child("pobj") {
            out.triple(hash("below object"), word(child), word(object));
        }
    }
}

/// What dates the clause.
fn times(cx: &Passes<'_>, one: &Candidate, out: &mut Features) {
    let published = cx.report.published.as_ref().map(|when| when.date());
    for time in cx.times_in_sentence(one.head) {
        let Some((when, published)) = time.when.as_ref().zip(published) else {
            continue;
        };
        let days = (published - when.date()).get_days();
        let age = match days {
            ..=-1 => 0,
            0..=3 => 1,
            4..=14 => 2,
            15..=90 => 3,
            91..=400 => 4,
            _ => 5,
        };
        out.pair(hash("dated"), age);
        out.triple(
            hash("dated form"),
            age,
            u64::from(time.tokens.start < one.head),
        );
    }
    let other = other::other_event(cx, Slot::Killed, one.head);
    let other = match other {
        None => 0,
        Some(Other::Segment(_)) => 1,
        Some(Other::Period(_)) => 2,
        Some(Other::Older(_)) => 3,
    };
    out.pair(hash("other"), other);
}

/// The features of each candidate for the linear judge.
pub fn all(cx: &Passes<'_>, drafts: &[Draft], candidates: &[Candidate]) -> Vec<Features> {
    let title = report_toll::title(cx);
    let mut out = Vec::with_capacity(candidates.len());
    for one in candidates {
        let mut rules: Vec<Slot> = drafts
            .iter()
            .filter(|draft| drafted::says(draft, one))
            .map(|draft| draft.slot)
            .collect();
        rules.sort_unstable();
        rules.dedup();
        out.push(of(cx, one, title, &rules));
    }
    out
}

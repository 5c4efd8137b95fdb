//! What the classifier sees of a candidate: hashed features of syntax, words and role.
//!
//! Comes in: a text, its candidates and their chains. Goes out: one feature list a candidate. Names stand as their kind
//! and numbers as their size, so that nothing of a single person, place or case is learned.

mod families;
mod hashed;
mod numbers;
mod predicates;
mod report;
mod rules;
mod surroundings;

use self::{
    families::{
        BEFORE, CHAIN, CHAIN_PREDICATE, CHILD, HEAD, KIND, NEXT, NOUN, SIGN, SIZE, TITLE, WITH,
    },
    hashed::Hashed,
    numbers::{Number, numbers},
    predicates::{Predicate, predicated, predicates},
    rules::{rule_bits, rules},
    surroundings::{around, beside},
};
use super::candidates::{Candidate, Form};
use crate::{
    claims::passes::Passes,
    learned::{Features, hash, mix},
};

pub use report::of_report;

/// Names of the features of candidates and reports, sorted: what the weights were trained on.
#[rustfmt::skip]
pub const FEATURES: &[&str] = &[
    "NAME", "NUMBER", "again", "ahead", "arrest", "attempt", "bag", "before", "behind", "beside",
    "chain", "chainp", "child", "court", "dead", "dep", "eight", "five", "four", "head", "house",
    "hurt", "kind", "knife", "lead", "leads", "near", "next", "nine", "noun", "obj", "one", "p",
    "pa", "pass", "pm", "pn", "po", "pp", "prep", "pu", "rob", "rule", "said", "seven", "shot",
    "sign", "six", "size", "subj", "suicide", "threat", "three", "title", "titled", "two", "where",
    "with",
];

/// The features of a candidate.
pub struct Of {
    /// All of them.
    pub all: Features,
    /// Those of its predicates: what is said of it.
    pub said: Vec<u64>,
}

/// The features of every candidate.
pub fn of_all(
    cx: &Passes<'_>,
    candidates: &[Candidate],
    chains: &[usize],
    title: usize,
) -> Vec<Of> {
    let hashed = Hashed::new(cx);
    let predicates: Vec<Vec<Predicate>> = candidates
        .iter()
        .map(|candidate| predicates(cx, candidate))
        .collect();
    let mut members: Vec<Vec<usize>> = Vec::new();
    for (at, &chain) in chains.iter().enumerate() {
        if members.len() <= chain {
            members.resize(chain + 1, Vec::new());
        }
        members[chain].push(at);
    }
    let told: Vec<Number> = candidates
        .iter()
        .map(|candidate| Number {
            n: candidate.n.unwrap_or(u64::from(candidate.individual)),
            sentence: cx.doc.token(candidate.head).sentence_index(),
            bits: rule_bits(candidate),
            counts: !matches!(candidate.form, Form::Pronoun | Form::Owner),
        })
        .collect();
    candidates
        .iter()
        .enumerate()
        .map(|(at, candidate)| {
            let mut out = Features::new();
            phrase(cx, &hashed, candidate, &mut out);
            let before = out.len();
            for predicate in &predicates[at] {
                predicated(cx, &hashed, candidate, *predicate, &mut out);
            }
            let said = out.hashes()[before..].to_vec();
            rules(candidate, &mut out);
            chained(
                candidates,
                &predicates,
                &hashed,
                at,
                members.get(chains[at]).map_or(&[], Vec::as_slice),
                &mut out,
            );
            beside(cx, &hashed, candidate, title, &mut out);
            if cx.doc.token(candidate.head).sentence_index() < title {
                out.pair(TITLE, candidate.form as u64);
                out.triple(
                    TITLE,
                    candidate.n.map_or(9, |n| n.min(5)),
                    rule_bits(candidate),
                );
            }
            around(cx, &hashed, candidate, title, &mut out);
            if let Some(n @ 2..) = candidate.n {
                numbers(&told, at, n, title, &mut out);
            }
            for &sign in &hashed.signs {
                out.pair(SIGN, sign);
            }
            Of { all: out, said }
        })
        .collect()
}

/// The phrase itself and the words beside it.
fn phrase(cx: &Passes<'_>, hashed: &Hashed, candidate: &Candidate, out: &mut Features) {
    let head = cx.doc.token(candidate.head);
    let form = candidate.form as u64;
    let size = candidate.n.map_or(99, |n| n.min(6));
    let bits = u64::from(candidate.individual)
        | u64::from(candidate.anaphoric) << 1
        | u64::from(candidate.additional) << 2
        | u64::from(candidate.years.is_some()) << 3
        | u64::from(candidate.name != 0) << 4;
    out.triple(KIND, form, bits);
    out.triple(SIZE, form, size);
    out.pair(NOUN, hashed.words[head.i]);
    out.pair(HEAD, hash(head.dep()));
    for child in head.children().take(12) {
        match child.dep() {
            "prep" => {
                if let Some(object) = child.child("pobj") {
                    out.triple(WITH, hashed.words[child.i], hashed.words[object.i]);
                    for adjective in object.children().filter(|c| c.dep() == "amod").take(3) {
                        out.triple(WITH, hashed.words[adjective.i], hashed.words[object.i]);
                    }
                }
            }
            "punct" => {}
            dep => out.triple(CHILD, hash(dep), hashed.words[child.i]),
        }
    }
    let end = candidate.tokens.end;
    if end < cx.doc.len() {
        out.pair(NEXT, hashed.words[end]);
        if end + 1 < cx.doc.len() {
            out.triple(NEXT, hashed.words[end], hashed.words[end + 1]);
        }
    }
    if candidate.tokens.start > 0 {
        out.pair(BEFORE, hashed.words[candidate.tokens.start - 1]);
    }
}

/// What is said of the same people elsewhere.
fn chained(
    candidates: &[Candidate],
    predicates: &[Vec<Predicate>],
    hashed: &Hashed,
    at: usize,
    members: &[usize],
    out: &mut Features,
) {
    let others = || members.iter().filter(|&&other| other != at).take(24);
    let killed = others().any(|&other| candidates[other].killed.is_some());
    let injured = others().any(|&other| candidates[other].injured.is_some());
    out.triple(
        CHAIN,
        u64::from(killed) | u64::from(injured) << 1,
        (members.len() as u64).min(4),
    );
    out.pair(CHAIN, u64::from(killed) | u64::from(injured) << 1);
    let mut seen: Vec<u64> = Vec::new();
    for &other in others() {
        for predicate in &predicates[other] {
            let key = mix(predicate.role, hashed.words[predicate.at]);
            if seen.len() < 12 && !seen.contains(&key) {
                seen.push(key);
                out.pair(CHAIN_PREDICATE, key);
            }
        }
    }
}

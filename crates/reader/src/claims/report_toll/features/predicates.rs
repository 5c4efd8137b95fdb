//! The predicates that a candidate stands under, and their features.

use language::{Pos, Token};

use super::{
    super::candidates::{Candidate, Form},
    families::{
        PREDICATE, PREDICATE_ABOVE, PREDICATE_ARGUMENT, PREDICATE_MOOD, PREDICATE_NOUN,
        PREDICATE_PREPOSITION, PREDICATE_ROLE,
    },
    hashed::Hashed,
};
use crate::{
    claims::{frames, passes::Passes},
    learned::{Features, hash, mix},
};

/// Most predicates looked at for one candidate.
const MAX_PREDICATES: usize = 6;

/// One predicate a candidate stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Predicate {
    /// In which role: as its subject, its object, behind a preposition.
    pub role: u64,
    /// Its token.
    pub at: usize,
}

const SUBJECT: u64 = hash("subj");
const PASSIVE: u64 = hash("pass");
const OBJECT: u64 = hash("obj");

/// Passive where a verb is, the other role else.
fn passive_or(role: u64, verb: Token<'_>) -> u64 {
    if frames::is_passive(verb) {
        PASSIVE
    } else {
        role
    }
}

/// The first predicates found, each once.
#[derive(Default)]
struct Predicates(Vec<Predicate>);

impl Predicates {
    fn push(&mut self, role: u64, at: usize) {
        let one = Predicate { role, at };
        if self.0.len() < MAX_PREDICATES && !self.0.contains(&one) {
            self.0.push(one);
        }
    }

    /// Clauses that hang on a noun: "a man who died", "two found shot and left".
    fn hanging_on(&mut self, noun: Token<'_>) {
        for clause in noun.children() {
            if !matches!(clause.dep(), "relcl" | "acl") || clause.i <= noun.i {
                continue;
            }
            let role = if frames::is_passive(clause) {
                PASSIVE
            } else if clause
                .child_of(&["nsubj"])
                .is_some_and(|s| !matches!(s.lower(), "who" | "that" | "which"))
            {
                OBJECT
            } else {
                SUBJECT
            };
            self.push(role, clause.i);
            let more = clause.children().find(|c| {
                c.dep() == "conj"
                    && c.pos() == Pos::Verb
                    && c.child_of(&["nsubj", "nsubjpass"]).is_none()
            });
            if let Some(more) = more {
                self.push(passive_or(role, more), more.i);
            }
        }
    }

    /// The verb of a subject, and those coordinated with it or opened by it.
    fn of_subject(&mut self, verb: Token<'_>) {
        self.push(passive_or(SUBJECT, verb), verb.i);
        let mut verb = verb;
        for _ in 0..3 {
            let next = verb.children().find(|child| {
                matches!(child.dep(), "conj" | "xcomp")
                    && matches!(child.pos(), Pos::Verb | Pos::Aux | Pos::Adj)
                    && child.child_of(&["nsubj", "nsubjpass"]).is_none()
            });
            let Some(next) = next else { break };
            self.push(passive_or(SUBJECT, next), next.i);
            verb = next;
        }
    }

    /// The verb of an object, and the clause below it: "left two men dead".
    fn of_object(&mut self, object: Token<'_>) {
        let verb = object.head();
        self.push(OBJECT, verb.i);
        let below = verb.children().find(|child| {
            matches!(child.dep(), "xcomp" | "ccomp" | "oprd" | "advcl")
                && child.i > object.i
                && child.child_of(&["nsubj", "nsubjpass"]).is_none()
        });
        if let Some(below) = below {
            self.push(PASSIVE, below.i);
        }
    }
}

/// The predicates of a candidate: its governor, verbs coordinated with it or opened by it, and clauses that hang on the
/// noun.
pub fn predicates(cx: &Passes<'_>, candidate: &Candidate) -> Vec<Predicate> {
    let mut out = Predicates::default();
    let own = cx.doc.token(candidate.head);
    // Up through lists and appositions to the place in the clause.
    let mut place = own;
    for _ in 0..8 {
        if !(matches!(place.dep(), "conj" | "appos")
            && matches!(
                place.head().pos(),
                Pos::Noun | Pos::Propn | Pos::Num | Pos::Pron
            ))
        {
            break;
        }
        place = place.head();
    }
    let governor = place.head();
    match place.dep() {
        "nsubj" | "nsubjpass" => out.of_subject(governor),
        "dobj" | "dative" => out.of_object(place),
        "pobj" => {
            let above = governor.head();
            out.push(mix(hash("prep"), hash(governor.lower())), above.i);
        }
        dep => out.push(mix(hash("dep"), hash(dep)), governor.i),
    }
    out.hanging_on(own);
    if place.i != own.i {
        out.hanging_on(place);
    }
    out.0
}

/// The features of a candidate under one of its predicates.
pub fn predicated(
    cx: &Passes<'_>,
    hashed: &Hashed,
    candidate: &Candidate,
    predicate: Predicate,
    out: &mut Features,
) {
    let verb = cx.doc.token(predicate.at);
    let key = mix(predicate.role, hashed.words[verb.i]);
    out.pair(PREDICATE, key);
    let kind = match candidate.form {
        Form::Noun => hashed.words[candidate.head],
        form => form as u64,
    };
    out.triple(PREDICATE_NOUN, key, kind);
    let mut mood = 0_u64;
    for child in verb.children().take(16) {
        match child.dep() {
            "prep" | "agent" => {
                if let Some(object) = child.child("pobj") {
                    out.triple(
                        PREDICATE_PREPOSITION,
                        key,
                        mix(hashed.words[child.i], hashed.words[object.i]),
                    );
                    if let Some(inner) = object
                        .children()
                        .find(|c| matches!(c.dep(), "amod" | "compound"))
                    {
                        out.triple(
                            PREDICATE_PREPOSITION,
                            hashed.words[inner.i],
                            hashed.words[object.i],
                        );
                    }
                }
            }
            "dobj" | "acomp" | "oprd" | "attr" | "advmod" | "prt" | "xcomp" | "npadvmod"
            | "conj" | "nsubj" | "nsubjpass"
                if child.i != candidate.head =>
            {
                out.triple(
                    PREDICATE_ARGUMENT,
                    key,
                    mix(hash(child.dep()), hashed.words[child.i]),
                );
            }
            "neg" => mood |= 1,
            "aux" => match child.lower() {
                "may" | "might" | "could" | "would" => mood |= 2,
                "to" => mood |= 4,
                "will" | "can" => mood |= 8,
                _ => {}
            },
            "mark" if matches!(child.lower(), "if" | "whether") => mood |= 16,
            _ => {}
        }
    }
    if mood != 0 {
        out.triple(PREDICATE_MOOD, key, mood);
        out.pair(PREDICATE_MOOD, mood);
    }
    if !verb.is_root() {
        let above = verb.head();
        out.triple(
            PREDICATE_ABOVE,
            key,
            mix(hash(verb.dep()), hashed.words[above.i]),
        );
    }
    if predicate.role == SUBJECT || predicate.role == PASSIVE || predicate.role == OBJECT {
        out.pair(PREDICATE_ROLE, predicate.role);
    }
}

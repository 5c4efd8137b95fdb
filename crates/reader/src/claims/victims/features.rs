//! What the classifier sees of a candidate: hashed features of syntax, words and role.
//!
//! Comes in: a text, its candidates and their chains. Goes out: one feature list a candidate. Names stand as their kind
//! and numbers as their size, so that nothing of a single person, place or case is learned.

use std::sync::LazyLock;

use language::{Pos, Token};

use super::{
    super::{frames, passes::Passes},
    candidates::{Candidate, Form},
};
use crate::learned::{Features, hash, mix};

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

/// Most predicates looked at for one candidate.
const PREDICATES: usize = 6;
/// Most words of a sentence that are features.
const WORDS: usize = 60;

const NAME: u64 = hash("NAME");
const NUMBER: u64 = hash("NUMBER");

/// Words whose presence anywhere in the report is told to every candidate, by kind.
const SIGNS: &[(&str, &[&str])] = &[
    (
        "dead",
        &[
            "die", "kill", "dead", "death", "fatal", "fatally", "homicide", "murder", "deceased",
            "deadly", "slay", "body",
        ],
    ),
    (
        "hurt",
        &[
            "wound",
            "injure",
            "injury",
            "hurt",
            "hospital",
            "condition",
            "hospitalize",
            "graze",
            "survive",
        ],
    ),
    ("shot", &["shoot", "gunshot", "bullet", "gunfire"]),
    ("suicide", &["suicide", "self", "himself", "herself"]),
    ("knife", &["stab", "knife", "beat", "pistol"]),
    ("attempt", &["attempt", "attempted", "assault"]),
    (
        "court",
        &[
            "court",
            "trial",
            "sentence",
            "convict",
            "plead",
            "judge",
            "jury",
            "prosecutor",
            "attorney",
        ],
    ),
    ("arrest", &["arrest", "charge", "custody"]),
    ("rob", &["rob", "robbery", "steal", "burglary", "theft"]),
    ("threat", &["threaten", "threat", "standoff", "barricade"]),
    ("house", &["home", "car", "vehicle", "window"]),
];

/// The kind of each sign by the hash of its word, in order of the hashes.
static SIGN_OF: LazyLock<Vec<(u64, usize)>> = LazyLock::new(|| {
    let mut all: Vec<(u64, usize)> = SIGNS
        .iter()
        .enumerate()
        .flat_map(|(kind, (_, words))| words.iter().map(move |word| (hash(word), kind)))
        .collect();
    all.sort_unstable();
    all
});

/// Hashes of a text's words, one a token: the lemma; names by their kind, figures as one.
pub struct Hashed {
    words: Vec<u64>,
    signs: Vec<u64>,
}

impl Hashed {
    /// Hashes every token of the text once.
    pub fn new(cx: &Passes<'_>) -> Self {
        let mut counts = vec![0_u8; SIGNS.len()];
        let words = cx
            .doc
            .tokens()
            .map(|token| {
                let word = word(token);
                if let Ok(at) = SIGN_OF.binary_search_by_key(&word, |&(sign, _)| sign) {
                    let count = &mut counts[SIGN_OF[at].1];
                    *count = count.saturating_add(1);
                }
                word
            })
            .collect();
        let signs = SIGNS
            .iter()
            .zip(&counts)
            .map(|((name, _), &n)| {
                let size = match n {
                    0..=2 => u64::from(n),
                    3..=5 => 3,
                    _ => 4,
                };
                mix(hash(name), size)
            })
            .collect();
        Self { words, signs }
    }
}

fn word(token: Token<'_>) -> u64 {
    match token.pos() {
        Pos::Propn => mix(NAME, hash(token.entity_label())),
        Pos::Num if token.text().bytes().any(|b| b.is_ascii_digit()) => NUMBER,
        _ => hash(token.lemma()),
    }
}

/// One predicate a candidate stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Predicate {
    role: u64,
    at: usize,
}

const SUBJECT: u64 = hash("subj");
const PASSIVE: u64 = hash("pass");
const OBJECT: u64 = hash("obj");

/// The predicates of a candidate: its governor, verbs coordinated with it or opened by it, and clauses that hang on the
/// noun.
fn predicates(cx: &Passes<'_>, candidate: &Candidate) -> Vec<Predicate> {
    let mut out: Vec<Predicate> = Vec::new();
    let mut push = |role: u64, at: usize| {
        let one = Predicate { role, at };
        if out.len() < PREDICATES && !out.contains(&one) {
            out.push(one);
        }
    };
    let own = cx.doc.token(candidate.head);
    let hanging = |token: Token<'_>, push: &mut dyn FnMut(u64, usize)| {
        for child in token.children() {
            if matches!(child.dep(), "relcl" | "acl") && child.i > token.i {
                let role = if frames::is_passive(child) {
                    PASSIVE
                } else if child
                    .child_of(&["nsubj"])
                    .is_some_and(|s| !matches!(s.lower(), "who" | "that" | "which"))
                {
                    OBJECT
                } else {
                    SUBJECT
                };
                push(role, child.i);
                let more = child.children().find(|c| {
                    c.dep() == "conj"
                        && c.pos() == Pos::Verb
                        && c.child_of(&["nsubj", "nsubjpass"]).is_none()
                });
                if let Some(more) = more {
                    push(
                        if frames::is_passive(more) {
                            PASSIVE
                        } else {
                            role
                        },
                        more.i,
                    );
                }
            }
        }
    };
    // Up through lists and appositions to the place in the clause.
    let mut slot = own;
    for _ in 0..8 {
        if !(matches!(slot.dep(), "conj" | "appos")
            && matches!(
                slot.head().pos(),
                Pos::Noun | Pos::Propn | Pos::Num | Pos::Pron
            ))
        {
            break;
        }
        slot = slot.head();
    }
    let governor = slot.head();
    match slot.dep() {
        "nsubj" | "nsubjpass" => {
            let passive = frames::is_passive(governor);
            push(if passive { PASSIVE } else { SUBJECT }, governor.i);
            let mut verb = governor;
            for _ in 0..3 {
                let next = verb.children().find(|child| {
                    matches!(child.dep(), "conj" | "xcomp")
                        && matches!(child.pos(), Pos::Verb | Pos::Aux | Pos::Adj)
                        && child.child_of(&["nsubj", "nsubjpass"]).is_none()
                });
                let Some(next) = next else { break };
                push(
                    if frames::is_passive(next) {
                        PASSIVE
                    } else {
                        SUBJECT
                    },
                    next.i,
                );
                verb = next;
            }
        }
        "dobj" | "dative" => {
            push(OBJECT, governor.i);
            let below = governor.children().find(|child| {
                matches!(child.dep(), "xcomp" | "ccomp" | "oprd" | "advcl")
                    && child.i > slot.i
                    && child.child_of(&["nsubj", "nsubjpass"]).is_none()
            });
            if let Some(below) = below {
                push(PASSIVE, below.i);
            }
        }
        "pobj" => {
            let above = governor.head();
            push(mix(hash("prep"), hash(governor.lower())), above.i);
        }
        dep => push(mix(hash("dep"), hash(dep)), governor.i),
    }
    hanging(own, &mut push);
    if slot.i != own.i {
        hanging(slot, &mut push);
    }
    out
}

/// Tokens of a report that its own features look at.
const READ: usize = 1500;
/// Tokens at the start of a report whose words count as its opening.
const OPENING: usize = 60;

/// The features of a whole report, or of the sentences of one of its scenes: its words, and pairs of words that stand
/// side by side, apart for the opening. Each counts once.
/// `said` is what is said of the people in it ([`Of::said`]).
pub fn of_report(
    cx: &Passes<'_>,
    said: impl Iterator<Item = u64>,
    reads: impl Fn(usize) -> bool,
) -> Features {
    let mut seen: Vec<u64> = said.map(|feature| mix(BAG, feature)).collect();
    let (one, two) = (hash("one"), hash("two"));
    let (lead, leads) = (hash("lead"), hash("leads"));
    let mut before = 0;
    for token in cx.doc.tokens().take(READ) {
        if token.is_space() || !reads(token.sentence_index()) {
            continue;
        }
        let word = match token.text().as_bytes() {
            // "3 shot": figures up to nine are words, the same as spelled out.
            [digit @ b'1'..=b'9'] => DIGITS[usize::from(digit - b'1')],
            _ => word(token),
        };
        seen.push(mix(one, word));
        seen.push(mix(two, mix(before, word)));
        if token.i < OPENING {
            seen.push(mix(lead, word));
            seen.push(mix(leads, mix(before, word)));
        }
        before = word;
    }
    seen.sort_unstable();
    seen.dedup();
    let mut out = Features::new();
    for feature in seen {
        out.add(feature);
    }
    out
}

/// Figures up to nine as words.
const DIGITS: [u64; 9] = [
    hash("one"),
    hash("two"),
    hash("three"),
    hash("four"),
    hash("five"),
    hash("six"),
    hash("seven"),
    hash("eight"),
    hash("nine"),
];

const P: u64 = hash("p");
const PN: u64 = hash("pn");
const PP: u64 = hash("pp");
const PO: u64 = hash("po");
const PM: u64 = hash("pm");
const PU: u64 = hash("pu");
const PA: u64 = hash("pa");
const KIND: u64 = hash("kind");
const NOUN: u64 = hash("noun");
const CHILD: u64 = hash("child");
const WITH: u64 = hash("with");
const NEXT: u64 = hash("next");
const BEFORE: u64 = hash("before");
const SIZE: u64 = hash("size");
const RULE: u64 = hash("rule");
const CHAIN: u64 = hash("chain");
const CHAIN_P: u64 = hash("chainp");
const SAID: u64 = hash("said");
const AHEAD: u64 = hash("ahead");
const BEHIND: u64 = hash("behind");
const NEAR: u64 = hash("near");
const WHERE: u64 = hash("where");
const SIGN: u64 = hash("sign");
const HEAD: u64 = hash("head");
const TITLE: u64 = hash("title");
const BESIDE: u64 = hash("beside");
const TITLED: u64 = hash("titled");
const AGAIN: u64 = hash("again");
const BAG: u64 = hash("bag");

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

/// A candidate as other numbers are compared with it.
struct Number {
    n: u64,
    sentence: usize,
    bits: u64,
    counts: bool,
}

/// Candidates on either side that a number is compared with.
const ABOUT: usize = 12;

/// How a number stands to the others of its sentence and of the title, and whether it is said again: "four shot, one
/// fatally".
fn numbers(told: &[Number], at: usize, n: u64, title: usize, out: &mut Features) {
    let own = &told[at];
    let order = |other: u64| match other.cmp(&n) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Equal => 1,
        std::cmp::Ordering::Greater => 2,
    };
    let near = at.saturating_sub(ABOUT)..(at + ABOUT).min(told.len());
    let mut sum = 0u64;
    for other in near.filter(|&other| other != at) {
        let one = &told[other];
        if !one.counts || one.sentence.abs_diff(own.sentence) > 1 {
            continue;
        }
        let side = u64::from(other > at) | u64::from(one.sentence == own.sentence) << 1;
        out.triple(BESIDE, mix(side, order(one.n)), mix(one.bits, own.bits));
        if one.sentence == own.sentence {
            sum = sum.saturating_add(one.n);
        }
    }
    out.triple(BESIDE, 90 + order(sum), own.bits);
    let mut most = 0;
    let mut again = 0_u64;
    for one in told.iter().filter(|one| one.counts) {
        if one.sentence < title {
            most = most.max(one.n);
        }
        again += u64::from(one.n == n);
    }
    out.triple(TITLED, order(most), own.bits);
    out.pair(AGAIN, again.min(4));
}

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

fn predicated(
    cx: &Passes<'_>,
    hashed: &Hashed,
    candidate: &Candidate,
    predicate: Predicate,
    out: &mut Features,
) {
    let verb = cx.doc.token(predicate.at);
    let key = mix(predicate.role, hashed.words[verb.i]);
    out.pair(P, key);
    let kind = match candidate.form {
        Form::Noun => hashed.words[candidate.head],
        form => form as u64,
    };
    out.triple(PN, key, kind);
    let mut mood = 0_u64;
    for child in verb.children().take(16) {
        match child.dep() {
            "prep" | "agent" => {
                if let Some(object) = child.child("pobj") {
                    out.triple(PP, key, mix(hashed.words[child.i], hashed.words[object.i]));
                    if let Some(inner) = object
                        .children()
                        .find(|c| matches!(c.dep(), "amod" | "compound"))
                    {
                        out.triple(PP, hashed.words[inner.i], hashed.words[object.i]);
                    }
                }
            }
            "dobj" | "acomp" | "oprd" | "attr" | "advmod" | "prt" | "xcomp" | "npadvmod"
            | "conj" | "nsubj" | "nsubjpass"
                if child.i != candidate.head =>
            {
                out.triple(PO, key, mix(hash(child.dep()), hashed.words[child.i]));
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
        out.triple(PM, key, mood);
        out.pair(PM, mood);
    }
    if !verb.is_root() {
        let above = verb.head();
        out.triple(PU, key, mix(hash(verb.dep()), hashed.words[above.i]));
    }
    if predicate.role == SUBJECT || predicate.role == PASSIVE || predicate.role == OBJECT {
        out.pair(PA, predicate.role);
    }
}

fn rule_bits(candidate: &Candidate) -> u64 {
    u64::from(candidate.killed.is_some()) | u64::from(candidate.injured.is_some()) << 1
}

fn rules(candidate: &Candidate, out: &mut Features) {
    out.triple(RULE, candidate.form as u64 + 50, rule_bits(candidate));
    out.triple(
        RULE,
        candidate.killed.map_or(0, hash),
        candidate.injured.map_or(0, hash),
    );
    out.triple(RULE, rule_bits(candidate), u64::from(candidate.other) + 7);
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
                out.pair(CHAIN_P, key);
            }
        }
    }
}

/// The nearest words that may be predicates before and behind, whatever the parse makes of them: headlines parse badly.
fn beside(
    cx: &Passes<'_>,
    hashed: &Hashed,
    candidate: &Candidate,
    title: usize,
    out: &mut Features,
) {
    let head = cx.doc.token(candidate.head);
    let sentence = head.sentence();
    let titled = head.sentence_index() < title;
    let form = candidate.form as u64;
    let tells = |i: &usize| {
        let token = cx.doc.token(*i);
        matches!(token.pos(), Pos::Verb | Pos::Adj)
            || matches!(
                token.lower(),
                "dead"
                    | "wounded"
                    | "injured"
                    | "hurt"
                    | "killed"
                    | "shot"
                    | "fatally"
                    | "himself"
                    | "herself"
            )
    };
    let size = candidate.n.map_or(9, |n| n.min(3));
    let after = candidate.tokens.end.max(candidate.head + 1)..sentence.end;
    for (at, i) in after.take(14).filter(tells).take(3).enumerate() {
        out.triple(AHEAD, at as u64, hashed.words[i]);
        if at == 0 {
            out.triple(AHEAD, size + 20, hashed.words[i]);
            out.triple(AHEAD, hashed.words[candidate.head], hashed.words[i]);
            // "Child shot in Kelmoor", "Two girls, a man shot": what a headline says stands behind its people.
            out.triple(mix(AHEAD, form + 40), u64::from(titled), hashed.words[i]);
            let gap = (i - candidate.head).min(4) as u64;
            out.triple(mix(AHEAD, gap + 60), u64::from(titled), hashed.words[i]);
        }
    }
    let before = sentence.start..candidate.tokens.start.max(sentence.start);
    for (at, i) in before.rev().take(14).filter(tells).take(2).enumerate() {
        out.triple(BEHIND, at as u64, hashed.words[i]);
    }
}

fn around(
    cx: &Passes<'_>,
    hashed: &Hashed,
    candidate: &Candidate,
    title: usize,
    out: &mut Features,
) {
    let sentence = cx.doc.token(candidate.head).sentence_index();
    let say = |s: usize, name: u64, out: &mut Features| {
        let mut seen: Vec<u64> = Vec::with_capacity(WORDS);
        for i in cx.doc.sentence(s) {
            let token = cx.doc.token(i);
            if token.is_punct()
                || token.is_space()
                || matches!(token.pos(), Pos::Det | Pos::Aux | Pos::Part | Pos::Cconj)
            {
                continue;
            }
            let word = hashed.words[i];
            if !seen.contains(&word) {
                seen.push(word);
                out.pair(name, word);
                if seen.len() >= WORDS {
                    break;
                }
            }
        }
    };
    say(sentence, SAID, out);
    // A title is no neighbour of the text beneath: often that is page furniture.
    if sentence > 0 && sentence != title {
        say(sentence - 1, NEAR, out);
    }
    if sentence + 1 < cx.doc.sentence_count() && sentence + 1 != title {
        say(sentence + 1, NEAR, out);
    }
    let place = match sentence {
        0..=3 => sentence as u64,
        4..=6 => 4,
        7..=12 => 5,
        13..=25 => 6,
        _ => 7,
    };
    out.pair(WHERE, place);
    out.triple(WHERE, place, rule_bits(candidate));
}

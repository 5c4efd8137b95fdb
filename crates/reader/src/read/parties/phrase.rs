//! Noun phrases and clauses as the finders of parties and speakers walk them.

use std::ops::Range;

use language::{Doc, Pos, Token};

/// Verbs of saying whose subject is a speaker, by lemma.
const SAYING: &[&str] = &[
    "say",
    "tell",
    "add",
    "announce",
    "report",
    "claim",
    "warn",
    "state",
    "confirm",
    "deny",
    "write",
    "tweet",
    "declare",
    "insist",
    "argue",
    "explain",
    "describe",
    "allege",
    "accuse",
    "note",
    "acknowledge",
    "admit",
    "reply",
    "respond",
    "ask",
    "call",
    "urge",
    "demand",
    "appeal",
    "condemn",
    "estimate",
    "believe",
    "testify",
    "speak",
    "express",
    "recall",
    "reveal",
    "stress",
    "suggest",
    "reiterate",
    "maintain",
    "assert",
    "contend",
    "comment",
    "post",
    "quote",
    "conclude",
    "complain",
    "estimate",
    "blame",
    "denounce",
    "pledge",
    "vow",
    "promise",
    "threaten",
    "plead",
];

/// Sentences of more tokens than this are lists, tables or noise; nobody is looked for in them, which keeps any input
/// linear.
pub const LONGEST_SENTENCE: usize = 1_500;

/// Whether a verb with this lemma is one of saying.
pub fn is_saying(lemma: &str) -> bool {
    SAYING.contains(&lemma)
}

/// Whether the word is a verb that the tagger took for a plural noun: "The ministry | rejects reports that". As nouns
/// these are rare.
pub fn is_mistaken_verb(token: Token<'_>) -> bool {
    token.tag() == "NNS"
        && matches!(
            token.lower(),
            "rejects"
                | "denies"
                | "dismisses"
                | "condemns"
                | "urges"
                | "warns"
                | "confirms"
                | "accuses"
        )
        && token.child("compound").is_some()
}

/// Paragraph of every token: lines of the text, counted from 0.
pub fn paragraphs(doc: &Doc) -> Vec<u32> {
    let mut out = Vec::with_capacity(doc.len());
    let (mut at, mut paragraph) = (0, 0u32);
    for token in doc.tokens() {
        let bytes = token.bytes();
        if doc.text()[at..bytes.start].contains('\n') {
            paragraph += 1;
        }
        out.push(paragraph);
        if token.text().contains('\n') {
            paragraph += 1;
        }
        at = bytes.end;
    }
    out
}

/// The base noun phrase that `head` heads: its determiner, modifiers and compounds up to the head itself.
pub fn base(head: Token<'_>) -> Range<usize> {
    let sentence = head.sentence();
    let mut start = head.i;
    for child in head.children() {
        if child.i >= head.i {
            break;
        }
        let within = matches!(
            child.dep(),
            "det"
                | "amod"
                | "compound"
                | "nmod"
                | "poss"
                | "nummod"
                | "quantmod"
                | "predet"
                | "case"
                | "npadvmod"
                | "advmod"
                | "preconj"
                | "neg"
                | "nounmod"
        );
        if within {
            start = start.min(child.subtree().start.max(sentence.start));
        }
    }
    start..head.i + 1
}

/// The token of `range` whose head lies outside it; the last one when none does.
pub fn head_of(doc: &Doc, range: Range<usize>) -> usize {
    range
        .clone()
        .rev()
        .filter(|&i| !doc.token(i).is_punct() && !doc.token(i).is_space())
        .find(|&i| {
            let head = doc.token(i).head().i;
            head == i || !range.contains(&head)
        })
        .unwrap_or(range.end.saturating_sub(1))
}

/// Whether the word starts with a capital letter.
pub fn is_capital(token: Token<'_>) -> bool {
    token.text().chars().next().is_some_and(char::is_uppercase)
}

/// Whether every letter is a capital and there are at least two: an acronym's look.
pub fn is_acronym(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (mut upper, mut lower) = (0, 0);
    for c in letters {
        if c.is_lowercase() {
            lower += 1;
        } else {
            upper += 1;
        }
    }
    upper >= 2 && lower == 0
}

/// Whether the line that holds token `i` is set in capitals, so that capitals mean nothing in it.
pub fn in_capitals(doc: &Doc, i: usize) -> bool {
    let sentence = doc.token(i).sentence();
    let mut words = doc.slice(sentence).chars().filter(|c| c.is_alphabetic());
    words.by_ref().take(400).all(|c| !c.is_lowercase())
}

/// The base noun phrase without determiner, numbers and possessive pronouns, as printed.
pub fn bare(doc: &Doc, range: Range<usize>) -> Range<usize> {
    let mut start = range.start;
    while start + 1 < range.end {
        let token = doc.token(start);
        // "13-year-old son": the number is part of a word.
        if token.pos() == Pos::Num && doc.token(start + 1).text() == "-" {
            break;
        }
        let skip = matches!(token.pos(), Pos::Det | Pos::Num | Pos::Punct | Pos::Space)
            || matches!(token.tag(), "PRP$" | "DT" | "PDT" | "CC" | "IN" | "RB")
            || matches!(token.dep(), "preconj" | "predet" | "quantmod")
            || matches!(
                token.lower(),
                "several"
                    | "many"
                    | "some"
                    | "other"
                    | "more"
                    | "least"
                    | "most"
                    | "multiple"
                    | "various"
                    | "few"
                    | "dozens"
                    | "another"
                    | "numerous"
                    | "at"
                    | "than"
                    | "own"
                    | "only"
            );
        if !skip {
            break;
        }
        start += 1;
    }
    start..range.end
}

/// The subject of a verb, also through an auxiliary's coordination ("A said X and warned Y").
pub fn subject(verb: Token<'_>) -> Option<Token<'_>> {
    let mut at = verb;
    for _ in 0..4 {
        if let Some(subject) = at.child_of(&["nsubj", "nsubjpass", "csubj"]) {
            return Some(subject);
        }
        if at.dep() != "conj" && at.dep() != "xcomp" {
            return None;
        }
        at = at.head();
    }
    None
}

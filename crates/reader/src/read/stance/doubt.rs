//! What is said to be unconfirmed, and how far back that reaches.
//!
//! "The figure could not be verified" names what it doubts. "…, though this has not been confirmed" doubts the clause
//! it hangs on: of several joined by "and" the last, because that is the nearest; if it hangs on a verb of saying, the
//! last clause that verb reports. A sentence of its own ("The claim could not be independently verified.") doubts the
//! sentence before.

use std::ops::Range;

use language::{Pos, Token};
use model::StanceKind;

use super::cue::{StanceCue, except, with_auxiliaries};
use crate::read::parties::phrase;

const VERIFYING: &[&str] = &[
    "confirm",
    "verify",
    "corroborate",
    "substantiate",
    "authenticate",
    "prove",
    "establish",
];
/// Subjects and objects that point back.
const BACK: &[&str] = &[
    "this",
    "that",
    "it",
    "which",
    "they",
    "these",
    "those",
    "information",
    "report",
    "claim",
    "figure",
    "toll",
    "number",
    "account",
    "statement",
    "detail",
    "allegation",
    "assertion",
    "news",
    "video",
    "footage",
    "authenticity",
    "identity",
];

/// Reads the cue of this verb or adjective, if any.
pub fn read(token: Token<'_>) -> Option<StanceCue> {
    if token.lower() == "unclear"
        || (token.lower() == "clear" && token.head().children().any(|c| c.dep() == "neg"))
    {
        return unclear(token);
    }
    if let Some(cue) = untrue(token) {
        return Some(cue);
    }
    if !VERIFYING.contains(&token.lemma()) || !matches!(token.pos(), Pos::Verb | Pos::Adj) {
        return None;
    }
    let passive = token.children().any(|c| c.dep() == "auxpass");
    let mut tokens = with_auxiliaries(token);
    let negated = token.children().any(|c| c.dep() == "neg");
    let mut up = token;
    let mut failing = negated;
    // "was unable to verify", "have yet to be confirmed", "could not independently confirm", "declined to confirm".
    for _ in 0..2 {
        if failing || !matches!(up.dep(), "xcomp" | "acl" | "relcl" | "advcl" | "ccomp") {
            break;
        }
        up = up.head();
        failing = matches!(up.lower(), "unable" | "yet" | "impossible")
            || matches!(up.lemma(), "fail" | "decline" | "refuse" | "remain")
            || up
                .children()
                .any(|c| matches!(c.lower(), "yet" | "not" | "unable") && c.i < token.i)
            || (up.lower() == "able" && up.head().children().any(|c| c.dep() == "neg"));
        if failing {
            tokens.start = tokens.start.min(up.i);
        }
    }
    if !failing {
        return None;
    }
    let named = if passive {
        token.child("nsubjpass").or_else(|| phrase::subject(up))
    } else {
        token.child_of(&["dobj", "ccomp"])
    };
    let scope = match named {
        Some(named) if points_back(named) => reach_back(token, up),
        Some(named) => vec![named.subtree()],
        None => reach_back(token, up),
    };
    Some(StanceCue {
        tokens,
        kind: StanceKind::Unconfirmed,
        scope,
    })
}

/// "Claims that … are false", "the report is not true": what is said so is denied.
fn untrue(token: Token<'_>) -> Option<StanceCue> {
    let up = token.head();
    let negated = up.children().any(|c| c.dep() == "neg");
    let denies = match token.lower() {
        "false" | "untrue" | "baseless" | "unfounded" | "fabricated" | "incorrect" | "wrong"
        | "lie" | "lies" | "fabrication" | "invention" | "nonsense" | "hoax" | "fiction"
        | "fake" => !negated,
        "true" | "correct" | "accurate" => negated,
        _ => false,
    };
    if !denies || !matches!(token.dep(), "acomp" | "attr" | "ROOT" | "conj") {
        return None;
    }
    let subject = up.child("nsubj")?;
    let said = BACK.contains(&subject.lemma())
        || subject.lemma() == "rumour"
        || subject.lemma() == "rumor";
    if !said {
        return None;
    }
    let scope = match subject.children().find(|c| {
        c.i > subject.i && (matches!(c.dep(), "acl" | "relcl" | "ccomp") || c.lower() == "of")
    }) {
        Some(clause) => vec![clause.subtree()],
        None => reach_back(up, up),
    };
    Some(StanceCue {
        tokens: up.i.min(token.i)..token.i + 1,
        kind: StanceKind::Denied,
        scope,
    })
}

/// "it is unclear whether", "it was not immediately clear how many".
fn unclear(token: Token<'_>) -> Option<StanceCue> {
    let clause = token.child_of(&["ccomp", "xcomp", "advcl"]).or_else(|| {
        token
            .head()
            .children()
            .find(|c| matches!(c.dep(), "ccomp" | "advcl" | "csubj") && c.i > token.i)
    })?;
    Some(StanceCue {
        tokens: token.i..token.i + 1,
        kind: StanceKind::Unconfirmed,
        scope: vec![clause.subtree()],
    })
}

fn points_back(named: Token<'_>) -> bool {
    let word = named.lemma().to_lowercase();
    let own = named
        .children()
        .any(|c| matches!(c.dep(), "acl" | "relcl") || (c.dep() == "prep" && c.lower() == "of"));
    (BACK.contains(&word.as_str()) || BACK.contains(&named.lower()))
        && (!own || named.pos() == Pos::Pron)
}

/// What a doubt without an object of its own doubts.
fn reach_back(verb: Token<'_>, up: Token<'_>) -> Vec<Range<usize>> {
    let doc = verb.doc();
    // The clause that doubts, and what it hangs on.
    let mut clause = if up.i == verb.i { verb } else { up };
    while matches!(clause.dep(), "xcomp" | "acomp") {
        clause = clause.head();
    }
    if matches!(
        clause.dep(),
        "advcl" | "conj" | "parataxis" | "relcl" | "ccomp" | "acl"
    ) && !clause.is_root()
    {
        let mut target = clause.head();
        // Hung on a noun: the clause of that noun.
        while !matches!(target.pos(), Pos::Verb | Pos::Aux) && !target.is_root() {
            target = target.head();
        }
        let conjunct = target.children().rfind(|c| {
            c.dep() == "conj" && c.i < clause.i && matches!(c.pos(), Pos::Verb | Pos::Aux)
        });
        if let Some(last) = conjunct {
            let mut reach = last.subtree();
            reach.end = reach.end.min(clause.subtree().start);
            return vec![reach];
        }
        // A verb of saying: the last clause it reports.
        if phrase::is_saying(target.lemma())
            && let Some(mut reported) = target
                .children()
                .rfind(|c| c.dep() == "ccomp" && c.i < clause.i)
        {
            while let Some(last) = reported
                .children()
                .rfind(|c| c.dep() == "conj" && c.i < clause.i && c.pos() == Pos::Verb)
            {
                reported = last;
            }
            return except(reported, clause);
        }
        return except(target, clause);
    }
    let here = verb.sentence_index();
    match here.checked_sub(1) {
        Some(before) => vec![doc.sentence(before)],
        None => Vec::new(),
    }
}

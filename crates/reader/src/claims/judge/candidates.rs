//! Candidates: every phrase of a report that may count people to whom something happened.
//!
//! Takes a text with its numbers and groups of people; gives every number that counts something, every vague quantity,
//! and every person or group that is named or described without a number. Knows no slot: what a candidate counts is the
//! judge's word.

use std::ops::Range;

use language::{Pos, Token};
use model::{Bound, Count};

use super::super::{
    passes::Passes,
    people::{self, Group},
};
use crate::read::quantities::QuantityKind;

/// Most candidates looked at in one report.
pub const MAX_CANDIDATES: usize = 600;

/// How a candidate is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A number or a vague quantity.
    Number,
    /// People or a person by a known noun or a name, without a number.
    Person,
    /// A noun phrase without a number of which no list says that it is people.
    Phrase,
}

/// One phrase that may count people.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its words: the number with its bound, or the phrase of the people.
    pub tokens: Range<usize>,
    /// The noun that it counts, or the last word of the number.
    pub head: usize,
    /// How it is worded.
    pub form: Form,
    /// How many.
    pub count: Count,
    /// The people, where their noun is known.
    pub group: Option<Group>,
}

/// All candidates of a report, in order of their words.
pub fn find(cx: &Passes<'_>) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    for quantity in &cx.read.quantities {
        if quantity.kind != QuantityKind::Cardinal {
            continue;
        }
        let last = quantity.tokens.end - 1;
        let head = quantity.noun.unwrap_or(last);
        let group = people::group_at(cx, cx.doc.token(head))
            .filter(|group| {
                group
                    .count
                    .as_ref()
                    .is_some_and(|count| *count == quantity.count)
            })
            .or_else(|| people::of_number(cx, cx.doc.token(last)));
        out.push(Candidate {
            tokens: quantity.tokens.clone(),
            head,
            form: Form::Number,
            count: quantity.count.clone(),
            group,
        });
    }
    let counted = |tokens: &Range<usize>| tokens.clone().any(|i| cx.quantity_holding(i).is_some());
    let mut unnumbered: Vec<Candidate> = Vec::new();
    for token in cx.doc.tokens() {
        if cx.quantity_of(token.i).is_some() || cx.quantity_holding(token.i).is_some() {
            continue;
        }
        if let Some(group) = cx.introduced_at(token.i) {
            if !counted(&group.tokens) {
                unnumbered.push(of_group(cx, token, group));
            }
        } else if let Some(candidate) = phrase(cx, token)
            && !counted(&candidate.tokens)
        {
            unnumbered.push(candidate);
        }
    }
    out.extend(unnumbered);
    out.sort_by_key(|one| (one.tokens.start, one.tokens.end, one.form));
    out.truncate(MAX_CANDIDATES);
    out
}

/// One person, or two and more of whom the words say no number.
fn bare(cx: &Passes<'_>, tokens: Range<usize>, one: bool) -> Count {
    let words = cx.doc.slice(tokens);
    if one {
        Count::said(1, Bound::Exact, words)
    } else {
        Count::range(2, None, Bound::Vague, words)
    }
}

fn of_group(cx: &Passes<'_>, token: Token<'_>, group: &Group) -> Candidate {
    let count = group
        .count
        .clone()
        .unwrap_or_else(|| bare(cx, group.tokens.clone(), group.individual));
    Candidate {
        tokens: group.tokens.clone(),
        head: token.i,
        form: Form::Person,
        count,
        group: Some(group.clone()),
    }
}

/// A noun phrase in a place where people may stand: an argument of a verb or preposition, of no known place, time or
/// measure.
fn phrase(cx: &Passes<'_>, token: Token<'_>) -> Option<Candidate> {
    let noun = matches!(token.pos(), Pos::Noun | Pos::Propn);
    let argument = matches!(
        token.dep(),
        "nsubj" | "nsubjpass" | "dobj" | "pobj" | "conj" | "appos" | "attr" | "ROOT"
    );
    if !noun || !argument || !token.text().chars().all(|c| c.is_alphabetic() || c == '-') {
        return None;
    }
    if matches!(
        token.entity_label(),
        "GPE" | "DATE" | "TIME" | "MONEY" | "PERCENT" | "LOC" | "FAC"
    ) {
        return None;
    }
    let tokens = people::phrase(token, None);
    let plural = matches!(token.tag(), "NNS" | "NNPS");
    Some(Candidate {
        count: bare(cx, tokens.clone(), !plural),
        tokens,
        head: token.i,
        form: Form::Phrase,
        group: None,
    })
}

/// Where a candidate stands: the bytes of its words, of the word that heads it, and its sentence.
pub fn place(cx: &Passes<'_>, one: &Candidate) -> (Range<usize>, Range<usize>, usize) {
    let words = cx.doc.bytes(one.tokens.clone());
    let head = cx.doc.bytes(one.head..one.head + 1);
    (words, head, cx.doc.token(one.tokens.start).sentence_index())
}

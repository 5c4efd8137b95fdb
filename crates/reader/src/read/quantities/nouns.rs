//! The noun a number counts, and the count a noun carries.

use std::ops::Range;

use language::{Doc, Pos, Token};
use model::{Bound, Count};

use super::{Quantity, QuantityKind, words::Words};
use crate::read::times::calendar;

/// Words a noun phrase may put between a number and its noun.
const WITHIN: usize = 9;

/// Returns the token of the noun that the number at words `core` counts, where `after` is the first word after the
/// expression; with it whether the number picks from a known group ("12 of them", "one of the guards").
pub fn noun(words: &Words, core: Range<usize>, after: usize) -> (Option<usize>, bool) {
    if words.lower(after) == "of" {
        return match phrase_head(words, after + 1) {
            Some(k) => {
                let definite = matches!(
                    words.lower(after + 1),
                    "the"
                        | "them"
                        | "us"
                        | "those"
                        | "these"
                        | "its"
                        | "their"
                        | "his"
                        | "her"
                        | "our"
                        | "whom"
                        | "which"
                );
                (Some(words.index(k)), definite)
            }
            None => (None, true),
        };
    }
    if let Some(head) = by_tree(words, core.clone()) {
        return (Some(head), false);
    }
    (phrase_head(words, after).map(|k| words.index(k)), false)
}

/// The head that the parse gives the number, if it is a noun shortly after it.
fn by_tree(words: &Words, core: Range<usize>) -> Option<usize> {
    let last = words.index(core.end - 1);
    core.rev().find_map(|k| {
        let token = words.token(k)?;
        if !matches!(
            token.dep(),
            "nummod" | "det" | "amod" | "compound" | "quantmod" | "nmod" | "advmod"
        ) {
            return None;
        }
        let head = token.head();
        let close = head.i > last && head.i <= last + WITHIN;
        let doc = words.doc();
        (close
            && (matches!(head.pos(), Pos::Noun | Pos::Propn) || person_adjective(head))
            && (last + 1..head.i).all(|i| {
                inside(doc.token(i))
                    || doc.token(i).is_space()
                    || matches!(doc.token(i).tag(), "," | "CC")
            }))
        .then_some(head.i)
    })
}

/// "the 23 dead", "12 wounded": adjectives and participles that stand for people.
fn person_adjective(token: Token) -> bool {
    matches!(token.pos(), Pos::Adj)
        && matches!(
            token.lower(),
            "dead" | "injured" | "wounded" | "missing" | "others" | "elderly" | "hurt"
        )
}

fn inside(token: Token) -> bool {
    // An editor's brackets: "29 [members] of [his] family".
    if matches!(token.text(), "[" | "]") {
        return true;
    }
    matches!(
        token.tag(),
        "JJ" | "JJR"
            | "JJS"
            | "VBN"
            | "VBG"
            | "NN"
            | "NNS"
            | "NNP"
            | "NNPS"
            | "HYPH"
            | "POS"
            | "CD"
            | "RB"
            | "``"
            | "''"
            | "DT"
            | "PRP$"
            | "AFX"
    )
}

/// The last noun of the phrase that starts at `k`, by the words alone.
fn phrase_head(words: &Words, k: usize) -> Option<usize> {
    let mut head = None;
    for at in k..k + WITHIN {
        let Some(token) = words.token(at) else { break };
        match token.tag() {
            "NN" | "NNS" | "NNP" | "NNPS" => {
                if calendar::weekday(token.lower()).is_some()
                    || calendar::month(token.lower()).is_some_and(|_| token.text() != token.lower())
                {
                    break;
                }
                head = Some(at);
            }
            "PRP" if at == k && matches!(token.lower(), "them" | "us" | "you") => return Some(at),
            "WP" | "WDT" if at == k => return Some(at),
            "JJ" if head.is_none() && matches!(token.lower(), "dead" | "others") => {
                head = Some(at);
            }
            _ if head.is_some() && !matches!(token.tag(), "HYPH" | "POS") => break,
            _ if token.text() == "]" => break,
            _ if inside(token) => {}
            // "35 identified civilians": a participle before its noun that the tagger takes for a verb.
            "VBD"
                if matches!(
                    token.lower(),
                    "identified"
                        | "unidentified"
                        | "named"
                        | "unnamed"
                        | "wounded"
                        | "injured"
                        | "displaced"
                        | "armed"
                        | "masked"
                        | "uniformed"
                ) && words
                    .token(at + 1)
                    .is_some_and(|next| matches!(next.tag(), "NNS" | "NN")) => {}
            _ => break,
        }
    }
    head
}

/// A phrase that says how many persons a noun stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonPhrase {
    /// Tokens from the number or determiner to the noun.
    pub tokens: Range<usize>,
    /// How many.
    pub count: Count,
    /// Whether it names somebody already known: "the man", "his son", "they".
    pub definite: bool,
    /// Whether it adds to people said before: "another man", "12 others".
    pub additional: bool,
    /// Age in years, where the phrase says it.
    pub age: Option<u32>,
}

/// Returns how many the noun at `noun` stands for: its number if it has one, else 1 for a singular ("a man", "the
/// officer", "his son", a name), 2 or more for a plural ("guards", "the children").
///
/// `quantities` are those of the same text, in order. `None` when the noun has a number that counts something else, or
/// the token is no noun or pronoun. Whether the noun is one for people is the caller's question. "She" is 1, "they" 2
/// or more.
pub fn person_phrase(doc: &Doc, quantities: &[Quantity], noun: usize) -> Option<PersonPhrase> {
    let token = doc.token(noun);
    let from = quantities.partition_point(|quantity| quantity.tokens.start <= noun);
    let own =
        quantities[..from].iter().rev().take(24).find(|quantity| {
            quantity.noun == Some(noun) && quantity.kind == QuantityKind::Cardinal
        });
    let age = quantities[..from]
        .iter()
        .rev()
        .take(24)
        .find(|quantity| quantity.noun == Some(noun) && quantity.age.is_some())
        .and_then(|quantity| quantity.age);
    if let Some(own) = own {
        return Some(PersonPhrase {
            tokens: own.tokens.start..own.tokens.end.max(noun + 1),
            count: own.count.clone(),
            definite: own.partitive
                || own.tokens.start > 0
                    && matches!(
                        doc.token(own.tokens.start - 1).lower(),
                        "the" | "these" | "those"
                    ),
            additional: own.additional,
            age: own.age.or(age),
        });
    }
    let left = token
        .children()
        .filter(|child| child.i < noun && matches!(child.dep(), "det" | "poss"))
        .map(|child| child.subtree().start)
        .min();
    let determiner = token
        .child_of(&["det", "poss"])
        .filter(|child| child.i < noun);
    let word = determiner.map_or("", |child| child.lower());
    let tokens = left.unwrap_or(noun)..noun + 1;
    let plural = match token.tag() {
        "NNS" | "NNPS" => true,
        "NN" | "NNP" => token.lower() == "people",
        "PRP" => match token.lower() {
            "he" | "she" | "him" | "her" | "i" | "me" => false,
            "they" | "them" | "we" | "us" => true,
            _ => return None,
        },
        _ => return None,
    };
    let words = doc.slice(tokens.clone()).to_owned();
    let count = if matches!(word, "no" | "neither") {
        Count::said(0, Bound::Exact, words)
    } else if plural || matches!(word, "each" | "every") {
        Count::range(2, None, Bound::Vague, words)
    } else {
        Count::said(1, Bound::Exact, words)
    };
    Some(PersonPhrase {
        tokens,
        count,
        definite: !word.is_empty()
            && !matches!(word, "a" | "an" | "another" | "no" | "one" | "some")
            || token.tag() == "PRP"
            || (word.is_empty() && !plural),
        additional: word == "another",
        age,
    })
}

//! Acronyms: joined to the long form that the text gives them, or to a body that they spell.

use std::{collections::BTreeMap, ops::Range};

use language::Token;
use model::PartyKind;

use crate::read::parties::{
    acronyms::{self, Acronym},
    build::{Builder, Draft},
    lexicon::{Class, lexicon},
    person_words::singular,
    phrase,
};

/// Joins each acronym with its long form, making a party of the long form if none is there.
pub(super) fn define(b: &mut Builder<'_>, defined: &[Acronym]) {
    let mut short: BTreeMap<String, usize> = BTreeMap::new();
    for acronym in defined {
        let long = b.doc.tokens_in(acronym.long.clone());
        let at = b.doc.tokens_in(acronym.at.clone());
        if long.is_empty() || at.is_empty() {
            continue;
        }
        let name = b.doc.text()[acronym.long.clone()].replace('\u{a0}', " ");
        let last = long.end - 1;
        let existing = long.clone().rev().find_map(|i| b.party_at(i));
        let whole = existing.filter(|_| b.party_at(last) == existing);
        // A country, a drug, a unit: an acronym of anything but a body names no party.
        let body = whole.is_some() || looks_like_body(b, long.clone());
        if !body {
            continue;
        }
        let party = match whole {
            Some(party) => party,
            None => b.party(&name, || {
                Draft::new(name.clone(), PartyKind::Unknown, Class::Body)
            }),
        };
        if whole.is_none() && b.free(long.clone()) {
            b.named_mention(long, party);
        }
        b.also(&acronym.short, party);
        b.drafts[party].aliases.insert(acronym.short.clone());
        if b.free(at.clone()) {
            b.mention(at, party);
        }
        short.entry(acronym.short.clone()).or_insert(party);
    }
    // Every other use is the same body.
    for i in 0..b.doc.len() {
        if b.taken[i] == 0
            && let Some(&party) = short.get(word_of(b.doc.token(i)))
        {
            b.mention(i..i + 1, party);
        }
    }
}

/// The token without the brackets and hyphens the tokenizer may leave on it.
fn word_of(token: Token<'_>) -> &str {
    token.text().trim_matches(|c: char| !c.is_alphanumeric())
}

fn looks_like_body(b: &Builder<'_>, range: Range<usize>) -> bool {
    let doc = b.doc;
    let org = range
        .clone()
        .any(|i| matches!(doc.token(i).entity_label(), "ORG" | "NORP"));
    let noun = range.clone().any(|i| {
        let lower = doc.token(i).lower();
        lexicon()
            .noun(lower)
            .or_else(|| singular(lower).and_then(|one| lexicon().noun(&one)))
            .is_some_and(|noun| noun.class != Class::Person)
    });
    (org || noun) && !range.clone().all(|i| b.in_place[i])
}

/// Acronyms used without being defined, that spell a body named elsewhere in the text ("Middle Lake Eye … MLE").
pub(super) fn undefined_acronyms(b: &mut Builder<'_>) {
    // Bounded, so that a text of nothing but names stays linear.
    const MOST: usize = 2_000;
    let mut known: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for i in 0..b.doc.len() {
        let token = b.doc.token(i);
        let word = word_of(token);
        if b.taken[i] != 0
            || !phrase::is_acronym(word)
            || word.len() > 8
            || phrase::in_capitals(b.doc, i)
        {
            continue;
        }
        if !known.contains_key(word) {
            if known.len() > MOST {
                break;
            }
            let found = b.drafts.iter().take(MOST).position(|draft| {
                draft.named
                    && (acronyms::initials_spell(&draft.name, word) || draft.aliases.contains(word))
            });
            known.insert(word.to_owned(), found);
        }
        if let Some(party) = known[word] {
            b.named_mention(i..i + 1, party);
        }
    }
}

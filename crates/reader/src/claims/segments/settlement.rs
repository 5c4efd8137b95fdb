//! Round-ups of a war: one sentence or paragraph a village.
//!
//! Comes in: a sentence. Goes out: the name of the settlement that its violence befell, known to a list of places or
//! not: what stands behind "in" at its head, behind a strike "on", or before the colon of an item. Streets are told
//! apart elsewhere ([`super::boundary`]).

use std::ops::Range;

use language::{Pos, Token};
use model::{PartyKind, PlacePrecision};

use super::super::{event_kinds, place::violence::Placed};
use crate::learned::hash;

/// Tokens at the head of a sentence among which "In X" stands first.
const HEAD: usize = 6;
/// Words of kinds of settlement: "the village of X".
const SETTLEMENTS: &[&str] = &[
    "village",
    "town",
    "hamlet",
    "settlement",
    "villages",
    "towns",
];

/// The settlement that the violence of a sentence befell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// Tokens of its name.
    pub tokens: Range<usize>,
    /// The name as a key.
    pub key: u64,
}

/// The settlement of a sentence.
pub fn of(cx: &Placed<'_>, sentence: &Range<usize>) -> Option<Settlement> {
    let head = item_head(cx, sentence);
    let mut found = head.into_iter().chain(sentence.clone().filter(|&i| {
        let token = cx.doc.token(i);
        matches!(token.lower(), "in" | "on" | "of" | "at" | "near") && token.pos() == Pos::Adp
    }));
    found.find_map(|at| {
        let name = match head {
            Some(head) if head == at => cx.doc.token(at),
            _ => {
                let preposition = cx.doc.token(at);
                let object = preposition.child("pobj")?;
                let name = settlement(object)?;
                if !strikes(preposition, object, sentence) {
                    return None;
                }
                name
            }
        };
        let tokens = name_tokens(name, sentence);
        let named = !tokens.is_empty() && !is_other(cx, &tokens);
        named.then(|| Settlement {
            key: hash(&cx.doc.slice(tokens.clone()).to_lowercase()),
            tokens,
        })
    })
}

/// The last word of the name before the colon of an item: "Maly Brod: a drone …".
fn item_head(cx: &Placed<'_>, sentence: &Range<usize>) -> Option<usize> {
    let colon = sentence
        .clone()
        .take(5)
        .find(|&i| cx.doc.token(i).text() == ":")?;
    let mut words = sentence
        .clone()
        .take_while(|&i| i < colon)
        .filter(|&i| !cx.doc.token(i).is_space() && !cx.doc.token(i).is_punct());
    let all = words.clone().all(|i| {
        let token = cx.doc.token(i);
        token.pos() == Pos::Propn
    });
    words.next().filter(|_| all).map(|_| colon - 1)
}

/// Whether a preposition says where violence was: it hangs on a word for it ("a strike on", "shelling of", "killed
/// in"), or stands at the head of the sentence ("In X, …").
fn strikes(preposition: Token<'_>, object: Token<'_>, sentence: &Range<usize>) -> bool {
    let word = preposition.lower();
    let over = preposition.head();
    let violent = event_kinds::kind_of(over).is_some_and(|(_, rank)| rank > 0)
        || matches!(
            over.lemma(),
            "fire" | "bomb" | "mine" | "hit" | "house" | "home"
        ) && over.pos() != Pos::Propn;
    let fronted = word == "in" && preposition.i < sentence.start + HEAD && object.i < over.i;
    match word {
        // "The killing of Oran Belk", "the shelling of Kelmoor".
        "of" => matches!(
            over.lower(),
            "shelling" | "bombardment" | "bombing" | "siege"
        ),
        "on" => violent && over.pos() != Pos::Verb,
        _ => violent || fronted,
    }
}

/// The name of a settlement: the object itself, or what "the village of" is followed by.
fn settlement(object: Token<'_>) -> Option<Token<'_>> {
    if object.pos() == Pos::Propn {
        return Some(object);
    }
    if !SETTLEMENTS.contains(&object.lower()) {
        return None;
    }
    let of = object.children().find(|child| child.lower() == "of");
    of.and_then(|of| of.child("pobj"))
        .filter(|name| name.pos() == Pos::Propn)
        .or_else(|| {
            object
                .children()
                .find(|child| child.dep() == "compound" && child.pos() == Pos::Propn)
        })
}

/// A name with the names before it that belong to it.
fn name_tokens(name: Token<'_>, sentence: &Range<usize>) -> Range<usize> {
    let mut start = name.i;
    while start > sentence.start
        && name.i - start < 4
        && name.doc().token(start - 1).pos() == Pos::Propn
    {
        start -= 1;
    }
    start..name.i + 1
}

/// Whether a name is that of a person, a body, a country or province, or a time.
fn is_other(cx: &Placed<'_>, tokens: &Range<usize>) -> bool {
    let known = place_at(cx, tokens).map(|at| &cx.read.places[at]);
    if let Some(known) = known {
        return !matches!(
            known.place.precision,
            PlacePrecision::City | PlacePrecision::Unresolved | PlacePrecision::Neighbourhood
        );
    }
    let first = cx.doc.token(tokens.start);
    let label = cx.doc.token(tokens.end - 1).entity_label();
    matches!(label, "DATE" | "TIME" | "NORP" | "LAW" | "LANGUAGE")
        || cx.party_at(tokens.end - 1).is_some_and(|info| {
            // The recogniser takes villages for persons and bodies.
            !matches!(info.party.kind, PartyKind::Person | PartyKind::Unknown)
        })
        || !first.text().starts_with(char::is_uppercase)
        || cx
            .times_in_sentence(tokens.start)
            .any(|time| time.tokens.start < tokens.end && tokens.start < time.tokens.end)
}

/// Whether a sentence names several settlements by number: "in six villages".
pub fn several(cx: &Placed<'_>, sentence: &Range<usize>) -> bool {
    sentence.clone().any(|i| {
        let token = cx.doc.token(i);
        matches!(
            token.lower(),
            "villages" | "towns" | "settlements" | "hamlets"
        ) && token.children().any(|child| {
            child.dep() == "nummod" || matches!(child.lower(), "several" | "various" | "many")
        })
    })
}

/// The place among those of the text that stands at a name, if there is one; places are in order and never overlap.
pub fn place_at(cx: &Placed<'_>, tokens: &Range<usize>) -> Option<usize> {
    let places = &cx.read.places;
    let at = places.partition_point(|place| place.tokens.end <= tokens.start);
    places
        .get(at)
        .is_some_and(|place| place.tokens.start < tokens.end)
        .then_some(at)
}

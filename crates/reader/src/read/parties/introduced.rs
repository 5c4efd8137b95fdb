//! Bodies whose name says nothing of what they are, where a noun beside it does: "a gang called the Herons", "the
//! so-called Reed Brothers", "the Herons, an armed group that".

use std::ops::Range;

use language::{Pos, Token};
use model::PartyKind;

use super::{
    build::{Builder, Draft},
    lexicon::{Class, Noun, lexicon},
    person_words::singular,
    phrase,
};

/// Nouns of bodies that are introduced by name.
const GROUPS: &[&str] = &[
    "group",
    "organisation",
    "organization",
    "movement",
    "network",
    "faction",
    "gang",
    "cartel",
    "militia",
    "cell",
    "wing",
    "band",
    "unit",
    "brigade",
    "squad",
    "coalition",
    "alliance",
    "outfit",
    "force",
    "army",
    "party",
];

/// No name of several words is longer.
const LONGEST: usize = 6;

/// Finds them.
pub fn find(b: &mut Builder<'_>) {
    for i in 0..b.doc.len() {
        let token = b.doc.token(i);
        if !GROUPS.contains(&token.lower()) && !GROUPS.contains(&token.lemma()) {
            continue;
        }
        let Some(meaning) = meaning(b, token) else {
            continue;
        };
        if let Some(name) = called(b, token)
            .or_else(|| described(b, token))
            .or_else(|| titled(b, token))
        {
            take(b, name, token, meaning);
        }
    }
    for i in 0..b.doc.len() {
        if is_so_called(b, i)
            && let Some(name) = name_from(b, i)
            && (name.len() > 1 || b.doc.token(name.start).tag() == "NNPS")
        {
            let last = b.doc.token(name.end - 1);
            let meaning = Noun {
                kind: PartyKind::Unknown,
                class: Class::Body,
            };
            take(b, name, last, meaning);
        }
    }
}

/// What the noun says, with the word before it: "armed group".
fn meaning(b: &Builder<'_>, noun: Token<'_>) -> Option<Noun> {
    let lower = noun.lower();
    let one = singular(lower);
    let found = lexicon()
        .noun(lower)
        .or_else(|| one.as_deref().and_then(|one| lexicon().noun(one)))
        .filter(|noun| matches!(noun.class, Class::Body | Class::Force))
        .unwrap_or(Noun {
            kind: PartyKind::Unknown,
            class: Class::Body,
        });
    let told = phrase::base(noun)
        .rev()
        .skip(1)
        .find_map(|i| lexicon().modifier(b.doc.token(i).lower()));
    let kind = told
        .filter(|_| found.kind == PartyKind::Unknown)
        .unwrap_or(found.kind);
    let class = match kind {
        PartyKind::ArmedGroup => Class::Force,
        _ => found.class,
    };
    Some(Noun { kind, class })
}

/// "a group called the Herons", "a gang known as the Herons", "a group calling itself Reed Brothers".
fn called(b: &Builder<'_>, noun: Token<'_>) -> Option<Range<usize>> {
    let doc = b.doc;
    let end = noun.sentence().end;
    let mut at = noun.i + 1;
    // "a group, called the Herons".
    if at < end && doc.token(at).text() == "," {
        at += 1;
    }
    let verb = (at < end).then(|| doc.token(at))?;
    at += 1;
    let word = |at: usize| if at < end { doc.token(at).lower() } else { "" };
    match verb.lower() {
        "called" | "named" | "dubbed" => {}
        "known" if word(at) == "as" => at += 1,
        "calling" | "styling" | "naming" if matches!(word(at), "itself" | "themselves") => at += 1,
        _ => return None,
    }
    name_from(b, at)
}

/// "the extremist group Jund al-Barr said": the name right behind the noun, whatever the recogniser takes it for.
fn titled(b: &Builder<'_>, noun: Token<'_>) -> Option<Range<usize>> {
    let next = noun.i + 1;
    let named = noun.text().starts_with(char::is_lowercase)
        && next < noun.sentence().end
        && phrase::is_capital(b.doc.token(next))
        && b.doc.token(next).pos() == Pos::Propn;
    let name = named.then(|| capitals(b, next)).flatten()?;
    let place = name.clone().all(|i| b.in_place[i]);
    (b.free(name.clone()) && !place && !phrase::in_capitals(b.doc, name.start)).then_some(name)
}

/// "the Herons, an armed group that": the noun stands in apposition to a name that nothing else has claimed.
fn described(b: &Builder<'_>, noun: Token<'_>) -> Option<Range<usize>> {
    let doc = b.doc;
    let up = noun.head();
    let mut start = phrase::base(noun).start;
    if noun.dep() != "appos" || up.pos() != Pos::Propn || up.i > start {
        return None;
    }
    while start > up.i && (doc.token(start - 1).is_punct() || doc.token(start - 1).is_space()) {
        start -= 1;
    }
    let name = phrase::base(up);
    let first = name.clone().find(|&i| phrase::is_capital(doc.token(i)))?;
    (start == up.i + 1 && free(b, first..up.i + 1)).then_some(first..up.i + 1)
}

/// "so-called", "self-styled", "self-proclaimed" right before `i`.
fn is_so_called(b: &Builder<'_>, i: usize) -> bool {
    let doc = b.doc;
    if i < 3 || !(phrase::is_capital(doc.token(i)) || doc.token(i).is_punct()) {
        return false;
    }
    let last = doc.token(i - 1).lower();
    let first = doc.token(i - 3).lower();
    (last == "called" && first == "so")
        || (matches!(last, "styled" | "proclaimed" | "declared" | "described") && first == "self")
}

/// The capitalised words from `at` on, an article and quotation marks before them left out.
fn name_from(b: &Builder<'_>, at: usize) -> Option<Range<usize>> {
    let doc = b.doc;
    let mut start = at;
    let end = doc.token(at.min(doc.len().checked_sub(1)?)).sentence().end;
    while start < end
        && start < at + 3
        && (matches!(doc.token(start).lower(), "the" | "“" | "\"" | "‘" | "'"))
    {
        start += 1;
    }
    capitals(b, start).filter(|name| free(b, name.clone()))
}

/// The capitalised words from `start` on, with the small words within a name ("of", "al-").
fn capitals(b: &Builder<'_>, start: usize) -> Option<Range<usize>> {
    let doc = b.doc;
    let end = doc
        .token(start.min(doc.len().checked_sub(1)?))
        .sentence()
        .end;
    let mut stop = start;
    while stop < end && stop < start + LONGEST {
        let token = doc.token(stop);
        let capital = |at: usize| at < end && phrase::is_capital(doc.token(at));
        let small = matches!(token.lower(), "of" | "for" | "and" | "-") && capital(stop + 1)
            || matches!(token.lower(), "al" | "el" | "ul" | "the" | "for" | "of")
                && stop > start
                && capital(stop + 2)
                && matches!(doc.token(stop + 1).lower(), "-" | "the");
        if !phrase::is_capital(token) && !small {
            break;
        }
        stop += 1;
    }
    (start < stop).then_some(start..stop)
}

/// Whether nothing has claimed the words, and they are no place.
fn free(b: &Builder<'_>, range: Range<usize>) -> bool {
    let person = range.len() > 1
        && range
            .clone()
            .any(|i| b.doc.token(i).entity_label() == "PERSON");
    let place = range.clone().all(|i| b.in_place[i]);
    b.free(range.clone()) && !place && !person && !phrase::in_capitals(b.doc, range.start)
}

fn take(b: &mut Builder<'_>, name: Range<usize>, noun: Token<'_>, meaning: Noun) {
    let words = b.doc.slice(name.clone()).replace(['\u{a0}', '\n'], " ");
    let party = b.party(&words, || {
        let mut draft = Draft::new(words.clone(), meaning.kind, meaning.class);
        if noun.pos() == Pos::Noun {
            draft.noun = noun.lemma().to_lowercase();
        }
        draft
    });
    b.named_mention(name, party);
}

//! Which names of persons are one person's: "Ana Lena Orlova", "Ana Orlova", "A. Orlova", and "Orlova" alone.
//!
//! Two full names are one when last and first name agree and nothing between or behind them says otherwise: a middle
//! name may be missing or be its initial, and "Jr." is missing at times; "Jr." and "Sr." are two. A last name alone is
//! the one who bears it; where several do, it is who is named in full most often, but one who speaks is the one last
//! named before; "Mrs." and "Mr." choose among them.

use std::{collections::BTreeMap, ops::Range};

use language::{Doc, Pos, Token};
use model::PartyKind;

use super::{
    build::Builder,
    genders,
    lexicon::Class,
    person_words::{self, is_name_word, is_role, is_title},
    phrase,
};

/// A person's full name, its parts in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Parts {
    first: String,
    middle: Vec<String>,
    last: String,
    /// "jr", "sr", "iii".
    suffix: Option<String>,
}

/// Words behind a name that tell father from son.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

impl Parts {
    /// The parts of a name of two words or more, names in quotation marks left out.
    fn of(name: &str) -> Option<Self> {
        let mut words: Vec<String> = name
            .split_whitespace()
            .filter(|word| !word.starts_with(['“', '"', '\'', '‘', '(']))
            .map(|word| {
                let word = word
                    .strip_suffix("'s")
                    .or(word.strip_suffix("’s"))
                    .unwrap_or(word);
                word.trim_end_matches(['.', ',', '\'', '’', '"', '”'])
                    .to_lowercase()
            })
            .filter(|word| !word.is_empty())
            .collect();
        let suffix = words
            .pop_if(|last| SUFFIXES.contains(&last.as_str()))
            .filter(|_| !words.is_empty());
        let last = words.pop()?;
        let mut rest = words.into_iter();
        let first = rest.next()?;
        Some(Self {
            first,
            middle: rest.collect(),
            last,
            suffix,
        })
    }

    /// Whether both may be the name of one person.
    fn agrees(&self, other: &Self) -> bool {
        let suffix = match (&self.suffix, &other.suffix) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        let middle = self.middle.is_empty()
            || other.middle.is_empty()
            || self
                .middle
                .iter()
                .zip(&other.middle)
                .all(|(a, b)| short_of(a, b));
        self.last == other.last && short_of(&self.first, &other.first) && suffix && middle
    }
}

/// Whether the words are equal, or one is the other's initial.
fn short_of(a: &str, b: &str) -> bool {
    a == b
        || (a.chars().count() == 1 && b.starts_with(a))
        || (b.chars().count() == 1 && a.starts_with(b))
}

/// Bearers of one last name that are told apart; the names of a text need few.
const MOST: usize = 40;

/// The bearers of each last name, one draft a person.
#[derive(Default)]
struct Bearers {
    by_last: BTreeMap<String, Vec<(Parts, usize)>>,
}

impl Bearers {
    /// The person of this name if one is known, else the draft itself as a new one.
    fn enlist(&mut self, parts: Parts, draft: usize) -> usize {
        let list = self.by_last.entry(parts.last.clone()).or_default();
        if let Some((known, person)) = list.iter_mut().find(|(known, _)| known.agrees(&parts)) {
            // The fuller name is the better one to compare with.
            let fuller = |p: &Parts| (p.first.len() > 1, p.middle.len(), p.suffix.is_some());
            if fuller(&parts) > fuller(known) {
                *known = parts;
            }
            return *person;
        }
        if list.len() < MOST {
            list.push((parts, draft));
        }
        draft
    }

    fn of(&self, last: &str) -> &[(Parts, usize)] {
        self.by_last.get(last).map_or(&[], Vec::as_slice)
    }
}

/// Joins the names of each person.
pub fn run(b: &mut Builder<'_>) {
    misnamed(b);
    genders::learn(b);
    let mut bearers = Bearers::default();
    let mut same: Vec<usize> = (0..b.drafts.len()).collect();
    for (party, draft) in b.drafts.iter().enumerate() {
        if draft.kind == PartyKind::Person
            && draft.named
            && let Some(parts) = Parts::of(&draft.name)
        {
            same[party] = bearers.enlist(parts, party);
        }
    }
    for (party, &person) in same.iter().enumerate() {
        join(b, party, person);
    }
    for mention in &mut b.mentions {
        mention.party = same[mention.party];
    }
    let known = Known::of(b, bearers);
    mistaken(b, &known);
    missed(b, &known);
    genders::learn(b);
}

/// Who bears which name, where each is named in full, and who is a man or a woman.
struct Known {
    bearers: Bearers,
    /// First tokens of each person's full name, in order of the text.
    full: BTreeMap<usize, Vec<usize>>,
    /// Of each party.
    female: Vec<Option<bool>>,
}

impl Known {
    fn of(b: &Builder<'_>, bearers: Bearers) -> Self {
        let mut full: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for mention in &b.mentions {
            let draft = &b.drafts[mention.party];
            if draft.kind == PartyKind::Person && mention.tokens.len() > 1 {
                full.entry(mention.party)
                    .or_default()
                    .push(mention.tokens.start);
            }
        }
        full.values_mut().for_each(|list| list.sort_unstable());
        Self {
            bearers,
            full,
            female: b
                .drafts
                .iter()
                .map(|draft| draft.female.or_else(|| genders::likely(&draft.name)))
                .collect(),
        }
    }

    /// Whom a last name alone at token `at` means.
    fn who(&self, doc: &Doc, last: &str, at: usize) -> Option<usize> {
        // "Mrs. Brand" is no man who bears the name.
        let said = person_words::title_gender(doc, at);
        let agrees = |person: &usize| {
            said.is_none() || self.female[*person].is_none_or(|female| Some(female) == said)
        };
        let several = match self.bearers.of(last) {
            [] => return None,
            [(_, only)] => return Some(*only).filter(agrees),
            several => several.iter().map(|(_, person)| *person).filter(agrees),
        };
        let token = doc.token(at);
        let speaks = token.dep() == "nsubj" && phrase::is_saying(token.head().lemma());
        several.max_by_key(|person| {
            let list = self.full.get(person).map_or(&[][..], Vec::as_slice);
            let before = list.partition_point(|&start| start < at);
            let latest = before.checked_sub(1).map_or(-1, |last| list[last] as i64);
            let first = -(list.first().map_or(i64::MAX, |&start| start as i64));
            if speaks {
                (latest, first)
            } else {
                (list.len() as i64, first)
            }
        })
    }
}

/// Joins mentions by the last name alone that were taken for somebody else's whole name.
fn mistaken(b: &mut Builder<'_>, known: &Known) {
    let mut lone: Vec<(usize, usize)> = Vec::new();
    for (index, mention) in b.mentions.iter().enumerate() {
        let draft = &b.drafts[mention.party];
        let person = matches!(draft.kind, PartyKind::Person | PartyKind::Unknown);
        if person && draft.named && Parts::of(&draft.name).is_none() {
            let last = last_name(&draft.name);
            if let Some(person) = known.who(b.doc, &last, mention.tokens.start) {
                lone.push((index, person));
            }
        }
    }
    for (index, person) in lone {
        join(b, b.mentions[index].party, person);
        b.mentions[index].party = person;
    }
}

/// Adds the mentions by name that the recogniser has missed.
fn missed(b: &mut Builder<'_>, known: &Known) {
    for i in 0..b.doc.len() {
        let token = b.doc.token(i);
        if b.taken[i] != 0 || !is_name_word(token) || phrase::in_capitals(b.doc, i) {
            continue;
        }
        let last = last_name(token.text());
        if known.bearers.of(&last).is_empty() {
            continue;
        }
        if let Some((tokens, person)) = again(b, &known.bearers, &last, i) {
            b.mention(tokens, person);
        } else if let Some(person) = known.who(b.doc, &last, i)
            && stands_alone(b, token)
        {
            b.mention(i..i + 1, person);
        }
    }
}

/// A full name that is known, where the recogniser has missed it: the words that end in the last name at `i`.
fn again(
    b: &Builder<'_>,
    bearers: &Bearers,
    last: &str,
    i: usize,
) -> Option<(Range<usize>, usize)> {
    let doc = b.doc;
    let from = doc.token(i).sentence().start;
    let end = match doc.token(i).next() {
        Some(next) if SUFFIXES.contains(&next.lower().trim_end_matches('.')) => next.i + 1,
        _ => i + 1,
    };
    let mut start = i;
    let mut found = None;
    while start > from
        && i - start < 3
        && b.taken[start - 1] == 0
        && is_name_word(doc.token(start - 1))
        && !is_title(doc.token(start - 1))
    {
        start -= 1;
        let parts = Parts::of(doc.slice(start..end))?;
        let known = bearers.of(last).iter().find(|(known, _)| {
            known.agrees(&parts)
                && known.first.chars().count() > 1
                && parts.first.chars().count() > 1
        });
        found = known.map(|(_, person)| (start..end, *person)).or(found);
    }
    found
}

/// Takes what the recogniser has for an organisation as a person, where the text goes on to call it by its last word
/// alone, as only persons are: "Ana Orlova was hurt … Orlova had gone".
fn misnamed(b: &mut Builder<'_>) {
    let doc = b.doc;
    let mut alone: BTreeMap<&str, usize> = BTreeMap::new();
    for token in doc.tokens() {
        let acts = matches!(token.dep(), "nsubj" | "nsubjpass" | "poss" | "dobj");
        let bare = token.previous().is_none_or(|before| {
            before.lower() != "the" && !(before.dep() == "compound" && before.head().i == token.i)
        });
        if b.taken[token.i] == 0 && acts && bare && token.pos() == Pos::Propn {
            *alone.entry(token.text()).or_default() += 1;
        }
    }
    for draft in &mut b.drafts {
        let words: Vec<&str> = draft.name.split(' ').collect();
        let plain = |word: &&str| {
            let word = word.trim_matches(['“', '”', '"', '‘']);
            word.chars().next().is_some_and(char::is_uppercase)
                && word
                    .chars()
                    .all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '’' | '\''))
                && !phrase::is_acronym(word)
        };
        if draft.kind == PartyKind::Unknown
            && draft.named
            && draft.noun.is_empty()
            && (2..=4).contains(&words.len())
            && words.iter().all(plain)
            && words.last().is_some_and(|last| alone.contains_key(last))
        {
            draft.kind = PartyKind::Person;
            draft.class = Class::Person;
        }
    }
}

/// A last name as the bearers are kept.
fn last_name(word: &str) -> String {
    let word = word
        .strip_suffix("'s")
        .or(word.strip_suffix("’s"))
        .unwrap_or(word);
    word.trim_end_matches(['\'', '’']).to_lowercase()
}

/// Gives a person what is known under one of its names.
fn join(b: &mut Builder<'_>, party: usize, person: usize) {
    if party == person {
        return;
    }
    let from = b.drafts[party].clone();
    let to = &mut b.drafts[person];
    to.affiliation = to.affiliation.or(from.affiliation);
    if to.role.is_none() {
        to.role = from.role;
    }
    to.female = to.female.or(from.female);
    // The fullest name is the one to show.
    let full = |name: &str| Parts::of(name).map(|p| (p.first.len() > 1, p.middle.len()));
    if full(&from.name) > full(&to.name) {
        let short = std::mem::replace(&mut to.name, from.name);
        to.aliases.insert(short);
    } else if from.name.contains(' ') && from.name != to.name {
        to.aliases.insert(from.name);
    }
}

/// Whether the last name stands by itself: no part of a longer name of someone else, and not where something is.
fn stands_alone(b: &Builder<'_>, token: Token<'_>) -> bool {
    let longer = token.previous().is_some_and(|t| {
        t.pos() == Pos::Propn
            && is_name_word(t)
            && t.dep() == "compound"
            && !is_title(t)
            && !is_role(t)
    });
    let somewhere = b.in_place[token.i]
        && token.dep() == "pobj"
        && matches!(
            token.head().lower(),
            "in" | "near" | "at" | "outside" | "around" | "across"
        );
    !(longer || somewhere)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, one: bool) {
        let (a, b) = (Parts::of(a).unwrap(), Parts::of(b).unwrap());
        assert_eq!(a.agrees(&b), one, "{a:?} {b:?}");
        assert_eq!(b.agrees(&a), one, "{a:?} {b:?}");
    }

    #[test]
    fn full_names_that_are_one() {
        check("Teo Arno Brand", "Teo Brand", true);
        check("Teo A. Brand", "Teo Arno Brand", true);
        check("T. Brand", "Teo Brand", true);
        check("Teo Brand Jr.", "Teo Brand", true);
        check("Teo “Bo” Brand", "Teo Brand's", true);
        check("Teo Brand Jr.", "Teo Brand Sr.", false);
        check("Teo Brand", "Ida Brand", false);
        check("Teo Arno Brand", "Teo Luk Brand", false);
        check("Teo Brand", "Teo Vell", false);
        assert_eq!(Parts::of("Brand"), None);
        assert_eq!(Parts::of("Brand Jr."), None);
    }
}

//! Persons: names with titles, roles and the body they speak for.
//!
//! "VDF spokesperson Ana Orlova", "Ana Orlova, the ministry's head of press,", "a spokeswoman for the Front, Ana
//! Orlova,", "Ana Orlova of Lake Relief". The recogniser's persons are taken with evidence; a name it calls a person
//! that is a place stays a place.

mod around;
mod candidates;

use std::ops::Range;

use language::Pos;
use model::PartyKind;

use self::{
    around::{Around, before, body_after, role_in_apposition},
    candidates::{DONE_TO_PERSONS, candidates},
};
use super::{
    build::{Builder, Draft},
    lexicon::{Class, lexicon},
    namesakes,
    person_words::{is_role, is_title, title_gender},
    phrase,
};

/// Last words of names of places.
const STREETS: &[&str] = &[
    "street",
    "lane",
    "road",
    "avenue",
    "boulevard",
    "square",
    "bridge",
    "river",
    "park",
    "island",
    "mount",
    "hill",
    "bay",
    "lake",
    "valley",
    "beach",
    "airport",
    "station",
    "prison",
    "school",
    "university",
    "college",
    "hospital",
    "city",
    "county",
    "district",
    "province",
    "village",
    "camp",
    "drive",
    "plaza",
    "tower",
    "service",
];

/// Finds the persons with a name.
pub fn find(b: &mut Builder<'_>) {
    for range in candidates(b) {
        take(b, range);
    }
    namesakes::run(b);
}

/// Records a person's name with what stands around it.
fn take(b: &mut Builder<'_>, range: Range<usize>) {
    let doc = b.doc;
    let name = doc.slice(range.clone()).replace('\u{a0}', " ");
    let before = before(b, range.clone());
    let after = role_in_apposition(b, range.clone());
    if !is_person(b, &range, &name, &before, after.as_ref()) {
        return;
    }
    let party = b.party(&name, || {
        Draft::new(name.clone(), PartyKind::Person, Class::Person)
    });
    let draft = &mut b.drafts[party];
    if draft.kind != PartyKind::Person {
        return;
    }
    let female = title_gender(doc, range.start);
    draft.female = draft.female.or(female).or(before.female);
    let around: Vec<Range<usize>> = [
        before.tokens.clone(),
        after.as_ref().and_then(|found| found.tokens.clone()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut affiliation = before.body;
    let mut role = before.role;
    if let Some(found) = after {
        affiliation = affiliation.or(found.body);
        role = role.or(found.role);
        b.drafts[party].female = b.drafts[party].female.or(found.female);
    }
    affiliation = affiliation.or_else(|| body_after(b, range.end));
    let draft = &mut b.drafts[party];
    // The fullest description wins: the first with a body, then the first with a role.
    if draft.affiliation.is_none() && affiliation.is_some() {
        draft.affiliation = affiliation;
        if role.is_some() {
            draft.role = role;
        }
    } else if draft.role.is_none() {
        draft.role = role;
    }
    b.mention(range, party);
    // The role words mean the same person.
    for words in around {
        if b.free(words.clone()) {
            b.mention(words, party);
        }
    }
}

/// Whether a name is a person's: no acronym, country, place or thing, and borne out by what stands around it where it
/// might be one.
fn is_person(
    b: &Builder<'_>,
    range: &Range<usize>,
    name: &str,
    before: &Around,
    after: Option<&Around>,
) -> bool {
    let doc = b.doc;
    let first = doc.token(range.start);
    let head = doc.token(phrase::head_of(doc, range.clone()));
    let titled = range.start > 0 && is_title(doc.token(range.start - 1));
    let speaks = head.dep() == "nsubj" && phrase::is_saying(head.head().lemma());
    let suffers = head.dep() == "nsubjpass" && DONE_TO_PERSONS.contains(&head.head().lemma());
    let evidence = titled
        || before.role.is_some()
        || after.is_some()
        || ((speaks || suffers || has_age(doc, range.clone())) && range.len() > 1);
    let placed = range.clone().any(|i| b.in_place[i]);
    let acronym = range.len() == 1 && phrase::is_acronym(first.text());
    let known = lexicon().country(name).is_some() || lexicon().demonym(name).is_some();
    let capitals = phrase::in_capitals(doc, range.start)
        || (range.len() > 1
            && range
                .clone()
                .all(|i| phrase::is_acronym(doc.token(i).text())));
    let described = titled || before.role.is_some();
    if acronym
        || known
        || capitals
        || (names_place(doc, range) && !described)
        || (placed && !evidence)
        || name.chars().count() < 2
    {
        return false;
    }
    // "Orsk prison", "the Orsk bridge": a name before a common noun names the thing.
    let thing = range.len() == 1
        && matches!(head.dep(), "compound" | "nmod" | "amod")
        && head.head().pos() == Pos::Noun
        && !is_role(head.head());
    if thing && !described {
        return false;
    }
    !(range.len() == 1 && !evidence && lexicon().noun(first.lower()).is_some())
}

/// "in northern Orsk, students …", "Foundry Lane".
fn names_place(doc: &language::Doc, range: &Range<usize>) -> bool {
    (0..2)
        .filter_map(|back| range.start.checked_sub(back + 1))
        .any(|i| {
            let token = doc.token(i);
            matches!(
                token.lower(),
                "in" | "near" | "outside" | "at" | "around" | "toward" | "towards"
            ) && (i + 1 == range.start || doc.token(i + 1).pos() == Pos::Adj)
        })
        || STREETS.contains(&doc.token(range.end - 1).lower())
}

/// Whether an age stands beside the name: "Ana Orlova, 34", "34-year-old Ana Orlova".
fn has_age(doc: &language::Doc, range: Range<usize>) -> bool {
    let behind = range.end + 1 < doc.len()
        && doc.token(range.end).text() == ","
        && doc.token(range.end + 1).pos() == Pos::Num
        && doc.token(range.end + 1).text().len() <= 2;
    behind || range.start > 0 && doc.token(range.start - 1).lower() == "old"
}

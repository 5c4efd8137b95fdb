//! Parties: persons, groups and bodies, their mentions and other names, and which mention is whose.
//!
//! What comes in: a parsed text and its places. What goes out: [`Parties`]. It works in sieves, the surest first: known
//! names and acronyms the text defines (`names`), persons with role and body (`persons`), people and bodies called by a
//! noun (`called`, `roles`), then surnames, definite nouns and pronouns (`resolve`, `discourse`). It knows nothing of
//! who says what; only that subjects of verbs of saying speak.

mod acronyms;
mod build;
mod called;
mod discourse;
mod genders;
mod interest;
mod introduced;
mod lexicon;
mod names;
mod namesakes;
mod party;
mod person_words;
mod persons;
pub(crate) mod phrase;
mod resolve;
mod roles;

use language::Doc;

pub use party::{Parties, PartyInfo, PartyMention};

use super::places::PlaceMention;

/// Finds the parties of a text.
pub fn find(doc: &Doc, places: &[PlaceMention]) -> Parties {
    let mut b = build::Builder::new(doc, places);
    names::find(&mut b);
    persons::find(&mut b);
    resolve::run(&mut b);
    roles::serve(&mut b);
    interest::mark(&mut b);
    b.finish()
}

#[cfg(test)]
mod tests;

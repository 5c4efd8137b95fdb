//! People in a phrase: how many, who they are, and whether the phrase introduces them or takes them up again.
//!
//! Takes a noun token; gives a [`Group`]. Knows nothing of what happened to them: that is the slots' work.

mod group;
mod introduced;
mod lists;
mod names;
mod noun;
mod pronouns;
mod scope;
mod side;

use super::{annotated::Annotated, person_nouns};

pub use self::{
    group::Group,
    introduced::Peopled,
    lists::coordinated,
    names::unlisted_person,
    noun::{group_at, of_number},
};
pub use super::grammar::{is_definite, of_object, phrase};

impl<'a> Peopled<'a> {
    /// Finds the people of a text.
    pub fn of(annotated: &'a Annotated<'a>) -> Self {
        // A group is introduced by its own words: while they are gathered, nobody has been introduced yet.
        let nobody = Self {
            annotated,
            introduced: Vec::new(),
            introduced_from: Vec::new(),
        };
        let mut introduced = Vec::new();
        let mut introduced_from = Vec::new();
        for token in annotated.doc.tokens() {
            let noun = person_nouns::lookup(&person_nouns::singular(token.lower())).is_some();
            if !noun && token.entity_label() != "PERSON" {
                continue;
            }
            if let Some(group) = group_at(&nobody, token) {
                introduced_from.push((token.i, introduced.len()));
                introduced.push(group);
            }
        }
        Self {
            annotated,
            introduced,
            introduced_from,
        }
    }
}

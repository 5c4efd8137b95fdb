//! The people that a text introduces, for what takes them up: pronouns, "the victims", numbers that pick some of them.
//!
//! It looks them up; who they are is found by [`super::noun`].

use std::ops::Deref;

use language::Token;
use model::{Bound, Sex};

use super::{super::annotated::Annotated, group::Group};

/// The second pass: a text with the groups that introduce people, which pronouns and "the victims" may take up.
pub struct Peopled<'a> {
    pub(super) annotated: &'a Annotated<'a>,
    /// The groups, in order.
    pub(super) introduced: Vec<Group>,
    /// Which token introduced which of them, in order.
    pub(super) introduced_from: Vec<(usize, usize)>,
}

impl<'a> Deref for Peopled<'a> {
    type Target = Annotated<'a>;

    fn deref(&self) -> &Annotated<'a> {
        self.annotated
    }
}

impl<'a> Peopled<'a> {
    /// The nearest people before `token` that a pronoun of this number and sex may take up, at most three sentences
    /// back.
    pub fn antecedent(&self, token: Token<'_>, singular: bool, sex: Option<Sex>) -> Option<&Group> {
        let from = token.sentence_index().saturating_sub(3);
        self.introduced
            .iter()
            .rev()
            .skip_while(|group| group.head >= token.i)
            .take_while(|group| self.doc.token(group.head).sentence_index() >= from)
            .find(|group| {
                group.individual == singular
                    && (sex.is_none() || group.scope.sex.is_none() || group.scope.sex == sex)
            })
    }

    /// The group that the noun or name at `token` introduces.
    pub fn introduced_at(&self, token: usize) -> Option<&Group> {
        let at = self
            .introduced_from
            .binary_search_by_key(&token, |&(from, _)| from)
            .ok()?;
        self.introduced.get(self.introduced_from[at].1)
    }

    /// The last group with an exact number of two and more before a token, at most two sentences back.
    pub fn counted_before(&self, token: usize) -> Option<&Group> {
        let from = self.doc.token(token).sentence_index().saturating_sub(2);
        self.introduced
            .iter()
            .rev()
            .skip_while(|group| group.head >= token)
            .take_while(|group| self.doc.token(group.head).sentence_index() >= from)
            .find(|group| {
                group
                    .count
                    .as_ref()
                    .is_some_and(|count| count.bound == Bound::Exact && count.low > 1)
            })
    }
}

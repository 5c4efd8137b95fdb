//! The third pass: the people that predicates count as dead and as hurt.
//!
//! Comes in: a text with its people. Goes out: predicate by predicate, the groups it befalls. It knows nothing of
//! events: who of them belongs to which is for later passes.

mod dead;
mod hurt;

use std::ops::Deref;

use super::{counted::Counted, people::Peopled};

/// A text with the people counted dead and hurt.
pub struct Harmed<'a> {
    people: &'a Peopled<'a>,
    dead: Vec<Counted>,
    hurt: Vec<Counted>,
}

impl<'a> Deref for Harmed<'a> {
    type Target = Peopled<'a>;

    fn deref(&self) -> &Peopled<'a> {
        self.people
    }
}

impl<'a> Harmed<'a> {
    /// Counts the dead and the hurt of a text.
    pub fn of(people: &'a Peopled<'a>) -> Self {
        Self {
            people,
            dead: dead::counted(people),
            hurt: hurt::counted(people),
        }
    }

    /// People counted dead, predicate by predicate.
    pub fn dead(&self) -> &[Counted] {
        &self.dead
    }

    /// People counted hurt, the dead among them.
    pub fn hurt(&self) -> &[Counted] {
        &self.hurt
    }
}

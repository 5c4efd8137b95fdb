//! The line of passes over one report, up to what the slots read.
//!
//! Each pass takes the values of those before it by reference and gives one value that nothing changes:
//!
//! 1. [`Annotated`]: the text with all that was read off it, by token;
//! 2. [`Peopled`]: the groups that introduce people;
//! 3. [`Harmed`]: the people that predicates count as dead and as hurt;
//! 4. [`Placed`]: what is told of each place;
//! 5. [`Segmented`]: which of the report's events each sentence tells of;
//! 6. [`Passes`]: the day of the report's main event.
//!
//! A later value derefs to the one before it, and every function takes the earliest that has what it needs, so that
//! what comes first is a matter of types. The slots come next, each a function of [`Passes`]; then the report's own
//! toll, the judge, and the accounts.

use std::ops::Deref;

use model::{Basis, Slot, Value, When};

use super::{
    draft::Draft,
    event_kinds,
    segments::{Opens, Segmented},
    when,
};
use crate::{read::Annotations, text::Document};

pub use super::{annotated::Annotated, harm::Harmed, people::Peopled, place::violence::Placed};

/// What all passes before the slots give: a text with its people, places, events and the day of its own.
pub struct Passes<'a> {
    segmented: &'a Segmented<'a>,
    days: Vec<Draft>,
    main_event_day: Option<When>,
    first_violent_sentence: Option<usize>,
}

impl<'a> Deref for Passes<'a> {
    type Target = Segmented<'a>;

    fn deref(&self) -> &Segmented<'a> {
        self.segmented
    }
}

impl<'a> Passes<'a> {
    /// Reads the day of a report's main event.
    pub fn of(segmented: &'a Segmented<'a>) -> Self {
        let days = when::claims(segmented);
        let named = days
            .iter()
            .filter(|draft| draft.slot == Slot::When && !draft.rests_on(Basis::Further))
            .find_map(|draft| match &draft.value {
                Value::When(when) => Some(when.clone()),
                _ => None,
            });
        let mut tokens = segmented.doc.tokens();
        let told =
            tokens.find(|token| event_kinds::kind_of(*token).is_some_and(|(_, rank)| rank > 0));
        Self {
            main_event_day: named.or_else(|| segmented.report.published.clone()),
            first_violent_sentence: told.map(|token| token.sentence_index()),
            segmented,
            days,
        }
    }

    /// The claims on when it happened, the day of the report's main event first.
    pub fn days(&self) -> &[Draft] {
        &self.days
    }

    /// The time of the report's main event; that of publication where it names none.
    pub fn main_event_day(&self) -> Option<&When> {
        self.main_event_day.as_ref()
    }

    /// The first sentence that tells of something violent.
    pub fn first_violent_sentence(&self) -> Option<usize> {
        self.first_violent_sentence
    }
}

/// Runs the passes over a report, split where `opens` says that another event begins, and hands what they give to
/// `then`.
pub fn run<T>(
    extracted: &Document,
    read: &Annotations,
    opens: Opens<'_>,
    then: impl FnOnce(&Passes<'_>) -> T,
) -> T {
    let annotated = Annotated::of(&extracted.report, &extracted.text, read);
    let people = Peopled::of(&annotated);
    let harmed = Harmed::of(&people);
    let placed = Placed::of(&harmed);
    let segmented = Segmented::of(&placed, opens);
    then(&Passes::of(&segmented))
}

//! What a claim's words say beside its value, in types: the last look that anybody takes at them.
//!
//! Comes in: a finished claim. Goes out: its [`Evidence`], whether its people are armed. Everything that takes a
//! reading asks these types and no word.

mod parties;
mod past;
mod people;
mod things;

use model::{Basis, Certainty, Claim, Detail, Evidence, Mark, Slot, Value};

pub(super) use people::EARLY;
pub use people::is_armed;

/// What a claim rests on, by how its rule came by it and by its words. The claim's own evidence is not looked at.
pub fn evidence(basis: Basis, certainty: Certainty, claim: &Claim) -> Evidence {
    let quote = claim
        .quotes
        .first()
        .map_or("", |quote| quote.exact.as_str());
    let mut marks: Vec<Mark> = Vec::new();
    if claim.value.count().is_some() {
        marks.extend(people::of_count(claim));
    }
    match (claim.slot, &claim.value) {
        (Slot::Safety, _) if people::are_others(claim) => marks.push(Mark::Others),
        (Slot::Responsibility, Value::Party(party)) => marks.extend(parties::of_doer(&party.name)),
        (Slot::Control, Value::Party(party)) => {
            marks.extend(parties::of_holder(quote, &party.name));
        }
        _ => {}
    }
    Evidence {
        basis,
        certainty,
        marks: marks.into_iter().collect(),
        detail: detail(claim),
    }
}

fn detail(claim: &Claim) -> Option<Detail> {
    match (claim.slot, &claim.value) {
        (Slot::Background, _) => past::of(claim),
        (_, Value::Place(place)) => things::site(place),
        (_, Value::Thing { code, words, .. }) => things::weapon(code, words),
        (Slot::When, Value::Words { words }) => things::weekdays(words),
        _ => None,
    }
}

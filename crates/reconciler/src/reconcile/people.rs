//! Safe, in danger, used as shields, hurt or dead: what cannot be said of the same people at the same time.

use model::{Mark, RelationKind};

use super::align::People;
use super::found::Found;
use super::time::{Lag, two_voices};
use crate::ledger::{Entry, Ledger};

/// Relates a claim that people are safe to one that the same people come to harm.
pub fn relate(ledger: &Ledger<'_>, safe: usize, harm: usize) -> Option<Found> {
    let (safe, harm) = (&ledger.entries[safe], &ledger.entries[harm]);
    if safe.denied() || harm.denied() {
        return None;
    }
    let none = harm
        .claim
        .value
        .count()
        .is_some_and(|count| count.high == Some(0));
    if none {
        return None;
    }
    let people = safe.scope.to(&harm.scope);
    // "They are safe" with nobody named may be said of anyone; a toll of everybody says nothing of those who are safe.
    let named = !safe.scope.is_all() && !harm.scope.is_all();
    let same = matches!(people, People::Same | People::Whole);
    // "Her other children are safe" is not said of those who came to harm.
    let others = safe.claim.evidence.has(Mark::Others);
    if !named || !same || others {
        return None;
    }
    let told = harm.claim.slot.spec().harm?;
    let soft = harm.possible() || safe.possible() || set_apart(safe, harm) || told.soft;
    Some(Found::new(
        if soft {
            RelationKind::Tension
        } else {
            RelationKind::Contradicts
        },
        format!("said to be safe, against {}", told.words),
    ))
}

/// Whether time tells the two apart: an as-of time that differs, or three days between the reports.
fn set_apart(a: &Entry<'_>, b: &Entry<'_>) -> bool {
    match two_voices(a, b) {
        Lag::Unknown | Lag::Same => false,
        Lag::Earlier(hours) | Lag::Later(hours) => {
            hours >= 72 || a.claim.as_of.is_some() || b.claim.as_of.is_some()
        }
    }
}

//! Who holds a place, and whether the fighting goes on.

use model::{Mark, PartyKind, RelationKind, Value};

use super::found::Found;
use super::time::{Lag, two_voices};
use crate::ledger::{Entry, Ledger};

/// Status codes by which it goes on, and by which it is over.
const ONGOING: &[&str] = &["ongoing", "resumed", "escalating", "continuing"];
const OVER: &[&str] = &["ended", "over", "paused", "quelled", "ceased"];

/// Relates two claims on who holds the place.
pub fn relate(ledger: &Ledger<'_>, i: usize, j: usize) -> Option<Found> {
    let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
    let (Value::Party(x), Value::Party(y)) = (&a.claim.value, &b.claim.value) else {
        return None;
    };
    let akin = ledger.names.akin(&x.name, &y.name);
    if a.denied() != b.denied() {
        return akin.then(|| {
            Found::new(
                RelationKind::Contradicts,
                "one denies the control that the other reports",
            )
        });
    }
    let lost = |entry: &Entry<'_>| entry.claim.evidence.has(Mark::Lost);
    if lost(a) || lost(b) || nameless(a, b) || nameless(b, a) {
        return None;
    }
    // One text by one voice tells how it changed hands.
    if akin || a.denied() || (a.report == b.report && a.origin == b.origin) {
        return None;
    }
    Some(over_time(
        two_voices(a, b),
        RelationKind::Contradicts,
        format!("{} against {} in control", x.name, y.name),
    ))
}

/// Whether one is a word for attackers without a name and the other may be who they are.
fn nameless(one: &Entry<'_>, other: &Entry<'_>) -> bool {
    let state = other.claim.evidence.has(Mark::Forces)
        || matches!(
            &other.claim.value,
            Value::Party(party) if matches!(
                party.kind,
                PartyKind::State | PartyKind::Authority | PartyKind::Un
            )
        );
    one.claim.evidence.has(Mark::Attackers) && !state
}

/// Relates two statuses.
pub fn relate_status(ledger: &Ledger<'_>, i: usize, j: usize) -> Option<Found> {
    let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
    if !(opposed(&a.claim.value, &b.claim.value) && (a.report != b.report || a.origin != b.origin))
    {
        return None;
    }
    Some(over_time(
        two_voices(a, b),
        RelationKind::Contradicts,
        "one says that it goes on, the other that it is over".to_owned(),
    ))
}

/// Relates a status to a claim of control: fighting that goes on pulls against complete control.
pub fn relate_mixed(ledger: &Ledger<'_>, status: usize, control: usize) -> Option<Found> {
    let (status, control) = (&ledger.entries[status], &ledger.entries[control]);
    if status.denied() || control.denied() || two_voices(status, control).apart() {
        return None;
    }
    let ongoing = code(&status.claim.value).is_some_and(|code| ONGOING.contains(&code));
    let complete = control.claim.evidence.has(Mark::Complete);
    (ongoing && complete).then(|| {
        Found::new(
            RelationKind::Tension,
            "fighting that goes on against control said to be complete",
        )
    })
}

fn opposed(a: &Value, b: &Value) -> bool {
    let side = |value: &Value| {
        code(value).and_then(|code| {
            if ONGOING.contains(&code) {
                Some(true)
            } else {
                OVER.contains(&code).then_some(false)
            }
        })
    };
    matches!((side(a), side(b)), (Some(x), Some(y)) if x != y)
}

fn code(value: &Value) -> Option<&str> {
    match value {
        Value::Kind { code, .. } => Some(code),
        _ => None,
    }
}

/// A state that changes: what is said later takes the place of what was said before; at one time the two contradict.
fn over_time(lag: Lag, same_time: RelationKind, what: String) -> Found {
    match lag {
        Lag::Unknown | Lag::Same => Found::new(same_time, what),
        Lag::Earlier(_) | Lag::Later(_) => Found {
            kind: RelationKind::Revises,
            why: format!("{what}; {} later, and it may have changed", lag.label()),
            swapped: matches!(lag, Lag::Earlier(_)),
            supersedes: true,
            overtaken: false,
        },
    }
}

//! When it happened.

use model::{RelationKind, Value, WhenPrecision};

use super::counts::Found;
use crate::ledger::Ledger;

/// Days by which two dates of one happening may lie apart and still be a disagreement; more, and they date different things.
const NEAR_DAYS: i64 = 7;

/// Relates two dates. `first` says whether each is the first date its report gives, `spans` whether the happening is said to go
/// on over days, so that its dates may differ.
pub fn relate(
    ledger: &Ledger<'_>,
    i: usize,
    j: usize,
    first: (bool, bool),
    spans: bool,
) -> Option<Found> {
    let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
    let (Value::When(x), Value::When(y)) = (&a.claim.value, &b.claim.value) else {
        return None;
    };
    if a.report == b.report || a.denied() || b.denied() {
        return None;
    }
    if x.overlaps(y) {
        let day = if x.date() == y.date() {
            format!("both give {}", x.date().strftime("%-d %B %Y"))
        } else {
            format!("{} and {} overlap", x.label(), y.label())
        };
        let voices = ledger.entries[i].origin != ledger.entries[j].origin;
        let coarse = |precision| {
            matches!(
                precision,
                WhenPrecision::Month | WhenPrecision::Season | WhenPrecision::Year
            )
        };
        return Some(if !voices {
            Found::new(RelationKind::SameOrigin, format!("{day}, in one voice"))
        } else if coarse(x.precision) || coarse(y.precision) {
            Found::new(RelationKind::Compatible, day)
        } else {
            Found::new(RelationKind::Corroborates, day)
        });
    }
    let gap = (y.start.duration_since(x.start).as_hours() / 24).abs();
    if !(first.0 && first.1) || spans || gap > NEAR_DAYS {
        return None;
    }
    let possible = a.possible() || b.possible();
    Some(Found::new(
        if possible {
            RelationKind::Tension
        } else {
            RelationKind::Contradicts
        },
        format!("{} against {}", x.label(), y.label()),
    ))
}

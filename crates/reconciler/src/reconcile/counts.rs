//! How two counts of the same people stand to each other.
//!
//! Intervals decide: two counts contradict only when no number satisfies both, they speak of the same people, and no time tells
//! them apart. A later figure of a running count revises. The edges of vague words are not sharp: "dozens" does not exclude 20.

use model::{Bound, Count, OriginKind, RelationKind, Slot};

use super::time::{Lag, one_voice, two_voices};
use crate::ledger::Ledger;

/// Factor by which the edges of a vague word may be missed.
const VAGUE_FACTOR: u64 = 2;

/// A relation found, and whether it runs from the second claim to the first.
pub struct Found {
    /// How they stand.
    pub kind: RelationKind,
    /// One clause.
    pub why: String,
    /// Whether the second claim is the `a` of the relation.
    pub swapped: bool,
}

impl Found {
    /// A relation from the first claim to the second.
    pub fn new(kind: RelationKind, why: impl Into<String>) -> Self {
        Self {
            kind,
            why: why.into(),
            swapped: false,
        }
    }
}

/// Smallest and largest number a count can be stretched to.
fn reach(count: &Count) -> (u64, u64) {
    let high = count.high.unwrap_or(u64::MAX);
    if count.bound == Bound::Vague {
        (
            count.low.div_ceil(VAGUE_FACTOR),
            high.saturating_mul(VAGUE_FACTOR),
        )
    } else {
        (count.low, high)
    }
}

/// Whether no number satisfies both, vague edges stretched.
pub fn apart(a: &Count, b: &Count) -> bool {
    let ((al, ah), (bl, bh)) = (reach(a), reach(b));
    al > bh || bl > ah
}

/// Whether people only join this count and never leave it.
fn grows(slot: Slot) -> bool {
    !matches!(
        slot,
        Slot::Missing | Slot::Held | Slot::Hostages | Slot::AtRisk
    )
}

/// Why two counts that share a number can both hold.
pub fn together(a: &Count, b: &Count) -> String {
    let lower = |count: &Count| count.high.is_none();
    let inside = if b.within(a) {
        Some((b, a))
    } else if a.within(b) {
        Some((a, b))
    } else {
        None
    };
    match inside {
        Some((x, y)) if x.interval() == y.interval() => format!("both say {}", x.interval()),
        Some((x, y)) if lower(a) && lower(b) => format!(
            "both are lower bounds; {} lies inside {}",
            x.interval(),
            y.interval()
        ),
        Some((x, y)) => format!("{} lies inside {}", x.interval(), y.interval()),
        None if a.overlaps(b) => format!("{} and {} share numbers", a.interval(), b.interval()),
        None => {
            let vague = if a.bound == Bound::Vague { a } else { b };
            format!(
                "the edges of “{}” are not sharp: {} and {} lie next to each other",
                vague.words.trim(),
                a.interval(),
                b.interval()
            )
        }
    }
}

/// Relates two counts of the same slot and people; `None` when there is nothing worth saying.
pub fn relate(ledger: &Ledger<'_>, i: usize, j: usize) -> Option<Found> {
    let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
    let (x, y) = (a.claim.value.count()?, b.claim.value.count()?);
    let one_report = a.report == b.report;
    if a.denied() || b.denied() {
        let both = x.interval() == y.interval() && a.denied() != b.denied();
        return both.then(|| {
            Found::new(
                RelationKind::Contradicts,
                "one denies the figure that the other gives",
            )
        });
    }
    let same_voice = a.origin == b.origin;
    if !apart(x, y) {
        let lag = if same_voice {
            one_voice(a, b)
        } else {
            Lag::Unknown
        };
        let later_raises = |early: &Count, late: &Count| late.low > early.low;
        return match lag {
            Lag::Earlier(_) if later_raises(x, y) => Some(revises(lag, x, y, true, true)),
            Lag::Later(_) if later_raises(y, x) => Some(revises(lag, y, x, false, true)),
            _ if one_report => None,
            _ => Some(Found::new(RelationKind::Compatible, together(x, y))),
        };
    }
    let lag = if same_voice {
        one_voice(a, b)
    } else {
        two_voices(a, b)
    };
    if one_report && same_voice && !lag.apart() {
        // One text, two figures: other people or another part of the day, more often than a disagreement.
        return None;
    }
    if a.possible() != b.possible() {
        return Some(Found::new(
            RelationKind::Tension,
            format!(
                "{} against {}, but one is only thought possible",
                x.interval(),
                y.interval()
            ),
        ));
    }
    let slot = a.claim.slot;
    let (early, late, swapped) = match lag {
        Lag::Earlier(_) => (x, y, true),
        Lag::Later(_) => (y, x, false),
        Lag::Same | Lag::Unknown => {
            return Some(Found::new(
                RelationKind::Contradicts,
                format!(
                    "{} and {} share no number; the same people, and no time tells them apart",
                    x.interval(),
                    y.interval()
                ),
            ));
        }
    };
    let party = [i, j].iter().any(|&k| ledger.origin(k).interested);
    let named = [i, j]
        .iter()
        .any(|&k| ledger.origin(k).kind == OriginKind::Speaker);
    let rises = late.low > early.high.unwrap_or(u64::MAX) || late.low > early.low;
    if same_voice || (!party && (rises || !grows(slot))) {
        return Some(revises(lag, early, late, swapped, same_voice));
    }
    let who = match (party, named) {
        (true, _) => "another voice, a party to it",
        (_, true) => "another speaker",
        _ => "another outlet",
    };
    Some(Found {
        kind: RelationKind::Tension,
        why: format!(
            "{} against {}, {} apart, from {who}: no revision by the one who said it",
            early.interval(),
            late.interval(),
            lag.label()
        ),
        swapped,
    })
}

fn revises(lag: Lag, early: &Count, late: &Count, swapped: bool, same_voice: bool) -> Found {
    let who = if same_voice {
        "the same voice"
    } else {
        "a later figure of a running count"
    };
    Found {
        kind: RelationKind::Revises,
        why: format!(
            "{who}, {} later: {} takes the place of {}",
            lag.label(),
            late.interval(),
            early.interval()
        ),
        swapped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(n: u64, bound: Bound) -> Count {
        Count::said(n, bound, "")
    }

    #[test]
    fn vague_edges_give_way_and_sharp_ones_do_not() {
        let dozens = Count::range(24, Some(99), Bound::Vague, "dozens");
        let several = Count::range(3, Some(9), Bound::Vague, "several");
        let hundreds = Count::range(200, Some(999), Bound::Vague, "hundreds");
        assert!(!apart(&said(20, Bound::Exact), &dozens));
        assert!(apart(&said(5, Bound::Exact), &dozens));
        assert!(apart(&several, &hundreds));
        assert!(apart(&said(23, Bound::Exact), &said(24, Bound::Exact)));
    }

    #[test]
    fn why_names_the_intervals() {
        let a = said(200, Bound::AtLeast);
        let b = said(210, Bound::MoreThan);
        assert_eq!(
            together(&a, &b),
            "both are lower bounds; [211, ∞) lies inside [200, ∞)"
        );
        let dozens = Count::range(24, Some(99), Bound::Vague, "dozens");
        assert_eq!(
            together(&said(20, Bound::Exact), &dozens),
            "the edges of “dozens” are not sharp: {20} and [24, 99] lie next to each other"
        );
    }
}

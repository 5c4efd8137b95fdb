//! What went before: two dates for the same past happening.

use std::collections::BTreeSet;

use model::{Detail, PastKind, RelationKind};

use super::found::Found;
use crate::ledger::{Entry, Ledger};

/// What a statement on the past shows: its one year, its kinds and its words.
struct Past<'a> {
    year: u16,
    kinds: &'a BTreeSet<PastKind>,
    content: &'a BTreeSet<String>,
    /// Names of places and things, no parties: the same force takes many towns.
    names: BTreeSet<&'a str>,
}

/// What a claim shows of the past; `None` unless it names exactly one year.
fn past<'a>(ledger: &Ledger<'_>, entry: &Entry<'a>) -> Option<Past<'a>> {
    let Some(Detail::Past {
        year,
        kinds,
        content,
        names,
    }) = &entry.claim.evidence.detail
    else {
        return None;
    };
    Some(Past {
        year: *year,
        kinds,
        content,
        names: names
            .iter()
            .map(String::as_str)
            .filter(|word| !ledger.names.is_part(word))
            .collect(),
    })
}

/// Relates two statements on the past: a contradiction when they tell one happening, by its kind and a shared word, and
/// give two years for it.
pub fn relate(ledger: &Ledger<'_>, i: usize, j: usize) -> Option<Found> {
    let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
    if a.report == b.report || a.denied() || b.denied() {
        return None;
    }
    let (x, y) = (past(ledger, a)?, past(ledger, b)?);
    // Names alone show one happening only when they are the same on both sides: a force takes one town and then
    // another.
    let elsewhere = !x.names.is_subset(&y.names) && !y.names.is_subset(&x.names);
    let mut shared: Vec<&str> = x
        .content
        .intersection(y.content)
        .map(String::as_str)
        .collect();
    if x.names == y.names {
        shared.extend(x.names.iter());
    }
    if x.kinds.is_disjoint(y.kinds) || shared.is_empty() || elsewhere {
        return None;
    }
    let what = shared.join(", ");
    Some(if x.year == y.year {
        Found::new(
            RelationKind::Corroborates,
            format!("both give {} (“{what}”)", x.year),
        )
    } else {
        Found::new(
            RelationKind::Contradicts,
            format!(
                "{} against {} for what both tell of (“{what}”)",
                x.year, y.year
            ),
        )
    })
}

//! The days that claims date something to, and which of them the words of a sentence name.

use std::collections::BTreeSet;

use jiff::civil::Date;
use model::{Basis, NamedDay, Slot, Value, When, WhenPrecision};

use crate::ledger::{Entry, Ledger};

/// Days without anything told after which an incident has ended.
const GAP: i64 = 7;
/// The days that main accounts date something to, as long as none is far from the next, about the incident's own.
pub(super) fn known(ledger: &Ledger<'_>, day: Date) -> Vec<Date> {
    let all: BTreeSet<Date> = ledger
        .entries
        .iter()
        .filter_map(|entry| dated(ledger, entry))
        .chain([day])
        .collect();
    let near = |a: &Date, b: &Date| {
        a.until(*b)
            .is_ok_and(|span| i64::from(span.get_days()).abs() <= GAP)
    };
    let mut out = vec![day];
    for date in all.range(day..).skip(1) {
        if out.last().is_some_and(|last| near(last, date)) {
            out.push(*date);
        } else {
            break;
        }
    }
    for date in all.range(..day).rev() {
        if near(date, &out[0]) {
            out.insert(0, *date);
        } else {
            break;
        }
    }
    out
}

/// The day that an entry dates something to, in words.
pub(super) fn dated(ledger: &Ledger<'_>, entry: &Entry<'_>) -> Option<Date> {
    let said = entry.main && entry.claim.slot == Slot::When && !entry.denied();
    match &entry.claim.value {
        Value::When(when)
            if said
                && is_day(when)
                && entry.claim.evidence.basis != Basis::Publication
                && !bounds(ledger, entry) =>
        {
            Some(when.date())
        }
        _ => None,
    }
}

/// Whether the words of an entry only bound a time.
fn bounds(ledger: &Ledger<'_>, entry: &Entry<'_>) -> bool {
    let sentences = &ledger.readings[entry.report].sentences;
    sentences.bounds.contains(&entry.claim.id)
}

/// The known day that words name, if any does. `published` is the report's first day in print; a bare weekday means the
/// last one before it.
pub(super) fn meant(day: NamedDay, known: &[Date], published: Option<Date>) -> Option<Date> {
    match day {
        NamedDay::Weekday(weekday) => {
            let fits = |day: &&Date| {
                day.weekday().to_monday_one_offset() == weekday
                    && published.is_none_or(|printed| {
                        **day <= printed && day.saturating_add(jiff::Span::new().days(6)) >= printed
                    })
            };
            let mut found = known.iter().filter(fits);
            found.next().filter(|_| found.next().is_none()).copied()
        }
        NamedDay::Date(month, day) => {
            let same = |it: &&Date| it.month() == month && it.day() == day;
            known.iter().find(same).copied()
        }
        NamedDay::Nth(nth) => {
            let after = jiff::Span::new().days(i64::from(nth) - 1);
            let day = known.first()?.saturating_add(after);
            known.contains(&day).then_some(day)
        }
    }
}

pub(super) fn is_day(when: &When) -> bool {
    matches!(
        when.precision,
        WhenPrecision::Day | WhenPrecision::PartOfDay | WhenPrecision::Hour | WhenPrecision::Minute
    )
}

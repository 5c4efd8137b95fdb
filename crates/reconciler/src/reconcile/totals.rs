//! Totals against parts: 77 + 39 + 7 = 123.

use std::collections::BTreeMap;

use model::{Bound, Note, Role, Severity, Slot, SlotGroup};

use super::align::People;
use crate::ledger::{Entry, Ledger};

/// Checks, report by report and slot by slot, whether the figures given for parts add up to the total; tells what it
/// found.
pub fn check(ledger: &Ledger<'_>) -> Vec<Note> {
    let mut groups: BTreeMap<(usize, Slot), Vec<&Entry<'_>>> = BTreeMap::new();
    for entry in &ledger.entries {
        if entry.main
            && entry.claim.slot.group() == SlotGroup::Counts
            && !entry.denied()
            && !entry.possible()
        {
            groups
                .entry((entry.report, entry.claim.slot))
                .or_default()
                .push(entry);
        }
    }
    groups
        .values()
        .filter_map(|group| check_one(ledger, group))
        .collect()
}

fn check_one(ledger: &Ledger<'_>, group: &[&Entry<'_>]) -> Option<Note> {
    let total = group.iter().find(|entry| entry.scope.is_all())?;
    let whole = total.claim.value.count()?;
    // One figure for each group of people: the first the report gives.
    let mut parts: Vec<&Entry<'_>> = Vec::new();
    for entry in group.iter().filter(|entry| !entry.scope.is_all()) {
        if parts
            .iter()
            .all(|part| part.scope.to(&entry.scope) == People::Apart)
        {
            parts.push(entry);
        }
    }
    let counts: Vec<_> = parts
        .iter()
        .filter_map(|part| part.claim.value.count())
        .collect();
    if counts.len() < 2 || counts.len() > 12 {
        return None;
    }
    let low = counts
        .iter()
        .fold(0u64, |sum, count| sum.saturating_add(count.low));
    let exact = counts.iter().all(|count| count.bound == Bound::Exact);
    let sum = counts
        .iter()
        .map(|count| count.stated.unwrap_or(count.low).to_string())
        .collect::<Vec<_>>()
        .join(" + ");
    let limit = whole.high.unwrap_or(u64::MAX);
    // A toll of victims does not hold those who attacked: "21 people were killed … the 17 attackers are dead".
    let attackers = || {
        let armed = |part: &&&Entry<'_>| {
            let scope = &part.claim.scope;
            scope.role == Role::Attacker || scope.role == Role::Fighter && scope.side.is_some()
        };
        let of = parts.iter().filter(armed);
        of.filter_map(|part| part.claim.value.count())
            .fold(0u64, |sum, count| sum.saturating_add(count.low))
    };
    if low > limit && low - attackers() <= limit {
        return None;
    }
    let slot = total.claim.slot;
    let said = whole.label();
    let (severity, code, message) = if low > limit {
        (
            Severity::Warning,
            "parts-exceed-total",
            format!("{slot}: {sum} = {low}, more than the {said} given for everybody"),
        )
    } else if exact && whole.bound == Bound::Exact && low == whole.low {
        (
            Severity::Info,
            "parts-add-up",
            format!("{slot}: {sum} = {low}, the total given"),
        )
    } else if exact && whole.bound == Bound::Exact {
        (
            Severity::Info,
            "parts-leave-rest",
            format!(
                "{slot}: {sum} = {low}; {} of the {said} are not told apart",
                whole.low - low
            ),
        )
    } else {
        return None;
    };
    Some(Note {
        severity,
        code: code.to_owned(),
        subject: format!("report {}", ledger.letter(total.report)),
        message,
        hint: (severity == Severity::Warning)
            .then(|| "see whether one of the figures counts other people".to_owned()),
        quote: total.claim.quotes.first().cloned(),
    })
}

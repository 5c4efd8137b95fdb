//! The tolls of the parts added: rule `sum_of_parts`.
//!
//! Only where no report states a total of the whole incident. Each part gives the figure for everybody, by the rule `interval`, else
//! its largest figure of one group; the parts are of different days, so nobody is counted in two of them.

use std::collections::BTreeSet;

use model::{ClaimId, Finding, Part, PartSum, Slot, Span, When};

use super::sentences::{of_whole, tokens};
use crate::ledger::Ledger;

/// The sums for the killed and the injured.
pub fn sums(
    ledger: &Ledger<'_>,
    parts: &[Part],
    spans: &[Vec<Span>],
    at: &[Option<(usize, usize)>],
) -> Vec<PartSum> {
    let own: BTreeSet<&ClaimId> = parts.iter().flat_map(|part| &part.claims).collect();
    [Slot::Killed, Slot::Injured]
        .into_iter()
        .filter(|slot| !stated(ledger, &own, spans, at, *slot))
        .filter_map(|slot| sum(parts, slot))
        .collect()
}

/// Whether some report gives a figure for everybody that is of no part.
fn stated(
    ledger: &Ledger<'_>,
    own: &BTreeSet<&ClaimId>,
    spans: &[Vec<Span>],
    at: &[Option<(usize, usize)>],
    slot: Slot,
) -> bool {
    ledger.entries.iter().zip(at).any(|(entry, at)| {
        if entry.claim.slot != slot || !entry.claim.scope.is_all() || entry.denied() {
            return false;
        }
        let of_part = own.contains(&entry.claim.id);
        let whole = at.is_some_and(|(sentence, _)| {
            let span = spans[entry.report][sentence];
            of_whole(&tokens(ledger.readings[entry.report].text.slice(span)))
        });
        !of_part && (entry.main || whole)
    })
}

fn sum(parts: &[Part], slot: Slot) -> Option<PartSum> {
    let mut terms: Vec<String> = Vec::new();
    let (mut low, mut high) = (0u64, Some(0u64));
    let mut claims: Vec<ClaimId> = Vec::new();
    for part in parts {
        let Some(finding) = figure(&part.findings, slot) else {
            continue;
        };
        let Some(range) = finding.numbers.as_ref().map(|numbers| &numbers.interval) else {
            continue;
        };
        let Some(least) = range.low else { continue };
        low = low.saturating_add(least);
        high = high
            .zip(range.high)
            .map(|(sum, more)| sum.saturating_add(more));
        let day = part
            .when
            .as_ref()
            .map_or_else(|| "going on".to_owned(), When::label);
        terms.push(format!("{} ({day})", said(least, range.high)));
        claims.extend(range.used.iter().cloned());
    }
    if terms.len() < 2 {
        return None;
    }
    claims.sort_unstable();
    claims.dedup();
    Some(PartSum {
        slot,
        low,
        high,
        arithmetic: format!("{} = {}", terms.join(" + "), said(low, high)),
        claims,
    })
}

/// The finding for everybody, else the largest one of a group.
fn figure(findings: &[Finding], slot: Slot) -> Option<&Finding> {
    let own = || findings.iter().filter(move |finding| finding.slot == slot);
    own().find(|finding| finding.scope.is_all()).or_else(|| {
        own().max_by_key(|finding| {
            let numbers = finding.numbers.as_ref();
            numbers.and_then(|numbers| numbers.interval.low)
        })
    })
}

fn said(low: u64, high: Option<u64>) -> String {
    match high {
        Some(high) if high == low => low.to_string(),
        Some(high) => format!("{low} to {high}"),
        None => format!("{low} or more"),
    }
}

//! The tolls of the parts added: rule `sum_of_parts`.
//!
//! Only where no report states a total of the whole incident, and only the figures of one report: each part gives its
//! figure for everybody, else its largest figure of one group; the parts are of different days, so nobody is counted in
//! two of them.

use std::collections::{BTreeMap, BTreeSet};

use model::{Claim, ClaimId, Finding, Part, PartSum, RuleName, Slot, StanceKind, When};

use crate::ledger::Ledger;

/// The sums for the killed and the injured.
pub fn sums(ledger: &Ledger<'_>, parts: &[Part], at: &[Option<(usize, usize)>]) -> Vec<PartSum> {
    let own: BTreeSet<&ClaimId> = parts.iter().flat_map(|part| &part.claims).collect();
    Slot::having(|spec| spec.toll)
        .filter(|slot| !stated(ledger, &own, at, *slot))
        .filter_map(|slot| sum(ledger, parts, slot))
        .collect()
}

/// Whether some report gives a figure for everybody that is of no part.
fn stated(
    ledger: &Ledger<'_>,
    own: &BTreeSet<&ClaimId>,
    at: &[Option<(usize, usize)>],
    slot: Slot,
) -> bool {
    ledger.entries.iter().zip(at).any(|(entry, at)| {
        if entry.claim.slot != slot || !entry.claim.scope.is_all() || entry.denied() {
            return false;
        }
        let of_part = own.contains(&entry.claim.id);
        let whole = at.is_some_and(|(sentence, _)| {
            let sentences = &ledger.readings[entry.report].sentences;
            sentences.all[sentence].of_whole
        });
        !of_part && (entry.main || whole)
    })
}

/// The sum of the report that gives figures to most parts; of equals the higher sum, then the first letter. Two reports
/// may cut the days differently ("on Friday", "between Friday and Saturday"), so what one counts is never added to what
/// another does.
fn sum(ledger: &Ledger<'_>, parts: &[Part], slot: Slot) -> Option<PartSum> {
    let report_of: BTreeMap<&ClaimId, (usize, &Claim)> = ledger
        .entries
        .iter()
        .map(|entry| (&entry.claim.id, (entry.report, entry.claim)))
        .collect();
    // Report → what it gives to each part: lowest, highest, claim and day.
    let mut own: BTreeMap<usize, Vec<Term>> = BTreeMap::new();
    for part in parts {
        let day = part
            .when
            .as_ref()
            .map_or_else(|| "going on".to_owned(), When::label);
        let mut seen = BTreeSet::new();
        let held = figure(&part.findings, slot).into_iter();
        let held = held.flat_map(|finding| &finding.positions);
        for id in held.filter(|it| it.standing).flat_map(|it| &it.claims) {
            if let Some((report, claim)) = report_of.get(id)
                && let Some(count) = claim.value.count()
                && claim.stance.kind != StanceKind::Denied
                && seen.insert(*report)
            {
                own.entry(*report).or_default().push(Term {
                    low: count.low,
                    high: count.high,
                    day: day.clone(),
                    claim: id.clone(),
                });
            }
        }
    }
    let total = |terms: &[Term]| {
        terms
            .iter()
            .fold(0u64, |sum, it| sum.saturating_add(it.low))
    };
    let (report, terms) = own
        .into_iter()
        .filter(|(_, terms)| terms.len() > 1)
        .max_by_key(|(report, terms)| (terms.len(), total(terms), std::cmp::Reverse(*report)))?;
    let low = total(&terms);
    let high = terms
        .iter()
        .try_fold(0u64, |sum, it| Some(sum.saturating_add(it.high?)));
    let added: Vec<String> = terms
        .iter()
        .map(|it| format!("{} ({})", said(it.low, it.high), it.day))
        .collect();
    let mut claims: Vec<ClaimId> = terms.into_iter().map(|it| it.claim).collect();
    claims.sort_unstable();
    Some(PartSum {
        slot,
        low,
        high,
        arithmetic: format!(
            "{} = {}, all by report {}",
            added.join(" + "),
            said(low, high),
            ledger.letter(report)
        ),
        claims,
    })
}

/// What one report gives to one part.
struct Term {
    low: u64,
    high: Option<u64>,
    day: String,
    claim: ClaimId,
}

/// The finding for everybody, else the largest one of a group.
fn figure(findings: &[Finding], slot: Slot) -> Option<&Finding> {
    let own = || findings.iter().filter(move |finding| finding.slot == slot);
    own().find(|finding| finding.scope.is_all()).or_else(|| {
        own().max_by_key(|finding| {
            let numbers = finding.numbers.as_ref();
            numbers.and_then(|numbers| numbers[RuleName::Interval].low)
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

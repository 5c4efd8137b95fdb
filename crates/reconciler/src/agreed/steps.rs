//! What the figure at the top replaced, who differs from it, and how it stands.
//!
//! Comes in: votes and the positions of the findings. Goes out: earlier figures in order of time, standing ones that
//! the figure doesn't hold, and a verdict.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::{Claim, ClaimId, Count, Dossier, Slot, Standing, Step, Verdict, Vote};

use super::of_vote;
use super::table::Table;
use crate::reconcile::{counts, told};

/// How a figure at the top stands.
pub struct Steps {
    /// Figures that it replaced, in order of time.
    pub earlier: Vec<Step>,
    /// Standing figures that it doesn't hold, those of most voices first.
    pub differs: Vec<Step>,
    /// How it stands.
    pub verdict: Verdict,
}

/// Works out how the figure `count` of these givers stands to everything else that is said of everybody in this slot.
pub fn steps(
    dossier: &Dossier,
    table: &Table<'_>,
    slot: Slot,
    votes: &[Vote],
    givers: &[&Vote],
    count: &Count,
) -> Steps {
    let whole = dossier
        .findings
        .iter()
        .find(|finding| finding.slot == slot && finding.scope.is_all());
    let mut gone: BTreeMap<(Option<Date>, u64, String), Vec<ClaimId>> = BTreeMap::new();
    let mut against: BTreeMap<String, (u64, Vec<ClaimId>)> = BTreeMap::new();
    let day_of = |claim: &Claim| {
        let said = claim.as_of.as_ref().map(|when| when.start.date());
        said.or_else(|| {
            let vote = votes.iter().find(|vote| vote.report == claim.report)?;
            Some(table.days(vote)?.0)
        })
    };
    // What reports gave as their own before, and what still stands of it.
    for vote in votes.iter().filter(|vote| !givers.contains(vote)) {
        let Some(n) = vote.n else { continue };
        let other = of_vote(table, n, vote);
        if !counts::apart(&other, count) {
            continue;
        }
        let stands = vote.claims.iter().any(|id| {
            let position = table.position(id);
            position.is_some_and(|position| position.standing)
        });
        let older = givers.iter().any(|giver| table.later(giver, vote));
        let label = other.label();
        if stands && !older {
            let entry = against.entry(label).or_insert((n, Vec::new()));
            entry.1.extend(vote.claims.iter().cloned());
        } else if older {
            let day = table.days(vote).map(|(first, _)| first);
            let entry = gone.entry((day, n, label)).or_default();
            entry.extend(vote.claims.iter().cloned());
        }
    }
    // What the words themselves call earlier or withdrawn, and what the positions set against each other.
    for position in whole.iter().flat_map(|finding| &finding.positions) {
        let claims: Vec<&Claim> = position
            .claims
            .iter()
            .filter_map(|id| table.claim(id))
            .collect();
        let Some(other) = claims.first().and_then(|claim| claim.value.count()) else {
            continue;
        };
        if !counts::apart(other, count) {
            continue;
        }
        let ids = || position.claims.iter().cloned();
        let before = claims.iter().all(|claim| {
            let course = claim.course.as_ref();
            course.is_some_and(|course| course.standing != Standing::Now)
        });
        // What was judged and is hardly its report's own figure counts fewer people, or other ones.
        let own = |claim: &&Claim| claim.own.is_none_or(|own| own >= told::MAYBE);
        if !claims.iter().any(own) {
            continue;
        }
        let last = claims.iter().filter_map(|claim| day_of(claim)).max();
        let since = givers
            .iter()
            .filter_map(|giver| table.days(giver))
            .map(|(first, _)| first)
            .min();
        let before = before
            || claims.iter().all(|claim| claim.own.is_some())
                && last.zip(since).is_some_and(|(last, since)| last < since);
        let n = other.stated.unwrap_or(other.low);
        if position.standing && !before {
            let entry = against.entry(other.label()).or_insert((n, Vec::new()));
            entry.1.extend(ids());
        } else if before || position.replaced {
            let day = claims.iter().filter_map(|claim| day_of(claim)).min();
            gone.entry((day, n, other.label()))
                .or_default()
                .extend(ids());
        }
    }
    for vote in givers {
        for claim in vote.claims.iter().filter_map(|id| table.claim(id)) {
            let from = claim
                .course
                .as_ref()
                .and_then(|course| course.from.as_ref());
            if let Some(from) = from.filter(|from| counts::apart(from, count)) {
                let n = from.stated.unwrap_or(from.low);
                let told = gone.keys().any(|(_, other, _)| *other == n);
                if !told {
                    let ids = gone.entry((day_of(claim), n, from.label())).or_default();
                    ids.push(claim.id.clone());
                }
            }
        }
    }
    let mut earlier: Vec<Step> = Vec::new();
    for ((_, _, label), claims) in gone {
        match earlier.iter_mut().find(|step| step.label == label) {
            Some(step) => step.claims.extend(claims),
            None if against.contains_key(&label) => {}
            None => earlier.push(Step { label, claims }),
        }
    }
    let voices = |claims: &[ClaimId]| {
        let mut all: Vec<usize> = claims
            .iter()
            .filter_map(|id| Some(table.origin(id)?.0))
            .collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    };
    let mut differs: Vec<(usize, u64, Step)> = against
        .into_iter()
        .map(|(label, (n, claims))| (voices(&claims), n, Step { label, claims }))
        .collect();
    differs.sort_by(|(a, n, _), (b, m, _)| (b, m).cmp(&(a, n)));
    let mut differs: Vec<Step> = differs.into_iter().map(|(_, _, step)| step).collect();
    for step in earlier.iter_mut().chain(&mut differs) {
        let mut seen = std::collections::BTreeSet::new();
        step.claims.retain(|id| seen.insert(id.clone()));
    }
    let givers: Vec<ClaimId> = givers
        .iter()
        .flat_map(|vote| vote.claims.iter().cloned())
        .collect();
    let verdict = match whole.map(|finding| finding.verdict) {
        Some(Verdict::Disputed) if !differs.is_empty() => Verdict::Disputed,
        Some(Verdict::Unconfirmed) => Verdict::Unconfirmed,
        _ if !earlier.is_empty() => Verdict::Revised,
        _ if voices(&givers) > 1 => Verdict::Corroborated,
        Some(Verdict::Corroborated) => Verdict::Corroborated,
        _ => Verdict::SingleOrigin,
    };
    Steps {
        earlier,
        differs,
        verdict,
    }
}

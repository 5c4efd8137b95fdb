//! What the figure at the top replaced, who differs from it, and how it stands.
//!
//! Comes in: votes and the positions of the findings. Goes out: earlier figures in order of time, standing ones that
//! the figure doesn't hold, and a verdict.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use model::{Claim, ClaimId, Count, Dossier, Position, Slot, Standing, Step, Verdict, Vote};

use super::table::Table;
use crate::reconcile::{figure_traits, intervals::apart};

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
    let mut sorting = Sorting {
        table,
        votes,
        givers,
        count,
        gone: BTreeMap::new(),
        against: BTreeMap::new(),
    };
    sorting.take_votes();
    for position in whole.iter().flat_map(|finding| &finding.positions) {
        sorting.take_position(position);
    }
    sorting.take_changes();
    let (earlier, differs) = sorting.told();
    let givers: Vec<ClaimId> = givers
        .iter()
        .flat_map(|vote| vote.claims.iter().cloned())
        .collect();
    let verdict = match whole.map(|finding| finding.verdict) {
        Some(Verdict::Disputed) if !differs.is_empty() => Verdict::Disputed,
        Some(Verdict::Unconfirmed) => Verdict::Unconfirmed,
        _ if !earlier.is_empty() => Verdict::Revised,
        _ if voices(table, &givers) > 1 => Verdict::Corroborated,
        Some(Verdict::Corroborated) => Verdict::Corroborated,
        _ => Verdict::SingleOrigin,
    };
    Steps {
        earlier,
        differs,
        verdict,
    }
}

/// Independent voices behind claims.
fn voices(table: &Table<'_>, claims: &[ClaimId]) -> usize {
    let mut all: Vec<usize> = claims
        .iter()
        .filter_map(|id| Some(table.origin(id)?.0))
        .collect();
    all.sort_unstable();
    all.dedup();
    all.len()
}

/// Figures sorted into those that the one at the top replaced and those that stand against it.
struct Sorting<'a> {
    table: &'a Table<'a>,
    votes: &'a [Vote],
    givers: &'a [&'a Vote],
    count: &'a Count,
    /// Day, number and label → claims.
    gone: BTreeMap<(Option<Date>, u64, String), Vec<ClaimId>>,
    /// Label → number and claims.
    against: BTreeMap<String, (u64, Vec<ClaimId>)>,
}

impl Sorting<'_> {
    /// The day that a claim speaks of, or that of its report's figure.
    fn day_of(&self, claim: &Claim) -> Option<Date> {
        let said = claim.as_of.as_ref().map(|when| when.start.date());
        said.or_else(|| {
            let vote = self.votes.iter().find(|vote| vote.report == claim.report)?;
            Some(self.table.days(vote)?.0)
        })
    }

    /// What reports gave as their own before, and what still stands of it.
    fn take_votes(&mut self) {
        let (table, givers) = (self.table, self.givers);
        for vote in self.votes.iter().filter(|vote| !givers.contains(vote)) {
            let Some(n) = vote.n else { continue };
            let other = table.count_of(vote, n);
            if !apart(&other, self.count) {
                continue;
            }
            let stands = vote.claims.iter().any(|id| {
                let position = table.position(id);
                position.is_some_and(|position| position.standing)
            });
            let older = givers.iter().any(|giver| table.later(giver, vote));
            let label = other.label();
            if stands && !older {
                let entry = self.against.entry(label).or_insert((n, Vec::new()));
                entry.1.extend(vote.claims.iter().cloned());
            } else if older {
                let day = table.days(vote).map(|(first, _)| first);
                let entry = self.gone.entry((day, n, label)).or_default();
                entry.extend(vote.claims.iter().cloned());
            }
        }
    }

    /// What the words themselves call earlier or withdrawn, and what the positions set against each other.
    fn take_position(&mut self, position: &Position) {
        let table = self.table;
        let claims: Vec<&Claim> = position
            .claims
            .iter()
            .filter_map(|id| table.claim(id))
            .collect();
        let Some(other) = claims.first().and_then(|claim| claim.value.count()) else {
            return;
        };
        if !apart(other, self.count) {
            return;
        }
        let ids = || position.claims.iter().cloned();
        let before = claims.iter().all(|claim| {
            let course = claim.course.as_ref();
            course.is_some_and(|course| course.standing != Standing::Now)
        });
        // What was judged and is hardly its report's own figure counts fewer people, or other ones.
        let own = |claim: &&Claim| claim.own.is_none_or(|own| own >= figure_traits::MAYBE);
        if !claims.iter().any(own) {
            return;
        }
        let last = claims.iter().filter_map(|claim| self.day_of(claim)).max();
        let since = self
            .givers
            .iter()
            .filter_map(|giver| table.days(giver))
            .map(|(first, _)| first)
            .min();
        let before = before
            || claims.iter().all(|claim| claim.own.is_some())
                && last.zip(since).is_some_and(|(last, since)| last < since);
        let n = other.stated.unwrap_or(other.low);
        if position.standing && !before {
            let entry = self.against.entry(other.label()).or_insert((n, Vec::new()));
            entry.1.extend(ids());
        } else if before || position.replaced {
            let day = claims.iter().filter_map(|claim| self.day_of(claim)).min();
            self.gone
                .entry((day, n, other.label()))
                .or_default()
                .extend(ids());
        }
    }

    /// What the words of the figure at the top say that it took the place of.
    fn take_changes(&mut self) {
        for vote in self.givers {
            for claim in vote.claims.iter().filter_map(|id| self.table.claim(id)) {
                let course = claim.course.as_ref();
                let from = course.and_then(|course| course.from.as_ref());
                let Some(from) = from.filter(|from| apart(from, self.count)) else {
                    continue;
                };
                let n = from.stated.unwrap_or(from.low);
                if !self.gone.keys().any(|(_, other, _)| *other == n) {
                    let key = (self.day_of(claim), n, from.label());
                    self.gone.entry(key).or_default().push(claim.id.clone());
                }
            }
        }
    }

    /// The earlier figures in order of time, and those that differ, of most voices first; each claim once a step.
    fn told(self) -> (Vec<Step>, Vec<Step>) {
        let mut earlier: Vec<Step> = Vec::new();
        for ((_, _, label), claims) in self.gone {
            match earlier.iter_mut().find(|step| step.label == label) {
                Some(step) => step.claims.extend(claims),
                None if self.against.contains_key(&label) => {}
                None => earlier.push(Step { label, claims }),
            }
        }
        let mut differs: Vec<(usize, u64, Step)> = self
            .against
            .into_iter()
            .map(|(label, (n, claims))| (voices(self.table, &claims), n, Step { label, claims }))
            .collect();
        differs.sort_by(|(a, n, _), (b, m, _)| (b, m).cmp(&(a, n)));
        let mut differs: Vec<Step> = differs.into_iter().map(|(_, _, step)| step).collect();
        for step in earlier.iter_mut().chain(&mut differs) {
            let mut seen = BTreeSet::new();
            step.claims.retain(|id| seen.insert(id.clone()));
        }
        (earlier, differs)
    }
}

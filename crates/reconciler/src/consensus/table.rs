//! What the figures at the top ask of a dossier again and again: claims by id, their voices, the positions that they
//! hold, and the days of the reports.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::{
    Bound, Claim, ClaimId, Count, Dossier, Origin, PartyKind, Position, ReportId, Slot, Vote,
};

/// Look-ups into one dossier.
pub struct Table<'a> {
    claims: BTreeMap<&'a ClaimId, &'a Claim>,
    origins: BTreeMap<&'a ClaimId, (usize, &'a Origin)>,
    positions: BTreeMap<&'a ClaimId, &'a Position>,
    days: BTreeMap<&'a ReportId, (Date, Date)>,
}

impl<'a> Table<'a> {
    /// The look-ups of this dossier.
    pub fn of(dossier: &'a Dossier) -> Self {
        let days = dossier.reports.iter().filter_map(|card| {
            let when = card.report.published.as_ref()?;
            let last = when.end.checked_sub(jiff::Span::new().nanoseconds(1));
            let first = when.start.date();
            let last = last.map_or(first, |last| last.date().max(first));
            Some((&card.report.id, (first, last)))
        });
        let origins = dossier.origins.iter().enumerate();
        let positions = dossier
            .findings
            .iter()
            .flat_map(|finding| &finding.positions);
        Self {
            claims: dossier
                .claims
                .iter()
                .map(|claim| (&claim.id, claim))
                .collect(),
            origins: origins
                .flat_map(|(at, origin)| origin.claims.iter().map(move |id| (id, (at, origin))))
                .collect(),
            positions: positions
                .flat_map(|position| position.claims.iter().map(move |id| (id, position)))
                .collect(),
            days: days.collect(),
        }
    }

    /// A claim of the main accounts.
    pub fn claim(&self, id: &ClaimId) -> Option<&'a Claim> {
        self.claims.get(id).copied()
    }

    /// The claims of the main accounts in this slot, in the order of their ids.
    pub fn of_slot(&self, slot: Slot) -> impl Iterator<Item = &'a Claim> + '_ {
        let all = self.claims.values().copied();
        all.filter(move |claim| claim.slot == slot)
    }

    /// The voice behind a claim and its place among all voices.
    pub fn origin(&self, id: &ClaimId) -> Option<(usize, &'a Origin)> {
        self.origins.get(id).copied()
    }

    /// Whether an armed group that is a party to it says so of itself or of those it fights.
    pub fn boast(&self, id: &ClaimId) -> bool {
        self.claim(id).is_some_and(|claim| {
            let head = claim.speaker();
            head.interested && head.party_kind == PartyKind::ArmedGroup
        })
    }

    /// The first and the last day on which a report may have been published.
    pub fn published(&self, report: &ReportId) -> Option<(Date, Date)> {
        self.days.get(report).copied()
    }

    /// The position that a claim holds in its finding.
    pub fn position(&self, id: &ClaimId) -> Option<&'a Position> {
        self.positions.get(id).copied()
    }

    /// The first and the last day on which a vote may have been given: of the publication of its report.
    pub fn days(&self, vote: &Vote) -> Option<(Date, Date)> {
        self.days.get(&vote.report).copied()
    }

    /// Whether `a` is of a later day than `b`; `false` where a day is not known.
    pub fn later(&self, a: &Vote, b: &Vote) -> bool {
        match (self.days(a), self.days(b)) {
            (Some((first, _)), Some((_, last))) => first > last,
            _ => false,
        }
    }

    /// What one vote for `n` says, with its bound; a sum of parts of which one is open is open.
    pub fn count_of(&self, vote: &Vote, n: u64) -> Count {
        let counts: Vec<&Count> = vote
            .claims
            .iter()
            .filter_map(|id| self.claim(id)?.value.count())
            .collect();
        let gives = |count: &&&Count| count.stated == Some(n) || count.low == n;
        if let Some(count) = counts.iter().find(gives) {
            return (*count).clone();
        }
        let open = counts.iter().any(|count| count.high.is_none());
        let bound = if open { Bound::AtLeast } else { Bound::Exact };
        Count::said(n, bound, n.to_string())
    }
}

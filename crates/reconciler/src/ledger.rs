//! The claims of a group of reports in one order, with what every later step asks of them.
//!
//! Comes in: the readings, sorted. Goes out: entries by report letter and position, each with the people it speaks of,
//! the time it stands at and the voice behind it. Knows nothing of how claims relate.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use model::{Claim, Reading, Slot, SpeakerKind, StanceKind, WhenPrecision};

use crate::{
    letters::letter,
    link::{Voices, names::Names},
    reconcile::align::ScopeKey,
};

/// One claim and what is known of it here. Indices point into the ledger.
pub struct Entry<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// Place of its report in the order of letters.
    pub report: usize,
    /// Whether it belongs to a main account.
    pub main: bool,
    /// Whom it speaks of, folded for comparison.
    pub scope: ScopeKey,
    /// When the figure stood, where known.
    pub moment: Option<Moment>,
    /// Number of the incident's part that it belongs to, where the incident has parts and one alone holds it.
    pub part: Option<usize>,
    /// The independent voice behind it: index into [`Voices::origins`].
    pub origin: usize,
}

/// A time a statement stands at: half-open, as finely as known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// First moment.
    pub start: DateTime,
    /// One past the last.
    pub end: DateTime,
    /// Whether it is known to the hour.
    pub fine: bool,
}

/// Everything said, in one order.
pub struct Ledger<'a> {
    /// The readings by letter.
    pub readings: Vec<&'a Reading>,
    /// The claims by letter and position: main accounts and background together.
    pub entries: Vec<Entry<'a>>,
    /// Which names mean one party.
    pub names: Names,
    /// The independent voices.
    pub voices: Voices,
}

impl Entry<'_> {
    /// Whether it denies its value.
    pub fn denied(&self) -> bool {
        self.claim.stance.kind == StanceKind::Denied
    }

    /// Whether it holds its value only as possible.
    pub fn possible(&self) -> bool {
        self.claim.stance.kind == StanceKind::Possible
    }

    /// Whether the outlet says it in its own voice or passes it on from nobody named.
    pub fn own(&self) -> bool {
        self.claim.speakers.first().is_none_or(|speaker| {
            matches!(speaker.kind, SpeakerKind::Publisher | SpeakerKind::Unnamed)
        })
    }

    /// The words.
    pub fn words(&self) -> &str {
        self.claim
            .quotes
            .first()
            .map_or("", |quote| quote.exact.as_str())
    }
}

impl Moment {
    /// When a claim stands: its as-of time, else the publication of its report.
    pub fn of(claim: &Claim, reading: &Reading) -> Option<Self> {
        let when = claim.as_of.as_ref().or(reading.report.published.as_ref())?;
        Some(Self {
            start: when.start,
            end: when.end,
            fine: matches!(when.precision, WhenPrecision::Minute | WhenPrecision::Hour),
        })
    }
}

impl Ledger<'_> {
    /// The letter of a report: `A` … `Z`, `AA` …
    pub fn letter(&self, report: usize) -> String {
        letter(report)
    }

    /// The origin behind entry `i`.
    pub fn origin(&self, i: usize) -> &model::Origin {
        &self.voices.origins[self.entries[i].origin]
    }
}

/// Gives a figure that is passed on the time at which its speaker first gave it: who cites Monday's figure on Friday
/// says nothing of Friday. An outlet that repeats its own figure stands by it.
pub fn settle(entries: &mut [Entry<'_>]) {
    let mut first: BTreeMap<(usize, Slot, ScopeKey, String), Moment> = BTreeMap::new();
    let key = |entry: &Entry<'_>| {
        let value = entry.claim.value.count()?.interval();
        let passed_on = entry.main && !entry.own() && entry.claim.as_of.is_none();
        passed_on.then(|| (entry.origin, entry.claim.slot, entry.scope.clone(), value))
    };
    // The speaker's own report gives the figure too, so times are gathered from all.
    for entry in entries.iter().filter(|entry| entry.main) {
        let (Some(moment), Some(count)) = (entry.moment, entry.claim.value.count()) else {
            continue;
        };
        let key = (
            entry.origin,
            entry.claim.slot,
            entry.scope.clone(),
            count.interval(),
        );
        let known = first.entry(key).or_insert(moment);
        if moment.start < known.start {
            *known = moment;
        }
    }
    for entry in entries {
        if let Some(key) = key(entry)
            && let Some(&moment) = first.get(&key)
        {
            entry.moment = Some(moment);
        }
    }
}

//! How two counts of the same people stand to each other.
//!
//! Intervals decide: two counts contradict only when no number satisfies both, they speak of the same people, and no
//! time tells them apart. A later figure of a running count revises. The edges of vague words are not sharp: "dozens"
//! does not exclude 20, and no word of its kind a larger number.

use std::{borrow::Cow, collections::BTreeMap};

use model::{Bound, Count, Mark, OriginKind, RelationKind};

use super::{
    figure_traits,
    found::Found,
    intervals::{apart, together},
    time::{Lag, one_voice, two_voices},
};
use crate::ledger::{Entry, Ledger};

/// Relates two counts of the same slot and people; `None` when there is nothing worth saying.
pub fn relate(ledger: &Ledger<'_>, i: usize, j: usize) -> Option<Found> {
    let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
    if a.denied() || b.denied() {
        return denied(ledger, i, j);
    }
    if let (Some(one), Some(other)) = (a.part, b.part)
        && one != other
    {
        return Some(Found::new(
            RelationKind::ScopeDiffers,
            format!("figures of different parts: {} and {}", one + 1, other + 1),
        ));
    }
    if !figure_traits::holds(a.claim) || !figure_traits::holds(b.claim) {
        return moved(a, b);
    }
    let (x, y) = (&figure(a)?, &figure(b)?);
    let pair = Pair {
        ledger,
        i,
        j,
        x,
        y,
        lag: if a.origin == b.origin {
            one_voice(a, b)
        } else {
            two_voices(a, b)
        },
        party: boasts(a) || boasts(b),
    };
    if rest(a) || rest(b) {
        return beside(a, b, x, y, pair.party);
    }
    if apart(x, y) {
        pair.contrary()
    } else {
        pair.fitting()
    }
}

/// Two figures of the same people that neither denies, and what is asked of them again and again.
struct Pair<'a> {
    ledger: &'a Ledger<'a>,
    i: usize,
    j: usize,
    x: &'a Count,
    y: &'a Count,
    /// How the second stands in time to the first.
    lag: Lag,
    /// Whether one of them is a party's own.
    party: bool,
}

impl Pair<'_> {
    fn entries(&self) -> (&Entry<'_>, &Entry<'_>) {
        (&self.ledger.entries[self.i], &self.ledger.entries[self.j])
    }

    fn one_report(&self) -> bool {
        let (a, b) = self.entries();
        a.report == b.report
    }

    fn same_voice(&self) -> bool {
        let (a, b) = self.entries();
        a.origin == b.origin
    }

    /// Two figures that share a number.
    fn fitting(&self) -> Option<Found> {
        let (x, y) = (self.x, self.y);
        let (a, b) = self.entries();
        let (early, late, swapped) = match self.lag {
            Lag::Earlier(_) => (x, y, true),
            _ => (y, x, false),
        };
        // A lower bound that a later report raises is an early toll, no bound on the whole; a figure inside the bound
        // need not be.
        let firm = !a.possible() && !b.possible();
        let rises = self.lag.apart() && firm && early.low < late.low;
        if rises && (self.same_voice() || !self.party) {
            let mut found = revises(self.lag, early, late, swapped, self.same_voice());
            if early.high.is_none() && late.high.is_none() && !self.same_voice() {
                found.kind = RelationKind::Compatible;
                found.why = format!("{}; {} later", together(x, y), self.lag.label());
            }
            return Some(found);
        }
        match (self.one_report(), self.same_voice()) {
            (true, _) => None,
            (_, true) => Some(Found::new(
                RelationKind::SameOrigin,
                format!(
                    "one voice, {}; {}",
                    self.ledger.origin(self.i).label,
                    together(x, y)
                ),
            )),
            _ => Some(Found::new(RelationKind::Compatible, together(x, y))),
        }
    }

    /// Two figures that share no number.
    fn contrary(&self) -> Option<Found> {
        let (x, y) = (self.x, self.y);
        let (a, b) = self.entries();
        if self.one_report() && self.same_voice() && !self.lag.apart() {
            // One text, two figures: other people or another part of the day, more often than a disagreement.
            return None;
        }
        if rounded(x, y) {
            return Some(Found::new(
                RelationKind::Compatible,
                format!("{} may be {}, rounded", x.label(), y.label()),
            ));
        }
        if self.one_report() && !self.lag.apart() && !side_by_side(a, b, self.party) {
            // What the outlet tells in its own words beside somebody's figure is an older or another count more often
            // than a rival one.
            return Some(Found::new(
                RelationKind::Tension,
                format!(
                    "{} against {} in one report, which sets nobody's count against another's",
                    x.interval(),
                    y.interval()
                ),
            ));
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
        match self.lag {
            Lag::Earlier(_) => self.moved_on(x, y, true),
            Lag::Later(_) => self.moved_on(y, x, false),
            Lag::Same | Lag::Unknown => Some(self.at_one_time()),
        }
    }

    /// Two figures that share no number, and no time tells them apart.
    fn at_one_time(&self) -> Found {
        let (x, y) = (self.x, self.y);
        let running = self.lag == Lag::Same && !self.one_report() && !self.party;
        if running && !far(x, y) && !two_counters(self.ledger, self.i, self.j) {
            return Found::new(
                RelationKind::Tension,
                format!(
                    "{} and {} share no number; counts of one day, by two who go on counting",
                    x.interval(),
                    y.interval()
                ),
            );
        }
        Found::new(
            RelationKind::Contradicts,
            format!(
                "{} and {} share no number; the same people, and no time tells them apart",
                x.interval(),
                y.interval()
            ),
        )
    }

    /// Two figures that share no number, of which one is of a later time.
    fn moved_on(&self, early: &Count, late: &Count, swapped: bool) -> Option<Found> {
        let (a, b) = self.entries();
        if early.bound == Bound::Vague || late.bound == Bound::Vague {
            // A vague word is no step of a count: it is open upward, and a number that comes later does not take it
            // back.
            let vague = if early.bound == Bound::Vague {
                early
            } else {
                late
            };
            return Some(Found::new(
                RelationKind::Compatible,
                format!(
                    "{} is no number to go by; {}",
                    vague.label(),
                    together(self.x, self.y)
                ),
            ));
        }
        let rises = late.low > early.high.unwrap_or(u64::MAX) || late.low > early.low;
        let grows = a.claim.slot.spec().grows;
        if self.same_voice() || !grows || (!self.party && rises) {
            return Some(revises(self.lag, early, late, swapped, self.same_voice()));
        }
        // The day of a report is no as-of time: a party's own figure is not an early toll that others bring up to
        // date. A higher figure on a later day excludes nothing, though: people die and are found; that is told as a
        // tension. Nobody at all is no early toll.
        let early_toll = rises && early.high != Some(0);
        if self.party && !early_toll && a.claim.as_of.is_none() && b.claim.as_of.is_none() {
            return Some(Found {
                swapped,
                ..Found::new(
                    RelationKind::Contradicts,
                    format!(
                        "{} and {} share no number; the same people, and one is a party’s own figure",
                        early.interval(),
                        late.interval()
                    ),
                )
            });
        }
        let named = [self.i, self.j].map(|k| self.ledger.origin(k).kind == OriginKind::Speaker);
        let who = if named.contains(&true) {
            "another speaker"
        } else {
            "another outlet"
        };
        let lag = match self.lag {
            // A late hour and the day after are no hour apart when one of them is known to the day only.
            Lag::Earlier(..24) | Lag::Later(..24) => "on another day".to_owned(),
            _ => format!("{} apart", self.lag.label()),
        };
        Some(Found {
            swapped,
            ..Found::new(
                RelationKind::Tension,
                format!(
                    "{} against {}, {lag}, from {who}: no revision by the one who said it",
                    early.interval(),
                    late.interval()
                ),
            )
        })
    }
}

/// Whether two who are named give the figures: a ministry and a hospital that count at one time disagree, while outlets
/// pass on what each has heard.
fn two_counters(ledger: &Ledger<'_>, i: usize, j: usize) -> bool {
    let named = |k: usize| ledger.origin(k).kind == OriginKind::Speaker;
    named(i) && named(j)
}

/// Halves: a figure that is more than this many halves of another of the same day is no step of one running count with
/// it.
const FAR: u64 = 5;
/// Largest share by which a rounded figure may miss a sharp one.
const ROUND: f64 = 0.12;

/// Whether two figures are too far from each other to be steps of one count on one day: one is more than two and a half
/// times the other.
fn far(x: &Count, y: &Count) -> bool {
    let (low, high) = (x.low.min(y.low), x.low.max(y.low));
    low > 0 && high.saturating_mul(2) > low.saturating_mul(FAR)
}

/// Whether two figures that share no number may be one, rounded: "more than 17,000" and 17,000, "some 30" and 34.
fn rounded(x: &Count, y: &Count) -> bool {
    let n = |count: &Count| count.stated.unwrap_or(count.low);
    let loose =
        |count: &Count| matches!(count.bound, Bound::About | Bound::MoreThan | Bound::AtLeast);
    let (low, high) = (n(x).min(n(y)) as f64, n(x).max(n(y)) as f64);
    (loose(x) || loose(y)) && high - low <= high * ROUND
}

/// Whether one report sets one's count against another's: two who are named, or a party to it against anybody. One of
/// some kind of people is somebody told of, and no count of them.
fn side_by_side(a: &Entry<'_>, b: &Entry<'_>, party: bool) -> bool {
    let one = |entry: &Entry<'_>| {
        let count = entry.claim.value.count();
        !entry.scope.is_all() && count.is_some_and(|count| count.high == Some(1) && count.low == 1)
    };
    party
        || (!one(a)
            && !one(b)
            && !a.own()
            && !b.own()
            && !figure_traits::early(a.claim)
            && !figure_traits::early(b.claim))
}

/// Whether a party to it says so of itself or of its enemy.
pub fn boasts(entry: &Entry<'_>) -> bool {
    entry.claim.speaker().interested
}

/// Whether a claim was judged not to be its report's own figure for everybody.
fn rest(entry: &Entry<'_>) -> bool {
    entry.claim.own.is_some() && !figure_traits::own_toll(entry.claim)
}

/// Two figures of which one at least is not its report's own: a rival of the own toll that stands beside it in the same
/// report, or what a party says against the own toll of another. Everything else is a part, an older figure, or said of
/// other people.
fn beside(a: &Entry<'_>, b: &Entry<'_>, x: &Count, y: &Count, party: bool) -> Option<Found> {
    let whole = a.scope.is_all() && b.scope.is_all();
    let vague = x.bound == Bound::Vague || y.bound == Bound::Vague;
    let rival = !whole || rest(a) != rest(b);
    let one_report = a.report == b.report;
    if vague
        || a.possible()
        || b.possible()
        || a.origin == b.origin
        || !apart(x, y)
        || !rival
        || rounded(x, y)
        || one_report && !side_by_side(a, b, party)
        || !one_report && !party
    {
        return None;
    }
    let why = if one_report {
        format!(
            "{} and {} share no number; one report lets both speak",
            x.interval(),
            y.interval()
        )
    } else {
        format!(
            "{} and {} share no number; the same people, and one is a party’s own figure",
            x.interval(),
            y.interval()
        )
    };
    Some(Found::new(RelationKind::Contradicts, why))
}

/// A figure that is told as an earlier one, or taken back, against the figure of the same report that took its place.
fn moved(a: &Entry<'_>, b: &Entry<'_>) -> Option<Found> {
    let (old, new, swapped) = match (figure_traits::holds(a.claim), figure_traits::holds(b.claim)) {
        (true, false) => (b, a, false),
        (false, true) => (a, b, true),
        _ => return None,
    };
    let (early, late) = (old.claim.value.count()?, new.claim.value.count()?);
    (old.report == new.report && apart(early, late)).then(|| Found {
        swapped,
        supersedes: false,
        overtaken: false,
        ..Found::new(
            RelationKind::Revises,
            format!(
                "told as the figure before: {} takes the place of {}",
                late.interval(),
                early.interval()
            ),
        )
    })
}

/// What a claim counts. People who are described, by kin or one by one, are some of those it speaks of: at least so
/// many. So are those picked from others: "one of the wounded", "somebody".
fn figure<'a>(entry: &'a Entry<'_>) -> Option<Cow<'a, Count>> {
    let count = entry.claim.value.count()?;
    let some = count.bound == Bound::Exact
        && count.low > 0
        && (entry.claim.evidence.has(Mark::Described) || picked(entry));
    Some(if some {
        Cow::Owned(Count {
            high: None,
            bound: Bound::AtLeast,
            ..count.clone()
        })
    } else {
        Cow::Borrowed(count)
    })
}

/// Whether a claim's words pick its people from others: "one of the wounded", "somebody".
fn picked(entry: &Entry<'_>) -> bool {
    entry.claim.evidence.has(Mark::Picked) && !figure_traits::own_toll(entry.claim)
}

/// The own toll of each report, where it gives one: entry by report.
pub type Tolls = BTreeMap<usize, usize>;

/// The own tolls among these entries.
pub fn tolls(ledger: &Ledger<'_>, entries: &[usize]) -> Tolls {
    entries
        .iter()
        .filter(|&&i| {
            let entry = &ledger.entries[i];
            figure_traits::own_toll(entry.claim) && !entry.denied() && !entry.possible()
        })
        .map(|&i| (ledger.entries[i].report, i))
        .collect()
}

/// The own toll of the claim's report, where the claim counts only some of the people of that toll: fewer, and in the
/// words of the report or of the one who gives the toll. What another speaker gives stays beside it.
pub fn some_of(ledger: &Ledger<'_>, tolls: &Tolls, i: usize) -> Option<usize> {
    let entry = &ledger.entries[i];
    let &toll = tolls.get(&entry.report)?;
    if toll == i || figure_traits::own_toll(entry.claim) || entry.denied() {
        return None;
    }
    let (part, whole) = (figure(entry)?, figure(&ledger.entries[toll])?);
    let few = part.low < whole.low && (apart(&part, &whole) || part.high.is_none());
    let one_voice = entry.own() || entry.origin == ledger.entries[toll].origin;
    (few && one_voice).then_some(toll)
}

/// Relates two counts where one of them counts only some of its report's own toll: it is part of that, and no rival of
/// what others say. `None` leaves them to [`relate`].
pub fn relate_some(
    ledger: &Ledger<'_>,
    tolls: &Tolls,
    i: usize,
    j: usize,
) -> Option<Option<Found>> {
    let (of_i, of_j) = (some_of(ledger, tolls, i), some_of(ledger, tolls, j));
    if of_i.is_none() && of_j.is_none() {
        return None;
    }
    let swapped = of_j == Some(i);
    let part = of_i == Some(j) || swapped;
    Some(part.then(|| {
        let toll = figure(&ledger.entries[if swapped { i } else { j }]);
        Found {
            swapped,
            ..Found::new(
                RelationKind::PartOf,
                format!(
                    "some of the {} that the report counts in all",
                    toll.map(|count| count.interval()).unwrap_or_default()
                ),
            )
        }
    }))
}

/// Whether the report of `a` is of a later day than that of `b`.
fn later_report(ledger: &Ledger<'_>, a: &Entry<'_>, b: &Entry<'_>) -> bool {
    let day = |entry: &Entry<'_>| {
        let published = ledger.readings[entry.report].report.published.as_ref();
        published.map(|when| when.date())
    };
    day(a).zip(day(b)).is_some_and(|(a, b)| a > b)
}

/// A denial against a figure: the same figure denied, or that there was anybody at all.
///
/// Whoever says that an older figure was wrong, and gives another, corrects it; that disputes nothing unless somebody
/// still stands by it: the one report lets both speak, a party to it gives it, or it is given later.
fn denied(ledger: &Ledger<'_>, i: usize, j: usize) -> Option<Found> {
    let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
    if a.denied() == b.denied() || a.origin == b.origin {
        return None;
    }
    let (denial, said) = if a.denied() { (a, b) } else { (b, a) };
    let count = said.claim.value.count()?;
    if count.high == Some(0) || count.bound == Bound::AtMost || !figure_traits::holds(said.claim) {
        return None;
    }
    let why = match denial.claim.value.count() {
        Some(other) if other.interval() == count.interval() => {
            "one denies the figure that the other gives"
        }
        // "denied that any prisoners were hurt": no number, or a bare plural; "not one".
        Some(other) if other.bound != Bound::Vague && other.high != Some(0) => return None,
        _ => "one denies that there was anybody to count",
    };
    let gives = |entry: &&Entry<'_>| {
        entry.main
            && entry.report == denial.report
            && entry.claim.slot == denial.claim.slot
            && entry.scope == denial.scope
            && !entry.denied()
            && entry
                .claim
                .value
                .count()
                .is_some_and(|other| apart(other, count))
    };
    let corrects = denial
        .claim
        .value
        .count()
        .is_some_and(|count| count.high != Some(0) && count.bound != Bound::Vague)
        && ledger.entries.iter().any(|entry| gives(&entry));
    let stands = boasts(said)
        || said.report == denial.report && !said.own() && !denial.own()
        || later_report(ledger, said, denial);
    let kind = if corrects && !stands {
        RelationKind::Tension
    } else {
        RelationKind::Contradicts
    };
    Some(Found::new(kind, why))
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
        supersedes: true,
        overtaken: false,
    }
}

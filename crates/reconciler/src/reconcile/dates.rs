//! When it happened.

use jiff::{ToSpan, civil::Date};
use model::{Basis, Claim, Detail, RelationKind, Value, When, WhenPrecision};

use super::found::Found;
use crate::ledger::Ledger;

/// Days by which two dates of one happening may lie apart and still be a disagreement; more, and they date different
/// things.
const NEAR_DAYS: i64 = 7;

/// Hours by which two times of day may lie apart and still be two tellings of one: witnesses, dispatchers and reporters
/// round.
const NEAR_HOURS: i64 = 3;
/// The same where one is a part of the day: "early in the morning" is said of one o'clock and of six.
const NEAR_PARTS: i64 = 6;
/// Why such a day neither supports nor disputes what is said.
pub const LEAVES_ROOM: &str = "one is inferred from publication and leaves room for the other";

/// Whether a claim's day is inferred from publication.
pub fn inferred(claim: &Claim) -> bool {
    claim.evidence.basis == Basis::Publication
}

/// What a report's date counts for beside those of others, by how the reader found it: said in the clause of the
/// happening beyond doubt, said near it, or inferred from publication. In the proportions in which such dates turned
/// out right on reports of incidents with several, with each incident left out when its dates were weighed.
pub fn weight(claim: &Claim) -> u32 {
    match claim.evidence.basis {
        Basis::Near => 2,
        Basis::Publication | Basis::FollowUp => 1,
        _ => 6,
    }
}

/// The last day on which what a report tells can have happened, in whatever zone it was printed.
pub fn latest_day(published: &When) -> Option<Date> {
    let hours = match published.precision {
        WhenPrecision::Minute | WhenPrecision::Hour => 14,
        _ => 0,
    };
    let end = published.end.checked_add(hours.hours()).ok()?;
    // The end of a day is the first moment of the next.
    Some(end.checked_sub(1.minute()).ok()?.date())
}

/// Whether a report stands by the day as that of the happening: its clause says so, and it is the day that fits the
/// report best. What only stands near the happening, and a further day that some clause names, disputes nobody's date.
fn firm(claim: &Claim) -> bool {
    !matches!(
        claim.evidence.basis,
        Basis::Publication | Basis::Near | Basis::Further | Basis::FollowUp
    )
}

/// Why a claim dates only what came after the happening: an arrest, a charge, a burial.
pub fn follows(claim: &Claim) -> Option<&'static str> {
    (claim.evidence.basis == Basis::FollowUp)
        .then_some("the day of what followed, not of the happening")
}

/// Whether a time is a part of a day: "early in the morning", "that night".
fn part(when: &When) -> bool {
    when.precision == WhenPrecision::PartOfDay
}

/// Whether two times may be two tellings of one, though they do not overlap.
fn near(x: &When, y: &When) -> bool {
    let hours = if part(x) || part(y) {
        NEAR_PARTS
    } else {
        NEAR_HOURS
    };
    let one_day = x.date() == y.date() && (part(x) || part(y));
    within_day(x) && within_day(y) && (one_day || apart(x, y) < hours)
}

/// Whether a time is within a day.
fn within_day(when: &When) -> bool {
    when.precision <= WhenPrecision::PartOfDay
}

/// Hours between two times that do not overlap.
fn apart(x: &When, y: &When) -> i64 {
    let (early, late) = if x.start <= y.start { (x, y) } else { (y, x) };
    early.end.duration_until(late.start).as_hours()
}

/// Relates two dates. `first` says whether each is the first date its report gives, `spans` whether the happening is
/// said to go on over days, so that its dates may differ.
pub fn relate(
    ledger: &Ledger<'_>,
    i: usize,
    j: usize,
    first: (bool, bool),
    spans: bool,
) -> Option<Found> {
    let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
    if a.report == b.report || a.denied() || b.denied() {
        return None;
    }
    let (x, y) = match (&a.claim.value, &b.claim.value) {
        (Value::When(x), Value::When(y)) => (x, y),
        (Value::When(when), Value::Words { .. }) | (Value::Words { .. }, Value::When(when)) => {
            let undated = match &a.claim.value {
                Value::Words { .. } => a.claim,
                _ => b.claim,
            };
            let named = a.origin != b.origin && first.0 && first.1;
            return (named && same_weekday(when, undated)).then(|| {
                Found::new(
                    RelationKind::Corroborates,
                    format!(
                        "{} is a {}, and the other gives no more than that day",
                        when.label(),
                        weekday(when)
                    ),
                )
            });
        }
        _ => return None,
    };
    if inferred(a.claim) || inferred(b.claim) {
        return x
            .overlaps(y)
            .then(|| Found::new(RelationKind::Compatible, LEAVES_ROOM.to_owned()));
    }
    if !x.overlaps(y) && near(x, y) {
        let same = a.origin == b.origin;
        return Some(Found::new(
            if same {
                RelationKind::SameOrigin
            } else {
                RelationKind::Corroborates
            },
            if part(x) || part(y) {
                format!("{} and {} may be told of one hour", x.label(), y.label())
            } else {
                format!(
                    "{} and {} are less than {NEAR_HOURS} hours apart",
                    x.label(),
                    y.label()
                )
            },
        ));
    }
    if x.overlaps(y) {
        let day = if x.date() == y.date() {
            format!("both give {}", x.date().strftime("%-d %B %Y"))
        } else {
            format!("{} and {} overlap", x.label(), y.label())
        };
        let voices = ledger.entries[i].origin != ledger.entries[j].origin;
        let coarse = |precision| {
            matches!(
                precision,
                WhenPrecision::Month | WhenPrecision::Season | WhenPrecision::Year
            )
        };
        return Some(if !voices {
            Found::new(RelationKind::SameOrigin, format!("{day}, in one voice"))
        } else if coarse(x.precision) || coarse(y.precision) {
            Found::new(RelationKind::Compatible, day)
        } else {
            Found::new(RelationKind::Corroborates, day)
        });
    }
    let gap = (y.start.duration_since(x.start).as_hours() / 24).abs();
    let firm = firm(a.claim) && firm(b.claim);
    if !(first.0 && first.1 && firm) || spans || gap > NEAR_DAYS {
        return None;
    }
    // What happens at night is told with either day.
    let apart = (y.date() - x.date()).get_days().abs();
    let possible = a.possible() || b.possible() || apart == 1;
    Some(Found::new(
        if possible {
            RelationKind::Tension
        } else {
            RelationKind::Contradicts
        },
        format!("{} against {}", x.label(), y.label()),
    ))
}

/// Whether undated words give the weekday of a day: "on Thursday", in a report that does not say which.
fn same_weekday(when: &When, undated: &Claim) -> bool {
    let fine = matches!(
        when.precision,
        WhenPrecision::Day | WhenPrecision::PartOfDay | WhenPrecision::Hour | WhenPrecision::Minute
    );
    let weekday = when.date().weekday().to_monday_one_offset() as u8;
    fine && matches!(&undated.evidence.detail, Some(Detail::Weekdays { days }) if days.contains(&weekday))
}

fn weekday(when: &When) -> String {
    when.date().strftime("%A").to_string()
}

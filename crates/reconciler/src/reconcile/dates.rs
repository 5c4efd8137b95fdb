//! When it happened.

use model::{RelationKind, Value, When, WhenPrecision};

use super::counts::Found;
use crate::ledger::Ledger;
use crate::link::words;

/// Days by which two dates of one happening may lie apart and still be a disagreement; more, and they date different things.
const NEAR_DAYS: i64 = 7;

/// Relates two dates. `first` says whether each is the first date its report gives, `spans` whether the happening is said to go
/// on over days, so that its dates may differ.
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
        (Value::When(when), Value::Words { words })
        | (Value::Words { words }, Value::When(when)) => {
            let named = a.origin != b.origin && first.0 && first.1;
            return (named && same_weekday(when, words)).then(|| {
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
    if !(first.0 && first.1) || spans || gap > NEAR_DAYS {
        return None;
    }
    let possible = a.possible() || b.possible();
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
fn same_weekday(when: &When, text: &str) -> bool {
    let said = words::fold(text);
    let fine = matches!(
        when.precision,
        WhenPrecision::Day | WhenPrecision::PartOfDay | WhenPrecision::Hour | WhenPrecision::Minute
    );
    fine && said
        .iter()
        .any(|word| *word == weekday(when).to_lowercase())
}

fn weekday(when: &When) -> String {
    when.date().strftime("%A").to_string()
}

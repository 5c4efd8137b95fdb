//! Which of two statements is the later one, as far as can be told.

use crate::ledger::{Entry, Moment};

/// Hours by which a figure must be later to be a later figure of the same voice, when both times are known to the hour.
pub const LATER_HOURS: i64 = 3;

/// How the time of one statement stands to that of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lag {
    /// One of the times is not known.
    Unknown,
    /// The same, as far as can be told.
    Same,
    /// The first is earlier, by this many hours.
    Earlier(i64),
    /// The first is later, by this many hours.
    Later(i64),
}

impl Lag {
    /// Whether the times set the statements apart.
    pub fn apart(self) -> bool {
        matches!(self, Lag::Earlier(_) | Lag::Later(_))
    }

    /// "26 hours", "3 days".
    pub fn label(self) -> String {
        match self {
            Lag::Earlier(hours) | Lag::Later(hours) => match hours {
                1 => "1 hour".to_owned(),
                ..48 => format!("{hours} hours"),
                _ => format!("{} days", hours / 24),
            },
            _ => "no known time".to_owned(),
        }
    }
}

/// The lag between two statements of one voice: three hours where both are known to the hour, else another day.
pub fn one_voice(a: &Entry<'_>, b: &Entry<'_>) -> Lag {
    between(a.moment, b.moment, true)
}

/// The lag between two voices: another calendar day. On one day two speakers disagree.
pub fn two_voices(a: &Entry<'_>, b: &Entry<'_>) -> Lag {
    between(a.moment, b.moment, false)
}

fn between(a: Option<Moment>, b: Option<Moment>, hours: bool) -> Lag {
    let (Some(a), Some(b)) = (a, b) else {
        return Lag::Unknown;
    };
    let gap = b.start.duration_since(a.start).as_hours();
    let lag = |gap: i64| {
        if gap > 0 {
            Lag::Earlier(gap)
        } else {
            Lag::Later(-gap)
        }
    };
    if hours && a.fine && b.fine {
        return if gap.abs() >= LATER_HOURS {
            lag(gap)
        } else {
            Lag::Same
        };
    }
    // An hour stands for its day; longer intervals stand for themselves.
    let (first, last) = (days(a), days(b));
    if first.1 < last.0 || last.1 < first.0 {
        lag(gap)
    } else {
        Lag::Same
    }
}

/// First and last calendar day of a moment.
fn days(moment: Moment) -> (jiff::civil::Date, jiff::civil::Date) {
    let last = moment
        .end
        .checked_sub(jiff::Span::new().nanoseconds(1))
        .unwrap_or(moment.start);
    (moment.start.date(), last.date().max(moment.start.date()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn hour(day: i8, hour: i8) -> Option<Moment> {
        Some(Moment {
            start: date(2031, 5, day).at(hour, 0, 0, 0),
            end: date(2031, 5, day).at(hour, 1, 0, 0),
            fine: true,
        })
    }

    fn day(day: i8) -> Option<Moment> {
        Some(Moment {
            start: date(2031, 5, day).at(0, 0, 0, 0),
            end: date(2031, 5, day + 1).at(0, 0, 0, 0),
            fine: false,
        })
    }

    #[test]
    fn hours_count_for_one_voice_and_days_for_two() {
        assert_eq!(between(hour(6, 8), hour(6, 10), true), Lag::Same);
        assert_eq!(between(hour(6, 8), hour(6, 12), true), Lag::Earlier(4));
        assert_eq!(between(hour(6, 8), hour(6, 23), false), Lag::Same);
        assert_eq!(between(hour(7, 1), hour(6, 23), false), Lag::Later(2));
        assert_eq!(between(day(6), hour(6, 9), true), Lag::Same);
        assert_eq!(between(day(6), day(8), true).label(), "2 days");
        assert_eq!(between(None, day(8), true), Lag::Unknown);
    }
}

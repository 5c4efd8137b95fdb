//! What is counted from a day: so many days ago, last week, the past year, the end of the month.

use jiff::Span;

use super::{
    Anchor, Resolved, plain,
    values::{day_value, month_value, quarter_of, week_value},
};
use crate::read::times::expression::{From, Unit};

impl Anchor {
    pub(super) fn shift(&self, n: i64, unit: Unit, from: From) -> Resolved {
        let why = match from {
            From::Printing => self.why(
                "counted from printing",
                "counted from the latest date in the text",
            ),
            From::Last => "counted from the date last said",
        };
        let shifted = self.from(from, unit).and_then(|day| {
            let span = match unit {
                Unit::Second | Unit::Minute | Unit::Hour => Span::new().try_days(n / 24).ok()?,
                Unit::Day => Span::new().try_days(n).ok()?,
                Unit::Week | Unit::Weekend => Span::new().try_weeks(n).ok()?,
                Unit::Month => Span::new().try_months(n).ok()?,
                Unit::Quarter => Span::new().try_months(n.checked_mul(3)?).ok()?,
                Unit::Year => Span::new().try_years(n).ok()?,
                Unit::Decade => Span::new().try_years(n.checked_mul(10)?).ok()?,
                Unit::Century => Span::new().try_years(n.checked_mul(100)?).ok()?,
            };
            day.checked_add(span).ok()
        });
        let Some(date) = shifted else {
            return plain(
                match unit {
                    Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => "XXXX-XX-XX".into(),
                    Unit::Week | Unit::Weekend => "XXXX-WXX".into(),
                    Unit::Month | Unit::Quarter => "XXXX-XX".into(),
                    _ => "XXXX".into(),
                },
                "",
            );
        };
        let value = match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => day_value(date),
            Unit::Week => week_value(date),
            Unit::Weekend => format!("{}-WE", week_value(date)),
            Unit::Month => month_value(date),
            Unit::Quarter => format!("{:04}-Q{}", date.year(), quarter_of(date)),
            Unit::Year | Unit::Decade | Unit::Century => format!("{:04}", date.year()),
        };
        plain(value, why)
    }

    pub(super) fn around(&self, unit: Unit, offset: i32, from: From) -> Resolved {
        if let (Unit::Decade | Unit::Century, Some(day)) = (unit, self.from(from, unit)) {
            let size = if unit == Unit::Decade { 10 } else { 100 };
            let value = i32::from(day.year()) / size + offset;
            let value = if unit == Unit::Decade {
                format!("{value:03}")
            } else {
                format!("{value:02}")
            };
            return plain(value, "counted from printing");
        }
        if unit == Unit::Weekend {
            // On Saturday or Sunday "this weekend" is the one at hand; earlier in the week "the weekend" is the one
            // before.
            let late = self
                .from(from, unit)
                .is_some_and(|day| day.weekday().to_monday_one_offset() >= 6);
            let back = if offset == 0 && !late { -1 } else { offset };
            return self.shift(i64::from(back), unit, from);
        }
        self.shift(i64::from(offset), unit, from)
    }

    pub(super) fn stretch(&self, n: Option<i64>, unit: Unit) -> Resolved {
        let value = unit.length(n.map(i64::unsigned_abs));
        let (Some(n), Some(day)) = (n, self.day()) else {
            return plain(value, "");
        };
        let edge = || {
            let span = match unit {
                Unit::Day | Unit::Weekend => Span::new().try_days(n).ok()?,
                Unit::Week => Span::new().try_weeks(n).ok()?,
                Unit::Month => Span::new().try_months(n).ok()?,
                Unit::Year => Span::new().try_years(n).ok()?,
                Unit::Decade => Span::new().try_years(n.checked_mul(10)?).ok()?,
                _ => return None,
            };
            let other = day.checked_add(span).ok()?;
            let tomorrow = day.tomorrow().ok()?;
            Some(if n < 0 {
                (other, tomorrow)
            } else {
                (day, other.tomorrow().ok()?)
            })
        };
        Resolved {
            value,
            why: "stretch counted from printing",
            until: edge(),
        }
    }

    pub(super) fn end_of(&self, unit: Unit) -> Resolved {
        let value = match (unit, self.day()) {
            (Unit::Year, Some(day)) => format!("{:04}-12-31", day.year()),
            (Unit::Month, Some(day)) => day_value(day.last_of_month()),
            _ => "XXXX-XX-XX".into(),
        };
        plain(value, "end of the period of printing")
    }
}

//! Days: of a month, of a week, in digits.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{
    Anchor, Resolved, plain,
    values::{day_value, days_between},
};
use crate::read::times::{calendar, tense::Tense};

/// How far from the latest year said a fitting year may lie when there is no day of printing.
const YEARS_ASIDE: i16 = 12;

impl Anchor {
    pub(super) fn day_of_month(
        &self,
        year: Option<i16>,
        month: i8,
        day: i8,
        weekday: Option<i8>,
        until: Option<i8>,
        tense: Tense,
    ) -> Resolved {
        let (year, why) = match year {
            Some(year) => (Some(year), "stated"),
            None => self.year_for(month, day, weekday, tense),
        };
        let Some(year) = year else {
            return plain(format!("XXXX-{month:02}-{day:02}"), "no year known");
        };
        let first = calendar::date(year, month, day);
        let range = until
            .and_then(|last| calendar::date(year, month, last))
            .and_then(|last| Some((first?, last.tomorrow().ok()?)))
            .filter(|(first, end)| first < end);
        Resolved {
            value: format!("{year:04}-{month:02}-{day:02}"),
            why,
            until: range,
        }
    }

    fn year_for(
        &self,
        month: i8,
        day: i8,
        weekday: Option<i8>,
        tense: Tense,
    ) -> (Option<i16>, &'static str) {
        let fits = |year: i16| {
            calendar::date(year, month, day).filter(|date| {
                weekday.is_none_or(|weekday| date.weekday().to_monday_one_offset() == weekday)
            })
        };
        if let Some(printing) = self.printing.filter(|_| !self.assumed || weekday.is_none()) {
            let around = printing
                .year()
                .saturating_sub(if weekday.is_some() { 6 } else { 8 })
                ..=printing
                    .year()
                    .saturating_add(if weekday.is_some() { 1 } else { 8 });
            let best = around.filter_map(fits).min_by_key(|&date| {
                let days = i64::from(days_between(printing, date));
                let ahead = days > 1;
                match tense {
                    Tense::Future if days < 0 => days.abs() * 4,
                    Tense::Past if ahead => days * 6,
                    Tense::Present | Tense::Unknown if ahead => days + 60,
                    _ => days.abs(),
                }
            });
            // "Wednesday, November 11" some days before printing is a wrong weekday sooner than a date of years ago.
            let near = |date: Date| days_between(printing, date).abs();
            let plain_day = [-1, 0].iter().find_map(|back| {
                calendar::date(printing.year() + back, month, day).filter(|&date| near(date) <= 45)
            });
            let misprint = best.is_some_and(|best| near(best) > 200) && plain_day.is_some();
            if let Some(date) = best.filter(|_| !misprint) {
                let why = if weekday.is_some() {
                    "weekday and day fix the year"
                } else {
                    "year nearest to printing"
                };
                return (Some(date.year()), why);
            }
            // The weekday fits no year near: a misprint. The day stands.
            if weekday.is_some() {
                let (year, _) = self.year_for(month, day, None, tense);
                return (year, "weekday does not fit; year nearest to printing");
            }
        }
        let Some(latest) = self.latest_year else {
            return (None, "");
        };
        let best = (latest.saturating_sub(YEARS_ASIDE)..=latest.saturating_add(YEARS_ASIDE))
            .filter_map(fits)
            .map(|date| date.year())
            .min_by_key(|&year| {
                if year < latest {
                    (latest - year) * 2
                } else {
                    year - latest
                }
            });
        (
            best,
            if weekday.is_some() {
                "weekday and day fix the year"
            } else {
                "latest year said"
            },
        )
    }

    pub(super) fn numeric(&self, first: i8, second: i8, year: i16) -> Resolved {
        let day_first = calendar::date(year, second, first);
        let month_first = calendar::date(year, first, second);
        let (date, why) = match (day_first, month_first, self.printing) {
            (Some(a), Some(b), Some(printing)) if a != b => {
                let far = |date: Date| days_between(printing, date).abs();
                if far(b) < far(a) && days_between(printing, b) <= 1 {
                    (Some(b), "numeric date, nearest to printing")
                } else {
                    (Some(a), "numeric date read day first")
                }
            }
            (Some(a), Some(b), None) if a != b => (Some(a), "numeric date read day first"),
            (Some(a), ..) => (Some(a), "stated"),
            (None, b, _) => (b, "numeric date, month first"),
        };
        plain(date.map_or_else(|| format!("{year:04}"), day_value), why)
    }

    pub(super) fn weekday(
        &self,
        weekday: i8,
        week: Option<i32>,
        side: Option<i32>,
        tense: Tense,
    ) -> Resolved {
        let (Some(day), Ok(target)) = (self.day(), Weekday::from_monday_one_offset(weekday)) else {
            return plain(format!("XXXX-WXX-{weekday}"), "no day of printing");
        };
        if let Some(week) = week {
            let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days());
            let date = monday.and_then(|monday| {
                monday.checked_add((i64::from(week) * 7 + i64::from(weekday) - 1).days())
            });
            return match date {
                Ok(date) => plain(
                    day_value(date),
                    self.why(
                        "weekday of the week named",
                        "weekday of the week named, counted from the latest date in the text",
                    ),
                ),
                Err(_) => plain(format!("XXXX-WXX-{weekday}"), ""),
            };
        }
        let back = i64::from(day.weekday().since(target));
        let ahead = match side {
            Some(side) => side > 0,
            None => tense == Tense::Future,
        };
        let days = match (ahead, side) {
            (true, _) if back == 0 => 7,
            (true, _) => 7 - back,
            (false, Some(-1)) if back == 0 => -7,
            (false, _) => -back,
        };
        match day.checked_add(days.days()) {
            Ok(date) => plain(
                day_value(date),
                if ahead {
                    self.why(
                        "weekday after printing",
                        "weekday after the latest date in the text",
                    )
                } else {
                    self.why(
                        "weekday up to printing",
                        "weekday up to the latest date in the text",
                    )
                },
            ),
            Err(_) => plain(format!("XXXX-WXX-{weekday}"), ""),
        }
    }
}

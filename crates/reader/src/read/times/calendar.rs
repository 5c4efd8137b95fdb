//! The calendar: names of months, weekdays and zones, and the interval that a TIMEX3 value stands for.
//!
//! What comes in: words, or a value string. What goes out: numbers and half-open intervals of civil time. It knows no
//! text and no anchor.

use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};
use model::WhenPrecision;

/// Years a report may speak of with a calendar date; others are kept as values without an interval.
pub const YEARS: std::ops::RangeInclusive<i16> = 1..=9998;

/// The names of the months.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The names of the weekdays from Monday.
pub const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Returns the number (1–12) of an English month name, lower case.
pub fn month_name(word: &str) -> Option<i8> {
    (1..)
        .zip(MONTHS)
        .find(|(_, name)| *name == word)
        .map(|it| it.0)
}

/// Returns the ISO number (Monday 1 – Sunday 7) of an English weekday, lower case.
pub fn weekday_name(word: &str) -> Option<i8> {
    (1..)
        .zip(WEEKDAYS)
        .find(|(_, name)| *name == word)
        .map(|it| it.0)
}

/// Returns the number (1–12) of an English month name or its usual abbreviation, lower case, with or without a full
/// stop.
pub fn month(word: &str) -> Option<i8> {
    Some(match word.trim_end_matches('.') {
        "jan" => 1,
        "feb" | "febr" => 2,
        "mar" => 3,
        "apr" => 4,
        "jun" => 6,
        "jul" => 7,
        "aug" => 8,
        "sept" | "sep" => 9,
        "oct" => 10,
        "nov" => 11,
        "dec" => 12,
        word => return month_name(word),
    })
}

/// Returns the ISO number (Monday 1 – Sunday 7) of an English weekday or its usual abbreviation, lower case.
///
/// Abbreviations that are common words ("sat", "sun", "wed") count too: callers ask for a date beside them.
pub fn weekday(word: &str) -> Option<i8> {
    Some(match word.trim_end_matches('.') {
        "mon" => 1,
        "tues" | "tue" => 2,
        "wed" | "weds" => 3,
        "thurs" | "thur" | "thu" => 4,
        "fri" => 5,
        "sat" => 6,
        "sun" => 7,
        word => return weekday_name(word),
    })
}

/// Returns the minutes east of UTC of a zone abbreviation, lower case; `None` for those that change with the season
/// ("ET") or mean several zones ("IST").
pub fn zone_minutes(word: &str) -> Option<i32> {
    Some(match word {
        "z" | "utc" | "gmt" | "wet" => 0,
        "bst" | "cet" | "west" | "wat" => 60,
        "cest" | "eet" | "sast" | "cat" => 120,
        "eest" | "msk" | "eat" | "trt" => 180,
        "pkt" => 300,
        "wib" | "ict" => 420,
        "sgt" | "hkt" | "awst" => 480,
        "jst" | "kst" => 540,
        "aest" => 600,
        "nzst" => 720,
        "edt" => -240,
        "est" | "cdt" => -300,
        "cst" | "mdt" => -360,
        "mst" | "pdt" => -420,
        "pst" => -480,
        _ => return None,
    })
}

/// Returns the date, or `None` when the calendar has no such day.
pub fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    if !YEARS.contains(&year) {
        return None;
    }
    Date::new(year, month, day).ok()
}

/// Returns the interval a TIMEX3 value stands for, with its precision; `None` for durations, references and days that
/// do not exist.
///
/// Seasons are those of the northern hemisphere: spring is March to May; winter `WI` runs from December of the year
/// named to February of the next. Parts of a day: `MO` 5–12, `AF` 12–18, `EV` 17–24, `NI` 18 to 6 of the next day, `MI`
/// 11–14, `DT` 6–18.
pub fn interval(value: &str) -> Option<(DateTime, DateTime, WhenPrecision)> {
    if let Some((day, time)) = value.split_once('T') {
        return within_day(day, time);
    }
    if !value.is_ascii() || value.contains('X') {
        return None;
    }
    let parts: Vec<&str> = value.split('-').collect();
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    let year = parts[0];
    if parts.len() == 1 {
        return match year.len() {
            4 if digits(year, 4) => {
                let first = date(year.parse().ok()?, 1, 1)?;
                Some(span(
                    first,
                    first.checked_add(1.year()).ok()?,
                    WhenPrecision::Year,
                ))
            }
            3 if digits(year, 3) => years(year.parse::<i16>().ok()? * 10, 10),
            2 if digits(year, 2) => years(year.parse::<i16>().ok()? * 100, 100),
            _ => None,
        };
    }
    if !digits(year, 4) {
        return None;
    }
    let year: i16 = year.parse().ok()?;
    let months = |first: i8, count: i32, precision| {
        let start = date(year, first, 1)?;
        let end = start.checked_add(count.months()).ok()?;
        Some(span(start, end, precision))
    };
    match (parts[1], parts.get(2).copied(), parts.len()) {
        ("Q1", None, 2) => months(1, 3, WhenPrecision::Season),
        ("Q2", None, 2) => months(4, 3, WhenPrecision::Season),
        ("Q3", None, 2) => months(7, 3, WhenPrecision::Season),
        ("Q4", None, 2) => months(10, 3, WhenPrecision::Season),
        ("H1", None, 2) => months(1, 6, WhenPrecision::Season),
        ("H2", None, 2) => months(7, 6, WhenPrecision::Season),
        ("SP", None, 2) => months(3, 3, WhenPrecision::Season),
        ("SU", None, 2) => months(6, 3, WhenPrecision::Season),
        ("FA", None, 2) => months(9, 3, WhenPrecision::Season),
        ("WI", None, 2) => months(12, 3, WhenPrecision::Season),
        (week, rest, 2 | 3) if week.len() == 3 && week.starts_with('W') => {
            let monday = week_start(year, week[1..].parse().ok()?)?;
            match rest {
                None => Some(span(
                    monday,
                    monday.checked_add(7.days()).ok()?,
                    WhenPrecision::Week,
                )),
                Some("WE") => Some(span(
                    monday.checked_add(5.days()).ok()?,
                    monday.checked_add(7.days()).ok()?,
                    WhenPrecision::Week,
                )),
                Some(_) => None,
            }
        }
        (month, None, 2) if digits(month, 2) => {
            months(month.parse().ok()?, 1, WhenPrecision::Month)
        }
        (month, Some(day), 3) if digits(month, 2) && digits(day, 2) => {
            let day = date(year, month.parse().ok()?, day.parse().ok()?)?;
            Some(span(day, day.tomorrow().ok()?, WhenPrecision::Day))
        }
        _ => None,
    }
}

/// Returns the ISO week `(year, week)` of a date.
pub fn iso_week(date: Date) -> (i16, i8) {
    let week = date.iso_week_date();
    (week.year(), week.week())
}

/// Returns the Monday of an ISO week; `None` when the year has no such week.
pub fn week_start(year: i16, week: i8) -> Option<Date> {
    jiff::civil::ISOWeekDate::new(year, week, jiff::civil::Weekday::Monday)
        .ok()
        .map(jiff::civil::ISOWeekDate::date)
}

fn span(start: Date, end: Date, precision: WhenPrecision) -> (DateTime, DateTime, WhenPrecision) {
    (
        start.to_datetime(Time::midnight()),
        end.to_datetime(Time::midnight()),
        precision,
    )
}

fn years(first: i16, count: i32) -> Option<(DateTime, DateTime, WhenPrecision)> {
    let start = date(first, 1, 1)?;
    let end = start.checked_add(count.years()).ok()?;
    Some(span(start, end, WhenPrecision::Interval))
}

fn within_day(day: &str, time: &str) -> Option<(DateTime, DateTime, WhenPrecision)> {
    let (midnight, next, precision) = interval(day)?;
    if precision != WhenPrecision::Day {
        return None;
    }
    let hours = |from: i32, to: i32| {
        Some((
            midnight.checked_add(from.hours()).ok()?,
            midnight.checked_add(to.hours()).ok()?,
            WhenPrecision::PartOfDay,
        ))
    };
    match time {
        "MO" => hours(5, 12),
        "MI" => hours(11, 14),
        "AF" => hours(12, 18),
        "EV" => hours(17, 24),
        "NI" => hours(18, 30),
        "DT" => hours(6, 18),
        _ => {
            let mut parts = time.split(':');
            let hour: i8 = parts.next()?.parse().ok()?;
            if hour == 24 {
                return Some((next, next.checked_add(1.hour()).ok()?, WhenPrecision::Hour));
            }
            let Some(minute) = parts.next() else {
                let start = midnight.date().to_datetime(Time::new(hour, 0, 0, 0).ok()?);
                let end = start.checked_add(1.hour()).ok()?;
                return Some((start, end, WhenPrecision::Hour));
            };
            let minute: i8 = minute.parse().ok()?;
            let start = midnight
                .date()
                .to_datetime(Time::new(hour, minute, 0, 0).ok()?);
            let end = start.checked_add(1.minute()).ok()?;
            Some((start, end, WhenPrecision::Minute))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &str) {
        let got = interval(value).map_or("-".to_owned(), |(a, b, p)| {
            let line = format!("{a} {b} {p:?}");
            line.replace("T00:00:00", "")
        });
        assert_eq!(got, expected, "{value}");
    }

    #[test]
    fn values_become_intervals() {
        check("2022-01-20", "2022-01-20 2022-01-21 Day");
        check("2022-W03", "2022-01-17 2022-01-24 Week");
        check("2022-W03-WE", "2022-01-22 2022-01-24 Week");
        check("2022-12", "2022-12-01 2023-01-01 Month");
        check("2022-Q4", "2022-10-01 2023-01-01 Season");
        check("2022-WI", "2022-12-01 2023-03-01 Season");
        check("2022", "2022-01-01 2023-01-01 Year");
        check("199", "1990-01-01 2000-01-01 Interval");
        check("2022-01-20TEV", "2022-01-20T17:00:00 2022-01-21 PartOfDay");
        check(
            "2022-01-20TNI",
            "2022-01-20T18:00:00 2022-01-21T06:00:00 PartOfDay",
        );
        check(
            "2022-01-20T16:05",
            "2022-01-20T16:05:00 2022-01-20T16:06:00 Minute",
        );
    }

    #[test]
    fn what_is_no_interval_is_none() {
        for value in [
            "",
            "-",
            "P3D",
            "PRESENT_REF",
            "0000",
            "2021-02-30",
            "2021-W60",
            "2022-XX",
            "9999-12-31",
            "2022-01-20T99",
            "é",
            "T",
            "2022-01-20T12:61",
            "2022-W3",
            "20é2",
        ] {
            check(value, "-");
        }
    }
}

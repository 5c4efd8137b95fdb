//! TIMEX3 values of days, and how far days lie apart.

use jiff::civil::Date;

use crate::read::times::calendar;

pub(super) fn day_value(date: Date) -> String {
    date.to_string()
}

pub(super) fn month_value(date: Date) -> String {
    format!("{:04}-{:02}", date.year(), date.month())
}

pub(super) fn week_value(date: Date) -> String {
    let (year, week) = calendar::iso_week(date);
    format!("{year:04}-W{week:02}")
}

pub(super) fn quarter_of(date: Date) -> i8 {
    (date.month() - 1) / 3 + 1
}

pub(super) fn split_quarter(value: &str) -> Option<(i16, i8)> {
    let (year, number) = value.split_once("-Q")?;
    Some((year.parse().ok()?, number.parse().ok()?))
}

/// Days from `a` to `b`, negative when `b` is earlier.
pub(super) fn days_between(a: Date, b: Date) -> i32 {
    a.duration_until(b).as_hours().div_euclid(24) as i32
}

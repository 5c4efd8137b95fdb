//! The date in a metadata string.

use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};
use model::WhenPrecision;

use super::lexer::{Item, Piece, mark, number, skip, word};
use crate::read::times::calendar;

/// Years a publication date may lie in unless it is written `2031-03-04`; anything else is a misread string.
pub(super) const PUBLISHED_YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// The day, month or year that stands at a piece, and how it was read.
pub(super) fn date_at(pieces: &[Piece], i: usize) -> Option<(Date, WhenPrecision, &'static str)> {
    if let Some(packed) = number(pieces, i, 8..=8)
        && let Some(date) = day(packed / 10_000, packed / 100 % 100, packed % 100)
    {
        return stated(date);
    }
    if let Some(year) = number(pieces, i, 4..=4) {
        return year_first(pieces, i, year);
    }
    if let Some(m) = month_of(pieces, i) {
        let at = skip(pieces, i + 1);
        if let Some(year) = number(pieces, at, 4..=4) {
            // "30 February 2022": an impossible day is no month.
            if i > 0 && number(pieces, i - 1, 1..=2).is_some() {
                return None;
            }
            return day(year, m, 1).map(|date| (date, WhenPrecision::Month, "stated"));
        }
        let d = number(pieces, at, 1..=2)?;
        return written_year(pieces, at + 1)
            .and_then(|y| day(y, m, d))
            .and_then(stated);
    }
    let first = number(pieces, i, 1..=2)?;
    let at = skip(pieces, i + 1);
    if let Some(m) = month_of(pieces, at) {
        return written_year(pieces, at + 1)
            .and_then(|y| day(y, m, first))
            .and_then(stated);
    }
    let sep = mark(pieces, i + 1, &['/', '.', '-'])?;
    let second = number(pieces, i + 2, 1..=2)?;
    mark(pieces, i + 3, &[sep])?;
    let year =
        number(pieces, i + 4, 4..=4).or_else(|| number(pieces, i + 4, 2..=2).map(century))?;
    match (day(year, second, first), day(year, first, second)) {
        (Some(date), Some(other)) if date != other => {
            Some((date, WhenPrecision::Day, "numeric date read day first"))
        }
        (Some(date), _) => stated(date),
        (None, Some(date)) => Some((date, WhenPrecision::Day, "numeric date, month first")),
        (None, None) => None,
    }
}

/// A date that begins with its year: "2022-01-25", "2022/1", "2022 January 25", or the year alone.
fn year_first(
    pieces: &[Piece],
    i: usize,
    year: i64,
) -> Option<(Date, WhenPrecision, &'static str)> {
    if let (Some(sep), Some(m)) = (
        mark(pieces, i + 1, &['-', '/', '.']),
        number(pieces, i + 2, 1..=2),
    ) {
        if mark(pieces, i + 3, &[sep]).is_some() {
            let whole = |d: i64| match sep {
                // So written it is a date and no time of day, whatever its year.
                '-' => calendar::date(
                    i16::try_from(year).ok()?,
                    i8::try_from(m).ok()?,
                    i8::try_from(d).ok()?,
                ),
                _ => day(year, m, d),
            };
            if let Some(date) = number(pieces, i + 4, 1..=2).and_then(whole) {
                return stated(date);
            }
        } else if let Some(date) = day(year, m, 1) {
            return Some((date, WhenPrecision::Month, "stated"));
        }
    }
    let at = skip(pieces, i + 1);
    if let Some(m) = month_of(pieces, at)
        && let Some(date) =
            number(pieces, skip(pieces, at + 1), 1..=2).and_then(|d| day(year, m, d))
    {
        return stated(date);
    }
    if pieces.len() == 1 {
        return day(year, 1, 1).map(|date| (date, WhenPrecision::Year, "stated"));
    }
    None
}

fn day(year: i64, month: i64, day: i64) -> Option<Date> {
    let year = i16::try_from(year)
        .ok()
        .filter(|year| PUBLISHED_YEARS.contains(year))?;
    calendar::date(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

fn stated(date: Date) -> Option<(Date, WhenPrecision, &'static str)> {
    Some((date, WhenPrecision::Day, "stated"))
}

fn month_of(pieces: &[Piece], i: usize) -> Option<i64> {
    word(pieces, i).and_then(calendar::month).map(i64::from)
}

/// The year after a written day and month; a time may stand between them ("Jan 25 10:00:00 2022").
fn written_year(pieces: &[Piece], i: usize) -> Option<i64> {
    let at = skip(pieces, i);
    if let Some(year) = number(pieces, at, 4..=4) {
        return Some(year);
    }
    let quoted = at > 0 && mark(pieces, at - 1, &['-', '\'', '’', '/']).is_some();
    if quoted {
        return number(pieces, at, 2..=2).map(century);
    }
    (at..pieces.len()).find_map(|j| number(pieces, j, 4..=4))
}

/// Two-digit years: 70–99 are of the last century.
fn century(year: i64) -> i64 {
    if year >= 70 { 1900 + year } else { 2000 + year }
}

pub(super) fn epoch(pieces: &[Piece]) -> Option<DateTime> {
    let [
        Piece {
            item: Item::Number { value, digits },
            ..
        },
    ] = pieces
    else {
        return None;
    };
    let seconds = match digits {
        9 | 10 => *value,
        12 | 13 => value / 1000,
        _ => return None,
    };
    let origin = Date::new(1970, 1, 1).ok()?.to_datetime(Time::midnight());
    let stamp = origin.checked_add(seconds.seconds()).ok()?;
    PUBLISHED_YEARS.contains(&stamp.year()).then_some(stamp)
}

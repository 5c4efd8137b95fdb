//! Days that a web address names.

use jiff::civil::{Date, DateTime, Time};
use model::When;

use super::{date::PUBLISHED_YEARS, lexer::LONGEST};
use crate::read::times::calendar;

/// Years that an address names: the web is no older.
const ADDRESS_YEARS: std::ops::RangeInclusive<i16> = 1995..=2100;

/// Returns the day that an archive's address names (`web.archive.org/web/20310304093000/…`): the page was published
/// by then.
pub fn archived(address: &str) -> Option<When> {
    let (_, rest) = address.split_once("web.archive.org/web/")?;
    let stamp = rest.get(..8)?;
    let number = |range: std::ops::Range<usize>| stamp.get(range)?.parse().ok();
    let year: i16 = stamp.get(..4)?.parse().ok()?;
    let day = Date::new(year, number(4..6)?, number(6..8)?).ok()?;
    PUBLISHED_YEARS
        .contains(&year)
        .then(|| When::day(day, stamp, "day the page was archived"))
}

/// Returns when an archive took the page (`…/web/20310304093000/…`), UTC.
pub fn archived_at(address: &str) -> Option<DateTime> {
    let day = archived(address)?.date();
    let (_, rest) = address.split_once("web.archive.org/web/")?;
    let number = |range: std::ops::Range<usize>| rest.get(range)?.parse().ok();
    let clock = Time::new(number(8..10)?, number(10..12)?, number(12..14)?, 0).ok()?;
    Some(day.to_datetime(clock))
}

/// Returns the day that the path of an address names (`/2031/03/04/`, `/2031/mar/04/`, `/2031-03-04-`, `/20310304/`),
/// as papers and their blogs build them. What an archive puts before the address it keeps is no part of it.
pub fn in_address(address: &str) -> Option<When> {
    let mut address = address.get(..LONGEST).unwrap_or(address);
    if let Some((_, kept)) = address.split_once("web.archive.org/web/") {
        address = kept.split_once('/').map_or("", |(_, path)| path);
    }
    let mut parts = address.split(['/', '-']);
    let named = |date: Date| When::day(date, date.to_string(), "day named in the address");
    let digits = |part: &str, most: usize| {
        let fits =
            !part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse::<i16>().ok()).flatten()
    };
    while let Some(part) = parts.next() {
        if let Some(date) = compact(part) {
            return Some(named(date));
        }
        let Some(year) = digits(part, 4).filter(|year| ADDRESS_YEARS.contains(year)) else {
            continue;
        };
        let mut rest = parts.clone();
        let (month, day) = (rest.next(), rest.next());
        let month = month
            .and_then(|part| digits(part, 2).or_else(|| month_named(part)))
            .and_then(|month| i8::try_from(month).ok());
        let day = day
            .and_then(|part| digits(part, 2))
            .and_then(|day| i8::try_from(day).ok());
        if let (Some(month), Some(day)) = (month, day)
            && let Ok(date) = Date::new(year, month, day)
        {
            return Some(named(date));
        }
    }
    None
}

/// A month by its name in letters: `mar`, `March`.
fn month_named(part: &str) -> Option<i16> {
    let letters = part.bytes().all(|b| b.is_ascii_alphabetic());
    calendar::month(&part.to_lowercase())
        .filter(|_| letters)
        .map(i16::from)
}

/// `20310304` as a day: eight digits and nothing else.
fn compact(part: &str) -> Option<Date> {
    if part.len() != 8 || !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year: i16 = part.get(..4)?.parse().ok()?;
    let date = Date::new(
        year,
        part.get(4..6)?.parse().ok()?,
        part.get(6..)?.parse().ok()?,
    );
    date.ok().filter(|_| ADDRESS_YEARS.contains(&year))
}

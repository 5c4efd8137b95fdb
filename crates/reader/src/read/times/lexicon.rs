//! Words of time that are lists: parts of the day, seasons, feasts, references without a date.

use jiff::{ToSpan, civil::Date};

use super::calendar;

/// Returns the code of a part of the day.
pub fn part_of_day(word: &str) -> Option<&'static str> {
    Some(match word {
        "morning" | "mornings" | "dawn" => "MO",
        "midday" => "MI",
        "afternoon" | "afternoons" => "AF",
        "evening" | "evenings" | "dusk" => "EV",
        "night" | "nights" | "overnight" => "NI",
        "daytime" => "DT",
        _ => return None,
    })
}

/// Returns the code of a season.
pub fn season(word: &str) -> Option<&'static str> {
    Some(match word {
        "spring" | "springtime" => "SP",
        "summer" | "summertime" | "summers" => "SU",
        "fall" | "autumn" => "FA",
        "winter" | "wintertime" | "winters" => "WI",
        _ => return None,
    })
}

/// Words that refer to no date: the words, the value, and whether they stand for one only as an adverb or adjective of
/// their own.
pub const REFERENCES: &[(&[&str], &str)] = &[
    (&["at", "the", "moment"], "PRESENT_REF"),
    (&["the", "present", "time"], "PRESENT_REF"),
    (&["right", "now"], "PRESENT_REF"),
    (&["the", "near", "future"], "FUTURE_REF"),
    (&["the", "foreseeable", "future"], "FUTURE_REF"),
    (
        &["the", "not", "-", "too", "-", "distant", "future"],
        "FUTURE_REF",
    ),
    (&["the", "future"], "FUTURE_REF"),
    (&["the", "recent", "past"], "PAST_REF"),
    (&["more", "recently"], "PAST_REF"),
    (&["most", "recently"], "PAST_REF"),
    (&["recent", "years"], "PAST_REF"),
    (&["recent", "months"], "PAST_REF"),
    (&["recent", "weeks"], "PAST_REF"),
    (&["recent", "days"], "PAST_REF"),
    (&["recent", "decades"], "PAST_REF"),
    (&["coming", "years"], "FUTURE_REF"),
    (&["coming", "months"], "FUTURE_REF"),
    (&["coming", "weeks"], "FUTURE_REF"),
    (&["coming", "days"], "FUTURE_REF"),
    (&["these", "days"], "PRESENT_REF"),
    (&["long", "ago"], "PAST_REF"),
    (&["now"], "PRESENT_REF"),
    (&["currently"], "PRESENT_REF"),
    (&["nowadays"], "PRESENT_REF"),
    (&["presently"], "PRESENT_REF"),
    (&["recently"], "PAST_REF"),
    (&["formerly"], "PAST_REF"),
    (&["lately"], "PAST_REF"),
    (&["current"], "PRESENT_REF"),
];

/// Words that repeat: the words and the value.
pub const SETS: &[(&[&str], &str)] = &[
    (&["once", "a", "day"], "P1D"),
    (&["twice", "a", "day"], "P1D"),
    (&["once", "a", "week"], "P1W"),
    (&["twice", "a", "week"], "P1W"),
    (&["once", "a", "month"], "P1M"),
    (&["once", "a", "year"], "P1Y"),
    (&["day", "and", "night"], "P1D"),
    (&["daily"], "P1D"),
    (&["weekly"], "P1W"),
    (&["monthly"], "P1M"),
    (&["annually"], "P1Y"),
    (&["yearly"], "P1Y"),
    (&["hourly"], "PT1H"),
    (&["nightly"], "P1D"),
];

/// Feasts with their names, the name that [`feast_day`] takes first; longer names before their beginnings.
pub const FEASTS: &[(&[&str], &str)] = &[
    (&["new", "year", "'s", "eve"], "new year's eve"),
    (&["new", "year", "’s", "eve"], "new year's eve"),
    (&["new", "year", "'s", "day"], "new year's day"),
    (&["new", "year", "’s", "day"], "new year's day"),
    (&["new", "year", "'s"], "new year's day"),
    (&["new", "year", "’s"], "new year's day"),
    (&["christmas", "eve"], "christmas eve"),
    (&["christmas", "day"], "christmas"),
    (&["christmas"], "christmas"),
    (&["boxing", "day"], "boxing day"),
    (&["thanksgiving", "day"], "thanksgiving"),
    (&["thanksgiving"], "thanksgiving"),
    (&["independence", "day"], "independence day"),
    (&["memorial", "day"], "memorial day"),
    (&["labor", "day"], "labor day"),
    (&["valentine", "'s", "day"], "valentine's day"),
    (&["valentine", "’s", "day"], "valentine's day"),
    (&["halloween"], "halloween"),
    (&["good", "friday"], "good friday"),
    (&["palm", "sunday"], "palm sunday"),
    (&["easter", "monday"], "easter monday"),
    (&["easter", "sunday"], "easter"),
    (&["easter"], "easter"),
    (&["may", "day"], "may day"),
    (&["veterans", "day"], "veterans day"),
    (&["election", "day"], "election day"),
];

/// Returns the day of a feast in a year; `None` for an unknown name. Thanksgiving, Labor, Memorial and Election Day are
/// those of the United States; Easter is the western one.
pub fn feast_day(name: &str, year: i16) -> Option<Date> {
    let fixed = |month, day| calendar::date(year, month, day);
    let nth = |month, weekday: i8, nth: i8| {
        let first = calendar::date(year, month, 1)?;
        let ahead =
            (weekday - first.weekday().to_monday_one_offset()).rem_euclid(7) + (nth - 1) * 7;
        calendar::date(year, month, 1 + ahead)
    };
    let from_easter = |days: i64| easter(year)?.checked_add(days.days()).ok();
    match name {
        "new year's day" => fixed(1, 1),
        "new year's eve" => fixed(12, 31),
        "christmas" => fixed(12, 25),
        "christmas eve" => fixed(12, 24),
        "boxing day" => fixed(12, 26),
        "valentine's day" => fixed(2, 14),
        "independence day" => fixed(7, 4),
        "halloween" => fixed(10, 31),
        "may day" => fixed(5, 1),
        "veterans day" => fixed(11, 11),
        "thanksgiving" => nth(11, 4, 4),
        "labor day" => nth(9, 1, 1),
        "election day" => nth(11, 1, 1)?.checked_add(1.day()).ok(),
        "memorial day" => nth(5, 1, 5).or_else(|| nth(5, 1, 4)),
        "easter" => from_easter(0),
        "good friday" => from_easter(-2),
        "palm sunday" => from_easter(-7),
        "easter monday" => from_easter(1),
        _ => None,
    }
}

/// Western Easter Sunday (anonymous Gregorian computus).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    calendar::date(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

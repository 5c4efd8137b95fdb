//! Days, times and spans of time in words.

use jiff::civil::{Date, DateTime};
use model::{When, WhenPrecision};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month(date: Date) -> &'static str {
    MONTHS[usize::from(date.month().unsigned_abs()).clamp(1, 12) - 1]
}

fn weekday(date: Date) -> &'static str {
    use jiff::civil::Weekday;
    match date.weekday() {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}

/// A day in full: `Thu 20 January 2022`.
pub fn day(date: Date) -> String {
    format!(
        "{} {} {} {}",
        weekday(date),
        date.day(),
        month(date),
        date.year()
    )
}

/// A day without its weekday, and without its year where that goes without saying: `20 January`.
pub fn short_day(date: Date, year: Option<i16>) -> String {
    let day = format!("{} {}", date.day(), month(date));
    if year == Some(date.year()) {
        day
    } else {
        format!("{day} {}", date.year())
    }
}

/// From one day to another, or the one: `21 February to 12 March 2020`.
pub fn days_between(first: Date, last: Date) -> String {
    if first == last {
        return short_day(first, None);
    }
    if (first.year(), first.month()) == (last.year(), last.month()) {
        return format!("{} to {}", first.day(), short_day(last, None));
    }
    let year = (first.year() == last.year()).then(|| first.year());
    format!("{} to {}", short_day(first, year), short_day(last, None))
}

fn clock(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

fn days(first: Date, last: Date) -> String {
    if first == last {
        return day(first);
    }
    let year = |date: Date| {
        if first.year() == last.year() {
            String::new()
        } else {
            format!(" {}", date.year())
        }
    };
    if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{} {} to {}", weekday(first), first.day(), day(last))
    } else {
        format!(
            "{} {} {}{} to {}",
            weekday(first),
            first.day(),
            month(first),
            year(first),
            day(last)
        )
    }
}

/// The last moment that belongs to the interval.
fn last_moment(when: &When) -> DateTime {
    when.end
        .checked_sub(jiff::SignedDuration::from_secs(1))
        .unwrap_or(when.end)
        .max(when.start)
}

/// A time, as finely as it is known: `Thu 20 January 2022`, `Thu 20 January 2022, 18:00–24:00`, `January 2022`,
/// `Thu 20 to Sun 23 January 2022`.
pub fn when(when: &When) -> String {
    let (first, last) = (when.start.date(), last_moment(when).date());
    match when.precision {
        WhenPrecision::Minute => format!("{}, {}", day(first), clock(when.start)),
        WhenPrecision::Hour => format!("{}, about {}", day(first), clock(when.start)),
        WhenPrecision::PartOfDay if first == last => {
            let end = clock(when.end);
            let end = if end == "00:00" { "24:00" } else { &end };
            format!("{}, {}–{}", day(first), clock(when.start), end)
        }
        WhenPrecision::PartOfDay => format!(
            "{}, {} to {}, {}",
            day(first),
            clock(when.start),
            day(last),
            clock(when.end)
        ),
        WhenPrecision::Month if first.month() == last.month() => {
            format!("{} {}", month(first), first.year())
        }
        WhenPrecision::Year if first.year() == last.year() => first.year().to_string(),
        WhenPrecision::Season | WhenPrecision::Month | WhenPrecision::Year => {
            format!(
                "{} {} to {} {}",
                month(first),
                first.year(),
                month(last),
                last.year()
            )
        }
        WhenPrecision::Day | WhenPrecision::Week | WhenPrecision::Interval => days(first, last),
    }
}

/// A time as [`when`] gives it, but a part of a day by its name: `Thu 20 January 2022, morning`, `night of Thu 20 to
/// Fri 21 January 2022`.
pub fn moment(when: &When) -> String {
    if when.precision != WhenPrecision::PartOfDay {
        return self::when(when);
    }
    let (first, last) = (when.start.date(), last_moment(when).date());
    let hours = |at: DateTime| (at.hour(), at.minute());
    let part = match (hours(when.start), hours(when.end), first == last) {
        ((5, 0), (12, 0), true) => "morning",
        ((11, 0), (14, 0), true) => "around midday",
        ((12, 0), (18, 0), true) => "afternoon",
        ((17, 0), (0, 0), true) => "evening",
        ((18, 0), (6, 0), false) => return format!("night of {}", days(first, last)),
        _ => return self::when(when),
    };
    format!("{}, {part}", day(first))
}

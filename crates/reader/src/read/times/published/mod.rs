//! Publication times as pages and sidecars write them.
//!
//! What comes in: one metadata string. What goes out: a [`When`], in UTC when the string names a zone. It knows no
//! text; relative forms ("2 hours ago") need a clock and give `None`.

mod address;
mod date;
mod lexer;
mod time;

use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};
use model::{When, WhenPrecision};

pub use address::{archived, archived_at, in_address};

use self::{
    date::{date_at, epoch},
    lexer::{LONGEST, lex},
    time::time_in,
};

/// Reads a publication time; `None` when the string holds no date of 1900–2100, or one such as `2150-03-04`.
///
/// ISO 8601 (also without punctuation), RFC 2822, written dates in English in any usual order, numeric dates, seconds
/// or milliseconds since 1970. A numeric date is read day first unless that is impossible; where both orders are
/// possible the anchor clause says so. Words around the date are skipped; of two dates the first counts. A zone
/// shifts the result to UTC, the words are kept, and [`local_day`] gives back the day as printed. Month or year alone
/// give a month or a year.
pub fn parse_published(words: &str) -> Option<When> {
    let (day, precision, time, zone, anchor) = parse(words)?;
    let words = words.trim().to_owned();
    let midnight = day.to_datetime(Time::midnight());
    let (start, end) = match (precision, time) {
        (WhenPrecision::Year, _) => (midnight, midnight.checked_add(1.year()).ok()?),
        (WhenPrecision::Month, _) => (midnight, midnight.checked_add(1.month()).ok()?),
        (_, None) => (midnight, midnight.checked_add(1.day()).ok()?),
        (_, Some(time)) => {
            let local = day.to_datetime(time);
            let start = local.checked_sub(i64::from(zone).minutes()).ok()?;
            (start, start.checked_add(1.minute()).ok()?)
        }
    };
    Some(When {
        start,
        end,
        precision: match time {
            Some(_) => WhenPrecision::Minute,
            None => precision,
        },
        words,
        anchor: anchor.to_owned(),
    })
}

/// Returns the calendar day a publication time was printed with, in its own zone: what "today" means in the report.
///
/// `None` when only the month or the year is known.
pub fn local_day(published: &When) -> Option<Date> {
    match published.precision {
        WhenPrecision::Year
        | WhenPrecision::Month
        | WhenPrecision::Season
        | WhenPrecision::Interval => None,
        _ => Some(match parse(&published.words) {
            // The words may have been replaced by the caller; then the interval alone speaks.
            Some((day, WhenPrecision::Day, _, _, _)) if close(day, published.start) => day,
            _ => published.date(),
        }),
    }
}

fn close(day: Date, start: DateTime) -> bool {
    let noon = day.at(12, 0, 0, 0);
    noon.duration_until(start).as_hours().abs() <= 36
}

type Parsed = (Date, WhenPrecision, Option<Time>, i32, &'static str);

fn parse(words: &str) -> Option<Parsed> {
    let mut end = words.len().min(LONGEST);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    let items = lex(&words[..end]);
    if let Some(stamp) = epoch(&items) {
        return Some((
            stamp.date(),
            WhenPrecision::Day,
            Some(stamp.time()),
            0,
            "stated",
        ));
    }
    let (day, precision, anchor) = (0..items.len()).find_map(|i| date_at(&items, i))?;
    let (time, zone) = match precision {
        WhenPrecision::Day => time_in(&items).map_or((None, 0), |(time, zone)| (Some(time), zone)),
        _ => (None, 0),
    };
    Some((day, precision, time, zone, anchor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    #[test]
    fn a_day_of_any_year_is_read_where_it_can_be_nothing_else() {
        check("2150-03-04", "2150-03-04");
        check("2150-03-04T09:30:00Z", "2150-03-04T09:30");
        check("1850-03-04", "1850-03-04");
        check("2150-13-04", "-");
        check("2130, 5 May 2011", "2011-05-05");
    }

    fn check(words: &str, expected: &str) {
        let got = parse_published(words).map_or("-".to_owned(), |when| {
            assert!(when.start < when.end);
            let start = when.start.to_string();
            match when.precision {
                WhenPrecision::Minute => start[..16].to_owned(),
                WhenPrecision::Day => start[..10].to_owned(),
                WhenPrecision::Month => start[..7].to_owned(),
                _ => start[..4].to_owned(),
            }
        });
        assert_eq!(got, expected, "{words}");
    }

    #[test]
    fn iso_and_mail_forms() {
        check("2022-01-25", "2022-01-25");
        check("2022-01-25T10:00:00Z", "2022-01-25T10:00");
        check("2022-01-25T10:00:00.000+02:00", "2022-01-25T08:00");
        check("2022-01-25 23:30:00 -0500", "2022-01-26T04:30");
        check("20220125T101500Z", "2022-01-25T10:15");
        check("20220125", "2022-01-25");
        check("2022/1/5", "2022-01-05");
        check("2022-01", "2022-01");
        check("2022", "2022");
        check("Tue, 25 Jan 2022 10:00:00 GMT", "2022-01-25T10:00");
        check("Tue Jan 25 10:00:00 EST 2022", "2022-01-25T15:00");
        check("1643104800", "2022-01-25T10:00");
        check("1643104800000", "2022-01-25T10:00");
    }

    #[test]
    fn written_forms() {
        check("25 January 2022", "2022-01-25");
        check("Published: 25th of January, 2022", "2022-01-25");
        check("Jan 25, 2022 4:05 PM", "2022-01-25T16:05");
        check("January 25, 2022 at 4:05 p.m. UTC+3", "2022-01-25T13:05");
        check(
            "Updated 4.05pm EST, Tue January 25, 2022",
            "2022-01-25T21:05",
        );
        check("10:00 - 25 January 2022", "2022-01-25T10:00");
        check("Sept. 3, 2021", "2021-09-03");
        check("25-Jan-22", "2022-01-25");
        check("January 2022", "2022-01");
        check("2022 January 25", "2022-01-25");
        check("12:30 am, 1 May 2020", "2020-05-01T00:30");
    }

    #[test]
    fn numeric_dates_are_day_first_unless_impossible() {
        check("25/01/2022", "2022-01-25");
        check("01/25/2022", "2022-01-25");
        check("03/04/2022", "2022-04-03");
        check("25.01.2022 10:00", "2022-01-25T10:00");
        check("11-02-89", "1989-02-11");
        let anchor = |words| parse_published(words).unwrap().anchor;
        assert_eq!(anchor("03/04/2022"), "numeric date read day first");
        assert_eq!(anchor("04/04/2022"), "stated");
    }

    #[test]
    fn no_date_is_none() {
        for words in [
            "",
            "yesterday",
            "2 hours ago",
            "30 February 2022",
            "2022-13-01",
            "0000-01-01",
            "99999999999999999999",
            "1 May 1850",
            "1 May 2150",
            "May",
            "🙂/é/2022",
            "25 يناير 2022",
            "10:00",
            "12/2022/12/",
            "T",
            "- - -",
            "\u{0}\u{1}",
        ] {
            check(words, "-");
        }
        check(&"x ".repeat(1_000_000), "-");
        check(&"é".repeat(1_000), "-");
    }

    #[test]
    fn the_day_printed_is_kept_beside_utc() {
        let when = parse_published("2022-01-25T01:00:00+03:00").unwrap();
        assert_eq!(when.date().to_string(), "2022-01-24");
        assert_eq!(local_day(&when).unwrap().to_string(), "2022-01-25");
        assert_eq!(local_day(&parse_published("May 2020").unwrap()), None);
    }

    #[test]
    fn addresses_name_days() {
        let archive = archived("http://web.archive.org/web/20310304093000/http://lake.example/a");
        assert_eq!(archive.unwrap().date().to_string(), "2031-03-04");
        assert_eq!(
            archived("http://web.archive.org/web/2031/http://lake.example/a"),
            None
        );
        assert_eq!(archived("http://web.archive.org/web/20311304/a"), None);
        let at = archived_at("http://web.archive.org/web/20310304093000/http://lake.example/a");
        assert_eq!(at.unwrap().to_string(), "2031-03-04T09:30:00");
        assert_eq!(archived_at("http://web.archive.org/web/20310304/a"), None);
        let path = |address| in_address(address).map(|when| when.date().to_string());
        for address in [
            "https://lake.example/news/2031/mar/04/fire",
            "https://lake.example/2031/March/4/fire",
            "https://lake.example/2031-mar-04-fire",
        ] {
            assert_eq!(path(address).as_deref(), Some("2031-03-04"), "{address}");
        }
        assert_eq!(path("https://lake.example/2031/market/04/fire"), None);
        assert_eq!(
            path("http://lake.example/news/2031/03/04/fire/").as_deref(),
            Some("2031-03-04")
        );
        assert_eq!(
            path("http://lake.example/2031-03-04-fire").as_deref(),
            Some("2031-03-04")
        );
        assert_eq!(
            path("http://lake.example/20310304/fire").as_deref(),
            Some("2031-03-04")
        );
        assert_eq!(
            path("http://web.archive.org/web/20310305093000/http://lake.example:80/a-20310304-story.html").as_deref(),
            Some("2031-03-04")
        );
        assert_eq!(path("http://lake.example/20311304/fire"), None);
        assert_eq!(path("http://lake.example/2031/03/fire"), None);
        assert_eq!(path("http://lake.example/1/2/3"), None);
        assert_eq!(path(""), None);
    }
}

//! Publication times as pages and sidecars write them.
//!
//! What comes in: one metadata string. What goes out: a [`When`], in UTC when the string names a zone. It knows no
//! text; relative forms ("2 hours ago") need a clock and give `None`.

use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};
use model::{When, WhenPrecision};

use super::calendar;

/// Years a publication date may lie in unless it is written `2031-03-04`; anything else is a misread string.
const PUBLISHED_YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;
/// Years that an address names: the web is no older.
const ADDRESS_YEARS: std::ops::RangeInclusive<i16> = 1995..=2100;
/// Bytes looked at: metadata is short, and a page put into the field by mistake must cost nothing.
const LONGEST: usize = 256;

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

/// A piece of the string: a run of digits, a run of letters in lower case, or one other character. White space is
/// left out.
#[derive(Debug, PartialEq)]
enum Item {
    Number { value: i64, digits: usize },
    Word(String),
    Mark(char),
}

struct Piece {
    item: Item,
    /// Whether it touches the piece before it.
    joined: bool,
}

fn lex(words: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut chars = words.char_indices().peekable();
    let mut last_end = usize::MAX;
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = at + c.len_utf8();
        let class = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        if c.is_ascii_digit() || c.is_alphabetic() {
            while let Some(&(next, d)) = chars.peek() {
                if class(d) != class(c) {
                    break;
                }
                end = next + d.len_utf8();
                chars.next();
            }
        }
        let run = &words[at..end];
        let item = if c.is_ascii_digit() {
            match run.parse() {
                Ok(value) => Item::Number {
                    value,
                    digits: run.len(),
                },
                Err(_) => Item::Word(String::new()),
            }
        } else if c.is_alphabetic() {
            Item::Word(run.to_lowercase())
        } else {
            Item::Mark(c)
        };
        pieces.push(Piece {
            item,
            joined: at == last_end,
        });
        last_end = end;
    }
    pieces
}

fn number(pieces: &[Piece], i: usize, digits: std::ops::RangeInclusive<usize>) -> Option<i64> {
    match pieces.get(i)?.item {
        Item::Number { value, digits: n } if digits.contains(&n) => Some(value),
        _ => None,
    }
}

fn mark(pieces: &[Piece], i: usize, marks: &[char]) -> Option<char> {
    match pieces.get(i)?.item {
        Item::Mark(c) if marks.contains(&c) => Some(c),
        _ => None,
    }
}

fn word(pieces: &[Piece], i: usize) -> Option<&str> {
    match &pieces.get(i)?.item {
        Item::Word(word) => Some(word),
        _ => None,
    }
}

/// Index after any marks, ordinal endings and "of" that may stand inside a written date.
fn skip(pieces: &[Piece], mut i: usize) -> usize {
    while mark(pieces, i, &[',', '.', '-', '–', '/', '\'', '’']).is_some()
        || matches!(word(pieces, i), Some("st" | "nd" | "rd" | "th" | "of"))
    {
        i += 1;
    }
    i
}

fn date_at(pieces: &[Piece], i: usize) -> Option<(Date, WhenPrecision, &'static str)> {
    let day = |y: i64, m: i64, d: i64| {
        let year = i16::try_from(y)
            .ok()
            .filter(|y| PUBLISHED_YEARS.contains(y))?;
        calendar::date(year, i8::try_from(m).ok()?, i8::try_from(d).ok()?)
    };
    let stated = |date| Some((date, WhenPrecision::Day, "stated"));
    let month_of = |i: usize| word(pieces, i).and_then(calendar::month).map(i64::from);

    if let Some(packed) = number(pieces, i, 8..=8)
        && let Some(date) = day(packed / 10_000, packed / 100 % 100, packed % 100)
    {
        return stated(date);
    }
    if let Some(year) = number(pieces, i, 4..=4) {
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
        if let Some(m) = month_of(at)
            && let Some(date) =
                number(pieces, skip(pieces, at + 1), 1..=2).and_then(|d| day(year, m, d))
        {
            return stated(date);
        }
        if pieces.len() == 1 {
            return day(year, 1, 1).map(|date| (date, WhenPrecision::Year, "stated"));
        }
        return None;
    }
    if let Some(m) = month_of(i) {
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
    if let Some(m) = month_of(at) {
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

fn epoch(pieces: &[Piece]) -> Option<DateTime> {
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

/// The first time of day, with the minutes east of UTC of its zone (0 when it names none).
fn time_in(pieces: &[Piece]) -> Option<(Time, i32)> {
    (0..pieces.len()).find_map(|i| time_at(pieces, i))
}

fn time_at(pieces: &[Piece], i: usize) -> Option<(Time, i32)> {
    if i > 0 && (mark(pieces, i - 1, &['+', ':']).is_some()) {
        return None;
    }
    // "20220125T100000Z"
    if i >= 2 && word(pieces, i - 1) == Some("t") && number(pieces, i - 2, 8..=8).is_some() {
        let packed = number(pieces, i, 4..=6)?;
        let packed = if number(pieces, i, 4..=4).is_some() {
            packed * 100
        } else {
            packed
        };
        let time = clock(packed / 10_000, packed / 100 % 100)?;
        return Some((time, zone_after(pieces, i + 1)));
    }
    let hour = number(pieces, i, 1..=2)?;
    let mut at = i + 1;
    let mut minute = None;
    if mark(pieces, at, &[':', '.', 'h']).is_some() {
        let colon = mark(pieces, at, &[':']).is_some();
        if let Some(m) = number(pieces, at + 1, 2..=2)
            && (colon || half_of_day(pieces, at + 2).is_some())
        {
            minute = Some(m);
            at += 2;
        }
    }
    if minute.is_some()
        && mark(pieces, at, &[':']).is_some()
        && number(pieces, at + 1, 2..=2).is_some()
    {
        at += 2;
        if mark(pieces, at, &['.', ',']).is_some()
            && pieces.get(at + 1).is_some_and(|piece| piece.joined)
            && number(pieces, at + 1, 1..=9).is_some()
        {
            at += 2;
        }
    }
    let half = half_of_day(pieces, at);
    if let Some((_, next)) = half {
        at = next;
    }
    let hour = match half {
        None => {
            minute?;
            hour
        }
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some((afternoon, _)) => hour % 12 + if afternoon { 12 } else { 0 },
    };
    Some((clock(hour, minute.unwrap_or(0))?, zone_after(pieces, at)))
}

fn clock(hour: i64, minute: i64) -> Option<Time> {
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
}

/// "am", "p.m." … at `i`: whether it is the afternoon, and the index after it.
fn half_of_day(pieces: &[Piece], i: usize) -> Option<(bool, usize)> {
    match word(pieces, i)? {
        "am" => Some((false, i + 1)),
        "pm" => Some((true, i + 1)),
        half @ ("a" | "p")
            if mark(pieces, i + 1, &['.']).is_some() && word(pieces, i + 2) == Some("m") =>
        {
            let end = i + 3 + usize::from(mark(pieces, i + 3, &['.']).is_some());
            Some((half == "p", end))
        }
        _ => None,
    }
}

fn zone_after(pieces: &[Piece], i: usize) -> i32 {
    let named = word(pieces, i).and_then(calendar::zone_minutes);
    let i = if named.is_some() { i + 1 } else { i };
    let offset = || {
        let sign = match mark(pieces, i, &['+', '-', '−'])? {
            '+' => 1,
            _ => -1,
        };
        // "10:00 - 25 January": a dash between two things is no sign.
        pieces.get(i + 1).filter(|piece| piece.joined)?;
        let minutes = match number(pieces, i + 1, 4..=4) {
            Some(packed) => packed / 100 * 60 + packed % 100,
            None if named.is_some() || pieces[i].joined => {
                let hours = number(pieces, i + 1, 1..=2)?;
                let minutes =
                    mark(pieces, i + 2, &[':']).and_then(|_| number(pieces, i + 3, 2..=2));
                hours * 60 + minutes.unwrap_or(0)
            }
            None => return None,
        };
        (minutes <= 14 * 60).then_some(sign * minutes as i32)
    };
    offset().or(named).unwrap_or(0)
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

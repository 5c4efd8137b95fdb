//! Dates that name a place in the calendar: days, months and years; with `periods`, all of them.

use crate::read::quantities::{numeral, words::Words};

use super::{
    Found, TimeKind, calendar,
    expression::Expression,
    lexicon,
    periods::{decade, feast, quarter, season},
    year_numbers::{capital, century, date, year_after, year_number},
};

/// Reads the calendar date that starts at word `k`.
pub fn read(words: &Words, k: usize) -> Option<Found> {
    [
        numeric,
        weekday_date,
        month_date,
        day_month,
        quarter,
        season,
        decade,
        feast,
        year,
    ]
    .iter()
    .filter_map(|read| read(words, k))
    .max_by_key(|found| found.len)
}

/// A number of at most two digits that may be a day: its value and the words it takes, "th" included.
fn day_number(words: &Words, k: usize) -> Option<(i8, usize)> {
    let text = words.lower(k);
    if text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit()) {
        let day: i8 = text.parse().ok()?;
        let suffix = usize::from(
            matches!(words.lower(k + 1), "st" | "nd" | "rd" | "th") && words.glued(k + 1),
        );
        return (1..=31).contains(&day).then_some((day, 1 + suffix));
    }
    let mut len = 1;
    let mut value = numeral::ordinal(text);
    // "twenty-first" comes in three words.
    if value.is_none() && words.lower(k + 1) == "-" {
        let tens = numeral::small(text).filter(|t| matches!(t, 20 | 30))?;
        value = numeral::ordinal(words.lower(k + 2))
            .filter(|&u| u < 10)
            .map(|u| tens + u);
        len = 3;
    }
    value
        .filter(|v| (1..=31).contains(v))
        .map(|v| (v as i8, len))
}

/// "1998-08-07", "2022-01-25T10:00", "11/02/89", "25.01.2022".
fn numeric(words: &Words, k: usize) -> Option<Found> {
    let text = words.text(k);
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // One token, or numbers glued by hyphens.
    let mut len = 1;
    let mut joined = text.to_owned();
    while len < 5
        && words.lower(k + len) == "-"
        && words.glued(k + len)
        && words.glued(k + len + 1)
        && (words.text(k + len + 1).len() <= 4 || words.text(k + len + 1).contains('T'))
    {
        joined.push('-');
        joined.push_str(words.text(k + len + 1));
        len += 2;
    }
    // "2022-01-25T10:00:00+02:00" may be parted at its zone.
    let parted = joined.contains('T');
    let day_part = joined.split(['T', 't']).next().unwrap_or_default();
    let separator = day_part.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(separator, '-' | '/' | '.') || joined.len() > 40 {
        return None;
    }
    let parts: Vec<&str> = day_part.split(separator).collect();
    let [a, b, c] = parts[..] else { return None };
    if ![a, b, c]
        .iter()
        .all(|p| !p.is_empty() && p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit()))
    {
        return None;
    }
    let number = |s: &str| s.parse::<i16>().ok();
    if a.len() == 4 && b.len() <= 2 && c.len() <= 2 {
        let (year, month, day) = (number(a)?, number(b)?, number(c)?);
        calendar::date(year, month as i8, day as i8)?;
        let value = format!("{year:04}-{month:02}-{day:02}");
        if parted {
            while matches!(words.lower(k + len), "+" | "z") && words.glued(k + len) {
                len += 1 + usize::from(words.lower(k + len) == "+" && words.glued(k + len + 1));
            }
        }
        return date(Expression::Value(value), len);
    }
    if a.len() > 2 || b.len() > 2 || !(c.len() == 4 || (c.len() == 2 && separator == '/')) {
        return None;
    }
    let year = if c.len() == 2 {
        century(number(c)?)
    } else {
        number(c)?
    };
    let (first, second) = (number(a)? as i8, number(b)? as i8);
    calendar::date(year, second, first).or_else(|| calendar::date(year, first, second))?;
    date(
        Expression::Numeric {
            first,
            second,
            year,
        },
        len,
    )
}

/// A month name at `k` that is no other word: its number and whether it needs a day or year beside it to be believed.
fn month_at(words: &Words, k: usize) -> Option<(i8, bool)> {
    let month = calendar::month(words.lower(k))?;
    if !capital(words, k) {
        return None;
    }
    let token = words.token(k)?;
    let word = words.lower(k);
    let doubtful = matches!(
        word,
        "may"
            | "march"
            | "mar"
            | "jan"
            | "dec"
            | "april"
            | "june"
            | "august"
            | "jun"
            | "jul"
            | "oct"
            | "sep"
            | "nov"
            | "aug"
            | "feb"
            | "apr"
    );
    let other_use = match word {
        "may" => token.tag() == "MD" || !after_preposition(words, k),
        "march" => {
            token.tag().starts_with('V')
                || !(after_preposition(words, k)
                    || words.token(k + 1).is_some_and(|next| next.tag() == "NN"))
        }
        "april" | "june" | "august" | "jan" => {
            token.entity_label() == "PERSON"
                || words
                    .token(k + 1)
                    .is_some_and(|next| next.entity_label() == "PERSON")
        }
        _ => false,
    };
    Some((month, doubtful && other_use))
}

fn after_preposition(words: &Words, k: usize) -> bool {
    matches!(
        words.lower_before(k, 1),
        "in" | "since"
            | "until"
            | "by"
            | "early"
            | "late"
            | "mid"
            | "of"
            | "through"
            | "from"
            | "to"
            | "during"
            | "last"
            | "next"
            | "this"
            | "for"
            | "and"
            | "between"
            | "before"
            | "after"
            | "-"
            | "/"
            | "on"
            | "each"
            | "every"
    )
}

/// "January 20, 2022", "Jan. 20", "January 20-22", "January 2022", "January last year", "January".
fn month_date(words: &Words, k: usize) -> Option<Found> {
    let (month, doubtful) = month_at(words, k)?;
    let mut at = k + 1;
    // The tokenizer may part "Jan" from its full stop.
    if words.lower(at) == "."
        && words.glued(at)
        && words.text(k).len() <= 4
        && day_number(words, at + 1).is_some()
    {
        at += 1;
    }
    let the = usize::from(words.lower(at) == "the");
    if let Some((day, len)) = day_number(words, at + the) {
        // "in March 12 people died" counts people; "March 12 attacks" is a date all the same.
        let counted = words.token(at + the + len).is_some_and(|token| {
            matches!(
                token.lower(),
                "people"
                    | "men"
                    | "women"
                    | "children"
                    | "civilians"
                    | "soldiers"
                    | "others"
                    | "persons"
            )
        }) && matches!(words.lower_before(k, 1), "in" | "since" | "during");
        if !counted {
            at += the + len;
            let (until, len) = until(words, at, day);
            at += len;
            let year = year_after(words, at);
            at += year.map_or(0, |(_, len)| len);
            let expression = Expression::Day {
                year: year.map(|(year, _)| year),
                month,
                day,
                weekday: None,
                until,
            };
            return date(expression, at - k);
        }
    }
    if let Some((year, len)) = year_after(words, at) {
        return date(
            Expression::Value(format!("{year:04}-{month:02}")),
            at + len - k,
        );
    }
    let offset = match (words.lower(at), words.lower(at + 1)) {
        ("last", "year") => Some((-1, 2)),
        ("this", "year") => Some((0, 2)),
        ("next", "year") => Some((1, 2)),
        ("of", "last") if words.lower(at + 2) == "year" => Some((-1, 3)),
        ("of", "this") if words.lower(at + 2) == "year" => Some((0, 3)),
        ("of", "next") if words.lower(at + 2) == "year" => Some((1, 3)),
        _ => None,
    };
    if let Some((offset, len)) = offset {
        return date(
            Expression::Month {
                month,
                side: None,
                year_offset: Some(offset),
            },
            at + len - k,
        );
    }
    if doubtful {
        return None;
    }
    date(
        Expression::Month {
            month,
            side: None,
            year_offset: None,
        },
        1,
    )
}

/// The last day of "20-22", "20 to 22", "20–22" after the first.
fn until(words: &Words, k: usize, first: i8) -> (Option<i8>, usize) {
    if matches!(words.lower(k), "-" | "–" | "—" | "to" | "through")
        && let Some((last, len)) = day_number(words, k + 1)
        && last > first
    {
        return (Some(last), 1 + len);
    }
    (None, 0)
}

/// "20 January 2022", "20th of January", "the 20th January", "20-22 January".
fn day_month(words: &Words, k: usize) -> Option<Found> {
    let the = usize::from(words.lower(k) == "the");
    let (day, len) = day_number(words, k + the)?;
    let mut at = k + the + len;
    let (until, len) = until(words, at, day);
    at += len;
    at += usize::from(words.lower(at) == "of" || (words.lower(at) == "-" && words.glued(at)));
    let (month, _) = month_at(words, at)?;
    // "12 May" is a date unless "may" is a verb; "20 March 3": the month goes with the number after it only if none
    // stands before.
    if words.token(at)?.tag() == "MD" {
        return None;
    }
    at += 1;
    let year = year_after(words, at);
    at += year.map_or(0, |(_, len)| len);
    date(
        Expression::Day {
            year: year.map(|(year, _)| year),
            month,
            day,
            weekday: None,
            until,
        },
        at - k,
    )
}

/// "Thursday, January 20, 2022", "Thursday 20 January", "Thursday the 20th".
fn weekday_date(words: &Words, k: usize) -> Option<Found> {
    let mut at = k;
    while at < k + 2
        && matches!(
            words.lower(at),
            "this" | "last" | "next" | "past" | "coming"
        )
    {
        at += 1;
    }
    let weekday = calendar::weekday(words.lower(at)).filter(|_| capital(words, at))?;
    at += 1;
    at += usize::from(words.lower(at) == "." && words.glued(at));
    at += usize::from(lexicon::part_of_day(words.lower(at)).is_some());
    let part = lexicon::part_of_day(words.lower_before(at, 1));
    at += usize::from(matches!(words.lower(at), "," | "on" | "("));
    at += usize::from(words.lower(at) == "on");
    let found = month_date(words, at)
        .into_iter()
        .chain(day_month(words, at))
        .max_by_key(|found| found.len)?;
    let Expression::Day {
        year,
        month,
        day,
        until,
        ..
    } = found.expression
    else {
        return None;
    };
    let whole = Expression::Day {
        year,
        month,
        day,
        weekday: Some(weekday),
        until,
    };
    let len = at - k + found.len;
    match part {
        Some(code) => Some(Found {
            kind: TimeKind::Time,
            expression: Expression::Part {
                day: Some(Box::new(whole)),
                code,
            },
            len,
        }),
        None => date(whole, len),
    }
}

/// What before four digits makes them a count or a number.
const NUMBERING: &[&str] = &[
    "$", "£", "€", "#", "no.", "number", "than", "about", "some", "nearly", "over", "least", "/",
];

/// What often stands before a year.
const LEADS: &[&str] = &[
    "in",
    "since",
    "until",
    "till",
    "of",
    "by",
    "from",
    "during",
    "through",
    "early",
    "late",
    "mid",
    "before",
    "after",
    "between",
    "circa",
    "late-",
    "to",
    "and",
    "or",
    "than",
    "for",
    "(",
    "beyond",
    "throughout",
    "into",
    "end",
];

/// What stands before a year even where four digits could count what follows.
const SURE: &[&str] = &[
    "in",
    "since",
    "until",
    "during",
    "early",
    "late",
    "mid",
    "circa",
    "throughout",
    "the",
];

/// "fiscal 1989", "the year 2000".
fn year_by_name(words: &Words, k: usize) -> Option<Found> {
    let mut at = k + usize::from(words.lower(k) == "the");
    at += usize::from(matches!(words.lower(at), "fiscal" | "calendar"));
    at += usize::from(words.lower(at) == "year");
    let (year, len) = year_number(words, at).filter(|_| at > k)?;
    date(Expression::Value(format!("{year:04}")), at + len - k)
}

/// "1989", "fiscal 1989", "the year 2000": four digits where a year is expected.
fn year(words: &Words, k: usize) -> Option<Found> {
    if matches!(words.lower(k), "fiscal" | "calendar")
        || (words.lower(k) == "the" && matches!(words.lower(k + 1), "year" | "fiscal"))
    {
        return year_by_name(words, k);
    }
    let (year, len) = year_number(words, k)?;
    let joined = words.text(k).contains('-');
    let digits = !joined && words.text(k).starts_with(|c: char| c.is_ascii_digit());
    if joined {
        return date(Expression::Value(format!("{year:04}")), len);
    }
    if !(1500..=2100).contains(&year) {
        return None;
    }
    let before = words.lower_before(k, 1);
    let token = words.token(k)?;
    let next = words.token(k + len);
    let counted = next.is_some_and(|next| {
        matches!(next.tag(), "NNS" | "NNPS")
            || matches!(next.lower(), "people" | "%" | "percent" | "million")
    });
    if NUMBERING.contains(&before) {
        return None;
    }
    let preposition = LEADS.contains(&before);
    let sure = SURE.contains(&before);
    let dated = token.entity_label() == "DATE";
    if !digits {
        return (len >= 2 && (preposition || dated))
            .then(|| date(Expression::Value(format!("{year:04}")), len))
            .flatten();
    }
    let believed = if counted {
        sure || (dated && token.dep() != "nummod")
    } else {
        preposition || sure || dated
    };
    if !believed
        || words.glued(k)
            && matches!(before, "-")
            && !matches!(
                words.lower_before(k, 2),
                "mid" | "late" | "early" | "post" | "pre" | "since"
            )
            && !dated
    {
        return None;
    }
    date(Expression::Value(format!("{year:04}")), len)
}

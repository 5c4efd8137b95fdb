//! Dates relative to printing or to what was said before: "yesterday", "last week", "Thursday evening", "three days
//! later".

use std::sync::LazyLock;

use crate::read::quantities::{
    numeral,
    words::{Starts, Words},
};

use super::{
    Found, TimeKind, calendar,
    expression::{Expression, From, Unit},
    lexicon,
};

/// Reads the relative date that starts at word `k`.
pub fn read(words: &Words, k: usize) -> Option<Found> {
    [
        deictic, weekday, around, shifted, year_back, reference, the_unit, period_end,
    ]
    .iter()
    .filter_map(|read| read(words, k))
    .max_by_key(|found| found.len)
}

fn found(kind: TimeKind, expression: Expression, len: usize) -> Option<Found> {
    Some(Found {
        kind,
        expression,
        len,
    })
}

fn part(day: Option<Expression>, code: &'static str, len: usize) -> Option<Found> {
    found(
        TimeKind::Time,
        Expression::Part {
            day: day.map(Box::new),
            code,
        },
        len,
    )
}

/// "today", "yesterday evening", "the day before yesterday", "tonight", "last night", "this morning", "the next
/// morning", "overnight".
fn deictic(words: &Words, k: usize) -> Option<Found> {
    let shift = |n| Expression::Shift {
        n,
        unit: Unit::Day,
        from: From::Printing,
    };
    let with_part = |n, len| match lexicon::part_of_day(words.lower(k + len)) {
        Some(code) => part(Some(shift(n)), code, len + 1),
        None => found(TimeKind::Date, shift(n), len),
    };
    match words.lower(k) {
        "today" => return with_part(0, 1),
        "yesterday" => return with_part(-1, 1),
        "tomorrow" => return with_part(1, 1),
        "tonight" => return part(Some(shift(0)), "NI", 1),
        "overnight" => {
            // "overnight on Friday" is the night of Friday; the adjective of banking is left alone.
            let adjective = words.token(k)?.dep() == "amod" || words.token(k)?.tag() == "JJ";
            if adjective {
                return None;
            }
            let on = usize::from(matches!(words.lower(k + 1), "on" | "from"));
            if let Some(day) = weekday(words, k + 1 + on)
                .filter(|day| matches!(day.expression, Expression::Weekday { .. }))
            {
                return part(Some(day.expression), "NI", 1 + on + day.len);
            }
            return part(Some(shift(-1)), "NI", 1);
        }
        _ => {}
    }
    if words.matches(k, &["the", "day", "before", "yesterday"]) {
        return found(TimeKind::Date, shift(-2), 4);
    }
    if words.matches(k, &["the", "day", "after", "tomorrow"]) {
        return found(TimeKind::Date, shift(2), 4);
    }
    let the = usize::from(words.lower(k) == "the");
    let last = |n| Expression::Shift {
        n,
        unit: Unit::Day,
        from: From::Last,
    };
    let day = match words.lower(k + the) {
        "last" if the == 0 => Some(shift(-1)),
        "this" if the == 0 => Some(shift(0)),
        "that" if the == 0 => Some(last(0)),
        "same" if the == 1 => Some(last(0)),
        "next" | "following" if the == 1 => Some(last(1)),
        "previous" if the == 1 => Some(last(-1)),
        _ => None,
    }?;
    let mut at = k + the + 1;
    at += usize::from(matches!(words.lower(at), "very" | "same"));
    at += usize::from(matches!(words.lower(at), "early" | "mid" | "late"));
    let code = lexicon::part_of_day(words.lower(at)).filter(|_| !words.lower(at).ends_with('s'))?;
    part(Some(day), code, at + 1 - k)
}

/// "Thursday", "last Thursday", "Thursday evening", "Thursday last week", "Thursday of last week".
fn weekday(words: &Words, k: usize) -> Option<Found> {
    let mut at = k;
    let mut side = None;
    match words.lower(at) {
        "last" | "past" | "previous" => side = Some(-1),
        "next" | "coming" => side = Some(1),
        // "the following Thursday" is the next one, "treated following Thursday's crash" only comes after it.
        "following" if words.lower_before(k, 1) == "the" => side = Some(1),
        "this" => {
            side = match words.lower(at + 1) {
                "past" => Some(-1),
                "coming" => Some(1),
                _ => None,
            };
            at += usize::from(side.is_some());
        }
        _ => at = at.wrapping_sub(1),
    }
    at = at.wrapping_add(1);
    let weekday = calendar::weekday(words.lower(at))
        .filter(|_| words.text(at).starts_with(char::is_uppercase))?;
    // "Sat", "Sun", "Wed", "Mon": only with a full stop or in a date.
    if words.lower(at).len() <= 4 {
        if !words.lower(at).ends_with('.') && words.lower(at + 1) != "." {
            return None;
        }
        if matches!(words.lower(at), "sun" | "mon" | "sat" | "wed") {
            return None;
        }
    }
    let this = words.lower(k) == "this" && side.is_none();
    at += 1;
    let code = lexicon::part_of_day(words.lower(at)).filter(|_| !words.lower(at).ends_with('s'));
    at += usize::from(code.is_some());
    let of = usize::from(matches!(words.lower(at), "of"));
    let mut week = match (words.lower(at + of), words.lower(at + of + 1)) {
        ("last", "week") => Some(-1),
        ("this", "week") => Some(0),
        ("next", "week") => Some(1),
        _ => None,
    };
    at += week.map_or(0, |_| of + 2);
    if this && week.is_none() && side.is_none() {
        week = Some(0);
    }
    let day = Expression::Weekday {
        weekday,
        week,
        side,
    };
    match code {
        Some(code) => part(Some(day), code, at - k),
        None => found(TimeKind::Date, day, at - k),
    }
}

/// "last week", "this year", "the previous day", "the same month", "that day", "next May", "the past year", "the week".
fn around(words: &Words, k: usize) -> Option<Found> {
    let the = usize::from(words.lower(k) == "the");
    if the == 1 && words.lower(k + 1) == "weekend" {
        return found(
            TimeKind::Date,
            Expression::Around {
                unit: Unit::Weekend,
                offset: 0,
                from: From::Printing,
            },
            2,
        );
    }
    let Some((offset, from, len)) = side(words, k + the, the == 1) else {
        return the_day_beside(words, k);
    };
    let mut at = k + the + len;
    at += usize::from(matches!(words.lower(at), "fiscal" | "calendar" | "full"));
    // "last May"
    if let Some(month) =
        calendar::month(words.lower(at)).filter(|_| words.text(at).starts_with(char::is_uppercase))
    {
        let (expression, len) = month_beside(words, at, month, offset)?;
        return found(TimeKind::Date, expression, at + len - k);
    }
    let (unit, plural) = Unit::of(words.lower(at))?;
    if plural
        || words.lower(at) == "night"
        || matches!(unit, Unit::Second | Unit::Minute | Unit::Hour)
    {
        return None;
    }
    // "the past year" and "the last week" are stretches, "the past" before a day is none.
    let stretch = the == 1 && matches!(words.lower(k + 1), "past" | "last");
    if stretch && matches!(unit, Unit::Day | Unit::Month) {
        return found(
            TimeKind::Duration,
            Expression::Stretch { n: Some(-1), unit },
            at + 1 - k,
        );
    }
    if unit == Unit::Quarter && offset == 0 {
        return found(
            TimeKind::Date,
            Expression::Around {
                unit,
                offset,
                from: From::Printing,
            },
            at + 1 - k,
        );
    }
    found(
        TimeKind::Date,
        Expression::Around { unit, offset, from },
        at + 1 - k,
    )
}

/// Which way "last", "this", "next" and their like point, from which day, and the words taken.
fn side(words: &Words, at: usize, the: bool) -> Option<(i32, From, usize)> {
    let (offset, from) = match words.lower(at) {
        "last" | "past" => (-1, From::Printing),
        "previous" | "preceding" | "prior" => (-1, From::Last),
        "this" if !the => (0, From::Printing),
        "current" | "present" => (0, From::Printing),
        "same" => (0, From::Last),
        "that" if !the => (0, From::Last),
        "next" if the => (1, From::Last),
        "next" | "coming" => (1, From::Printing),
        "following" => (1, From::Last),
        _ => return None,
    };
    Some(match (words.lower(at), words.lower(at + 1)) {
        ("this", "past") => (-1, from, 2),
        ("this", "coming") => (1, from, 2),
        ("that" | "this", "same") | ("same", "very") => (offset, From::Last, 2),
        _ => (offset, from, 1),
    })
}

/// "last May", "last Oct. 23": the month at word `at`, with its day.
fn month_beside(words: &Words, at: usize, month: i8, offset: i32) -> Option<(Expression, usize)> {
    let day = words.token(at + 1).is_some_and(|next| {
        next.lower().len() <= 2 && next.lower().bytes().all(|b| b.is_ascii_digit())
    });
    if !day {
        let expression = Expression::Month {
            month,
            side: Some(offset),
            year_offset: None,
        };
        return Some((expression, 1));
    }
    let expression = Expression::Day {
        year: None,
        month,
        day: words.lower(at + 1).parse().ok()?,
        weekday: None,
        until: None,
    };
    Some((expression, 2))
}

/// "the day before", "the year before", "the day after", when nothing follows that they are before or after of.
fn the_day_beside(words: &Words, k: usize) -> Option<Found> {
    if !matches!(words.lower(k), "the" | "a") {
        return None;
    }
    let (unit, plural) = Unit::of(words.lower(k + 1))
        .filter(|(unit, _)| matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year))?;
    if plural || words.lower(k + 1) == "night" {
        return None;
    }
    let offset = match words.lower(k + 2) {
        "before" | "earlier" => -1,
        "after" | "later" => 1,
        _ => return None,
    };
    if words.lower(k) == "a" && unit == Unit::Year {
        return None;
    }
    closes(words, k + 3)
        .then(|| {
            found(
                TimeKind::Date,
                Expression::Around {
                    unit,
                    offset,
                    from: From::Last,
                },
                3,
            )
        })
        .flatten()
}

/// Whether what an adverb "before" or "after" could govern is missing: a stop, a conjunction or a verb follows.
fn closes(words: &Words, k: usize) -> bool {
    match words.token(k) {
        None => true,
        Some(token) => {
            token.is_punct() && !matches!(token.lower(), "``" | "\"" | "“")
                || matches!(
                    token.tag(),
                    "CC" | "VBD" | "VBZ" | "VBP" | "MD" | "TO" | "RB" | "IN" | "WDT" | "WRB" | "WP"
                )
        }
    }
}

/// A number of units: (number, unit, words); `None` for the number when the words give none ("several years").
pub fn amount(words: &Words, k: usize) -> Option<(Option<u64>, Unit, usize)> {
    let (n, mut at) = match words.lower(k) {
        "couple" if words.lower(k + 1) == "of" => (Some(2), k + 2),
        "a" if words.lower(k + 1) == "couple" => {
            (Some(2), k + 2 + usize::from(words.lower(k + 2) == "of"))
        }
        "a" if matches!(words.lower(k + 1), "few" | "number") => {
            (None, k + 2 + usize::from(words.lower(k + 2) == "of"))
        }
        "several" | "many" | "some" | "few" | "numerous" | "countless" => (None, k + 1),
        "half" if matches!(words.lower(k + 1), "a" | "an") => {
            let (unit, _) = Unit::of(words.lower(k + 2))?;
            return half(unit).map(|(n, unit)| (Some(n), unit, 3));
        }
        "dozens" | "hundreds" | "thousands" | "scores" if words.lower(k + 1) == "of" => {
            (None, k + 2)
        }
        _ => match numeral::numeral(words, k) {
            Some(read) if !read.decimal => (Some(read.value), k + read.len),
            Some(_) => return None,
            None if matches!(words.lower(k), "a" | "an") => (Some(1), k + 1),
            None if Unit::of(words.lower(k)).is_some_and(|(_, plural)| plural) => (None, k),
            None => return None,
        },
    };
    at += usize::from(matches!(
        words.lower(at),
        "more"
            | "full"
            | "consecutive"
            | "straight"
            | "additional"
            | "long"
            | "short"
            | "whole"
            | "entire"
            | "further"
            | "fiscal"
            | "calendar"
            | "solid"
            | "-"
            | "trading"
            | "working"
            | "business"
            | "other"
            | "hard"
            | "brief"
            | "extra"
    ));
    let (unit, _) = Unit::of(words.lower(at))?;
    // "a year-earlier loss" is no year, "6-year-old" an age.
    if words.lower(at + 1) == "-" && matches!(words.lower(at + 2), "earlier" | "ago" | "old") {
        return None;
    }
    // "52 years old", "52 years of age"
    if words.lower(at + 1) == "old" || words.matches(at + 1, &["of", "age"]) {
        return None;
    }
    // "the 1988 quarter", "three-quarters"
    if unit == Unit::Quarter && (n.is_some_and(|n| n > 40) || words.lower_before(at, 1) == "-") {
        return None;
    }
    Some((n, unit, at + 1 - k))
}

/// Half of a unit in the next smaller one.
pub fn half(unit: Unit) -> Option<(u64, Unit)> {
    Some(match unit {
        Unit::Minute => (30, Unit::Second),
        Unit::Hour => (30, Unit::Minute),
        Unit::Day => (12, Unit::Hour),
        Unit::Year => (6, Unit::Month),
        Unit::Decade => (5, Unit::Year),
        Unit::Century => (50, Unit::Year),
        _ => return None,
    })
}

/// "three days ago", "two weeks later", "several years ago", "four months earlier", "ten days from now".
fn shifted(words: &Words, k: usize) -> Option<Found> {
    let (n, unit, len) = amount(words, k)?;
    let mut at = k + len;
    if words.matches(at, &["or", "so"]) {
        at += 2;
    }
    let (side, from, end) = match (words.lower(at), words.lower(at + 1)) {
        ("ago", _) => (-1, From::Printing, at + 1),
        ("from", "now" | "today") => (1, From::Printing, at + 2),
        ("hence", _) => (1, From::Printing, at + 1),
        ("earlier", _) => (-1, From::Last, at + 1),
        ("later", _) => (1, From::Last, at + 1),
        ("before" | "previously", _) if closes(words, at + 1) => (-1, From::Last, at + 1),
        ("after" | "afterwards" | "afterward", _) if closes(words, at + 1) => {
            (1, From::Last, at + 1)
        }
        _ => return None,
    };
    let Some(n) = n else {
        let value = if side < 0 { "PAST_REF" } else { "FUTURE_REF" };
        return found(TimeKind::Date, Expression::Value(value.into()), end - k);
    };
    let n = i64::try_from(n).ok()?;
    let kind = if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
        TimeKind::Time
    } else {
        TimeKind::Date
    };
    if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) && n < 24 {
        // "two hours later" lies on the same day as far as anyone can tell.
        return found(
            kind,
            Expression::Shift {
                n: 0,
                unit: Unit::Day,
                from,
            },
            end - k,
        );
    }
    if unit == Unit::Year && n == 1 && from == From::Last {
        return found(kind, Expression::YearBack, end - k).filter(|_| side < 0);
    }
    found(
        kind,
        Expression::Shift {
            n: n * side,
            unit,
            from,
        },
        end - k,
    )
}

/// "a year ago", "a year earlier", "year-earlier".
fn year_back(words: &Words, k: usize) -> Option<Found> {
    if matches!(words.lower(k), "a" | "one")
        && words.lower(k + 1) == "year"
        && matches!(words.lower(k + 2), "ago" | "earlier")
    {
        return found(TimeKind::Date, Expression::YearBack, 3);
    }
    if words.lower(k) == "year"
        && words.lower(k + 1) == "-"
        && matches!(words.lower(k + 2), "ago" | "earlier")
    {
        return found(TimeKind::Date, Expression::YearBack, 3);
    }
    None
}

/// "now", "recently", "the future".
fn reference(words: &Words, k: usize) -> Option<Found> {
    static STARTS: LazyLock<Starts> =
        LazyLock::new(|| Starts::of(lexicon::REFERENCES.iter().map(|(s, _)| *s)));
    let (sequence, value) = STARTS
        .with(words.lower(k))
        .map(|place| &lexicon::REFERENCES[place])
        .find(|(s, _)| words.matches(k, s))?;
    let token = words.token(k)?;
    // The adjective only; "electric current" and "current account" are others.
    if sequence == &["current"] && (token.tag() != "JJ" || words.lower(k + 1) == "account") {
        return None;
    }
    found(
        TimeKind::Date,
        Expression::Value((*value).to_owned()),
        sequence.len(),
    )
}

/// "the past" alone, "for the year", "the fiscal year", "of the week", "later in the day", "in the morning".
fn the_unit(words: &Words, k: usize) -> Option<Found> {
    if words.lower(k) != "the" {
        return None;
    }
    let before = words.lower_before(k, 1);
    if words.lower(k + 1) == "past"
        && before == "in"
        && (closes(words, k + 2)
            || words
                .token(k + 2)
                .is_some_and(|next| matches!(next.tag(), "PRP" | "EX")))
    {
        return found(TimeKind::Date, Expression::Value("PAST_REF".into()), 2);
    }
    let mut at = k + 1;
    at += usize::from(matches!(words.lower(at), "early" | "mid" | "late"));
    if before == "in"
        && let Some(code) = lexicon::part_of_day(words.lower(at))
    {
        at += 1;
        at += 2 * usize::from(words.lower(at) == "hours" && words.lower(at + 1) == "of");
        return part(None, code, at - k);
    }
    at += usize::from(matches!(words.lower(at), "full" | "fiscal" | "whole"));
    let unit = match words.lower(at) {
        "year" => Unit::Year,
        "week" => Unit::Week,
        "day" if before == "in" => {
            return found(
                TimeKind::Date,
                Expression::Around {
                    unit: Unit::Day,
                    offset: 0,
                    from: From::Last,
                },
                at + 1 - k,
            );
        }
        _ => return None,
    };
    let next = words.lower(at + 1);
    if matches!(next, "ended" | "ending") {
        return found(
            TimeKind::Duration,
            Expression::Value(unit.length(Some(1))),
            at + 1 - k,
        );
    }
    let expected = matches!(
        before,
        "for" | "of" | "during" | "in" | "throughout" | "within"
    );
    (expected
        && (closes(words, at + 1)
            && !matches!(next, "that" | "when" | "before" | "after" | "of" | "since"))
        || at > k + 1)
        .then(|| {
            found(
                TimeKind::Date,
                Expression::Around {
                    unit,
                    offset: 0,
                    from: From::Printing,
                },
                at + 1 - k,
            )
        })
        .flatten()
}

/// "year-end", "year's end", "the end of the year".
fn period_end(words: &Words, k: usize) -> Option<Found> {
    for (sequence, unit) in [
        (&["year", "-", "end"][..], Unit::Year),
        (&["the", "end", "of", "the", "year"], Unit::Year),
        (&["the", "end", "of", "the", "month"], Unit::Month),
        (&["month", "-", "end"], Unit::Month),
        (&["year", "'s", "end"], Unit::Year),
        (&["year", "’s", "end"], Unit::Year),
        (&["yearend"], Unit::Year),
        (&["year", "end"], Unit::Year),
    ] {
        if words.matches(k, sequence) {
            return found(TimeKind::Date, Expression::EndOf { unit }, sequence.len());
        }
    }
    None
}

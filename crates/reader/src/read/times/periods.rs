//! Dates longer or odder than days: quarters, seasons, decades, centuries and feasts.

use crate::read::quantities::{numeral, words::Words};

use super::{
    expression::Expression,
    lexicon,
    time::Found,
    year_numbers::{capital, century, date, year_after, year_number},
};

/// What the words beside a quarter say of its year.
#[derive(Clone, Copy, Default)]
struct QuarterYear {
    /// The year.
    year: Option<i16>,
    /// Years back from the one at hand: "last year's third quarter".
    offset: Option<i16>,
    /// Words taken.
    len: usize,
}

/// "the third quarter of 1990", "third-quarter", "the 1988 quarter", "the latest quarter", "the year-earlier period".
pub(super) fn quarter(words: &Words, k: usize) -> Option<Found> {
    let mut at = k;
    let the = matches!(words.lower(at), "the" | "its" | "their" | "a");
    at += usize::from(the);
    let before = year_before_quarter(words, at);
    at += before.len;
    at += usize::from(
        matches!(words.lower(at), "fiscal" | "latest" | "most")
            && words.lower(at + 1) != "quarter"
            && words.lower(at + 1) != "period",
    );
    let ago = words.lower(at) == "year"
        && words.lower(at + 1) == "-"
        && matches!(words.lower(at + 2), "earlier" | "ago");
    let mut years_back = 0;
    if ago && !matches!(words.lower(at + 3), "quarter" | "period") {
        years_back = 1;
        at += 3;
    }
    let number = match words.lower(at) {
        "first" | "1st" => Some(1),
        "second" | "2nd" => Some(2),
        "third" | "3rd" => Some(3),
        "fourth" | "4th" | "final" => Some(4),
        _ => None,
    };
    if let Some(number) = number {
        at += 1;
        at += usize::from(matches!(words.lower(at), "-" | "fiscal"));
        if words.lower(at) != "quarter" {
            return None;
        }
        at += 1;
        let behind = year_behind_quarter(words, at, before.year);
        return date(
            Expression::Quarter {
                number: Some(number),
                year: behind.year.or(before.year),
                years_back: behind.offset.or(before.offset).unwrap_or(years_back),
            },
            at + behind.len - k,
        );
    }
    // "year-earlier quarter" may stand without its article.
    if !the && before.year.is_none() && words.lower(at) != "year" {
        return None;
    }
    let mut named = before.year.is_some();
    match (words.lower(at), words.lower(at + 1), words.lower(at + 2)) {
        ("year", "-", "earlier" | "ago") => {
            years_back = 1;
            at += 3;
            named = true;
        }
        ("latest" | "current" | "same" | "most", ..) => {
            at += 1 + usize::from(words.lower(at + 1) == "recent");
            named = true;
        }
        _ => {}
    }
    match words.lower(at) {
        "quarter" if words.lower(at + 1) != "of" && words.lower(at + 1) != "-" => {}
        "period" if named && !matches!(words.lower(at + 1), "of") => {}
        _ => return None,
    }
    date(
        Expression::Quarter {
            number: None,
            year: before.year,
            years_back,
        },
        at + 1 - k,
    )
}

/// "this year's third quarter", "last year's", "1989's".
fn year_before_quarter(words: &Words, at: usize) -> QuarterYear {
    if let (side @ ("this" | "last" | "next"), "year", "'s" | "’s") =
        (words.lower(at), words.lower(at + 1), words.lower(at + 2))
    {
        let offset = match side {
            "this" => 0,
            "last" => 1,
            _ => -1,
        };
        return QuarterYear {
            year: None,
            offset: Some(offset),
            len: 3,
        };
    }
    match year_number(words, at) {
        Some((year, len)) => QuarterYear {
            year: Some(year),
            offset: None,
            len: len + usize::from(matches!(words.lower(at + len), "'s" | "’s" | "-")),
        },
        None => QuarterYear::default(),
    }
}

/// "… of 1990", "… of last year", "… of fiscal 1989"; `known` is the year that stands before the quarter.
fn year_behind_quarter(words: &Words, at: usize, known: Option<i16>) -> QuarterYear {
    let mut out = QuarterYear::default();
    if known.is_none()
        && let Some((said, len)) = year_after(words, at)
    {
        out.year = Some(said);
        out.len = len;
    } else if let ("of" | "this" | "last", "this" | "last" | "year" | "fiscal") =
        (words.lower(at), words.lower(at + 1))
    {
        let more = usize::from(words.lower(at) == "of");
        if let ("last", "year") = (words.lower(at + more), words.lower(at + more + 1)) {
            out.offset = Some(1);
            out.len = more + 2;
        } else if let ("this", "year") = (words.lower(at + more), words.lower(at + more + 1)) {
            out.offset = Some(0);
            out.len = more + 2;
        } else if words.lower(at + 1) == "fiscal"
            && let Some((said, len)) = year_number(words, at + 2)
        {
            out.year = Some(said);
            out.len = 2 + len;
        }
    }
    out
}

/// "summer 2020", "the winter of 1994", "last summer".
pub(super) fn season(words: &Words, k: usize) -> Option<Found> {
    let mut at = k;
    let side = match words.lower(at) {
        "last" | "past" => Some(-1),
        "this" => Some(0),
        "next" | "coming" => Some(1),
        _ => None,
    };
    let the = matches!(words.lower(at), "the" | "that");
    at += usize::from(side.is_some() || the);
    at += usize::from(matches!(words.lower(at), "past" | "coming"));
    let code = lexicon::season(words.lower(at))?;
    let plural = words.lower(at).ends_with('s');
    at += 1;
    if let Some((year, len)) = year_after(words, at) {
        return date(
            Expression::Season {
                code,
                year: Some(year),
                side: 0,
            },
            at + len - k,
        );
    }
    if plural {
        return None;
    }
    if let Some(side) = side {
        return date(
            Expression::Season {
                code,
                year: None,
                side,
            },
            at - k,
        );
    }
    // "fall" and "spring" alone are verbs more often than not.
    let token = words.token(at - 1)?;
    let sure = matches!(words.lower(at - 1), "summer" | "winter" | "autumn") || the;
    let follows = words
        .token(at)
        .is_some_and(|next| matches!(next.tag(), "NN" | "NNS") && next.head() != token);
    let within = matches!(
        words.lower_before(k, 1),
        "in" | "since" | "until" | "by" | "during" | "early" | "late" | "mid" | "of" | "this"
    );
    (sure && within && !follows && token.tag() == "NN" && words.lower(at) != "of")
        .then(|| {
            date(
                Expression::Season {
                    code,
                    year: None,
                    side: 0,
                },
                at - k,
            )
        })
        .flatten()
}

/// "the 1980s", "the '90s", "the nineties", "the 19th century".
pub(super) fn decade(words: &Words, k: usize) -> Option<Found> {
    let the = usize::from(words.lower(k) == "the");
    let mut at = k + the;
    let text = words.lower(at);
    let glued = words.glued(at + 1);
    // "1980s", "1980 s", "'80s", "' 80s"
    let quote = usize::from(matches!(text, "'" | "’" | "‘"));
    let text = words.lower(at + quote).trim_start_matches(['\'', '’', '‘']);
    let text = ["mid-", "late-", "early-", "post-", "pre-"]
        .iter()
        .find_map(|part| text.strip_prefix(part))
        .unwrap_or(text);
    let marked = quote == 1 || words.lower(at).starts_with(['\'', '’', '‘']);
    let digits = text
        .strip_suffix("'s")
        .or_else(|| text.strip_suffix('s'))
        .unwrap_or(text);
    let plural = digits.len() < text.len() || (words.lower(at + quote + 1) == "s" && glued);
    if plural && digits.bytes().all(|b| b.is_ascii_digit()) && digits.ends_with('0') {
        let len = at + quote + 1 + usize::from(digits.len() == text.len()) - k;
        if digits.len() == 4 {
            return date(Expression::Value(digits[..3].to_owned()), len);
        }
        if digits.len() == 2 && marked && the == 1 {
            let start = century(digits.parse().ok()?);
            return date(Expression::Value(format!("{:03}", start / 10)), len);
        }
    }
    let spelled = match words.lower(at) {
        "twenties" => "192",
        "thirties" => "193",
        "forties" => "194",
        "fifties" => "195",
        "sixties" => "196",
        "seventies" => "197",
        "eighties" => "198",
        "nineties" => "199",
        _ => "",
    };
    if the == 1 && !spelled.is_empty() {
        return date(Expression::Value(spelled.to_owned()), 2);
    }
    let mut number = numeral::ordinal(words.lower(at));
    if number.is_none() && words.lower(at) == "twenty" && words.lower(at + 1) == "-" {
        number = numeral::ordinal(words.lower(at + 2)).map(|n| n + 20);
        at += 2;
    }
    let number = number.filter(|n| (1..=30).contains(n))?;
    at += 1;
    at += usize::from(words.lower(at) == "-");
    if words.lower(at) != "century" {
        return None;
    }
    date(Expression::Value(format!("{:02}", number - 1)), at + 1 - k)
}

/// "Christmas", "last Thanksgiving", "New Year's Day 2015".
pub(super) fn feast(words: &Words, k: usize) -> Option<Found> {
    let side = match words.lower(k) {
        "last" => Some(-1),
        "this" => Some(0),
        "next" => Some(1),
        _ => None,
    };
    let at = k + usize::from(side.is_some());
    if !capital(words, at) {
        return None;
    }
    let (sequence, name) = lexicon::FEASTS.iter().find(|(s, _)| words.matches(at, s))?;
    let mut end = at + sequence.len();
    let year = year_after(words, end);
    end += year.map_or(0, |(_, len)| len);
    date(
        Expression::Feast {
            name,
            year: year.map(|(year, _)| year),
            side,
        },
        end - k,
    )
}

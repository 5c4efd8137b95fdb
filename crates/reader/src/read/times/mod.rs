//! Times, with past bias, anchored to publication or to weekday and day.
//!
//! What comes in: a parsed text and, where known, when it was published. What goes out: every time expression with its
//! TIMEX3 value and, where the calendar is known, its interval; and helpers to read metadata dates and to find the time
//! of a verb. It does not know what happened at any of these times. Patterns run over the words, the longest wins; the
//! parse only tells whether a clause looks back or ahead. Time is linear in the length of the text.

mod absolute;
pub mod anchor;
mod attach;
pub mod calendar;
mod clock;
pub mod expression;
mod lengths;
mod lexicon;
mod periods;
pub mod published;
mod relative;
mod tense;
mod time;
mod year_numbers;

use std::sync::LazyLock;

use jiff::civil::{Date, Time as ClockTime};
use language::Doc;
use model::{When, WhenPrecision};

pub use attach::{attach, head};
pub use expression::Form;
pub use published::{archived, archived_at, in_address, local_day, parse_published};
pub use time::{Time, TimeKind};

use crate::read::quantities::words::{Starts, Words};
use anchor::{Anchor, Resolved};
use expression::Expression;
use tense::{Tense, tense};
use time::{Found, Placed};

/// Finds the times of a text, in order, never overlapping. `published` anchors what is said relative to the day of
/// printing; without it, a weekday with day and month still fixes the year, and later mentions anchor to that (rules:
/// [`anchor`]).
pub fn find(doc: &Doc, published: Option<&When>) -> Vec<Time> {
    let mut placed = Vec::new();
    for (number, words) in Words::paragraphs(doc).iter().enumerate() {
        paragraph(words, number, &mut placed);
    }
    let mut anchor = Anchor {
        printing: published.and_then(local_day),
        latest_year: placed.iter().filter_map(|p| year_said(&p.expression)).max(),
        ..Anchor::default()
    };
    if anchor.printing.is_none() {
        let known = published.map(|when| when.date().year());
        anchor.latest_year = known.or(anchor.latest_year);
        anchor.printing = assumed_printing(&anchor, &placed);
        anchor.assumed = anchor.printing.is_some();
    }
    placed
        .into_iter()
        .map(|place| {
            anchor.paragraph = place.paragraph;
            let resolved = anchor.resolve(&place.expression, place.tense);
            anchor.remember(&place.expression, &resolved.value);
            let when = when(&resolved, doc.slice(place.tokens.clone()));
            let form = Form::of(&place.expression);
            Time {
                form,
                tokens: place.tokens,
                kind: place.kind,
                value: resolved.value,
                when,
            }
        })
        .collect()
}

/// The day that stands for that of printing in a text without a publication date: the latest day that news would name
/// without its year, or that stands with it in the first two paragraphs. What the verb puts ahead does not count. Days
/// whose weekday fixes the year, and those of the head, come first; the others take their year from them.
fn assumed_printing(anchor: &Anchor, placed: &[Placed]) -> Option<Date> {
    let latest = |anchor: &Anchor, sure: bool| {
        placed
            .iter()
            .filter(|place| place.tense != Tense::Future || place.in_head())
            .filter(|place| {
                let day = match &place.expression {
                    Expression::Part { day: Some(day), .. }
                    | Expression::Clock { day: Some(day), .. } => day,
                    other => other,
                };
                match day {
                    Expression::Day {
                        year: None,
                        weekday,
                        ..
                    } => weekday.is_some() || !sure,
                    Expression::Day { .. } | Expression::Numeric { .. } | Expression::Value(_) => {
                        place.in_head()
                    }
                    _ => false,
                }
            })
            .filter_map(|place| {
                calendar::interval(&anchor.resolve(&place.expression, Tense::Past).value)
            })
            .filter(|(_, _, precision)| *precision <= WhenPrecision::Day)
            .map(|(start, ..)| start.date())
            .max()
    };
    let Some(first) = latest(anchor, true) else {
        return latest(anchor, false);
    };
    let near = Anchor {
        printing: Some(first),
        assumed: true,
        ..anchor.clone()
    };
    latest(&near, false).max(Some(first))
}

/// The year an expression says outright.
fn year_said(expression: &Expression) -> Option<i16> {
    let year = match expression {
        Expression::Day { year, .. }
        | Expression::Season { year, .. }
        | Expression::Quarter { year, .. }
        | Expression::Feast { year, .. } => *year,
        Expression::Numeric { year, .. } => Some(*year),
        Expression::Value(value) => calendar::interval(value)
            .filter(|_| value.len() >= 4)
            .map(|(start, ..)| start.year()),
        Expression::Part { day, .. } | Expression::Clock { day, .. } => {
            day.as_deref().and_then(year_said)
        }
        _ => None,
    };
    year.filter(|year| (1900..=2100).contains(year))
}

fn when(resolved: &Resolved, words: &str) -> Option<When> {
    let (start, end, precision) = match resolved.until {
        Some((first, end)) => (
            first.to_datetime(ClockTime::midnight()),
            end.to_datetime(ClockTime::midnight()),
            WhenPrecision::Interval,
        ),
        None => calendar::interval(&resolved.value)?,
    };
    (start < end).then(|| When {
        start,
        end,
        precision,
        words: words.to_owned(),
        anchor: if resolved.why.is_empty() {
            "stated"
        } else {
            resolved.why
        }
        .to_owned(),
    })
}

fn paragraph(words: &Words, number: usize, out: &mut Vec<Placed>) {
    let mut k = 0;
    while k < words.len() {
        let Some((start, found)) = at(words, k) else {
            k += 1;
            continue;
        };
        let end = start + found.len;
        if let Some(token) = words.token(start) {
            out.push(Placed {
                tokens: words.tokens(start..end),
                kind: found.kind,
                expression: found.expression,
                tense: tense(token),
                paragraph: number,
            });
        }
        k = end.max(k + 1);
    }
}

/// The expression that starts at word `k`, qualifiers included.
fn at(words: &Words, k: usize) -> Option<(usize, Found)> {
    let lead = qualifier(words, k);
    let core = bare(words, k + lead)?;
    // "about 1989" and "nearly Friday" are not how dates are qualified, "early 1989" is; lengths take "about".
    let found = Found {
        len: core.len + lead,
        ..core
    };
    Some((k, found))
}

/// Words before a date or length that belong to it: "early", "the end of", "nearly", "more than".
fn qualifier(words: &Words, k: usize) -> usize {
    const LEADS: &[&[&str]] = &[
        &["the", "beginning", "of"],
        &["the", "start", "of"],
        &["the", "middle", "of"],
        &["the", "end", "of"],
        &["the", "close", "of"],
        &["the", "first", "half", "of"],
        &["the", "second", "half", "of"],
        &["the", "latter", "half", "of"],
        &["the", "rest", "of"],
        &["the", "turn", "of"],
        &["the", "latter", "part", "of"],
        &["the", "early", "part", "of"],
        &["early", "on"],
        &["late", "on"],
        &["early", "in"],
        &["late", "in"],
        &["earlier", "in"],
        &["later", "in"],
        &["earlier", "on"],
        &["later", "on"],
        &["early"],
        &["late"],
        &["earlier"],
        &["later"],
        &["mid", "-"],
        &["mid"],
        &["late", "-"],
        &["early", "-"],
        &["at", "least"],
        &["more", "than"],
        &["less", "than"],
        &["fewer", "than"],
        &["no", "more", "than"],
        &["as", "many", "as"],
        &["up", "to"],
        &["nearly"],
        &["almost"],
        &["about"],
        &["around"],
        &["roughly"],
        &["over"],
        &["approximately"],
        &["some"],
        &["only"],
        &["just", "over"],
        &["post", "-"],
        &["pre", "-"],
    ];
    static STARTS: LazyLock<Starts> = LazyLock::new(|| Starts::of(LEADS.iter().copied()));
    let mut places = STARTS.with(words.lower(k)).map(|place| LEADS[place]);
    let Some(sequence) = places.find(|s| words.matches(k, s)) else {
        return 0;
    };
    // "the early 1990s" keeps its article with what follows.
    sequence.len()
}

/// An expression without qualifiers: a date with its time of day, a time of day with its date, or a length.
fn bare(words: &Words, k: usize) -> Option<Found> {
    if words.lower(k) == "the" && matches!(words.lower(k + 1), "early" | "late" | "mid") {
        let hyphen = usize::from(words.lower(k + 2) == "-");
        if let Some(found) = dated(words, k + 2 + hyphen) {
            return Some(Found {
                len: found.len + 2 + hyphen,
                ..found
            });
        }
    }
    if let Some(time) = clock::clock(words, k) {
        return Some(timed(words, k, time));
    }
    let found = dated(words, k)
        .into_iter()
        .chain(lengths::read(words, k))
        .max_by_key(|found| found.len)?;
    Some(with_clock(words, k, found))
}

fn dated(words: &Words, k: usize) -> Option<Found> {
    absolute::read(words, k)
        .into_iter()
        .chain(relative::read(words, k))
        .max_by_key(|found| found.len)
}

/// "5 p.m. Thursday", "5 p.m. on Thursday".
fn timed(words: &Words, k: usize, time: clock::Clock) -> Found {
    let mut at = k + time.len;
    // "10:35 a.m. (0735 GMT) Friday"
    if words.lower(at) == "("
        && let Some(close) = (at + 1..at + 5).find(|&at| words.lower(at) == ")")
        && words.matches(close - 1, &["gmt"])
    {
        at = close + 1;
    }
    at += usize::from(words.lower(at) == ",");
    at += usize::from(words.lower(at) == "on");
    let day = dated(words, at).filter(|day| {
        day.kind == TimeKind::Date
            && !matches!(day.expression, Expression::Value(ref value) if value.ends_with("_REF"))
            && matches!(
                day.expression,
                Expression::Day { .. }
                    | Expression::Weekday { .. }
                    | Expression::Numeric { .. }
                    | Expression::Shift {
                        unit: expression::Unit::Day,
                        ..
                    }
            )
    });
    let len = day.as_ref().map_or(time.len, |day| at + day.len - k);
    Found {
        kind: TimeKind::Time,
        expression: Expression::Clock {
            day: day.map(|day| Box::new(day.expression)),
            hour: time.hour,
            minute: time.minute,
        },
        len,
    }
}

/// "Thursday at 5 p.m.", "January 20 at around 17:30".
fn with_clock(words: &Words, k: usize, found: Found) -> Found {
    let day = matches!(
        found.expression,
        Expression::Day { .. }
            | Expression::Weekday { .. }
            | Expression::Numeric { .. }
            | Expression::Shift {
                unit: expression::Unit::Day,
                ..
            }
    );
    if !day || found.kind != TimeKind::Date {
        return found;
    }
    let mut at = k + found.len;
    at += usize::from(words.lower(at) == ",");
    at += usize::from(words.lower(at) == "at");
    at += usize::from(matches!(
        words.lower(at),
        "around" | "about" | "approximately"
    ));
    if at == k + found.len {
        return found;
    }
    match clock::clock(words, at) {
        Some(time) => Found {
            kind: TimeKind::Time,
            expression: Expression::Clock {
                day: Some(Box::new(found.expression)),
                hour: time.hour,
                minute: time.minute,
            },
            len: at + time.len - k,
        },
        None => found,
    }
}

#[cfg(test)]
mod tests;

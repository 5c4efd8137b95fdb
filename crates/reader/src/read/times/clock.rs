//! Times of day: "5:30 p.m.", "6am", "noon", "3 o'clock", "17:45 GMT".

use crate::read::quantities::{numeral, words::Words};

use super::calendar;

/// A time of day read at some word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock {
    /// Hour 0–24.
    pub hour: u8,
    /// Minute, if said.
    pub minute: Option<u8>,
    /// Words taken, zone included.
    pub len: usize,
}

/// Reads the time of day that starts at word `k`.
pub fn clock(words: &Words, k: usize) -> Option<Clock> {
    let word = words.lower(k);
    match word {
        "noon" | "midday" => {
            return Some(Clock {
                hour: 12,
                minute: Some(0),
                len: 1,
            });
        }
        "midnight" => {
            return Some(Clock {
                hour: 24,
                minute: Some(0),
                len: 1,
            });
        }
        _ => {}
    }
    let (mut hour, minute, half, mut len) = figure(words.text(k))
        .map(|(h, m, half)| (h, m, half, 1))
        .or_else(|| {
            let read = numeral::numeral(words, k).filter(|read| !read.digits && read.len == 1)?;
            Some((u8::try_from(read.value).ok()?, None, None, 1))
        })?;
    let half = half.or_else(|| {
        let (half, more) = half_of_day(words, k + len)?;
        len += more;
        Some(half)
    });
    let oclock = matches!(words.lower(k + len), "o'clock" | "o’clock");
    if oclock {
        len += 1;
    }
    let half = half.or_else(|| {
        if !oclock && minute.is_none() && words.lower(k + len) != "in" {
            return None;
        }
        let (half, more) = match (
            words.lower(k + len),
            words.lower(k + len + 1),
            words.lower(k + len + 2),
        ) {
            ("in", "the", "morning") => (false, 3),
            ("in", "the", "afternoon" | "evening") => (true, 3),
            ("at", "night", _) => (true, 2),
            _ => return None,
        };
        len += more;
        Some(half)
    });
    match half {
        Some(_) if !(1..=12).contains(&hour) => {
            minute?;
        }
        Some(afternoon) => hour = hour % 12 + if afternoon { 12 } else { 0 },
        None => {
            // "5:30" alone is a time only where one is expected; "17:45" or "05:30" anywhere.
            let zone = zone(words, k + len) > 0;
            let expected = matches!(
                words.lower_before(k, 1),
                "at" | "around" | "about" | "until" | "by" | "before" | "after" | "from"
            );
            let wide = words.text(k).find([':', '.']) == Some(2) && words.text(k).contains(':');
            if !(oclock
                || (minute.is_some() && words.text(k).contains(':') && (zone || expected || wide)))
            {
                return None;
            }
        }
    }
    len += zone(words, k + len);
    (hour <= 24).then_some(Clock { hour, minute, len })
}

/// "5:30", "5:30pm", "6am", "7.30pm": hour, minute, half of the day.
fn figure(text: &str) -> Option<(u8, Option<u8>, Option<bool>)> {
    if text.len() > 8 || !text.is_ascii() || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let (digits, half) = match lower
        .strip_suffix("pm")
        .or_else(|| lower.strip_suffix("p.m."))
    {
        Some(digits) => (digits.to_owned(), Some(true)),
        None => match lower
            .strip_suffix("am")
            .or_else(|| lower.strip_suffix("a.m."))
        {
            Some(digits) => (digits.to_owned(), Some(false)),
            None => (lower, None),
        },
    };
    let (hour, minute) = match digits.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => {
            (hour, Some(minute.parse().ok().filter(|&m: &u8| m < 60)?))
        }
        Some(_) => return None,
        None => (digits.as_str(), None),
    };
    if hour.is_empty() || hour.len() > 2 {
        return None;
    }
    Some((hour.parse().ok().filter(|&h: &u8| h <= 24)?, minute, half))
}

fn half_of_day(words: &Words, k: usize) -> Option<(bool, usize)> {
    match words.lower(k) {
        "am" | "a.m." | "a.m" => Some((false, 1)),
        "pm" | "p.m." | "p.m" => Some((true, 1)),
        half @ ("a" | "p") if words.lower(k + 1) == "." && words.lower(k + 2).starts_with('m') => {
            Some((half == "p", 3))
        }
        _ => None,
    }
}

/// Words of a zone at `k`: "EDT", "local time", "( 0900 GMT )" is left alone.
fn zone(words: &Words, k: usize) -> usize {
    let word = words.lower(k);
    if word == "local" && words.lower(k + 1) == "time" {
        return 2;
    }
    let upper = words.text(k).chars().all(|c| c.is_ascii_uppercase());
    usize::from(
        upper
            && word.len() >= 2
            && (calendar::zone_minutes(word).is_some()
                || matches!(word, "et" | "pt" | "ct" | "mt" | "ist")),
    )
}

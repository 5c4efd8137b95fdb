//! The time of day in a metadata string, with its zone.

use jiff::civil::Time;

use super::lexer::{Piece, mark, number, word};
use crate::read::times::calendar;

/// The first time of day, with the minutes east of UTC of its zone (0 when it names none).
pub(super) fn time_in(pieces: &[Piece]) -> Option<(Time, i32)> {
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

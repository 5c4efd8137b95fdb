//! Years by their number, and the small pieces that dates and periods share.

use crate::read::quantities::{numeral, words::Words};

use super::{
    expression::Expression,
    time::{Found, TimeKind},
};

/// A date that takes `len` words.
pub(super) fn date(expression: Expression, len: usize) -> Option<Found> {
    Some(Found {
        kind: TimeKind::Date,
        expression,
        len,
    })
}

pub(super) fn capital(words: &Words, k: usize) -> bool {
    words.text(k).starts_with(char::is_uppercase)
}

/// A year in four digits, "'98", or words ("nineteen ninety-six", "two thousand").
pub(super) fn year_number(words: &Words, k: usize) -> Option<(i16, usize)> {
    let text = words.text(k);
    if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
        // "in the 1800 block of Mill Lane".
        if matches!(words.lower(k + 1), "block" | "blk") {
            return None;
        }
        let year: i16 = text.parse().ok()?;
        return (1000..=2999).contains(&year).then_some((year, 1));
    }
    if let Some((part, rest)) = text.split_once('-')
        && matches!(
            part.to_lowercase().as_str(),
            "mid" | "post" | "pre" | "late" | "early"
        )
        && rest.len() == 4
        && rest.bytes().all(|b| b.is_ascii_digit())
    {
        return Some((rest.parse().ok()?, 1));
    }
    let short = |digits: &str| {
        (digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()))
            .then(|| digits.parse::<i16>().ok())
            .flatten()
            .map(century)
    };
    if let Some(digits) = text.strip_prefix(['\'', '’', '‘'])
        && let Some(year) = short(digits)
    {
        return Some((year, 1));
    }
    if matches!(text, "'" | "’" | "‘")
        && words.glued(k + 1)
        && let Some(year) = short(words.text(k + 1))
    {
        return Some((year, 2));
    }
    let century = match words.lower(k) {
        "nineteen" => 1900,
        "eighteen" => 1800,
        "twenty" => 2000,
        "two" if words.lower(k + 1) == "thousand" => {
            let more = usize::from(words.lower(k + 2) == "and");
            if let Some(rest) = numeral::small(words.lower(k + 2 + more)).filter(|&n| n < 20) {
                return Some((2000 + rest as i16, 3 + more));
            }
            return Some((2000, 2));
        }
        _ => return None,
    };
    if words.lower(k + 1) == "hundred" {
        return Some((century, 2));
    }
    let tens = numeral::small(words.lower(k + 1)).filter(|&n| n >= 10)?;
    let hyphen = usize::from(words.lower(k + 2) == "-");
    if tens >= 20
        && let Some(unit) =
            numeral::small(words.lower(k + 2 + hyphen)).filter(|&n| (1..10).contains(&n))
    {
        return Some((century + (tens + unit) as i16, 3 + hyphen));
    }
    Some((century + tens as i16, 2))
}

/// Two-digit years: 70–99 are of the last century.
pub(super) fn century(year: i16) -> i16 {
    if year >= 70 { 1900 + year } else { 2000 + year }
}

/// The year after a date, with its comma: years and words.
pub(super) fn year_after(words: &Words, k: usize) -> Option<(i16, usize)> {
    let comma = usize::from(matches!(words.lower(k), "," | "of"));
    let (year, len) = year_number(words, k + comma)?;
    // "January 20, 2000 people fled"
    let people = words
        .token(k + comma + len)
        .is_some_and(|token| token.tag() == "NNS" || token.lower() == "people");
    (!(comma == 1 && people && words.lower(k) == ",")).then_some((year, comma + len))
}

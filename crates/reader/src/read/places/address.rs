//! Addresses and streets: "the 100 block of Foundry Lane NW", "1200 West Main Street", "the corner of Mill and Third
//! streets".
//!
//! What comes in: a parsed text. What goes out: token ranges. It does not know which city they are in.

use std::ops::Range;

use language::{Doc, Pos};

use super::{spot::capital, words::STREETS};

/// Street words that are much else besides: they count only behind a house number or a block.
const DOUBTFUL: &[&str] = &[
    "court", "ct", "ct.", "place", "pl", "pl.", "way", "row", "walk", "circle", "cir", "square",
    "plaza", "loop", "trail", "trl", "pike", "st", "st.", "dr", "dr.", "terrace", "ter", "route",
    "crescent", "causeway", "bypass", "alley",
];

/// Compass letters that may end an address.
const ENDS: &[&str] = &[
    "N",
    "S",
    "E",
    "W",
    "NW",
    "NE",
    "SW",
    "SE",
    "N.",
    "S.",
    "E.",
    "W.",
    "N.W.",
    "N.E.",
    "S.W.",
    "S.E.",
    "North",
    "South",
    "East",
    "West",
    "Northwest",
    "Northeast",
    "Southwest",
    "Southeast",
];

/// Roads that come with a number.
const NUMBERED: &[&str] = &["highway", "hwy", "hwy.", "interstate", "route", "i-"];

/// Finds streets and addresses, in order, never overlapping.
pub(super) fn addresses(doc: &Doc) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut i = 0;
    while i < doc.len() {
        let floor = out.last().map_or(0, |last| last.end);
        match street_at(doc, i, floor) {
            Some(range) if range.start >= floor => {
                i = range.end;
                // "Mill Street and Third Avenue" is one address: their corner.
                match out.last_mut() {
                    Some(last)
                        if last.end + 1 == range.start
                            && matches!(doc.token(last.end).lower(), "and" | "&" | "at" | "/")
                            && !doc.slice(last.clone()).contains('\n') =>
                    {
                        last.end = range.end;
                    }
                    _ => out.push(range),
                }
            }
            _ => i += 1,
        }
    }
    out
}

/// Tokens of an address with the words "the corner of" before it.
pub(super) fn whole(doc: &Doc, street: &Range<usize>) -> Range<usize> {
    if crossing(doc, street.start) {
        street.start - 2..street.end
    } else {
        street.clone()
    }
}

/// Whether "corner of" or "intersection of" stands before token `start`.
fn crossing(doc: &Doc, start: usize) -> bool {
    start >= 2
        && doc.token(start - 1).lower() == "of"
        && matches!(
            doc.token(start - 2).lower(),
            "corner" | "intersection" | "junction"
        )
}

/// The street whose word is token `i`.
fn street_at(doc: &Doc, i: usize, floor: usize) -> Option<Range<usize>> {
    let token = doc.token(i);
    let word = token.lower();
    let short_number = |t: usize| {
        t < doc.len() && {
            let text = doc.token(t).text();
            text.len() <= 4
                && text.starts_with(|c: char| c.is_ascii_digit())
                && text.chars().all(char::is_alphanumeric)
        }
    };
    if NUMBERED.contains(&word) && capital(token) && short_number(i + 1) {
        let start = if i > floor
            && matches!(
                doc.token(i - 1).lower(),
                "state" | "county" | "u.s." | "us" | "interstate"
            ) {
            i - 1
        } else {
            i
        };
        return Some(housed(doc, start, floor)..i + 2);
    }
    // "I-94", as one token or three.
    if let Some(number) = token
        .text()
        .strip_prefix("I-")
        .or(token.text().strip_prefix("US-"))
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
    {
        return Some(housed(doc, i, floor)..i + 1);
    }
    if matches!(token.text(), "I" | "US")
        && i + 2 < doc.len()
        && doc.token(i + 1).text() == "-"
        && short_number(i + 2)
    {
        return Some(housed(doc, i, floor)..i + 3);
    }
    // "the 3800 block of Waters": a block is one of a street.
    if word == "block"
        && i + 2 < doc.len()
        && doc.token(i + 1).lower() == "of"
        && capital(doc.token(i + 2))
        && i > floor
        && digits(doc, i - 1)
    {
        let mut end = i + 3;
        while end < doc.len()
            && end < i + 7
            && capital(doc.token(end))
            && !doc.token(end).is_punct()
            && !STREETS.contains(doc.token(end - 1).lower())
            && doc.token(end).bytes().start == doc.token(end - 1).bytes().end + 1
        {
            end += 1;
        }
        if end < doc.len() && ENDS.contains(&doc.token(end).text()) {
            end += 1;
        }
        // "Atlantic and Monmouth avenues" and the like are read from their last word.
        let goes_on = end < doc.len()
            && (matches!(doc.token(end).lower(), "and" | "&")
                || doc
                    .token(end)
                    .text()
                    .starts_with(|c: char| c.is_ascii_digit()));
        if !goes_on || STREETS.contains(doc.token(end - 1).lower()) {
            return Some(i - 1..end);
        }
    }
    let plural = matches!(word, "streets" | "avenues" | "roads");
    if !(STREETS.contains(word) && capital(token) || plural) {
        return None;
    }
    let mut start = i;
    while start > floor && i - start < 6 {
        let before = doc.token(start - 1);
        if doc.text()[before.bytes().end..doc.token(start).bytes().start].contains('\n')
            || before.is_space()
        {
            break;
        }
        let ordinal = before.text().starts_with(|c: char| c.is_ascii_digit())
            && before.text().ends_with(|c: char| c.is_ascii_alphabetic());
        let joined = matches!(before.text(), "-" | "'" | "’")
            && before.bytes().end == doc.token(start).bytes().start;
        let numeral = |t: usize| {
            doc.token(t)
                .text()
                .starts_with(|c: char| c.is_ascii_digit())
                && doc
                    .token(t)
                    .text()
                    .ends_with(|c: char| c.is_ascii_alphabetic())
        };
        let linked = matches!(before.lower(), "and" | "&")
            && start >= 2
            && (plural && capital(doc.token(start - 2)) || numeral(start - 2));
        if ordinal
            || joined
            || linked
            || capital(before)
                && !before.is_punct()
                && !matches!(
                    before.pos(),
                    Pos::Adp | Pos::Det | Pos::Pron | Pos::Cconj | Pos::Sconj
                )
        {
            start -= 1;
        } else {
            break;
        }
    }
    if start == i {
        return None;
    }
    let mut end = i + 1;
    // "State Road 7".
    if matches!(word, "road" | "route" | "highway")
        && matches!(
            doc.token(i - 1).lower(),
            "county" | "state" | "farm" | "township"
        )
        && short_number(end)
    {
        end += 1;
    }
    let mut ended = false;
    if end < doc.len() && ENDS.contains(&doc.token(end).text()) {
        end += 1;
        ended = true;
    }
    let name = start;
    let start = housed(doc, start, floor);
    let numbered = start < name || ended;
    let before = (start > 0).then(|| doc.token(start - 1).lower());
    let on = before
        .is_some_and(|word| matches!(word, "on" | "along" | "off" | "onto" | "down" | "across"));
    let led = on
        || before.is_some_and(|word| {
            matches!(
                word,
                "of" | "in" | "near" | "at" | "and" | "from" | "to" | "&" | "between"
            )
        });
    let doubtful = DOUBTFUL.contains(&word);
    // A court of law is on no map as a street.
    let law = matches!(
        doc.token(i - 1).lower(),
        "supreme"
            | "district"
            | "circuit"
            | "superior"
            | "high"
            | "county"
            | "federal"
            | "municipal"
            | "appeals"
            | "criminal"
            | "magistrate"
            | "magistrates"
            | "first"
    );
    let next_capital = end < doc.len()
        && capital(doc.token(end))
        && doc.token(end).pos() == Pos::Propn
        && doc.token(end).bytes().start == doc.token(end - 1).bytes().end + 1;
    let body = matches!(
        doc.token(i).entity_label(),
        "ORG" | "PERSON" | "WORK_OF_ART"
    );
    let accepted = numbered
        || crossing(doc, start)
        || if doubtful {
            on && !law
        } else {
            led || !body && !next_capital && !plural
        };
    accepted.then_some(start..end)
}

fn digits(doc: &Doc, t: usize) -> bool {
    let text = doc.token(t).text();
    text.len() <= 6
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}

/// Start of an address with its house number or "the 100 block of" before token `start`.
fn housed(doc: &Doc, start: usize, floor: usize) -> usize {
    if start > floor && digits(doc, start - 1) {
        return start - 1;
    }
    if start >= floor + 3
        && doc.token(start - 1).lower() == "of"
        && doc.token(start - 2).lower() == "block"
    {
        let number = doc.token(start - 3).text();
        if number.starts_with(|c: char| c.is_ascii_digit()) {
            return start - 3;
        }
    }
    if start >= floor + 2 && doc.token(start - 1).lower() == "block" && digits(doc, start - 2) {
        return start - 2;
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the addresses of a text.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let Some(pipeline) = ::testing::pipeline() else {
            return;
        };
        let doc = pipeline.parse_text(text);
        let found: Vec<&str> = addresses(&doc)
            .into_iter()
            .map(|range| doc.slice(range))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn blocks_houses_and_corners() {
        check(
            "He lay in the 100 block of Foundry Lane NW.",
            &["100 block of Foundry Lane NW"],
        );
        check(
            "It happened at 1200 West Quarry Street on Monday.",
            &["1200 West Quarry Street"],
        );
        check(
            "Shots were fired at the corner of Quarry Street and Third Avenue.",
            &["Quarry Street and Third Avenue"],
        );
        check(
            "A car hit a wall on Harbour Court and burned.",
            &["Harbour Court"],
        );
        check(
            "The crash closed Interstate 94 near County Road 12.",
            &["Interstate 94", "County Road 12"],
        );
    }

    #[test]
    fn courts_and_titles_are_no_streets() {
        check("The Supreme Court ruled on Monday.", &[]);
        check("He was tried in District Court.", &[]);
        check("They lost their way. The place was full.", &[]);
    }
}

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

/// Words before "court" that make it one of law, which is on no map as a street.
const COURTS: &[&str] = &[
    "supreme",
    "district",
    "circuit",
    "superior",
    "high",
    "county",
    "federal",
    "municipal",
    "appeals",
    "criminal",
    "magistrate",
    "magistrates",
    "first",
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
    numbered_road(doc, i, floor)
        .or_else(|| block(doc, i, floor))
        .or_else(|| named_street(doc, i, floor))
}

/// Whether token `t` is a short number: "94", "7A".
fn short_number(doc: &Doc, t: usize) -> bool {
    t < doc.len() && {
        let text = doc.token(t).text();
        text.len() <= 4
            && text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().all(char::is_alphanumeric)
    }
}

/// "Highway 12", "County Route 7", "I-94".
fn numbered_road(doc: &Doc, i: usize, floor: usize) -> Option<Range<usize>> {
    let token = doc.token(i);
    if NUMBERED.contains(&token.lower()) && capital(token) && short_number(doc, i + 1) {
        let kind = i > floor
            && matches!(
                doc.token(i - 1).lower(),
                "state" | "county" | "u.s." | "us" | "interstate"
            );
        return Some(housed(doc, i - usize::from(kind), floor)..i + 2);
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
    (matches!(token.text(), "I" | "US")
        && i + 2 < doc.len()
        && doc.token(i + 1).text() == "-"
        && short_number(doc, i + 2))
    .then(|| housed(doc, i, floor)..i + 3)
}

/// "the 3800 block of Waters": a block is one of a street. "Atlantic and Monmouth avenues" and the like are read from
/// their last word.
fn block(doc: &Doc, i: usize, floor: usize) -> Option<Range<usize>> {
    if doc.token(i).lower() != "block"
        || i + 2 >= doc.len()
        || doc.token(i + 1).lower() != "of"
        || !capital(doc.token(i + 2))
        || i <= floor
        || !digits(doc, i - 1)
    {
        return None;
    }
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
    let goes_on = end < doc.len()
        && (matches!(doc.token(end).lower(), "and" | "&")
            || doc
                .token(end)
                .text()
                .starts_with(|c: char| c.is_ascii_digit()));
    (!goes_on || STREETS.contains(doc.token(end - 1).lower())).then_some(i - 1..end)
}

/// "Foundry Lane", "West 3rd Street NW", "Mill and Third streets".
fn named_street(doc: &Doc, i: usize, floor: usize) -> Option<Range<usize>> {
    let token = doc.token(i);
    let word = token.lower();
    let plural = matches!(word, "streets" | "avenues" | "roads");
    if !(STREETS.contains(word) && capital(token) || plural) {
        return None;
    }
    let name = name_start(doc, i, floor, plural);
    if name == i {
        return None;
    }
    let mut end = i + 1;
    // "State Road 7".
    if matches!(word, "road" | "route" | "highway")
        && matches!(
            doc.token(i - 1).lower(),
            "county" | "state" | "farm" | "township"
        )
        && short_number(doc, end)
    {
        end += 1;
    }
    let ended = end < doc.len() && ENDS.contains(&doc.token(end).text());
    end += usize::from(ended);
    let start = housed(doc, name, floor);
    let numbered = start < name || ended;
    let accepted = numbered || crossing(doc, start) || is_meant(doc, i, start..end, plural);
    accepted.then_some(start..end)
}

/// Where the name of a street begins, whose word is token `i`.
fn name_start(doc: &Doc, i: usize, floor: usize, plural: bool) -> usize {
    let ordinal = |t: usize| {
        let text = doc.token(t).text();
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.ends_with(|c: char| c.is_ascii_alphabetic())
    };
    let mut start = i;
    while start > floor && i - start < 6 {
        let before = doc.token(start - 1);
        if doc.text()[before.bytes().end..doc.token(start).bytes().start].contains('\n')
            || before.is_space()
        {
            break;
        }
        let joined = matches!(before.text(), "-" | "'" | "’")
            && before.bytes().end == doc.token(start).bytes().start;
        let linked = matches!(before.lower(), "and" | "&")
            && start >= 2
            && (plural && capital(doc.token(start - 2)) || ordinal(start - 2));
        let part = ordinal(start - 1)
            || joined
            || linked
            || capital(before)
                && !before.is_punct()
                && !matches!(
                    before.pos(),
                    Pos::Adp | Pos::Det | Pos::Pron | Pos::Cconj | Pos::Sconj
                );
        if !part {
            break;
        }
        start -= 1;
    }
    start
}

/// Whether the words around a name without a number say that a street is meant.
fn is_meant(doc: &Doc, i: usize, tokens: Range<usize>, plural: bool) -> bool {
    let (start, end) = (tokens.start, tokens.end);
    let before = (start > 0).then(|| doc.token(start - 1).lower());
    let on = before
        .is_some_and(|word| matches!(word, "on" | "along" | "off" | "onto" | "down" | "across"));
    if DOUBTFUL.contains(&doc.token(i).lower()) {
        return on && !COURTS.contains(&doc.token(i - 1).lower());
    }
    let led = on
        || before.is_some_and(|word| {
            matches!(
                word,
                "of" | "in" | "near" | "at" | "and" | "from" | "to" | "&" | "between"
            )
        });
    let next_capital = end < doc.len()
        && capital(doc.token(end))
        && doc.token(end).pos() == Pos::Propn
        && doc.token(end).bytes().start == doc.token(end - 1).bytes().end + 1;
    let body = matches!(
        doc.token(i).entity_label(),
        "ORG" | "PERSON" | "WORK_OF_ART"
    );
    led || !body && !next_capital && !plural
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

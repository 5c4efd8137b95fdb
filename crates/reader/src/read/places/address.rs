//! Addresses and streets: "the 100 block of Foundry Lane NW", "1200 West Main Street", "the corner of Mill and Third streets".
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
                // "the corner of Mill Street and Third Avenue" is one address.
                match out.last_mut() {
                    Some(last)
                        if last.end + 1 == range.start
                            && matches!(doc.token(last.end).lower(), "and" | "&")
                            && crossing(doc, last.start) =>
                    {
                        last.end = range.end;
                    }
                    _ => out.push(range),
                }
            }
            _ => i += 1,
        }
    }
    for range in &mut out {
        if crossing(doc, range.start) {
            range.start -= 2;
        }
    }
    out
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
    if NUMBERED.contains(&word) && capital(token) && i + 1 < doc.len() {
        let next = doc.token(i + 1);
        if next.text().starts_with(|c: char| c.is_ascii_digit()) && next.text().len() <= 4 {
            return Some(i..i + 2);
        }
    }
    let plural = matches!(word, "streets" | "avenues" | "roads");
    if !(STREETS.contains(&word) && capital(token) || plural) {
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
        let linked = plural && matches!(before.lower(), "and" | "&");
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
    if end < doc.len() && ENDS.contains(&doc.token(end).text()) {
        end += 1;
    }
    // House number, or "the 100 block of".
    let mut numbered = false;
    let digits = |t: usize| {
        doc.token(t)
            .text()
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b'-' || b == b',')
    };
    if start > floor
        && digits(start - 1)
        && doc.token(start - 1).text().len() <= 6
        && !doc.token(start - 1).text().starts_with(',')
    {
        start -= 1;
        numbered = true;
    } else if start >= floor + 2
        && doc.token(start - 1).lower() == "of"
        && doc.token(start - 2).lower() == "block"
    {
        start -= 2;
        if start > floor && (digits(start - 1) || doc.token(start - 1).text().ends_with("00")) {
            start -= 1;
        }
        numbered = true;
    } else if start >= floor + 2 && doc.token(start - 1).lower() == "block" && digits(start - 2) {
        start -= 2;
        numbered = true;
    }
    let led = start > 0
        && matches!(
            doc.token(start - 1).lower(),
            "on" | "along"
                | "off"
                | "of"
                | "in"
                | "near"
                | "at"
                | "and"
                | "from"
                | "to"
                | "onto"
                | "down"
                | "across"
        );
    (numbered || !DOUBTFUL.contains(&word) && led || crossing(doc, start)).then_some(start..end)
}

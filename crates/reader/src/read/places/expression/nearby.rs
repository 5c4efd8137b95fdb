//! The place that holds a site or a street: named behind it, in its sentence, shortly before, or the town that the text
//! is about.

use std::{collections::BTreeMap, ops::Range};

use language::Doc;
use model::{Place, PlacePrecision};

use super::span::{PlaceSpan, coarse};
use crate::read::places::{fold::fold, spot::Use, words::QUALIFIERS};

/// Tokens over which a town named before still holds a street or a site.
const LATELY: usize = 80;

/// Index of the span the text is about: the town named most, the first of equals, if it has a clear lead.
pub(super) fn home(spans: &[PlaceSpan]) -> Option<usize> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut total = 0;
    for (i, span) in spans.iter().enumerate() {
        if span.used == Use::People
            || !span.fit
            || span.place.precision < PlacePrecision::Neighbourhood
        {
            continue;
        }
        if matches!(
            span.place.precision,
            PlacePrecision::Country | PlacePrecision::Region
        ) {
            continue;
        }
        total += 1;
        counts.entry(key(&span.place)).or_insert((0, i)).0 += 1;
    }
    let (&(count, first), _) = counts
        .values()
        .map(|value| (value, ()))
        .min_by_key(|((count, first), ())| (std::cmp::Reverse(*count), *first))?;
    (count * 2 >= total).then_some(first)
}

pub(super) fn key(place: &Place) -> String {
    place.id.clone().unwrap_or_else(|| fold(&place.name))
}

/// Index of the span whose expression starts right behind token `end`: "… in (the city of) X".
pub(super) fn behind(doc: &Doc, spans: &[PlaceSpan], end: usize) -> Option<usize> {
    let at = spans.partition_point(|span| span.tokens.start < end);
    let span = spans
        .get(at)
        .filter(|span| span.used != Use::People && span.fit)?;
    let between = end..span.tokens.start;
    let words: Vec<&str> = between.clone().map(|t| doc.token(t).lower()).collect();
    let plain = |word: &&str| {
        matches!(
            *word,
            "the" | "," | "a" | "an" | "town" | "city" | "village" | "district"
        ) || is_preposition(word)
            || QUALIFIERS.contains(word)
    };
    (words.len() <= 5
        && words.iter().all(plain)
        && (words.iter().any(|word| is_preposition(word)) || words == [","])
        && !doc.text()[doc.token(end - 1).bytes().end..doc.token(span.tokens.start).bytes().start]
            .contains('\n'))
    .then_some(at)
}

fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "in" | "at" | "of" | "near" | "outside" | "on" | "inside"
    )
}

/// The nearest span of the same sentence that is finer than a region; else the nearest at all.
pub(super) fn beside(doc: &Doc, spans: &[PlaceSpan], site: &Range<usize>) -> Option<usize> {
    let sentence = doc.token(site.start).sentence();
    let from = spans.partition_point(|span| span.tokens.start < sentence.start);
    let to = spans.partition_point(|span| span.tokens.start < sentence.end);
    (from..to)
        .filter(|&i| {
            spans[i].used == Use::Plain
                && spans[i].fit
                && spans[i].place.precision != PlacePrecision::Country
        })
        .min_by_key(|&i| {
            (
                coarse(&spans[i].place),
                spans[i].tokens.start.abs_diff(site.start),
            )
        })
}

/// The last town named within a few sentences before token `at`.
pub(super) fn lately(spans: &[PlaceSpan], at: usize) -> Option<usize> {
    let end = spans.partition_point(|span| span.tokens.start < at);
    (0..end)
        .rev()
        .take_while(|&i| spans[i].tokens.start + LATELY >= at)
        .find(|&i| spans[i].used == Use::Plain && spans[i].fit && !coarse(&spans[i].place))
}

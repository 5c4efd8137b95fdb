//! Names of places with what is named beside them as holding them: "Darmuk, northeastern Harnok".

use std::{collections::BTreeMap, ops::Range};

use language::Doc;
use model::{Place, PlacePrecision};

use super::qualify::qualify;
use crate::read::places::{
    fold::fold,
    gazetteer::{Gazetteer, RecordKind},
    resolve::Resolved,
    spot::{Hint, Spot, Use, capital},
    toponym,
    words::{CITY_WORDS, DISTRICT_WORDS, PART_WORDS, QUALIFIERS, REGION_WORDS},
};

/// A named place: a spot with its compass word and what is named behind it as holding it.
pub(super) struct PlaceSpan {
    pub tokens: Range<usize>,
    pub place: Place,
    pub used: Use,
    /// Whether it holds sites on a map: no part of the world.
    pub fit: bool,
}

/// The spans, in order; a spot behind "X, " that holds X is part of X's span.
pub(super) fn place_spans(
    doc: &Doc,
    gazetteer: &Gazetteer,
    spots: &[Spot],
    resolved: &Resolved,
) -> Vec<PlaceSpan> {
    let mut out: Vec<PlaceSpan> = Vec::new();
    // A name in a dateline stands in capitals; elsewhere it shows its own case.
    let mut written: BTreeMap<&str, &str> = BTreeMap::new();
    for spot in spots {
        let text = doc.slice(spot.tokens.clone());
        if text.chars().any(char::is_lowercase) {
            written.entry(&spot.name).or_insert(text);
        }
    }
    // From the last to the first, so that what holds a spot is made before it.
    for i in (0..spots.len()).rev() {
        let spot = &spots[i];
        let record = resolved.records[i].and_then(|id| Some((id, gazetteer.record(id)?)));
        let mut tokens = spot.whole.clone();
        let mut place = match record {
            Some((id, _)) => match toponym::place(gazetteer, id, "") {
                Some(place) => place,
                None => continue,
            },
            None => unresolved(
                written
                    .get(spot.name.as_str())
                    .unwrap_or(&doc.slice(spot.tokens.clone())),
            ),
        };
        let fit = record.is_none_or(|(_, record)| record.kind != RecordKind::Macro);
        if spot.used != Use::People {
            qualify(doc, &mut tokens, &mut place);
        }
        if is_led_by_kind(doc, tokens.start) {
            tokens.start -= 2;
        }
        // "X neighbourhood".
        if record.is_none()
            && tokens.end < doc.len()
            && PART_WORDS.contains(doc.token(tokens.end).lower())
        {
            tokens.end += 1;
            place.precision = PlacePrecision::Neighbourhood;
        }
        if let Some(next) = out.last()
            && spot.used == Use::Plain
            && next.used == Use::Plain
            && next.fit
            && next.tokens.start >= tokens.end
            && joins(doc, tokens.end..next.tokens.start)
            && (resolved.ties[i] == Some(i + 1) || record.is_none())
        {
            if record.is_none() {
                hold(&mut place, &next.place);
                if spot.hint == Hint::District && !coarse(&next.place) {
                    place.precision = PlacePrecision::Neighbourhood;
                }
            }
            tokens.end = next.tokens.end;
            out.pop();
        }
        out.push(PlaceSpan {
            tokens,
            place,
            used: spot.used,
            fit,
        });
    }
    out.reverse();
    hold_owned(doc, &mut out);
    spread_known(&mut out);
    out
}

/// "Darmuk's Eastmoor district": the owner holds a name that is nowhere yet.
fn hold_owned(doc: &Doc, spans: &mut [PlaceSpan]) {
    for i in 1..spans.len() {
        let (before, after) = spans.split_at_mut(i);
        let (owner, owned) = (&before[i - 1], &mut after[0]);
        if owned.place.id.is_none()
            && owned.place.lat.is_none()
            && owner.used == Use::Plain
            && owner.tokens.end + 1 == owned.tokens.start
            && doc.token(owner.tokens.end).tag() == "POS"
        {
            hold(&mut owned.place, &owner.place);
            if !coarse(&owner.place) {
                owned.place.precision = PlacePrecision::Neighbourhood;
            }
        }
    }
}

/// Put somewhere once, an unknown name is there throughout.
fn spread_known(spans: &mut [PlaceSpan]) {
    let known: BTreeMap<String, Place> = spans
        .iter()
        .rev()
        .filter(|span| span.place.id.is_none() && span.place.lat.is_some())
        .map(|span| (fold(&span.place.name), span.place.clone()))
        .collect();
    for span in spans {
        if span.place.id.is_none()
            && span.place.lat.is_none()
            && let Some(place) = known.get(&fold(&span.place.name))
        {
            span.place = place.clone();
        }
    }
}

/// Whether "the city of" stands before token `start`: it is part of the expression.
fn is_led_by_kind(doc: &Doc, start: usize) -> bool {
    if start < 2 || doc.token(start - 1).lower() != "of" {
        return false;
    }
    let word = doc.token(start - 2).lower();
    // In "Harbourside district of X" the word belongs to the name before it.
    (start < 3 || !capital(doc.token(start - 3)))
        && [&CITY_WORDS, &REGION_WORDS, &DISTRICT_WORDS]
            .iter()
            .any(|words| words.contains(word))
}

/// Whether only ", ", " in ", " of " and the like stand between a name and what holds it.
fn joins(doc: &Doc, between: Range<usize>) -> bool {
    let words: Vec<&str> = between.clone().map(|t| doc.token(t).lower()).collect();
    !words.is_empty()
        && words.len() <= 5
        && words.iter().enumerate().all(|(at, word)| {
            matches!(*word, "in" | "of" | "the" | "(")
                || at == 0 && *word == ","
                || QUALIFIERS.contains(word)
                || CITY_WORDS.contains(word)
                || REGION_WORDS.contains(word)
                || DISTRICT_WORDS.contains(word)
        })
        && words
            .iter()
            .any(|word| matches!(*word, "in" | "of" | "," | "("))
        && !doc.slice(between).contains('\n')
}

fn unresolved(name: &str) -> Place {
    Place {
        id: None,
        name: name.to_owned(),
        site: None,
        parts: Vec::new(),
        country: None,
        lat: None,
        lon: None,
        radius_m: None,
        precision: PlacePrecision::Unresolved,
        words: String::new(),
    }
}

/// Puts a place that the gazetteer does not know into one that the text names as holding it.
fn hold(inner: &mut Place, holder: &Place) {
    inner.parts = inside(holder);
    inner.country.clone_from(&holder.country);
    inner.lat = holder.lat;
    inner.lon = holder.lon;
    inner.radius_m = holder.radius_m;
}

/// A place and what holds it, innermost first; a region and a city of one name once.
pub(super) fn inside(place: &Place) -> Vec<String> {
    let mut out: Vec<String> = std::iter::once(&place.name)
        .chain(&place.parts)
        .cloned()
        .collect();
    out.dedup();
    out
}

pub(super) fn coarse(place: &Place) -> bool {
    place.precision >= PlacePrecision::Region && place.precision != PlacePrecision::Unresolved
}

//! Which words name a place at all.
//!
//! What comes in: a parsed text and the gazetteer. What goes out: [`Spot`]s: token ranges with every record that bears
//! the name. It decides that something is a place, not which one.

mod evidence;
mod hint;
mod kinds;
mod longest_name;
mod writing;

use std::collections::BTreeSet;

use language::Doc;

use super::{
    fold::fold,
    gazetteer::Gazetteer,
    words::{CITY_WORDS, QUALIFIERS},
};
use longest_name::spot_at;

pub(super) use self::{
    hint::hint,
    kinds::{Hint, Spot, Use},
    writing::{aged, capital, run_end},
};

/// Evidence a name needs to count as a place.
const ENOUGH: i32 = 2;

/// Finds the names of places, in order, never overlapping; and besides them those that were found too doubtful, in
/// order.
pub(super) fn spots(doc: &Doc, gazetteer: &Gazetteer) -> (Vec<Spot>, Vec<Spot>) {
    let persons = persons(doc);
    let mut out: Vec<Spot> = Vec::new();
    let mut i = 0;
    while i < doc.len() {
        let found = spot_at(doc, gazetteer, &persons, i, out.last()).filter(|spot| {
            // "The Fort" of "The Fort Velisk Police": a name behind the article that reaches further is the one meant.
            doc.token(i).lower() != "the"
                || spot.tokens.len() > 3
                || spot_at(doc, gazetteer, &persons, i + 1, out.last())
                    .is_none_or(|other| other.tokens.end <= spot.tokens.end)
        });
        match found {
            Some(spot) => {
                i = spot.whole.end.max(spot.tokens.end);
                out.push(spot);
            }
            None => i += 1,
        }
    }
    let doubtful = propagate_evidence(doc, &mut out);
    (out, doubtful)
}

/// Holds up doubtful mentions of a name that is certain elsewhere, takes the other doubtful ones out and returns them.
fn propagate_evidence(doc: &Doc, spots: &mut Vec<Spot>) -> Vec<Spot> {
    let follows = containers(doc, spots);
    for (i, container) in follows.iter().enumerate() {
        if container.is_some() && !spots[i].barred {
            spots[i].score += 4;
        }
    }
    let held: BTreeSet<usize> = (0..spots.len()).filter(|&i| follows[i].is_some()).collect();
    // A place behind a comma and a place that holds it is one itself.
    for container in follows.into_iter().flatten() {
        spots[container].score += 2;
    }
    // "Alicia Tarrant … Tarrant said": a surname is no town, unless the text puts it somewhere.
    let surnames: BTreeSet<String> = spots
        .iter()
        .filter(|spot| spot.person)
        .map(|spot| spot.name.clone())
        .collect();
    let placed: BTreeSet<String> = spots
        .iter()
        .enumerate()
        .filter(|(i, spot)| held.contains(i) || spot.led && !spot.person || spot.hint != Hint::None)
        .map(|(_, spot)| spot.name.clone())
        .collect();
    let named_after = |spot: &Spot| surnames.contains(&spot.name) && !placed.contains(&spot.name);
    let certain: BTreeSet<String> = spots
        .iter()
        .filter(|spot| spot.score > ENOUGH && !spot.barred && spot.used != Use::People)
        .filter(|spot| !named_after(spot))
        .map(|spot| spot.name.clone())
        .collect();
    let (kept, doubtful) = std::mem::take(spots).into_iter().partition(|spot| {
        !named_after(spot)
            && (spot.score >= ENOUGH
                || !spot.barred && spot.score >= -1 && certain.contains(&spot.name))
    });
    *spots = kept;
    doubtful
}

/// For each spot the spot that directly follows behind a comma or in brackets.
pub(super) fn containers(doc: &Doc, spots: &[Spot]) -> Vec<Option<usize>> {
    (0..spots.len())
        .map(|i| {
            let next = spots.get(i + 1)?;
            let between = spots[i].whole.end..next.tokens.start;
            if between.len() > 3
                || between.is_empty()
                || spots[i].used == Use::People
                || next.used == Use::People
            {
                return None;
            }
            let words: Vec<&str> = between.map(|t| doc.token(t).lower()).collect();
            let rest = match words[0] {
                "," | "(" => &words[1..],
                _ => return None,
            };
            rest.iter()
                .all(|word| *word == "in" || *word == "the" || QUALIFIERS.contains(word))
                .then_some(i + 1)
        })
        .collect()
}

/// Last words of the persons named in full, folded.
fn persons(doc: &Doc) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for entity in doc.entities() {
        let range = entity.start as usize..entity.end as usize;
        if &*entity.label == "PERSON" && range.len() > 1 && range.end <= doc.len() {
            let last = doc.token(range.end - 1);
            let last = if matches!(last.lower(), "'s" | "’s") {
                doc.token(range.end - 2)
            } else {
                last
            };
            // "Hasnak, Harnok" is no person, and neither is "Hasnak City".
            if range.clone().all(|i| doc.token(i).text() != ",")
                && !CITY_WORDS.contains(last.lower())
            {
                out.insert(fold(last.text()));
            }
        }
    }
    out
}

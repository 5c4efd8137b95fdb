//! Names that were dropped as too doubtful for a place, and may be that of the town all the same.

use std::collections::BTreeMap;

use language::{Doc, Pos, Token};

use crate::read::places::{
    gazetteer::{Gazetteer, NameKind, Record, RecordId, RecordKind},
    sites,
    spot::{Spot, capital},
    words::{BODY_WORDS, CALENDAR, CITY_WORDS, DISTRICT_WORDS, QUALIFIERS, REGION_WORDS, STREETS},
};

/// Whether a doubtful name may be a name at all: no pronoun, day, street or body.
pub(super) fn may_be_name(doc: &Doc, spot: &Spot) -> bool {
    let first = doc.token(spot.tokens.start);
    spot.name.len() >= 3
        && (spot.tokens.len() > 1
            || matches!(first.pos(), Pos::Propn | Pos::Noun | Pos::Adj | Pos::X))
        && !BODY_WORDS.contains(spot.name.as_str())
        && !STREETS.contains(spot.name.as_str())
        && !CALENDAR.contains(spot.name.as_str())
        && sites::kind_of(&spot.name).is_none()
}

/// Whether a doubtful name is the end of a longer one, "Ford" of "Sorrel Ford camp": that is a person or a place of no
/// list, and no namesake of its last word. In a headline, where every word has its capital, nobody can tell.
pub(super) fn ends_longer_name(doc: &Doc, spot: &Spot) -> bool {
    let Some(before) = spot.tokens.start.checked_sub(1).map(|i| doc.token(i)) else {
        return false;
    };
    let joined = before.bytes().end + 1 == doc.token(spot.tokens.start).bytes().start
        && capital(before)
        && before.pos() == Pos::Propn
        && before.text().len() > 2
        && !before.text().ends_with('.')
        && before.text().chars().any(char::is_lowercase)
        && !QUALIFIERS.contains(before.lower())
        && !CALENDAR.contains(before.lower());
    joined && in_prose(before)
}

/// Whether a doubtful name is the first word of a longer one, which the recogniser takes for one place: "Darmuk" of
/// "Darmuk Orsen" is no namesake of Darmuk.
pub(super) fn begins_longer_name(doc: &Doc, spot: &Spot) -> bool {
    let first = doc.token(spot.tokens.start);
    let (Some(entity), true) = (first.entity(), spot.tokens.end < doc.len()) else {
        return false;
    };
    let next = doc.token(spot.tokens.end);
    let word = next.lower();
    &*entity.label == "GPE"
        && entity.end as usize == spot.tokens.end + 1
        && capital(next)
        && next.text().chars().any(char::is_lowercase)
        && ![
            &BODY_WORDS,
            &STREETS,
            &CALENDAR,
            &REGION_WORDS,
            &DISTRICT_WORDS,
            &CITY_WORDS,
        ]
        .iter()
        .any(|words| words.contains(word))
        && in_prose(first)
}

/// Whether most long words of a token's sentence have no capital: no headline.
fn in_prose(token: Token<'_>) -> bool {
    let doc = token.doc();
    let words = token.sentence().take(60).map(|i| doc.token(i));
    let (mut small, mut large) = (0, 0);
    for word in words.filter(|word| word.text().len() > 3) {
        if capital(word) {
            large += 1;
        } else {
            small += 1;
        }
    }
    small > large
}

/// The bearer of a doubtful name that fits the text best: in a division it names, then in its country, then the most
/// populous.
pub(super) fn likeliest<'a>(
    gazetteer: &'a Gazetteer,
    spot: &Spot,
    regions: &BTreeMap<RecordId, usize>,
    country: Option<&str>,
) -> Option<(RecordId, Record<'a>)> {
    spot.hits
        .iter()
        .filter_map(|&(id, kind)| Some((id, kind, gazetteer.record(id)?)))
        .filter(|(_, _, record)| matches!(record.kind, RecordKind::City | RecordKind::District))
        .max_by_key(|(id, kind, record)| {
            (
                record
                    .region
                    .is_some_and(|region| regions.contains_key(&region)),
                Some(record.country) == country,
                *kind == NameKind::Main,
                record.population,
                std::cmp::Reverse(*id),
            )
        })
        .map(|(id, _, record)| (id, record))
}

//! What speaks for and against a name being a place, in points.

use std::{collections::BTreeSet, ops::Range};

use language::{Doc, Pos, Token};

use super::{
    kinds::{Hint, Spot, Use},
    writing::{capital, run_end},
};
use crate::read::places::{
    gazetteer::{Gazetteer, NameKind, RecordId, RecordKind},
    words::{
        BODIES, BODY_WORDS, CALENDAR, COMMON, FAMILY, NOT_PLACE_ENDS, PLACE_PREPOSITIONS,
        QUALIFIERS, STREETS, TITLES, WEAK_PREPOSITIONS,
    },
};

/// What each piece of evidence is worth.
mod points {
    /// The name has several words.
    pub(super) const SEVERAL_WORDS: i32 = 2;
    /// The word for its kind stands beside it: "Hasnak province".
    pub(super) const KIND_BESIDE: i32 = 3;
    /// The short form of a division behind a comma: "Vell, Ore.".
    pub(super) const SHORT_FORM: i32 = 5;

    // What the recogniser calls it; weak evidence.
    pub(super) const TOWN_OR_COUNTRY: i32 = 2;
    pub(super) const OTHER_PLACE: i32 = 1;
    pub(super) const PERSON: i32 = -2;
    pub(super) const IN_PERSON: i32 = -4;
    pub(super) const DATE: i32 = -3;
    pub(super) const IN_BODY: i32 = -1;
    pub(super) const WORK_OR_EVENT: i32 = -2;
    pub(super) const NOTHING: i32 = -1;

    /// "HASNAK — ": capitals before a dash at the head of a sentence.
    pub(super) const DATELINE: i32 = 5;

    // What stands before it.
    pub(super) const PREPOSITION: i32 = 2;
    pub(super) const WEAK_PREPOSITION: i32 = 1;
    pub(super) const TITLE: i32 = -4;
    /// "Mike Lancaster".
    pub(super) const FIRST_NAME: i32 = -5;
    /// "Bank of Darmuk Holdings".
    pub(super) const NAME_BEFORE: i32 = -3;
    /// A member's party and constituency: "R-Millbrook".
    pub(super) const CONSTITUENCY: i32 = 3;
    /// The middle of an address or a compound.
    pub(super) const GLUED: i32 = -2;
    /// "J. Houston".
    pub(super) const INITIAL: i32 = -4;
    /// "Duke of Darmuk", "Battle of Darmuk".
    pub(super) const CALLED_AFTER: i32 = -4;

    // What stands behind it.
    pub(super) const FAMILY: i32 = -6;
    /// A street of the name: all that was found so far counts for nothing.
    pub(super) const STREET: i32 = -20;
    /// A newspaper, a firm, a team of the name.
    pub(super) const FIRM: i32 = -6;
    /// "Darmuk Police": a body of the place.
    pub(super) const BODY: i32 = 2;
    /// "Paris Hilton".
    pub(super) const NAME_BEHIND: i32 = -4;
    /// "Millbrook Heights" is another town than "Millbrook".
    pub(super) const OTHER_TOWN: i32 = -20;
    /// "Darmuk police".
    pub(super) const BODY_NOUN: i32 = 1;
    pub(super) const HYPHEN: i32 = -2;
    /// A verb of saying.
    pub(super) const SPEAKS: i32 = -3;

    // The name itself.
    pub(super) const KNOWN_BODY: i32 = -20;
    pub(super) const DAY_OR_MONTH: i32 = -8;
    pub(super) const NO_PROPER_NOUN: i32 = -2;
    pub(super) const COMMON_WORD: i32 = -3;
    /// Somebody in the text bears it as a last name.
    pub(super) const SURNAME: i32 = -4;
    pub(super) const SURNAME_BEHIND_PREPOSITION: i32 = -2;
    /// A capital that the first word of a sentence has anyway.
    pub(super) const OPENS_SENTENCE: i32 = -1;

    /// No name has fewer.
    pub(super) const LEAST: i32 = -50;
}

/// Adds up what speaks for and against a place.
pub(super) fn weigh(
    doc: &Doc,
    gazetteer: &Gazetteer,
    persons: &BTreeSet<String>,
    spot: &mut Spot,
    after_comma: bool,
) {
    let range = spot.tokens.clone();
    let touching =
        |a: Token<'_>, b: Token<'_>| !doc.text()[a.bytes().end..b.bytes().start].contains('\n');
    let previous = (range.start > 0)
        .then(|| doc.token(range.start - 1))
        .filter(|previous| touching(*previous, doc.token(range.start)));
    // "in Darmuk Sunday night": the day belongs to no name.
    let next = (range.end < doc.len())
        .then(|| doc.token(range.end))
        .filter(|next| {
            touching(doc.token(range.end - 1), *next) && !CALENDAR.contains(next.lower())
        });
    spot.score = fame(gazetteer, spot);
    if range.len() > 1 {
        spot.score += points::SEVERAL_WORDS;
    }
    if spot.hint != Hint::None {
        spot.score += points::KIND_BESIDE;
    }
    if after_comma && spot.hits.iter().any(|hit| hit.1 == NameKind::AfterComma) {
        spot.score += points::SHORT_FORM;
    }
    spot.score += recognised(doc, &range);
    if next.is_some_and(|next| is_dateline(doc, &range, next)) {
        spot.score += points::DATELINE;
    }
    if let Some(previous) = previous {
        weigh_before(doc, previous, spot, after_comma);
    }
    if let Some(next) = next {
        weigh_behind(doc, gazetteer, next, spot);
    }
    weigh_name(doc, persons, spot);
    spot.score = spot.score.max(points::LEAST);
}

/// What the recogniser thinks of the name.
fn recognised(doc: &Doc, range: &Range<usize>) -> i32 {
    let entity = doc.token(range.start).entity();
    match entity.map(|entity| (&*entity.label, entity.start as usize..entity.end as usize)) {
        Some(("GPE", _)) => points::TOWN_OR_COUNTRY,
        Some(("LOC" | "FAC", _)) => points::OTHER_PLACE,
        Some(("PERSON", held)) if held.len() > range.len() => points::IN_PERSON,
        Some(("PERSON", _)) => points::PERSON,
        Some(("DATE" | "TIME", _)) if range.len() == 1 => points::DATE,
        Some(("ORG" | "NORP", held)) if held.len() > range.len() => points::IN_BODY,
        Some(("ORG" | "NORP", _)) => 0,
        Some(("WORK_OF_ART" | "LAW" | "PRODUCT" | "EVENT", _)) => points::WORK_OR_EVENT,
        _ => points::NOTHING,
    }
}

/// Whether the name stands in capitals before a dash at the head of a sentence.
fn is_dateline(doc: &Doc, range: &Range<usize>, next: Token<'_>) -> bool {
    let text = doc.slice(range.clone());
    matches!(next.text(), "—" | "–" | "--" | "---" | "-")
        && next.bytes().start > doc.token(range.end - 1).bytes().end
        && text.len() >= 4
        && !text.chars().any(char::is_lowercase)
        && doc.token(range.start).sentence().start == range.start
}

/// What the word before the name says.
fn weigh_before(doc: &Doc, previous: Token<'_>, spot: &mut Spot, after_comma: bool) {
    let start = spot.tokens.start;
    let single = spot.tokens.len() == 1;
    let word = previous.lower();
    spot.led = PLACE_PREPOSITIONS.contains(word);
    if spot.led {
        spot.score += points::PREPOSITION;
    } else if WEAK_PREPOSITIONS.contains(word) {
        spot.score += points::WEAK_PREPOSITION;
    }
    let behind_hyphen = previous.text() == "-" && start >= 2;
    if TITLES.contains(word.trim_end_matches('.')) && capital(previous) && !after_comma {
        spot.score += points::TITLE;
        spot.barred = true;
        spot.person = true;
    } else if capital(previous)
        && previous.pos() == Pos::Propn
        && !QUALIFIERS.contains(word)
        && !previous.text().ends_with('.')
        && !CALENDAR.contains(word)
    {
        spot.score += if single {
            points::FIRST_NAME
        } else {
            points::NAME_BEFORE
        };
        spot.barred = true;
        spot.person = single && previous.entity_label() != "ORG";
    } else if behind_hyphen
        && matches!(
            doc.token(start - 2).text(),
            "R" | "D" | "I" | "DFL" | "NDP" | "Lab" | "Con"
        )
    {
        spot.score += points::CONSTITUENCY;
    } else if matches!(previous.text(), "." | "-" | "@" | "/" | "_")
        // "Darmuk-Velisk": two names, each by itself.
        && !(behind_hyphen && capital(doc.token(start - 2)))
        && previous.bytes().end == doc.token(start).bytes().start
    {
        spot.score += points::GLUED;
    } else if word.len() == 2 && word.ends_with('.') && capital(previous) && single {
        spot.score += points::INITIAL;
        spot.barred = true;
    }
    if word == "of" && start >= 2 {
        let before = doc.token(start - 2);
        if capital(before)
            && matches!(
                before.lower(),
                "bank" | "battle" | "treaty" | "duke" | "earl" | "prince" | "bishop"
            )
        {
            spot.score += points::CALLED_AFTER;
            spot.barred = true;
        }
    }
}

/// What the words behind the name say.
fn weigh_behind(doc: &Doc, gazetteer: &Gazetteer, next: Token<'_>, spot: &mut Spot) {
    let range = spot.tokens.clone();
    let single = range.len() == 1;
    let word = next.lower();
    let run = run_end(doc, range.end);
    let last_of_run = doc.token(run - 1).lower().trim_end_matches('.');
    let large = spot.hits.iter().any(|hit| is_large(gazetteer, *hit));
    if FAMILY.contains(word) {
        spot.score += points::FAMILY;
        spot.barred = true;
        spot.person = true;
    } else if STREETS.contains(word) && capital(next) && spot.hint != Hint::District {
        let street_like =
            run == range.end + 1 || word != "court" && word != "place" && word != "square";
        if street_like {
            spot.score = points::STREET;
            spot.barred = true;
        }
    } else if run > range.end && NOT_PLACE_ENDS.contains(last_of_run) {
        spot.score += points::FIRM;
        spot.barred = true;
    } else if run > range.end && spot.whole.end == range.end {
        if BODY_WORDS.contains(word) || BODY_WORDS.contains(last_of_run) {
            spot.used = Use::InName;
            spot.score += points::BODY;
        } else if doc.token(range.start).entity_label() == "PERSON"
            || single && next.pos() == Pos::Propn
        {
            spot.barred = !large;
            let longer = spot.barred && single && next.pos() == Pos::Propn;
            spot.score += if longer {
                points::OTHER_TOWN
            } else {
                points::NAME_BEHIND
            };
        }
    } else if BODY_WORDS.contains(word) && !capital(next) && next.pos() == Pos::Noun {
        spot.score += points::BODY_NOUN;
    }
    if word == "-" && next.bytes().start == doc.token(range.end - 1).bytes().end && !large {
        spot.score += points::HYPHEN;
    }
    if matches!(word, "said" | "says" | "told" | "added") && single && !large {
        spot.score += points::SPEAKS;
    }
}

/// What the name itself says, and where it stands in its sentence.
fn weigh_name(doc: &Doc, persons: &BTreeSet<String>, spot: &mut Spot) {
    if BODIES.contains(spot.name.as_str()) {
        spot.score += points::KNOWN_BODY;
        spot.barred = true;
    }
    if spot.tokens.len() > 1 {
        return;
    }
    let token = doc.token(spot.tokens.start);
    if CALENDAR.contains(spot.name.as_str()) {
        spot.score += points::DAY_OR_MONTH;
    }
    if token.pos() != Pos::Propn {
        spot.score += points::NO_PROPER_NOUN;
    }
    if COMMON.contains(spot.name.as_str()) {
        spot.score += points::COMMON_WORD;
    }
    if persons.contains(&spot.name) && spot.hint == Hint::None {
        spot.score += if spot.led {
            points::SURNAME_BEHIND_PREPOSITION
        } else {
            points::SURNAME
        };
    }
    if token.sentence().start == spot.tokens.start && !spot.led {
        spot.score += points::OPENS_SENTENCE;
    }
}

/// Whether a name is that of a country, a large division or a city of half a million.
pub(super) fn is_large(gazetteer: &Gazetteer, (id, kind): (RecordId, NameKind)) -> bool {
    gazetteer
        .record(id)
        .is_some_and(|record| match record.kind {
            RecordKind::Country | RecordKind::Area | RecordKind::Macro => true,
            RecordKind::Region | RecordKind::City => {
                kind == NameKind::Main && record.population > 500_000
            }
            RecordKind::District | RecordKind::SmallArea => false,
        })
}

/// How well known the best bearer of the name is, in points.
fn fame(gazetteer: &Gazetteer, spot: &Spot) -> i32 {
    spot.hits
        .iter()
        .filter_map(|&(id, kind)| {
            let record = gazetteer.record(id)?;
            let alternate = i32::from(kind != NameKind::Main);
            Some(match record.kind {
                RecordKind::Country => 5 - alternate,
                RecordKind::Region => 4 - alternate,
                RecordKind::Macro | RecordKind::Area => 4,
                RecordKind::SmallArea => 3,
                RecordKind::District => 2 - alternate,
                RecordKind::City => {
                    let size = match record.population {
                        1_000_000.. => 4,
                        100_000.. => 3,
                        20_000.. => 2,
                        3_000.. => 1,
                        _ => 0,
                    };
                    size - 2 * alternate
                }
            })
        })
        .max()
        .unwrap_or(0)
}

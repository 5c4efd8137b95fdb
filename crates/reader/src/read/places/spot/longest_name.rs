//! The longest name that starts at a word and is fit to be a place.

use std::{collections::BTreeSet, ops::Range};

use language::Doc;

use super::{
    evidence::{is_large, weigh},
    hint::hint,
    kinds::{Hint, Spot, Use},
    writing::{capital, fits_case, lower_article},
};
use crate::read::places::{
    fold::fold,
    gazetteer::{Gazetteer, NameKind, RecordId, RecordKind},
    words::{CAPITALS_ONLY, INNER, PARTICLES, QUALIFIERS},
};

/// Longest name in tokens.
const LONGEST: usize = 7;

/// The longest name that starts at token `i` and is fit to be a place.
pub(super) fn spot_at(
    doc: &Doc,
    gazetteer: &Gazetteer,
    persons: &BTreeSet<String>,
    i: usize,
    last: Option<&Spot>,
) -> Option<Spot> {
    let first = doc.token(i);
    if first.is_space() || !(capital(first) || lower_article(doc, i)) {
        return None;
    }
    let after_comma = i > 0
        && doc.token(i - 1).text() == ","
        && last.is_some_and(|last| last.whole.end + 1 == i && last.used != Use::People);
    let mut spot = ends(doc, i)
        .into_iter()
        .rev()
        .find_map(|end| named(doc, gazetteer, i..end, after_comma))?;
    if spot.used == Use::People {
        spot.score = PEOPLE;
        return Some(spot);
    }
    hint(doc, &mut spot);
    weigh(doc, gazetteer, persons, &mut spot, after_comma);
    Some(spot)
}

/// Points of the word for a place's people.
const PEOPLE: i32 = 4;

/// Where a name that starts at token `i` may end.
fn ends(doc: &Doc, i: usize) -> Vec<usize> {
    let mut end = i + 1;
    let mut ends = vec![end];
    while end < doc.len() && end - i < LONGEST {
        let token = doc.token(end);
        let joined = doc.token(end - 1).bytes().end == token.bytes().start;
        let inner = INNER.contains(token.lower())
            || matches!(token.text(), "-" | "–" | "'" | "’" | "." | "/")
            || lower_article(doc, end)
            || joined && token.text().chars().all(char::is_alphanumeric);
        if token.is_space()
            || doc.text()[doc.token(end - 1).bytes().end..token.bytes().start].contains('\n')
            || !(capital(token) || inner)
        {
            // "Washington, D.C." is the one name that holds a comma.
            let dc = token.text() == ","
                && end + 1 < doc.len()
                && matches!(doc.token(end + 1).text(), "D.C." | "DC" | "D.C");
            if !dc {
                break;
            }
        }
        end += 1;
        if capital(token) || joined || token.text() == "." {
            ends.push(end);
        }
    }
    ends
}

/// The name that these very tokens are, with who bears it; not yet weighed.
fn named(
    doc: &Doc,
    gazetteer: &Gazetteer,
    tokens: Range<usize>,
    after_comma: bool,
) -> Option<Spot> {
    let text = doc.slice(tokens.clone());
    if text.ends_with(['-', '–', '/', '\'', '’']) || text.ends_with("'s") || text.ends_with("’s")
    {
        return None;
    }
    let name = fold(text);
    let mut hits = look_up(gazetteer, &name);
    let last = doc.token(tokens.end - 1);
    // A short form of two letters stands in capitals ("LA") or ends in a full stop ("La.").
    let written = text.ends_with('.') && text != "Ms."
        || tokens.end < doc.len()
            && doc.token(tokens.end).text() == "."
            && doc.token(tokens.end).bytes().start == last.bytes().end
        || !text.chars().any(char::is_lowercase);
    hits.retain(|hit| {
        hit.1 != NameKind::AfterComma || after_comma && written || name.contains(' ')
    });
    if hits.is_empty()
        || !(fits_case(text, &name)
            || name.len() >= 4
                && !CAPITALS_ONLY.contains(name.as_str())
                && hits.iter().any(|hit| is_division(gazetteer, *hit)))
        || tokens.len() == 1 && QUALIFIERS.contains(name.as_str())
        || PARTICLES.contains(name.as_str())
        // The fold drops full stops, so the shorter name is the same.
        || last.text() == "."
    {
        return None;
    }
    let people = hits.iter().any(|hit| hit.1 == NameKind::People)
        && !hits
            .iter()
            .any(|hit| hit.1 == NameKind::Main && is_large(gazetteer, *hit));
    hits.retain(|hit| (hit.1 == NameKind::People) == people);
    Some(Spot {
        whole: tokens.clone(),
        tokens,
        name,
        hits,
        used: if people { Use::People } else { Use::Plain },
        hint: Hint::None,
        score: 0,
        barred: false,
        person: false,
        led: false,
    })
}

/// Records of a folded name, trying it without and with the Arabic article.
fn look_up(gazetteer: &Gazetteer, name: &str) -> Vec<(RecordId, NameKind)> {
    let hits = gazetteer.lookup(name);
    if !hits.is_empty() {
        return hits;
    }
    for article in ["al ", "el "] {
        if let Some(rest) = name.strip_prefix(article) {
            let hits = gazetteer.lookup(rest);
            if !hits.is_empty() {
                return hits;
            }
        }
    }
    Vec::new()
}

/// Whether a name is the main one of a country or first-level division.
fn is_division(gazetteer: &Gazetteer, (id, kind): (RecordId, NameKind)) -> bool {
    kind == NameKind::Main
        && gazetteer.record(id).is_some_and(|record| {
            matches!(record.kind, RecordKind::Country | RecordKind::Region)
                && record.population > 1_000_000
        })
}

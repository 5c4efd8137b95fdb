//! Names that stand like places but are in no gazetteer.
//!
//! What comes in: a parsed text and the spots found so far. What goes out: spots without records for the gaps between
//! them. It never says where a name lies.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use language::{Doc, Pos, Token};

use super::{
    fold::fold,
    spot::{Hint, Spot, Use, aged, capital, hint, run_end},
    words::{
        BODY_WORDS, CALENDAR, COMMON, FAMILY, GROUP_ENDS, NOT_PLACE_ENDS, PART_WORDS, PARTICLES,
        PLACE_PREPOSITIONS, QUALIFIERS, STREETS, TITLES,
    },
};

/// Evidence one mention of an unknown name needs.
const ENOUGH: i32 = 3;

/// Names that follow "in" and are no place.
const NO_PLACE: &[&str] = &[
    "congress",
    "parliament",
    "islam",
    "christianity",
    "english",
    "arabic",
    "nato",
    "internet",
    "facebook",
    "twitter",
    "whatsapp",
    "telegram",
    "youtube",
    "bible",
    "quran",
    "koran",
    "god",
    "allah",
    "senate",
    "knesset",
    "treasury",
    "medicare",
    "medicaid",
    "covid",
    "brexit",
    "olympics",
    "world war ii",
    "world war",
    "excel",
    "spring",
    "summer",
    "autumn",
    "winter",
];

/// Adds the unknown names to the spots, keeping order and no overlap.
pub(super) fn add_unknown(doc: &Doc, spots: &mut Vec<Spot>) {
    let mut taken = vec![false; doc.len()];
    for spot in spots.iter() {
        for i in spot.whole.clone() {
            taken[i] = true;
        }
    }
    // Where a name of the gazetteer starts: what stands before it and a comma lies in it.
    let known: BTreeSet<usize> = spots
        .iter()
        .filter(|spot| spot.used == Use::Plain)
        .map(|spot| spot.tokens.start)
        .collect();
    let mut found: Vec<Spot> = Vec::new();
    let mut i = 0;
    while i < doc.len() {
        let token = doc.token(i);
        if taken[i] || !capital(token) || token.pos() != Pos::Propn {
            i += 1;
            continue;
        }
        let end = name_end(doc, i, &taken);
        if let Some(spot) = judge(doc, i..end, &known) {
            found.push(spot);
        }
        i = end.max(i + 1);
    }
    // A name is a place throughout when one mention says so clearly.
    let mut best: BTreeMap<&str, i32> = BTreeMap::new();
    for spot in found.iter().filter(|spot| !spot.barred) {
        let entry = best.entry(&spot.name).or_insert(i32::MIN);
        *entry = (*entry).max(spot.score);
    }
    let certain: Vec<String> = best
        .into_iter()
        .filter(|(_, score)| *score >= ENOUGH)
        .map(|(name, _)| name.to_owned())
        .collect();
    found.retain(|spot| {
        !spot.barred && spot.score >= 0 && certain.binary_search(&spot.name).is_ok()
    });
    spots.append(&mut found);
    spots.sort_by_key(|spot| spot.tokens.start);
}

/// One past the capitalised words from token `i`.
fn name_end(doc: &Doc, i: usize, taken: &[bool]) -> usize {
    let mut end = i + 1;
    while end < doc.len() && end < i + 5 && !taken[end] {
        let token = doc.token(end);
        let before = doc.token(end - 1);
        let joined = before.bytes().end == token.bytes().start;
        let hyphen = joined && (token.text() == "-" || before.text() == "-");
        if doc.text()[before.bytes().end..token.bytes().start].contains('\n')
            || !(capital(token) && !token.is_punct() || hyphen)
            // "in Eastmoor Sunday night": the day belongs to no name.
            || CALENDAR.contains(token.lower())
        {
            break;
        }
        end += 1;
    }
    while end > i + 1 && doc.token(end - 1).is_punct() {
        end -= 1;
    }
    end
}

/// Weighs one run of capitalised words.
fn judge(doc: &Doc, mut tokens: Range<usize>, known: &BTreeSet<usize>) -> Option<Spot> {
    // "Darmuk Prison", "Hasnak Street": the last word is what it is, not its name; other rooms read those.
    let generic = |word: &str| super::sites::kind_of(word).is_some() || STREETS.contains(word);
    let mut site = false;
    while tokens.len() > 1 && generic(doc.token(tokens.end - 1).lower()) {
        tokens.end -= 1;
        site = true;
    }
    let name = fold(doc.slice(tokens.clone()));
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let first = doc.token(tokens.start);
    let text = doc.slice(tokens.clone());
    if letters < 3
        || COMMON.contains(name.as_str())
        || CALENDAR.contains(name.as_str())
        || QUALIFIERS.contains(name.as_str())
        || generic(&name)
        || NO_PLACE.contains(&name.as_str())
        || PARTICLES.contains(name.as_str())
        // The address of a page.
        || text.contains(['.', '@', '/', '_']) && !text.contains(' ') && !text.ends_with('.')
        || !text.chars().any(char::is_lowercase) && text.is_ascii() && letters < 6
    {
        return None;
    }
    let last_word = doc
        .token(run_end(doc, tokens.start).max(tokens.end) - 1)
        .lower()
        .trim_end_matches('.')
        .to_owned();
    if NOT_PLACE_ENDS.contains(last_word.as_str())
        || GROUP_ENDS.contains(last_word.as_str())
        || BODY_WORDS.contains(last_word.as_str())
            && !site
            && !PART_WORDS.contains(last_word.as_str())
    {
        return None;
    }
    let mut spot = Spot {
        whole: tokens.clone(),
        tokens: tokens.clone(),
        name,
        hits: Vec::new(),
        used: Use::Plain,
        hint: Hint::None,
        score: 0,
        barred: false,
        person: false,
        led: false,
    };
    hint(doc, &mut spot);
    let mut score = 0;
    let mut led = false;
    if spot.hint != Hint::None {
        score += 4;
    }
    let entity = first.entity();
    match entity.map(|entity| (&*entity.label, entity.end as usize - entity.start as usize)) {
        Some(("GPE", _)) => score += 3,
        Some(("LOC" | "FAC", _)) => score += 2,
        Some(("PERSON", held)) => {
            score -= if held > 1 && spot.hint == Hint::None {
                2
            } else {
                0
            }
        }
        // The recogniser takes many a town for a body; an acronym or a longer name it has right more often.
        Some(("ORG", held)) if held == 1 && text.chars().any(char::is_lowercase) => {}
        Some(("ORG" | "NORP", _)) => score -= 1,
        Some((_, _)) => score -= 3,
        None => {}
    }
    // The first word of a sentence has a capital anyway, and so has what follows a dateline's dash.
    if first.sentence().start == tokens.start
        || before(doc, tokens.start).is_some_and(|token| matches!(token.text(), "—" | "–" | "--"))
    {
        score -= 1;
    }
    if let Some(previous) = before(doc, tokens.start) {
        let word = previous.lower();
        if PLACE_PREPOSITIONS.contains(word)
            || QUALIFIERS.contains(word) && !capital(previous) && !aged(doc, tokens.start - 1)
        {
            score += 3;
            led = true;
            // "the market in X": a site is in a place.
            if tokens.start >= 2
                && super::sites::kind_of(doc.token(tokens.start - 2).lower()).is_some()
            {
                score += 2;
            }
        } else if matches!(word, "at" | "from" | "to") {
            score += 1;
        }
        let title = word.trim_end_matches('.');
        if TITLES.contains(title)
            || capital(previous) && previous.pos() == Pos::Propn && !QUALIFIERS.contains(word)
        {
            spot.barred = true;
        }
    }
    if tokens.end < doc.len() {
        let next = doc.token(tokens.end);
        if matches!(next.lower(), "said" | "says" | "told" | "added" | "who") {
            score -= 4;
        }
        // An age behind a comma is a person's.
        if next.text() == ","
            && tokens.end + 1 < doc.len()
            && doc
                .token(tokens.end + 1)
                .text()
                .bytes()
                .all(|b| b.is_ascii_digit())
        {
            score -= 4;
        } else if matches!(next.text(), "," | "(") && known.contains(&(tokens.end + 1)) {
            score += 3;
        }
        if STREETS.contains(next.lower()) {
            return None;
        }
        if PART_WORDS.contains(next.lower()) {
            score += 5;
        }
        if FAMILY.contains(next.lower()) {
            spot.barred = true;
        }
    }
    // "DARMUK, Oct. 14 (Wire) —": capitals at the head of a paragraph, before a date or a dash.
    let heads = tokens.start == 0
        || doc.text()[..first.bytes().start]
            .trim_end_matches([' ', '\t'])
            .ends_with('\n');
    if heads && !text.chars().any(char::is_lowercase) && dateline(doc, tokens.end) {
        score += 5;
    }
    // "Abu Iyad" is what a man is called.
    if matches!(
        first.lower(),
        "abu" | "umm" | "um" | "bin" | "ibn" | "sheikh" | "haji"
    ) && !led
        && spot.hint == Hint::None
    {
        spot.barred = true;
    }
    // "at Saint Orla Hospital" says nothing of a place Saint Orla; another mention must.
    spot.score = if site { score.min(ENOUGH - 1) } else { score };
    Some(spot)
}

/// Whether a dash follows within a few tokens on the same line.
fn dateline(doc: &Doc, from: usize) -> bool {
    (from..doc.len().min(from + 12)).any(|i| matches!(doc.token(i).text(), "—" | "–" | "--" | "-"))
}

/// The token before `i` on the same line.
fn before(doc: &Doc, i: usize) -> Option<Token<'_>> {
    let token = (i > 0).then(|| doc.token(i - 1))?;
    (!doc.text()[token.bytes().end..doc.token(i).bytes().start].contains('\n')).then_some(token)
}

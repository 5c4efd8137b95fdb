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
    sites,
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

/// What each piece of evidence is worth for a name that is in no gazetteer.
mod points {
    /// The word for its kind stands beside it: "Hasnak province".
    pub(super) const KIND_BESIDE: i32 = 4;

    // What the recogniser calls it.
    pub(super) const TOWN_OR_COUNTRY: i32 = 3;
    pub(super) const OTHER_PLACE: i32 = 2;
    pub(super) const IN_PERSON: i32 = -2;
    /// An acronym or a longer name; it takes many a town for a body.
    pub(super) const BODY: i32 = -1;
    pub(super) const OTHER_NAME: i32 = -3;

    /// The first word of a sentence has a capital anyway, and so has what follows a dateline's dash.
    pub(super) const OPENS_SENTENCE: i32 = -1;
    pub(super) const PREPOSITION: i32 = 3;
    /// "the market in X": a site is in a place.
    pub(super) const HOLDS_SITE: i32 = 2;
    pub(super) const WEAK_PREPOSITION: i32 = 1;
    /// A verb of saying, or "who".
    pub(super) const SPEAKS: i32 = -4;
    /// An age behind a comma is a person's.
    pub(super) const AGED: i32 = -4;
    /// A known name behind a comma or in brackets: what stands before it lies in it.
    pub(super) const HELD: i32 = 3;
    /// "X neighbourhood".
    pub(super) const PART_WORD: i32 = 5;
    /// "DARMUK, Oct. 14 (Wire) —": capitals at the head of a paragraph, before a date or a dash.
    pub(super) const DATELINE: i32 = 5;
}

/// Whether a word is what something is, and not its name: "prison", "street".
fn is_generic(word: &str) -> bool {
    sites::kind_of(word).is_some() || STREETS.contains(word)
}

/// Weighs one run of capitalised words.
fn judge(doc: &Doc, mut tokens: Range<usize>, known: &BTreeSet<usize>) -> Option<Spot> {
    // "Darmuk Prison", "Hasnak Street": other rooms read those.
    let mut site = false;
    while tokens.len() > 1 && is_generic(doc.token(tokens.end - 1).lower()) {
        tokens.end -= 1;
        site = true;
    }
    let name = fold(doc.slice(tokens.clone()));
    let text = doc.slice(tokens.clone());
    if is_no_name(&name, text) || ends_as_body(doc, &tokens, site) {
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
    if spot.hint != Hint::None {
        spot.score += points::KIND_BESIDE;
    }
    spot.score += recognised(doc, &spot);
    let led = weigh_before(doc, &mut spot);
    if tokens.end < doc.len() {
        if STREETS.contains(doc.token(tokens.end).lower()) {
            return None;
        }
        weigh_behind(doc, &mut spot, known);
    }
    let first = doc.token(tokens.start);
    let heads = tokens.start == 0
        || doc.text()[..first.bytes().start]
            .trim_end_matches([' ', '\t'])
            .ends_with('\n');
    if heads && !text.chars().any(char::is_lowercase) && dateline(doc, tokens.end) {
        spot.score += points::DATELINE;
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
    if site {
        spot.score = spot.score.min(ENOUGH - 1);
    }
    Some(spot)
}

/// Whether capitalised words are no name of a place: too short, a word of everyday, the address of a page, an acronym.
fn is_no_name(name: &str, text: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    letters < 3
        || COMMON.contains(name)
        || CALENDAR.contains(name)
        || QUALIFIERS.contains(name)
        || is_generic(name)
        || NO_PLACE.contains(&name)
        || PARTICLES.contains(name)
        || text.contains(['.', '@', '/', '_']) && !text.contains(' ') && !text.ends_with('.')
        || !text.chars().any(char::is_lowercase) && text.is_ascii() && letters < 6
}

/// Whether the run of capitalised words ends as the name of a body does.
fn ends_as_body(doc: &Doc, tokens: &Range<usize>, site: bool) -> bool {
    let last = run_end(doc, tokens.start).max(tokens.end) - 1;
    let word = doc.token(last).lower().trim_end_matches('.');
    NOT_PLACE_ENDS.contains(word)
        || GROUP_ENDS.contains(word)
        || BODY_WORDS.contains(word) && !site && !PART_WORDS.contains(word)
}

/// What the recogniser thinks of a name.
fn recognised(doc: &Doc, spot: &Spot) -> i32 {
    let entity = doc.token(spot.tokens.start).entity();
    match entity.map(|entity| (&*entity.label, entity.end as usize - entity.start as usize)) {
        Some(("GPE", _)) => points::TOWN_OR_COUNTRY,
        Some(("LOC" | "FAC", _)) => points::OTHER_PLACE,
        Some(("PERSON", held)) if held > 1 && spot.hint == Hint::None => points::IN_PERSON,
        Some(("PERSON", _)) | None => 0,
        Some(("ORG", 1))
            if doc
                .slice(spot.tokens.clone())
                .chars()
                .any(char::is_lowercase) =>
        {
            0
        }
        Some(("ORG" | "NORP", _)) => points::BODY,
        Some(_) => points::OTHER_NAME,
    }
}

/// What stands before a name says; returns whether a preposition leads to it.
fn weigh_before(doc: &Doc, spot: &mut Spot) -> bool {
    let start = spot.tokens.start;
    let previous = before(doc, start);
    if doc.token(start).sentence().start == start
        || previous.is_some_and(|token| matches!(token.text(), "—" | "–" | "--"))
    {
        spot.score += points::OPENS_SENTENCE;
    }
    let Some(previous) = previous else {
        return false;
    };
    let word = previous.lower();
    let led = PLACE_PREPOSITIONS.contains(word)
        || QUALIFIERS.contains(word) && !capital(previous) && !aged(doc, start - 1);
    if led {
        spot.score += points::PREPOSITION;
        if start >= 2 && sites::kind_of(doc.token(start - 2).lower()).is_some() {
            spot.score += points::HOLDS_SITE;
        }
    } else if matches!(word, "at" | "from" | "to") {
        spot.score += points::WEAK_PREPOSITION;
    }
    if TITLES.contains(word.trim_end_matches('.'))
        || capital(previous) && previous.pos() == Pos::Propn && !QUALIFIERS.contains(word)
    {
        spot.barred = true;
    }
    led
}

/// What stands behind a name says.
fn weigh_behind(doc: &Doc, spot: &mut Spot, known: &BTreeSet<usize>) {
    let end = spot.tokens.end;
    let next = doc.token(end);
    if matches!(next.lower(), "said" | "says" | "told" | "added" | "who") {
        spot.score += points::SPEAKS;
    }
    let age = next.text() == ","
        && end + 1 < doc.len()
        && doc
            .token(end + 1)
            .text()
            .bytes()
            .all(|b| b.is_ascii_digit());
    if age {
        spot.score += points::AGED;
    } else if matches!(next.text(), "," | "(") && known.contains(&(end + 1)) {
        spot.score += points::HELD;
    }
    if PART_WORDS.contains(next.lower()) {
        spot.score += points::PART_WORD;
    }
    if FAMILY.contains(next.lower()) {
        spot.barred = true;
    }
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

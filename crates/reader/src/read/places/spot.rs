//! Which words name a place at all.
//!
//! What comes in: a parsed text and the gazetteer. What goes out: [`Spot`]s: token ranges with every record that bears
//! the name. It decides that something is a place, not which one.

use std::{collections::BTreeSet, ops::Range};

use language::{Doc, Pos, Token};

use super::{
    fold::fold,
    gazetteer::{Gazetteer, NameKind, RecordId, RecordKind},
    words::{
        BODIES, BODY_WORDS, CALENDAR, CAPITALS_ONLY, CITY_WORDS, COMMON, DISTRICT_WORDS, FAMILY,
        INNER, NOT_PLACE_ENDS, PARTICLES, PLACE_PREPOSITIONS, QUALIFIERS, REGION_WORDS, STREETS,
        TITLES, WEAK_PREPOSITIONS,
    },
};

/// Longest name in tokens.
const LONGEST: usize = 7;

/// Evidence a name needs to count as a place.
const ENOUGH: i32 = 2;

/// How a name of a place stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// It names the place.
    Plain,
    /// It stands inside the name of a body of that place: "Springfield Police Department".
    InName,
    /// It is the word for the people: "Syrian".
    People,
}

/// What the words around a name say about the kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// Nothing.
    None,
    /// "X province", "the state of X".
    Region,
    /// "X district", "the county of X".
    District,
    /// "the city of X".
    City,
}

/// A name that may be a place.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// Tokens of the name alone.
    pub tokens: Range<usize>,
    /// Tokens with the word for its kind: "Hasnak province".
    pub whole: Range<usize>,
    /// Folded name.
    pub name: String,
    /// Records that bear the name, and how.
    pub hits: Vec<(RecordId, NameKind)>,
    /// How it stands.
    pub used: Use,
    /// What the words around say of its kind.
    pub hint: Hint,
    /// Evidence for a place; below [`ENOUGH`] it is dropped unless another mention of the name holds it up.
    pub score: i32,
    /// Whether the mention speaks against any place, so that no other mention may hold it up.
    pub barred: bool,
    /// Whether a title or a first name stands before it.
    pub person: bool,
    /// Whether "in", "near" or the like leads to it.
    pub led: bool,
}

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
    let doubtful = settle(doc, &mut out);
    (out, doubtful)
}

/// Holds up doubtful mentions of a name that is certain elsewhere, takes the other doubtful ones out and returns them.
fn settle(doc: &Doc, spots: &mut Vec<Spot>) -> Vec<Spot> {
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

/// Whether the token starts with a capital, or with a letter of a script that has none.
pub(super) fn capital(token: Token<'_>) -> bool {
    token
        .text()
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
        || token
            .text()
            .strip_prefix("al-")
            .or(token.text().strip_prefix("el-"))
            .is_some_and(|rest| rest.chars().next().is_some_and(char::is_uppercase))
}

fn lower_article(doc: &Doc, i: usize) -> bool {
    matches!(
        doc.token(i).text(),
        "al" | "el" | "ad" | "ar" | "as" | "ash" | "an"
    ) && i + 2 < doc.len()
        && doc.token(i + 1).text() == "-"
        && capital(doc.token(i + 2))
}

/// The longest name that starts at token `i` and is fit to be a place.
fn spot_at(
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
    for &end in ends.iter().rev() {
        let tokens = i..end;
        let text = doc.slice(tokens.clone());
        if text.ends_with(['-', '–', '/', '\'', '’'])
            || text.ends_with("'s")
            || text.ends_with("’s")
        {
            continue;
        }
        let name = fold(text);
        let mut hits = look_up(gazetteer, &name);
        let after_comma = i > 0
            && doc.token(i - 1).text() == ","
            && last.is_some_and(|last| last.whole.end + 1 == i && last.used != Use::People);
        // A short form of two letters stands in capitals ("LA") or ends in a full stop ("La.").
        let written = text.ends_with('.') && text != "Ms."
            || end < doc.len()
                && doc.token(end).text() == "."
                && doc.token(end).bytes().start == doc.token(end - 1).bytes().end
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
        {
            continue;
        }
        // The fold drops full stops, so the shorter name is the same.
        if doc.token(end - 1).text() == "." {
            continue;
        }
        let people = hits.iter().any(|hit| hit.1 == NameKind::People)
            && !hits
                .iter()
                .any(|hit| hit.1 == NameKind::Main && is_large(gazetteer, *hit));
        if people {
            hits.retain(|hit| hit.1 == NameKind::People);
        } else {
            hits.retain(|hit| hit.1 != NameKind::People);
        }
        let mut spot = Spot {
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
        };
        if people {
            spot.score = 4;
            return Some(spot);
        }
        hint(doc, &mut spot);
        weigh(doc, gazetteer, persons, &mut spot, after_comma);
        if spot.score > i32::MIN / 2 {
            return Some(spot);
        }
    }
    None
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

/// Whether the case of the words suits the name: acronyms in capitals, and no short acronym for a town.
fn fits_case(text: &str, name: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let lower = text.chars().any(char::is_lowercase);
    if CAPITALS_ONLY.contains(name) {
        return !lower || text.ends_with('.');
    }
    // "WHO", "ISIS", "SARS": a short word in capitals is an acronym unless it is a country's.
    lower || letters > 4 || !text.is_ascii() || text.contains('.') || name.len() <= 2
}

/// Whether a name is the main one of a country or first-level division.
fn is_division(gazetteer: &Gazetteer, (id, kind): (RecordId, NameKind)) -> bool {
    kind == NameKind::Main
        && gazetteer.record(id).is_some_and(|record| {
            matches!(record.kind, RecordKind::Country | RecordKind::Region)
                && record.population > 1_000_000
        })
}

/// Whether a name is that of a country, a large division or a city of half a million.
fn is_large(gazetteer: &Gazetteer, (id, kind): (RecordId, NameKind)) -> bool {
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

/// Reads the word for the kind of place beside the name.
pub(super) fn hint(doc: &Doc, spot: &mut Spot) {
    if let Some(token) = (spot.tokens.end < doc.len()).then(|| doc.token(spot.tokens.end)) {
        let word = token.lower();
        let lower_case = !capital(token);
        if REGION_WORDS.contains(word) && (lower_case || !matches!(word, "state" | "republic")) {
            spot.hint = Hint::Region;
        } else if DISTRICT_WORDS.contains(word) || token.text() == "Co." {
            spot.hint = Hint::District;
        } else if CITY_WORDS.contains(word) && lower_case {
            spot.hint = Hint::City;
        }
        if matches!(spot.hint, Hint::Region | Hint::District)
            || spot.hint == Hint::City && word == "city"
        {
            spot.whole.end += 1;
        }
    }
    if spot.hint == Hint::None
        && let Some(hint) = shared(doc, spot.tokens.end)
    {
        spot.hint = hint;
    }
    if spot.hint == Hint::None
        && spot.tokens.start >= 2
        && doc.token(spot.tokens.start - 1).lower() == "of"
    {
        let word = doc.token(spot.tokens.start - 2).lower();
        spot.hint = if REGION_WORDS.contains(word) {
            Hint::Region
        } else if CITY_WORDS.contains(word) {
            Hint::City
        } else if DISTRICT_WORDS.contains(word) {
            Hint::District
        } else {
            Hint::None
        };
    }
}

/// What kind the word at the end of a list gives to each name in it: "Hasnak, Orrin and Velisk counties".
fn shared(doc: &Doc, from: usize) -> Option<Hint> {
    let mut linked = false;
    for i in from..doc.len().min(from + 16) {
        let token = doc.token(i);
        match token.lower() {
            "," | "and" | "or" | "&" => linked = true,
            "counties" | "parishes" | "districts" | "boroughs" | "municipalities" if linked => {
                return Some(Hint::District);
            }
            "provinces" | "governorates" | "regions" | "states" if linked => {
                return Some(Hint::Region);
            }
            "cities" | "towns" | "villages" if linked => return Some(Hint::City),
            _ if capital(token) && !token.is_space() => {}
            _ => return None,
        }
    }
    None
}

/// Adds up what speaks for and against a place; a score of `i32::MIN` says that this length of the name is no place.
fn weigh(
    doc: &Doc,
    gazetteer: &Gazetteer,
    persons: &BTreeSet<String>,
    spot: &mut Spot,
    after_comma: bool,
) {
    let range = spot.tokens.clone();
    let single = range.len() == 1;
    let previous = (range.start > 0).then(|| doc.token(range.start - 1));
    let next = (range.end < doc.len()).then(|| doc.token(range.end));
    let touching =
        |a: Token<'_>, b: Token<'_>| !doc.text()[a.bytes().end..b.bytes().start].contains('\n');
    let previous = previous.filter(|p| touching(*p, doc.token(range.start)));
    // "in Darmuk Sunday night": the day belongs to no name.
    let next =
        next.filter(|n| touching(doc.token(range.end - 1), *n) && !CALENDAR.contains(n.lower()));
    let mut score = fame(gazetteer, spot);
    if !single {
        score += 2;
    }
    if spot.hint != Hint::None {
        score += 3;
    }
    if after_comma && spot.hits.iter().any(|hit| hit.1 == NameKind::AfterComma) {
        score += 5;
    }
    // What the recogniser thinks; weak evidence.
    let entity = doc.token(range.start).entity();
    match entity.map(|entity| (&*entity.label, entity.start as usize..entity.end as usize)) {
        Some(("GPE", _)) => score += 2,
        Some(("LOC" | "FAC", _)) => score += 1,
        Some(("PERSON", held)) => score -= if held.len() > range.len() { 4 } else { 2 },
        Some(("DATE" | "TIME", _)) if single => score -= 3,
        Some(("ORG" | "NORP", held)) => score -= i32::from(held.len() > range.len()),
        Some(("WORK_OF_ART" | "LAW" | "PRODUCT" | "EVENT", _)) => score -= 2,
        _ => score -= 1,
    }
    // "HASNAK — ": capitals before a dash at the head of a sentence are a dateline.
    let text = doc.slice(range.clone());
    let dash = next.is_some_and(|next| {
        matches!(next.text(), "—" | "–" | "--" | "---" | "-")
            && next.bytes().start > doc.token(range.end - 1).bytes().end
    });
    if dash
        && text.len() >= 4
        && !text.chars().any(char::is_lowercase)
        && doc.token(range.start).sentence().start == range.start
    {
        score += 5;
    }
    let mut led = false;
    if let Some(previous) = previous {
        let word = previous.lower();
        led = PLACE_PREPOSITIONS.contains(word);
        spot.led = led;
        if led {
            score += 2;
        } else if WEAK_PREPOSITIONS.contains(word) {
            score += 1;
        }
        let title = word.trim_end_matches('.');
        if TITLES.contains(title) && capital(previous) && !after_comma {
            score -= 4;
            spot.barred = true;
            spot.person = true;
        } else if capital(previous)
            && previous.pos() == Pos::Propn
            && !QUALIFIERS.contains(word)
            && !previous.text().ends_with('.')
            && !CALENDAR.contains(word)
        {
            // "Mike Lancaster", "Bank of Darmuk Holdings".
            score -= if single { 5 } else { 3 };
            spot.barred = true;
            spot.person = single && previous.entity_label() != "ORG";
        } else if previous.text() == "-"
            && range.start >= 2
            && matches!(
                doc.token(range.start - 2).text(),
                "R" | "D" | "I" | "DFL" | "NDP" | "Lab" | "Con"
            )
        {
            // A member's party and constituency: "R-Millbrook".
            score += 3;
        } else if previous.text() == "-" && range.start >= 2 && capital(doc.token(range.start - 2))
        {
            // "Darmuk-Velisk": two names, each by itself.
        } else if matches!(previous.text(), "." | "-" | "@" | "/" | "_")
            && previous.bytes().end == doc.token(range.start).bytes().start
        {
            score -= 2;
        } else if word.len() == 2 && word.ends_with('.') && capital(previous) && single {
            // An initial: "J. Houston".
            score -= 4;
            spot.barred = true;
        }
        if (word == "of" || word == "the" || word == "and" || word == "&") && range.start >= 2 {
            let before = doc.token(range.start - 2);
            if word == "of"
                && capital(before)
                && matches!(
                    before.lower(),
                    "bank" | "battle" | "treaty" | "duke" | "earl" | "prince" | "bishop"
                )
            {
                score -= 4;
                spot.barred = true;
            }
        }
    }
    if let Some(next) = next {
        let word = next.lower();
        let run = run_end(doc, range.end);
        let last_of_run = doc.token(run - 1).lower().trim_end_matches('.');
        if FAMILY.contains(word) {
            score -= 6;
            spot.barred = true;
            spot.person = true;
        } else if STREETS.contains(word) && capital(next) && spot.hint != Hint::District {
            let street_like =
                run == range.end + 1 || word != "court" && word != "place" && word != "square";
            if street_like {
                score = -20;
                spot.barred = true;
            }
        } else if run > range.end && NOT_PLACE_ENDS.contains(last_of_run) {
            score -= 6;
            spot.barred = true;
        } else if run > range.end && spot.whole.end == range.end {
            if BODY_WORDS.contains(word) || BODY_WORDS.contains(last_of_run) {
                spot.used = Use::InName;
                score += 2;
            } else if doc.token(range.start).entity_label() == "PERSON"
                || single && next.pos() == Pos::Propn
            {
                // "Paris Hilton"; "Millbrook Heights" is another town than "Millbrook".
                spot.barred = spot.hits.iter().all(|hit| !is_large(gazetteer, *hit));
                let longer = spot.barred && single && next.pos() == Pos::Propn;
                score -= if longer { 20 } else { 4 };
            }
        } else if BODY_WORDS.contains(word) && !capital(next) && next.pos() == Pos::Noun {
            score += 1;
        }
        if word == "-"
            && next.bytes().start == doc.token(range.end - 1).bytes().end
            && spot.hits.iter().all(|hit| !is_large(gazetteer, *hit))
        {
            score -= 2;
        }
        if matches!(word, "said" | "says" | "told" | "added")
            && single
            && !spot.hits.iter().any(|hit| is_large(gazetteer, *hit))
        {
            score -= 3;
        }
    }
    if BODIES.contains(spot.name.as_str()) {
        score -= 20;
        spot.barred = true;
    }
    if single {
        let token = doc.token(range.start);
        if CALENDAR.contains(spot.name.as_str()) {
            score -= 8;
        }
        if token.pos() != Pos::Propn {
            score -= 2;
        }
        if COMMON.contains(spot.name.as_str()) {
            score -= 3;
        }
        if persons.contains(&spot.name) && spot.hint == Hint::None {
            score -= if led { 2 } else { 4 };
        }
        let starts = token.sentence().start == range.start;
        if starts && !led {
            score -= 1;
        }
    }
    spot.score = score.max(-50);
}

/// Whether the qualifier at token `i` is the end of an age: "33-year-old".
pub(super) fn aged(doc: &Doc, i: usize) -> bool {
    doc.token(i).lower() == "old"
        && i > 0
        && matches!(doc.token(i - 1).text(), "-" | "year" | "years" | "–")
}

/// One past the run of capitalised words from token `i`; `i` itself when there is none.
pub(super) fn run_end(doc: &Doc, i: usize) -> usize {
    let mut end = i;
    let mut at = i;
    while at < doc.len() && at < i + 8 {
        let token = doc.token(at);
        if token.is_space() || token.is_punct() && token.text() != "&" {
            break;
        }
        if capital(token) {
            end = at + 1;
        } else if !matches!(
            token.lower(),
            "of" | "the" | "and" | "&" | "for" | "'s" | "’s"
        ) || at == i
        {
            break;
        }
        at += 1;
        if at < doc.len()
            && doc.text()[doc.token(at - 1).bytes().end..doc.token(at).bytes().start].contains('\n')
        {
            break;
        }
    }
    end
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

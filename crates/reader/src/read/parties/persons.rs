//! Persons: names with titles, roles and the body they speak for.
//!
//! "VDF spokesperson Ana Orlova", "Ana Orlova, the ministry's head of press,", "a spokeswoman for the Front, Ana
//! Orlova,", "Ana Orlova of Lake Relief". The recogniser's persons are taken with evidence; a name it calls a person
//! that is a place stays a place.

use std::{collections::BTreeSet, ops::Range};

use language::{Pos, Token};
use model::PartyKind;

use super::{
    build::{Builder, Draft},
    lexicon::{Class, lexicon},
    names::singular,
    namesakes, phrase,
};

/// Titles that come before a name, in lower case without a point.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "sir",
    "dame",
    "lord",
    "lady",
    "gen",
    "general",
    "lt",
    "col",
    "colonel",
    "maj",
    "major",
    "capt",
    "captain",
    "sgt",
    "cpl",
    "cmdr",
    "adm",
    "brig",
    "brigadier",
    "sen",
    "rep",
    "gov",
    "rev",
    "fr",
    "sheikh",
    "sheriff",
    "det",
    "insp",
    "supt",
    "pc",
    "judge",
    "justice",
    "hon",
    "president",
    "minister",
    "prince",
    "princess",
    "king",
    "queen",
    "pope",
    "imam",
    "ayatollah",
    "mullah",
    "sister",
    "father",
    "brother",
    "chief",
    "officer",
    "deputy",
    "mayor",
];

/// Last words of names of places.
const STREETS: &[&str] = &[
    "street",
    "lane",
    "road",
    "avenue",
    "boulevard",
    "square",
    "bridge",
    "river",
    "park",
    "island",
    "mount",
    "hill",
    "bay",
    "lake",
    "valley",
    "beach",
    "airport",
    "station",
    "prison",
    "school",
    "university",
    "college",
    "hospital",
    "city",
    "county",
    "district",
    "province",
    "village",
    "camp",
    "drive",
    "plaza",
    "tower",
    "service",
];

/// Finds the persons with a name.
pub fn find(b: &mut Builder<'_>) {
    for range in candidates(b) {
        take(b, range);
    }
    namesakes::run(b);
}

/// Last words of what looks like a person's full name anywhere in the text: "Orlova" in "spokesperson Ana Orlova".
pub fn last_names<'a>(b: &Builder<'a>) -> BTreeSet<&'a str> {
    let doc = b.doc;
    (1..doc.len())
        .filter(|&i| {
            let (first, last) = (doc.token(i - 1), doc.token(i));
            let name = |t: Token<'_>| t.pos() == Pos::Propn && is_name_word(t) && b.taken[t.i] == 0;
            let person = first.entity_label() == "PERSON"
                || last.entity_label() == "PERSON"
                || (i >= 2 && (is_role(doc.token(i - 2)) || is_title(doc.token(i - 2))));
            name(first) && name(last) && person && last.dep() != "compound"
        })
        .map(|i| doc.token(i).text())
        .collect()
}

/// Whether the token may be part of a personal name: a capitalised word, or a particle between two.
pub fn is_name_word(token: Token<'_>) -> bool {
    phrase::is_capital(token)
        && token
            .text()
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\'' | '.'))
        && !matches!(
            token.pos(),
            Pos::Pron | Pos::Det | Pos::Adp | Pos::Sconj | Pos::Cconj | Pos::Aux
        )
}

/// Ranges that may be a person's name, in order, apart.
fn candidates(b: &Builder<'_>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for entity in b.doc.entities() {
        if &*entity.label == "PERSON" {
            out.extend(
                apart(b, entity.start as usize..entity.end as usize).map(|one| whole(b, one)),
            );
        }
    }
    out.extend(aged(b));
    // A capitalised run right after a role or title, or before a comma and a role, whatever the recogniser says.
    for i in 0..b.doc.len() {
        let token = b.doc.token(i);
        if b.taken[i] != 0 || !(is_role(token) || is_title(token)) {
            continue;
        }
        let mut end = i + 1;
        let sentence = token.sentence();
        while end < sentence.end
            && end < i + 5
            && b.taken[end] == 0
            && is_name_word(b.doc.token(end))
            && !is_role(b.doc.token(end))
        {
            end += 1;
        }
        if end > i + 1 {
            out.push(i + 1..end);
        }
    }
    // Two or three capitalised words that are the subject of a verb of saying, or are followed by a role between
    // commas.
    for i in 0..b.doc.len() {
        let token = b.doc.token(i);
        let speaks = token.dep() == "nsubj" && phrase::is_saying(token.head().lemma());
        let suffers = token.dep() == "nsubjpass" && DONE_TO_PERSONS.contains(&token.head().lemma());
        let comma = token.next().is_some_and(|t| t.text() == ",");
        if token.pos() != Pos::Propn
            || !(speaks || suffers || comma)
            || b.taken[i] != 0
            || !is_name_word(token)
        {
            continue;
        }
        let mut start = i;
        while start > token.sentence().start
            && i - start < 3
            && b.taken[start - 1] == 0
            && is_name_word(b.doc.token(start - 1))
            && b.doc.token(start - 1).pos() == Pos::Propn
        {
            start -= 1;
        }
        let role_after = comma && role_in_apposition(b, start..i + 1).is_some();
        if i > start && (speaks || suffers || role_after) {
            out.push(start..i + 1);
        }
    }
    out.iter_mut()
        .for_each(|range| *range = trim(b, range.clone()));
    out.retain(|range| !range.is_empty());
    out.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut chosen: Vec<Range<usize>> = Vec::new();
    for range in out {
        if chosen.last().is_none_or(|last| last.end <= range.start) {
            chosen.push(range);
        }
    }
    chosen
}

/// What is done to persons only, when the subject of the passive has two names.
const DONE_TO_PERSONS: &[&str] = &[
    "shoot",
    "kill",
    "wound",
    "injure",
    "stab",
    "arrest",
    "charge",
    "indict",
    "arraign",
    "book",
    "convict",
    "sentence",
    "pronounce",
    "hospitalize",
    "airlift",
    "slay",
    "murder",
    "behead",
    "execute",
    "assassinate",
    "abduct",
    "kidnap",
    "detain",
    "bear",
    "bury",
];

/// The names that the recogniser took for one: "Brand and Vell", "Brand saw Vell".
fn apart(b: &Builder<'_>, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let doc = b.doc;
    let between = move |i: usize| {
        let token = doc.token(i);
        token.pos() == Pos::Cconj
            || matches!(token.text(), "," | ";" | "&")
            || (token.pos() == Pos::Verb && !phrase::is_capital(token))
    };
    let mut out = Vec::new();
    let mut start = range.start;
    for i in range.clone().chain([range.end]) {
        if i == range.end || between(i) {
            if start < i {
                out.push(start..i);
            }
            start = i + 1;
        }
    }
    out.into_iter()
}

/// The name with what the parser joins to it and the recogniser left out: "Ana | Orlova", "Teo Brand | Vell".
fn whole(b: &Builder<'_>, mut range: Range<usize>) -> Range<usize> {
    let doc = b.doc;
    let sentence = doc.token(range.start).sentence();
    let name = |i: usize| {
        let token = doc.token(i);
        token.pos() == Pos::Propn
            && is_name_word(token)
            && b.taken[i] == 0
            && !is_role(token)
            && !is_title(token)
            && token.entity_label() != "DATE"
            && lexicon().country(token.text()).is_none()
            && lexicon().demonym(token.text()).is_none()
    };
    while range.end < sentence.end
        && range.len() < 4
        && name(range.end)
        && doc.token(range.end - 1).dep() == "compound"
        && doc.token(range.end - 1).head().i == range.end
        && doc.token(range.end).head().i != range.end + 1
    {
        range.end += 1;
    }
    while range.start > sentence.start
        && range.len() < 4
        && name(range.start - 1)
        && doc.token(range.start - 1).dep() == "compound"
        && range.contains(&doc.token(range.start - 1).head().i)
    {
        range.start -= 1;
    }
    range
}

/// Two or three capitalised words with an age: "Ana Orlova, 34,", "34-year-old Ana Orlova".
fn aged(b: &Builder<'_>) -> Vec<Range<usize>> {
    let doc = b.doc;
    let name = |i: usize| {
        let token = doc.token(i);
        b.taken[i] == 0
            && token.pos() == Pos::Propn
            && is_name_word(token)
            && !is_role(token)
            && !is_title(token)
    };
    let years = |i: usize| {
        let text = doc.token(i).text();
        text.len() <= 2 && text.bytes().all(|c| c.is_ascii_digit())
    };
    let mut out = Vec::new();
    let mut i = 0;
    while i < doc.len() {
        if !name(i) {
            i += 1;
            continue;
        }
        let sentence = doc.token(i).sentence();
        let mut end = i + 1;
        while end < sentence.end && name(end) {
            end += 1;
        }
        let behind = end + 2 < sentence.end
            && doc.token(end).text() == ","
            && years(end + 1)
            && matches!(doc.token(end + 2).text(), "," | ";" | "." | ")" | "and");
        let before = i >= sentence.start + 3
            && doc.token(i - 1).lower() == "old"
            && matches!(doc.token(i - 2).text(), "-" | "–" | "‑");
        if (behind || before) && (2..=4).contains(&(end - i)) {
            out.push(i..end);
        }
        i = end;
    }
    out
}

/// Leaves out titles, roles, possessive marks and anything in lower case at the ends.
fn trim(b: &Builder<'_>, mut range: Range<usize>) -> Range<usize> {
    // "Interior Minister Ana Orlova": the name follows the last title or role.
    if let Some(title) = (range.start..range.end.saturating_sub(1))
        .rev()
        .find(|&i| is_title(b.doc.token(i)) || (is_role(b.doc.token(i)) && b.taken[i] == 0))
    {
        range.start = title + 1;
    }
    while range.start < range.end {
        let token = b.doc.token(range.start);
        let title = range.len() > 1 && (is_title(token) || is_role(token));
        if title || !is_name_word(token) || b.taken[range.start] != 0 {
            range.start += 1;
        } else {
            break;
        }
    }
    while range.start < range.end {
        let token = b.doc.token(range.end - 1);
        if !is_name_word(token) || b.taken[range.end - 1] != 0 || token.text() == "'s" {
            range.end -= 1;
        } else {
            break;
        }
    }
    if range.len() > 6 || range.clone().any(|i| b.taken[i] != 0) {
        return range.start..range.start;
    }
    range
}

/// Whether the token is a title before a name.
pub fn is_title(token: Token<'_>) -> bool {
    phrase::is_capital(token) && TITLES.contains(&token.lower().trim_end_matches('.'))
}

/// Whether the token is a noun for a person with a role.
pub fn is_role(token: Token<'_>) -> bool {
    if !matches!(token.pos(), Pos::Noun | Pos::Propn) {
        return false;
    }
    let lower = token.lower();
    lexicon()
        .noun(lower)
        .or_else(|| singular(lower).and_then(|one| lexicon().noun(&one)))
        .is_some_and(|noun| noun.class == Class::Person)
}

/// Records a person's name with what stands around it.
fn take(b: &mut Builder<'_>, range: Range<usize>) {
    let doc = b.doc;
    let first = doc.token(range.start);
    let head = doc.token(phrase::head_of(doc, range.clone()));
    let name = doc.slice(range.clone()).replace('\u{a0}', " ");
    let before = before(b, range.clone());
    let after = role_in_apposition(b, range.clone());
    let titled = range.start > 0 && is_title(doc.token(range.start - 1));
    let speaks = head.dep() == "nsubj" && phrase::is_saying(head.head().lemma());
    let suffers = head.dep() == "nsubjpass" && DONE_TO_PERSONS.contains(&head.head().lemma());
    let evidence = titled
        || before.role.is_some()
        || after.is_some()
        || ((speaks || suffers || has_age(doc, range.clone())) && range.len() > 1);
    let placed = range.clone().any(|i| b.in_place[i]);
    let acronym = range.len() == 1 && phrase::is_acronym(first.text());
    let known = lexicon().country(&name).is_some() || lexicon().demonym(&name).is_some();
    let capitals = phrase::in_capitals(doc, range.start)
        || (range.len() > 1
            && range
                .clone()
                .all(|i| phrase::is_acronym(doc.token(i).text())));
    // "in northern Orsk, students …", "Foundry Lane".
    let place = (0..2)
        .filter_map(|back| range.start.checked_sub(back + 1))
        .any(|i| {
            let token = doc.token(i);
            matches!(
                token.lower(),
                "in" | "near" | "outside" | "at" | "around" | "toward" | "towards"
            ) && (i + 1 == range.start || doc.token(i + 1).pos() == Pos::Adj)
        })
        || STREETS.contains(&doc.token(range.end - 1).lower());
    if acronym
        || known
        || capitals
        || (place && !titled && before.role.is_none())
        || (placed && !evidence)
        || name.chars().count() < 2
    {
        return;
    }
    // "Orsk prison", "the Orsk bridge": a name before a common noun names the thing.
    let thing = range.len() == 1
        && matches!(head.dep(), "compound" | "nmod" | "amod")
        && head.head().pos() == Pos::Noun
        && !is_role(head.head());
    if thing && !titled && before.role.is_none() {
        return;
    }
    if range.len() == 1 && !evidence && lexicon().noun(first.lower()).is_some() {
        return;
    }
    let party = b.party(&name, || {
        Draft::new(name.clone(), PartyKind::Person, Class::Person)
    });
    let draft = &mut b.drafts[party];
    if draft.kind != PartyKind::Person {
        return;
    }
    let female = title_gender(doc, range.start);
    draft.female = draft.female.or(female).or(before.female);
    let around: Vec<Range<usize>> = [
        before.tokens.clone(),
        after.as_ref().and_then(|found| found.tokens.clone()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut affiliation = before.body;
    let mut role = before.role;
    if let Some(found) = after {
        affiliation = affiliation.or(found.body);
        role = role.or(found.role);
        b.drafts[party].female = b.drafts[party].female.or(found.female);
    }
    affiliation = affiliation.or_else(|| body_after(b, range.end));
    let draft = &mut b.drafts[party];
    // The fullest description wins: the first with a body, then the first with a role.
    if draft.affiliation.is_none() && affiliation.is_some() {
        draft.affiliation = affiliation;
        if role.is_some() {
            draft.role = role;
        }
    } else if draft.role.is_none() {
        draft.role = role;
    }
    b.mention(range, party);
    // The role words mean the same person.
    for words in around {
        if b.free(words.clone()) {
            b.mention(words, party);
        }
    }
}

/// Whether an age stands beside the name: "Ana Orlova, 34", "34-year-old Ana Orlova".
fn has_age(doc: &language::Doc, range: Range<usize>) -> bool {
    let behind = range.end + 1 < doc.len()
        && doc.token(range.end).text() == ","
        && doc.token(range.end + 1).pos() == Pos::Num
        && doc.token(range.end + 1).text().len() <= 2;
    behind || range.start > 0 && doc.token(range.start - 1).lower() == "old"
}

/// What the title right before a name says.
pub fn title_gender(doc: &language::Doc, start: usize) -> Option<bool> {
    let word = doc
        .token(start.checked_sub(1)?)
        .lower()
        .trim_end_matches('.')
        .to_owned();
    match word.as_str() {
        "mr" | "sir" | "lord" | "prince" | "king" | "pope" | "father" | "brother" => Some(false),
        "mrs" | "ms" | "miss" | "dame" | "lady" | "princess" | "queen" | "sister" => Some(true),
        _ => None,
    }
}

/// Whether a role word says man or woman.
pub fn role_gender(word: &str) -> Option<bool> {
    if word.ends_with("woman")
        || matches!(
            word,
            "mother" | "sister" | "wife" | "daughter" | "aunt" | "widow" | "grandmother"
        )
    {
        Some(true)
    } else if (word.ends_with("man") && word != "human")
        || matches!(
            word,
            "father" | "brother" | "husband" | "son" | "uncle" | "grandfather"
        )
    {
        Some(false)
    } else {
        None
    }
}

/// What stands around a name.
#[derive(Clone, Debug, Default)]
struct Around {
    /// Tokens of the role words.
    tokens: Option<Range<usize>>,
    role: Option<String>,
    body: Option<usize>,
    female: Option<bool>,
}

/// Role and body before the name: "VDF spokesperson Ana …", "the ministry's spokesman, Jan …", "a spokesman for the
/// Front, Jan …".
fn before(b: &Builder<'_>, range: Range<usize>) -> Around {
    let doc = b.doc;
    let sentence = doc.token(range.start).sentence();
    let mut out = Around::default();
    let Some(mut at) = range
        .start
        .checked_sub(1)
        .filter(|&at| at >= sentence.start)
    else {
        return out;
    };
    let comma = doc.token(at).text() == ",";
    if comma {
        // Only a role in apposition: "a spokesman for the Front, Jan Meyer, said".
        let role = role_before_comma(b, at, sentence.start);
        return role.unwrap_or_default();
    }
    while is_title(doc.token(at)) && !is_role(doc.token(at)) && at > sentence.start {
        at -= 1;
    }
    if !is_role(doc.token(at)) {
        return out;
    }
    let last = at;
    // Walk left over what belongs to the role: nouns, adjectives, a body's name, a possessive.
    let mut first = at;
    while first > sentence.start && first + 14 > at {
        let token = doc.token(first - 1);
        let possessive = matches!(token.text(), "'s" | "’s" | "'" | "’");
        let part = possessive
            || matches!(token.pos(), Pos::Noun | Pos::Propn | Pos::Adj)
            || token.text() == "-"
            || b.party_at(first - 1).is_some();
        if !part || token.is_space() {
            break;
        }
        first -= 1;
    }
    out.body = (first..last).rev().find_map(|i| body_at(b, i));
    let role_start = (first..last)
        .rev()
        .find(|&i| {
            body_at(b, i).is_some() || matches!(doc.token(i).text(), "'s" | "’s" | "’" | "'")
        })
        .map_or(first, |i| i + 1);
    out.tokens = Some(role_start..last + 1);
    out.role = Some(doc.slice(role_start..last + 1).replace('\u{a0}', " "));
    out.female = role_gender(doc.token(last).lower());
    out
}

/// A body's party at a token: never a person.
fn body_at(b: &Builder<'_>, i: usize) -> Option<usize> {
    b.party_at(i)
        .filter(|&party| b.drafts[party].class != Class::Person)
}

/// A role noun phrase that ends at the comma `at`, with its body.
fn role_before_comma(b: &Builder<'_>, at: usize, from: usize) -> Option<Around> {
    let doc = b.doc;
    let lower = at.saturating_sub(14).max(from);
    let role = (lower..at).rev().find(|&i| is_role(doc.token(i)))?;
    // Between role and comma only a body or a few words that hang on the role.
    let rest_ok = (role + 1..at).all(|i| {
        let token = doc.token(i);
        token.text() != ","
            && (matches!(
                token.pos(),
                Pos::Adp | Pos::Det | Pos::Noun | Pos::Propn | Pos::Adj | Pos::Punct | Pos::Cconj
            ) || b.taken[i] != 0)
    });
    if !rest_ok {
        return None;
    }
    let mut first = role;
    while first > from
        && first + 14 > role
        && matches!(
            doc.token(first - 1).pos(),
            Pos::Noun | Pos::Propn | Pos::Adj | Pos::Part
        )
    {
        first -= 1;
    }
    let body = (first..at).find_map(|i| body_at(b, i));
    // A role without a body before a comma may be anybody's: "the minister, Lake Town and …".
    let det = first > 0
        && matches!(
            doc.token(first - 1).lower(),
            "the" | "a" | "an" | "its" | "their"
        );
    if body.is_none() && !det {
        return None;
    }
    let start = (first..role)
        .rev()
        .find(|&i| body_at(b, i).is_some() || doc.token(i).tag() == "POS")
        .map_or(first, |i| i + 1);
    Some(Around {
        tokens: Some(start..role + 1),
        role: Some(doc.slice(start..role + 1).replace('\u{a0}', " ")),
        body,
        female: role_gender(doc.token(role).lower()),
    })
}

/// Role and body after the name and a comma: "Ana Orlova, the Front's head of press in the north,".
fn role_in_apposition(b: &Builder<'_>, range: Range<usize>) -> Option<Around> {
    let doc = b.doc;
    let sentence = doc.token(range.start).sentence();
    let comma = range.end;
    let comma_there =
        comma < sentence.end && matches!(doc.token(comma).text(), "," | "(" | "–" | "—");
    if !comma_there {
        return None;
    }
    let mut first = comma + 1;
    // "Ana Orlova, 34, a resident of …".
    if first + 1 < sentence.end
        && doc.token(first).pos() == Pos::Num
        && doc.token(first + 1).text() == ","
    {
        first += 2;
    }
    // The apposition ends at the next comma, or at a finite verb; a list "of a, b and c" is cut short, which does no
    // harm.
    let limit = (first + 26).min(sentence.end);
    let end = (first..limit)
        .find(|&i| {
            let token = doc.token(i);
            matches!(token.text(), "," | ";" | ")" | "–" | "—" | "“" | "\"" | ".")
                || matches!(token.tag(), "VBD" | "VBZ" | "VBP" | "MD")
                || matches!(token.tag(), "WDT" | "WP" | "WRB")
        })
        .unwrap_or(limit);
    let role = (first..end).find(|&i| {
        is_role(doc.token(i))
            && !matches!(doc.token(i).tag(), "NNS" | "NNPS")
            && !(i + 1 < end && is_role(doc.token(i + 1)) && doc.token(i).dep() == "compound")
    })?;
    // The role must head the apposition: only its own modifiers stand before it.
    let modifiers = (first..role).all(|i| {
        let token = doc.token(i);
        matches!(
            token.pos(),
            Pos::Det
                | Pos::Adj
                | Pos::Noun
                | Pos::Propn
                | Pos::Part
                | Pos::Num
                | Pos::Pron
                | Pos::Adv
                | Pos::Cconj
        ) || matches!(
            token.text(),
            "-" | "&" | "’s" | "'s" | "’" | "'" | "(" | ")"
        ) || token.is_space()
            || matches!(token.lower(), "of" | "for")
            || b.taken[i] != 0
            || matches!(token.tag(), "VBN" | "VBG")
    });
    // Another person's name there means a list of persons.
    if !modifiers {
        return None;
    }
    let pronoun = doc.token(first).tag() == "PRP";
    if pronoun {
        return None;
    }
    let body = (first..role)
        .find_map(|i| body_at(b, i))
        .or_else(|| (role..end).find_map(|i| body_at(b, i)));
    let start = (first..role)
        .rev()
        .find(|&i| {
            b.taken[i] != 0
                || doc.token(i).tag() == "POS"
                || matches!(doc.token(i).pos(), Pos::Det)
                || doc.token(i).tag() == "PRP$"
        })
        .map_or(first, |i| i + 1);
    // "head of press" but not "head of the Front": stop before the body and before its preposition.
    let mut stop = role + 1;
    while stop + 1 < end && doc.token(stop).lower() == "of" {
        let mut next = stop + 1;
        while next < end
            && (matches!(doc.token(next).pos(), Pos::Noun | Pos::Adj | Pos::Cconj)
                || (doc.token(next).pos() == Pos::Propn && !b.in_place[next]))
            && b.taken[next] == 0
        {
            next += 1;
        }
        if next == stop + 1 {
            break;
        }
        stop = next;
    }
    Some(Around {
        tokens: Some(start..stop),
        role: Some(doc.slice(start..stop).replace('\u{a0}', " ")),
        body,
        female: role_gender(doc.token(role).lower()),
    })
}

/// A body right after the name: "Ana Orlova of Lake Relief", "Jan Meyer, from the Front".
fn body_after(b: &Builder<'_>, end: usize) -> Option<usize> {
    let doc = b.doc;
    let mut at = end;
    if at < doc.len() && matches!(doc.token(at).text(), "," | "(") {
        at += 1;
    }
    let link = at < doc.len() && matches!(doc.token(at).lower(), "of" | "from" | "with" | "at");
    let bracket = at > end && doc.token(end).text() == "(";
    if link {
        at += 1;
    } else if !bracket {
        return None;
    }
    if at < doc.len() && doc.token(at).lower() == "the" {
        at += 1;
    }
    (at < doc.len()).then(|| body_at(b, at)).flatten()
}

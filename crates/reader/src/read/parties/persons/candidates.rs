//! Ranges of words that may be the name of a person.

use std::ops::Range;

use language::Pos;

use super::around::role_in_apposition;
use crate::read::parties::{
    build::Builder,
    lexicon::lexicon,
    person_words::{is_name_word, is_role, is_title},
    phrase,
};

/// Ranges that may be a person's name, in order, apart.
pub(super) fn candidates(b: &Builder<'_>) -> Vec<Range<usize>> {
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
pub(super) const DONE_TO_PERSONS: &[&str] = &[
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

//! Capitals for a text that has none, so that it can be read at all: for measuring only.
//!
//! The first word of a sentence; what the pipeline tags as a name or takes for one; acronyms in brackets and the words
//! that they spell; and the organisations of the key, which the pipeline misses in lower case, wherever the text has
//! their words. So what is measured is what the reader makes of a name that print shows to be one, not whether it sees
//! one.

use std::collections::{BTreeMap, BTreeSet};

use language::{Doc, Token};

/// Words inside a name that stay small.
const SMALL: [&str; 14] = [
    "of", "the", "for", "and", "in", "de", "la", "del", "los", "las", "el", "y", "to", "a",
];

/// Words by which a body is called without being named.
const COMMON: [&str; 21] = [
    "army",
    "armed",
    "forces",
    "force",
    "air",
    "government",
    "police",
    "security",
    "military",
    "navy",
    "troops",
    "soldiers",
    "guerrillas",
    "guerrilla",
    "rebels",
    "state",
    "the",
    "regime",
    "group",
    "organization",
    "paramilitary",
];

/// Whether the key's string for an organisation is a name.
pub fn is_named(words: &str) -> bool {
    words.split(' ').any(|word| !COMMON.contains(&word))
}

/// Whether a name is an acronym: one word of up to five letters and figures, or one that another name of the entity
/// spells.
fn is_acronym(name: &str) -> bool {
    name.len() <= 5 && !name.contains(' ')
}

/// The text of the doc with capitals put back; the same bytes otherwise. `names` are the key's organisations.
pub fn recase(doc: &Doc, names: &[&str]) -> String {
    let mut text = doc.text().as_bytes().to_vec();
    let mut capital: Vec<bool> = doc.tokens().map(is_name).collect();
    // A word that is mostly tagged as a name is one everywhere.
    let mut seen: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for token in doc.tokens() {
        let slot = seen.entry(token.text()).or_default();
        slot.0 += usize::from(capital[token.i]);
        slot.1 += 1;
    }
    for token in doc.tokens() {
        let (names, all) = seen[token.text()];
        capital[token.i] = 2 * names > all && !SMALL.contains(&token.text());
    }
    let mut shouted: BTreeSet<&str> = BTreeSet::new();
    let mut spelled: Vec<Vec<&str>> = Vec::new();
    for i in 1..doc.len().saturating_sub(1) {
        let bracket = doc.token(i - 1).text() == "(" && doc.token(i + 1).text() == ")";
        if let Some(start) = bracket.then(|| spells(doc, i)).flatten() {
            shouted.insert(doc.token(i).text());
            spelled.push((start..i - 1).map(|i| doc.token(i).text()).collect());
        }
    }
    for name in names.iter().filter(|name| is_named(name)) {
        let words: Vec<&str> = name.split([' ', '"']).filter(|w| !w.is_empty()).collect();
        match words[..] {
            [one] if is_acronym(one) => {
                shouted.insert(one);
            }
            _ => spelled.push(words),
        }
    }
    for words in &spelled {
        for start in 0..(doc.len() + 1).saturating_sub(words.len()) {
            if (0..words.len()).all(|k| doc.token(start + k).text() == words[k]) {
                for (k, word) in words.iter().enumerate() {
                    capital[start + k] = !SMALL.contains(word);
                }
            }
        }
    }
    for token in doc.tokens() {
        let bytes = token.bytes();
        if shouted.contains(token.text()) {
            text[bytes].make_ascii_uppercase();
        } else if capital[token.i] || token.i == token.sentence().start {
            text[bytes.start..bytes.start + 1].make_ascii_uppercase();
        }
    }
    String::from_utf8(text).unwrap_or_else(|_| doc.text().to_owned())
}

/// Whether tagger or recogniser take the word for part of a name.
fn is_name(token: Token<'_>) -> bool {
    let label = matches!(
        token.entity_label(),
        "PERSON" | "ORG" | "GPE" | "NORP" | "LOC" | "FAC"
    );
    let content = token.text().starts_with(|c: char| c.is_ascii_lowercase())
        && !SMALL.contains(&token.text());
    content && (matches!(token.tag(), "NNP" | "NNPS") || label)
}

/// Where the words begin whose initials spell the word at `at` in brackets; small words left out at will.
fn spells(doc: &Doc, at: usize) -> Option<usize> {
    let letters: Vec<char> = doc.token(at).text().chars().collect();
    let mut left = letters.len();
    let from = at.saturating_sub(2 * letters.len() + 2);
    for i in (from..at - 1).rev() {
        let word = doc.token(i).text();
        if word.chars().next() == letters.get(left.wrapping_sub(1)).copied() {
            left -= 1;
            if left == 0 {
                return (letters.len() > 1).then_some(i);
            }
        } else if !SMALL.contains(&word) {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use language::{Pos, TokenData};

    use super::*;

    #[test]
    fn an_acronym_gives_its_words_their_capitals() {
        let text = "the lake front of orsk (lfo) fled. lake front of orsk men";
        let mut tokens = Vec::new();
        let mut at = 0;
        for piece in [
            "the", "lake", "front", "of", "orsk", "(", "lfo", ")", "fled", ".", "lake", "front",
            "of", "orsk", "men",
        ] {
            let start = at + text[at..].find(piece).unwrap();
            at = start + piece.len();
            tokens.push(TokenData {
                start: start as u32,
                end: at as u32,
                pos: Pos::Noun,
                ..TokenData::default()
            });
        }
        let doc = Doc::new(text, tokens, Vec::new());
        assert_eq!(
            recase(&doc, &[]),
            "The Lake Front of Orsk (LFO) fled. Lake Front of Orsk men"
        );
        assert!(is_named("lake army") && !is_named("armed forces"));
        assert_eq!(
            recase(&doc, &["men", "the army"]),
            "The Lake Front of Orsk (LFO) fled. Lake Front of Orsk MEN"
        );
    }
}

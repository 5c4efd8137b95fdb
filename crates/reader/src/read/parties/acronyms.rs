//! Acronyms that the text defines: "Lake Relief Committee (LRC)", "LRC (Lake Relief Committee)".

use std::ops::Range;

use language::Doc;

use super::phrase;

/// An acronym and the tokens of what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acronym {
    /// As printed.
    pub short: String,
    /// Bytes of the acronym where it is defined.
    pub at: Range<usize>,
    /// Bytes of the words it stands for.
    pub long: Range<usize>,
}

/// Words that an acronym may leave out.
const SMALL: &[&str] = &[
    "of", "the", "for", "and", "in", "de", "la", "al", "el", "des", "du", "on", "to", "a", "at",
    "del", "y", "et", "&",
];
/// No acronym in use is longer.
const LONGEST: usize = 12;

/// Finds the acronyms that stand in brackets after, or before, what they stand for, in order.
pub fn find(doc: &Doc) -> Vec<Acronym> {
    let text = doc.text();
    let mut out = Vec::new();
    for (open, _) in text.match_indices('(') {
        let inner_at = open + 1;
        let Some(len) = text[inner_at..]
            .char_indices()
            .take(100)
            .find(|(_, c)| matches!(c, ')' | '(' | '\n'))
            .and_then(|(len, c)| (c == ')').then_some(len))
        else {
            continue;
        };
        let inner = &text[inner_at..inner_at + len];
        if is_short(inner) {
            if let Some(start) = long_before(text, open, inner) {
                out.push(Acronym {
                    short: inner.to_owned(),
                    at: inner_at..inner_at + len,
                    long: start..text[..open].trim_end().len(),
                });
            }
        } else if let Some(start) = word_before(text, open)
            && is_short(text[start..open].trim_end())
            && let short = text[start..open].trim_end()
            && spells(&words(inner, inner_at), short, text) == Some(inner_at)
        {
            out.push(Acronym {
                short: short.to_owned(),
                at: start..start + short.len(),
                long: inner_at..inner_at + len,
            });
        }
    }
    out
}

/// Whether it looks like an acronym: 2–12 letters, figures, hyphens or points, at least two capitals and starting with one.
fn is_short(text: &str) -> bool {
    let n = text.chars().count();
    (2..=LONGEST).contains(&n)
        && text.chars().next().is_some_and(char::is_uppercase)
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '&' | '/'))
        && text.chars().filter(|c| c.is_uppercase()).count() >= 2
}

fn word_before(text: &str, end: usize) -> Option<usize> {
    let trimmed = text[..end].trim_end_matches([' ', '\u{a0}']);
    let start = trimmed
        .char_indices()
        .rev()
        .take(20)
        .take_while(|(_, c)| !c.is_whitespace())
        .last()?
        .0;
    Some(start)
}

/// Words with their start byte; hyphens divide words.
fn words(text: &str, at: usize) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || matches!(c, '’' | '\'' | '&' | '.');
        match (start, inside) {
            (None, true) => start = Some(i),
            (Some(from), false) => {
                out.push((at + from, &text[from..i]));
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// The start byte of the words before `open` whose initials spell `short`; else of the capitalised words right before it.
fn long_before(text: &str, open: usize, short: &str) -> Option<usize> {
    let before = &text[..open];
    let line = before
        .rfind(['\n', '(', ')', ';', '“', '"'])
        .map_or(0, |at| {
            at + before[at..].chars().next().map_or(1, char::len_utf8)
        });
    let from = before
        .char_indices()
        .rev()
        .take(140)
        .last()
        .map_or(open, |(at, _)| at)
        .max(line);
    let all = words(&text[from..open], from);
    if let Some(start) = spells(&all, short, text) {
        return Some(start);
    }
    // Not spelt out ("Doctors Without Borders (MSF)"): the run of capitalised words.
    let mut start = None;
    for &(at, word) in all.iter().rev() {
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        if capital {
            start = Some(at);
        } else if !SMALL.contains(&word) || start.is_none() {
            break;
        }
    }
    let first = start?;
    let count = all.iter().filter(|(at, _)| *at >= first).count();
    (count >= 2).then_some(first)
}

/// The start byte of the shortest run at the end of `words` whose initials spell `short`, small words left out at will.
fn spells(words: &[(usize, &str)], short: &str, _text: &str) -> Option<usize> {
    let letters: Vec<char> = short
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    // A lower-case "s" at the end is a plural.
    let letters = match letters.split_last() {
        Some(('s', rest)) if short.ends_with('s') => rest,
        _ => &letters[..],
    };
    let mut left = letters.len();
    for &(at, word) in words.iter().rev().take(letters.len() + 5) {
        let initial = word.chars().next().and_then(|c| c.to_lowercase().next())?;
        if left > 0 && letters[left - 1] == initial {
            left -= 1;
            if left == 0 {
                let capital = word.chars().next().is_some_and(char::is_uppercase);
                return capital.then_some(at);
            }
        } else if !SMALL.contains(&word) {
            return None;
        }
    }
    None
}

/// Whether the initials of `name`'s capitalised words spell `short`.
pub fn initials_spell(name: &str, short: &str) -> bool {
    if !phrase::is_acronym(short) || short.chars().count() < 2 {
        return false;
    }
    let all = words(name, 0);
    all.len() >= 2 && spells(&all, short, name) == all.first().map(|&(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(&str, &str)]) {
        let doc = Doc::new(text, Vec::new(), Vec::new());
        let found: Vec<(String, &str)> = find(&doc)
            .into_iter()
            .map(|acronym| (acronym.short, &text[acronym.long]))
            .collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(s, l)| (s.as_str(), *l)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn defined_after() {
        check(
            "the Varnian Democratic Front (VDF) said",
            &[("VDF", "Varnian Democratic Front")],
        );
        check(
            "the Committee for the Relief of Orsk (CRO)",
            &[("CRO", "Committee for the Relief of Orsk")],
        );
        check(
            "the Varnian Democratic Front (VDF)-held bridge",
            &[("VDF", "Varnian Democratic Front")],
        );
    }

    #[test]
    fn defined_before() {
        check(
            "the LRC (Lake Relief Committee) said",
            &[("LRC", "Lake Relief Committee")],
        );
    }

    #[test]
    fn not_spelt_out_takes_the_capitals() {
        check(
            "aid group Helpers Without Rest (SSR) said",
            &[("SSR", "Helpers Without Rest")],
        );
    }

    #[test]
    fn a_bracket_that_defines_nothing() {
        check("the town (pictured) and a map (UTC) (", &[]);
        check("said Anna (42) of (", &[]);
    }
}

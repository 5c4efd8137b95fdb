//! Acronyms that the text defines: "Lake Relief Committee (LRC)", "LRC (Lake Relief Committee)", "the Lake Relief
//! Committee, LRC,".
//!
//! In brackets an acronym need not be spelled by the words: it may be of another tongue. Between commas it must share
//! its letters with them.

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
            if let Some(long) = long_before(text, open, inner) {
                out.push(Acronym {
                    short: inner.to_owned(),
                    at: inner_at..inner_at + len,
                    long,
                });
            }
        } else if let Some(start) = word_before(text, open)
            && is_short(text[start..open].trim_end())
            && let short = text[start..open].trim_end()
            && let inside = words(inner, inner_at)
            && (spells(&inside, short) == Some(inner_at) || is_capitalised(&inside))
        {
            out.push(Acronym {
                short: short.to_owned(),
                at: start..start + short.len(),
                long: inner_at..inner_at + len,
            });
        }
    }
    between_commas(text, &mut out);
    out.sort_by_key(|acronym| acronym.at.start);
    out
}

/// Adds "the Lake Relief Committee, LRC, said": capitalised words, and an acronym made of most of their letters.
fn between_commas(text: &str, out: &mut Vec<Acronym>) {
    for (comma, _) in text.match_indices(", ") {
        let at = comma + 2;
        let len = text[at..]
            .find(|c: char| !(c.is_alphanumeric() || c == '-'))
            .unwrap_or(text.len() - at);
        let short = &text[at..at + len];
        let ends =
            text[at + len..].starts_with([',', ')', ' ', '.', '\n']) || at + len == text.len();
        if !ends || len > LONGEST || short.chars().count() < 3 || !phrase::is_acronym(short) {
            continue;
        }
        if let Some(long) = long_before(text, comma, short)
            && let words = words(&text[long.clone()], long.start)
            && words.len() >= 3
            && shares_letters(&words, short)
        {
            out.push(Acronym {
                short: short.to_owned(),
                at: at..at + len,
                long,
            });
        }
    }
}

/// Whether at least two thirds of the letters are initials of the words, in any order: acronyms of another tongue keep
/// most of them.
fn shares_letters(words: &[(usize, &str)], short: &str) -> bool {
    let mut initials: Vec<char> = words
        .iter()
        .filter(|(_, word)| !SMALL.contains(word))
        .filter_map(|(_, word)| word.chars().next()?.to_lowercase().next())
        .collect();
    let letters: Vec<char> = short.chars().flat_map(char::to_lowercase).collect();
    let shared = letters
        .iter()
        .filter(|letter| {
            let found = initials.iter().position(|initial| initial == *letter);
            found.map(|at| initials.swap_remove(at)).is_some()
        })
        .count();
    3 * shared >= 2 * letters.len()
}

/// Whether they are two words or more of which each but the small ones has a capital: a name.
fn is_capitalised(words: &[(usize, &str)]) -> bool {
    let mut big = 0;
    for (_, word) in words {
        if word.chars().next().is_some_and(char::is_uppercase) {
            big += 1;
        } else if !SMALL.contains(word) && !word.starts_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
    }
    big >= 2
}

/// Whether it looks like an acronym: 2–12 letters, figures, hyphens or points, at least two capitals and starting with
/// one.
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

/// The words before `open` whose initials spell `short`; else the capitalised words right before it. Marks of quotation
/// and of possession at their end are no part of them.
fn long_before(text: &str, open: usize, short: &str) -> Option<Range<usize>> {
    let mut end = text[..open].trim_end().len();
    for tail in ["\"", "”", "’s", "'s"] {
        if let Some(rest) = text[..end].strip_suffix(tail) {
            end = rest.len();
        }
    }
    let before = &text[..end];
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
        .map_or(end, |(at, _)| at)
        .max(line);
    let all = words(&text[from..end], from);
    if let Some(start) = spells(&all, short) {
        return Some(start..end);
    }
    // Not spelt out ("Doctors Without Borders (MSF)"): the run of capitalised words, not over a comma.
    let mut start = None;
    for (at, word) in all.iter().rev().copied() {
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        if start.is_some_and(|next: usize| text[at..next].contains([',', ':'])) {
            break;
        }
        if capital {
            start = Some(at);
        } else if !SMALL.contains(&word) || start.is_none() {
            break;
        }
    }
    let first = start?;
    let count = all.iter().filter(|(at, _)| *at >= first).count();
    (count >= 2).then_some(first..end)
}

/// The start byte of the shortest run at the end of `words` whose initials spell `short`, small words left out at will.
fn spells(words: &[(usize, &str)], short: &str) -> Option<usize> {
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
    all.len() >= 2 && spells(&all, short) == all.first().map(|&(at, _)| at)
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
    fn defined_beside_quotation_marks_and_commas() {
        check(
            "the group “Lake People’s Army” (LPA) and the Lake Front’s (LF) radio",
            &[("LPA", "Lake People’s Army"), ("LF", "Lake Front")],
        );
        check(
            "the Orsk Liberation Front, FLO, said",
            &[("FLO", "Orsk Liberation Front")],
        );
        check("the Orsk Province Police, FBI, and others", &[]);
        check(
            "an ELO (Army of National Unity) cell",
            &[("ELO", "Army of National Unity")],
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

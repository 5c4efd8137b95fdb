//! Gun Violence Archive: each report with the participants that its words name in full.

use std::ops::Range;

use serde::Deserialize;
use serde_json::Value;

use super::item::{Entity, Item};

#[derive(Deserialize)]
struct Row {
    gold: Gold,
    reports: Vec<Report>,
}

#[derive(Deserialize)]
struct Gold {
    #[serde(default)]
    participants: Vec<Participant>,
}

#[derive(Deserialize)]
struct Participant {
    #[serde(rename = "Name", default)]
    name: String,
}

#[derive(Deserialize)]
struct Report {
    id: String,
    text: String,
}

/// Words after a name that are no last name.
const SUFFIXES: [&str; 6] = ["jr", "sr", "ii", "iii", "iv", "v"];

/// The items of a row: a report each.
pub fn items(row: Value) -> Result<Vec<Item>, String> {
    let row: Row = serde_json::from_value(row).map_err(|error| error.to_string())?;
    let mut names: Vec<(String, String)> = row
        .gold
        .participants
        .iter()
        .filter_map(|participant| first_and_last(&participant.name))
        .collect();
    // Relatives share a name: the bare last name tells nothing there.
    let lasts: Vec<String> = names.iter().map(|(_, last)| last.clone()).collect();
    names.retain(|(_, last)| lasts.iter().filter(|other| *other == last).count() == 1);
    Ok(row
        .reports
        .into_iter()
        .map(|report| {
            let words = words(&report.text);
            let entities: Vec<Entity> = names
                .iter()
                .filter_map(|(first, last)| {
                    let mentions = mentions(&report.text, &words, first, last);
                    (!mentions.is_empty()).then(|| Entity {
                        role: "participant".to_owned(),
                        mentions,
                        named: true,
                    })
                })
                .collect();
            let n = entities.len();
            let apart = (0..n)
                .flat_map(|a| (a + 1..n).map(move |b| (a, b)))
                .collect();
            Item {
                name: report.id,
                text: report.text,
                lower: false,
                entities,
                apart,
            }
        })
        .collect())
}

/// First and last word of a full name.
fn first_and_last(name: &str) -> Option<(String, String)> {
    let mut words: Vec<&str> = name
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    while words
        .last()
        .is_some_and(|last| SUFFIXES.contains(&last.to_lowercase().as_str()))
    {
        words.pop();
    }
    let (first, last) = (words.first()?, words.last()?);
    (words.len() > 1 && first.len() > 1 && last.len() > 1)
        .then(|| ((*first).to_owned(), (*last).to_owned()))
}

/// Bytes of the words of a text, marks left out.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || c == '-';
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                out.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// Where the text has the full name, and where the last name alone with no other name beside it; nothing without a full
/// one.
fn mentions(text: &str, words: &[Range<usize>], first: &str, last: &str) -> Vec<Range<usize>> {
    let word = |at: usize| &text[words[at].clone()];
    // Both words stand in one line, with nothing but a blank, a point or quotation marks between.
    let joined = |a: usize, b: usize| {
        text[words[a].end..words[b].start]
            .chars()
            .all(|c| matches!(c, ' ' | '.' | '"' | '“' | '”' | '\''))
    };
    let capital = |at: usize| word(at).starts_with(char::is_uppercase);
    let mut out = Vec::new();
    let mut full = false;
    for at in (0..words.len()).filter(|&at| word(at) == last) {
        let start = (at.saturating_sub(3)..at).rev().find(|&from| {
            word(from) == first && (from..at).all(|i| joined(i, i + 1) && capital(i))
        });
        if let Some(start) = start {
            full = true;
            out.push(words[start].start..words[at].end);
            continue;
        }
        let beside = |a: usize, b: usize, other: usize| joined(a, b) && capital(other);
        let before = at > 0 && beside(at - 1, at, at - 1);
        let after = at + 1 < words.len() && beside(at, at + 1, at + 1);
        if !before && !after {
            out.push(words[at].clone());
        }
    }
    if full { out } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_name_and_the_last_name_alone() {
        let row = serde_json::json!({
            "gold": {"participants": [
                {"Name": " Teo Q Brand Jr"}, {"Name": " Ana Vell"}, {"Name": " Ida Vell"}, {"Name": "Bo"},
            ]},
            "reports": [{"id": "r", "text": "Teo Brand was shot. Police said Brand lived on Brand Street. Ana Vell \
             fled from Mr. Brand."}],
        });
        let items = items(row).unwrap();
        assert_eq!(items.len(), 1);
        let item = &items[0];
        assert_eq!(item.entities.len(), 1, "relatives are left out");
        let words: Vec<&str> = item.entities[0]
            .mentions
            .iter()
            .map(|range| &item.text[range.clone()])
            .collect();
        assert_eq!(words, ["Teo Brand", "Brand"]);
    }
}

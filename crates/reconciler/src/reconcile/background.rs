//! What went before: two dates for the same past happening.

use std::collections::BTreeSet;

use model::{RelationKind, Value};

use super::counts::Found;
use crate::ledger::{Entry, Ledger};
use crate::link::words;

/// Kinds of past happenings and the word stems that tell them. Two statements compare only when they share a kind. A list.
const KINDS: &[(&str, &[&str])] = &[
    (
        "defeat",
        &[
            "defeat", "drove", "driven", "drive", "oust", "expel", "rout", "lost", "loss", "fall",
            "fell", "collaps", "dislodg", "liberat", "vanquish", "eliminat",
        ],
    ),
    (
        "seizure",
        &[
            "seiz", "captur", "overran", "overrun", "conquer", "took", "takeover", "annex",
        ],
    ),
    (
        "start",
        &[
            "began", "begin", "begun", "erupt", "outbreak", "start", "broke",
        ],
    ),
    (
        "founding",
        &["found", "establish", "creat", "form", "proclaim", "declar"],
    ),
    (
        "truce",
        &[
            "ceasefire",
            "truce",
            "armistice",
            "peace",
            "accord",
            "treaty",
        ],
    ),
    (
        "killing",
        &["kill", "massacr", "assassinat", "murder", "bomb", "attack"],
    ),
    (
        "invasion",
        &["invad", "invasion", "offensiv", "incursion", "interven"],
    ),
    ("withdrawal", &["withdr", "retreat", "pull"]),
    (
        "arrest",
        &["arrest", "detain", "jail", "imprison", "sentenc"],
    ),
    ("election", &["elect", "coup", "inaugurat"]),
];

/// Words too common to show that two statements speak of one thing.
const COMMON: &[&str] = &[
    "about",
    "after",
    "against",
    "before",
    "between",
    "country",
    "during",
    "eventually",
    "finally",
    "first",
    "former",
    "from",
    "group",
    "groups",
    "have",
    "into",
    "last",
    "later",
    "more",
    "most",
    "north",
    "northern",
    "over",
    "people",
    "region",
    "since",
    "south",
    "southern",
    "state",
    "that",
    "their",
    "them",
    "then",
    "there",
    "they",
    "this",
    "until",
    "were",
    "when",
    "which",
    "while",
    "with",
    "year",
    "years",
    "east",
    "eastern",
    "west",
    "western",
    "forces",
    "government",
    "military",
];

/// What a statement on the past shows: its one year, its kinds and its content words.
struct Past {
    year: u16,
    kinds: BTreeSet<&'static str>,
    /// Words in lower case that are none of the kinds' own.
    content: BTreeSet<String>,
    /// Names of places and things, no parties: the same force takes many towns.
    names: BTreeSet<String>,
}

/// Reads one year, the kinds and the content words out of a claim; `None` unless it names exactly one year.
fn past(ledger: &Ledger<'_>, entry: &Entry<'_>) -> Option<Past> {
    let mut all = words::fold(entry.words());
    if let Value::Words { words: said } = &entry.claim.value {
        all.extend(words::fold(said));
    }
    if let Value::When(when) = &entry.claim.value {
        all.push(when.date().year().to_string());
    }
    let years: BTreeSet<u16> = all
        .iter()
        .filter(|word| word.len() == 4)
        .filter_map(|word| word.parse().ok())
        .filter(|year| (1900..2100).contains(year))
        .collect();
    let mut kinds = BTreeSet::new();
    let mut content = BTreeSet::new();
    let proper: BTreeSet<String> = entry
        .words()
        .split_whitespace()
        .filter(|word| {
            word.chars()
                .find(|c| c.is_alphanumeric())
                .is_some_and(char::is_uppercase)
        })
        .flat_map(words::fold)
        .collect();
    for word in &all {
        if COMMON.contains(&word.as_str()) {
            continue;
        }
        let of: Vec<&str> = KINDS
            .iter()
            .filter(|(_, stems)| stems.iter().any(|stem| word.starts_with(stem)))
            .map(|(kind, _)| *kind)
            .collect();
        let long = word.chars().count() >= 5 && !word.chars().all(|c| c.is_ascii_digit());
        if of.is_empty() && long && !proper.contains(word) {
            content.insert(word.clone());
        }
        kinds.extend(of);
    }
    let names = proper
        .into_iter()
        .filter(|word| word.chars().count() >= 4 && !ledger.names.is_part(word))
        .collect();
    (years.len() == 1).then(|| Past {
        year: years.into_iter().next().unwrap_or_default(),
        kinds,
        content,
        names,
    })
}

/// Relates two statements on the past: a contradiction when they tell one happening, by its kind and a shared word, and give two
/// years for it.
pub fn relate(ledger: &Ledger<'_>, i: usize, j: usize) -> Option<Found> {
    let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
    if a.report == b.report || a.denied() || b.denied() {
        return None;
    }
    let (x, y) = (past(ledger, a)?, past(ledger, b)?);
    // Names alone show one happening only when they are the same on both sides: a force takes one town and then another.
    let elsewhere = !x.names.is_subset(&y.names) && !y.names.is_subset(&x.names);
    let mut shared: Vec<&str> = x
        .content
        .intersection(&y.content)
        .map(String::as_str)
        .collect();
    if x.names == y.names {
        shared.extend(x.names.iter().map(String::as_str));
    }
    if x.kinds.is_disjoint(&y.kinds) || shared.is_empty() || elsewhere {
        return None;
    }
    let what = shared.join(", ");
    Some(if x.year == y.year {
        Found::new(
            RelationKind::Corroborates,
            format!("both give {} (“{what}”)", x.year),
        )
    } else {
        Found::new(
            RelationKind::Contradicts,
            format!(
                "{} against {} for what both tell of (“{what}”)",
                x.year, y.year
            ),
        )
    })
}

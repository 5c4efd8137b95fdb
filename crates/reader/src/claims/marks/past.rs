//! What a statement on the background tells: one past event in one year.

use std::collections::BTreeSet;

use model::{Claim, Detail, PastKind, Value, words};

/// Kinds of past events and the word stems that tell them. Two statements compare only when they share a kind. A
/// list.
const KINDS: &[(PastKind, &[&str])] = &[
    (
        PastKind::Defeat,
        &[
            "defeat", "drove", "driven", "drive", "oust", "expel", "rout", "lost", "loss", "fall",
            "fell", "collaps", "dislodg", "liberat", "vanquish", "eliminat",
        ],
    ),
    (
        PastKind::Seizure,
        &[
            "seiz", "captur", "overran", "overrun", "conquer", "took", "takeover", "annex",
        ],
    ),
    (
        PastKind::Start,
        &[
            "began", "begin", "begun", "erupt", "outbreak", "start", "broke",
        ],
    ),
    (
        PastKind::Founding,
        &["found", "establish", "creat", "form", "proclaim", "declar"],
    ),
    (
        PastKind::Truce,
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
        PastKind::Killing,
        &["kill", "massacr", "assassinat", "murder", "bomb", "attack"],
    ),
    (
        PastKind::Invasion,
        &["invad", "invasion", "offensiv", "incursion", "interven"],
    ),
    (PastKind::Withdrawal, &["withdr", "retreat", "pull"]),
    (
        PastKind::Arrest,
        &["arrest", "detain", "jail", "imprison", "sentenc"],
    ),
    (PastKind::Election, &["elect", "coup", "inaugurat"]),
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

/// Reads one year, the kinds and the words that may show one event out of a claim; `None` unless it names exactly one
/// year.
pub fn of(claim: &Claim) -> Option<Detail> {
    let quote = claim
        .quotes
        .first()
        .map_or("", |quote| quote.exact.as_str());
    let mut all = words::fold(quote);
    if let Value::Words { words: said } = &claim.value {
        all.extend(words::fold(said));
    }
    if let Value::When(when) = &claim.value {
        all.push(when.date().year().to_string());
    }
    let years: BTreeSet<u16> = all
        .iter()
        .filter(|word| word.len() == 4)
        .filter_map(|word| word.parse().ok())
        .filter(|year| (1900..2100).contains(year))
        .collect();
    let mut years = years.into_iter();
    let (Some(year), None) = (years.next(), years.next()) else {
        return None;
    };
    let names: BTreeSet<String> = quote
        .split_whitespace()
        .filter(|word| {
            word.chars()
                .find(|c| c.is_alphanumeric())
                .is_some_and(char::is_uppercase)
        })
        .flat_map(words::fold)
        .collect();
    let mut kinds = BTreeSet::new();
    let mut content = BTreeSet::new();
    for word in all {
        if COMMON.contains(&word.as_str()) {
            continue;
        }
        let of: Vec<PastKind> = KINDS
            .iter()
            .filter(|(_, stems)| stems.iter().any(|stem| word.starts_with(stem)))
            .map(|(kind, _)| *kind)
            .collect();
        let long = word.chars().count() >= 5 && !word.chars().all(|c| c.is_ascii_digit());
        if of.is_empty() && long && !names.contains(&word) {
            content.insert(word);
        }
        kinds.extend(of);
    }
    Some(Detail::Past {
        year,
        kinds,
        content,
        names: names
            .into_iter()
            .filter(|word| word.chars().count() >= 4)
            .collect(),
    })
}

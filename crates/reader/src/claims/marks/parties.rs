//! What the words for a party say of it, and those of a claim on control.

use model::{Mark, words};

use super::people::says;

/// Words by which control is said to be whole. A list: add freely.
const COMPLETE: &[&str] = &[
    "absolute",
    "absolutely",
    "all",
    "complete",
    "completely",
    "entire",
    "entirely",
    "full",
    "fully",
    "total",
    "totally",
    "whole",
    "wholly",
];

/// Words by which control is said to be over: "held it until the evening".
const LOST: &[&str] = &["until", "briefly", "temporarily", "formerly", "previously"];

/// Words for attackers without a name.
const ATTACKERS: &[&str] = &[
    "assailants",
    "attackers",
    "fighters",
    "gunmen",
    "insurgents",
    "jihadists",
    "militants",
    "militiamen",
    "rebels",
    "terrorists",
];

/// Words for the forces of a state.
const FORCES: &[&str] = &[
    "army",
    "police",
    "troops",
    "forces",
    "soldiers",
    "government",
    "guards",
];

/// Names of parties that are nobody.
const NOBODY: &[&str] = &["nobody", "none", "no group", "no one", "no claim"];

/// Words that leave open who it was.
const UNKNOWN: &[&str] = &[
    "unknown",
    "unidentified",
    "unnamed",
    "suspected",
    "alleged",
    "unclear",
    "no",
    "not",
    "someone",
    "somebody",
];

/// Words that anybody may be called by.
const ANYBODY: &[&str] = &[
    "gunman",
    "gunmen",
    "attacker",
    "attackers",
    "assailant",
    "assailants",
    "militants",
    "jihadists",
    "terrorists",
    "bandits",
    "raiders",
    "fighters",
    "insurgents",
    "men",
    "man",
    "person",
    "people",
    "individuals",
    "group",
    "armed",
    "heavily",
    "a",
    "an",
    "the",
];

/// The marks of a claim on responsibility, by the name of the party.
pub fn of_doer(name: &str) -> Vec<Mark> {
    let folded = words::fold(name);
    let mut out = Vec::new();
    if NOBODY.contains(&folded.join(" ").as_str()) {
        out.push(Mark::Nobody);
    }
    // Words tell one doer from others where one of them is not anybody's.
    let told_apart = !folded.iter().any(|word| UNKNOWN.contains(&word.as_str()))
        && folded.iter().any(|word| !ANYBODY.contains(&word.as_str()));
    if !told_apart {
        out.push(Mark::Unnamed);
    }
    out
}

/// The marks of a claim on control, by its words and the name of the party.
pub fn of_holder(quote: &str, name: &str) -> Vec<Mark> {
    [
        (Mark::Complete, says(quote, COMPLETE)),
        (Mark::Lost, says(quote, LOST)),
        (Mark::Attackers, ATTACKERS.contains(&bare(name).as_str())),
        (Mark::Forces, says(name, FORCES)),
    ]
    .into_iter()
    .filter_map(|(mark, said)| said.then_some(mark))
    .collect()
}

/// The last word of a name; of "Northern Front fighters" the one before "fighters".
fn bare(name: &str) -> String {
    // "U.S." is one word.
    let mut all = words::fold(&name.replace('.', ""));
    let lead = all
        .iter()
        .take(all.len().saturating_sub(1))
        .take_while(|word| matches!(word.as_str(), "the" | "so" | "called"))
        .count();
    all.drain(..lead);
    while all.len() > 1
        && all.last().is_some_and(|word| {
            matches!(
                word.as_str(),
                "group" | "militants" | "fighters" | "movement"
            )
        })
    {
        all.pop();
    }
    all.pop().unwrap_or_default()
}

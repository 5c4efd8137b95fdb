//! Whether the clause around a word looks back or ahead.

use language::{Pos, Token};

/// The time a clause speaks of, as far as its verb shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// "attacked", "has attacked".
    Past,
    /// "attacks".
    Present,
    /// "will attack", "is to attack", "plans to attack".
    Future,
    /// No verb found.
    Unknown,
}

/// How many verbs up the tree are asked.
const CLIMB: usize = 12;

/// Returns the tense of the clause that token stands in.
pub fn tense(token: Token) -> Tense {
    let mut asked = 0;
    let mut found = Tense::Unknown;
    for head in std::iter::once(token)
        .chain(token.ancestors())
        .take(CLIMB * 2)
    {
        if !matches!(head.pos(), Pos::Verb | Pos::Aux) {
            // "the Tuesday meeting", "due Friday", "scheduled for Monday"
            if matches!(
                head.lower(),
                "due" | "scheduled" | "slated" | "upcoming" | "forthcoming"
            ) {
                return Tense::Future;
            }
            continue;
        }
        if matches!(
            head.lower(),
            "scheduled" | "expected" | "slated" | "due" | "planned" | "set"
        ) && head.tag() == "VBN"
        {
            return Tense::Future;
        }
        match of_verb(head) {
            Tense::Unknown => {}
            tense => {
                found = tense;
                break;
            }
        }
        asked += 1;
        if asked >= CLIMB {
            break;
        }
    }
    found
}

fn of_verb(verb: Token) -> Tense {
    let mut had_past = false;
    let mut present = false;
    for child in verb.children() {
        if !matches!(child.dep(), "aux" | "auxpass") || child.i > verb.i + 2 {
            continue;
        }
        match child.lower() {
            "will" | "'ll" | "’ll" | "shall" | "would" | "wo" | "may" | "might" | "could"
            | "should" | "must" | "can" | "'d" => {
                // "may have left" looks back.
                if !verb
                    .children()
                    .any(|aux| matches!(aux.lower(), "have" | "'ve"))
                {
                    return Tense::Future;
                }
                had_past = true;
            }
            "to" => return Tense::Future,
            "was" | "were" | "had" | "did" | "has" | "have" | "'ve" => had_past = true,
            "is" | "are" | "'s" | "am" | "'re" => present = true,
            _ => {}
        }
    }
    if had_past {
        return Tense::Past;
    }
    match verb.tag() {
        "VBD" => Tense::Past,
        "VBN" if present => Tense::Present,
        "VBN" => Tense::Past,
        "VBZ" | "VBP" => Tense::Present,
        "MD" => Tense::Future,
        "VBG" if present => Tense::Present,
        _ => Tense::Unknown,
    }
}

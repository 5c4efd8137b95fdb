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

/// Verbs and adjectives whose infinitive lies ahead.
const AHEAD: &[&str] = &[
    "expect", "plan", "schedule", "intend", "want", "agree", "hope", "vow", "promise", "pledge",
    "aim", "threaten", "prepare", "ask", "urge", "order", "go", "have", "set", "be", "due",
    "likely", "ready", "decide", "seek", "propose", "offer", "vote", "slate", "continue", "about",
    "call", "wait",
];

/// Returns the tense of the clause that token stands in.
pub fn tense(token: Token) -> Tense {
    // "Wednesday's ruling", "the Saturday rally": what is named by its day has mostly been.
    if token.dep() == "poss" {
        return Tense::Past;
    }
    if matches!(token.dep(), "compound" | "nmod" | "amod") {
        return Tense::Unknown;
    }
    if let Some(before) = token.previous()
        && matches!(before.lower(), "until" | "by")
        && !token.ancestors().take(4).any(|up| up.tag() == "VBD")
    {
        return Tense::Future;
    }
    for head in std::iter::once(token).chain(token.ancestors()).take(CLIMB) {
        if matches!(
            head.lower(),
            "due"
                | "scheduled"
                | "expected"
                | "slated"
                | "planned"
                | "upcoming"
                | "forthcoming"
                | "effective"
        ) && head.tag() != "VBD"
        {
            return Tense::Future;
        }
        if !matches!(head.pos(), Pos::Verb | Pos::Aux) {
            continue;
        }
        match of_verb(head) {
            Tense::Unknown => {}
            found => return found,
        }
    }
    Tense::Unknown
}

fn of_verb(verb: Token) -> Tense {
    let (mut past, mut present) = (false, false);
    for child in verb.children().take_while(|child| child.i <= verb.i + 2) {
        if !matches!(child.dep(), "aux" | "auxpass") {
            continue;
        }
        match child.lower() {
            // "may have left" looks back; "could be located" may do either.
            "will" | "'ll" | "’ll" | "shall" | "would" | "wo" | "may" | "might" | "should"
            | "must" | "'d" => {
                if !verb
                    .children()
                    .any(|aux| matches!(aux.lower(), "have" | "'ve" | "’ve"))
                {
                    return Tense::Future;
                }
                past = true;
            }
            "can" | "could" => return Tense::Unknown,
            "to" => {
                let ahead = !verb.is_root()
                    && (AHEAD.contains(&verb.head().lemma()) && verb.head().tag() != "NN");
                return if ahead { Tense::Future } else { Tense::Unknown };
            }
            "was" | "were" | "had" | "did" | "has" | "have" | "'ve" | "’ve" => past = true,
            "is" | "are" | "'s" | "am" | "'re" | "’re" => present = true,
            _ => {}
        }
    }
    match verb.tag() {
        _ if past => Tense::Past,
        "VBD" => Tense::Past,
        "VBN" if present => Tense::Present,
        "VBN" => Tense::Past,
        "VBZ" | "VBP" => Tense::Present,
        "VBG" if present => Tense::Present,
        _ => Tense::Unknown,
    }
}

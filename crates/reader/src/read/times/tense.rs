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
    "aim", "threaten", "prepare", "ask", "urge", "go", "have", "set", "due", "likely", "ready",
    "decide", "seek", "propose", "offer", "slate", "about", "wait",
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
        && lies_ahead(token, before)
    {
        return Tense::Future;
    }
    // "a cutback in September" says less of the time than "was cut in September".
    let nominal = token
        .ancestors()
        .find(|up| up.pos() != Pos::Adp)
        .is_some_and(|up| matches!(up.pos(), Pos::Noun | Pos::Propn) && up.i < token.i);
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
            Tense::Past if nominal => return Tense::Unknown,
            found => return found,
        }
    }
    Tense::Unknown
}

/// "by Friday", "postponed until Tuesday", "as soon as Monday": words that put a date ahead whatever the verb's tense.
fn lies_ahead(token: Token, before: Token) -> bool {
    const PUT_OFF: &[&str] = &[
        "postpone", "delay", "extend", "adjourn", "defer", "give", "suspend", "expire", "have",
        "set", "schedule", "remain",
    ];
    match before.lower() {
        "as" => before
            .previous()
            .is_some_and(|word| matches!(word.lower(), "soon" | "early" | "late")),
        "by" | "until" => token
            .ancestors()
            .take(4)
            .find(|up| matches!(up.pos(), Pos::Verb | Pos::Aux))
            .is_none_or(|verb| {
                verb.tag() != "VBD" && verb.tag() != "VBN"
                    || (before.lower() == "until" && PUT_OFF.contains(&verb.lemma()))
            }),
        _ => false,
    }
}

fn of_verb(verb: Token) -> Tense {
    let (mut past, mut present) = (false, false);
    for child in verb.children().take_while(|child| child.i <= verb.i + 2) {
        if !matches!(child.dep(), "aux" | "auxpass") {
            continue;
        }
        match child.lower() {
            // "a man who'd broken in" had done so.
            "'d" | "’d" if verb.tag() == "VBN" => past = true,
            // "may have left" looks back; "could be located" may do either.
            "will" | "'ll" | "’ll" | "shall" | "would" | "wo" | "may" | "might" | "should"
            | "must" | "'d" | "’d" => {
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
                    && (AHEAD.contains(&verb.head().lemma())
                        || matches!(verb.head().lower(), "is" | "are")
                            && verb.head().tag() != "NN");
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

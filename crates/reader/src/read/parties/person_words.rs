//! Words that may be part of a personal name, titles before one, and nouns of persons with a role.

use language::{Pos, Token};

use super::{
    lexicon::{Class, lexicon},
    phrase,
};

/// Titles that come before a name, in lower case without a point.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "sir",
    "dame",
    "lord",
    "lady",
    "gen",
    "general",
    "lt",
    "col",
    "colonel",
    "maj",
    "major",
    "capt",
    "captain",
    "sgt",
    "cpl",
    "cmdr",
    "adm",
    "brig",
    "brigadier",
    "sen",
    "rep",
    "gov",
    "rev",
    "fr",
    "sheikh",
    "sheriff",
    "det",
    "insp",
    "supt",
    "pc",
    "judge",
    "justice",
    "hon",
    "president",
    "minister",
    "prince",
    "princess",
    "king",
    "queen",
    "pope",
    "imam",
    "ayatollah",
    "mullah",
    "sister",
    "father",
    "brother",
    "chief",
    "officer",
    "deputy",
    "mayor",
];

/// Whether the token may be part of a personal name: a capitalised word, or a particle between two.
pub fn is_name_word(token: Token<'_>) -> bool {
    phrase::is_capital(token)
        && token
            .text()
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\'' | '.'))
        && !matches!(
            token.pos(),
            Pos::Pron | Pos::Det | Pos::Adp | Pos::Sconj | Pos::Cconj | Pos::Aux
        )
}

/// Whether the token is a title before a name.
pub fn is_title(token: Token<'_>) -> bool {
    phrase::is_capital(token) && TITLES.contains(&token.lower().trim_end_matches('.'))
}

/// Whether the token is a noun for a person with a role.
pub fn is_role(token: Token<'_>) -> bool {
    if !matches!(token.pos(), Pos::Noun | Pos::Propn) {
        return false;
    }
    let lower = token.lower();
    lexicon()
        .noun(lower)
        .or_else(|| singular(lower).and_then(|one| lexicon().noun(&one)))
        .is_some_and(|noun| noun.class == Class::Person)
}

/// What the title right before a name says.
pub fn title_gender(doc: &language::Doc, start: usize) -> Option<bool> {
    let word = doc
        .token(start.checked_sub(1)?)
        .lower()
        .trim_end_matches('.')
        .to_owned();
    match word.as_str() {
        "mr" | "sir" | "lord" | "prince" | "king" | "pope" | "father" | "brother" => Some(false),
        "mrs" | "ms" | "miss" | "dame" | "lady" | "princess" | "queen" | "sister" => Some(true),
        _ => None,
    }
}

/// Whether a role word says man or woman.
pub fn role_gender(word: &str) -> Option<bool> {
    if word.ends_with("woman")
        || matches!(
            word,
            "mother" | "sister" | "wife" | "daughter" | "aunt" | "widow" | "grandmother"
        )
    {
        Some(true)
    } else if (word.ends_with("man") && word != "human")
        || matches!(
            word,
            "father" | "brother" | "husband" | "son" | "uncle" | "grandfather"
        )
    {
        Some(false)
    } else {
        None
    }
}

/// The singular of a plural in "-s" or "-ies".
pub fn singular(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    word.strip_suffix('s')
        .filter(|s| !s.ends_with('s'))
        .map(str::to_owned)
}

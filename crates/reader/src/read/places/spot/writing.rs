//! How words are written: capitals, articles in lower case, ages, runs of capitalised words.

use language::{Doc, Token};

use crate::read::places::words::CAPITALS_ONLY;

/// Whether the token starts with a capital, or with a letter of a script that has none.
pub(in crate::read::places) fn capital(token: Token<'_>) -> bool {
    token
        .text()
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
        || token
            .text()
            .strip_prefix("al-")
            .or(token.text().strip_prefix("el-"))
            .is_some_and(|rest| rest.chars().next().is_some_and(char::is_uppercase))
}

pub(super) fn lower_article(doc: &Doc, i: usize) -> bool {
    matches!(
        doc.token(i).text(),
        "al" | "el" | "ad" | "ar" | "as" | "ash" | "an"
    ) && i + 2 < doc.len()
        && doc.token(i + 1).text() == "-"
        && capital(doc.token(i + 2))
}

/// Whether the case of the words suits the name: acronyms in capitals, and no short acronym for a town.
pub(super) fn fits_case(text: &str, name: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let lower = text.chars().any(char::is_lowercase);
    if CAPITALS_ONLY.contains(name) {
        return !lower || text.ends_with('.');
    }
    // "WHO", "ISIS", "SARS": a short word in capitals is an acronym unless it is a country's.
    lower || letters > 4 || !text.is_ascii() || text.contains('.') || name.len() <= 2
}

/// Whether the qualifier at token `i` is the end of an age: "33-year-old".
pub(in crate::read::places) fn aged(doc: &Doc, i: usize) -> bool {
    doc.token(i).lower() == "old"
        && i > 0
        && matches!(doc.token(i - 1).text(), "-" | "year" | "years" | "–")
}

/// One past the run of capitalised words from token `i`; `i` itself when there is none.
pub(in crate::read::places) fn run_end(doc: &Doc, i: usize) -> usize {
    let mut end = i;
    let mut at = i;
    while at < doc.len() && at < i + 8 {
        let token = doc.token(at);
        if token.is_space() || token.is_punct() && token.text() != "&" {
            break;
        }
        if capital(token) {
            end = at + 1;
        } else if !matches!(
            token.lower(),
            "of" | "the" | "and" | "&" | "for" | "'s" | "’s"
        ) || at == i
        {
            break;
        }
        at += 1;
        if at < doc.len()
            && doc.text()[doc.token(at - 1).bytes().end..doc.token(at).bytes().start].contains('\n')
        {
            break;
        }
    }
    end
}

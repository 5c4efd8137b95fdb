//! The word for the kind of place beside a name: "X province", "the city of X".

use language::Doc;

use super::{
    kinds::{Hint, Spot},
    writing::capital,
};
use crate::read::places::words::{CITY_WORDS, DISTRICT_WORDS, REGION_WORDS};

/// Reads the word for the kind of place beside the name.
pub(in crate::read::places) fn hint(doc: &Doc, spot: &mut Spot) {
    if let Some(token) = (spot.tokens.end < doc.len()).then(|| doc.token(spot.tokens.end)) {
        let word = token.lower();
        let lower_case = !capital(token);
        if REGION_WORDS.contains(word) && (lower_case || !matches!(word, "state" | "republic")) {
            spot.hint = Hint::Region;
        } else if DISTRICT_WORDS.contains(word) || token.text() == "Co." {
            spot.hint = Hint::District;
        } else if CITY_WORDS.contains(word) && lower_case {
            spot.hint = Hint::City;
        }
        if matches!(spot.hint, Hint::Region | Hint::District)
            || spot.hint == Hint::City && word == "city"
        {
            spot.whole.end += 1;
        }
    }
    if spot.hint == Hint::None
        && let Some(hint) = shared(doc, spot.tokens.end)
    {
        spot.hint = hint;
    }
    if spot.hint == Hint::None
        && spot.tokens.start >= 2
        && doc.token(spot.tokens.start - 1).lower() == "of"
    {
        let word = doc.token(spot.tokens.start - 2).lower();
        spot.hint = if REGION_WORDS.contains(word) {
            Hint::Region
        } else if CITY_WORDS.contains(word) {
            Hint::City
        } else if DISTRICT_WORDS.contains(word) {
            Hint::District
        } else {
            Hint::None
        };
    }
}

/// What kind the word at the end of a list gives to each name in it: "Hasnak, Orrin and Velisk counties".
fn shared(doc: &Doc, from: usize) -> Option<Hint> {
    let mut linked = false;
    for i in from..doc.len().min(from + 16) {
        let token = doc.token(i);
        match token.lower() {
            "," | "and" | "or" | "&" => linked = true,
            "counties" | "parishes" | "districts" | "boroughs" | "municipalities" if linked => {
                return Some(Hint::District);
            }
            "provinces" | "governorates" | "regions" | "states" if linked => {
                return Some(Hint::Region);
            }
            "cities" | "towns" | "villages" if linked => return Some(Hint::City),
            _ if capital(token) && !token.is_space() => {}
            _ => return None,
        }
    }
    None
}

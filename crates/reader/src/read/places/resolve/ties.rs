//! Which name the text puts in which: "X in Y", "X, Y", "the Y city of X".

use language::Doc;

use super::within::lies_in;
use crate::read::places::{
    gazetteer::{Gazetteer, NameKind, RecordKind},
    spot::{Spot, Use, containers},
    words::{CITY_WORDS, DISTRICT_WORDS, QUALIFIERS, REGION_WORDS},
};

/// How strongly the text puts one spot inside another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tie {
    /// "X in Y", "the Y city of X".
    Loose,
    /// "X, Y".
    Firm,
}

/// For each spot the spot it is put in.
pub(super) fn ties(doc: &Doc, gazetteer: &Gazetteer, spots: &[Spot]) -> Vec<Option<(usize, Tie)>> {
    let follows = containers(doc, spots);
    let mut out: Vec<Option<(usize, Tie)>> = vec![None; spots.len()];
    let possible = |inner: usize, holder: usize| {
        spots[inner].hits.iter().any(|a| {
            spots[holder]
                .hits
                .iter()
                .any(|b| a.1 != NameKind::People && lies_in(gazetteer, a.0, b.0))
        })
    };
    for i in 0..spots.len() {
        if spots[i].used == Use::People {
            // "the Harnoki city of Darmuk", "Harnok's Darmuk".
            if let Some(next) = spots.get(i + 1) {
                let between: Vec<&str> = (spots[i].whole.end..next.tokens.start)
                    .map(|t| doc.token(t).lower())
                    .collect();
                if between.len() <= 5
                    && between.last() == Some(&"of")
                    && between.iter().any(|word| is_kind_word(word))
                    && possible(i + 1, i)
                {
                    out[i + 1].get_or_insert((i, Tie::Loose));
                }
            }
            continue;
        }
        if let Some(holder) = follows[i] {
            if possible(i, holder) {
                out[i] = Some((holder, Tie::Firm));
            }
            continue;
        }
        let Some(next) = spots.get(i + 1).filter(|next| next.used != Use::People) else {
            continue;
        };
        let between: Vec<&str> = (spots[i].whole.end..next.tokens.start)
            .map(|t| doc.token(t).lower())
            .collect();
        if between.is_empty() {
            // "Paris Texas".
            if next.hits.iter().any(|hit| {
                gazetteer
                    .record(hit.0)
                    .is_some_and(|r| r.kind <= RecordKind::Region)
            }) && possible(i, i + 1)
            {
                out[i] = Some((i + 1, Tie::Firm));
            }
            continue;
        }
        if between.len() > 9 || between.contains(&".") {
            continue;
        }
        let plain = between.iter().all(|word| {
            matches!(*word, "in" | "the" | "of") || QUALIFIERS.contains(word) || is_kind_word(word)
        });
        let described = between[0] == ","
            && between.iter().any(|word| is_kind_word(word))
            && between.iter().any(|word| matches!(*word, "in" | "of"));
        let possessive = matches!(between[..], ["'s"] | ["’s"] | ["'"] | ["’"]);
        if possessive && possible(i + 1, i) {
            out[i + 1].get_or_insert((i, Tie::Loose));
        } else if (plain && between.contains(&"in") || described) && possible(i, i + 1) {
            out[i] = Some((i + 1, Tie::Loose));
        } else if plain && between.contains(&"of") && possible(i + 1, i) {
            // "Harnok province of Darmuk" is rare; "Ohio city of Springfield" is not.
            out[i + 1].get_or_insert((i, Tie::Loose));
        }
    }
    out
}

fn is_kind_word(word: &str) -> bool {
    CITY_WORDS.contains(word)
        || REGION_WORDS.contains(word)
        || DISTRICT_WORDS.contains(word)
        || matches!(word, "suburb" | "neighborhood" | "neighbourhood" | "area")
}

//! Whether a claim has a gold claim's value.
//!
//! Gold values are a reader's words ("200 or more", "about 640", "car bomb"), so they are compared by what they mean:
//! - counts: the interval is the same, or the stated number and the bound are; vague words ("several", "hundreds") must
//!   be the same word, or have the same interval;
//! - times: the same calendar day, month and day, or year, as far as the gold has it;
//! - places: at least half of the gold's words are among the claim's names, site, holders and words;
//! - means: a word is shared, and the number where the gold has one (one is not asked for);
//! - all else: a word is shared with the value, its code, its words or names, or they are a name and its acronym.
//!
//! A gold claim without a value asks for nothing here.

use model::{Bound, Claim, Count, Value};

use super::GoldClaim;
use crate::words::{acronym_of, covered, fold, share_a_word, words};

/// Whether `claim` has the value of `gold`.
pub fn right(gold: &GoldClaim, claim: &Claim) -> bool {
    let Some(wanted) = &gold.value else {
        return true;
    };
    match &claim.value {
        Value::Count(count) => count_right(wanted, count),
        Value::When(when) => date_right(wanted, &when.date().to_string()),
        Value::Place(place) => {
            let mut said = format!("{} {}", place.name, place.words);
            for part in place.site.iter().chain(&place.parts) {
                said.push(' ');
                said.push_str(part);
            }
            covered(wanted, &said) >= 0.5
        }
        Value::Thing { code, words, count } => {
            let said = format!("{} {words}", code.replace('_', " "));
            let number = match (gold.count, count) {
                (None | Some(1), _) => count
                    .as_ref()
                    .is_none_or(|count| gold.count.is_none() || count.low == 1),
                (Some(n), Some(count)) => count.low == n && count.high == Some(n),
                (Some(_), None) => false,
            };
            number && share_a_word(wanted, &said)
        }
        Value::Party(party) => std::iter::once(&party.name)
            .chain(&party.aliases)
            .any(|name| share_a_word(wanted, name) || acronym_of(wanted, name)),
        Value::Kind { code, words } | Value::Act { code, words } => {
            share_a_word(wanted, &format!("{} {words}", code.replace('_', " ")))
        }
        Value::Words { words } => share_a_word(wanted, &format!("{words} {}", claim.quote().exact)),
    }
}

fn date_right(wanted: &str, said: &str) -> bool {
    // "2022-01-20" or "2019" from the front, "03-08" from the back.
    said.starts_with(wanted) || (wanted.len() == 5 && said.ends_with(wanted))
}

fn count_right(wanted: &str, said: &Count) -> bool {
    match gold_count(wanted) {
        Some(gold) => {
            (gold.low, gold.high) == (said.low, said.high)
                || (gold.stated.is_some() && gold.stated == said.stated && gold.bound == said.bound)
        }
        None => {
            let said = words(&said.words);
            words(wanted).iter().any(|word| said.contains(word))
        }
    }
}

/// Reads a gold count: `200 or more`, `more than 210`, `about 640`, `at most 40`, `21 to 25`, `23`. `None` for vague
/// words.
pub fn gold_count(text: &str) -> Option<Count> {
    let folded = fold(text);
    let numbers: Vec<u64> = words(&folded.replace(',', ""))
        .iter()
        .filter_map(|word| word.parse().ok())
        .collect();
    let &n = numbers.first()?;
    if let &[low, high, ..] = numbers.as_slice() {
        return Some(Count::range(low, Some(high), Bound::Between, text));
    }
    let bound = if folded.contains("or more") || folded.contains("at least") {
        Bound::AtLeast
    } else if folded.contains("more than") || folded.contains("over ") {
        Bound::MoreThan
    } else if folded.contains("about") || folded.contains("some ") {
        Bound::About
    } else if folded.contains("at most") || folded.contains("up to") {
        Bound::AtMost
    } else if folded.contains("fewer than") || folded.contains("less than") {
        Bound::FewerThan
    } else {
        Bound::Exact
    };
    Some(Count::said(n, bound, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_compared_by_interval_or_by_number_and_bound() {
        let said = |n, bound, words: &str| Count::said(n, bound, words);
        assert!(count_right(
            "200 or more",
            &said(200, Bound::AtLeast, "at least 200")
        ));
        assert!(!count_right("200 or more", &said(200, Bound::Exact, "200")));
        assert!(!count_right(
            "more than 210",
            &said(210, Bound::AtLeast, "at least 210")
        ));
        assert!(count_right(
            "about 640",
            &said(640, Bound::About, "some 640")
        ));
        assert!(count_right(
            "21 to 25",
            &Count::range(21, Some(25), Bound::Between, "between 21 and 25")
        ));
        assert!(count_right("4", &said(4, Bound::Exact, "four")));
        assert!(!count_right("4", &said(5, Bound::Exact, "five")));
    }

    #[test]
    fn vague_counts_by_their_word() {
        let several = Count::range(2, Some(9), Bound::Vague, "several");
        assert!(count_right("several", &several));
        assert!(!count_right("hundreds", &several));
    }

    #[test]
    fn dates_as_far_as_the_gold_has_them() {
        assert!(date_right("2022-01-20", "2022-01-20"));
        assert!(date_right("03-08", "2023-03-08"));
        assert!(date_right("2019", "2019-01-01"));
        assert!(!date_right("2022-01-20", "2022-01-21"));
    }
}

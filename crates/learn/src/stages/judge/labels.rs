//! What a careful reader says of each candidate of a report.

use std::collections::BTreeMap;

use model::Bound;
use reader::claims::judge::{self, Candidate, Form, SLOTS, STANCES};
use serde_json::Value;

/// What a careful reader says of a candidate.
pub struct Label {
    /// Class of the slot, from 1.
    pub class: usize,
    /// Whether, or which: `None` where nobody says.
    pub background: bool,
    /// Whether it is the report's own figure; `None` where nobody says.
    pub own: Option<bool>,
    /// Whether, or which: `None` where nobody says.
    pub whole: Option<bool>,
    /// Whether, or which: `None` where nobody says.
    pub stance: Option<usize>,
}

/// The class of a gold claim's slot; `None` for one that counts nobody.
pub fn class(claim: &Value) -> Option<usize> {
    let slot = claim["slot"].as_str()?;
    SLOTS
        .iter()
        .position(|known| known.name() == slot)
        .map(|at| at + 1)
}

/// Which candidate carries which gold claim.
pub fn label(
    body: &str,
    sample: &judge::Sample,
    gold: &[&Value],
    tolls: &Value,
) -> BTreeMap<usize, Label> {
    let mut out = BTreeMap::new();
    for claim in gold {
        let quote = claim["quote"].as_str().unwrap_or_default();
        let mut best = None;
        for (from, _) in body.match_indices(quote) {
            let quoted = from..from + quote.len();
            for (at, one) in sample.candidates.iter().enumerate() {
                let words = &sample.at[at].0;
                let inside = words.start + 12 >= quoted.start && words.end <= quoted.end + 12;
                let touches = words.start < quoted.end && words.end > quoted.start;
                let fit = fits(claim, one, &body[words.clone()]);
                if fit == 0 || !inside || !touches || out.contains_key(&at) {
                    continue;
                }
                let rank = match one.form {
                    Form::Number => 2,
                    Form::Person => 1,
                    Form::Phrase => 0,
                };
                let key = (fit, rank, std::cmp::Reverse(words.start));
                if best.as_ref().is_none_or(|(known, _)| key > *known) {
                    best = Some((key, at));
                }
            }
            if best.is_some() {
                break;
            }
        }
        let Some((_, at)) = best else { continue };
        let background = claim["account"] == "background";
        let scope = claim["scope"].as_str().unwrap_or("all");
        let slot = claim["slot"].as_str().unwrap_or_default();
        let own = matches!(slot, "killed" | "injured").then(|| {
            !background
                && EVERYBODY.contains(&scope)
                && is_toll(&tolls[slot], &sample.candidates[at])
        });
        let stance = claim["stance"].as_str().unwrap_or("asserted");
        out.insert(
            at,
            Label {
                class: class(claim).unwrap_or(0),
                background,
                own,
                whole: Some(scope == "all"),
                stance: STANCES.iter().position(|known| {
                    serde_json::to_value(known).is_ok_and(|known| known == stance)
                }),
            },
        );
    }
    out
}

/// Scopes of the figure for everybody.
const EVERYBODY: &[&str] = &[
    "all",
    "victims",
    "people",
    "civilians",
    "passengers",
    "worshippers",
    "villagers",
    "dead",
    "injured",
];

fn is_toll(toll: &Value, one: &Candidate) -> bool {
    if toll.is_null() {
        return false;
    }
    let n = one.count.stated.unwrap_or(one.count.low);
    match toll["stated"].as_u64() {
        Some(stated) => n == stated,
        None => {
            toll["low"].as_u64().unwrap_or(0) <= n
                && toll["high"].as_u64().is_none_or(|high| n <= high)
        }
    }
}

/// How well a candidate carries the value of a gold claim: 0 not, 1 by a plural without a number, 2 by its number or
/// its vague word.
fn fits(claim: &Value, one: &Candidate, words: &str) -> u8 {
    let value = claim["value"]
        .as_str()
        .unwrap_or_default()
        .to_lowercase()
        .replace(',', "");
    let numbers: Vec<u64> = value
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect();
    let count = &one.count;
    match numbers[..] {
        [] => {
            let said = |text: &str| -> Vec<String> {
                text.split(|c: char| !c.is_ascii_alphabetic())
                    .filter(|part| part.len() > 1)
                    .map(str::to_lowercase)
                    .collect()
            };
            let wanted = said(&value);
            if one.form == Form::Number {
                return if said(words).iter().any(|word| wanted.contains(word)) {
                    2
                } else {
                    0
                };
            }
            u8::from(count.low == 2 && count.high.is_none())
        }
        [n] => {
            let right = count.stated == Some(n)
                || count.low == n
                || count.bound == Bound::MoreThan && count.low == n + 1;
            if right { 2 } else { 0 }
        }
        [..] => {
            let right = numbers.contains(&count.low)
                || count.high.is_some_and(|high| numbers.contains(&high));
            if right { 2 } else { 0 }
        }
    }
}

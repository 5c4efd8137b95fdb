//! CIS 530 project data: one report, one row: killed, injured, date and street address.
//!
//! What comes in: `X.json` (text and publication day of each report) and `Y.json` (its gold). What goes out: accuracy a
//! field, exact match. A number the program does not give is 0. An address is right when it is the gold's after folding
//! case, white space, a leading article or preposition and closing marks; where the gold has none, right is to give
//! none.

use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;

use crate::{
    Engine, Facts, Figure, Miss, Options, Outcome, ScoreError, engine::Plain, pool, words::fold,
};

/// A report.
#[derive(Clone, Debug, Deserialize)]
pub struct X {
    /// Its text.
    pub text: String,
    /// Day of publication as written.
    #[serde(default)]
    pub publish_date: Option<String>,
}

/// Its gold.
#[derive(Clone, Debug, Deserialize)]
pub struct Y {
    /// People killed.
    pub n_killed: u64,
    /// People injured.
    pub n_injured: u64,
    /// The day, as in 2024-05-17.
    pub shooting_date: String,
    /// The street-level place in the words of the report; empty for none.
    pub address: String,
}

/// Whether killed, injured, day and address are right.
pub fn right(gold: &Y, facts: &Facts) -> [bool; 4] {
    compare(gold, facts).map(|(_, ok, ..)| ok)
}

/// Measures on a pair of files.
///
/// # Errors
/// If a file cannot be read, or they do not match.
pub fn score(
    x: &Path,
    y: &Path,
    engine: &Engine,
    options: &Options<'_>,
) -> Result<Outcome, ScoreError> {
    let items: Vec<(usize, (X, Y))> = rows(x, y)?.into_iter().enumerate().collect();
    let items = options.take(&items);
    let facts = pool::map(items, options, |(at, (x, _))| {
        let name = format!("report {at}");
        engine
            .facts_of(Plain {
                name: &name,
                published: x.publish_date.as_deref().unwrap_or(""),
                body: &x.text,
                ..Plain::default()
            })
            .0
    });
    let mut right = [0; 4];
    let mut misses = Vec::new();
    for ((at, (x, gold)), facts) in items.iter().zip(&facts) {
        for (field, (name, ok, expected, said)) in compare(gold, facts).into_iter().enumerate() {
            if ok {
                right[field] += 1;
            } else {
                let words: String = x.text.chars().take(160).collect();
                misses.push(Miss {
                    item: at.to_string(),
                    field: name.into(),
                    expected,
                    said,
                    words,
                });
            }
        }
    }
    let n = items.len();
    let metrics = [
        ("killed_accuracy", Figure::share(right[0], n)),
        ("injured_accuracy", Figure::share(right[1], n)),
        ("date_accuracy", Figure::share(right[2], n)),
        ("address_accuracy", Figure::share(right[3], n)),
    ];
    Ok(Outcome::new("cis530p", n, &metrics, misses))
}

/// Every report with its gold.
/// The reports of a pair of files, each with its gold.
///
/// # Errors
/// If a file cannot be read, or they do not match.
pub fn rows(x: &Path, y: &Path) -> Result<Vec<(X, Y)>, ScoreError> {
    let xs: Vec<X> = read(x)?;
    let ys: Vec<Y> = read(y)?;
    if xs.len() != ys.len() {
        return Err(ScoreError::shape(
            y,
            None,
            format!("{} rows for {} reports", ys.len(), xs.len()),
        ));
    }
    Ok(xs.into_iter().zip(ys).collect())
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>, ScoreError> {
    let text = std::fs::read_to_string(path).map_err(ScoreError::read(path))?;
    serde_json::from_str(&text).map_err(|error| ScoreError::shape(path, Some(error.line()), error))
}

fn compare(gold: &Y, facts: &Facts) -> [(&'static str, bool, String, String); 4] {
    let number = |n: Option<u64>| n.map_or_else(|| "none".to_owned(), |n| n.to_string());
    let date = facts.date.as_ref().map(Date::to_string).unwrap_or_default();
    let address = facts.address.clone().unwrap_or_default();
    [
        (
            "killed",
            facts.killed.unwrap_or(0) == gold.n_killed,
            gold.n_killed.to_string(),
            number(facts.killed),
        ),
        (
            "injured",
            facts.injured.unwrap_or(0) == gold.n_injured,
            gold.n_injured.to_string(),
            number(facts.injured),
        ),
        (
            "date",
            date == gold.shooting_date,
            gold.shooting_date.clone(),
            date,
        ),
        (
            "address",
            plain_address(&address) == plain_address(&gold.address),
            gold.address.clone(),
            address,
        ),
    ]
}

/// An address as it is compared.
fn plain_address(text: &str) -> String {
    let folded = fold(text);
    let mut words: Vec<&str> = folded
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| ",.;:".contains(c)))
        .filter(|word| !word.is_empty())
        .collect();
    while let Some(&"the" | &"in" | &"at" | &"on" | &"near") = words.first() {
        words.remove(0);
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_by_exact_match() {
        let gold = Y {
            n_killed: 1,
            n_injured: 0,
            shooting_date: "2024-05-17".into(),
            address: "200 block of Foundry Lane".into(),
        };
        let facts = Facts {
            killed: Some(1),
            injured: None,
            date: Some(jiff::civil::date(2024, 5, 18)),
            address: Some("the 200 block of Foundry Lane,".into()),
            ..Facts::default()
        };
        assert_eq!(
            compare(&gold, &facts).map(|(_, ok, ..)| ok),
            [true, true, false, true]
        );
    }

    #[test]
    fn no_address_is_right_where_there_is_none() {
        assert_eq!(plain_address(""), plain_address(" "));
        assert_ne!(plain_address(""), plain_address("Foundry Lane"));
    }
}

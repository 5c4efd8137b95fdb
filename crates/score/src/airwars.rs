//! Airwars assessments of strikes: killed and injured as min–max, and the date.
//!
//! What comes in: one assessment a line, with the coded row as gold. What goes out: how often min and max are both exact, and how often the
//! ranges overlap, by the number rule `airwars`, and how often the day is the coded one, or one of the coded days. "Unknown" or no figure in
//! the gold is right when the program gives none. Lines of an
//! assessment that state the coded answer itself are left out before reading.

use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;

use crate::{
    Engine, Figure, Miss, Options, Outcome, ScoreError, case, engine::Plain, pool, words::fold,
};

#[derive(Deserialize)]
struct Row {
    id: String,
    #[serde(rename = "Incident date")]
    date: String,
    #[serde(rename = "Civilians reported killed")]
    killed: Option<String>,
    #[serde(rename = "Civilians reported injured")]
    injured: Option<String>,
    assessment: Vec<String>,
}

type Range = Option<(u64, u64)>;

/// Measures on one file.
///
/// # Errors
/// If the file cannot be read.
pub fn score(path: &Path, engine: &Engine, options: &Options<'_>) -> Result<Outcome, ScoreError> {
    let rows: Vec<Row> = case::lines(path)?;
    let rows = options.take(&rows);
    let facts = pool::map(rows, options, |row| {
        engine
            .facts_of(Plain {
                name: &row.id,
                body: &prose(&row.assessment).join("\n\n"),
                ..Plain::default()
            })
            .0
    });
    let mut right = [0; 5];
    let mut misses = Vec::new();
    for (row, facts) in rows.iter().zip(&facts) {
        let mut check = |at: usize, field: &str, gold: &Option<String>, said: Range| {
            let wanted = gold.as_deref().and_then(range);
            let (exact, overlap) = compare(wanted, said);
            right[at] += usize::from(exact);
            right[at + 1] += usize::from(overlap);
            if !exact {
                misses.push(Miss {
                    item: row.id.clone(),
                    field: format!("{field}{}", if overlap { "" } else { " (no overlap)" }),
                    expected: gold.clone().unwrap_or_else(|| "none".into()),
                    said: said.map_or_else(|| "none".into(), |(low, high)| format!("{low}–{high}")),
                    words: row
                        .assessment
                        .first()
                        .map(|text| text.chars().take(240).collect())
                        .unwrap_or_default(),
                });
            }
        };
        check(0, "killed", &row.killed, facts.killed_range);
        check(2, "injured", &row.injured, facts.injured_range);
        if facts
            .date
            .is_some_and(|said| days(&row.date).contains(&said))
        {
            right[4] += 1;
        } else {
            misses.push(Miss {
                item: row.id.clone(),
                field: "date".into(),
                expected: row.date.clone(),
                said: facts.date.map(|date| date.to_string()).unwrap_or_default(),
                words: row
                    .assessment
                    .first()
                    .map(|text| text.chars().take(120).collect())
                    .unwrap_or_default(),
            });
        }
    }
    let n = rows.len();
    let metrics = [
        ("killed_exact", Figure::share(right[0], n)),
        ("killed_overlap", Figure::share(right[1], n)),
        ("injured_exact", Figure::share(right[2], n)),
        ("injured_overlap", Figure::share(right[3], n)),
        ("date_accuracy", Figure::share(right[4], n)),
    ];
    Ok(Outcome::new("airwars", n, &metrics, misses))
}

/// The prose of an assessment: without the list of named victims with what befell each, the side bar of coded values, and data for a map.
fn prose(lines: &[String]) -> Vec<&str> {
    let mut out = Vec::new();
    let mut listed = false;
    for (at, line) in lines.iter().map(String::as_str).enumerate() {
        let line = line.trim();
        let next = lines.get(at + 1).map_or("", |next| next.trim());
        match line {
            "The victims were named as:" => listed = true,
            "Geolocation notes" => listed = false,
            "Summary" if next == "Strike status" => break,
            _ => {}
        }
        if !listed && !line.starts_with("{\"") && !states_the_answer(line) {
            out.push(line);
        }
    }
    out
}

/// Whether a line gives the coded row rather than prose.
fn states_the_answer(line: &str) -> bool {
    let line = fold(line);
    [
        "civilians reported killed",
        "civilians reported injured",
        "civilian deaths:",
        "killed (min",
        "incident code",
    ]
    .iter()
    .any(|mark| line.trim_start().starts_with(mark))
}

/// Every assessment with the first day of its incident: what the weights of days are learned from.
///
/// # Errors
/// If the file cannot be read.
pub fn dated(path: &Path) -> Result<Vec<(Date, String)>, ScoreError> {
    let rows: Vec<Row> = case::lines(path)?;
    let dated = rows.iter().filter_map(|row| {
        Some((
            *days(&row.date).first()?,
            prose(&row.assessment).join("\n\n"),
        ))
    });
    Ok(dated.collect())
}

/// Reads a coded range: `3`, `1 – 2`, `12–24`; `None` for "Unknown".
fn range(text: &str) -> Range {
    let numbers: Vec<u64> = text
        .replace(',', "")
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect();
    match numbers.as_slice() {
        [] => None,
        [n] => Some((*n, *n)),
        [low, .., high] => Some((*low, *high)),
    }
}

/// The days of a coded date: `October 7, 2023`, or the first and the last of `October 7–8, 2023`, the night between them.
fn days(text: &str) -> Vec<Date> {
    let day = |text: &str| Date::strptime("%B %d, %Y", text).ok();
    let Some((first, rest)) = text.split_once('–') else {
        return day(text).into_iter().collect();
    };
    let (Some((month, _)), Some((last, year))) = (first.split_once(' '), rest.split_once(", "))
    else {
        return Vec::new();
    };
    [
        format!("{first}, {year}"),
        format!("{month} {last}, {year}"),
    ]
    .iter()
    .filter_map(|text| day(text))
    .collect()
}

/// Whether both ends are the same, and whether the ranges share a number.
fn compare(gold: Range, said: Range) -> (bool, bool) {
    let overlap = match (gold, said) {
        (None, None) => true,
        (Some(gold), Some(said)) => gold.0 <= said.1 && said.0 <= gold.1,
        _ => false,
    };
    (gold == said, overlap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_and_compared() {
        assert_eq!(range("12–24"), Some((12, 24)));
        assert_eq!(range("1 – 2"), Some((1, 2)));
        assert_eq!(range("Unknown"), None);
        assert_eq!(compare(range("3"), Some((3, 3))), (true, true));
        assert_eq!(compare(range("3 – 5"), Some((5, 9))), (false, true));
        assert_eq!(compare(range("3 – 5"), Some((6, 9))), (false, false));
        assert_eq!(compare(None, Some((0, 2))), (false, false));
        assert_eq!(compare(None, None), (true, true));
    }

    #[test]
    fn lists_of_victims_and_side_bars_are_no_prose() {
        let lines = [
            "Three people died in Kelmoor.",
            "The victims were named as:",
            "Oda Brenn",
            "killed",
            "Geolocation notes",
            "Reports mention Kelmoor.",
            "Summary",
            "Strike status",
            "3",
        ]
        .map(str::to_owned);
        assert_eq!(
            prose(&lines),
            [
                "Three people died in Kelmoor.",
                "Geolocation notes",
                "Reports mention Kelmoor."
            ]
        );
    }

    #[test]
    fn a_night_has_two_days() {
        let date = jiff::civil::date;
        assert_eq!(days("May 7, 2024"), [date(2024, 5, 7)]);
        assert_eq!(days("May 7–8, 2024"), [date(2024, 5, 7), date(2024, 5, 8)]);
        assert!(days("unknown").is_empty());
    }

    #[test]
    fn only_coded_lines_are_masked() {
        assert!(states_the_answer("Civilians reported killed: 4"));
        assert!(!states_the_answer("Four civilians were reported killed."));
    }
}

//! Airwars assessments of strikes: killed and injured as min–max, and the date.
//!
//! What comes in: one assessment a line, with the coded row as gold. What goes out: how often min and max are both
//! exact, and how often the ranges overlap, by the number rule `airwars`, and how often the day is the coded one, or
//! one of the coded days. "Unknown" or no figure in the gold is right when the program gives none. Lines of an
//! assessment that state the coded answer itself are left out before reading.
//!
//! A file of incidents with their source texts is measured too: the English texts of an incident are reconciled
//! together, and what counts is whether the range overlaps the coded one. Incidents without a text in English prose
//! (forty words in Latin letters) are left out. No coded figure means that nobody of whom it is told is a civilian,
//! which is right when the program gives none, or fighters alone; none overlaps a range that begins at 0. The coded
//! figure rests on all texts of an incident, most of them Arabic: where no English one gives it, it cannot be got (a
//! third of the coded injured, a tenth of the killed).

use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;

use crate::{
    Engine, Facts, Figure, Miss, Options, Outcome, ScoreError, case, engine::Plain, pool,
    words::fold,
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

/// An incident with the texts it was coded from.
#[derive(Deserialize)]
struct Incident {
    incident: String,
    gold: Coded,
    sources: Vec<Text>,
}

#[derive(Deserialize)]
struct Coded {
    killed_min: Option<u64>,
    killed_max: Option<u64>,
    injured_min: Option<u64>,
    injured_max: Option<u64>,
}

#[derive(Deserialize)]
struct Text {
    source_id: String,
    #[serde(default)]
    page_title: String,
    #[serde(default)]
    publication_date: String,
    #[serde(default)]
    original_url: String,
    text_original_language: String,
    text_original: String,
}

/// One line of either kind of file.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Assessment(Row),
    Incident(Incident),
}

/// Measures on one file, of assessments or of incidents with their sources.
///
/// # Errors
/// If the file cannot be read.
pub fn score(path: &Path, engine: &Engine, options: &Options<'_>) -> Result<Outcome, ScoreError> {
    let lines: Vec<Line> = case::lines(path)?;
    let mut rows = Vec::new();
    let mut incidents = Vec::new();
    for line in lines {
        match line {
            Line::Assessment(row) => rows.push(row),
            Line::Incident(mut incident) => {
                incident.sources.retain(|text| {
                    text.text_original_language == "en" && is_prose(&text.text_original)
                });
                if !incident.sources.is_empty() {
                    incidents.push(incident);
                }
            }
        }
    }
    if rows.is_empty() {
        return Ok(of_sources(&incidents, engine, options));
    }
    Ok(of_assessments(&rows, engine, options))
}

/// The English text of a source of an incident.
#[derive(Clone, Debug)]
pub struct SourceText {
    /// The incident.
    pub incident: String,
    /// The source's name in the file.
    pub name: String,
    /// The report, with header lines.
    pub report: String,
}

/// The English texts of a file of incidents with their sources, each with its incident: what the linker's weights are
/// learned from.
///
/// # Errors
/// If the file cannot be read.
pub fn sources(path: &Path) -> Result<Vec<SourceText>, ScoreError> {
    let lines: Vec<Line> = case::lines(path)?;
    let mut out = Vec::new();
    for line in lines {
        let Line::Incident(incident) = line else {
            continue;
        };
        for text in incident.sources {
            if text.text_original_language != "en" || !is_prose(&text.text_original) {
                continue;
            }
            let plain = Plain {
                name: &text.source_id,
                title: once(&text.page_title),
                published: &text.publication_date,
                url: &text.original_url,
                body: &text.text_original,
            };
            out.push(SourceText {
                incident: incident.incident.clone(),
                report: plain.page(),
                name: text.source_id.clone(),
            });
        }
    }
    Ok(out)
}

fn of_sources(incidents: &[Incident], engine: &Engine, options: &Options<'_>) -> Outcome {
    let incidents = options.take(incidents);
    let facts = pool::map(incidents, options, |incident| {
        let readings: Vec<model::Reading> = incident
            .sources
            .iter()
            .filter_map(|text| {
                let plain = Plain {
                    name: &text.source_id,
                    title: once(&text.page_title),
                    published: &text.publication_date,
                    url: &text.original_url,
                    body: &text.text_original,
                };
                engine.read_plain(plain).ok()
            })
            .collect();
        Facts::of(&engine.dossier(&readings))
    });
    let mut right = [0; 2];
    let mut misses = Vec::new();
    for (incident, facts) in incidents.iter().zip(&facts) {
        let gold = &incident.gold;
        let fields = [
            (
                "killed",
                gold.killed_min.zip(gold.killed_max),
                facts.killed_range,
            ),
            (
                "injured",
                gold.injured_min.zip(gold.injured_max),
                facts.injured_range,
            ),
        ];
        for (at, (field, wanted, said)) in fields.into_iter().enumerate() {
            if meet(wanted, said) {
                right[at] += 1;
                continue;
            }
            let show = |range: Range| {
                range.map_or_else(|| "none".into(), |(low, high)| format!("{low}–{high}"))
            };
            misses.push(Miss {
                item: incident.incident.clone(),
                field: field.into(),
                expected: show(wanted),
                said: show(said),
                words: incident
                    .sources
                    .first()
                    .map(|text| text.text_original.chars().take(240).collect())
                    .unwrap_or_default(),
            });
        }
    }
    let n = incidents.len();
    let metrics = [
        ("killed_overlap", Figure::share(right[0], n)),
        ("injured_overlap", Figure::share(right[1], n)),
    ];
    Outcome::new("airwars", n, &metrics, misses)
}

/// A title said once: the pages were saved with the title, the headline and what is shared one after another, all the
/// same words.
fn once(title: &str) -> &str {
    const ALIKE: usize = 5;
    let starts: Vec<usize> = title
        .split_whitespace()
        .map(|word| word.as_ptr() as usize - title.as_ptr() as usize)
        .collect();
    let words: Vec<&str> = title.split_whitespace().collect();
    let Some(first) = words.get(..ALIKE) else {
        return title;
    };
    (1..words.len())
        .find(|&at| words[at..].starts_with(first))
        .map_or(title, |at| title[..starts[at]].trim_end())
}

/// Words a text must hold to be a report, not what is left of a page that could not be fetched.
const PROSE_WORDS: usize = 40;

/// Whether a text is prose in Latin letters.
fn is_prose(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    latin * 10 >= letters * 9 && text.split_whitespace().nth(PROSE_WORDS - 1).is_some()
}

/// Whether two ranges share a number; no range is nobody.
fn meet(gold: Range, said: Range) -> bool {
    let (gold, said) = (gold.unwrap_or((0, 0)), said.unwrap_or((0, 0)));
    gold.0 <= said.1 && said.0 <= gold.1
}

fn of_assessments(rows: &[Row], engine: &Engine, options: &Options<'_>) -> Outcome {
    let rows = options.take(rows);
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
    Outcome::new("airwars", n, &metrics, misses)
}

/// The prose of an assessment: without the list of named victims with what befell each, the side bar of coded values,
/// and data for a map.
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

/// The days of a coded date: `October 7, 2023`, or the first and the last of `October 7–8, 2023`, the night between
/// them.
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
    fn what_is_left_of_a_page_is_no_prose() {
        assert!(is_prose(&"Two people died in Kelmoor. ".repeat(8)));
        assert!(!is_prose("Copy link Embed Back to top"));
        assert!(!is_prose(&"استشهاد طفلة ".repeat(40)));
    }

    #[test]
    fn a_title_saved_three_times_is_said_once() {
        let title = "Drone kills three near Kelmoor - The Post Drone kills three near Kelmoor Drone kills three near \
            Kelmoor";
        assert_eq!(once(title), "Drone kills three near Kelmoor - The Post");
        assert_eq!(once("Three die in Kelmoor"), "Three die in Kelmoor");
        assert_eq!(once(""), "");
    }

    #[test]
    fn no_range_is_nobody() {
        assert!(meet(None, None) && meet(Some((0, 2)), None) && meet(None, Some((0, 1))));
        assert!(!meet(Some((1, 2)), None) && !meet(Some((1, 2)), Some((3, 3))));
    }

    #[test]
    fn both_kinds_of_lines_are_read() {
        let line = r#"{"incident":"a","gold":{"killed_min":1,"killed_max":2,"injured_min":null,"injured_max":null},
            "sources":[{"source_id":"s","text_original_language":"en","text_original":"Two died."}]}"#;
        assert!(matches!(
            serde_json::from_str(line).unwrap(),
            Line::Incident(Incident {
                gold: Coded {
                    killed_max: Some(2),
                    ..
                },
                ..
            })
        ));
        let line = r#"{"id": "b", "Incident date": "May 7, 2024",
            "Civilians reported killed": "3", "assessment": ["Three died."]}"#;
        assert!(matches!(
            serde_json::from_str(line).unwrap(),
            Line::Assessment(_)
        ));
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

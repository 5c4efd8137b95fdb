//! Lineage: copies made of real reports, found again among the other reports on the same incident.
//!
//! What comes in: labelled incidents with their reports (the gva file). What goes out: precision and recall of "this
//! report leans on that one" over copies of several kinds: cut, paragraphs reordered, a new headline, every so many
//! words changed for another. Copies are dealt by the share of their five-word runs that stand in the original: half
//! and more, and a fifth to a half. A copy is compared with all reports of the incident; what really shares passages
//! with the original is neither right nor wrong.

use std::{collections::BTreeSet, path::Path};

use model::{
    Block, BlockKind, PartyKind, Reading, Report, ReportId, Source, Span, Text, When, words,
};
use reconciler::link::copies;

use crate::{Figure, Options, Outcome, ScoreError, case, gva};

/// Words that a report must have to be copied.
const WORDS: usize = 80;
/// Share of runs from which a report that is no copy leans on the original all the same.
const LEANS: f64 = 0.05;

/// Measures on one file.
///
/// # Errors
/// If the file cannot be read.
pub fn score(path: &Path, options: &Options<'_>) -> Result<Outcome, ScoreError> {
    let incidents: Vec<gva::Incident> = case::lines(path)?;
    let incidents = options.take(&incidents);
    // By share of words kept: found, missed, wrongly found.
    let mut tallies = [[0usize; 3]; 2];
    let mut n = 0;
    for incident in incidents
        .iter()
        .filter(|incident| incident.reports.len() > 1)
    {
        let texts: Vec<&str> = incident
            .reports
            .iter()
            .map(|report| report.text.as_str())
            .collect();
        let Some(at) = texts
            .iter()
            .position(|text| text.split_whitespace().count() >= WORDS)
        else {
            continue;
        };
        for (kind, copy) in made(texts[at]).into_iter().enumerate() {
            let share = share(&copy, texts[at]);
            let bin = match share {
                0.5.. => 0,
                0.2.. => 1,
                _ => continue,
            };
            n += 1;
            let mut readings: Vec<Reading> = texts
                .iter()
                .enumerate()
                .map(|(at, text)| reading(text, at))
                .collect();
            readings.push(reading(&copy, 50 + kind));
            let readings: Vec<&Reading> = readings.iter().collect();
            let last = texts.len();
            let found: BTreeSet<usize> = copies::find(&readings)
                .shared_by(last)
                .map(|shared| shared.on)
                .collect();
            // A copy of a copy of the original is one of the original.
            let like = |on: usize| {
                self::share(texts[on], texts[at]) >= LEANS || self::share(&copy, texts[on]) >= LEANS
            };
            if found.iter().any(|on| *on == at || like(*on)) {
                tallies[bin][0] += 1;
            } else {
                tallies[bin][1] += 1;
            }
            tallies[bin][2] += found.iter().filter(|on| **on != at && !like(**on)).count();
        }
    }
    let ratio = |part: usize, rest: usize| Figure::share(part, part + rest);
    let [half, fifth] = tallies;
    let metrics = [
        ("half_precision", ratio(half[0], half[2])),
        ("half_recall", ratio(half[0], half[1])),
        ("fifth_precision", ratio(fifth[0], fifth[2])),
        ("fifth_recall", ratio(fifth[0], fifth[1])),
        ("half_copies", Figure::Count((half[0] + half[1]) as u64)),
        ("fifth_copies", Figure::Count((fifth[0] + fifth[1]) as u64)),
    ];
    Ok(Outcome::new("lineage", n, &metrics, Vec::new()))
}

/// Copies of a text, from nearly whole to hardly like.
fn made(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let first =
        |share: usize| lines[..(lines.len() * share).div_ceil(100).min(lines.len())].join("\n\n");
    let mut turned: Vec<&str> = lines.clone();
    turned.reverse();
    let sentences: Vec<&str> = text.split_inclusive(". ").collect();
    let every = |step: usize| sentences.iter().step_by(step).copied().collect::<String>();
    let headline = "What is known so far about the case that shook the neighbourhood";
    vec![
        first(60),
        first(30),
        turned.join("\n\n"),
        format!("{headline}\n\n{}", lines.join("\n\n")),
        every(2),
        every(3),
        changed(text, 30),
        changed(text, 15),
        changed(text, 10),
        changed(text, 8),
        changed(text, 7),
        format!("{headline}\n\n{}", changed(&turned.join("\n\n"), 12)),
    ]
}

/// Every `step`-th word of four letters or more in another word's place.
fn changed(text: &str, step: usize) -> String {
    const OTHERS: [&str; 6] = [
        "reportedly",
        "nearby",
        "allegedly",
        "individual",
        "incident",
        "shortly",
    ];
    let mut seen = 0;
    text.split_inclusive(char::is_whitespace)
        .map(|word| {
            seen += 1;
            if seen % step == 0 {
                let space = &word[word.trim_end().len()..];
                format!("{}{space}", OTHERS[seen / step % OTHERS.len()])
            } else {
                word.to_owned()
            }
        })
        .collect()
}

/// Share of the five-word runs of `copy` that stand in `original`.
fn share(copy: &str, original: &str) -> f64 {
    let runs =
        |text: &str| -> BTreeSet<u64> { words::shingles(&words::fold(text)).into_iter().collect() };
    let (copy, original) = (runs(copy), runs(original));
    copy.intersection(&original).count() as f64 / copy.len().max(1) as f64
}

/// A report of nothing but its text; `at` orders it.
fn reading(words: &str, at: usize) -> Reading {
    let mut blocks = Vec::new();
    let mut from = 0;
    for line in words.split_inclusive('\n') {
        let start = from + line.len() - line.trim_start().len();
        let end = from + line.trim_end().len();
        if start < end {
            blocks.push(Block {
                span: Span::new(start, end),
                kind: BlockKind::Paragraph,
            });
        }
        from += line.len();
    }
    let text = Text::new(words.to_owned(), blocks);
    let day = jiff::civil::Date::constant(2031, 5, 1);
    let day = day
        .checked_add(jiff::Span::new().days(at as i64))
        .unwrap_or(day);
    let report = Report {
        id: ReportId::of(&[words.as_bytes(), &at.to_le_bytes()]),
        source: Source {
            id: format!("s:{at}"),
            name: None,
            kind: PartyKind::Outlet,
        },
        title: None,
        byline: None,
        url: None,
        published: Some(When::day(day, "", "given")),
        language: None,
        media_type: "text/plain".into(),
        encoding: "UTF-8".into(),
        text: text.id().clone(),
        container: None,
        fetched_at: None,
    };
    reader::keyed(Reading::new(report, text, Vec::new(), Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_grow_less_like_the_original() {
        let line = |n: usize| {
            format!(
                "In the lane {n} a baker saw {n} carts pass before the bell of house {n} rang twice. "
            )
        };
        let text: String = (0..40).map(line).collect();
        let shares: Vec<f64> = [30, 15, 7]
            .map(|step| share(&changed(&text, step), &text))
            .into();
        assert!(shares[0] > 0.8 && shares[2] < 0.5, "{shares:?}");
        assert!(shares.windows(2).all(|pair| pair[0] > pair[1]));
    }
}

//! Killed, injured, date and town: the facts of the program and of the baselines, held against the key.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::Reading;

use super::incident::{Gold, Incident};
use crate::{Engine, Facts, Figure, Miss, Outcome, words::fold};

/// Names of the fields, in the order of all figures.
const FIELDS: [&str; 4] = ["killed", "injured", "date", "city"];

/// The figures and misses of incidents and what was measured of each; `single` without the baselines.
pub(super) fn outcome(pairs: &[(&Incident, &Measured)], single: bool) -> Outcome {
    let mut tallies: BTreeMap<String, [usize; 5]> = BTreeMap::new();
    let mut misses = Vec::new();
    for &(incident, facts) in pairs {
        let mut tally = |name: &str, facts: &Facts| {
            let right = right(&incident.gold, facts);
            let tally = tallies.entry(name.to_owned()).or_default();
            tally[4] += 1;
            for (at, ok) in right.into_iter().enumerate() {
                tally[at] += usize::from(ok);
            }
        };
        tally("", &facts.ours);
        if incident.reports.len() > 1 {
            tally("_multi", &facts.ours);
        }
        for (name, baseline) in facts.baselines.iter().filter(|_| !single) {
            tally(&format!("baseline_{name}_"), baseline);
            if incident.reports.len() > 1 {
                tally(&format!("baseline_{name}_ _multi"), baseline);
            }
        }
        for (at, ok) in right(&incident.gold, &facts.ours).into_iter().enumerate() {
            if !ok {
                misses.push(miss(incident, &facts.ours, at));
            }
        }
    }
    let mut metrics = BTreeMap::new();
    for (name, tally) in &tallies {
        let (prefix, suffix) = match name.split_once(' ') {
            Some((prefix, suffix)) => (prefix, suffix),
            None if name.starts_with('_') => ("", name.as_str()),
            None => (name.as_str(), ""),
        };
        for (at, field) in FIELDS.iter().enumerate() {
            metrics.insert(
                format!("{prefix}{field}_accuracy{suffix}"),
                Figure::share(tally[at], tally[4]),
            );
        }
    }
    let metrics: Vec<(&str, Figure)> = metrics
        .iter()
        .map(|(name, figure)| (name.as_str(), *figure))
        .collect();
    Outcome::new("gva", pairs.len(), &metrics, misses)
}

/// The facts that the program gives, and those of the baselines.
pub(super) struct Measured {
    ours: Facts,
    baselines: Vec<(&'static str, Facts)>,
}

/// The facts of reports taken as one incident, and of the baselines.
pub(super) fn measure(readings: &[&Reading], engine: &Engine) -> Measured {
    let mut sorted = readings.to_vec();
    sorted.sort_by(|a, b| {
        let time = |reading: &Reading| {
            let published = reading.report.published.as_ref();
            published.map(|when| when.start)
        };
        (time(a), &a.report.id).cmp(&(time(b), &b.report.id))
    });
    let all: Vec<Reading> = sorted.into_iter().cloned().collect();
    if all.is_empty() {
        return Measured {
            ours: Facts::default(),
            baselines: Vec::new(),
        };
    }
    let ours = Facts::of(&engine.dossier(&all));
    if all.len() == 1 {
        let baselines = ["first", "latest", "majority"].map(|name| (name, ours.clone()));
        return Measured {
            baselines: baselines.into(),
            ours,
        };
    }
    let alone: Vec<Facts> = all
        .iter()
        .map(|reading| Facts::of(&engine.dossier(std::slice::from_ref(reading))))
        .collect();
    let baselines = vec![
        ("first", alone.first().cloned().unwrap_or_default()),
        ("latest", alone.last().cloned().unwrap_or_default()),
        ("majority", majority(&alone)),
    ];
    Measured { ours, baselines }
}

/// Each field's commonest value over the reports; the smallest of equals.
fn majority(facts: &[Facts]) -> Facts {
    fn commonest<T: Ord + Clone>(values: impl Iterator<Item = T>) -> Option<T> {
        let mut counts: BTreeMap<T, usize> = BTreeMap::new();
        for value in values {
            *counts.entry(value).or_default() += 1;
        }
        let top = counts.values().copied().max()?;
        counts
            .into_iter()
            .find(|(_, n)| *n == top)
            .map(|(value, _)| value)
    }
    Facts {
        killed: commonest(facts.iter().map(|facts| facts.killed.unwrap_or(0))),
        injured: commonest(facts.iter().map(|facts| facts.injured.unwrap_or(0))),
        date: commonest(facts.iter().filter_map(|facts| facts.date)),
        city: commonest(facts.iter().filter_map(|facts| facts.city.clone())),
        ..Facts::default()
    }
}

fn right(gold: &Gold, facts: &Facts) -> [bool; 4] {
    [
        facts.killed.unwrap_or(0) == gold.killed,
        facts.injured.unwrap_or(0) == gold.injured,
        facts.date.is_some() && facts.date == Date::strptime("%B %d, %Y", &gold.date).ok(),
        facts
            .city
            .as_deref()
            .is_some_and(|city| city_right(&gold.city_or_county, city)),
    ]
}

/// Whether a town is the gold's, which may read `Town`, `Town (borough)` or `Name (county)`.
pub fn city_right(gold: &str, said: &str) -> bool {
    fn plain(name: &str) -> String {
        let folded = fold(name);
        let words: Vec<&str> = folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty() && !matches!(*word, "county" | "parish" | "the"))
            .map(|word| match word {
                "saint" => "st",
                "fort" => "ft",
                "mount" => "mt",
                "township" => "twp",
                word => word,
            })
            .collect();
        words.join(" ")
    }
    let said = plain(said);
    let (outer, inner) = gold.split_once('(').unwrap_or((gold, ""));
    !said.is_empty() && [outer, inner].iter().any(|name| plain(name) == said)
}

fn miss(incident: &Incident, facts: &Facts, at: usize) -> Miss {
    let gold = &incident.gold;
    let number = |n: Option<u64>| n.map_or_else(|| "none".to_owned(), |n| n.to_string());
    let (expected, said) = match at {
        0 => (gold.killed.to_string(), number(facts.killed)),
        1 => (gold.injured.to_string(), number(facts.injured)),
        2 => (
            gold.date.clone(),
            facts.date.map(|date| date.to_string()).unwrap_or_default(),
        ),
        _ => (
            gold.city_or_county.clone(),
            facts.city.clone().unwrap_or_default(),
        ),
    };
    let words = incident.reports.first().map(|report| {
        let body: String = report.text.chars().take(200).collect();
        format!(
            "{} ({}) | {}",
            report.title,
            report.published,
            body.replace('\n', " ")
        )
    });
    Miss {
        item: incident.incident.clone(),
        field: FIELDS[at].into(),
        expected,
        said,
        words: words.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_counties_and_boroughs() {
        assert!(city_right("Saint Paul", "St. Paul"));
        assert!(city_right("Tacoma (Parkland)", "Parkland"));
        assert!(city_right("Lubbock (county)", "Lubbock County"));
        assert!(!city_right("Lubbock (county)", ""));
        assert!(!city_right("Springfield", "North Springfield"));
    }

    #[test]
    fn fields_by_exact_match() {
        let gold = Gold {
            date: "May 17, 2024".into(),
            city_or_county: "Kelmoor".into(),
            killed: 0,
            injured: 2,
        };
        let facts = Facts {
            injured: Some(2),
            date: Some(jiff::civil::date(2024, 5, 17)),
            ..Facts::default()
        };
        assert_eq!(right(&gold, &facts), [true, true, true, false]);
    }

    #[test]
    fn majority_takes_the_commonest_and_then_the_smallest() {
        let of = |n| Facts {
            killed: Some(n),
            ..Facts::default()
        };
        assert_eq!(majority(&[of(3), of(1), of(3)]).killed, Some(3));
        assert_eq!(majority(&[of(3), of(1)]).killed, Some(1));
    }
}

//! Gun Violence Database: reports with marked spans.
//!
//! What comes in: one tokenised report a line with spans and labels. What goes out: how often the program has the town
//! (`city_accuracy`, any of the marked towns), a street or site that is marked (`place_found`), the weapon
//! (`weapon_found`), how many of the marked victims' ages stand in the words of claims about people killed or injured
//! (`victim_age_found`), how many of the marked shooters are named as the doer (`doer_found`), and how many of the
//! marked victims are not (`victim_spared`). Reports without a mark of a kind do not count for it.

use std::path::Path;

use model::{Claim, Dossier, Slot, Value};
use serde::Deserialize;

use crate::{
    Engine, Facts, Figure, Miss, Options, Outcome, ScoreError, case,
    engine::Plain,
    pool,
    words::{covered, fold, share_a_word, words},
};

#[derive(Deserialize)]
struct Row {
    doc_key: String,
    #[serde(default)]
    date: String,
    full_text: Vec<Vec<String>>,
    spans: Vec<(usize, usize, String, String, Vec<String>)>,
}

impl Row {
    fn marked(&self, label: &str) -> Vec<&str> {
        self.spans
            .iter()
            .filter(|span| span.2 == label)
            .map(|span| span.3.trim())
            .collect()
    }
}

/// Measures on a file.
///
/// # Errors
/// If it cannot be read.
pub fn score(path: &Path, engine: &Engine, options: &Options<'_>) -> Result<Outcome, ScoreError> {
    let rows: Vec<Row> = case::lines(path)?;
    let rows = options.take(&rows);
    let results = pool::map(rows, options, |row| {
        let body = join(&row.full_text);
        let (facts, dossier) = engine.facts_of(Plain {
            name: &row.doc_key,
            published: &row.date,
            body: &body,
            ..Plain::default()
        });
        (facts, dossier.as_ref().map(Said::of).unwrap_or_default())
    });
    let mut right = [0usize; 6];
    let mut all = [0usize; 6];
    let mut misses = Vec::new();
    for (row, (facts, said)) in rows.iter().zip(&results) {
        for (at, ok, name, gold, said) in checks(row, facts, said) {
            all[at] += 1;
            if ok {
                right[at] += 1;
            } else {
                misses.push(Miss {
                    item: row.doc_key.clone(),
                    field: name.into(),
                    expected: gold,
                    said,
                    words: String::new(),
                });
            }
        }
    }
    let metrics = [
        ("city_accuracy", Figure::share(right[0], all[0])),
        ("place_found", Figure::share(right[1], all[1])),
        ("weapon_found", Figure::share(right[2], all[2])),
        ("victim_age_found", Figure::share(right[3], all[3])),
        ("doer_found", Figure::share(right[4], all[4])),
        ("victim_spared", Figure::share(right[5], all[5])),
    ];
    Ok(Outcome::new("gvdb", rows.len(), &metrics, misses))
}

/// What the claims of a report say, as words.
#[derive(Clone, Debug, Default)]
struct Said {
    places: Vec<String>,
    means: Vec<String>,
    people: Vec<String>,
    doers: Vec<String>,
}

impl Said {
    fn of(dossier: &Dossier) -> Self {
        let words = |slots: &[Slot]| -> Vec<String> {
            let of = |claim: &Claim| {
                let mut out = claim.value.words().to_owned();
                match &claim.value {
                    Value::Thing { code, .. } => {
                        out.push_str(&format!(" {}", code.replace('_', " ")))
                    }
                    Value::Place(place) => {
                        out.push_str(&format!(" {}", place.site.clone().unwrap_or_default()))
                    }
                    _ => {}
                }
                for quote in &claim.quotes {
                    out.push(' ');
                    out.push_str(&quote.exact);
                }
                out
            };
            dossier
                .claims
                .iter()
                .filter(|claim| slots.contains(&claim.slot))
                .map(of)
                .collect()
        };
        Self {
            places: words(&[Slot::Where]),
            means: words(&[Slot::Means]),
            people: words(&[Slot::Killed, Slot::Injured]),
            doers: dossier
                .claims
                .iter()
                .filter(|claim| matches!(claim.slot, Slot::Actor | Slot::Responsibility))
                .filter_map(|claim| match &claim.value {
                    Value::Party(party) => Some(party.name.clone()),
                    _ => None,
                })
                .collect(),
        }
    }
}

type Check = (usize, bool, &'static str, String, String);

fn checks(row: &Row, facts: &Facts, said: &Said) -> Vec<Check> {
    let mut out = Vec::new();
    let cities = row.marked("DAT-CITY");
    if !cities.is_empty() {
        let city = facts.city.clone().unwrap_or_default();
        let ok = !city.is_empty()
            && cities
                .iter()
                .any(|gold| fold(gold) == fold(&city) || covered(&city, gold) == 1.0);
        out.push((0, ok, "city", cities.join(" / "), city));
    }
    let places = row.marked("DAT-LOC");
    if !places.is_empty() {
        let ok = places
            .iter()
            .any(|gold| said.places.iter().any(|place| covered(gold, place) >= 0.5));
        out.push((1, ok, "place", places.join(" / "), said.places.join(" / ")));
    }
    let weapons = row.marked("CIR-WEAPON");
    if !weapons.is_empty() {
        let ok = weapons
            .iter()
            .any(|gold| said.means.iter().any(|means| share_a_word(gold, means)));
        out.push((2, ok, "weapon", weapons.join(" / "), said.means.join(" / ")));
    }
    for age in row.marked("VIC-AGE") {
        let digits = |text: &str| {
            words(text)
                .into_iter()
                .find(|word| word.bytes().all(|b| b.is_ascii_digit()))
        };
        if let Some(age) = digits(age) {
            let ok = said
                .people
                .iter()
                .any(|people| words(people).contains(&age));
            out.push((3, ok, "victim age", age, said.people.join(" / ")));
        }
    }
    let named = |gold: &str| said.doers.iter().any(|doer| share_a_word(gold, doer));
    let shooters = row.marked("SHO-NAME");
    for shooter in &shooters {
        let doers = said.doers.join(" / ");
        out.push((4, named(shooter), "doer", (*shooter).to_owned(), doers));
    }
    for victim in row.marked("VIC-NAME") {
        // Relatives share a name.
        if shooters.iter().any(|shooter| share_a_word(shooter, victim)) {
            continue;
        }
        let doers = said.doers.join(" / ");
        out.push((
            5,
            !named(victim),
            "victim as doer",
            victim.to_owned(),
            doers,
        ));
    }
    out
}

/// Joins tokens to plain text: a space between, none before closing marks or after opening ones, a sentence a line.
fn join(sentences: &[Vec<String>]) -> String {
    let mut out = String::new();
    for sentence in sentences {
        let mut glue = true;
        for token in sentence {
            let closing = [
                ",", ".", ";", ":", "!", "?", ")", "]", "'s", "’s", "n't", "n’t", "%", "”", "-",
            ]
            .contains(&token.as_str());
            if !glue && !closing {
                out.push(' ');
            }
            out.push_str(token);
            glue = ["(", "[", "$", "“", "-", "#"].contains(&token.as_str());
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_joined_as_print() {
        let tokens = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            join(&[tokens("A 29 - year - old , ( armed ) fled .")]),
            "A 29-year-old, (armed) fled.\n"
        );
    }

    #[test]
    fn each_mark_is_checked_where_it_is() {
        let span = |label: &str, text: &str| (0, 1, label.to_owned(), text.to_owned(), Vec::new());
        let row = Row {
            doc_key: "1".into(),
            date: String::new(),
            full_text: Vec::new(),
            spans: vec![
                span("DAT-CITY", "Kelmoor "),
                span("VIC-AGE", "29-year-old"),
                span("VIC-AGE", "61"),
                span("SHO-NAME", "Ivo Brand"),
                span("VIC-NAME", "Ana Vell"),
                span("VIC-NAME", "Teo Brand"),
                span("VIC-NAME", "Rada Quill"),
            ],
        };
        let facts = Facts {
            city: Some("Kelmoor".into()),
            ..Facts::default()
        };
        let said = Said {
            people: vec!["a 61-year-old man".into()],
            doers: vec!["Brand".into(), "Rada Quill".into()],
            ..Said::default()
        };
        let found: Vec<(usize, bool)> = checks(&row, &facts, &said)
            .into_iter()
            .map(|check| (check.0, check.1))
            .collect();
        // A victim of the shooter's name is not judged.
        assert_eq!(
            found,
            [
                (0, true),
                (3, false),
                (3, true),
                (4, true),
                (5, true),
                (5, false)
            ]
        );
    }
}

//! A part made of the sentences that tell it: its day, what happened and where, its quotes, and what stands on its
//! claims alone.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::{Part, PlacePrecision, Slot, Value, ViolenceKind, When};

use super::{
    days::dated,
    telling::{Telling, sentence},
};
use crate::{
    ledger::{Entry, Ledger},
    reconcile,
};

/// Sentences quoted for a part.
const QUOTED: usize = 6;

/// Makes the part that these sentences tell.
pub(super) fn part(
    ledger: &Ledger<'_>,
    date: Option<Date>,
    several: bool,
    tellings: &[Telling],
) -> Part {
    let mut entries: Vec<usize> = tellings
        .iter()
        .flat_map(|it| it.entries.iter().copied())
        .collect();
    entries.sort_unstable();
    entries.dedup();
    let mut letters: Vec<String> = Vec::new();
    for telling in tellings {
        let letter = ledger.letter(telling.report);
        if !letters.contains(&letter) {
            letters.push(letter);
        }
    }
    let by = match letters.as_slice() {
        [one] => format!("report {one} puts"),
        [first @ .., last] => format!("reports {} and {last} put", first.join(", ")),
        [] => "no report puts".to_owned(),
    };
    let when = date.map(|date| stated(ledger, date, &entries));
    let event = event(ledger, tellings, &entries);
    let place = place(ledger, &entries);
    let why = match &when {
        Some(when) if several => {
            format!(
                "{by} something on {}, apart from the other days",
                when.label()
            )
        }
        Some(when) => format!(
            "{by} something on {}; what was still going on later is told apart",
            when.label()
        ),
        None => format!("{by} it after what is dated: it was still going on when it was told"),
    };
    let label = when
        .as_ref()
        .map_or_else(|| "Going on as reported".to_owned(), When::label);
    let mut title = label;
    if let Some(Value::Kind { code, .. }) = &event {
        title.push_str(&format!(": {}", code.replace('_', " ")));
    }
    if let Some(Value::Place(place)) = &place {
        let put = if place.site.is_some() { "at" } else { "in" };
        title.push_str(&format!(" {put} {}", place.label()));
    }
    Part {
        title,
        when,
        event,
        place,
        why,
        quotes: tellings
            .iter()
            .take(QUOTED)
            .map(|telling| {
                let text = &ledger.readings[telling.report].text;
                text.quote(sentence(ledger, telling.report, telling.sentence).span)
            })
            .collect(),
        findings: findings(ledger, &entries),
        claims: entries
            .iter()
            .map(|&i| ledger.entries[i].claim.id.clone())
            .collect(),
    }
}

/// The day as the first claim that dates the part has it; else the day itself, in nobody's words.
fn stated(ledger: &Ledger<'_>, date: Date, entries: &[usize]) -> When {
    let mut own = entries
        .iter()
        .filter_map(|&i| match &ledger.entries[i].claim.value {
            Value::When(when) if dated(ledger, &ledger.entries[i]) == Some(date) => {
                Some(when.words.clone())
            }
            _ => None,
        });
    let words = own.next().unwrap_or_default();
    When::day(date, words, "the day that its sentences name")
}

/// The kind that most of the sentences name; of equals the one that says most, then the first told. Claims of events
/// are heard first.
fn event(ledger: &Ledger<'_>, tellings: &[Telling], entries: &[usize]) -> Option<Value> {
    let claimed = entries.iter().find_map(|&i| {
        let claim = ledger.entries[i].claim;
        (claim.slot == Slot::Event && !ledger.entries[i].denied()).then(|| claim.value.clone())
    });
    if claimed.is_some() {
        return claimed;
    }
    let mut votes: BTreeMap<ViolenceKind, (usize, String)> = BTreeMap::new();
    for telling in tellings {
        let text = &ledger.readings[telling.report].text;
        // What stands nearest to the day is what happened on it; that people were killed says least.
        let near = telling
            .violence
            .iter()
            .filter(|it| it.kind != ViolenceKind::Killing)
            .min_by_key(|it| {
                (
                    telling.day.map(|day| day.abs_diff(it.span.start())),
                    it.kind,
                )
            });
        for told in &telling.violence {
            let words = text.slice(told.span).to_owned();
            let weight = if near == Some(told) { 3 } else { 1 };
            votes.entry(told.kind).or_insert((0, words)).0 += weight;
        }
    }
    if let Some((kind, (_, words))) = votes
        .into_iter()
        .min_by_key(|(kind, (n, _))| (std::cmp::Reverse(*n), *kind))
    {
        return Some(Value::Kind {
            code: kind.code().to_owned(),
            words,
        });
    }
    entries.iter().find_map(|&i| {
        let claim = ledger.entries[i].claim;
        (claim.slot == Slot::Status).then(|| claim.value.clone())
    })
}

/// The finest place that its claims give; of equals the first told.
fn place(ledger: &Ledger<'_>, entries: &[usize]) -> Option<Value> {
    let places = entries.iter().filter_map(|&i| {
        let entry = &ledger.entries[i];
        match &entry.claim.value {
            Value::Place(place) if entry.claim.slot == Slot::Where && !entry.denied() => {
                Some((place.precision, &entry.claim.value))
            }
            _ => None,
        }
    });
    places
        .filter(|(precision, _)| *precision != PlacePrecision::Country)
        .min_by_key(|(precision, _)| *precision)
        .map(|(_, value)| value.clone())
}

/// What stands on these claims alone.
fn findings(ledger: &Ledger<'_>, entries: &[usize]) -> Vec<model::Finding> {
    let own = Ledger {
        readings: ledger.readings.clone(),
        entries: entries
            .iter()
            .map(|&i| {
                let entry = &ledger.entries[i];
                Entry {
                    claim: entry.claim,
                    report: entry.report,
                    main: true,
                    scope: entry.scope.clone(),
                    moment: entry.moment,
                    part: None,
                    origin: entry.origin,
                }
            })
            .collect(),
        names: ledger.names.clone(),
        voices: ledger.voices.clone(),
    };
    reconcile::reconcile(&own).0
}

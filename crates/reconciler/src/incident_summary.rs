//! The incident at a glance: one line made of claims, and the line's claims.

use std::collections::{BTreeMap, BTreeSet};

use model::{
    Basis, CaseId, Certainty, ClaimId, IncidentCard, IncidentId, Place, PlacePrecision, Reading,
    Slot, Value, When, WhenPrecision, words,
};

use crate::cases;
use crate::ledger::Ledger;
use crate::reconcile::dates;

/// Kinds of happening and how a title puts the place to them. Whatever is not here happens "at" a site and "in" a town.
const PUT: &[(&str, &str)] = &[
    ("airstrike", "on"),
    ("assault", "on"),
    ("attack", "on"),
    ("raid", "on"),
    ("bombing", "of"),
    ("capture", "of"),
    ("shelling", "of"),
    ("siege", "of"),
];

/// One candidate value with the claims and reports that give it.
struct Choice<'a> {
    value: &'a Value,
    claims: Vec<usize>,
    reports: BTreeSet<usize>,
}

/// The id of an incident: of its reports as they were given, whichever account of a round-up is then taken
/// ([`crate::account_selection`]), so that who linked them can tell it beforehand.
pub fn id(given: &[&Reading]) -> IncidentId {
    // By id and not by letter, so that the id can be told from the reports alone.
    IncidentCard::id_of(given.iter().map(|reading| reading.part()))
}

/// The case id of an incident of which nothing is stored.
pub fn case(given: &[&Reading]) -> CaseId {
    cases::derived(
        &given
            .iter()
            .map(|reading| cases::Part::of(reading))
            .collect(),
    )
}

/// Makes the card of the reports in the ledger.
pub fn card(ledger: &Ledger<'_>, case: CaseId, id: IncidentId) -> IncidentCard {
    let event = event(ledger);
    let place = place(ledger);
    let when = when(ledger);
    let mut claims: Vec<ClaimId> = Vec::new();
    for choice in [&event, &place, &when].into_iter().flatten() {
        claims.extend(
            choice
                .claims
                .iter()
                .map(|&i| ledger.entries[i].claim.id.clone()),
        );
    }
    let day = when.as_ref().and_then(|choice| match choice.value {
        Value::When(when) => Some(when.clone()),
        _ => None,
    });
    let title = title(
        event.as_ref().map(|choice| choice.value),
        place.as_ref().map(|choice| choice.value),
        day.as_ref(),
    );
    IncidentCard {
        case,
        id,
        title,
        title_claims: claims,
        event: event.map(|choice| choice.value.clone()),
        place: place.map(|choice| choice.value.clone()),
        when: day,
    }
}

fn title(event: Option<&Value>, place: Option<&Value>, when: Option<&When>) -> String {
    let code = match event {
        Some(Value::Kind { code, .. }) => code.as_str(),
        _ => "incident",
    };
    let mut line = code.replace('_', " ");
    if let Some(first) = line.get(..1) {
        let upper = first.to_uppercase();
        line.replace_range(..1, &upper);
    }
    if let Some(Value::Place(place)) = place {
        let put = PUT.iter().find(|(kind, _)| *kind == code).map_or(
            if place.site.is_some() { "at" } else { "in" },
            |(_, put)| *put,
        );
        // A town is attacked in, a site attacked.
        let put = if place.site.is_none() && place.precision > PlacePrecision::Neighbourhood {
            "in"
        } else {
            put
        };
        line.push_str(&format!(" {put} {}", place.label()));
    }
    if let Some(when) = when {
        line.push_str(&format!(", {}", when.label()));
    }
    line
}

/// Gathers the values of one slot under a key, in the order of their first claim.
fn choices<'a>(
    ledger: &'a Ledger<'_>,
    slot: Slot,
    key: impl Fn(&'a Value) -> Option<String>,
) -> Vec<Choice<'a>> {
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    let mut out: Vec<Choice<'a>> = Vec::new();
    for (i, entry) in ledger.entries.iter().enumerate() {
        // A further day or place that a report names besides the happening's own does not stand for the incident.
        let further = entry.claim.evidence.basis == Basis::Further;
        if !entry.main || entry.claim.slot != slot || entry.denied() || further {
            continue;
        }
        let Some(key) = key(&entry.claim.value) else {
            continue;
        };
        let index = *at.entry(key).or_insert_with(|| {
            out.push(Choice {
                value: &entry.claim.value,
                claims: Vec::new(),
                reports: BTreeSet::new(),
            });
            out.len() - 1
        });
        out[index].claims.push(i);
        out[index].reports.insert(entry.report);
    }
    out
}

/// The kind that most reports give; ties go to the one that stands nearest the top of a report.
fn event<'a>(ledger: &'a Ledger<'_>) -> Option<Choice<'a>> {
    most(
        ledger,
        choices(ledger, Slot::Event, |value| match value {
            Value::Kind { code, .. } => Some(code.clone()),
            _ => None,
        }),
    )
}

fn most<'a>(ledger: &Ledger<'_>, choices: Vec<Choice<'a>>) -> Option<Choice<'a>> {
    choices
        .into_iter()
        .enumerate()
        .min_by_key(|(at, choice)| {
            (
                std::cmp::Reverse(choice.reports.len()),
                depth(ledger, choice),
                *at,
            )
        })
        .map(|(_, choice)| choice)
}

/// Whether a value is the night that ended on the morning that `when` gives: "Friday night" beside "early Saturday
/// morning".
fn night_before(value: &Value, when: &When) -> bool {
    let Value::When(night) = value else {
        return false;
    };
    let noon = when.date().at(12, 0, 0, 0);
    night.precision == WhenPrecision::PartOfDay
        && night.date() < when.date()
        && night.end > when.date().at(0, 0, 0, 0)
        && when.precision <= WhenPrecision::PartOfDay
        && when.start < noon
}

/// How far into its report the value first stands: reports open with what matters.
fn depth(ledger: &Ledger<'_>, choice: &Choice<'_>) -> Option<usize> {
    let starts = choice
        .claims
        .iter()
        .filter_map(|&i| ledger.entries[i].claim.quotes.first());
    starts.map(|quote| quote.start).min()
}

/// The finest place, in the town that most reports give, that at least half as many reports give as any there; of a
/// site's spellings, the one met first. A report counts by how sure the reader is of its town, in the proportions in
/// which such towns turned out right; one that gives only what holds a town (a county, a province) speaks for that at
/// half weight.
fn place<'a>(ledger: &'a Ledger<'_>) -> Option<Choice<'a>> {
    let all = choices(ledger, Slot::Where, |value| match value {
        Value::Place(place) => Some(words::key(&place.label())),
        _ => None,
    });
    let precision = |value: &Value| match value {
        Value::Place(Place { precision, .. }) => *precision,
        _ => PlacePrecision::Unresolved,
    };
    let mut towns: BTreeMap<String, (BTreeMap<usize, usize>, usize)> = BTreeMap::new();
    for (at, choice) in all.iter().enumerate() {
        let coarse = matches!(
            precision(choice.value),
            PlacePrecision::District | PlacePrecision::Region | PlacePrecision::Country
        );
        let (votes, _) = towns
            .entry(town(choice.value))
            .or_insert_with(|| (BTreeMap::new(), at));
        for &i in &choice.claims {
            let entry = &ledger.entries[i];
            let evidence = &entry.claim.evidence;
            let weight = match (evidence.basis, evidence.certainty) {
                (Basis::Around | Basis::Address, _) | (_, Certainty::Open) => 4,
                (_, Certainty::Likely) => 8,
                _ => 10,
            };
            let weight = if coarse { weight / 2 } else { weight };
            let vote = votes.entry(entry.report).or_default();
            *vote = weight.max(*vote);
        }
    }
    let (best, _) = towns.iter().min_by_key(|(_, (votes, at))| {
        let weight: usize = votes.values().sum();
        (std::cmp::Reverse(weight), *at)
    })?;
    let all: Vec<Choice<'a>> = all
        .into_iter()
        .filter(|choice| town(choice.value) == *best)
        .collect();
    let top = all.iter().map(|choice| choice.reports.len()).max()?;
    all.into_iter()
        .enumerate()
        .filter(|(_, choice)| choice.reports.len() * 2 >= top)
        .min_by_key(|(at, choice)| {
            (
                precision(choice.value),
                std::cmp::Reverse(choice.reports.len()),
                *at,
            )
        })
        .map(|(_, choice)| choice)
}

/// The town of a place: what holds a street, a site or a quarter, else the place itself.
fn town(value: &Value) -> String {
    let Value::Place(place) = value else {
        return String::new();
    };
    let inside = place.site.is_some() || place.precision == PlacePrecision::Neighbourhood;
    let name = match place.parts.first() {
        Some(holder) if inside => holder,
        _ => &place.name,
    };
    words::key(name)
}

/// The day that the reports, weighed by how each dates the happening ([`dates::weight`]), give first of all; ties go to
/// the earlier day, what follows is dated later, then to the one nearest the top of a report.
///
/// Nothing is reported before it happens: a day after the first publication of them all hardly counts.
fn when<'a>(ledger: &'a Ledger<'_>) -> Option<Choice<'a>> {
    let mut seen = BTreeSet::new();
    let first: BTreeSet<usize> = ledger
        .entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| {
            // A further day that a report names ("the search ended on Saturday") does not date the incident.
            entry.main
                && entry.claim.slot == Slot::When
                && entry.claim.evidence.basis != Basis::Further
                && seen.insert(entry.report)
        })
        .map(|(i, _)| i)
        .collect();
    let printed = ledger.readings.iter().filter_map(|reading| {
        let published = reading.report.published.as_ref()?;
        dates::latest_day(published)
    });
    let horizon = printed.min();
    let choices = choices(ledger, Slot::When, |value| match value {
        Value::When(when) => Some(when.date().to_string()),
        _ => None,
    });
    let weigh = |choice: &Choice<'_>| -> u32 {
        let Value::When(when) = choice.value else {
            return 0;
        };
        let late = horizon.is_some_and(|horizon| when.date() > horizon);
        let firsts = choice.claims.iter().filter(|i| first.contains(i));
        let sum: u32 = firsts
            .map(|&i| dates::weight(ledger.entries[i].claim))
            .sum();
        // "Friday night" is said of the small hours of Saturday, too.
        let nights: u32 = first
            .iter()
            .filter(|&&i| night_before(&ledger.entries[i].claim.value, when))
            .map(|&i| dates::weight(ledger.entries[i].claim))
            .sum();
        let sum = sum * 10 + if sum > 0 { nights * 5 } else { 0 };
        if late { sum.min(1) } else { sum }
    };
    choices
        .into_iter()
        .enumerate()
        .min_by_key(|(at, choice)| {
            let day = match choice.value {
                Value::When(when) => Some(when.date()),
                _ => None,
            };
            (
                std::cmp::Reverse(weigh(choice)),
                day.is_none(),
                day,
                depth(ledger, choice),
                *at,
            )
        })
        .map(|(_, choice)| choice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{DateTime, date};

    fn when(start: DateTime, end: DateTime, precision: WhenPrecision) -> When {
        When {
            start,
            end,
            precision,
            words: String::new(),
            anchor: String::new(),
        }
    }

    #[test]
    fn a_night_speaks_for_the_small_hours_of_the_next_day_and_not_for_its_afternoon() {
        let (friday, saturday) = (date(2031, 5, 9), date(2031, 5, 10));
        let night = Value::When(when(
            friday.at(18, 0, 0, 0),
            saturday.at(6, 0, 0, 0),
            WhenPrecision::PartOfDay,
        ));
        let part = |from, to| {
            when(
                saturday.at(from, 0, 0, 0),
                saturday.at(to, 0, 0, 0),
                WhenPrecision::PartOfDay,
            )
        };
        assert!(night_before(&night, &part(5, 12)));
        assert!(!night_before(&night, &part(12, 18)));
        let day = when(
            saturday.at(0, 0, 0, 0),
            saturday.at(23, 59, 0, 0),
            WhenPrecision::Day,
        );
        assert!(!night_before(&night, &day));
        assert!(!night_before(&Value::When(part(0, 6)), &part(5, 12)));
    }
}

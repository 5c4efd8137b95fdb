//! The likeliest bearers of a name, with their share of belief.

use super::{context::Context, ties::Tie, within::lies_in};
use crate::read::places::{
    gazetteer::{Gazetteer, NameKind, Record, RecordId, RecordKind},
    spot::{Hint, Spot},
};

/// Bearers of one name that are weighed at most; the most populous ones.
const BEARERS: usize = 400;

/// Bearers of one name that keep a share of belief.
const SHARERS: usize = 8;

/// Points by which a bearer must lead to be e times as likely.
const HEAT: f64 = 0.8;

/// Points a record has before the text is looked at.
fn prior(record: &Record<'_>, kind: NameKind, spot: &Spot) -> f64 {
    let people = f64::from(record.population.max(100));
    let base = match record.kind {
        RecordKind::Country => 9.3,
        RecordKind::Area => 8.3,
        // A parish of an island is less known than a city of its name.
        RecordKind::Region => (6.6 + 0.15 * people.log10()).min(people.log10() + 1.6),
        RecordKind::Macro => 9.0,
        RecordKind::SmallArea => 4.5,
        RecordKind::District => (people.log10() - 2.0).min(4.0),
        // The seat of a country is known by its main name; under another it is a namesake of some town.
        RecordKind::City if record.capital && kind == NameKind::Main => people.log10() + 1.0,
        RecordKind::City => people.log10(),
    };
    let alternate = match (kind, record.kind) {
        (NameKind::Main, _) => 0.0,
        (_, RecordKind::Country | RecordKind::Macro) => 0.2,
        (_, RecordKind::Region | RecordKind::Area) => 0.3,
        (_, RecordKind::City) if record.population >= 300_000 => 0.7,
        (_, RecordKind::District) => 0.5,
        _ => 2.4,
    };
    let hinted = match spot.hint {
        Hint::None => 0.0,
        Hint::Region => match record.kind {
            RecordKind::Region | RecordKind::Area | RecordKind::Country => 3.0,
            RecordKind::District => 1.5,
            _ => 0.0,
        },
        Hint::District => match record.kind {
            RecordKind::District => 4.0,
            RecordKind::SmallArea => 2.0,
            RecordKind::Region => 1.0,
            _ => 0.0,
        },
        Hint::City => match record.kind {
            RecordKind::City => 3.0,
            _ => 0.0,
        },
    };
    base - alternate + hinted
}

/// The points of a bearer beside others of the name.
fn among_namesakes(
    mut points: f64,
    bearers: &[(RecordId, NameKind, Record<'_>)],
    spot: &Spot,
    id: RecordId,
    record: &Record<'_>,
) -> f64 {
    // A city of the same name inside the division is what people mean, unless the words say otherwise.
    if record.kind == RecordKind::Region
        && spot.hint == Hint::None
        && bearers.iter().any(|(_, kind, city)| {
            city.kind == RecordKind::City
                && city.region == Some(id)
                && city.population
                    >= if *kind == NameKind::Main {
                        50_000
                    } else {
                        150_000
                    }
        })
    {
        points -= 1.5;
    }
    // "Washington" without more is the seat of government.
    if record.capital
        && bearers.iter().any(|(_, kind, other)| {
            other.kind == RecordKind::Region
                && *kind == NameKind::Main
                && other.country == record.country
        })
    {
        points += 1.5;
    }
    if record.kind == RecordKind::City
        && spot.hint != Hint::City
        && bearers.iter().any(|(_, kind, other)| {
            other.kind == RecordKind::Country
                && other.country == record.country
                && *kind != NameKind::People
        })
    {
        points -= 5.0;
    }
    points
}

/// The likeliest bearers with their share of belief, best first.
pub(super) fn choose(
    gazetteer: &Gazetteer,
    spot: &Spot,
    holder: Option<(&Spot, Tie)>,
    context: &Context<'_>,
    round: usize,
) -> Vec<(RecordId, f64)> {
    let mut bearers: Vec<(RecordId, NameKind, Record<'_>)> = spot
        .hits
        .iter()
        .filter_map(|&(id, kind)| Some((id, kind, gazetteer.record(id)?)))
        .collect();
    if bearers.len() > BEARERS {
        bearers.sort_by_key(|(id, _, record)| (std::cmp::Reverse(record.population), *id));
        bearers.truncate(BEARERS);
    }
    let mut scored: Vec<(f64, RecordId, Record<'_>)> = bearers
        .iter()
        .map(|&(id, kind, record)| {
            let mut points = prior(&record, kind, spot);
            points = among_namesakes(points, &bearers, spot, id, &record);
            if round > 0 {
                points += context.near(&spot.name, id, &record);
            }
            if let Some((holder, tie)) = holder
                && holder.hits.iter().any(|hit| lies_in(gazetteer, id, hit.0))
            {
                points += if tie == Tie::Firm { 20.0 } else { 6.0 };
            }
            (points, id, record)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let Some(&(top, _, _)) = scored.first() else {
        return Vec::new();
    };
    scored.truncate(SHARERS);
    let belief = |points: f64| ((points - top) / HEAT).exp();
    let sum: f64 = scored.iter().map(|one| belief(one.0)).sum();
    scored
        .iter()
        .map(|one| (one.1, belief(one.0) / sum))
        .collect()
}

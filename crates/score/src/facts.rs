//! The few facts that count benchmarks ask of an incident, taken from its dossier.
//!
//! Every number comes from findings, and so from claims and their words; nothing here looks at a text. The rule for people, used where
//! a benchmark wants one number: the best figure for everybody (rule `ucdp`); without one, the sum over parts that cannot overlap ("two women and a
//! man"); the attacker's own death is added when no figure for everybody holds it.

use jiff::civil::Date;
use model::{AgeGroup, Dossier, Finding, Place, PlacePrecision, RelationKind, Role, Slot, Value};

/// What a count benchmark asks of an incident.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// People killed: best figure.
    pub killed: Option<u64>,
    /// People injured: best figure.
    pub injured: Option<u64>,
    /// The day it began.
    pub date: Option<Date>,
    /// The town, or else the smallest named division.
    pub city: Option<String>,
    /// The street-level place, in the words of the report.
    pub address: Option<String>,
    /// Killed, min and max by the rule `airwars`.
    pub killed_range: Option<(u64, u64)>,
    /// Injured, min and max by the rule `airwars`.
    pub injured_range: Option<(u64, u64)>,
}

impl Facts {
    /// Takes the facts from a dossier.
    pub fn of(dossier: &Dossier) -> Self {
        let place = match &dossier.incident.place {
            Some(Value::Place(place)) => Some(place),
            _ => None,
        };
        Self {
            killed: people(dossier, Slot::Killed),
            injured: people(dossier, Slot::Injured),
            date: dossier.incident.when.as_ref().map(model::When::date),
            city: place.and_then(city).or_else(|| any_city(dossier)),
            address: place.and_then(address).or_else(|| any_address(dossier)),
            killed_range: airwars(dossier, Slot::Killed),
            injured_range: airwars(dossier, Slot::Injured),
        }
    }
}

/// The figure for one finding.
fn best(finding: &Finding) -> Option<u64> {
    let numbers = finding.numbers.as_ref()?;
    numbers
        .ucdp
        .best
        .or(numbers.latest.best)
        .or(numbers.ucdp.low)
        .or(numbers.interval.low)
}

/// The number of people by the rule of this module.
pub fn people(dossier: &Dossier, slot: Slot) -> Option<u64> {
    let findings: Vec<(&Finding, u64)> = dossier
        .findings
        .iter()
        .filter(|finding| finding.slot == slot)
        .filter_map(|finding| best(finding).map(|n| (finding, n)))
        .collect();
    let all = findings
        .iter()
        .find(|(finding, _)| finding.scope.is_all())
        .map(|(_, n)| *n);
    let sum = |keep: &dyn Fn(&Finding) -> bool| -> Option<u64> {
        let parts: Vec<u64> = findings
            .iter()
            .filter(|(finding, _)| keep(finding))
            .map(|(_, n)| *n)
            .collect();
        (!parts.is_empty()).then(|| parts.iter().sum())
    };
    let attackers = sum(&|finding| finding.scope.role == Role::Attacker).unwrap_or(0);
    // Three ways to cut people into parts that cannot overlap; within each, scopes differ only in that one thing.
    let victims = |finding: &Finding| finding.scope.role != Role::Attacker;
    let by_sex = sum(&|finding| {
        victims(finding) && finding.scope.sex.is_some() && finding.scope.age == AgeGroup::Unsaid
    });
    let by_age = sum(&|finding| {
        victims(finding) && finding.scope.age != AgeGroup::Unsaid && finding.scope.sex.is_none()
    });
    let by_role = sum(&|finding| {
        victims(finding)
            && finding.scope.role != Role::All
            && finding.scope.sex.is_none()
            && finding.scope.age == AgeGroup::Unsaid
    });
    let others = findings
        .iter()
        .filter(|(finding, _)| victims(finding) && !finding.scope.is_all())
        .map(|(_, n)| *n)
        .max();
    let parts = [by_sex, by_age, by_role, others]
        .into_iter()
        .flatten()
        .max();
    let victims = all.or(parts);
    match (victims, attackers) {
        (None, 0) => findings.first().map(|_| 0),
        (None, n) => Some(n),
        (Some(n), 0) => Some(n),
        (Some(n), _) if attackers_within(dossier, slot) => Some(n.max(attackers)),
        (Some(n), more) => Some(n + more),
    }
}

/// Whether some figure for everybody is said to hold the attackers.
fn attackers_within(dossier: &Dossier, slot: Slot) -> bool {
    dossier
        .findings
        .iter()
        .filter(|finding| finding.slot == slot)
        .flat_map(|finding| &finding.relations)
        .filter(|relation| relation.kind == RelationKind::PartOf)
        .any(|relation| {
            let (Some(part), Some(whole)) =
                (dossier.claim(&relation.a), dossier.claim(&relation.b))
            else {
                return false;
            };
            // Only a part named in the same words as its whole is surely counted in it: "three people, including the gunman".
            part.scope.role == Role::Attacker
                && whole.scope.is_all()
                && part.report == whole.report
                && part.quote().start < whole.quote().end + 80
                && whole.quote().start < part.quote().end + 80
        })
}

/// Min and max by the rule `airwars`: of civilians where they are told apart, else of everybody.
fn airwars(dossier: &Dossier, slot: Slot) -> Option<(u64, u64)> {
    let range = |finding: &Finding| {
        let numbers = finding.numbers.as_ref()?;
        let low = numbers.airwars.low.or(numbers.airwars.best)?;
        let high = numbers.airwars.high.or(numbers.airwars.best).unwrap_or(low);
        Some((low, high.max(low)))
    };
    let of = |keep: &dyn Fn(&Finding) -> bool| {
        dossier
            .findings
            .iter()
            .filter(|finding| finding.slot == slot && keep(finding))
            .filter_map(range)
            .max_by_key(|&(low, high)| (high, low))
    };
    // Where civilians are told apart, their finding holds what is said of everybody too, by the rule.
    let whole = of(&|finding| finding.scope.key() == civilians().key())
        .or_else(|| of(&|finding| finding.scope.is_all()));
    let part = of(&|finding| !matches!(finding.scope.role, Role::Fighter | Role::Attacker));
    match (whole, part) {
        // Five children are at least five people.
        (Some(whole), Some(part)) if part.0 > whole.1 => Some(part),
        (whole, part) => whole.or(part),
    }
}

fn civilians() -> model::Scope {
    model::Scope {
        role: Role::Civilian,
        ..model::Scope::default()
    }
}

/// The town of a place: its own name if it is one, else what holds it; `None` for a street or site of no known town.
fn city(place: &Place) -> Option<String> {
    match place.precision {
        PlacePrecision::Street | PlacePrecision::Site | PlacePrecision::Neighbourhood => {
            place.parts.first().cloned()
        }
        _ => Some(place.name.clone()),
    }
}

/// The first town among the claims, when the incident's own place has none.
fn any_city(dossier: &Dossier) -> Option<String> {
    let places = dossier
        .claims
        .iter()
        .filter(|claim| claim.slot == Slot::Where);
    places
        .filter_map(|claim| match &claim.value {
            Value::Place(place) => Some(place),
            _ => None,
        })
        .find_map(city)
}

/// The street-level words of a place.
fn address(place: &Place) -> Option<String> {
    (place.precision == PlacePrecision::Street)
        .then(|| place.site.clone().unwrap_or_else(|| place.words.clone()))
}

/// The first street-level place among the claims, when the incident's own place is coarser.
fn any_address(dossier: &Dossier) -> Option<String> {
    dossier
        .claims
        .iter()
        .filter(|claim| claim.slot == Slot::Where)
        .find_map(|claim| match &claim.value {
            Value::Place(place) => address(place),
            _ => None,
        })
}

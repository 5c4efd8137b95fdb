//! The few facts that count benchmarks ask of an incident, taken from its dossier.
//!
//! Every number comes from findings, and so from claims and their words; nothing here looks at a text. Where a
//! benchmark wants one number of people it is that of independent reports taken together ([`model::Agreed`]).

use jiff::civil::Date;
use model::{Dossier, Finding, Place, PlacePrecision, Role, RuleName, Slot, Value};

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

/// The number of people that independent reports give, taken together.
fn people(dossier: &Dossier, slot: Slot) -> Option<u64> {
    dossier.agreed(slot).map(|agreed| agreed.n)
}

/// Min and max by the rule `airwars`: of civilians where they are told apart, else of everybody, else of some who bear
/// no arms.
fn airwars(dossier: &Dossier, slot: Slot) -> Option<(u64, u64)> {
    let range = |finding: &Finding| {
        let numbers = finding.numbers.as_ref()?;
        let airwars = &numbers[RuleName::Airwars];
        let low = airwars.low.or(airwars.best)?;
        let high = airwars.high.or(airwars.best).unwrap_or(low);
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
    let part = of(&|finding| {
        !finding.scope.is_all() && !finding.scope.armed && finding.scope.role != Role::Attacker
    });
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

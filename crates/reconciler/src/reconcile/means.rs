//! With what it was done: kinds of weapons and how many.

use model::{Bound, Count, RelationKind, Value};

use super::counts::{Found, apart};
use crate::ledger::Ledger;

/// Families of means, and the codes that belong to each. A code may stand for its family. A list: add freely.
const FAMILIES: &[(&str, &[&str])] = &[
    (
        "vehicle_bomb",
        &[
            "car_bomb",
            "truck_bomb",
            "vehicle_bomb",
            "explosive_vehicle",
            "suicide_car_bomb",
            "motorcycle_bomb",
            "svbied",
            "vbied",
            "boat_bomb",
        ],
    ),
    (
        "air",
        &[
            "airstrike",
            "air_strike",
            "bombardment",
            "barrel_bomb",
            "helicopter",
        ],
    ),
    ("drone", &["drone", "drone_strike", "uav"]),
    (
        "ground_fire",
        &[
            "shelling",
            "shell",
            "artillery",
            "mortar",
            "rocket",
            "missile",
            "tank",
            "tank_fire",
        ],
    ),
    (
        "placed_bomb",
        &[
            "bomb",
            "ied",
            "roadside_bomb",
            "mine",
            "landmine",
            "explosive",
            "explosives",
            "suicide_vest",
            "suicide_bomb",
            "package_bomb",
        ],
    ),
    ("grenade", &["grenade", "rpg"]),
    (
        "firearm",
        &[
            "firearm",
            "gun",
            "rifle",
            "pistol",
            "shotgun",
            "machine_gun",
            "sniper",
        ],
    ),
    ("blade", &["knife", "machete", "sword", "axe", "blade"]),
    ("fire", &["arson", "fire", "petrol_bomb", "molotov"]),
    ("ramming", &["ramming", "vehicle", "car_ramming"]),
    ("chemical", &["chemical", "gas", "chlorine", "sarin"]),
];

/// Families of which one blast or strike has one: two of them for one happening pull apart.
const DELIVERIES: &[&str] = &["vehicle_bomb", "air", "ground_fire", "drone"];

/// The family of a code; the code itself when it belongs to none.
pub fn family(code: &str) -> &str {
    FAMILIES
        .iter()
        .find(|(name, codes)| *name == code || codes.contains(&code))
        .map_or(code, |(name, _)| name)
}

/// How many, from the value or from its first word: "a car bomb" is one.
pub fn count(value: &Value) -> Option<Count> {
    let Value::Thing { words, count, .. } = value else {
        return None;
    };
    count.clone().or_else(|| {
        let first = words.split_whitespace().next()?.to_lowercase();
        let n = match first.as_str() {
            "a" | "an" | "one" | "single" => 1,
            "two" | "twin" | "both" => 2,
            "three" => 3,
            "four" => 4,
            "five" => 5,
            _ => return None,
        };
        Some(Count::said(n, Bound::Exact, words.clone()))
    })
}

/// What a thing is and how many, as a key. Codes of one family keep apart: a car bomb and a truck bomb are two positions.
pub fn key(value: &Value) -> String {
    let Value::Thing { code, .. } = value else {
        return String::new();
    };
    match count(value) {
        Some(count) => format!("{code} {}", count.interval()),
        None => code.clone(),
    }
}

/// Relates two means. `first` says whether each is the first of its kind that its report names, and so the one the happening
/// opens with: later ones may be others.
pub fn relate(ledger: &Ledger<'_>, i: usize, j: usize, first: (bool, bool)) -> Option<Found> {
    let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
    let (Value::Thing { code: x, .. }, Value::Thing { code: y, .. }) =
        (&a.claim.value, &b.claim.value)
    else {
        return None;
    };
    if a.report == b.report {
        return None;
    }
    let opening = first.0 && first.1;
    if a.denied() != b.denied() {
        return (family(x) == family(y)).then(|| {
            Found::new(
                RelationKind::Contradicts,
                "one denies the means that the other gives",
            )
        });
    }
    let counts = (count(&a.claim.value), count(&b.claim.value));
    if family(x) == family(y) {
        return match &counts {
            (Some(m), Some(n)) if apart(m, n) && opening => Some(Found::new(
                RelationKind::Contradicts,
                format!(
                    "{} against {} of one kind, for the same happening",
                    m.label(),
                    n.label()
                ),
            )),
            (Some(m), Some(n)) if apart(m, n) => None,
            _ if x == y => Some(Found::new(RelationKind::Compatible, "the same kind")),
            _ => Some(Found::new(RelationKind::Compatible, "both are of one kind")),
        };
    }
    let deliveries = DELIVERIES.contains(&family(x)) && DELIVERIES.contains(&family(y));
    (opening && deliveries).then(|| {
        Found::new(
            RelationKind::Tension,
            "each report opens with another means; one may not know of the other, or they differ",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_families_and_articles_are_numbers() {
        assert_eq!(family("car_bomb"), family("explosive_vehicle"));
        assert_ne!(family("car_bomb"), family("firearm"));
        assert_eq!(family("trebuchet"), "trebuchet");
        let thing = |words: &str| Value::Thing {
            code: "car_bomb".into(),
            words: words.into(),
            count: None,
        };
        assert_eq!(count(&thing("a car bomb")).unwrap().low, 1);
        assert_eq!(count(&thing("car bombs")), None);
    }
}

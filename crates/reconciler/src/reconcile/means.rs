//! With what it was done: kinds of weapons and how many.

use model::{Bound, Claim, Count, Detail, Firearm, RelationKind, Value};

use super::{found::Found, intervals::apart};
use crate::ledger::{Entry, Ledger};

/// Families of means, and the codes that belong to each. A code may stand for its family. A list: add freely.
const FAMILIES: &[(&str, &[&str])] = &[
    (
        "vehicle_bomb",
        &[
            "car_bomb",
            "truck_bomb",
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
    ("drone", &["drone_strike", "uav"]),
    (
        "missile",
        &["rocket", "cruise_missile", "ballistic_missile"],
    ),
    (
        "artillery",
        &["shelling", "shell", "mortar", "tank", "tank_fire"],
    ),
    ("suicide_bomb", &["suicide_bomber", "suicide_vest"]),
    (
        "planted",
        &["ied", "roadside_bomb", "mine", "landmine", "package_bomb"],
    ),
    ("bomb", &["explosive", "explosives"]),
    ("grenade", &["rpg"]),
    (
        "firearm",
        &["gun", "rifle", "pistol", "shotgun", "machine_gun", "sniper"],
    ),
    ("blade", &["knife", "machete", "sword", "axe"]),
    ("fire", &["arson", "incendiary", "petrol_bomb", "molotov"]),
    ("ramming", &["vehicle", "car_ramming"]),
    ("chemical", &["gas", "chlorine", "sarin"]),
];

/// Families that say how the charge came: for one blast, two of them cannot both hold.
const DELIVERIES: &[&str] = &[
    "vehicle_bomb",
    "air",
    "drone",
    "missile",
    "artillery",
    "suicide_bomb",
    "planted",
    "ramming",
];

/// Families that a mere "bomb" may be.
const BOMBS: &[&str] = &[
    "vehicle_bomb",
    "air",
    "missile",
    "suicide_bomb",
    "planted",
    "drone",
];

/// Whether `family` may have carried what `code` names: an air strike or a drone fires the missile that another report
/// tells of, and a drone's strike comes from the air. A rocket is fired from the ground.
fn carries(carrier: &str, code: &str) -> bool {
    match carrier {
        "air" => family(code) == "drone" || matches!(code, "missile" | "cruise_missile"),
        "drone" => code == "missile",
        _ => false,
    }
}

/// Families whose things are counted one by one; "an airstrike" is an act, and no number of bombs.
const COUNTED: &[&str] = &[
    "vehicle_bomb",
    "missile",
    "suicide_bomb",
    "planted",
    "bomb",
    "ramming",
    "grenade",
];

/// The family of a code; the code itself when it belongs to none.
pub fn family(code: &str) -> &str {
    FAMILIES
        .iter()
        .find(|(name, codes)| *name == code || codes.contains(&code))
        .map_or(code, |(name, _)| name)
}

/// How many, from the value or from the article: "a car bomb" is one.
fn count(claim: &Claim) -> Option<Count> {
    let Value::Thing { words, count, .. } = &claim.value else {
        return None;
    };
    count.clone().or_else(|| match claim.evidence.detail {
        Some(Detail::Weapon {
            number: Some(n), ..
        }) => Some(Count::said(n, Bound::Exact, words.clone())),
        _ => None,
    })
}

/// The sort of firearm the words name.
fn firearm(claim: &Claim) -> Option<Firearm> {
    match claim.evidence.detail {
        Some(Detail::Weapon { firearm, .. }) => firearm,
        _ => None,
    }
}

/// What a thing is and how many, as a key. Codes of one family keep apart: a car bomb and a truck bomb are two
/// positions.
pub fn key(claim: &Claim) -> String {
    let Value::Thing { code, .. } = &claim.value else {
        return String::new();
    };
    let sort = firearm(claim).map(Firearm::name).unwrap_or_default();
    match count(claim) {
        Some(count) => format!("{code} {sort} {}", count.interval()),
        None => format!("{code} {sort}"),
    }
}

/// Relates two means. `first` says whether each is the first of its family that its report names, and so the one the
/// happening opens with: later ones may be others.
pub fn relate(ledger: &Ledger<'_>, i: usize, j: usize, first: (bool, bool)) -> Option<Found> {
    let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
    let (Value::Thing { code: x, .. }, Value::Thing { code: y, .. }) =
        (&a.claim.value, &b.claim.value)
    else {
        return None;
    };
    let (one, other) = (family(x), family(y));
    if a.denied() != b.denied() {
        return (one == other && firearm(a.claim) == firearm(b.claim) && a.origin != b.origin)
            .then(|| {
                Found::new(
                    RelationKind::Contradicts,
                    "one denies the means that the other gives",
                )
            });
    }
    // One voice in one text names all that was used.
    if a.denied() || a.report == b.report && a.origin == b.origin {
        return None;
    }
    let counts = (count(a.claim), count(b.claim));
    let counted = COUNTED.contains(&one) && COUNTED.contains(&other);
    let numbers = counted && matches!(&counts, (Some(m), Some(n)) if apart(m, n));
    let against = |why: String| {
        let soft = a.possible() || b.possible();
        Some(Found::new(
            if soft {
                RelationKind::Tension
            } else {
                RelationKind::Contradicts
            },
            if soft {
                format!("{why}; one is only thought possible")
            } else {
                why
            },
        ))
    };
    let said = |value: &Value| value.label();
    let both = format!(
        "“{}” against “{}”",
        said(&a.claim.value),
        said(&b.claim.value)
    );
    if one == other {
        return match (firearm(a.claim), firearm(b.claim)) {
            (Some(m), Some(n)) if m != n => (first.0 && first.1)
                .then(|| against(format!("a {} against a {}", m.name(), n.name())))
                .flatten(),
            _ if numbers => (first.0 && first.1)
                .then(|| {
                    against(format!(
                        "{both}: one kind, another number, for the same happening"
                    ))
                })
                .flatten(),
            _ if a.report == b.report => None,
            _ => Some(Found::new(RelationKind::Compatible, "both are of one kind")),
        };
    }
    let bomb = |family: &str, other: &str| family == "bomb" && BOMBS.contains(&other);
    if bomb(one, other) || bomb(other, one) {
        return if numbers && first.0 && first.1 {
            against(format!("{both}: another number, for the same happening"))
        } else if a.report == b.report || numbers {
            None
        } else {
            Some(Found::new(RelationKind::Compatible, "a bomb may be either"))
        };
    }
    if carries(one, y) || carries(other, x) {
        return (a.report != b.report).then(|| {
            Found::new(
                RelationKind::Compatible,
                "the one may have carried the other",
            )
        });
    }
    let exclude = DELIVERIES.contains(&one) && DELIVERIES.contains(&other);
    (exclude && first.0 && first.1 && !told(ledger, a, other) && !told(ledger, b, one))
        .then(|| against(format!("{both}: the charge came one way or the other")))
        .flatten()
}

/// Whether the voice of `entry` tells, in the same report, of a means of this family too: then both were used.
fn told(ledger: &Ledger<'_>, entry: &Entry<'_>, other: &str) -> bool {
    let same = |report: usize| report == entry.report;
    let from = ledger
        .entries
        .partition_point(|other| other.report < entry.report);
    ledger.entries[from..]
        .iter()
        .take_while(|e| same(e.report))
        .any(|e| {
            e.main
                && e.origin == entry.origin
                && !e.denied()
                && matches!(&e.claim.value, Value::Thing { code, .. } if family(code) == other)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_families() {
        assert_eq!(family("car_bomb"), family("explosive_vehicle"));
        assert_ne!(family("car_bomb"), family("firearm"));
        assert_eq!(family("trebuchet"), "trebuchet");
    }
}

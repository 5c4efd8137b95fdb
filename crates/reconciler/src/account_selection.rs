//! Focus: which account of each report tells of the incident that a group of reports shares.
//!
//! Comes in: the readings of reports taken as one incident. Goes out: each told as the account that stands for it. A
//! report that tells of one happening gives its main account. A round-up gives, of its main account and its further
//! ones ([`AccountKind::Further`]), the one whose street, town and day most other reports of the group share; the main
//! one where no other fits better, and always when it is the only report. Knows nothing of figures: reports are never
//! chosen by how many they count.

use std::collections::{BTreeMap, BTreeSet};

use model::{Account, AccountKind, PlacePrecision, Reading, Slot, Value, words};

/// How much a key of each kind that another report shares speaks for an account.
const STREET: u32 = 3;
const TOWN: u32 = 1;
const DAY: u32 = 1;
/// A main account speaks for twice as much as a further one: what a report is about is told first.
const MAIN: u32 = 2;
/// Accounts looked at in one report.
const MOST: usize = 200;

/// What places an account: its keys, each with its weight.
type Keys = BTreeSet<(Kind, String)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Street,
    Town,
    Day,
}

impl Kind {
    fn weight(self) -> u32 {
        match self {
            Self::Street => STREET,
            Self::Town => TOWN,
            Self::Day => DAY,
        }
    }
}

/// Each reading told as the account that stands for it ([`Reading::told_as`]); `None` where it is the main one.
pub fn choose(readings: &[&Reading]) -> Vec<Option<Reading>> {
    let several = |reading: &Reading| {
        reading
            .accounts
            .iter()
            .any(|account| account.kind == AccountKind::Further)
    };
    if readings.len() < 2 || !readings.iter().any(|reading| several(reading)) {
        return vec![None; readings.len()];
    }
    let keyed: Vec<Vec<(usize, u32, Keys)>> =
        readings.iter().map(|reading| keys(reading)).collect();
    // Each report speaks for a key once, by the account for which it speaks most.
    let own: Vec<BTreeMap<&(Kind, String), u32>> = keyed
        .iter()
        .map(|accounts| {
            let mut own = BTreeMap::new();
            for (_, weight, keys) in accounts {
                for key in keys {
                    let known = own.entry(key).or_insert(0);
                    *known = (*known).max(*weight);
                }
            }
            own
        })
        .collect();
    let mut all: BTreeMap<&(Kind, String), u32> = BTreeMap::new();
    for (key, weight) in own.iter().flatten() {
        *all.entry(key).or_insert(0) += weight;
    }
    readings
        .iter()
        .zip(&keyed)
        .zip(&own)
        .map(|((reading, accounts), own)| {
            if !several(reading) {
                return None;
            }
            let score = |keys: &Keys| -> u32 {
                [Kind::Street, Kind::Town, Kind::Day]
                    .into_iter()
                    .map(|kind| {
                        let of_others = keys.iter().filter(|key| key.0 == kind).map(|key| {
                            all.get(key).copied().unwrap_or(0) - own.get(key).copied().unwrap_or(0)
                        });
                        kind.weight() * of_others.max().unwrap_or(0)
                    })
                    .sum()
            };
            // Of equals the main account, then the first told.
            let (at, ..) = accounts
                .iter()
                .max_by_key(|(at, weight, keys)| (score(keys), *weight, std::cmp::Reverse(*at)))?;
            let best = &reading.accounts[*at];
            (best.kind != AccountKind::Main)
                .then(|| reading.told_as(&best.id))
                .flatten()
        })
        .collect()
}

/// The accounts that tell of something as news, with how much each speaks for and its keys.
fn keys(reading: &Reading) -> Vec<(usize, u32, Keys)> {
    reading
        .accounts
        .iter()
        .enumerate()
        .filter_map(|(at, account)| {
            let weight = match account.kind {
                AccountKind::Main => MAIN,
                AccountKind::Further => 1,
                AccountKind::Period | AccountKind::Background => return None,
            };
            Some((at, weight, keys_of(account)))
        })
        .take(MOST)
        .collect()
}

fn keys_of(account: &Account) -> Keys {
    let mut out = Keys::new();
    for claim in &account.claims {
        match (&claim.value, claim.slot) {
            (Value::Place(place), Slot::Where) => {
                let inside = matches!(
                    place.precision,
                    PlacePrecision::Street | PlacePrecision::Site | PlacePrecision::Neighbourhood
                );
                let town = if inside {
                    place.parts.first()
                } else {
                    Some(&place.name)
                };
                out.extend(town.map(|town| (Kind::Town, words::key(town))));
                if inside {
                    let site = place.site.as_deref().unwrap_or(&place.name);
                    out.insert((Kind::Street, words::key(site)));
                }
            }
            (Value::When(when), Slot::When) => {
                out.insert((Kind::Day, when.date().to_string()));
            }
            _ => {}
        }
    }
    out
}

//! Where it happened: names of one place, and places inside others.

use std::collections::BTreeMap;

use model::{
    Claim, Detail, Place, PlacePrecision, RelationKind, SiteKind, Value,
    words::{self, alike},
};

use super::found::Found;
use crate::ledger::{Entry, Ledger};

/// Distinct places above which spellings are no longer compared pair by pair.
const MANY: usize = 200;

/// What names a place: its site and its own name, folded.
pub fn key(place: &Place) -> String {
    let site = place.site.as_deref().map(words::key).unwrap_or_default();
    match &place.id {
        Some(id) => format!("{id}|{site}"),
        None => format!("{}|{site}", words::key(&place.name)),
    }
}

/// Gives places that are one under different spellings one key: the one that sorts first.
pub fn join(ledger: &Ledger<'_>, entries: &[usize], keys: &mut [String]) {
    let mut places: BTreeMap<String, &Claim> = BTreeMap::new();
    for (&i, key) in entries.iter().zip(keys.iter()) {
        let claim = ledger.entries[i].claim;
        if let Value::Place(_) = &claim.value {
            places.entry(key.clone()).or_insert(claim);
        }
    }
    if places.len() > MANY {
        return;
    }
    let list: Vec<(&String, &&Claim)> = places.iter().collect();
    let mut first: Vec<usize> = (0..list.len()).collect();
    for b in 0..list.len() {
        if let Some(a) = (0..b).find(|&a| same(list[a].1, list[b].1)) {
            first[b] = first[a];
        }
    }
    let renamed: BTreeMap<&String, &String> = list
        .iter()
        .zip(&first)
        .map(|((key, _), &to)| (*key, list[to].0))
        .collect();
    for key in keys {
        if let Some(to) = renamed.get(key) {
            *key = (*to).clone();
        }
    }
}

/// Whether two claims give one place.
fn same(one: &Claim, other: &Claim) -> bool {
    let (Value::Place(a), Value::Place(b)) = (&one.value, &other.value) else {
        return false;
    };
    match (&a.site, &b.site) {
        (Some(_), Some(_)) => same_site(site(one), site(other)) && around(a, b),
        (None, None) => {
            a.precision != PlacePrecision::Unresolved && (a.id.is_some() && a.id == b.id)
                || (alike(&words::key(&a.name), &words::key(&b.name))
                    && a.precision == b.precision
                    && around(a, b))
        }
        _ => false,
    }
}

/// The kind and the own name of a claim's site.
fn site(claim: &Claim) -> (Option<SiteKind>, &str) {
    match &claim.evidence.detail {
        Some(Detail::Site { kind, name }) => (*kind, name),
        _ => (None, ""),
    }
}

/// Whether two sites are one: the same kind, and own names that are alike or missing.
fn same_site(a: (Option<SiteKind>, &str), b: (Option<SiteKind>, &str)) -> bool {
    let ((kind_a, name_a), (kind_b, name_b)) = (a, b);
    match (kind_a, kind_b) {
        (Some(x), Some(y)) if x != y => return false,
        _ => {}
    }
    match (name_a.is_empty(), name_b.is_empty()) {
        (true, true) => kind_a.is_some(),
        // "the jail" beside "Old Mill prison": one kind, and only one of them says which.
        (true, false) | (false, true) => kind_a.is_some() && kind_a == kind_b,
        (false, false) => alike(name_a, name_b),
    }
}

/// Whether the place names around two sites allow that they are one.
fn around(a: &Place, b: &Place) -> bool {
    let countries = a.country.is_some() && b.country.is_some() && a.country != b.country;
    if countries {
        return false;
    }
    if let Some(metres) = a.distance_m(b) {
        let reach =
            f64::from(a.radius_m.unwrap_or(10_000)) + f64::from(b.radius_m.unwrap_or(10_000));
        return metres <= reach + 10_000.0;
    }
    true
}

/// Whether `inner` lies in `outer` by name.
fn inside(inner: &Place, outer: &Place) -> bool {
    if outer.site.is_some() {
        return false;
    }
    let name = words::key(&outer.name);
    let named = |place: &Place| {
        words::key(&place.name) == name || place.parts.iter().any(|part| words::key(part) == name)
    };
    inner.precision < outer.precision && named(inner)
}

/// Relates two places that different claims give.
pub fn relate(a: &Entry<'_>, b: &Entry<'_>) -> Option<Found> {
    let (Value::Place(x), Value::Place(y)) = (&a.claim.value, &b.claim.value) else {
        return None;
    };
    if same(a.claim, b.claim) {
        return Some(Found::new(
            RelationKind::SamePlace,
            format!("“{}” and “{}” are one place", name(x), name(y)),
        ));
    }
    if inside(x, y) || inside(y, x) {
        let (inner, outer) = if inside(x, y) { (x, y) } else { (y, x) };
        return Some(Found::new(
            RelationKind::Compatible,
            format!("{} lies in {}", name(inner), name(outer)),
        ));
    }
    if x.country.is_some() && y.country.is_some() && x.country != y.country {
        return Some(Found::new(RelationKind::Tension, "places in two countries"));
    }
    None
}

fn name(place: &Place) -> &str {
    place.site.as_deref().unwrap_or(&place.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prison_is_a_jail_and_no_hospital() {
        let prison = |name: &'static str| (Some(SiteKind::Prison), name);
        assert!(same_site(prison("dulmira"), prison("dulmeera")));
        assert!(same_site(prison(""), prison("dulmira")));
        assert!(!same_site(
            prison("dulmira"),
            (Some(SiteKind::Hospital), "dulmira")
        ));
        assert!(!same_site(prison("dulmira"), prison("western")));
        assert!(!same_site((None, ""), (None, "")));
    }
}

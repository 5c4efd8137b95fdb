//! Case ids: what grows keeps its name, what is split or merged follows the rule, and no order matters.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use model::CaseId;
use proptest::prelude::*;
use reconciler::cases::{Case, Given, Part, derived, given};

/// A report of a day of one month: `4` is `r:04`, printed on the 4th; from 29 on the day is not known.
fn part(n: u8) -> Part {
    let day = (1..=28)
        .contains(&n)
        .then(|| date(2031, 5, n as i8).at(0, 0, 0, 0));
    Part::new(&format!("r:{n:02}"), day)
}

fn incident(parts: &[u8]) -> BTreeSet<Part> {
    parts.iter().map(|n| part(*n)).collect()
}

/// The incidents as they are known from then on.
fn stored(given: &[Given], now: &[BTreeSet<Part>]) -> Vec<Case> {
    let all = given.iter().zip(now);
    all.map(|(given, parts)| Case {
        id: given.id.clone(),
        parts: parts.clone(),
    })
    .collect()
}

/// Tells each incident's case by what it was called when it was first seen: `a`, `b`, … for those before, `new` for
/// others; after `+` what was merged into it, after `<` what it was split off.
#[track_caller]
fn check(before: &[&[u8]], now: &[&[u8]], want: &[&str]) {
    let old: Vec<BTreeSet<Part>> = before.iter().map(|parts| incident(parts)).collect();
    let now: Vec<BTreeSet<Part>> = now.iter().map(|parts| incident(parts)).collect();
    let known = stored(&given(&[], &old), &old);
    let name = |id: &CaseId| {
        let at = known.iter().position(|case| case.id == *id);
        at.map_or("new".to_owned(), |at| {
            char::from(b'a' + at as u8).to_string()
        })
    };
    let got: Vec<String> = given(&known, &now)
        .iter()
        .map(|given| {
            let mut out = name(&given.id);
            let mut merged: Vec<String> = given.merged.iter().map(name).collect();
            merged.sort();
            merged
                .iter()
                .for_each(|id| out.push_str(&format!(" +{id}")));
            let split = given.split_from.iter().map(name);
            split.for_each(|id| out.push_str(&format!(" <{id}")));
            out
        })
        .collect();
    assert_eq!(got, want);
}

#[test]
fn a_case_keeps_its_id_whatever_joins_or_leaves() {
    check(
        &[&[5, 6], &[9]],
        &[&[2, 5, 6, 7], &[9, 10], &[11]],
        &["a", "b", "new"],
    );
    check(&[&[5, 6]], &[&[6, 7, 8]], &["a"]);
}

#[test]
fn most_of_a_split_case_keeps_its_id() {
    check(&[&[5, 6, 7]], &[&[5], &[6, 7]], &["new <a", "a"]);
    // Halves: the one that begins first.
    check(&[&[5, 6, 7, 8]], &[&[7, 8], &[5, 6]], &["new <a", "a"]);
}

#[test]
fn a_merged_incident_keeps_the_id_of_the_larger_case() {
    check(&[&[5], &[6, 7]], &[&[5, 6, 7]], &["b +a"]);
    // Equals: the case that begins first.
    check(&[&[6], &[5]], &[&[5, 6]], &["b +a"]);
}

#[test]
fn a_case_can_lose_a_part_to_another_and_both_stay() {
    check(
        &[&[5, 6], &[8, 9, 10]],
        &[&[5], &[6, 8, 9, 10]],
        &["a", "b"],
    );
}

#[test]
fn a_case_without_reports_ends_and_nobody_takes_its_id() {
    check(&[&[5], &[6]], &[&[6]], &["b"]);
}

#[test]
fn a_report_that_is_given_a_date_is_the_same_report() {
    let undated = [BTreeSet::from([Part::new("r:05", None), part(9)])];
    let known = stored(&given(&[], &undated), &undated);
    let now = [incident(&[5, 9])];
    assert_eq!(given(&known, &now)[0].id, known[0].id);
}

/// Parts 1 to 40 dealt to incidents.
fn dealt() -> impl Strategy<Value = Vec<BTreeSet<Part>>> {
    prop::collection::vec(0_u8..7, 40).prop_map(|of| {
        let mut out: BTreeMap<u8, BTreeSet<Part>> = BTreeMap::new();
        for (n, to) in (1..).zip(of) {
            // The last share is of reports that nobody has.
            if to < 6 {
                out.entry(to).or_default().insert(part(n));
            }
        }
        out.into_values().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_order_matters_and_no_id_is_given_twice(before in dealt(), now in dealt(), turn in 0_usize..7) {
        let known = stored(&given(&[], &before), &before);
        let first = given(&known, &now);
        let ids: BTreeSet<&CaseId> = first.iter().map(|it| &it.id).collect();
        prop_assert_eq!(ids.len(), now.len());
        let (mut turned, mut others) = (known.clone(), now.clone());
        turned.reverse();
        let turn = turn % others.len().max(1);
        others.rotate_left(turn);
        let mut again = given(&turned, &others);
        again.rotate_right(turn);
        prop_assert_eq!(first, again);
    }

    #[test]
    fn what_stays_as_it_is_keeps_its_id(before in dealt(), now in dealt()) {
        let known = stored(&given(&[], &before), &before);
        let moved = given(&known, &now);
        let then = given(&stored(&moved, &now), &now);
        for (a, b) in moved.iter().zip(&then) {
            prop_assert_eq!(&a.id, &b.id);
            prop_assert!(b.merged.is_empty() && b.split_from.is_none());
        }
    }

    #[test]
    fn new_reports_change_no_id(before in dealt(), to in prop::collection::vec(0_usize..9, 10)) {
        let known = stored(&given(&[], &before), &before);
        let mut now = before.clone();
        let mut fresh = BTreeSet::new();
        for (n, to) in (50..).zip(to) {
            match now.get_mut(to) {
                Some(incident) => incident.insert(part(n)),
                None => fresh.insert(part(n)),
            };
        }
        let old = now.len();
        now.extend((!fresh.is_empty()).then_some(fresh));
        let given = given(&known, &now);
        for (case, it) in known.iter().zip(&given[..old]) {
            prop_assert_eq!(&case.id, &it.id);
        }
        prop_assert!(given.iter().all(|it| it.merged.is_empty() && it.split_from.is_none()));
    }

    #[test]
    fn a_case_is_kept_or_merged_once_or_has_no_report_left(before in dealt(), now in dealt()) {
        let known = stored(&given(&[], &before), &before);
        let given = given(&known, &now);
        for case in &known {
            let kept = given.iter().filter(|it| it.id == case.id).count();
            let merged = given.iter().filter(|it| it.merged.contains(&case.id)).count();
            let left = now.iter().any(|parts| !parts.is_disjoint(&case.parts));
            prop_assert_eq!(kept + merged, usize::from(left));
        }
    }

    #[test]
    fn where_nothing_is_stored_a_later_report_keeps_the_id(parts in prop::collection::btree_set(1_u8..28, 1..9)) {
        let all: Vec<u8> = parts.iter().copied().collect();
        let id = derived(&incident(&all));
        prop_assert_eq!(&given(&[], &[incident(&all)])[0].id, &id);
        for end in 1..all.len() {
            prop_assert_eq!(&derived(&incident(&all[..end])), &id);
        }
        prop_assert_eq!(derived(&incident(&[&all[..], &[40]].concat())), id);
    }
}

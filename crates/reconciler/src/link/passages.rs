//! Reports that tell of an incident in passing: an item of a round-up, the second story of a police blotter.
//!
//! Comes in: the reports with the incident of each, and the further happenings that some of them tell of
//! ([`LinkingRecord::account`]). Goes out: the incident of each happening, one that was found already or a new one.
//! What reports are about has been linked before and is not touched: no happening told in passing can join two
//! incidents. A passage may come back to the incident of its own report, by what other reports on that say: then it was
//! no other happening.

use std::collections::{BTreeMap, BTreeSet};

use model::ReportId;

use super::{
    block,
    cluster::{self, Constraints, Edge, ONE},
    edges,
    explain::Pair,
    features,
    pool::{Common, ReportPool},
    record::LinkingRecord,
    standing::Standing,
    weights::{Weights, chance},
};

/// Mean score from which a happening told in passing is one with an incident. A passage holds less that could speak
/// against it than a report does, so it has to be surer.
pub(super) const CUT: f64 = 0.5;

/// Copies of one passage that are looked at.
pub(super) const COPIES: usize = 4;
/// Reports of an incident that a passage is compared with.
pub(super) const FELLOWS: usize = 24;

/// The incident of one happening that is told in passing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Incident {
    /// One that other reports are about, by its number.
    Known(u32),
    /// One that nobody's main story is on, by the smallest place of its happenings among the records.
    New(usize),
}

/// Finds the incident of each record that comes after those in `group`, which holds the incident of each of the others;
/// with the comparison that speaks most for it, where there is any.
pub fn place(
    records: &[LinkingRecord],
    group: &[u32],
    parted: &BTreeSet<&ReportId>,
    weights: &Weights,
    common: &Common,
    standing: Option<&Standing>,
) -> Vec<(Incident, Option<Pair>)> {
    let mains = group.len();
    let all: Vec<&LinkingRecord> = records.iter().collect();
    let pool = ReportPool::new(&all, common, parted, standing);
    // What stands in a node besides passages.
    let held: Vec<Option<u32>> = pool
        .records
        .iter()
        .map(|own| own.iter().filter_map(|at| group.get(*at)).min().copied())
        .collect();
    let score = |a: u32, b: u32| {
        let pair = features::features(&pool.nodes[a as usize], &pool.nodes[b as usize]);
        (chance(weights.odds(&pair)) * ONE as f64).round() as i64
    };
    let passage = |node: u32| held[node as usize].is_none();
    let mut pairs = block::pairs(&pool);
    pairs.retain(|&(a, b)| passage(a) || passage(b));
    pairs.extend(with_fellows(&pairs, &held));
    pairs.sort_unstable();
    pairs.dedup();
    let edges: Vec<Edge> = edges::score(pool.nodes.len(), pairs, &score)
        .into_iter()
        .filter(|edge| passage(edge.a) || passage(edge.b))
        .filter(|edge| !one_report(records, &pool, edge.a, edge.b))
        .collect();
    let constraints = constraints(&held);
    let found = cluster::groups(
        pool.nodes.len(),
        &edges,
        &constraints,
        &|node| !passage(node),
        (CUT * ONE as f64) as i64,
    );
    let mut known: BTreeMap<u32, u32> = BTreeMap::new();
    let mut first: BTreeMap<u32, usize> = BTreeMap::new();
    for (own, (group, held)) in pool.records.iter().zip(found.iter().zip(&held)) {
        if let Some(held) = held {
            let least = known.entry(*group).or_insert(*held);
            *least = (*least).min(*held);
        }
        for at in own {
            let least = first.entry(*group).or_insert(*at);
            *least = (*least).min(*at);
        }
    }
    // The best edge of each passage within its incident.
    let mut best: BTreeMap<u32, &Edge> = BTreeMap::new();
    for edge in &edges {
        if found[edge.a as usize] == found[edge.b as usize] {
            for node in [edge.a, edge.b].into_iter().filter(|node| passage(*node)) {
                let held = best.entry(node).or_insert(edge);
                if edge.score > held.score {
                    *held = edge;
                }
            }
        }
    }
    let mut out = vec![(Incident::New(0), None); records.len() - mains];
    for ((own, group), node) in pool.records.iter().zip(&found).zip(0u32..) {
        let incident = match known.get(group) {
            Some(known) => Incident::Known(*known),
            None => Incident::New(first.get(group).copied().unwrap_or(0)),
        };
        for at in own.iter().filter(|at| **at >= mains) {
            let why = best.get(&node).map(|edge| Pair::of(edge, records, &pool));
            out[at - mains] = (incident, why);
        }
    }
    out
}

/// Pairs of each passage with the other reports of the incidents that it was paired with: it is an incident that it is
/// to be like, and not one report.
fn with_fellows(pairs: &[(u32, u32)], held: &[Option<u32>]) -> BTreeSet<(u32, u32)> {
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (held, node) in held.iter().zip(0u32..) {
        if let Some(held) = held {
            let own = members.entry(*held).or_default();
            if own.len() < FELLOWS {
                own.push(node);
            }
        }
    }
    let mut out = BTreeSet::new();
    for &(a, b) in pairs {
        let (passage, group) = match (held[a as usize], held[b as usize]) {
            (None, Some(group)) => (a, group),
            (Some(group), None) => (b, group),
            _ => continue,
        };
        let fellows = members.get(&group).into_iter().flatten();
        out.extend(fellows.map(|&node| (passage.min(node), passage.max(node))));
    }
    out
}

/// What was linked stays so.
fn constraints(held: &[Option<u32>]) -> Constraints {
    let mut constraints = Constraints::default();
    let mut first: BTreeMap<u32, u32> = BTreeMap::new();
    for (held, node) in held.iter().zip(0u32..) {
        if let Some(held) = held {
            let first = *first.entry(*held).or_insert(node);
            if first != node {
                constraints.same.push((first, node));
            }
        }
    }
    constraints
}

/// Whether two nodes hold words of one report: a passage is like the report that it stands in, which says nothing.
fn one_report(records: &[LinkingRecord], pool: &ReportPool, a: u32, b: u32) -> bool {
    let of = |node: u32| pool.records[node as usize].iter();
    // Copies of a passage are few; the first of each side stands for the rest.
    of(a).take(COPIES).any(|a| {
        of(b)
            .take(COPIES)
            .any(|b| records[*a].id == records[*b].id && records[*a].text == records[*b].text)
    })
}

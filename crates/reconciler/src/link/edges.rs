//! The scored pairs of a pool: those that blocking finds, and those that two sure links bring together.

use super::cluster::{Edge, ONE};

/// Score from which two links through one report bring their far ends together for comparison.
const SURE: i64 = ONE / 2;
/// Links of one report that are followed so.
const FOLLOWED: usize = 24;

/// Whether a link is sure enough to be followed.
pub(super) fn sure(score: i64) -> bool {
    score >= SURE
}

/// The pairs of far ends of one report's sure links, which come as (-score, node), sorted.
pub(super) fn far_ends(list: &[(i64, u32)]) -> impl Iterator<Item = (u32, u32)> {
    let list = &list[..list.len().min(FOLLOWED)];
    list.iter()
        .enumerate()
        .flat_map(move |(at, (_, a))| list[at + 1..].iter().map(|(_, b)| (*a.min(b), *a.max(b))))
}

/// Scores the pairs, and then those that two sure links bring together: a follow-up shares little with the first
/// report, and both much with one between them.
pub fn score(nodes: usize, pairs: Vec<(u32, u32)>, score: &dyn Fn(u32, u32) -> i64) -> Vec<Edge> {
    let mut edges: Vec<Edge> = pairs
        .into_iter()
        .map(|(a, b)| Edge {
            a,
            b,
            score: score(a, b),
        })
        .collect();
    let mut near: Vec<Vec<(i64, u32)>> = vec![Vec::new(); nodes];
    for edge in edges.iter().filter(|edge| sure(edge.score)) {
        near[edge.a as usize].push((-edge.score, edge.b));
        near[edge.b as usize].push((-edge.score, edge.a));
    }
    let mut more: Vec<(u32, u32)> = Vec::new();
    for list in &mut near {
        list.sort_unstable();
        more.extend(far_ends(list));
    }
    more.sort_unstable();
    more.dedup();
    let had = |pair: &(u32, u32)| {
        edges
            .binary_search_by_key(pair, |edge| (edge.a, edge.b))
            .is_ok()
    };
    more.retain(|pair| !had(pair));
    edges.extend(more.into_iter().map(|(a, b)| Edge {
        a,
        b,
        score: score(a, b),
    }));
    edges.sort_unstable();
    edges
}

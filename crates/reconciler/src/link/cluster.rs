//! Groups by average link: the two groups with the highest mean score over all their cross pairs are joined while that
//! mean is high enough.
//!
//! Comes in: scored pairs in fixed point. Goes out: a group number for each node. Sums are of whole numbers and ties
//! are broken by the smallest node of each group (nodes come by hashed id), so that no order of anything matters. Pairs
//! that were not compared count with a small score: two groups of which only one pair was worth comparing are hardly
//! one.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, BinaryHeap},
};

/// One in fixed point.
pub const ONE: i64 = 1_000_000;
/// Score of a pair that was not compared.
pub(super) const UNCOMPARED: i64 = 20_000;

/// Pairs that each member of two groups is expected to bring.
pub(super) const REACH: usize = 8;

/// A pair and its score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The smaller node.
    pub a: u32,
    /// The larger node.
    pub b: u32,
    /// Score in fixed point, 0 to [`ONE`].
    pub score: i64,
}

/// What people have said of pairs of nodes.
#[derive(Clone, Debug, Default)]
pub struct Constraints {
    /// These are one group.
    pub same: Vec<(u32, u32)>,
    /// These are not in one group.
    pub different: Vec<(u32, u32)>,
}

/// For each node the smallest one that `same` joins it with.
pub fn tops(nodes: usize, same: &[(u32, u32)]) -> Vec<u32> {
    let mut top: Vec<u32> = (0..nodes as u32).collect();
    fn find(top: &mut [u32], mut node: u32) -> u32 {
        while top[node as usize] != node {
            top[node as usize] = top[top[node as usize] as usize];
            node = top[node as usize];
        }
        node
    }
    for &(a, b) in same {
        let (a, b) = (find(&mut top, a), find(&mut top, b));
        top[a.max(b) as usize] = a.min(b);
    }
    (0..nodes as u32).map(|node| find(&mut top, node)).collect()
}

struct Group {
    members: Vec<u32>,
    /// Other groups with a compared pair: sum of (score − [`UNCOMPARED`]).
    links: BTreeMap<u32, i64>,
    /// Groups that must stay apart.
    apart: BTreeSet<u32>,
    /// Whether it must not be joined with another such group.
    settled: bool,
    /// Times it was joined: a queued pair of an older state is stale.
    age: u32,
}

/// Groups `nodes` nodes; the result holds for each the smallest node of its group. Two groups that each hold a
/// `settled` node are joined by `constraints` alone.
pub fn groups(
    nodes: usize,
    edges: &[Edge],
    constraints: &Constraints,
    settled: &dyn Fn(u32) -> bool,
    cut: i64,
) -> Vec<u32> {
    let mut groups: Vec<Option<Group>> = (0..nodes as u32)
        .map(|node| {
            Some(Group {
                members: vec![node],
                links: BTreeMap::new(),
                apart: BTreeSet::new(),
                settled: settled(node),
                age: 0,
            })
        })
        .collect();
    for edge in edges {
        let score = edge.score - UNCOMPARED;
        for (from, to) in [(edge.a, edge.b), (edge.b, edge.a)] {
            if let Some(Some(group)) = groups.get_mut(from as usize) {
                *group.links.entry(to).or_default() += score;
            }
        }
    }
    for &(a, b) in &constraints.different {
        for (from, to) in [(a, b), (b, a)] {
            if let Some(Some(group)) = groups.get_mut(from as usize) {
                group.apart.insert(to);
            }
        }
    }
    for (at, top) in (0..).zip(tops(nodes, &constraints.same)) {
        if top != at {
            join(&mut groups, top, at);
        }
    }
    let mut queue = BinaryHeap::new();
    for at in 0..nodes as u32 {
        push(&groups, at, cut, |other| other > at, &mut queue);
    }
    while let Some((_, Reverse((a, b)), ages)) = queue.pop() {
        let age = |at: u32| groups[at as usize].as_ref().map(|group| group.age);
        if (age(a), age(b)) != (Some(ages.0), Some(ages.1)) {
            continue;
        }
        join(&mut groups, a, b);
        push(&groups, a, cut, |_| true, &mut queue);
    }
    let mut out = vec![0; nodes];
    for group in groups.iter().flatten() {
        let first = group.members.iter().min().copied().unwrap_or(0);
        for member in &group.members {
            out[*member as usize] = first;
        }
    }
    out
}

type Queue = BinaryHeap<(i64, Reverse<(u32, u32)>, (u32, u32))>;

/// Queues the pairs of group `at` whose mean reaches the cut.
fn push(
    groups: &[Option<Group>],
    at: u32,
    cut: i64,
    keep: impl Fn(u32) -> bool,
    queue: &mut Queue,
) {
    let Some(Some(group)) = groups.get(at as usize) else {
        return;
    };
    for (&other, &sum) in &group.links {
        let Some(Some(far)) = groups.get(other as usize) else {
            continue;
        };
        let settled = group.settled && far.settled;
        if !keep(other) || settled || group.apart.contains(&other) {
            continue;
        }
        // Of two large groups only a few pairs can be compared; no more than each member can bring are asked for.
        let (own, others) = (group.members.len(), far.members.len());
        let pairs = (own * others).min(REACH * (own + others)) as i64;
        // A thousandth of a unit is kept, so that means of large groups stay apart.
        let mean = (sum * 1000).div_euclid(pairs) + UNCOMPARED * 1000;
        if mean >= cut * 1000 {
            let (a, b) = (at.min(other), at.max(other));
            let ages = if at < other {
                (group.age, far.age)
            } else {
                (far.age, group.age)
            };
            queue.push((mean, Reverse((a, b)), ages));
        }
    }
}

/// Joins group `b` into group `a`; `a < b`, so that a group's number is its smallest node.
fn join(groups: &mut [Option<Group>], a: u32, b: u32) {
    let Some(gone) = groups[b as usize].take() else {
        return;
    };
    for (&other, &sum) in &gone.links {
        if let Some(Some(far)) = groups.get_mut(other as usize) {
            far.links.remove(&b);
            if other != a {
                *far.links.entry(a).or_default() += sum;
            }
        }
    }
    for &other in &gone.apart {
        if let Some(Some(far)) = groups.get_mut(other as usize) {
            far.apart.remove(&b);
            if other != a {
                far.apart.insert(a);
            }
        }
    }
    if let Some(group) = &mut groups[a as usize] {
        group.members.extend(gone.members);
        for (other, sum) in gone.links {
            if other != a {
                *group.links.entry(other).or_default() += sum;
            }
        }
        group
            .apart
            .extend(gone.apart.into_iter().filter(|other| *other != a));
        group.links.remove(&b);
        group.settled |= gone.settled;
        group.age += 1;
    }
}

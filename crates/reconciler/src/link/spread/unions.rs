//! Which reports may become one incident, and which do: groups by average link, a part of the pool at a time.
//!
//! [`parts`] divides the reports so that [`cluster`](crate::link::cluster) would join none of one part with one of
//! another; then [`groups`] of each part are those of the whole.

use std::collections::BTreeMap;

use crate::link::cluster::{self, Constraints, Edge, REACH, UNCOMPARED};

/// Links being taken in, to divide the reports into parts.
pub struct Parts {
    cut: i64,
    top: Vec<u32>,
    size: Vec<u32>,
    /// Links below the cut that speak for it all the same.
    weak: Vec<(u32, u32)>,
}

impl Parts {
    /// Nothing is linked yet among so many reports.
    pub fn new(nodes: usize, cut: i64) -> Self {
        Self {
            cut,
            top: (0..nodes as u32).collect(),
            size: vec![1; nodes],
            weak: Vec::new(),
        }
    }

    /// Takes a link. Ranks beyond the reports are passed over.
    pub fn link(&mut self, a: u32, b: u32, score: i64) {
        if a.max(b) as usize >= self.top.len() {
            return;
        }
        if score >= self.cut {
            self.join(a, b);
        } else if score > UNCOMPARED {
            self.weak.push((a, b));
        }
    }

    /// Takes two reports that are one incident in any case.
    pub fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        if a != b {
            let (low, high) = (a.min(b), a.max(b));
            self.top[high as usize] = low;
            self.size[low as usize] += self.size[high as usize];
        }
    }

    fn find(&mut self, mut node: u32) -> u32 {
        while self.top[node as usize] != node {
            let up = self.top[self.top[node as usize] as usize];
            self.top[node as usize] = up;
            node = up;
        }
        node
    }

    /// For each report the first of its part.
    ///
    /// A mean over all pairs cannot reach the cut where no pair does. But of two large groups only [`REACH`] pairs a
    /// member are asked for, and there may be more: so parts that are large enough for that, and that something links,
    /// stay one part.
    pub fn firsts(mut self) -> Vec<u32> {
        let weak = std::mem::take(&mut self.weak);
        loop {
            let mut joined = false;
            for (a, b) in &weak {
                let (a, b) = (self.find(*a), self.find(*b));
                let size = |it: u32| u64::from(self.size[it as usize]);
                if a != b && size(a) * size(b) > REACH as u64 * (size(a) + size(b)) {
                    self.join(a, b);
                    joined = true;
                }
            }
            if !joined {
                break;
            }
        }
        (0..self.top.len() as u32).map(|at| self.find(at)).collect()
    }
}

/// The groups of one part: for each of its reports the smallest of its group. `held` are the reports that are of an
/// incident already, with its number: those of one stay together, those of two are never joined.
pub fn groups(edges: &[Edge], held: &[(u32, u32)], cut: i64) -> Vec<(u32, u32)> {
    let mut local: BTreeMap<u32, u32> = BTreeMap::new();
    let ends = edges.iter().flat_map(|edge| [edge.a, edge.b]);
    for rank in ends.chain(held.iter().map(|(rank, _)| *rank)) {
        local.insert(rank, 0);
    }
    let ranks: Vec<u32> = local.keys().copied().collect();
    for (at, place) in local.values_mut().enumerate() {
        *place = at as u32;
    }
    let mut own: Vec<Edge> = edges
        .iter()
        .map(|edge| Edge {
            a: local[&edge.a],
            b: local[&edge.b],
            score: edge.score,
        })
        .collect();
    own.sort_unstable();
    let mut constraints = Constraints::default();
    let mut first: BTreeMap<u32, u32> = BTreeMap::new();
    let mut settled = vec![false; ranks.len()];
    let mut sorted = held.to_vec();
    sorted.sort_unstable();
    for (rank, incident) in sorted {
        let at = local[&rank];
        settled[at as usize] = true;
        let first = *first.entry(incident).or_insert(at);
        if first != at {
            constraints.same.push((first, at));
        }
    }
    let is_settled = |at: u32| settled.get(at as usize).copied().unwrap_or(false);
    let found = cluster::groups(ranks.len(), &own, &constraints, &is_settled, cut);
    ranks
        .iter()
        .zip(found)
        .map(|(rank, first)| (*rank, ranks[first as usize]))
        .collect()
}

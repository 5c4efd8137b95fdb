//! Which reports are worth comparing: pairs that share words few others have, by two routes that overlap.
//!
//! Comes in: the pool. Goes out: pairs of nodes. Each report brings at most [`BEST`] + [`BEST_NEAR`] pairs, and no more
//! than [`HELD`] reports of a list are walked, and reports that tell of many incidents bring none, so that the work
//! grows with the number of reports and not with its square, whatever the reports hold.

use std::collections::HashMap;

use super::{counts::Frequency, node::Node, pool::ReportPool};

/// Reports that may hold a word for it to bring them together.
pub(super) const HELD: u32 = 60;
/// The same for a pair of capitalised words or a street, which join reports however far apart in time.
pub(super) const HELD_NAME: u32 = 8;
/// Days between publications within which a rare word joins.
pub(super) const DAYS: i32 = 60;
/// Pairs kept of a report by rare words.
pub(super) const BEST: usize = 20;
/// Days within which a word is looked at among the reports of its time only.
pub(super) const NEAR: i32 = 7;
/// Reports of that time that may hold it.
pub(super) const HELD_NEAR: usize = 12;
/// Pairs kept of a report by such words.
pub(super) const BEST_NEAR: usize = 8;
/// One in how many reports may hold such a word in all.
pub(super) const COMMON: usize = 4;

/// Finds the pairs, smaller node first, sorted.
pub fn pairs(pool: &ReportPool) -> Vec<(u32, u32)> {
    let mut out = Vec::new();
    by_rarity(pool, &mut out);
    by_time(pool, &mut out);
    out.sort_unstable();
    out.dedup();
    out
}

/// Reports by what they hold: ids of what is held to a run of `nodes`.
struct Postings {
    slots: HashMap<u64, u32>,
    starts: Vec<u32>,
    nodes: Vec<u32>,
}

impl Postings {
    fn new<'a>(
        nodes: &'a [Node],
        counts: &HashMap<u64, Frequency>,
        held: &HashMap<u64, Frequency>,
        list: impl Fn(&'a Node) -> Box<dyn Iterator<Item = u64> + 'a>,
    ) -> Self {
        let few = |hash: &u64| held.get(hash).is_none_or(|held| held.weighed <= HELD);
        let mut kept: Vec<(u64, u32)> = counts
            .iter()
            .filter(|(hash, n)| n.reports >= 2 && few(hash))
            .map(|(hash, n)| (*hash, n.reports))
            .collect();
        kept.sort_unstable();
        let mut starts = Vec::with_capacity(kept.len() + 1);
        let mut total = 0;
        let mut slots = HashMap::with_capacity(kept.len());
        for (at, (hash, n)) in (0u32..).zip(&kept) {
            slots.insert(*hash, at);
            starts.push(total);
            total += n;
        }
        starts.push(total);
        let mut fill = starts.clone();
        let mut filled = vec![0; total as usize];
        for (node, at) in nodes.iter().zip(0u32..) {
            if node.tells_of_many() {
                continue;
            }
            for hash in list(node) {
                if let Some(slot) = slots.get(&hash) {
                    let to = &mut fill[*slot as usize];
                    if let Some(place) = filled.get_mut(*to as usize) {
                        *place = at;
                        *to += 1;
                    }
                }
            }
        }
        Self {
            slots,
            starts,
            nodes: filled,
        }
    }

    /// The reports that hold something; where there are more than [`HELD`], which are of one burst then, those around
    /// `rank`.
    fn around(&self, hash: u64, rank: u32) -> &[u32] {
        let all = self.of(hash);
        let at = all.partition_point(|other| *other < rank);
        &all[window(at, all.len())]
    }

    fn of(&self, hash: u64) -> &[u32] {
        let Some(slot) = self.slots.get(&hash) else {
            return &[];
        };
        let slot = *slot as usize;
        &self.nodes[self.starts[slot] as usize..self.starts[slot + 1] as usize]
    }
}

/// Which reports of a list the one at place `at` is looked at with: all, or of more than [`HELD`] those around it.
pub(super) fn window(at: usize, all: usize) -> std::ops::Range<usize> {
    let most = HELD as usize;
    if all <= most {
        return 0..all;
    }
    let from = at.saturating_sub(most / 2).min(all - most);
    from..from + most
}

/// Adds up scores by node and gives back the best.
struct Best {
    scores: Vec<i64>,
    touched: Vec<u32>,
}

impl Best {
    fn new(nodes: usize) -> Self {
        Self {
            scores: vec![0; nodes],
            touched: Vec::new(),
        }
    }

    fn add(&mut self, node: u32, score: i64) {
        let slot = &mut self.scores[node as usize];
        if *slot == 0 {
            self.touched.push(node);
        }
        *slot += score;
    }

    /// The best `most`, equal ones by node, which is by hashed id.
    fn take(&mut self, most: usize, mut give: impl FnMut(u32)) {
        let scores = &mut self.scores;
        let rank = |node: &u32| (-scores[*node as usize], *node);
        if self.touched.len() > most {
            self.touched.select_nth_unstable_by_key(most, rank);
            for node in self.touched.drain(most..) {
                scores[node as usize] = 0;
            }
        }
        for node in self.touched.drain(..) {
            scores[node as usize] = 0;
            give(node);
        }
    }
}

/// A score in fixed point, so that the order of adding cannot matter; at least one.
fn fixed(weight: f32) -> i64 {
    ((f64::from(weight) * 1e6) as i64).max(1)
}

/// What a word held by `held` of `all` reports adds to a pair that shares it.
pub(super) fn rarity(all: usize, held: usize) -> i64 {
    fixed(((all + 2_000) as f32 / held.max(1) as f32).ln() / 10.0)
}

fn ordered(a: u32, b: u32) -> (u32, u32) {
    (a.min(b), a.max(b))
}

/// Pairs that share rare words within [`DAYS`], or rare names or streets at any distance.
fn by_rarity(pool: &ReportPool, out: &mut Vec<(u32, u32)>) {
    let nodes = &pool.nodes;
    let (counts, held) = (&pool.counts, pool.held());
    let words = Postings::new(nodes, &counts.words, &held.words, |node| {
        Box::new(node.words.iter().map(|(hash, _)| *hash))
    });
    let pairs = Postings::new(nodes, &counts.pairs, &held.pairs, |node| {
        Box::new(node.fingerprint.pairs.iter().copied())
    });
    let streets = Postings::new(nodes, &counts.streets, &held.streets, |node| {
        Box::new(node.streets.iter().map(|(hash, _)| *hash))
    });
    let mut best = Best::new(nodes.len());
    for (node, at) in nodes.iter().zip(0u32..) {
        if node.tells_of_many() {
            continue;
        }
        let mut walk = |list: &[u32], score: i64, anywhere: bool| {
            for &other in list {
                let apart = gap(node, &nodes[other as usize]);
                if other != at && (anywhere || apart.is_none_or(|days| days <= DAYS)) {
                    best.add(other, score);
                }
            }
        };
        let rarity = |held: usize| rarity(pool.all(), held);
        for (hash, _) in &node.words {
            let list = words.around(*hash, at);
            walk(list, rarity(list.len()), false);
        }
        for hash in &node.fingerprint.pairs {
            let list = pairs.around(*hash, at);
            walk(list, rarity(list.len()), list.len() <= HELD_NAME as usize);
        }
        for (hash, _) in &node.streets {
            let list = streets.around(*hash, at);
            walk(list, rarity(list.len()), list.len() <= HELD_NAME as usize);
        }
        best.take(BEST, |other| out.push(ordered(at, other)));
    }
}

/// Days between two publications; `None` when one is unknown.
pub fn gap(a: &Node, b: &Node) -> Option<i32> {
    days_between(a.fingerprint.published, b.fingerprint.published)
}

pub(super) fn days_between(a: Option<i32>, b: Option<i32>) -> Option<i32> {
    Some(a?.saturating_sub(b?).saturating_abs())
}

/// Pairs of one week that share words which few reports of that week hold.
fn by_time(pool: &ReportPool, out: &mut Vec<(u32, u32)>) {
    let nodes = &pool.nodes;
    // Nodes in order of time: the postings of a word are then in order of time too.
    let mut dated: Vec<(i32, u32)> = nodes
        .iter()
        .zip(0u32..)
        .filter(|(node, _)| !node.tells_of_many())
        .filter_map(|(node, at)| Some((node.fingerprint.published?, at)))
        .collect();
    dated.sort_unstable();
    let in_time: Vec<&Node> = dated.iter().map(|(_, at)| &nodes[*at as usize]).collect();
    let most = (pool.all() / COMMON).max(HELD_NEAR) as u32;
    let mut slots: HashMap<u64, (u32, u32)> = HashMap::new();
    let mut total = 0;
    for node in &in_time {
        for (hash, _) in &node.words {
            let n = pool.counts.words.get(hash).map_or(0, |held| held.reports);
            let all = pool.held().words.get(hash).map_or(n, |held| held.reports);
            if n >= 2 && all <= most {
                slots.entry(*hash).or_insert_with(|| {
                    let start = total;
                    total += n;
                    (start, 0)
                });
            }
        }
    }
    let mut postings = vec![0u32; total as usize];
    for (node, rank) in in_time.iter().zip(0u32..) {
        for (hash, _) in &node.words {
            if let Some((start, n)) = slots.get_mut(hash)
                && let Some(place) = postings.get_mut((*start + *n) as usize)
            {
                *place = rank;
                *n += 1;
            }
        }
    }
    let mut best = Best::new(nodes.len());
    for &(day, at) in &dated {
        let first = dated.partition_point(|(other, _)| *other < day.saturating_sub(NEAR)) as u32;
        let last = dated.partition_point(|(other, _)| *other <= day.saturating_add(NEAR)) as u32;
        for (hash, _) in &nodes[at as usize].words {
            let Some((start, n)) = slots.get(hash) else {
                continue;
            };
            let list = &postings[*start as usize..(*start + *n) as usize];
            let from = list.partition_point(|rank| *rank < first);
            let near = &list[from..];
            let near = &near[..near.partition_point(|rank| *rank < last)];
            if near.len() < 2 || near.len() > HELD_NEAR {
                continue;
            }
            let score = rarity(pool.all(), list.len());
            for rank in near {
                let other = dated[*rank as usize].1;
                if other != at {
                    best.add(other, score);
                }
            }
        }
        best.take(BEST_NEAR, |other| out.push(ordered(at, other)));
    }
}

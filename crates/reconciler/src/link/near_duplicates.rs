//! Reports in the same words: one report put up under many addresses, taken as one before anything is counted.
//!
//! A report pasted a thousand times would otherwise make its own names common words. Exact copies are always
//! near-duplicates; near copies only where there are more of them than blocking can hold, so that two different reports
//! from one template stay two.

use std::collections::{BTreeSet, HashMap};

use model::{
    ReportId,
    hash::{join, word},
};

use super::record::LinkingRecord;

/// Words below which two texts may be the same by chance.
const WORDS: usize = 40;
/// Near copies that blocking can hold.
const MANY: usize = 12;
/// Sketches of a text, any of which brings near copies together.
const SKETCHES: u64 = 6;
/// Share of the sampled runs of words that near copies have in common, in eighths.
const NEAR_EIGHTHS: usize = 6;

/// Groups the records, those `parted` each by itself; groups and their members come by hashed id.
pub fn find(records: &[&LinkingRecord], parted: &BTreeSet<&ReportId>) -> Vec<Vec<usize>> {
    let mut order: Vec<(u64, usize)> = records
        .iter()
        .enumerate()
        .map(|(at, record)| (word(record.id.as_str()), at))
        .collect();
    order.sort_by(|a, b| {
        let (x, y) = (&records[a.1], &records[b.1]);
        (a.0, &x.id, &x.text, &x.account).cmp(&(b.0, &y.id, &y.text, &y.account))
    });
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut runs: Vec<Vec<u64>> = Vec::new();
    let mut by_words: HashMap<u64, usize> = HashMap::new();
    for (_, at) in order {
        let (words, sketch) = if parted.contains(&records[at].id) {
            (None, Vec::new())
        } else {
            words(records[at])
        };
        if let Some(words) = words {
            let group = *by_words.entry(words).or_insert(groups.len());
            if let Some(group) = groups.get_mut(group) {
                group.push(at);
                continue;
            }
        }
        groups.push(vec![at]);
        runs.push(sketch);
    }
    near(groups, &runs)
}

/// Joins near copies where there are many.
fn near(groups: Vec<Vec<usize>>, runs: &[Vec<u64>]) -> Vec<Vec<usize>> {
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    for (group, root) in groups.into_iter().zip(roots(runs)) {
        out[root].extend(group);
    }
    out.retain(|group| !group.is_empty());
    out
}

/// The least of a text's sampled runs under each seed: near copies have most of them in common.
pub(super) fn leasts(runs: &[u64]) -> impl Iterator<Item = u64> {
    (0..SKETCHES).filter_map(|seed| least(runs, seed))
}

fn least(runs: &[u64], seed: u64) -> Option<u64> {
    runs.iter().map(|run| join(*run, seed)).min()
}

/// Whether so many texts share a sketch that near copies among them are joined.
pub(super) fn many(texts: usize) -> bool {
    texts > MANY
}

/// For each text the first that it is a near copy of, itself where there is none. Only texts that share a sketch with
/// [`many`] are looked at: without the others the answer is the same.
pub(super) fn roots(runs: &[Vec<u64>]) -> Vec<usize> {
    let mut top: Vec<usize> = (0..runs.len()).collect();
    for seed in 0..SKETCHES {
        let mut buckets: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, runs) in runs.iter().enumerate() {
            if let Some(least) = least(runs, seed) {
                buckets.entry(least).or_default().push(at);
            }
        }
        let mut large: Vec<Vec<usize>> = buckets
            .into_values()
            .filter(|list| many(list.len()))
            .collect();
        large.sort_unstable();
        for list in large {
            let first = list[0];
            for &at in &list[1..] {
                let shared = shared(&runs[first], &runs[at]);
                let longer = runs[first].len().max(runs[at].len());
                if shared * 8 >= longer * NEAR_EIGHTHS && top[at] == at {
                    let mut root = first;
                    while top[root] != root {
                        root = top[root];
                    }
                    if root < at {
                        top[at] = root;
                    }
                }
            }
        }
    }
    (0..runs.len())
        .map(|at| {
            let mut root = at;
            while top[root] != root {
                root = top[root];
            }
            root
        })
        .collect()
}

fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n
}

/// Hash of all words in order, for texts long enough, and a sorted sample of the text's five-word runs.
pub(super) fn words(record: &LinkingRecord) -> (Option<u64>, Vec<u64>) {
    let tokens = record.words.tokens();
    if tokens.len() < WORDS {
        return (None, Vec::new());
    }
    let all = tokens
        .iter()
        .fold(3, |state, token| join(state, token.hash));
    let mut runs: Vec<u64> = tokens
        .windows(5)
        .map(|run| run.iter().fold(5, |state, token| join(state, token.hash)))
        .filter(|hash| hash % 8 == 0)
        .collect();
    runs.sort_unstable();
    runs.dedup();
    (Some(all), runs)
}

//! Which reports share words: copies and shared passages, by five-word shingles.
//!
//! Reports come in order; each is compared with the earlier *roots* only (reports that are no copy themselves), through
//! an index from shingle to the first few roots that hold it. A copy adds nothing to the index, so a report pasted a
//! thousand times costs a thousand look-ups and not a million comparisons.

use std::collections::{BTreeMap, HashMap};

use model::{Reading, words};

/// Share of the shorter text's shingles from which the whole report counts as a copy of the other.
pub const COPY: f64 = 0.5;
/// Share from which nearly all words are the same.
pub const NEARLY_ALL: f64 = 0.8;
/// Share from which passages are shared.
const PASSAGE: f64 = 0.08;
/// Fewest shared shingles that make a passage: a run of sixteen words.
const PASSAGE_SHINGLES: usize = 12;
/// Roots remembered for one shingle; more than that is a set phrase and tells nothing.
const POSTINGS: usize = 8;
/// Shingles in all above which only a fixed share of them, chosen by hash, is kept (a MinHash by modulus).
const SAMPLE_ABOVE: usize = 4_000_000;

/// Two reports that share words. Indices are places in the order of reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// The later report.
    pub report: usize,
    /// The earlier one.
    pub on: usize,
    /// Share of the shorter text's shingles found in the other, 0–1.
    pub overlap: f64,
}

/// What is known of shared words.
#[derive(Clone, Debug, Default)]
pub struct Copies {
    /// Pairs that share words, by report, the largest share first; at most three a report.
    pub shared: Vec<Shared>,
    /// For each report the earliest root whose copy it is; itself for a root.
    pub root: Vec<usize>,
    shingles: Vec<Vec<u64>>,
    modulus: u64,
}

impl Copies {
    /// The earlier reports that report `report` shares words with, the largest share first.
    pub fn shared_by(&self, report: usize) -> impl Iterator<Item = &Shared> {
        let from = self.shared.partition_point(|shared| shared.report < report);
        self.shared[from..]
            .iter()
            .take_while(move |shared| shared.report == report)
    }

    /// Whether at least half of the shingles of `words` stand in report `on`; `false` for fewer than eight words.
    pub fn holds(&self, on: usize, text: &str) -> bool {
        let folded = words::fold(text);
        if folded.len() < words::SHINGLE + 3 {
            return false;
        }
        let all = words::shingles(&folded);
        let kept: Vec<u64> = all
            .into_iter()
            .filter(|hash| hash % self.modulus == 0)
            .collect();
        let found = kept
            .iter()
            .filter(|hash| self.shingles[on].binary_search(hash).is_ok())
            .count();
        !kept.is_empty() && found * 2 >= kept.len()
    }
}

/// Compares the reports, which come in order of publication.
pub fn find(readings: &[&Reading]) -> Copies {
    let mut shingles: Vec<Vec<u64>> = readings
        .iter()
        .map(|reading| reading.keys.shingles.clone())
        .collect();
    let total: usize = shingles.iter().map(Vec::len).sum();
    let modulus = (total / SAMPLE_ABOVE) as u64 + 1;
    if modulus > 1 {
        for set in &mut shingles {
            set.retain(|hash| hash % modulus == 0);
        }
    }
    let mut index: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut root = Vec::with_capacity(readings.len());
    let mut shared = Vec::new();
    for (report, set) in shingles.iter().enumerate() {
        let mut hits: BTreeMap<usize, usize> = BTreeMap::new();
        for hash in set {
            for &on in index.get(hash).into_iter().flatten() {
                *hits.entry(on).or_default() += 1;
            }
        }
        let mut pairs: Vec<Shared> = hits
            .into_iter()
            .filter_map(|(on, common)| {
                let shorter = set.len().min(shingles[on].len());
                let overlap = common as f64 / shorter as f64;
                let whole = overlap >= COPY && shorter >= 4;
                let passage = overlap >= PASSAGE && common >= PASSAGE_SHINGLES;
                (whole || passage).then_some(Shared {
                    report,
                    on,
                    overlap,
                })
            })
            .collect();
        pairs.sort_by(|a, b| b.overlap.total_cmp(&a.overlap).then(a.on.cmp(&b.on)));
        pairs.truncate(3);
        match pairs.first() {
            Some(best) if best.overlap >= COPY => root.push(best.on),
            _ => {
                root.push(report);
                for &hash in set {
                    let posting = index.entry(hash).or_default();
                    if posting.len() < POSTINGS {
                        posting.push(report);
                    }
                }
            }
        }
        shared.extend(pairs);
    }
    Copies {
        shared,
        root,
        shingles,
        modulus,
    }
}

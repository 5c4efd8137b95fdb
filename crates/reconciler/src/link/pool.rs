//! A pool of reports weighed against each other: how many hold each word, and what each report has that few others
//! have.
//!
//! Comes in: [`LinkingRecord`]s in any order. Goes out: the [`Node`]s, in order of their hashed ids. Counts are made
//! together with those of a large body of news ([`Common`]), so that five reports on one incident do not take its name
//! for a common word.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::LazyLock,
};

use model::{ReportId, hash};

use super::{
    counts::{Counts, Frequency},
    fingerprint::{Fingerprint, sentences},
    near_duplicates,
    node::{Node, Weighted},
    record::LinkingRecord,
    standing::Standing,
};

/// Reports that must share a sentence, over so many calendar months, for it to be page furniture.
const FURNITURE: (u32, u32) = (3, 3);
/// Share of reports from which a capitalised word names nothing in particular.
const CAPITAL_SHARE: f64 = 0.02;
/// The same for words of any kind.
const WORD_SHARE: f64 = 0.01;
/// Share of reports up to which a pair of capitalised words is a name that few have.
const PAIR_SHARE: f64 = 0.001;

/// How common words are in news at large: shares of reports, by hash of the word.
pub struct Common {
    shares: HashMap<u64, f64>,
}

/// Reports that the common words stand for.
const COMMON_REPORTS: f64 = 2_000.0;
/// Path of the list of common words from the root of the repository.
pub const COMMON_FILE: &str = "crates/reconciler/data/common-words.txt";
const COMMON: &str = include_str!("../../data/common-words.txt");

impl Common {
    /// No word is common.
    pub fn none() -> Self {
        Self {
            shares: HashMap::new(),
        }
    }

    /// The list that comes with the program.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Common> = LazyLock::new(|| Common::parse(COMMON));
        &SHIPPED
    }

    /// Whether the list holds a word.
    pub fn has(&self, word: &str) -> bool {
        self.holds(hash::word(word))
    }

    /// Whether the list holds the word of a hash.
    pub fn holds(&self, hash: u64) -> bool {
        self.shares.contains_key(&hash)
    }

    /// Reads lines `word share`, shares in thousandths; lines that start with `#` are comments, and a line of another
    /// shape is passed over: a list of words has no features.
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        Self {
            shares: lines
                .filter_map(|line| {
                    let (word, share) = line.split_once(' ')?;
                    Some((hash::word(word), share.parse::<f64>().ok()? / 1000.0))
                })
                .collect(),
        }
    }
}

/// The pool.
pub struct ReportPool {
    /// The reports, by hashed id; those in the same words are one.
    pub nodes: Vec<Node>,
    /// For each node the places of its records among those given, by hashed id.
    pub records: Vec<Vec<usize>>,
    /// How many reports of the pool hold a word; the counts of pairs and streets stand beside.
    pub counts: Counts,
    /// The same of all reports, where those of the pool are only some of them.
    standing: Option<Counts>,
    /// How many reports there are in all.
    all: usize,
}

impl ReportPool {
    /// Weighs the reports; those `parted` are never one with others in the same words. Where they are only some of all
    /// reports, `standing` says what the rest hold.
    pub fn new(
        records: &[&LinkingRecord],
        common: &Common,
        parted: &BTreeSet<&ReportId>,
        standing: Option<&Standing>,
    ) -> Self {
        let groups = near_duplicates::find(records, parted);
        let first: Vec<&LinkingRecord> = groups.iter().map(|copies| records[copies[0]]).collect();
        let mut furniture = furniture(&first);
        if let Some(standing) = standing {
            furniture.extend(&standing.furniture);
        }
        let mut nodes: Vec<Node> = groups
            .iter()
            .map(|copies| {
                let mut fingerprint = Fingerprint::of(records[copies[0]], &furniture);
                // What is printed again later is as old as its first fingerprint.
                fingerprint.published = copies.iter().filter_map(|at| records[*at].published).min();
                Node {
                    fingerprint,
                    ..Node::default()
                }
            })
            .collect();
        let counts = Counts::new(&nodes, |hash| common.shares.contains_key(&hash));
        let all = standing.map_or(nodes.len(), |it| it.reports.max(nodes.len()));
        let scale = Scale {
            all: all as f64 + COMMON_REPORTS,
            counts: standing.map_or(&counts, |it| &it.counts),
            common,
        };
        for node in &mut nodes {
            scale.weigh(node);
        }
        Self {
            nodes,
            records: groups,
            standing: standing.map(|it| it.counts.clone()),
            all,
            counts,
        }
    }

    /// How many reports there are in all, those of the pool among them.
    pub fn all(&self) -> usize {
        self.all
    }

    /// What all reports hold.
    pub fn held(&self) -> &Counts {
        self.standing.as_ref().unwrap_or(&self.counts)
    }
}

/// Sentences that stand in reports of several months.
pub(super) fn furniture(records: &[&LinkingRecord]) -> HashSet<u64> {
    // Hash of the sentence → reports, months.
    let mut seen: HashMap<u64, (u32, Vec<i32>)> = HashMap::new();
    for record in records {
        let month = record.published.map(month);
        for hash in sentences(record) {
            let (n, months) = seen.entry(hash).or_default();
            *n += 1;
            if let Some(month) = month
                && months.len() < FURNITURE.1 as usize
                && !months.contains(&month)
            {
                months.push(month);
            }
        }
    }
    seen.into_iter()
        .filter(|(_, (n, months))| is_furniture(*n, months.len()))
        .map(|(hash, _)| hash)
        .collect()
}

/// Whether a sentence of so many reports, over so many calendar months, is page furniture.
pub(super) fn is_furniture(reports: u32, months: usize) -> bool {
    reports >= FURNITURE.0 && months >= FURNITURE.1 as usize
}

/// The calendar month of a day, as furniture counts them.
pub(super) fn month(day: i32) -> i32 {
    day.div_euclid(30)
}

/// A report among `all`, of whose words `counts` says how many hold them.
pub(super) fn weighed(
    fingerprint: Fingerprint,
    counts: &Counts,
    all: usize,
    common: &Common,
) -> Node {
    let mut node = Node {
        fingerprint,
        ..Node::default()
    };
    let scale = Scale {
        all: all as f64 + COMMON_REPORTS,
        counts,
        common,
    };
    scale.weigh(&mut node);
    node
}

struct Scale<'a> {
    all: f64,
    counts: &'a Counts,
    common: &'a Common,
}

impl Scale<'_> {
    /// Reports that hold a word, those of the common list included; at least one.
    fn held(&self, hash: u64) -> f64 {
        let here = self.counts.words.get(&hash).map_or(0, |held| held.weighed);
        let share = self.common.shares.get(&hash).copied().unwrap_or(0.0);
        (f64::from(here) + share * COMMON_REPORTS).max(1.0)
    }

    /// How rare, 0 (in all) to 1 (in one).
    fn rarity(&self, held: f64) -> f64 {
        (self.all / held).ln().max(0.0) / self.all.ln()
    }

    fn weigh(&self, node: &mut Node) {
        let fingerprint = &mut node.fingerprint;
        let unit = |counted: &[(u64, u16)]| -> Weighted {
            let mut out: Vec<(u64, f64)> = counted
                .iter()
                .map(|&(hash, n)| {
                    let weight =
                        (1.0 + f64::from(n).ln()) * (self.all / self.held(hash)).ln().max(0.0);
                    (hash, weight)
                })
                .collect();
            let length = out.iter().map(|(_, w)| w * w).sum::<f64>().sqrt().max(1e-9);
            out.retain(|(_, w)| *w > 0.0);
            out.into_iter()
                .map(|(hash, weight)| (hash, (weight / length) as f32))
                .collect()
        };
        node.words = unit(&fingerprint.words);
        node.title = unit(&fingerprint.title);
        node.lead = unit(&fingerprint.lead);
        let rare = |hashes: &mut dyn Iterator<Item = u64>, share: f64| -> Weighted {
            hashes
                .map(|hash| (hash, self.held(hash)))
                .filter(|(_, held)| *held <= share * self.all)
                .map(|(hash, held)| (hash, self.rarity(held) as f32))
                .collect()
        };
        node.capitals = rare(&mut fingerprint.capitals.iter().copied(), CAPITAL_SHARE);
        let of_title = |hash: &u64| {
            fingerprint
                .title
                .binary_search_by_key(hash, |entry| entry.0)
                .is_ok()
        };
        node.headline = rare(
            &mut fingerprint.capitals.iter().copied().filter(of_title),
            CAPITAL_SHARE,
        );
        node.rare = rare(
            &mut fingerprint.words.iter().map(|(hash, _)| *hash),
            WORD_SHARE,
        );
        let counted = |map: &HashMap<u64, Frequency>, hash: &u64| {
            f64::from(map.get(hash).map_or(1, |held| held.weighed.max(1)))
        };
        node.pairs = fingerprint
            .pairs
            .iter()
            .map(|hash| (*hash, counted(&self.counts.pairs, hash)))
            .filter(|(_, held)| *held <= (PAIR_SHARE * self.all).max(6.0))
            .map(|(hash, held)| (hash, self.rarity(held) as f32))
            .collect();
        node.streets = fingerprint
            .streets
            .iter()
            .map(|hash| (*hash, counted(&self.counts.streets, hash)))
            .map(|(hash, held)| (hash, self.rarity(held) as f32))
            .collect();
        let mut ground: Vec<(u64, f64)> = fingerprint
            .ground
            .iter()
            .map(|&(hash, n)| (hash, f64::from(n) * self.rarity(self.held(hash))))
            .collect();
        let length = ground
            .iter()
            .map(|(_, w)| w * w)
            .sum::<f64>()
            .sqrt()
            .max(1e-9);
        ground.retain(|(_, w)| *w > 0.0);
        node.ground = ground
            .into_iter()
            .map(|(hash, weight)| (hash, (weight / length) as f32))
            .collect();
        fingerprint.title = Vec::new();
        fingerprint.lead = Vec::new();
        fingerprint.words = Vec::new();
        fingerprint.capitals = Vec::new();
        fingerprint.ground = Vec::new();
    }
}

//! Linking divided among many: the steps of [`incidents`](super::incidents) as functions of rows, so that no machine
//! needs all reports.
//!
//! What is asked of all reports at once goes by a key that brings together what belongs together: how many hold a word,
//! and which reports share it ([`lists`], a block a word, name or street); what is weighed against each other goes by
//! pairs; what may become one incident goes by the groups that no link leaves ([`unions`]). Whoever runs them sorts and
//! groups rows, and nothing else. The incidents are those of [`incidents`](super::incidents), report for report: each
//! step is exact, and a test holds them to it.
//!
//! A report's rank is its place among all in order of hashed id, id, text and account; it stands for the report in all
//! rows. People's judgements are the casebook's and not looked at.

pub mod lists;
pub mod unions;

use std::collections::{BTreeSet, HashSet};

use model::hash::word;

use super::{
    cluster::ONE,
    counts::Counts,
    edges, features,
    fingerprint::{self, Fingerprint},
    near_duplicates,
    node::{self, Node},
    passages,
    pool::{self, Common},
    record::LinkingRecord,
    weights::{Weights, chance},
};
use lists::{Ask, Count, Kind};

/// What says whether a report is one in the same words as another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// What reports are ordered by, before their ids.
    pub order: u64,
    /// Hash of all words; reports that have the same are one. `None` for a text that is too short.
    pub copy: Option<u64>,
    /// A sample of its runs of words.
    pub runs: Vec<u64>,
    /// Sketches of it; near copies share one.
    pub leasts: Vec<u64>,
}

impl Sketch {
    /// Makes the sketch of a record.
    pub fn of(record: &LinkingRecord) -> Self {
        let (copy, runs) = near_duplicates::words(record);
        Self {
            order: word(record.id.as_str()),
            leasts: near_duplicates::leasts(&runs).collect(),
            copy,
            runs,
        }
    }
}

/// Whether so many texts share a sketch that near copies among them are looked for.
pub fn shared_by_many(texts: usize) -> bool {
    near_duplicates::many(texts)
}

/// For each text that shares a sketch with many, the place of the first that it is a near copy of. They come in order
/// of rank.
pub fn near_copies(runs: &[Vec<u64>]) -> Vec<usize> {
    near_duplicates::roots(runs)
}

/// The sentences of a record, hashed, and the calendar month in which it was published.
pub fn sentences(record: &LinkingRecord) -> (Vec<u64>, Option<i32>) {
    (
        fingerprint::sentences(record),
        record.published.map(pool::month),
    )
}

/// Whether a sentence of so many reports, over so many calendar months, is page furniture.
pub fn is_furniture(reports: u32, months: usize) -> bool {
    pool::is_furniture(reports, months)
}

/// What a report asks of all others: which hold its words, names and streets. `None` where it tells of many incidents:
/// then it is compared with none.
pub fn asks(record: &LinkingRecord, furniture: &HashSet<u64>) -> Option<Vec<Ask>> {
    let own = Fingerprint::of(record, furniture);
    if node::many(&own) {
        return None;
    }
    let counted: BTreeSet<u64> = own.words.iter().map(|(hash, _)| *hash).collect();
    let weighed = own.title.iter().chain(&own.lead).map(|(hash, _)| *hash);
    let weighed = weighed
        .chain(own.capitals.iter().copied())
        .chain(own.ground.iter().map(|(hash, _)| *hash));
    let others: BTreeSet<u64> = weighed.filter(|hash| !counted.contains(hash)).collect();
    let ask = |kind, hash, counted| Ask {
        kind,
        hash,
        counted,
    };
    let mut out: Vec<Ask> = Vec::new();
    out.extend(counted.into_iter().map(|hash| ask(Kind::Word, hash, true)));
    out.extend(others.into_iter().map(|hash| ask(Kind::Word, hash, false)));
    out.extend(own.pairs.iter().map(|hash| ask(Kind::Name, *hash, true)));
    out.extend(
        own.streets
            .iter()
            .map(|hash| ask(Kind::Street, *hash, true)),
    );
    Some(out)
}

/// A report weighed against all: `counts` says how many hold what it asked for, `day` is the first on which it or a
/// copy was published, `nodes` how many reports there are.
pub fn weighed(
    record: &LinkingRecord,
    day: Option<i32>,
    furniture: &HashSet<u64>,
    counts: &[Count],
    nodes: usize,
) -> Node {
    let mut own = Fingerprint::of(record, furniture);
    own.published = day;
    let mut held = Counts::default();
    for count in counts {
        let of = match count.kind {
            Kind::Word => &mut held.words,
            Kind::Name => &mut held.pairs,
            Kind::Street => &mut held.streets,
        };
        of.insert(count.hash, count.frequency());
    }
    pool::weighed(own, &held, nodes, Common::shipped())
}

/// How surely two reports tell of one incident, 0 to [`ONE`]; the one of smaller rank first.
pub fn score(weights: &Weights, a: &Node, b: &Node) -> i64 {
    (chance(weights.odds(&features::features(a, b))) * ONE as f64).round() as i64
}

/// Whether a link is so sure that the far ends of two such links of one report are compared, too.
pub fn is_sure(score: i64) -> bool {
    edges::sure(score)
}

/// The pairs of far ends of one report's sure links, which come as (-score, rank), sorted.
pub fn far_ends(list: &[(i64, u32)]) -> impl Iterator<Item = (u32, u32)> {
    edges::far_ends(list)
}

/// Reports of an incident that a passage is compared with, the first by rank.
pub const FELLOWS: usize = passages::FELLOWS;
/// Copies of one passage that are looked at for whether two stand in one report.
pub const COPIES: usize = passages::COPIES;

/// Mean score from which reports are one incident, as [`unions`] takes it: of what reports are about, and of what they
/// tell in passing.
pub fn cuts(weights: &Weights) -> (i64, i64) {
    let cut = |share: f64| (share * ONE as f64) as i64;
    (cut(weights.cut), cut(passages::CUT))
}

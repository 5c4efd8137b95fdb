//! Who holds a word, a pair of capitalised words or a street: from the list of each to how many that are, and to which
//! reports are worth comparing.
//!
//! Comes in: for one word all reports that hold it or ask how many do, by rank. Goes out: its count for each of them,
//! and scores for pairs; added up over all words of a report, the best are its pairs ([`best`]). The rules are those of
//! [`block`](crate::link::block).

use std::collections::HashMap;

use crate::link::{
    block::{
        BEST, BEST_NEAR, COMMON, DAYS, HELD, HELD_NAME, HELD_NEAR, NEAR, days_between, rarity,
        window,
    },
    counts::{BURST, Frequency},
    pool::Common,
};

/// What is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A word.
    Word,
    /// Two capitalised words that stand together.
    Name,
    /// A street.
    Street,
}

impl Kind {
    /// The kind of a number: 0, 1 or 2.
    pub fn of(number: u8) -> Option<Self> {
        [Self::Word, Self::Name, Self::Street]
            .get(usize::from(number))
            .copied()
    }
}

/// That a report holds something, or only asks how many do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// What kind of thing.
    pub kind: Kind,
    /// Its hash.
    pub hash: u64,
    /// Whether the report holds it.
    pub counted: bool,
}

/// A report on a list.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Its rank.
    pub rank: u32,
    /// Day of publication.
    pub day: Option<i32>,
    /// Whether it holds what the list is of.
    pub counted: bool,
}

/// How many reports hold something, for one that asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Who asked.
    pub rank: u32,
    /// What kind of thing.
    pub kind: Kind,
    /// Its hash.
    pub hash: u64,
    /// Reports.
    pub reports: u32,
    /// Reports without those of bursts.
    pub weighed: u32,
}

impl Count {
    pub(super) fn frequency(&self) -> Frequency {
        Frequency::known(self.reports, self.weighed, 0, 0, false)
    }
}

/// How many reports there are, and in how many weeks those were published that are compared with others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Reports.
    pub nodes: usize,
    /// Weeks.
    pub weeks: u32,
}

/// The week of a day, as counts have it.
pub fn week(day: i32) -> i32 {
    day.div_euclid(7)
}

/// Scores of pairs: who looks, at whom, and how much speaks for it.
pub type Sums = HashMap<(u32, u32), i64>;

/// What comes of lists, added up.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// Counts, for each who asked.
    pub counts: Vec<Count>,
    /// Scores by rare words and names.
    pub by_rarity: Sums,
    /// Scores by words that few of a week hold.
    pub by_time: Sums,
}

impl Lists {
    /// Takes the list of one thing, by rank.
    pub fn take(&mut self, kind: Kind, hash: u64, list: &[Member], extent: Extent) {
        let held: Vec<(u32, Option<i32>)> = list
            .iter()
            .filter(|it| it.counted)
            .map(|it| (it.rank, it.day))
            .collect();
        if held.is_empty() {
            return;
        }
        let (reports, weighed) = frequency(kind, hash, &held, extent);
        self.counts.extend(list.iter().map(|it| Count {
            rank: it.rank,
            kind,
            hash,
            reports,
            weighed,
        }));
        if reports < 2 {
            return;
        }
        if weighed <= HELD {
            self.rare(kind, &held, extent);
        }
        if kind == Kind::Word && reports as usize <= (extent.nodes / COMMON).max(HELD_NEAR) {
            self.near(held, extent);
        }
    }

    fn rare(&mut self, kind: Kind, held: &[(u32, Option<i32>)], extent: Extent) {
        for (at, (rank, day)) in held.iter().enumerate() {
            let seen = &held[window(at, held.len())];
            let score = rarity(extent.nodes, seen.len());
            let anywhere = kind != Kind::Word && seen.len() <= HELD_NAME as usize;
            for (other, its) in seen {
                let near = || days_between(*day, *its).is_none_or(|days| days <= DAYS);
                if other != rank && (anywhere || near()) {
                    *self.by_rarity.entry((*rank, *other)).or_default() += score;
                }
            }
        }
    }

    fn near(&mut self, held: Vec<(u32, Option<i32>)>, extent: Extent) {
        let dated = held
            .into_iter()
            .filter_map(|(rank, day)| Some((day?, rank)));
        let mut dated: Vec<(i32, u32)> = dated.collect();
        dated.sort_unstable();
        let score = rarity(extent.nodes, dated.len());
        for (day, rank) in &dated {
            let (first, last) = (day.saturating_sub(NEAR), day.saturating_add(NEAR));
            let from = dated.partition_point(|(other, _)| *other < first);
            let to = dated.partition_point(|(other, _)| *other <= last);
            if to - from < 2 || to - from > HELD_NEAR {
                continue;
            }
            for (_, other) in &dated[from..to] {
                if other != rank {
                    *self.by_time.entry((*rank, *other)).or_default() += score;
                }
            }
        }
    }
}

fn frequency(kind: Kind, hash: u64, held: &[(u32, Option<i32>)], extent: Extent) -> (u32, u32) {
    let mut weeks: Vec<i32> = held.iter().filter_map(|(_, day)| day.map(week)).collect();
    weeks.sort_unstable();
    let undated = (held.len() - weeks.len()) as u32;
    let (mut dated, mut capped) = (0, undated);
    for of_one in weeks.chunk_by(|a, b| a == b) {
        dated += 1;
        capped += (of_one.len() as u32).min(BURST);
    }
    let common = kind == Kind::Word && Common::shipped().holds(hash);
    let known = Frequency::known(held.len() as u32, capped, dated, extent.weeks, common);
    (known.reports, known.weighed)
}

/// How a score came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// By rare words and names.
    Rarity,
    /// By words that few of a week hold.
    Time,
}

/// The pairs of one report: of all whom it was scored with, each with the sum of its scores, the best; smaller rank
/// first.
pub fn best(rank: u32, scored: &mut Vec<(u32, i64)>, route: Route) -> Vec<(u32, u32)> {
    let most = match route {
        Route::Rarity => BEST,
        Route::Time => BEST_NEAR,
    };
    scored.sort_unstable_by_key(|(other, score)| (-score, *other));
    scored.truncate(most);
    let pair = |(other, _): &(u32, i64)| (rank.min(*other), rank.max(*other));
    scored.iter().map(pair).collect()
}

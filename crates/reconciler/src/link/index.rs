//! What a body of reports holds, kept so that a few new reports can be linked without comparing all again.
//!
//! Comes in: the [`LinkingRecord`] of each report, once, with a number that whoever keeps the index gives it. Goes out:
//! an [`Entry`] to keep, and for each word what is [`Held`] of it. Of new reports it gives those that they are worth
//! comparing with ([`candidates`], by the routes of [`block`](super::block)) and those of them that they are like
//! ([`alike`]); linking these and their fellows, with [`Standing`] for the rest, gives what linking all would give, but
//! for old pairs whose words have become more common since they were compared.

use std::collections::{BTreeSet, HashMap, HashSet};

use model::hash::join;

use super::{
    block::{BEST, BEST_NEAR, COMMON, DAYS, HELD, HELD_NAME, HELD_NEAR, NEAR, rarity},
    cluster::ONE,
    counts::{BURST, Counts, Frequency},
    features,
    fingerprint::Fingerprint,
    near_duplicates, node,
    pool::{self, Common, ReportPool},
    record::{Key, LinkingRecord},
    standing::Standing,
    weights::{Weights, chance},
};

/// Numbers kept of the reports that hold a word; of a burst the latest.
const KEPT: usize = 4 * HELD as usize;
/// Share of the cut from which a report is like one of an incident: that is then linked anew with it. A report joins an
/// incident only where it reaches the cut with one of its reports.
const ALIKE: f64 = 0.5;
/// What pairs of capitalised words and streets are told from words by.
const SALT: (u64, u64) = (2, 3);

/// What is kept of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Day of publication, counted from 1970.
    pub day: Option<i32>,
    /// Hash of all its words, where it is long enough for that to say something.
    pub copy: Option<u64>,
    /// Its words; none of a list of incidents.
    pub words: Vec<u64>,
    /// Its pairs of capitalised words and its streets; none of a list of incidents.
    pub names: Vec<u64>,
}

impl Entry {
    /// Makes the entry of a report, or of a happening that it tells of in passing; sentences in `furniture` are passed
    /// over.
    pub fn of(record: &LinkingRecord, furniture: &HashSet<u64>) -> Self {
        let fingerprint = Fingerprint::of(record, furniture);
        let mut out = Self {
            day: fingerprint.published,
            copy: near_duplicates::words(record).0,
            ..Self::default()
        };
        if !node::many(&fingerprint) {
            let pairs = fingerprint.pairs.iter().map(|hash| join(*hash, SALT.0));
            let streets = fingerprint.streets.iter().map(|hash| join(*hash, SALT.1));
            out.names = pairs.chain(streets).collect();
            out.words = fingerprint.words.iter().map(|(hash, _)| *hash).collect();
        }
        out
    }

    /// All that is counted of it.
    pub fn keys(&self) -> impl Iterator<Item = u64> {
        self.words.iter().chain(&self.names).copied()
    }

    /// Its words as [`Near::add`] takes them: the low half of each hash, sorted.
    pub fn short(&self) -> Vec<u32> {
        let mut out: Vec<u32> = self.words.iter().map(|hash| *hash as u32).collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// Which reports hold a word, a pair of capitalised words or a street.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// Reports in all.
    n: u32,
    /// Weeks in which some were published.
    dated: u32,
    /// Reports without those above [`BURST`] of a week.
    capped: u32,
    /// Reports by week.
    weeks: Weeks,
    /// Their numbers and days, where they are few enough to be brought together by it; the latest [`KEPT`].
    reports: Vec<(i64, Option<i32>)>,
}

/// Reports by week, undated ones (`None`) first. Those of a common word are many, and are only opened to add one.
#[derive(Clone, Debug)]
enum Weeks {
    Open(Vec<(Option<i32>, u32)>),
    Packed(Vec<u8>),
}

impl Default for Weeks {
    fn default() -> Self {
        Self::Open(Vec::new())
    }
}

impl Weeks {
    /// Counts one more report; gives how many the week has now.
    fn add(&mut self, week: Option<i32>) -> u32 {
        if let Self::Packed(bytes) = self {
            *self = Self::Open(unpacked(bytes).unwrap_or_default());
        }
        let Self::Open(weeks) = self else { return 0 };
        let at = match weeks.binary_search_by_key(&week, |it| it.0) {
            Ok(at) => at,
            Err(at) => {
                weeks.insert(at, (week, 0));
                at
            }
        };
        weeks[at].1 += 1;
        weeks[at].1
    }

    fn packed(&self) -> Vec<u8> {
        match self {
            Self::Packed(bytes) => bytes.clone(),
            Self::Open(weeks) => {
                let (mut out, mut last) = (Vec::new(), 0);
                for (week, n) in weeks {
                    put_day(&mut out, *week, &mut last);
                    put(&mut out, u64::from(*n));
                }
                out
            }
        }
    }
}

fn unpacked(mut bytes: &[u8]) -> Option<Vec<(Option<i32>, u32)>> {
    let (mut out, mut last) = (Vec::new(), 0);
    while !bytes.is_empty() {
        let week = take_day(&mut bytes, &mut last)?;
        out.push((week, u32::try_from(take(&mut bytes)?).ok()?));
    }
    Some(out)
}

impl Held {
    /// Counts one more report; numbers grow.
    pub fn add(&mut self, number: i64, day: Option<i32>) {
        let of_week = self.weeks.add(day.map(week));
        self.n += 1;
        self.dated += u32::from(day.is_some() && of_week == 1);
        self.capped += u32::from(day.is_none() || of_week <= BURST);
        if self.capped > HELD {
            self.reports = Vec::new();
        } else {
            self.reports.push((number, day));
            if self.reports.len() > KEPT {
                self.reports.remove(0);
            }
        }
    }

    fn frequency(&self, all_weeks: u32, common: bool) -> Frequency {
        Frequency::known(self.n, self.capped, self.dated, all_weeks, common)
    }

    /// As bytes: LEB128 numbers. First how many reports, dated weeks and reports of no burst there are, then the length
    /// of the weeks, the weeks with their reports, and the reports; differences where they grow.
    pub fn to_bytes(&self) -> Vec<u8> {
        let weeks = self.weeks.packed();
        let mut out = Vec::with_capacity(weeks.len() + 8 + 4 * self.reports.len());
        for n in [self.n, self.dated, self.capped] {
            put(&mut out, u64::from(n));
        }
        put(&mut out, weeks.len() as u64);
        out.extend(weeks);
        let (mut number, mut last) = (0, 0);
        for (report, day) in &self.reports {
            put(&mut out, (report - number) as u64);
            number = *report;
            put_day(&mut out, *day, &mut last);
        }
        out
    }

    /// From the bytes that [`Held::to_bytes`] gave; `None` when they are no such bytes.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let mut count = || u32::try_from(take(&mut bytes)?).ok();
        let (n, dated, capped, length) = (count()?, count()?, count()?, count()?);
        let (weeks, mut bytes) = bytes.split_at_checked(length as usize)?;
        let mut out = Self {
            n,
            dated,
            capped,
            weeks: Weeks::Packed(weeks.to_vec()),
            reports: Vec::new(),
        };
        let (mut number, mut last) = (0i64, 0);
        while !bytes.is_empty() {
            number = number.checked_add_unsigned(take(&mut bytes)?)?;
            out.reports.push((number, take_day(&mut bytes, &mut last)?));
        }
        Some(out)
    }
}

fn week(day: i32) -> i32 {
    day.div_euclid(7)
}

fn put(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut out = 0u64;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        out |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(out);
        }
    }
    None
}

/// A day as its difference from the last one, zigzag and one more; 0 where it is not known.
fn put_day(out: &mut Vec<u8>, day: Option<i32>, last: &mut i64) {
    let Some(day) = day.map(i64::from) else {
        return put(out, 0);
    };
    let gap = day - *last;
    *last = day;
    put(out, ((gap << 1) ^ (gap >> 63)) as u64 + 1);
}

fn take_day(bytes: &mut &[u8], last: &mut i64) -> Option<Option<i32>> {
    let Some(gap) = take(bytes)?.checked_sub(1) else {
        return Some(None);
    };
    *last = last.checked_add((gap >> 1) as i64 ^ -((gap & 1) as i64))?;
    Some(Some(i32::try_from(*last).ok()?))
}

/// Sorted short words as bytes.
pub fn short_to_bytes(words: &[u32]) -> Vec<u8> {
    let mut out = Vec::with_capacity(words.len() * 4);
    let mut last = 0;
    for word in words {
        put(&mut out, u64::from(word - last));
        last = *word;
    }
    out
}

/// Calls `each` with the words that [`short_to_bytes`] was given; stops at bytes that are none.
pub fn each_short(mut bytes: &[u8], mut each: impl FnMut(u32)) {
    let mut last = 0u32;
    while !bytes.is_empty() {
        let gap = take(&mut bytes).and_then(|gap| u32::try_from(gap).ok());
        let Some(word) = gap.and_then(|gap| last.checked_add(gap)) else {
            return;
        };
        each(word);
        last = word;
    }
}

/// How many reports there are in all and in which weeks, as the index counts: copies once, lists of incidents not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Reports.
    pub reports: usize,
    /// Weeks in which some were published.
    pub weeks: BTreeSet<i32>,
}

impl Extent {
    /// Counts one more report.
    pub fn add(&mut self, entry: &Entry) {
        self.reports += 1;
        if !entry.words.is_empty() {
            self.weeks.extend(entry.day.map(week));
        }
    }

    fn all_weeks(&self) -> u32 {
        self.weeks.len() as u32
    }
}

/// What stands in `held` of the words of some records.
pub fn standing(
    records: &[LinkingRecord],
    extent: &Extent,
    held: &HashMap<u64, Held>,
    furniture: &HashSet<u64>,
) -> Standing {
    let common = Common::shipped();
    let frequency = |key: u64, common: bool| {
        let held = held.get(&key);
        held.map_or(Frequency::default(), |it| {
            it.frequency(extent.all_weeks(), common)
        })
    };
    let mut out = Standing {
        reports: extent.reports,
        counts: Counts::default(),
        furniture: furniture.clone(),
    };
    for record in records {
        let fingerprint = Fingerprint::of(record, furniture);
        for (hash, _) in fingerprint.words {
            let words = &mut out.counts.words;
            words
                .entry(hash)
                .or_insert_with(|| frequency(hash, common.holds(hash)));
        }
        for hash in fingerprint.pairs {
            let pairs = &mut out.counts.pairs;
            pairs
                .entry(hash)
                .or_insert_with(|| frequency(join(hash, SALT.0), false));
        }
        for hash in fingerprint.streets {
            let streets = &mut out.counts.streets;
            streets
                .entry(hash)
                .or_insert_with(|| frequency(join(hash, SALT.1), false));
        }
    }
    out
}

/// Every key that [`standing`] looks up for some records.
pub fn standing_keys(records: &[LinkingRecord], furniture: &HashSet<u64>) -> BTreeSet<u64> {
    let entries = records
        .iter()
        .map(|record| Fingerprint::of(record, furniture));
    let mut out = BTreeSet::new();
    for fingerprint in entries {
        out.extend(fingerprint.words.iter().map(|(hash, _)| *hash));
        out.extend(fingerprint.pairs.iter().map(|hash| join(*hash, SALT.0)));
        out.extend(fingerprint.streets.iter().map(|hash| join(*hash, SALT.1)));
    }
    out
}

/// Sentences that are page furniture among some reports.
pub fn furniture(records: &[&LinkingRecord]) -> HashSet<u64> {
    pool::furniture(records)
}

/// Which reports of a time hold the words that are asked for.
#[derive(Clone, Debug, Default)]
pub struct Near {
    words: HashMap<u32, Vec<(i64, i32)>>,
}

impl Near {
    /// Asks for the words of some entries, those left out that too many reports hold.
    pub fn asking<'a>(
        entries: impl IntoIterator<Item = &'a Entry>,
        extent: &Extent,
        held: &HashMap<u64, Held>,
    ) -> Self {
        let most = (extent.reports / COMMON).max(HELD_NEAR) as u32;
        let few = |hash: &&u64| {
            let held = held.get(*hash);
            held.is_some_and(|it| it.frequency(0, true).reports <= most)
        };
        let words = entries
            .into_iter()
            .flat_map(|entry| entry.words.iter().filter(few));
        Self {
            words: words.map(|hash| (*hash as u32, Vec::new())).collect(),
        }
    }

    /// The days, first and last, that an entry asks for; `None` where it has no day.
    pub fn days(entry: &Entry) -> Option<(i32, i32)> {
        let day = entry.day?;
        Some((day.saturating_sub(NEAR), day.saturating_add(NEAR)))
    }

    /// Adds a report of a day by its short words.
    pub fn add(&mut self, number: i64, day: i32, words: &[u8]) {
        each_short(words, |word| {
            if let Some(list) = self.words.get_mut(&word) {
                list.push((number, day));
            }
        });
    }
}

/// The reports worth comparing with a new one: those that share words, names or streets which few have, and those of
/// its week that share what few of that week have. The new one is counted in `held` and stands in `near`; `own` is its
/// number.
pub fn candidates(
    own: i64,
    entry: &Entry,
    extent: &Extent,
    held: &HashMap<u64, Held>,
    near: &Near,
) -> BTreeSet<i64> {
    let common = Common::shipped();
    let mut best: HashMap<i64, i64> = HashMap::new();
    let words = entry
        .words
        .iter()
        .map(|hash| (hash, common.holds(*hash), false));
    for (key, common, name) in words.chain(entry.names.iter().map(|key| (key, false, true))) {
        let Some(held) = held.get(key) else { continue };
        let frequency = held.frequency(extent.all_weeks(), common);
        if frequency.reports < 2 || frequency.weighed > HELD {
            continue;
        }
        let list = &held.reports[held.reports.len().saturating_sub(HELD as usize)..];
        let anywhere = name && list.len() <= HELD_NAME as usize;
        for (number, day) in list {
            let gap = entry
                .day
                .zip(*day)
                .map(|(a, b)| a.saturating_sub(b).saturating_abs());
            if *number != own && (anywhere || gap.is_none_or(|days| days <= DAYS)) {
                *best.entry(*number).or_default() += rarity(extent.reports, list.len());
            }
        }
    }
    let mut out = take_best(best, BEST);
    let Some((first, last)) = Near::days(entry) else {
        return out;
    };
    let mut best: HashMap<i64, i64> = HashMap::new();
    for hash in &entry.words {
        let Some(list) = near.words.get(&(*hash as u32)) else {
            continue;
        };
        let of_time = || list.iter().filter(|(_, day)| (first..=last).contains(day));
        let n = of_time().count();
        if !(2..=HELD_NEAR).contains(&n) {
            continue;
        }
        let in_all = held
            .get(hash)
            .map_or(n, |it| it.frequency(0, true).reports as usize);
        for (number, _) in of_time().filter(|(number, _)| *number != own) {
            *best.entry(*number).or_default() += rarity(extent.reports, in_all);
        }
    }
    out.extend(take_best(best, BEST_NEAR));
    out
}

fn take_best(scores: HashMap<i64, i64>, most: usize) -> BTreeSet<i64> {
    let mut all: Vec<(i64, i64)> = scores.into_iter().map(|(at, score)| (-score, at)).collect();
    all.sort_unstable();
    all.into_iter().take(most).map(|(_, at)| at).collect()
}

/// Those of `others` that some of `new` may be one incident with: incidents that none of them is of stay as they are.
pub fn alike(
    new: &[LinkingRecord],
    others: &[LinkingRecord],
    standing: &Standing,
) -> BTreeSet<Key> {
    let (weights, common) = (Weights::shipped(), Common::shipped());
    let all: Vec<&LinkingRecord> = new.iter().chain(others).collect();
    let pool = ReportPool::new(&all, common, &BTreeSet::new(), Some(standing));
    let least = weights.cut * ALIKE;
    let holds = |own: &[usize]| own.iter().any(|at| *at < new.len());
    let asking: Vec<usize> = (0..pool.nodes.len())
        .filter(|at| holds(&pool.records[*at]))
        .collect();
    let mut out = BTreeSet::new();
    for (node, own) in pool.nodes.iter().zip(&pool.records) {
        let known: Vec<Key> = own
            .iter()
            .filter(|at| **at >= new.len())
            .map(|at| all[*at].key())
            .collect();
        if known.is_empty() {
            continue;
        }
        let score = |at: &usize| {
            let pair = features::features(&pool.nodes[*at], node);
            (chance(weights.odds(&pair)) * ONE as f64).round() / ONE as f64
        };
        if holds(own) || asking.iter().any(|at| score(at) >= least) {
            out.extend(known);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_comes_back_from_its_bytes() {
        let mut held = Held::default();
        let days = [
            None,
            Some(20_000),
            Some(-3),
            None,
            Some(20_001),
            Some(i32::MAX),
        ];
        for (number, day) in (1..).step_by(1000).zip(days) {
            held.add(number, day);
        }
        assert_eq!(held.reports.len(), 6);
        let mut back = Held::from_bytes(&held.to_bytes()).unwrap();
        assert_eq!(back.to_bytes(), held.to_bytes());
        assert_eq!(back.reports, held.reports);
        // It is added to as the first one is, in a week that was there and in one between.
        for day in [Some(20_000), Some(5_000), None] {
            held.add(9_000, day);
            back.add(9_000, day);
        }
        assert_eq!(back.to_bytes(), held.to_bytes());
        assert_eq!((held.n, held.dated, held.capped), (9, 4, 9));
        // Bytes that are none are told from those that are.
        assert!(Held::from_bytes(&[0x80]).is_none());
        assert!(Held::from_bytes(&held.to_bytes()[..3]).is_none());
    }

    #[test]
    fn a_word_that_many_hold_names_nobody_and_a_burst_the_latest() {
        let mut common = Held::default();
        for number in 0..100 {
            common.add(number, Some(number as i32 * 7));
        }
        assert!(common.reports.is_empty());
        assert_eq!(common.frequency(1_000, false).reports, 100);
        let mut burst = Held::default();
        (0..1_000).for_each(|number| burst.add(number, Some(5)));
        assert_eq!(burst.reports.len(), KEPT);
        assert_eq!(burst.reports.last(), Some(&(999, Some(5))));
        assert_eq!(burst.frequency(1_000, false).weighed, BURST);
    }

    #[test]
    fn short_words_come_back_from_their_bytes() {
        let words = vec![0, 1, 5, 127, 128, 70_000, u32::MAX];
        let mut back = Vec::new();
        each_short(&short_to_bytes(&words), |word| back.push(word));
        assert_eq!(back, words);
        // Bytes that are none end it.
        back.clear();
        each_short(&[0xff; 12], |word| back.push(word));
        assert!(back.is_empty());
    }
}

//! How many reports of a pool hold each word, pair of capitalised words or street, and how many incidents that may
//! stand for.
//!
//! Comes in: the nodes of a pool. Goes out: two counts a word. The names of one large incident stand in hundreds of
//! reports of a few days and are as telling as those of a small one: reports count only up to [`BURST`] a week, unless
//! the word is of all times, or of news at large.

use std::collections::HashMap;

use super::node::Node;

/// Reports of one week up to which each stands for an incident of its own.
pub(super) const BURST: u32 = 12;
/// Weeks of a pool from which it shows whether a word is of all times.
const LONG: u32 = 8;

/// How many reports hold something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frequency {
    /// Reports.
    pub reports: u32,
    /// Reports without those above [`BURST`] of a week, where the word is not of all times.
    pub weighed: u32,
    weeks: u32,
    last: Option<i32>,
    of_week: u32,
}

impl Frequency {
    /// Counts one more report; reports come in order of time, undated ones (`None`) first.
    fn count(&mut self, week: Option<i32>) {
        self.reports += 1;
        if week.is_none() || week != self.last {
            self.weeks += u32::from(week.is_some());
            self.of_week = 0;
        }
        self.last = week;
        self.of_week += 1;
        self.weighed += u32::from(self.of_week <= BURST);
    }
}

impl Frequency {
    /// What is known of a word in a body of reports that spans `all_weeks` weeks: how many hold it, how many of them
    /// stand out of bursts, in how many weeks. A word of news at large (`common`) is never a burst.
    pub fn known(reports: u32, capped: u32, weeks: u32, all_weeks: u32, common: bool) -> Self {
        let mut out = Self {
            reports,
            weighed: capped,
            weeks,
            ..Self::default()
        };
        if common || out.of_all_times(all_weeks) {
            out.weighed = out.reports;
        }
        out
    }

    fn of_all_times(&self, all_weeks: u32) -> bool {
        all_weeks >= LONG && self.weeks * 2 >= all_weeks
    }
}

/// How many reports hold what.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Words.
    pub words: HashMap<u64, Frequency>,
    /// Pairs of capitalised words.
    pub pairs: HashMap<u64, Frequency>,
    /// Streets.
    pub streets: HashMap<u64, Frequency>,
}

impl Counts {
    /// Counts the reports. Lists of incidents say nothing of how rare their names are; a word of news at large
    /// (`common`) is never a burst.
    pub fn new(nodes: &[Node], common: impl Fn(u64) -> bool) -> Self {
        let week = |node: &Node| node.fingerprint.published.map(|day| day.div_euclid(7));
        let mut in_time: Vec<&Node> = nodes.iter().filter(|node| !node.tells_of_many()).collect();
        in_time.sort_by_key(|node| week(node));
        let mut out = Self::default();
        let (mut weeks, mut last) = (0, None);
        for node in in_time {
            let week = week(node);
            weeks += u32::from(week.is_some() && week != last);
            last = week;
            for (hash, _) in &node.fingerprint.words {
                out.words.entry(*hash).or_default().count(week);
            }
            for hash in &node.fingerprint.pairs {
                out.pairs.entry(*hash).or_default().count(week);
            }
            for hash in &node.fingerprint.streets {
                out.streets.entry(*hash).or_default().count(week);
            }
        }
        for (hash, held) in &mut out.words {
            if common(*hash) || held.of_all_times(weeks) {
                held.weighed = held.reports;
            }
        }
        for held in out.pairs.values_mut().chain(out.streets.values_mut()) {
            if held.of_all_times(weeks) {
                held.weighed = held.reports;
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(weeks: &[Option<i32>]) -> (u32, u32) {
        let mut held = Frequency::default();
        weeks.iter().for_each(|week| held.count(*week));
        (held.reports, held.weighed)
    }

    #[test]
    fn a_burst_counts_only_so_far() {
        assert_eq!(held(&[Some(3); 300]), (300, BURST));
        assert_eq!(held(&[Some(3), Some(4), Some(4)]), (3, 3));
        // What has no date may be of any week.
        assert_eq!(held(&[None; 300]), (300, 300));
    }

    #[test]
    fn what_is_known_of_a_word_says_whether_it_is_a_burst() {
        // 300 in one week of many, and the same where the word is of half of all weeks or common.
        assert_eq!(Frequency::known(303, 15, 4, 100, false).weighed, 15);
        assert_eq!(Frequency::known(303, 15, 4, 8, false).weighed, 303);
        assert_eq!(Frequency::known(303, 15, 4, 7, false).weighed, 15);
        assert_eq!(Frequency::known(303, 15, 4, 100, true).weighed, 303);
    }

    #[test]
    fn a_word_of_all_times_is_no_burst() {
        let node = |day: i32, words: &[u64]| {
            let mut node = Node::default();
            node.fingerprint.published = Some(day);
            node.fingerprint.words = words.iter().map(|hash| (*hash, 1)).collect();
            node
        };
        let mut nodes: Vec<Node> = Vec::new();
        for week in 0..10 {
            nodes.extend((0..20).map(|_| node(week * 7, &[1])));
        }
        nodes.extend((0..20).map(|_| node(0, &[2, 3])));
        let counts = Counts::new(&nodes, |hash| hash == 3);
        assert_eq!(counts.words[&1].weighed, 200);
        assert_eq!(counts.words[&2].weighed, BURST);
        assert_eq!(counts.words[&3].weighed, 20);
    }
}

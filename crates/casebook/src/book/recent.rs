//! The latest changes of a casebook, kept at hand: a page asks for them often, and the log only ever grows.

use std::collections::BTreeMap;

use serde::Serialize;
use store::{
    Error,
    changes::{self, Judged},
    database::Database,
};

use super::{Change, news};

/// Entries of the log that are looked at for changes, the latest.
pub const WITHIN: i64 = 50_000;
/// Entries on incidents and decisions that are kept, the latest.
pub const MOST: usize = 2_000;

/// The latest changes, and decisions of people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recent {
    /// The entry of the log after which they are whole.
    pub from: i64,
    /// When that entry was made; empty where they reach back to the beginning.
    pub from_at: String,
    /// The last entry that was looked at.
    pub to: i64,
    /// Changes, in order.
    pub changes: Vec<Change>,
    /// Decisions, in order.
    pub judged: Vec<Judged>,
}

/// Since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// Since an entry of the log.
    Entry(i64),
    /// Since a time, as it is stored.
    Time(String),
}

impl Since {
    /// Whether an entry comes after it.
    pub fn before(&self, seq: i64, at: &str) -> bool {
        match self {
            Self::Entry(own) => seq > *own,
            Self::Time(own) => at >= own.as_str(),
        }
    }
}

/// An incident that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The incident.
    pub case: String,
    /// A line on it.
    pub title: String,
    /// How many people killed its changes are about.
    pub people: u64,
    /// Whether it is no more: it went into another, or no report tells of it.
    pub ended: bool,
    /// What changed, in order.
    pub changes: Vec<Change>,
}

impl Recent {
    /// The latest up to an entry; goes on from what is at hand, so that little is asked of the casebook.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn up_to(mut self, database: &mut dyn Database, to: i64) -> Result<Self, Error> {
        if to < self.to {
            // Another casebook lies there now.
            self = Self::default();
        }
        let latest = changes::between(database, self.to, to, WITHIN, MOST)?;
        let further = news::tell(database, latest.from, &latest.told)?;
        if latest.from > self.to {
            // There is a gap: what was at hand is too old.
            self = Self {
                from: latest.from,
                from_at: changes::at(database, latest.from)?,
                ..Self::default()
            };
        }
        self.to = to;
        self.changes.extend(further);
        self.judged.extend(latest.judged);
        self.forget();
        Ok(self)
    }

    /// Lets go of what is too old.
    fn forget(&mut self) {
        let beyond = |len: usize| len.checked_sub(MOST + 1);
        let change = beyond(self.changes.len()).map(|at| &self.changes[at]);
        let judged = beyond(self.judged.len()).map(|at| &self.judged[at]);
        let change = change.map(|it| (it.seq, it.at.clone()));
        let judged = judged.map(|it| (it.seq, it.at.clone()));
        if let Some((from, at)) = change.max(judged) {
            self.changes.retain(|it| it.seq > from);
            self.judged.retain(|it| it.seq > from);
            (self.from, self.from_at) = (from, at);
        }
    }

    /// Whether something that came after `since` may not be at hand any more.
    pub fn is_cut(&self, since: &Since) -> bool {
        match since {
            Since::Entry(own) => *own < self.from,
            Since::Time(own) => self.from > 0 && self.from_at >= *own,
        }
    }

    /// How many incidents changed.
    pub fn count(&self, since: &Since) -> usize {
        let after = self.after(since);
        let mut cases: Vec<&str> = after.map(|it| it.case.as_str()).collect();
        cases.sort_unstable();
        cases.dedup();
        cases.len()
    }

    fn after<'a>(&'a self, since: &'a Since) -> impl Iterator<Item = &'a Change> {
        self.changes
            .iter()
            .filter(|it| since.before(it.seq, &it.at))
    }

    /// The incidents that changed, that with most at stake first: by how many people killed its changes are about, then
    /// the one that changed last.
    pub fn incidents(&self, since: &Since) -> Vec<Changed> {
        let mut by_case: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
        for change in self.after(since) {
            by_case.entry(&change.case).or_default().push(change);
        }
        let mut out: Vec<Changed> = by_case.into_values().filter_map(Changed::of).collect();
        let last = |it: &Changed| it.changes.last().map(|it| it.seq);
        out.sort_by(|a, b| {
            let stake = b.people.cmp(&a.people);
            stake
                .then_with(|| last(b).cmp(&last(a)))
                .then_with(|| a.case.cmp(&b.case))
        });
        out
    }

    /// Decisions of others, the latest first.
    pub fn decisions<'a>(&'a self, since: &'a Since, who: &'a str) -> Vec<&'a Judged> {
        let judged = self.judged.iter().rev();
        judged
            .filter(|it| it.who != who && since.before(it.seq, &it.at))
            .collect()
    }
}

impl Changed {
    fn of(all: Vec<&Change>) -> Option<Self> {
        let last = all.last()?;
        let titled = all.iter().rev().find(|it| !it.title.is_empty());
        Some(Self {
            case: last.case.clone(),
            title: titled.map(|it| it.title.clone()).unwrap_or_default(),
            people: all.iter().map(|it| it.people).sum(),
            ended: matches!(last.what, "merged" | "gone"),
            changes: all.into_iter().cloned().collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(seq: i64, case: &str, what: &'static str, people: u64) -> Change {
        Change {
            seq,
            at: format!("2031-03-04T05:00:{:02}.000Z", seq.min(59)),
            what,
            case: case.to_owned(),
            title: format!("on {case}"),
            words: "words".to_owned(),
            other: String::new(),
            people,
        }
    }

    fn recent(changes: Vec<Change>) -> Recent {
        Recent {
            to: changes.last().map_or(0, |it| it.seq),
            changes,
            ..Recent::default()
        }
    }

    #[test]
    fn the_incident_with_most_at_stake_comes_first() {
        let all = recent(vec![
            change(1, "k:a", "new", 2),
            change(2, "k:b", "new", 40),
            change(3, "k:a", "figure", 9),
            change(4, "k:c", "dispute", 0),
            change(5, "k:d", "merged", 0),
        ]);
        let order = |since: &Since| -> Vec<String> {
            let all = all.incidents(since);
            all.into_iter().map(|it| it.case).collect()
        };
        assert_eq!(
            order(&Since::Entry(0)),
            ["k:b", "k:a", "k:d", "k:c"],
            "of those with as much at stake the one that changed last"
        );
        assert_eq!(order(&Since::Entry(2)), ["k:a", "k:d", "k:c"]);
        let time = Since::Time("2031-03-04T05:00:05.000Z".to_owned());
        assert_eq!(order(&time), ["k:d"]);
        assert_eq!((all.count(&Since::Entry(0)), all.count(&time)), (4, 1));
        let first = &all.incidents(&Since::Entry(0))[1];
        assert_eq!((first.people, first.changes.len()), (11, 2));
        assert!(!first.ended && all.incidents(&time)[0].ended);
    }

    #[test]
    fn what_is_too_old_is_let_go_and_said_to_be_cut() {
        let n = MOST as i64 + 3;
        let mut all = recent((1..=n).map(|n| change(n, "k:a", "figure", 1)).collect());
        all.forget();
        assert_eq!((all.changes.len(), all.from), (MOST, 3));
        assert!(all.is_cut(&Since::Entry(2)) && !all.is_cut(&Since::Entry(3)));
        let whole = recent(vec![change(1, "k:a", "new", 1)]);
        assert!(!whole.is_cut(&Since::Entry(0)));
        assert!(!whole.is_cut(&Since::Time(String::new())));
        assert!(all.is_cut(&Since::Time("2031-03-04T05:00:01.000Z".to_owned())));
        assert!(!all.is_cut(&Since::Time("2031-03-04T05:00:04.000Z".to_owned())));
    }
}

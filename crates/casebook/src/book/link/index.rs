//! The index of linked reports: made when all are linked, and added to.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crossbearing::linking::Records;
use reconciler::link::{
    index::{Entry, Extent, Held, Near, furniture, short_to_bytes},
    record::LinkingRecord,
};
use serde::{Deserialize, Serialize};
use store::{
    Error, Tx,
    database::Database,
    linking::{self, ReportRow},
    steps::{self, Step},
};

use super::{due::Due, pace::Pace};

/// Entries made in one go.
const BATCH: usize = 2_000;

/// Up to where the index goes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct State {
    /// The version of the reader whose readings are in it.
    reader: String,
    /// The step that wrote it last.
    step: i64,
    /// Up to which report it went when all were linked.
    all_to: i64,
    /// Reports in it, copies not counted, and the weeks they are of.
    reports: usize,
    weeks: BTreeSet<i32>,
}

impl State {
    pub fn read(database: &mut dyn Database) -> Result<Option<Self>, Error> {
        let state = linking::state(database)?;
        Ok(state.and_then(|state| serde_json::from_str(&state).ok()))
    }

    /// Whether a step may go by it.
    pub fn serves(&self, due: &Due, pace: Pace) -> bool {
        let all = self.all_to as f64;
        let (new, grown) = (
            due.to.reports_to - due.before.reports_to,
            due.to.reports_to - self.all_to,
        );
        !due.anew
            && self.reader == due.to.reader
            && self.step == due.before.number
            && new as f64 <= all * pace.batch
            && grown as f64 <= all * pace.growth
    }

    pub fn extent(&self) -> Extent {
        Extent {
            reports: self.reports,
            weeks: self.weeks.clone(),
        }
    }

    pub fn all_to(&self) -> i64 {
        self.all_to
    }
}

/// What becomes of the index.
#[derive(Default)]
pub(super) struct Changes {
    /// Whether it is made anew, or only added to.
    forget: bool,
    state: Option<State>,
    words: BTreeMap<i64, Vec<u8>>,
    reports: Vec<ReportRow>,
    furniture: Vec<i64>,
}

impl Changes {
    /// There is no index from now on.
    pub fn forget() -> Self {
        Self {
            forget: true,
            ..Self::default()
        }
    }

    pub fn write(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        if self.forget {
            tx.forget_linked()?;
        }
        let Some(state) = &self.state else {
            return Ok(());
        };
        tx.put_linked_words(self.words.iter().map(|(word, held)| (*word, held.clone())))?;
        tx.put_linked_reports(self.reports.iter().cloned())?;
        tx.put_linked_furniture(self.furniture.iter().copied())?;
        let state =
            serde_json::to_string(state).map_err(|error| Error::Engine(error.to_string()))?;
        tx.put_linked_state(&state)
    }
}

/// Counts reports into the index.
#[derive(Default)]
pub(super) struct Builder {
    pub extent: Extent,
    pub held: HashMap<u64, Held>,
    pub furniture: HashSet<u64>,
    /// Words whose counts changed.
    changed: HashSet<u64>,
    /// Hash of all words → the report that has them first.
    copies: HashMap<u64, i64>,
    reports: Vec<ReportRow>,
    anew: bool,
}

impl Builder {
    /// Counts all reports; `numbers` holds the number of each.
    pub fn of_all(records: &Records, numbers: &HashMap<&str, i64>) -> Self {
        let mut mains: Vec<(i64, &LinkingRecord)> = records
            .all()
            .filter(|record| record.account.is_none())
            .filter_map(|record| Some((*numbers.get(record.id.as_str())?, record)))
            .collect();
        mains.sort_by_key(|(number, _)| *number);
        let all: Vec<&LinkingRecord> = mains.iter().map(|(_, record)| *record).collect();
        let mut out = Self {
            furniture: furniture(&all),
            anew: true,
            ..Self::default()
        };
        for some in mains.chunks(BATCH) {
            let entries = crossbearing::batch::map(some, &|_| {}, |(_, record)| {
                Entry::of(record, &out.furniture)
            });
            for ((number, _), entry) in some.iter().zip(&entries) {
                out.add(*number, entry);
            }
        }
        out
    }

    /// Begins with what stands.
    pub fn standing(database: &mut dyn Database, state: &State) -> Result<Self, Error> {
        Ok(Self {
            extent: state.extent(),
            furniture: linking::furniture(database)?
                .iter()
                .map(|it| *it as u64)
                .collect(),
            ..Self::default()
        })
    }

    /// Takes what is held of some words from the store, but for those that were taken already.
    pub fn take(
        &mut self,
        database: &mut dyn Database,
        words: &BTreeSet<u64>,
    ) -> Result<(), Error> {
        let wanted = words.iter().filter(|word| !self.held.contains_key(word));
        let wanted: Vec<i64> = wanted.map(|word| *word as i64).collect();
        linking::words(database, &wanted, &mut |word, bytes| {
            if let Some(held) = Held::from_bytes(bytes) {
                self.held.insert(word as u64, held);
            }
        })
    }

    /// Takes from the store which report was the first to have the words of some entries.
    pub fn take_copies<'a>(
        &mut self,
        database: &mut dyn Database,
        entries: impl Iterator<Item = &'a Entry>,
    ) -> Result<(), Error> {
        let wanted: Vec<i64> = entries
            .filter_map(|entry| entry.copy)
            .map(|it| it as i64)
            .collect();
        let known = linking::copies(database, &wanted)?;
        self.copies.extend(
            known
                .into_iter()
                .map(|(copy, number)| (copy as u64, number)),
        );
        Ok(())
    }

    /// The report that has the words of an entry, where another one has.
    pub fn copied(&self, number: i64, entry: &Entry) -> Option<i64> {
        let first = self.copies.get(&entry.copy?)?;
        (*first != number).then_some(*first)
    }

    /// Counts one more report. What has been printed in the same words counts once.
    pub fn add(&mut self, number: i64, entry: &Entry) {
        let copy = entry.copy.map(|it| it as i64);
        if let Some(hash) = entry.copy {
            self.copies.entry(hash).or_insert(number);
        }
        if self.copied(number, entry).is_some() {
            self.reports.push((number, entry.day, copy, Vec::new()));
            return;
        }
        self.extent.add(entry);
        for word in entry.keys() {
            self.held.entry(word).or_default().add(number, entry.day);
            self.changed.insert(word);
        }
        let words = short_to_bytes(&entry.short());
        self.reports.push((number, entry.day, copy, words));
    }

    /// The reports of the time of some entries that hold their words, those that were added among them.
    pub fn near(&self, database: &mut dyn Database, entries: &[&Entry]) -> Result<Near, Error> {
        let mut near = Near::asking(entries.iter().copied(), &self.extent, &self.held);
        let mut spans: Vec<(i32, i32)> = entries
            .iter()
            .filter_map(|entry| Near::days(entry))
            .collect();
        spans.sort_unstable();
        let mut last: Option<(i32, i32)> = None;
        let mut merged = Vec::new();
        for span in spans {
            match &mut last {
                Some(open) if span.0 <= open.1 => open.1 = open.1.max(span.1),
                _ => merged.extend(last.replace(span)),
            }
        }
        merged.extend(last);
        for span in &merged {
            linking::between(database, *span, &mut |number, day, words| {
                near.add(number, day, words)
            })?;
        }
        for (number, day, _, words) in &self.reports {
            if let Some(day) = day {
                near.add(*number, *day, words);
            }
        }
        Ok(near)
    }

    /// What is to be written; `all_to` is up to which report it went when all were linked.
    pub fn changes(self, step: &Step, all_to: i64) -> Changes {
        let state = State {
            reader: step.reader.clone(),
            step: step.number,
            all_to,
            reports: self.extent.reports,
            weeks: self.extent.weeks,
        };
        let held = &self.held;
        let words = self
            .changed
            .iter()
            .filter_map(|word| Some((*word as i64, held.get(word)?.to_bytes())));
        Changes {
            forget: self.anew,
            state: Some(state),
            words: words.collect(),
            reports: self.reports,
            furniture: if self.anew {
                self.furniture.iter().map(|it| *it as i64).collect()
            } else {
                Vec::new()
            },
        }
    }
}

/// The numbers of some reports' ids.
pub(super) fn numbered(
    database: &mut dyn Database,
    numbers: &BTreeSet<i64>,
) -> Result<Vec<(i64, String)>, Error> {
    let numbers: Vec<i64> = numbers.iter().copied().collect();
    steps::ids(database, &numbers)
}

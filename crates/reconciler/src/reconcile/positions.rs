//! What is held on one slot and scope, and by which claims: equal values under one key.

use std::collections::{BTreeMap, BTreeSet};

use model::{Slot, Value, words};

use super::{means, places, responsibility};
use crate::ledger::{Entry, Ledger};

/// Whether a position stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PositionStanding {
    /// It stands and competes with others.
    Current,
    /// It is set aside, though no later figure took its place: every claim of it counts only some of those whom the own
    /// toll of its report counts, or dates what came after the happening.
    SetAside,
    /// Its own words call it an earlier one or take it back.
    Withdrawn,
    /// A later figure took its place.
    Replaced,
}

/// One value that is held. Entries are indices into the ledger, in its order.
#[derive(Clone, Debug)]
pub struct PositionDraft {
    /// The claims that hold it.
    pub entries: Vec<usize>,
    /// Whether it stands.
    pub standing: PositionStanding,
    /// Why it does not stand or is set aside.
    pub why: String,
}

impl PositionDraft {
    /// Whether nothing took its place and nobody took it back.
    pub fn stands(&self) -> bool {
        matches!(
            self.standing,
            PositionStanding::Current | PositionStanding::SetAside
        )
    }

    /// Whether it stands and is not set aside.
    pub fn competes(&self) -> bool {
        self.standing == PositionStanding::Current
    }
}

/// Groups the claims of one slot and scope by what they hold, in the order of the first claim.
pub fn group(ledger: &Ledger<'_>, entries: &[usize]) -> Vec<PositionDraft> {
    let mut keys: Vec<String> = entries
        .iter()
        .map(|&i| key(ledger, &ledger.entries[i]))
        .collect();
    let slot = entries.first().map(|&i| ledger.entries[i].claim.slot);
    if slot == Some(Slot::Where) {
        places::join(ledger, entries, &mut keys);
    }
    if slot.is_some_and(|slot| slot.spec().done_to_people) {
        // Who does it is often left out the second time: with one doer known, the claims that name none are of that
        // one.
        let doers: BTreeSet<String> = keys
            .iter()
            .filter(|key| !key.trim_start_matches("not ").is_empty())
            .cloned()
            .collect();
        if let (1, Some(doer)) = (doers.len(), doers.first()) {
            for key in keys.iter_mut().filter(|key| key.is_empty()) {
                key.clone_from(doer);
            }
        }
    }
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out: Vec<PositionDraft> = Vec::new();
    for (&entry, key) in entries.iter().zip(&keys) {
        let position = *at.entry(key).or_insert_with(|| {
            out.push(PositionDraft {
                entries: Vec::new(),
                standing: PositionStanding::Current,
                why: String::new(),
            });
            out.len() - 1
        });
        out[position].entries.push(entry);
    }
    out
}

/// What a claim holds, as a key: equal for claims that say the same.
fn key(ledger: &Ledger<'_>, entry: &Entry<'_>) -> String {
    let claim = entry.claim;
    let denied = if entry.denied() { "not " } else { "" };
    let said = match (&claim.value, claim.slot) {
        // Two things may have happened in one year: the words tell them apart, their relation joins them again.
        (_, Slot::Background) => words::key(entry.words()),
        (Value::Count(count), _) => count.interval(),
        (Value::When(when), _) => format!("{}/{}", when.start, when.end),
        (Value::Place(place), _) => places::key(place),
        (Value::Party(party), Slot::Responsibility) => format!(
            "{} {}",
            responsibility::mode(ledger, entry).name(),
            ledger.names.of_party(party)
        ),
        (Value::Party(party), _) => ledger.names.of_party(party),
        (Value::Thing { .. }, _) => means::key(claim),
        // What is done to the same people by the same party is one thing, however it is put.
        (_, slot) if slot.spec().done_to_people => claim
            .actor
            .as_ref()
            .map_or(String::new(), |actor| ledger.names.of_party(actor)),
        (Value::Kind { code, .. } | Value::Act { code, .. }, _) => code.clone(),
        (Value::Words { words: said }, _) => words::key(said),
    };
    format!("{denied}{said}")
}

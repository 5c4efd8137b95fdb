//! What is dated, in order.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use model::{Slot, TimelineEntry, Value, When, words};

use crate::ledger::Ledger;

/// Quotes joined in one line of the timeline.
const QUOTES: usize = 4;

/// Lists the dated claims of the main accounts, one line for each time: what happened then, and figures that stood
/// then.
pub fn timeline(ledger: &Ledger<'_>) -> Vec<TimelineEntry> {
    let mut lines: BTreeMap<(DateTime, DateTime), (When, Vec<usize>)> = BTreeMap::new();
    for (i, entry) in ledger.entries.iter().enumerate() {
        if !entry.main || entry.denied() {
            continue;
        }
        let when = match (&entry.claim.value, entry.claim.slot) {
            (Value::When(when), Slot::When) => when,
            _ => match &entry.claim.as_of {
                Some(when) => when,
                None => continue,
            },
        };
        lines
            .entry((when.start, when.end))
            .or_insert_with(|| (when.clone(), Vec::new()))
            .1
            .push(i);
    }
    lines
        .into_values()
        .map(|(when, entries)| {
            let mut seen: Vec<String> = Vec::new();
            let mut what: Vec<&str> = Vec::new();
            for &i in &entries {
                let said = ledger.entries[i].words().trim();
                let key = words::key(said);
                let fresh = !said.is_empty() && !seen.iter().any(|had| had.contains(&key));
                if fresh && what.len() < QUOTES {
                    seen.push(key);
                    what.push(said);
                }
            }
            TimelineEntry {
                when,
                what: what.join("; "),
                claims: entries
                    .iter()
                    .map(|&i| ledger.entries[i].claim.id.clone())
                    .collect(),
            }
        })
        .collect()
}

//! Which people of a figure are told as fighters or soldiers: a rule that counts civilians leaves them out.
//!
//! Comes in: the ledger. Goes out, for a claim that says nothing of its people's part: how many of them the same words
//! tell as armed, by the claims on the parts. It knows nothing of rules.

use std::collections::BTreeMap;

use model::{Claim, Mark, Slot};

use crate::ledger::Ledger;

/// Code points back from "three others" in which those stand beside whom they are other.
const BESIDE: usize = 160;

/// Claims on people, by report and slot, in the order of the text.
pub struct Armed {
    told: BTreeMap<(usize, Slot), Vec<Told>>,
    /// Claims on the killed and the injured together, to find whom "others" stand beside.
    harmed: BTreeMap<usize, Vec<Told>>,
}

#[derive(Clone, Copy)]
struct Told {
    start: usize,
    end: usize,
    low: u64,
    armed: bool,
}

impl Armed {
    /// Indexes the claims of main accounts.
    pub fn of(ledger: &Ledger<'_>) -> Self {
        let mut out = Self {
            told: BTreeMap::new(),
            harmed: BTreeMap::new(),
        };
        for entry in ledger.entries.iter().filter(|entry| entry.main) {
            let claim = entry.claim;
            let (Some(quote), Some(count)) = (claim.quotes.first(), claim.value.count()) else {
                continue;
            };
            let told = Told {
                start: quote.start,
                end: quote.end,
                low: count.low,
                armed: claim.scope.armed,
            };
            if told.armed {
                let list = out.told.entry((entry.report, claim.slot)).or_default();
                list.push(told);
            }
            if claim.slot.spec().toll {
                out.harmed.entry(entry.report).or_default().push(told);
            }
        }
        for list in out.told.values_mut().chain(out.harmed.values_mut()) {
            list.sort_by_key(|told| (told.start, told.end));
        }
        out
    }

    /// How many of the people of a claim of this report are told as armed.
    pub fn among(&self, report: usize, claim: &Claim) -> u64 {
        let Some(count) = claim.value.count().filter(|_| claim.scope.is_all()) else {
            return 0;
        };
        if self.others(report, claim) {
            return count.low;
        }
        let Some(list) = self.told.get(&(report, claim.slot)) else {
            return 0;
        };
        // Of two claims in the same words the larger; what one quote holds is counted once.
        let mut parts: BTreeMap<usize, u64> = BTreeMap::new();
        for quote in &claim.quotes {
            let from = list.partition_point(|told| told.start < quote.start);
            let inside = list[from..]
                .iter()
                .take_while(|told| told.start < quote.end);
            for told in inside.filter(|told| told.end <= quote.end) {
                let known = parts.entry(told.start).or_insert(0);
                *known = (*known).max(told.low);
            }
        }
        parts
            .values()
            .fold(0u64, |sum, low| sum.saturating_add(*low))
            .min(count.low)
    }

    /// "One soldier was killed and three others were wounded": the others are of the kind told right before.
    fn others(&self, report: usize, claim: &Claim) -> bool {
        let Some(quote) = claim.quotes.first() else {
            return false;
        };
        let before = self.harmed.get(&report).and_then(|list| {
            let at = list.partition_point(|told| told.start < quote.start);
            list[..at].last()
        });
        claim.evidence.has(Mark::Others)
            && before
                .is_some_and(|told| told.armed && quote.start.saturating_sub(told.end) < BESIDE)
    }
}

//! What is in dispute, and who is named for it.

use std::collections::BTreeSet;

use model::{Slot, Verdict};

use super::{
    comparison::Comparison,
    figure::{shared, words},
};

impl Comparison<'_> {
    pub(super) fn disputes(&mut self) {
        let gold = &self.event.gold;
        let stands = gold.stands.iter();
        let wanted: BTreeSet<&str> = gold
            .disputes
            .iter()
            .map(|dispute| dispute.slot.as_str())
            .chain(
                stands
                    .filter(|(_, stand)| stand.verdict == "disputed")
                    .map(|(slot, _)| slot.as_str()),
            )
            .collect();
        let findings = self.dossier.findings.iter();
        let said: BTreeSet<&str> = findings
            .filter(|finding| finding.verdict == Verdict::Disputed)
            .map(|finding| finding.slot.name())
            .collect();
        for slot in &wanted {
            self.tally.add("dispute_recall", said.contains(slot));
            if !said.contains(slot) {
                let item = self.item("");
                self.tally
                    .miss(item, "DISPUTE", (*slot).to_owned(), String::new(), "");
            }
        }
        for slot in &said {
            self.tally.add("dispute_precision", wanted.contains(slot));
            if !wanted.contains(slot) {
                let item = self.item("");
                self.tally
                    .miss(item, "FALSE DISPUTE", String::new(), (*slot).to_owned(), "");
            }
        }
    }

    pub(super) fn responsibility(&mut self) {
        let event = self.event;
        let said: Vec<BTreeSet<String>> = self
            .dossier
            .claims
            .iter()
            .filter(|claim| matches!(claim.slot, Slot::Responsibility | Slot::Actor))
            .map(|claim| words(&serde_json::to_string(&claim.value).unwrap_or_default()))
            .collect();
        for named in &event.gold.responsibility {
            let who = words(&named.who);
            let right = said.iter().any(|said| shared(said, &who) > 0);
            self.tally.add("responsibility", right);
            if !right {
                let item = self.item("");
                self.tally
                    .miss(item, "RESPONSIBILITY", named.who.clone(), String::new(), "");
            }
        }
    }
}

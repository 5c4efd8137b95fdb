//! The claims of the dossier, held against those of the gold.

use std::collections::BTreeSet;

use model::{Count, Slot, Value};

use super::{
    comparison::Comparison,
    figure::{self, words},
    fit::{DossierClaim, Fit, is_count, like},
    gold,
    names::name_of,
};

impl<'a> Comparison<'a> {
    /// Every claim of the gold takes the best of the dossier's that nobody took before it; then the counts that are
    /// said are held against all of the gold.
    pub(super) fn claims(&mut self) {
        let event = self.event;
        let said = self.said();
        let mut used = BTreeSet::new();
        for gold in &event.claims {
            let slot = Slot::from_name(&gold.slot);
            let counts = slot.is_some_and(is_count);
            let quote = words(&gold.quote);
            let mut best: Option<(Fit, usize)> = None;
            for (at, it) in said.iter().enumerate() {
                if used.contains(&at) || it.report != Some(gold.report.as_str()) {
                    continue;
                }
                let Some(fit) = it.fit(gold, slot, &quote) else {
                    continue;
                };
                if best.is_none_or(|(had, _)| fit > had) {
                    best = Some((fit, at));
                }
            }
            let name = if counts { "count" } else { "other" };
            self.tally
                .add(&format!("{name}_claims_found"), best.is_some());
            let Some((fit, at)) = best else {
                let field = format!("CLAIM {}", gold.slot);
                self.miss_claim(gold, &field, gold.value.clone(), String::new());
                continue;
            };
            used.insert(at);
            self.found(gold, fit, &said[at], counts);
        }
        for (at, it) in said.iter().enumerate() {
            if let (Some(report), Value::Count(count)) = (it.report, &it.claim.value)
                && is_count(it.claim.slot)
            {
                self.precision(it, report, count, used.contains(&at));
            }
            if self.proposed.contains(&it.claim.id) {
                let right = event.claims.iter().any(|gold| {
                    it.report == Some(gold.report.as_str())
                        && it
                            .fit(gold, Slot::from_name(&gold.slot), &words(&gold.quote))
                            .is_some()
                });
                self.tally.add("proposals_right", right);
            }
        }
    }

    /// The claims of the dossier, in its order.
    fn said(&self) -> Vec<DossierClaim<'a>> {
        (self.dossier.claims.iter().map(|claim| (claim, false)))
            .chain(self.dossier.background.iter().map(|claim| (claim, true)))
            .map(|(claim, background)| DossierClaim {
                claim,
                background,
                report: self.names.get(&claim.report).copied(),
                words: words(
                    &claim
                        .quotes
                        .iter()
                        .map(|quote| quote.exact.as_str())
                        .collect::<Vec<_>>()
                        .join(" "),
                ),
            })
            .collect()
    }

    fn miss_claim(&mut self, gold: &gold::Claim, field: &str, wanted: String, said: String) {
        let item = self.item(&gold.id);
        self.tally.miss(item, field, wanted, said, &gold.quote);
    }

    /// Speaker, stance and bound of a claim that was found.
    fn found(&mut self, gold: &gold::Claim, fit: Fit, it: &DossierClaim<'_>, counts: bool) {
        let claim = it.claim;
        self.tally.add("speaker", fit.speaker);
        self.tally.add("stance", fit.stance);
        if !fit.speaker {
            let label = claim.speaker().label();
            self.miss_claim(gold, "speaker", gold.speaker.join(" > "), label);
        }
        if !fit.stance {
            let label = name_of(claim.stance.kind);
            self.miss_claim(gold, "stance", gold.stance.clone(), label);
        }
        if let (true, Value::Count(count)) = (counts, &claim.value) {
            let right = figure::bound_right(&gold.value, count);
            self.tally.add("bound", right);
            if !right {
                self.miss_claim(gold, "bound", gold.value.clone(), count.label());
            }
        }
    }

    /// Whether a count that is said stands in the gold.
    fn precision(&mut self, it: &DossierClaim<'_>, report: &str, count: &Count, used: bool) {
        let right = used
            || self.event.claims.iter().any(|gold| {
                // Figures that are said twice are not wrong; one whose gold has no number has to be found.
                gold.report == report
                    && Slot::from_name(&gold.slot).is_some_and(|slot| like(slot, it.claim.slot))
                    && gold.is_background() == it.background
                    && figure::value_right(&gold.value, &it.claim.value)
                    && figure::Figure::of(&gold.value).is_some()
            });
        self.tally.add("count_precision", right);
        if !right {
            let item = self.item(report);
            let field = format!("EXTRA {}", it.claim.slot);
            let background = if it.background { " (background)" } else { "" };
            let label = format!("{}{background}", count.words);
            self.tally
                .miss(item, &field, String::new(), label, &it.claim.quote().exact);
        }
    }
}

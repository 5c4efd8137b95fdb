//! One event and its dossier: each report's toll, what stands, when and where.

use std::collections::{BTreeMap, BTreeSet};

use model::{AgeGroup, ClaimId, Dossier, Finding, ReportId, Role, RuleName, Slot, Value};

use super::{
    figure::words,
    gold::Event,
    names::{is_verdict, name_of, or_none, range},
    tally::Tally,
};
use crate::measure::kilometres;

/// How far off a point may be where the gold does not say.
const WITHIN_KM: f64 = 50.0;

/// One event and its dossier.
pub(super) struct Comparison<'a> {
    pub event: &'a Event,
    pub dossier: &'a Dossier,
    /// Reports of the dossier by their names in the gold.
    pub names: BTreeMap<&'a ReportId, &'a str>,
    /// Claims that a language model proposed.
    pub proposed: &'a BTreeSet<ClaimId>,
    pub tally: &'a mut Tally,
}

impl Comparison<'_> {
    pub fn measure(&mut self) {
        self.tolls();
        self.stands();
        self.when_and_where();
        self.claims();
        self.disputes();
        self.responsibility();
    }

    /// What a miss is on.
    pub fn item(&self, more: &str) -> String {
        format!("{} {more}", self.event.name).trim_end().to_owned()
    }

    /// What the dossier takes for the report's own figure; `None` where it has none.
    fn vote(&self, report: &str, slot: Slot) -> Option<u64> {
        let votes = &self.dossier.agreed(slot)?.votes;
        let vote = votes
            .iter()
            .rfind(|vote| self.names.get(&vote.report) == Some(&report))?;
        vote.n
    }

    fn tolls(&mut self) {
        let event = self.event;
        for (report, tolls) in &event.gold.tolls {
            for slot in [Slot::Killed, Slot::Injured] {
                let gold = tolls.get(slot.name()).and_then(Option::as_ref);
                let said = self.vote(report, slot);
                let right = match (gold, said) {
                    (None, said) => matches!(said, None | Some(0)),
                    (Some(_), None) => false,
                    (Some(gold), Some(n)) => {
                        let high = gold.high.filter(|high| *high > 0).unwrap_or(1_000_000_000);
                        n == gold.low
                            || gold
                                .stated
                                .map_or((gold.low..=high).contains(&n), |it| it == n)
                    }
                };
                let name = if gold.is_some() {
                    slot.name()
                } else {
                    "silent"
                };
                self.tally.add(&format!("{name}_toll"), right);
                if !right {
                    let wanted = gold.map_or_else(
                        || "none".to_owned(),
                        |gold| {
                            gold.stated
                                .map_or_else(|| range(gold.low, gold.high), |n| n.to_string())
                        },
                    );
                    let item = self.item(report);
                    self.tally
                        .miss(item, slot.name(), wanted, or_none(said), "");
                }
            }
        }
    }

    /// The finding on everybody.
    fn everybody(&self, slot: Slot) -> Option<&Finding> {
        self.dossier.findings.iter().find(|finding| {
            finding.slot == slot
                && finding.scope.role == Role::All
                && finding.scope.side.as_deref().unwrap_or_default().is_empty()
                && finding.scope.age == AgeGroup::Unsaid
        })
    }

    fn stands(&mut self) {
        let event = self.event;
        for slot in [Slot::Killed, Slot::Injured] {
            let Some(gold) = event.gold.stands.get(slot.name()) else {
                continue;
            };
            let ranges = gold.ranges();
            let said = self.dossier.agreed(slot).map(|agreed| agreed.n);
            let right = said.is_some_and(|n| {
                gold.stated == Some(n)
                    || ranges
                        .iter()
                        .any(|(low, high)| (*low..=high.unwrap_or(low + 1)).contains(&n))
            });
            self.tally.add(&format!("{}_headline", slot.name()), right);
            let field = |what: &str| format!("{what} {}", slot.name());
            if !right {
                let item = self.item("");
                let wanted = range(gold.low, gold.high);
                self.tally
                    .miss(item, &field("HEADLINE"), wanted, or_none(said), "");
            }
            let finding = self.everybody(slot);
            let verdict = finding.map(|finding| finding.verdict);
            let best = finding
                .and_then(|finding| finding.numbers.as_ref())
                .and_then(|numbers| numbers[RuleName::Ucdp].best);
            let right = verdict.is_some_and(|verdict| is_verdict(&gold.verdict, verdict));
            self.tally.add("verdict", right);
            if !right {
                let item = self.item("");
                let said = verdict.map_or("none".to_owned(), name_of);
                self.tally
                    .miss(item, &field("VERDICT"), gold.verdict.clone(), said, "");
            }
            let low = ranges.iter().map(|(low, _)| *low).min().unwrap_or(gold.low);
            let high = ranges
                .iter()
                .map(|(low, high)| high.unwrap_or(low * 2))
                .max()
                .unwrap_or(gold.low);
            let right = best.is_some_and(|best| (low..=high).contains(&best));
            self.tally.add(&format!("{}_ucdp_best", slot.name()), right);
        }
    }

    fn when_and_where(&mut self) {
        let gold = &self.event.gold;
        let day = self.dossier.incident.when.as_ref();
        let day = day.map(|when| when.start.date().to_string());
        let right = day.as_ref().is_some_and(|day| gold.date.contains(day));
        self.tally.add("date", right);
        let item = self.item("");
        if !right {
            let said = day.unwrap_or_else(|| "none".into());
            self.tally
                .miss(item.clone(), "DATE", gold.date.join(" or "), said, "");
        }
        let place = match &self.dossier.incident.place {
            Some(Value::Place(place)) => Some(place),
            _ => None,
        };
        let near = place.is_some_and(|place| {
            let said = place.lat.zip(place.lon);
            let wanted = gold.place.lat.zip(gold.place.lon);
            said.zip(wanted).is_some_and(|(said, wanted)| {
                kilometres(said, wanted) <= gold.place.within_km.unwrap_or(WITHIN_KM)
            })
        });
        let said = place.map_or_else(String::new, |place| {
            let mut names = vec![place.name.as_str()];
            names.extend(place.site.as_deref());
            names.extend(place.parts.iter().map(String::as_str));
            names.join(" ")
        });
        let has = words(&said);
        let named = gold
            .place
            .names
            .iter()
            .any(|name| words(name).is_subset(&has));
        self.tally.add("place", near || named);
        if !near && !named {
            self.tally
                .miss(item, "PLACE", gold.place.names.join(" or "), said, "");
        }
    }
}

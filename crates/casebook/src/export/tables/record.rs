//! What the records of the trade ask of an incident: one actor, one place, one number.
//!
//! A record of one row collapses what a dossier keeps apart. Which rule gave a number, what the range is and whether
//! the reports disagree stands beside it; what no report says is left empty, and no id is made up.

use std::collections::BTreeSet;

use model::{
    AgeGroup, Count, Dossier, Finding, Party, PartyKind, Place, PlacePrecision, Role, RuleName,
    RuleRange, Scope, Slot, SlotGroup, Value, Verdict, When, WhenPrecision,
};

use super::column::Column;
use crate::export::cell::Cell;

/// A dossier, as a record takes it.
pub(in crate::export) struct Record<'a>(pub &'a Dossier);

impl<'a> Record<'a> {
    /// Where it happened, as reported.
    pub fn place(&self) -> Option<&'a Place> {
        match &self.0.incident.place {
            Some(Value::Place(place)) => Some(place),
            _ => None,
        }
    }

    /// When, as reported.
    pub fn when(&self) -> Option<&'a When> {
        self.0.incident.when.as_ref()
    }

    /// The country by ISO 3166-1.
    pub fn country(&self) -> Option<rust_iso3166::CountryCode> {
        rust_iso3166::from_alpha2(self.place()?.country.as_deref()?)
    }

    /// The name of the country, else what the report calls it.
    pub fn country_name(&self) -> Option<String> {
        match self.country() {
            Some(country) => Some(country.name.to_owned()),
            None => self.place()?.country.clone(),
        }
    }

    /// The division of a level within its country, 1 for the coarsest; `None` where the place is no finer.
    pub fn admin(&self, level: usize) -> Option<&'a str> {
        let place = self.place()?;
        let coarse = match place.precision {
            PlacePrecision::Country | PlacePrecision::Unresolved => return None,
            PlacePrecision::Region => 1,
            PlacePrecision::District => 2,
            _ => 3,
        };
        // The place itself is the division of its own precision.
        if level == coarse {
            return Some(&place.name).filter(|_| coarse < 3).map(String::as_str);
        }
        // What holds it stands innermost first, the country last; a site's city comes before its divisions.
        let cities = usize::from(place.site.is_some());
        let divisions = place.parts.get(cities..place.parts.len().checked_sub(1)?)?;
        let at = divisions.len().checked_sub(level)?;
        divisions.get(at).map(String::as_str)
    }

    /// The town or the finest place that is named.
    pub fn location(&self) -> Option<&'a str> {
        let place = self.place()?;
        Some(place.name.as_str()).filter(|it| !it.is_empty())
    }

    /// Days that its time spans, at least 1; 0 where no time is known.
    pub fn days(&self) -> i64 {
        let Some(when) = self.when() else { return 0 };
        let hours = (when.end.duration_since(when.start)).as_hours();
        ((hours + 23) / 24).max(1)
    }

    /// Whether its day is known.
    pub fn to_the_day(&self) -> bool {
        use WhenPrecision as P;
        let fine =
            |when: &When| matches!(when.precision, P::Minute | P::Hour | P::PartOfDay | P::Day);
        self.when().is_some_and(fine)
    }

    /// What happened, by the code of the dossier; empty where nothing says.
    pub fn event(&self) -> &'a str {
        match &self.0.incident.event {
            Some(Value::Kind { code, .. }) => code,
            _ => "",
        }
    }

    /// The findings on a slot.
    pub fn findings(&self, slot: Slot) -> impl Iterator<Item = &'a Finding> + use<'a> {
        self.0.findings.iter().filter(move |it| it.slot == slot)
    }

    /// What is said of everybody on a slot.
    pub fn of_all(&self, slot: Slot) -> Option<&'a Finding> {
        self.findings(slot).find(|it| it.scope.is_all())
    }

    /// What a rule gives for everybody.
    pub fn rule(&self, slot: Slot, rule: RuleName) -> Option<&'a RuleRange> {
        Some(&self.of_all(slot)?.numbers.as_ref()?[rule])
    }

    /// The largest of what a rule's best or lowest figure is among findings on some people; `None` where none counts
    /// them.
    pub fn of_some(&self, slot: Slot, rule: RuleName, who: impl Fn(&Scope) -> bool) -> Option<u64> {
        let own = self.findings(slot).filter(|it| who(&it.scope));
        let number = |it: &Finding| {
            let range = &it.numbers.as_ref()?[rule];
            range.best.or(range.low)
        };
        own.filter_map(number).max()
    }

    /// The codes of what stands on a slot, none twice.
    pub fn codes(&self, slot: Slot) -> BTreeSet<&'a str> {
        let standing = self.findings(slot).flat_map(|it| &it.positions);
        let code = |value: &'a Value| match value {
            Value::Thing { code, .. } | Value::Kind { code, .. } => Some(code.as_str()),
            _ => None,
        };
        let standing = standing.filter(|it| it.standing);
        standing.filter_map(|it| code(&it.value)).collect()
    }

    /// The party that the first position which stands names; whether others are named is said by [`Self::disputed`].
    pub fn party(&self, slot: Slot) -> Option<&'a Party> {
        let mut positions = self.findings(slot).flat_map(|it| &it.positions);
        positions.find_map(|it| match &it.value {
            Value::Party(party) if it.standing => Some(party),
            _ => None,
        })
    }

    /// Whether voices differ on a slot.
    pub fn disputed(&self, slot: Slot) -> bool {
        self.findings(slot)
            .any(|it| it.verdict == Verdict::Disputed)
    }

    /// The slots on which voices differ, in order, none twice.
    pub fn disputes(&self) -> Vec<&'static str> {
        let all = Slot::ALL.iter().filter(|slot| self.disputed(**slot));
        all.map(|slot| slot.name()).collect()
    }

    /// Outlets by name, none twice, in the order of their reports.
    pub fn outlets(&self) -> Vec<&'a str> {
        let mut out: Vec<&str> = Vec::new();
        for card in &self.0.reports {
            if let Some(name) = card.report.source.name.as_deref()
                && !out.contains(&name)
            {
                out.push(name);
            }
        }
        out
    }

    /// Who first says what is said of the killed, none twice: the voices behind the outlets.
    pub fn original(&self) -> Vec<&'a str> {
        let killed: BTreeSet<_> = self
            .findings(Slot::Killed)
            .flat_map(|it| &it.positions)
            .flat_map(|it| &it.origins)
            .collect();
        let voices = self.0.voices().filter(|it| killed.contains(&it.id));
        voices.map(|it| it.label.as_str()).collect()
    }

    /// How many independent voices speak.
    pub fn voices(&self) -> usize {
        self.0.voices().count()
    }

    /// What is reported, in a few sentences: what one number has no room for.
    pub fn notes(&self) -> String {
        let mut out = format!("As reported: {}.", self.0.incident.title);
        for finding in &self.0.findings {
            if finding.slot.group() != SlotGroup::Counts {
                continue;
            }
            let standing = finding.positions.iter().filter(|it| it.standing);
            let figures: Vec<String> = standing
                .filter_map(|it| it.value.count().map(Count::label))
                .collect();
            if figures.is_empty() {
                continue;
            }
            let who = match finding.scope.is_all() {
                true => String::new(),
                false => format!(" ({})", finding.scope.words),
            };
            let disputed = match finding.verdict {
                Verdict::Disputed => ", disputed",
                _ => "",
            };
            let figures = figures.join(" or ");
            let heading = finding.slot.spec().heading;
            out.push_str(&format!(" {heading}{who}: {figures}{disputed}."));
        }
        let voices = self.0.voices().map(|it| it.label.as_str());
        let voices: Vec<&str> = voices.collect();
        if !voices.is_empty() {
            out.push_str(&format!(" According to {}.", voices.join("; ")));
        }
        out
    }
}

/// The cell of a column in a record of one row.
pub(super) type OfRecord = fn(&Record<'_>) -> Cell;

/// The one row of an incident.
pub(super) fn one_row(columns: &[Column<OfRecord>], dossier: &Dossier) -> Vec<Vec<Cell>> {
    let record = Record(dossier);
    vec![columns.iter().map(|(.., cell)| cell(&record)).collect()]
}

/// The name of a party.
pub(super) fn name(party: Option<&Party>) -> Cell {
    party.map(|it| &it.name).into()
}

/// The last day of a time.
pub(in crate::export) fn last_day(when: &When) -> jiff::civil::Date {
    let last = when.end.checked_sub(jiff::Span::new().nanoseconds(1));
    last.unwrap_or(when.end).date().max(when.start.date())
}

/// Whether a party is a force of a state.
pub(in crate::export) fn is_state(party: &Party) -> bool {
    matches!(party.kind, PartyKind::State | PartyKind::Authority)
}

/// Whether a scope counts civilians whatever else narrows them, but not some of them.
pub(in crate::export) fn civilians(scope: &Scope) -> bool {
    scope.role == Role::Civilian && scope.age == AgeGroup::Unsaid && scope.sex.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture;

    fn at(precision: PlacePrecision, site: bool, parts: &[&str]) -> Dossier {
        let mut dossier = fixture::market().0;
        dossier.incident.place = Some(Value::Place(Place {
            id: None,
            name: "Own".to_owned(),
            site: site.then(|| "the market".to_owned()),
            parts: parts.iter().map(|it| (*it).to_owned()).collect(),
            country: Some("ML".to_owned()),
            lat: None,
            lon: None,
            radius_m: None,
            precision,
            words: String::new(),
        }));
        dossier
    }

    #[test]
    fn divisions_are_counted_from_the_country_inwards() {
        use PlacePrecision as P;
        let check = |dossier: &Dossier, wanted: [Option<&str>; 2]| {
            let record = Record(dossier);
            assert_eq!([record.admin(1), record.admin(2)], wanted);
        };
        let city = at(P::City, false, &["District", "Region", "Mali"]);
        check(&city, [Some("Region"), Some("District")]);
        let site = at(P::Site, true, &["City", "Region", "Mali"]);
        check(&site, [Some("Region"), None]);
        check(
            &at(P::District, false, &["Region", "Mali"]),
            [Some("Region"), Some("Own")],
        );
        check(&at(P::Region, false, &["Mali"]), [Some("Own"), None]);
        check(&at(P::Country, false, &[]), [None, None]);
        check(&at(P::City, false, &[]), [None, None]);
        let record = Record(&city);
        assert_eq!(record.country_name().as_deref(), Some("Mali"));
        assert_eq!(record.country().map(|it| it.numeric), Some(466));
    }

    #[test]
    fn what_one_number_has_no_room_for_stands_in_the_notes() {
        let market = fixture::market().0;
        let notes = Record(&market).notes();
        assert!(notes.starts_with("As reported: "), "{notes}");
        assert!(
            notes.contains("Killed") && notes.contains("According to"),
            "{notes}"
        );
    }
}

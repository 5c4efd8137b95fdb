//! What a text has been found to speak of: countries, divisions, places near which others lie.

use std::collections::BTreeMap;

use super::{ties::Tie, within::kilometres};
use crate::read::places::gazetteer::{Gazetteer, Record, RecordId, RecordKind};

/// Places that others are held near to, at most.
const ANCHORS: usize = 60;

/// A name as it is put somewhere: spots that share it share the choice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub name: String,
    pub holder: Option<String>,
    pub hint: u8,
}

/// Spots of one key and what is chosen for them.
pub(super) struct Group {
    pub first: usize,
    pub tie: Option<(usize, Tie)>,
    pub count: usize,
    pub own: usize,
    /// The likeliest bearers with their share of belief, best first.
    pub choices: Vec<(RecordId, f64)>,
}

/// What the text has been found to speak of.
#[derive(Default)]
pub(super) struct Context<'a> {
    /// Weight of each country, by the name that brought it in.
    countries: BTreeMap<&'a str, Vec<(&'a str, f64)>>,
    /// Sum of all weights, and of those each name brought in.
    total: f64,
    own: BTreeMap<&'a str, f64>,
    /// Weight of each first-level division.
    regions: BTreeMap<RecordId, Vec<(&'a str, f64)>>,
    /// Weight of each second-level division.
    districts: BTreeMap<RecordId, Vec<(&'a str, f64)>>,
    /// Places known well enough to hold others near, with name and weight.
    anchors: Vec<(&'a str, Record<'a>, f64)>,
}

impl<'a> Context<'a> {
    pub(super) fn of(
        gazetteer: &'a Gazetteer,
        groups: &'a BTreeMap<Key, Group>,
        tells: &[(&'static str, f64)],
    ) -> Self {
        let mut out = Self::default();
        let mut total = 0.0;
        for (key, group) in groups {
            let weight = (group.own as f64 + 0.5 * (group.count - group.own) as f64).sqrt();
            total += weight;
            *out.own.entry(&key.name).or_default() += weight;
            for &(id, share) in &group.choices {
                let Some(record) = gazetteer.record(id) else {
                    continue;
                };
                let weight = weight * share;
                if !record.country.is_empty() {
                    out.countries
                        .entry(record.country)
                        .or_default()
                        .push((&key.name, weight));
                }
                let region = if record.kind == RecordKind::Region {
                    Some(id)
                } else {
                    record.region
                };
                if let Some(region) = region {
                    out.regions
                        .entry(region)
                        .or_default()
                        .push((&key.name, weight));
                }
                let district = if record.kind == RecordKind::District {
                    Some(id)
                } else {
                    record.district
                };
                if let Some(district) = district {
                    out.districts
                        .entry(district)
                        .or_default()
                        .push((&key.name, weight));
                }
                if weight > 0.02
                    && matches!(
                        record.kind,
                        RecordKind::City | RecordKind::District | RecordKind::SmallArea
                    )
                {
                    out.anchors.push((key.name.as_str(), record, weight));
                }
            }
        }
        for (country, weight) in tells {
            out.countries
                .entry(country)
                .or_default()
                .push(("", *weight));
            total += weight;
        }
        out.total = total;
        out.anchors.sort_by(|a, b| b.2.total_cmp(&a.2));
        out.anchors.truncate(ANCHORS);
        out
    }

    /// Points for lying near what the text speaks of.
    pub(super) fn near(&self, name: &str, id: RecordId, record: &Record<'_>) -> f64 {
        let mut points = 0.0;
        // What a name itself brought in does not speak for it.
        let others = |weights: Option<&Vec<(&str, f64)>>| -> f64 {
            weights
                .into_iter()
                .flatten()
                .filter(|(other, _)| *other != name)
                .map(|(_, weight)| weight)
                .sum()
        };
        let rest = (self.total - self.own.get(name).copied().unwrap_or(0.0)).max(0.5);
        points += 3.5
            * (others(self.countries.get(record.country)) / rest)
                .min(1.0)
                .sqrt();
        let region = if record.kind == RecordKind::Region {
            Some(id)
        } else {
            record.region
        };
        if record.kind != RecordKind::Region {
            points +=
                2.0 * (others(region.and_then(|region| self.regions.get(&region))) / 2.0).min(1.0);
        } else {
            points += 1.5 * (others(self.regions.get(&id)) / 2.0).min(1.0);
        }
        let district = if record.kind == RecordKind::District {
            Some(id)
        } else {
            record.district
        };
        points +=
            1.5 * others(district.and_then(|district| self.districts.get(&district))).min(1.0);
        if matches!(
            record.kind,
            RecordKind::City | RecordKind::District | RecordKind::SmallArea
        ) {
            let mut pull = 0.0;
            for (other, anchor, weight) in &self.anchors {
                if *other == name {
                    continue;
                }
                if let Some(km) = kilometres(record, anchor) {
                    pull +=
                        weight.min(2.0) * (1.2 * (-km / 40.0).exp() + 0.5 * (-km / 200.0).exp());
                }
            }
            points += f64::min(pull, 4.0);
        }
        points
    }
}

//! Which place a name means.
//!
//! What comes in: spots with every record that bears the name. What goes out: one record for each. The evidence: what
//! the text puts it in ("Springfield, Ohio"), which countries and divisions the text speaks of, what lies near the
//! places already known, how many people live there. One name has one sense in a text, save where the text itself puts
//! it somewhere else.

use std::collections::{BTreeMap, BTreeSet};

use language::Doc;

use super::{
    gazetteer::{Gazetteer, NameKind, Record, RecordId, RecordKind},
    spot::{Hint, Spot, Use, containers},
    words::{CITY_WORDS, DISTRICT_WORDS, QUALIFIERS, REGION_WORDS, TELLS},
};

/// Rounds of weighing; each uses the choices of the one before.
const ROUNDS: usize = 4;

/// Bearers of one name that are weighed at most; the most populous ones.
const BEARERS: usize = 400;

/// Places that others are held near to, at most.
const ANCHORS: usize = 60;

/// Bearers of one name that keep a share of belief.
const SHARERS: usize = 8;

/// Points by which a bearer must lead to be e times as likely.
const HEAT: f64 = 0.8;

/// How strongly the text puts one spot inside another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    /// "X in Y", "the Y city of X".
    Loose,
    /// "X, Y".
    Firm,
}

/// A name as it is put somewhere: spots that share it share the choice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    name: String,
    holder: Option<String>,
    hint: u8,
}

/// What each spot means and where the text puts it.
pub(super) struct Resolved {
    /// Record of each spot; `None` where no record bears the name.
    pub records: Vec<Option<RecordId>>,
    /// Spot that the text puts each spot in.
    pub ties: Vec<Option<usize>>,
    /// Countries that words of daily life speak for, with points.
    pub tells: Vec<(&'static str, f64)>,
}

/// Chooses a record for each spot.
pub(super) fn resolve(doc: &Doc, gazetteer: &Gazetteer, spots: &[Spot]) -> Resolved {
    let ties = ties(doc, gazetteer, spots);
    let tells = tells(doc);
    // A name put somewhere once is there throughout, unless it is put elsewhere too.
    let mut put: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, tie) in ties.iter().enumerate() {
        if tie.is_some_and(|(_, tie)| tie == Tie::Firm) {
            put.entry(&spots[i].name).or_default().push(i);
        }
    }
    let mut keys = Vec::with_capacity(spots.len());
    let mut groups: BTreeMap<Key, Group> = BTreeMap::new();
    for (i, spot) in spots.iter().enumerate() {
        let tie = ties[i].or_else(|| {
            let first = *put.get(spot.name.as_str())?.first()?;
            ties[first]
        });
        let key = Key {
            name: spot.name.clone(),
            holder: tie.map(|(holder, _)| spots[holder].name.clone()),
            hint: spot.hint as u8,
        };
        let group = groups.entry(key.clone()).or_insert_with(|| Group {
            first: i,
            tie,
            count: 0,
            own: 0,
            choices: Vec::new(),
        });
        group.count += 1;
        group.own += usize::from(spot.used != Use::People);
        keys.push(key);
    }
    for round in 0..ROUNDS {
        let context = Context::of(gazetteer, &groups, &tells);
        let mut choices = Vec::with_capacity(groups.len());
        for (key, group) in &groups {
            let holder = group.tie.map(|(holder, tie)| (&spots[holder], tie));
            choices.push((
                key.clone(),
                choose(gazetteer, &spots[group.first], holder, &context, round),
            ));
        }
        for (key, choice) in choices {
            if let Some(group) = groups.get_mut(&key) {
                group.choices = choice;
            }
        }
    }
    let mut out: Vec<Option<RecordId>> = keys
        .iter()
        .map(|key| {
            groups
                .get(key)
                .and_then(|group| Some(group.choices.first()?.0))
        })
        .collect();
    // The holder named right behind is the one that the choice lies in.
    for (i, tie) in ties.iter().enumerate() {
        if let (Some((holder, Tie::Firm)), Some(inner)) = (tie, out[i])
            && let Some(fit) = spots[*holder]
                .hits
                .iter()
                .map(|hit| hit.0)
                .filter(|&id| lies_in(gazetteer, inner, id))
                .max_by_key(|&id| gazetteer.record(id).map(|record| record.population))
        {
            out[*holder] = Some(fit);
        }
    }
    // A sense the text contradicts in one place it has in none.
    let wrong: BTreeSet<(&str, RecordId)> = (0..spots.len())
        .filter(|&i| contradicted(doc, gazetteer, spots, &out, i))
        .filter_map(|i| Some((spots[i].name.as_str(), out[i]?)))
        .collect();
    for (spot, record) in spots.iter().zip(&mut out) {
        if record.is_some_and(|id| wrong.contains(&(spot.name.as_str(), id))) {
            *record = None;
        }
    }
    Resolved {
        records: out,
        ties: ties.into_iter().map(|tie| tie.map(|tie| tie.0)).collect(),
        tells,
    }
}

/// Whether the text puts a spot where no bearer of its name lies: "Eastmoor, Harnok", "Darmuk's Eastmoor district".
/// Then it is a place the gazetteer does not know, and no namesake elsewhere.
fn contradicted(
    doc: &Doc,
    gazetteer: &Gazetteer,
    spots: &[Spot],
    records: &[Option<RecordId>],
    i: usize,
) -> bool {
    let Some(record) = records[i].and_then(|id| gazetteer.record(id)) else {
        return false;
    };
    if record.kind != RecordKind::City || record.population > 600_000 || spots[i].used != Use::Plain
    {
        return false;
    }
    let outside = |holder: usize| {
        let Some((id, outer)) = records[holder].and_then(|id| Some((id, gazetteer.record(id)?)))
        else {
            return spots[holder].hits.is_empty();
        };
        match outer.kind {
            RecordKind::Country | RecordKind::Region => {
                !records[i].is_some_and(|inner| lies_in(gazetteer, inner, id))
            }
            _ => outer.country != record.country,
        }
    };
    let between = |a: usize, b: usize| spots[a].whole.end..spots[b].tokens.start;
    let behind = i + 1 < spots.len()
        && matches!(between(i, i + 1).len(), 1)
        && doc.token(spots[i].whole.end).text() == ","
        && spots[i + 1].used == Use::Plain
        && outside(i + 1);
    let owned = i > 0
        && spots[i - 1].used == Use::Plain
        && between(i - 1, i).len() == 1
        && doc.token(spots[i - 1].whole.end).tag() == "POS"
        && outside(i - 1);
    behind || owned
}

/// Spots of one key and what is chosen for them.
struct Group {
    first: usize,
    tie: Option<(usize, Tie)>,
    count: usize,
    own: usize,
    /// The likeliest bearers with their share of belief, best first.
    choices: Vec<(RecordId, f64)>,
}

/// For each spot the spot it is put in.
fn ties(doc: &Doc, gazetteer: &Gazetteer, spots: &[Spot]) -> Vec<Option<(usize, Tie)>> {
    let follows = containers(doc, spots);
    let mut out: Vec<Option<(usize, Tie)>> = vec![None; spots.len()];
    let possible = |inner: usize, holder: usize| {
        spots[inner].hits.iter().any(|a| {
            spots[holder]
                .hits
                .iter()
                .any(|b| a.1 != NameKind::People && lies_in(gazetteer, a.0, b.0))
        })
    };
    for i in 0..spots.len() {
        if spots[i].used == Use::People {
            // "the Harnoki city of Darmuk", "Harnok's Darmuk".
            if let Some(next) = spots.get(i + 1) {
                let between: Vec<&str> = (spots[i].whole.end..next.tokens.start)
                    .map(|t| doc.token(t).lower())
                    .collect();
                if between.len() <= 5
                    && between.last() == Some(&"of")
                    && between.iter().any(|word| is_kind_word(word))
                    && possible(i + 1, i)
                {
                    out[i + 1].get_or_insert((i, Tie::Loose));
                }
            }
            continue;
        }
        if let Some(holder) = follows[i] {
            if possible(i, holder) {
                out[i] = Some((holder, Tie::Firm));
            }
            continue;
        }
        let Some(next) = spots.get(i + 1).filter(|next| next.used != Use::People) else {
            continue;
        };
        let between: Vec<&str> = (spots[i].whole.end..next.tokens.start)
            .map(|t| doc.token(t).lower())
            .collect();
        if between.is_empty() {
            // "Paris Texas".
            if next.hits.iter().any(|hit| {
                gazetteer
                    .record(hit.0)
                    .is_some_and(|r| r.kind <= RecordKind::Region)
            }) && possible(i, i + 1)
            {
                out[i] = Some((i + 1, Tie::Firm));
            }
            continue;
        }
        if between.len() > 9 || between.contains(&".") {
            continue;
        }
        let plain = between.iter().all(|word| {
            matches!(*word, "in" | "the" | "of") || QUALIFIERS.contains(word) || is_kind_word(word)
        });
        let described = between[0] == ","
            && between.iter().any(|word| is_kind_word(word))
            && between.iter().any(|word| matches!(*word, "in" | "of"));
        let possessive = matches!(between[..], ["'s"] | ["’s"] | ["'"] | ["’"]);
        if possessive && possible(i + 1, i) {
            out[i + 1].get_or_insert((i, Tie::Loose));
        } else if (plain && between.contains(&"in") || described) && possible(i, i + 1) {
            out[i] = Some((i + 1, Tie::Loose));
        } else if plain && between.contains(&"of") && possible(i + 1, i) {
            // "Harnok province of Darmuk" is rare; "Ohio city of Springfield" is not.
            out[i + 1].get_or_insert((i, Tie::Loose));
        }
    }
    out
}

fn is_kind_word(word: &str) -> bool {
    CITY_WORDS.contains(word)
        || REGION_WORDS.contains(word)
        || DISTRICT_WORDS.contains(word)
        || matches!(word, "suburb" | "neighborhood" | "neighbourhood" | "area")
}

/// Whether record `inner` lies in record `outer` by the divisions, or near enough to a city that holds it.
pub(super) fn lies_in(gazetteer: &Gazetteer, inner: RecordId, outer: RecordId) -> bool {
    let (Some(a), Some(b)) = (gazetteer.record(inner), gazetteer.record(outer)) else {
        return false;
    };
    if inner == outer {
        return false;
    }
    match b.kind {
        RecordKind::Country => a.country == b.country && a.kind != RecordKind::Country,
        RecordKind::Region => a.region == Some(outer),
        RecordKind::District => a.district == Some(outer),
        RecordKind::City => {
            a.kind == RecordKind::City
                && a.country == b.country
                && b.population > a.population
                && kilometres(&a, &b).is_some_and(|km| km < 25.0)
        }
        RecordKind::Area | RecordKind::SmallArea => {
            a.kind != RecordKind::Country
                && (b.country.is_empty() || a.country == b.country)
                && kilometres(&a, &b).is_some_and(|km| km * 1000.0 <= 1.2 * f64::from(b.radius_m))
        }
        RecordKind::Macro => {
            a.kind == RecordKind::Country
                && kilometres(&a, &b).is_some_and(|km| km * 1000.0 <= f64::from(b.radius_m))
        }
    }
}

/// Kilometres between two records on a flat earth; good enough to weigh with.
fn kilometres(a: &Record<'_>, b: &Record<'_>) -> Option<f64> {
    Some(model::geo::flat_metres(a.point?, b.point?) / 1000.0)
}

/// What the text has been found to speak of.
#[derive(Default)]
struct Context<'a> {
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
    fn of(
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
    fn near(&self, name: &str, id: RecordId, record: &Record<'_>) -> f64 {
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

/// Points a record has before the text is looked at.
fn prior(record: &Record<'_>, kind: NameKind, spot: &Spot) -> f64 {
    let people = f64::from(record.population.max(100));
    let base = match record.kind {
        RecordKind::Country => 9.3,
        RecordKind::Area => 8.3,
        // A parish of an island is less known than a city of its name.
        RecordKind::Region => (6.6 + 0.15 * people.log10()).min(people.log10() + 1.6),
        RecordKind::Macro => 9.0,
        RecordKind::SmallArea => 4.5,
        RecordKind::District => (people.log10() - 2.0).min(4.0),
        // The seat of a country is known by its main name; under another it is a namesake of some town.
        RecordKind::City if record.capital && kind == NameKind::Main => people.log10() + 1.0,
        RecordKind::City => people.log10(),
    };
    let alternate = match (kind, record.kind) {
        (NameKind::Main, _) => 0.0,
        (_, RecordKind::Country | RecordKind::Macro) => 0.2,
        (_, RecordKind::Region | RecordKind::Area) => 0.3,
        (_, RecordKind::City) if record.population >= 300_000 => 0.7,
        (_, RecordKind::District) => 0.5,
        _ => 2.4,
    };
    let hinted = match spot.hint {
        Hint::None => 0.0,
        Hint::Region => match record.kind {
            RecordKind::Region | RecordKind::Area | RecordKind::Country => 3.0,
            RecordKind::District => 1.5,
            _ => 0.0,
        },
        Hint::District => match record.kind {
            RecordKind::District => 4.0,
            RecordKind::SmallArea => 2.0,
            RecordKind::Region => 1.0,
            _ => 0.0,
        },
        Hint::City => match record.kind {
            RecordKind::City => 3.0,
            _ => 0.0,
        },
    };
    base - alternate + hinted
}

/// The likeliest bearers with their share of belief, best first.
fn choose(
    gazetteer: &Gazetteer,
    spot: &Spot,
    holder: Option<(&Spot, Tie)>,
    context: &Context<'_>,
    round: usize,
) -> Vec<(RecordId, f64)> {
    let mut bearers: Vec<(RecordId, NameKind, Record<'_>)> = spot
        .hits
        .iter()
        .filter_map(|&(id, kind)| Some((id, kind, gazetteer.record(id)?)))
        .collect();
    if bearers.len() > BEARERS {
        bearers.sort_by_key(|(id, _, record)| (std::cmp::Reverse(record.population), *id));
        bearers.truncate(BEARERS);
    }
    let mut scored: Vec<(f64, RecordId, Record<'_>)> = bearers
        .iter()
        .map(|&(id, kind, record)| {
            let mut points = prior(&record, kind, spot);
            // A city of the same name inside the division is what people mean, unless the words say otherwise.
            if record.kind == RecordKind::Region
                && spot.hint == Hint::None
                && bearers.iter().any(|(_, kind, city)| {
                    city.kind == RecordKind::City
                        && city.region == Some(id)
                        && city.population
                            >= if *kind == NameKind::Main {
                                50_000
                            } else {
                                150_000
                            }
                })
            {
                points -= 1.5;
            }
            // "Washington" without more is the seat of government.
            if record.capital
                && bearers.iter().any(|(_, kind, other)| {
                    other.kind == RecordKind::Region
                        && *kind == NameKind::Main
                        && other.country == record.country
                })
            {
                points += 1.5;
            }
            if record.kind == RecordKind::City
                && spot.hint != Hint::City
                && bearers.iter().any(|(_, kind, other)| {
                    other.kind == RecordKind::Country
                        && other.country == record.country
                        && *kind != NameKind::People
                })
            {
                points -= 5.0;
            }
            if round > 0 {
                points += context.near(&spot.name, id, &record);
            }
            if let Some((holder, tie)) = holder
                && holder.hits.iter().any(|hit| lies_in(gazetteer, id, hit.0))
            {
                points += if tie == Tie::Firm { 20.0 } else { 6.0 };
            }
            (points, id, record)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let Some(&(top, _, _)) = scored.first() else {
        return Vec::new();
    };
    scored.truncate(SHARERS);
    let belief = |points: f64| ((points - top) / HEAT).exp();
    let sum: f64 = scored.iter().map(|one| belief(one.0)).sum();
    scored
        .iter()
        .map(|one| (one.1, belief(one.0) / sum))
        .collect()
}

/// Words of one country's daily life, as points for that country: a report in English that says "sheriff" is hardly
/// from Egypt.
fn tells(doc: &Doc) -> Vec<(&'static str, f64)> {
    let mut seen = vec![false; TELLS.rows().len()];
    for token in doc.tokens() {
        let word = token.lower();
        if let Some(at) = TELLS.at(word) {
            seen[at] = true;
        }
    }
    let mut out: BTreeMap<&'static str, f64> = BTreeMap::new();
    for ((_, country), _) in TELLS.rows().iter().zip(seen).filter(|(_, seen)| *seen) {
        *out.entry(country).or_default() += 0.5;
    }
    out.into_iter()
        .map(|(country, weight)| (country, f64::min(weight, 2.0)))
        .collect()
}

//! Which place a name means.
//!
//! What comes in: spots with every record that bears the name. What goes out: one record for each. The evidence: what
//! the text puts it in ("Springfield, Ohio"), which countries and divisions the text speaks of, what lies near the
//! places already known, how many people live there. One name has one sense in a text, save where the text itself puts
//! it somewhere else.

mod choose;
mod context;
mod ties;
mod within;

use std::collections::{BTreeMap, BTreeSet};

use language::Doc;

use super::{
    gazetteer::{Gazetteer, RecordId, RecordKind},
    spot::{Spot, Use},
    words::TELLS,
};
use choose::choose;
use context::{Context, Group, Key};
use ties::{Tie, ties};
use within::lies_in;

/// Rounds of weighing; each uses the choices of the one before.
const ROUNDS: usize = 4;

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
    let (keys, mut groups) = groups(spots, &ties);
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

/// The spots by name and by where the text puts them: the key of each, and the groups.
fn groups(spots: &[Spot], ties: &[Option<(usize, Tie)>]) -> (Vec<Key>, BTreeMap<Key, Group>) {
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
    (keys, groups)
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

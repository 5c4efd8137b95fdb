//! What changed in a casebook since a place in its log: new incidents, figures that moved, new disputes, incidents that
//! went into others or were split.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use store::{
    Error,
    changes::{self, Told},
    database::Database,
};

use crate::publish::words;

/// Incidents whose state before is asked for in one query.
const AT_ONCE: usize = 500;

/// What a dossier says in short, as the log keeps it each time it changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// A line on the incident.
    pub title: String,
    /// Version of the dossier.
    pub version: String,
    /// Killed: the figure on the first screen, lowest, highest.
    pub killed: [Option<u64>; 3],
    /// Injured: the same.
    pub injured: [Option<u64>; 3],
    /// Slots on which voices differ.
    pub disputed: Vec<String>,
    /// Reports that tell of it.
    pub reports: usize,
}

/// Something that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Number of the log's entry.
    pub seq: i64,
    /// When.
    pub at: String,
    /// `new`, `figure`, `dispute`, `settled`, `reports`, `merged`, `split`, `gone`.
    pub what: &'static str,
    /// The incident.
    pub case: String,
    /// A line on it.
    pub title: String,
    /// What changed, in words.
    pub words: String,
    /// The incident that it went into or was split off; empty where there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub other: String,
    /// How many people killed it is about: those of a new incident, those by which the figure moved, or those between
    /// the ends of a toll that is now in dispute.
    pub people: u64,
}

/// What changed after entry `since` of the log, in order.
///
/// # Errors
///
/// What the engine says.
pub fn news(database: &mut dyn Database, since: i64) -> Result<Vec<Change>, Error> {
    let all = changes::since(database, since)?;
    tell(database, since, &all)
}

/// What some entries of the log say, all of those after one.
pub(super) fn tell(
    database: &mut dyn Database,
    since: i64,
    all: &[Told],
) -> Result<Vec<Change>, Error> {
    let cases: BTreeSet<&str> = all.iter().map(|it| it.case.as_str()).collect();
    let cases: Vec<&str> = cases.into_iter().collect();
    let mut before: BTreeMap<String, Summary> = BTreeMap::new();
    for some in cases.chunks(AT_ONCE) {
        let known = changes::last(database, some, since)?;
        let read =
            |(case, detail): (String, String)| Some((case, serde_json::from_str(&detail).ok()?));
        before.extend(known.into_iter().filter_map(read));
    }
    let mut out = Vec::new();
    for told in all {
        let had = before.get(&told.case);
        let mut add = |what, title: &str, words: String, other: String, people| {
            out.push(Change {
                seq: told.seq,
                at: told.at.clone(),
                what,
                case: told.case.clone(),
                title: title.to_owned(),
                words,
                other,
                people,
            });
        };
        let field = |name: &str| {
            let value: serde_json::Value = serde_json::from_str(&told.detail).unwrap_or_default();
            let field = value.get(name).and_then(|it| it.as_str());
            field.unwrap_or_default().to_owned()
        };
        // What a case that ended was last called.
        let called = had.map_or("", |it| &it.title);
        match told.what.as_str() {
            "merged" => {
                let into = field("into");
                add("merged", called, format!("is now part of {into}"), into, 0);
            }
            "split" => {
                let from = field("from");
                add("split", called, format!("was split off {from}"), from, 0);
            }
            "emptied" => {
                let words = "no report tells of it any more".to_owned();
                add("gone", called, words, String::new(), 0);
            }
            _ => {
                let Ok(now) = serde_json::from_str::<Summary>(&told.detail) else {
                    continue;
                };
                match had {
                    None => {
                        let people = now.killed[0].unwrap_or(0);
                        add("new", &now.title, now.in_words(), String::new(), people);
                    }
                    Some(had) => {
                        for (what, words, people) in had.changes(&now) {
                            add(what, &now.title, words, String::new(), people);
                        }
                    }
                }
                before.insert(told.case.clone(), now);
            }
        }
    }
    Ok(out)
}

/// What was last said of a case before an entry.
pub(super) fn last(
    database: &mut dyn Database,
    case: &str,
    before: i64,
) -> Result<Option<Summary>, Error> {
    let detail = changes::last(database, &[case], before - 1)?.remove(case);
    Ok(detail.and_then(|detail| serde_json::from_str(&detail).ok()))
}

/// Slots by the words that people read: `means` is `with what`. A name that is no slot of today stays as it is.
pub fn in_words<'a>(slots: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = slots
        .into_iter()
        .map(|name| match model::Slot::from_name(name) {
            Some(slot) => words::short(slot).to_lowercase(),
            None => name.to_owned(),
        })
        .collect();
    words.join(", ")
}

impl Summary {
    /// Takes it from a dossier.
    pub fn of(dossier: &model::Dossier) -> Self {
        let figure = |slot: model::Slot| {
            let agreed = dossier.agreed(slot);
            [
                agreed.map(|it| it.n),
                agreed.map(|it| it.low),
                agreed.and_then(|it| it.high),
            ]
        };
        let disputed: BTreeSet<&str> = dossier
            .findings
            .iter()
            .filter(|finding| finding.verdict == model::Verdict::Disputed)
            .map(|finding| finding.slot.name())
            .collect();
        Self {
            title: dossier.incident.title.clone(),
            version: dossier.incident.id.to_string(),
            killed: figure(model::Slot::Killed),
            injured: figure(model::Slot::Injured),
            disputed: disputed.into_iter().map(str::to_owned).collect(),
            reports: dossier.reports.len(),
        }
    }

    fn in_words(&self) -> String {
        let mut parts = Vec::new();
        for (what, [figure, ..]) in [("killed", self.killed), ("injured", self.injured)] {
            parts.extend(figure.map(|n| format!("{what} {n}")));
        }
        let s = if self.reports == 1 { "" } else { "s" };
        parts.push(format!("{} report{s}", self.reports));
        if !self.disputed.is_empty() {
            parts.push(format!("in dispute: {}", shown_slots(&self.disputed)));
        }
        parts.join("; ")
    }

    /// What is other now, and how many people killed it is about.
    fn changes(&self, now: &Self) -> Vec<(&'static str, String, u64)> {
        let mut out = Vec::new();
        for (what, had, has) in [
            ("killed", self.killed, now.killed),
            ("injured", self.injured, now.injured),
        ] {
            if had != has {
                let people = match what {
                    "killed" => moved(had, has),
                    _ => 0,
                };
                let words = format!("{what}: {} → {}", shown(had), shown(has));
                out.push(("figure", words, people));
            }
        }
        let only = |a: &[String], b: &[String]| -> Vec<String> {
            a.iter().filter(|it| !b.contains(it)).cloned().collect()
        };
        let new = only(&now.disputed, &self.disputed);
        if !new.is_empty() {
            let [_, low, high] = now.killed;
            let people = match new.iter().any(|it| it == model::Slot::Killed.name()) {
                true => high.unwrap_or(0).saturating_sub(low.unwrap_or(0)),
                false => 0,
            };
            let words = format!("now in dispute: {}", shown_slots(&new));
            out.push(("dispute", words, people));
        }
        let settled = only(&self.disputed, &now.disputed);
        if !settled.is_empty() {
            let words = format!("no longer in dispute: {}", shown_slots(&settled));
            out.push(("settled", words, 0));
        }
        if out.is_empty() && self.reports != now.reports {
            let words = format!("{} → {} reports", self.reports, now.reports);
            out.push(("reports", words, 0));
        }
        out
    }
}

/// By how many people a figure moved: the farthest of its ends.
fn moved(had: [Option<u64>; 3], has: [Option<u64>; 3]) -> u64 {
    let ends = had.into_iter().zip(has);
    ends.map(|(a, b)| a.unwrap_or(0).abs_diff(b.unwrap_or(0)))
        .max()
        .unwrap_or(0)
}

fn shown_slots(slots: &[String]) -> String {
    in_words(slots.iter().map(String::as_str))
}

fn shown([figure, low, high]: [Option<u64>; 3]) -> String {
    match (figure, low, high) {
        (None, ..) => "nothing".to_owned(),
        (Some(n), Some(low), Some(high)) if low == high && low == n => n.to_string(),
        (Some(n), Some(low), Some(high)) => format!("{n} ({low}–{high})"),
        (Some(n), ..) => format!("{n}+"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_told_as_dossiers_word_them() {
        let told = in_words(["means", "killed", "at_risk", "of another version"]);
        assert_eq!(told, "with what, killed, at risk, of another version");
        assert_eq!(in_words([]), "");
    }

    #[test]
    fn what_is_other_is_told_in_words() {
        let had = Summary {
            killed: [Some(7), Some(7), Some(7)],
            disputed: vec!["where".to_owned()],
            reports: 2,
            ..Summary::default()
        };
        let now = Summary {
            killed: [Some(9), Some(7), Some(12)],
            disputed: vec!["killed".to_owned()],
            reports: 3,
            ..Summary::default()
        };
        let words: Vec<String> = had
            .changes(&now)
            .into_iter()
            .map(|(_, words, _)| words)
            .collect();
        assert_eq!(
            words,
            [
                "killed: 7 → 9 (7–12)",
                "now in dispute: killed",
                "no longer in dispute: where"
            ]
        );
        assert!(had.changes(&had).is_empty());
        let more = Summary {
            reports: 5,
            ..had.clone()
        };
        assert_eq!(had.changes(&more)[0].1, "2 → 5 reports");
        let people: Vec<u64> = had.changes(&now).into_iter().map(|it| it.2).collect();
        // The far end moved by five, and five people lie between the ends of what is in dispute.
        assert_eq!(people, [5, 5, 0]);
    }
}

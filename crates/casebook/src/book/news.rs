//! What changed in a casebook since a place in its log: new incidents, figures that moved, new disputes, incidents that
//! went into others or were split.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use store::{Error, changes, database::Database};

use crate::publish::words;

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
}

/// What changed after entry `since` of the log, in order.
///
/// # Errors
///
/// What the engine says.
pub fn news(database: &mut dyn Database, since: i64) -> Result<Vec<Change>, Error> {
    let mut out = Vec::new();
    let mut before: BTreeMap<String, Option<Summary>> = BTreeMap::new();
    for told in changes::since(database, since)? {
        let had = match before.get(&told.case) {
            Some(had) => had.clone(),
            None => last(database, &told.case, told.seq)?,
        };
        let mut tell = |what, title: &str, words: String| {
            out.push(Change {
                seq: told.seq,
                at: told.at.clone(),
                what,
                case: told.case.clone(),
                title: title.to_owned(),
                words,
            });
        };
        let field = |name: &str| {
            let value: serde_json::Value = serde_json::from_str(&told.detail).unwrap_or_default();
            let field = value.get(name).and_then(|it| it.as_str());
            field.unwrap_or_default().to_owned()
        };
        // What a case that ended was last called.
        let called = had.as_ref().map_or("", |it| &it.title);
        match told.what.as_str() {
            "merged" => tell(
                "merged",
                called,
                format!("is now part of {}", field("into")),
            ),
            "split" => tell("split", called, format!("was split off {}", field("from"))),
            "emptied" => tell("gone", called, "no report tells of it any more".to_owned()),
            _ => {
                let Ok(now) = serde_json::from_str::<Summary>(&told.detail) else {
                    continue;
                };
                match &had {
                    None => tell("new", &now.title, now.in_words()),
                    Some(had) => had
                        .changes(&now)
                        .into_iter()
                        .for_each(|(what, words)| tell(what, &now.title, words)),
                }
                before.insert(told.case.clone(), Some(now));
            }
        }
    }
    Ok(out)
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

/// What was last said of a case before an entry.
pub(super) fn last(
    database: &mut dyn Database,
    case: &str,
    before: i64,
) -> Result<Option<Summary>, Error> {
    let detail = changes::last(database, case, before)?;
    Ok(detail.and_then(|detail| serde_json::from_str(&detail).ok()))
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

    /// What is other now.
    fn changes(&self, now: &Self) -> Vec<(&'static str, String)> {
        let mut out = Vec::new();
        for (what, had, has) in [
            ("killed", self.killed, now.killed),
            ("injured", self.injured, now.injured),
        ] {
            if had != has {
                out.push(("figure", format!("{what}: {} → {}", shown(had), shown(has))));
            }
        }
        let only = |a: &[String], b: &[String]| -> Vec<String> {
            a.iter().filter(|it| !b.contains(it)).cloned().collect()
        };
        let new = only(&now.disputed, &self.disputed);
        if !new.is_empty() {
            out.push(("dispute", format!("now in dispute: {}", shown_slots(&new))));
        }
        let settled = only(&self.disputed, &now.disputed);
        if !settled.is_empty() {
            out.push((
                "settled",
                format!("no longer in dispute: {}", shown_slots(&settled)),
            ));
        }
        if out.is_empty() && self.reports != now.reports {
            out.push((
                "reports",
                format!("{} → {} reports", self.reports, now.reports),
            ));
        }
        out
    }
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
            .map(|(_, words)| words)
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
    }
}

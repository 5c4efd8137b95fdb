//! What people decided about something, as pages show it.

use std::collections::{BTreeSet, HashMap};

use casebook::{
    book::{self, Judged},
    publish::words,
};
use model::{Claim, Dossier, Reading, Scope};
use schemars::JsonSchema;
use serde::Serialize;
use store::{
    Error,
    database::Database,
    judgements::{self, Judgement},
    results,
};

use crate::frame::{moment, short};

/// A judgement in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Judgement")]
pub struct Decided {
    /// Its id.
    pub id: String,
    /// Its anchor.
    #[serde(skip)]
    pub anchor: String,
    /// When.
    pub at: String,
    /// The same for people.
    #[serde(skip)]
    pub when: String,
    /// Who decided.
    pub who: String,
    /// What: `accept`, `correct` …
    pub kind: String,
    /// Of an undoing: the kind of what it took back.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub of: String,
    /// What it is on.
    pub subject: String,
    /// Where that is shown; empty where it has no page.
    #[serde(skip)]
    pub href: String,
    /// What it changed, in words: `value: 12 → at least 12`, or what was added; empty where that says nothing more.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub change: String,
    /// Why.
    pub reason: String,
    /// Whether it was taken back since, and that still holds.
    pub undone: bool,
}

/// The judgements on a thing, the latest first, with those that took one back, or took that back, and so on.
///
/// # Errors
///
/// What the engine says.
pub fn on(database: &mut dyn Database, subject: &str) -> Result<Vec<Decided>, Error> {
    let own = judgements::on(database, subject)?;
    Ok(lines(&judgements::all_about(database, &own)?))
}

/// The judgements that bear on an incident: on itself, its reports, and claims of theirs.
///
/// # Errors
///
/// What the engine says.
pub fn bearing(database: &mut dyn Database, dossier: &Dossier) -> Result<Vec<Decided>, Error> {
    let claims = dossier.claims.iter().chain(&dossier.background);
    let judged = claims
        .filter(|it| it.judged.is_some())
        .map(|it| it.id.as_str());
    let reports = dossier.reports.iter().map(|card| card.report.id.as_str());
    let mut own = Vec::new();
    for subject in std::iter::once(dossier.incident.case.as_str())
        .chain(reports)
        .chain(judged)
    {
        own.extend(judgements::on(database, subject)?);
    }
    Ok(lines(&judgements::all_about(database, &own)?))
}

/// Brings what people decided to bear on a reading, as the next run does; and how many decisions there are on each
/// claim.
///
/// # Errors
///
/// What the engine says.
pub fn bring(
    database: &mut dyn Database,
    reading: &mut Reading,
) -> Result<HashMap<String, usize>, Error> {
    let own = judgements::on(database, reading.report.id.as_str())?;
    let added = own.iter().filter(|it| it.decided.kind == "add");
    let added: Vec<String> = added.map(|it| it.decided.subject.clone()).collect();
    let read = reading.accounts.iter().flat_map(|it| &it.claims);
    let claims: BTreeSet<String> = read.map(|it| it.id.to_string()).chain(added).collect();
    let (mut counts, mut all) = (HashMap::new(), Vec::new());
    for claim in claims {
        let on = judgements::on(database, &claim)?;
        counts.insert(claim, on.len());
        all.extend(on);
    }
    if !all.is_empty() {
        let all = judgements::all_about(database, &all)?;
        book::apply(reading, &Judged::of(&all));
    }
    Ok(counts)
}

/// Some judgements as lines, the latest first.
///
/// # Errors
///
/// What the engine says.
pub fn of(database: &mut dyn Database, some: Vec<Judgement>) -> Result<Vec<Decided>, Error> {
    let wanted: BTreeSet<String> = some.iter().map(|it| it.id.clone()).collect();
    let mut with = judgements::all_about(database, &some)?;
    for at in 0..with.len() {
        // What an undoing took back may be of long ago.
        if with[at].decided.kind == "undo"
            && !with.iter().any(|it| it.id == with[at].decided.subject)
        {
            with.extend(judgements::one(database, &with[at].decided.subject.clone()).ok());
        }
    }
    with.sort_by_key(|it| it.seq);
    let mut out = lines(&with);
    out.retain(|it| wanted.contains(&it.id));
    Ok(out)
}

/// Judgements in order as lines, the latest first.
fn lines(all: &[Judgement]) -> Vec<Decided> {
    let mut undone: BTreeSet<&str> = BTreeSet::new();
    // The latest first: an undoing that was itself undone undoes nothing.
    for judgement in all.iter().rev() {
        if judgement.decided.kind == "undo" && !undone.contains(judgement.id.as_str()) {
            undone.insert(&judgement.decided.subject);
        }
    }
    let kind_of = |id: &str| {
        all.iter()
            .find(|it| it.id == id)
            .map(|it| it.decided.kind.clone())
    };
    let line = |it: &Judgement| Decided {
        anchor: it.id.replace(':', "-"),
        id: it.id.clone(),
        at: it.at.clone(),
        when: moment(&it.at),
        who: it.who.clone(),
        of: match it.decided.kind.as_str() {
            "undo" => kind_of(&it.decided.subject).unwrap_or_default(),
            _ => String::new(),
        },
        kind: it.decided.kind.clone(),
        href: address(&it.decided.subject),
        subject: it.decided.subject.clone(),
        change: change(it),
        reason: it.decided.reason.clone(),
        undone: undone.contains(it.id.as_str()),
    };
    all.iter().rev().map(line).collect()
}

/// Where a thing is shown; empty where it has no page.
fn address(subject: &str) -> String {
    match subject.get(..2) {
        Some("k:") => format!("/incidents/{subject}"),
        Some("r:") => format!("/reports/{subject}"),
        Some("c:") => format!("/claims/{subject}"),
        _ => String::new(),
    }
}

/// What a judgement changed, in words.
fn change(judgement: &Judgement) -> String {
    let decided = &judgement.decided;
    if let ("correct", Some(field), Some(to)) = (
        decided.kind.as_str(),
        decided.field.as_deref(),
        decided.value.as_deref(),
    ) {
        let before = decided.before.as_deref();
        let before = before.and_then(|json| serde_json::from_str::<Claim>(json).ok());
        let was = before
            .as_ref()
            .map(|it| told(it, field))
            .unwrap_or_default();
        let is = before
            .and_then(|it| corrected(it, field, to))
            .map(|it| told(&it, field));
        return short(
            &format!("{field}: {was} → {}", is.unwrap_or_else(|| to.to_owned())),
            300,
        );
    }
    // A claim that was added, or a proposal that was not taken.
    if let ("add" | "reject", Some(json)) = (decided.kind.as_str(), decided.value.as_deref()) {
        let claim = serde_json::from_str::<Claim>(json).ok();
        let line = |it: Claim| format!("{}: {}", words::slot(it.slot), told(&it, "value"));
        return short(&claim.map(line).unwrap_or_default(), 300);
    }
    if let ("split", Some(off)) = (decided.kind.as_str(), decided.value.as_deref()) {
        let off: Vec<String> = serde_json::from_str(off).unwrap_or_default();
        return short(&off.join(", "), 300);
    }
    decided.other.clone().unwrap_or_default()
}

/// A claim with something corrected.
fn corrected(mut claim: Claim, field: &str, to: &str) -> Option<Claim> {
    match field {
        "value" => claim.value = serde_json::from_str(to).ok()?,
        "scope" => claim.scope = serde_json::from_str(to).ok()?,
        "stance" => claim.stance.kind = serde_json::from_str(to).ok()?,
        "speaker" => claim.speakers = serde_json::from_str(to).ok()?,
        _ => return None,
    }
    Some(claim)
}

/// What a claim says in one respect.
fn told(claim: &Claim, field: &str) -> String {
    match field {
        "value" => words::grouped(&claim.value.label()),
        "scope" => whom(&claim.scope),
        "stance" => words::stance(claim.stance.kind).to_owned(),
        _ => results::chain(claim, None),
    }
}

/// Whom a claim counts, with parties by their names: `p:hill-guard fighter` → `hill guard fighter`.
pub fn whom(scope: &Scope) -> String {
    named(&results::who(scope))
}

/// The same of words that say so.
fn named(who: &str) -> String {
    let word = |word: &str| match word.strip_prefix("p:") {
        Some(slug) => slug.replace('-', " "),
        None => word.to_owned(),
    };
    who.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use store::judgements::Decided as Stored;

    use super::*;

    fn made(seq: i64, kind: &str, subject: &str) -> Judgement {
        Judgement {
            seq,
            id: format!("j:{seq}"),
            at: String::new(),
            who: "Ana".to_owned(),
            decided: Stored {
                kind: kind.to_owned(),
                subject: subject.to_owned(),
                other: None,
                field: None,
                value: None,
                reason: String::new(),
                before: None,
            },
        }
    }

    #[test]
    fn parties_go_by_their_names() {
        assert_eq!(named("p:hill-guard fighter"), "hill guard fighter");
        assert_eq!(named("all"), "all");
    }

    #[test]
    fn what_was_taken_back_and_brought_back_is_shown_so() {
        let mut all = vec![made(1, "merge", "k:1"), made(2, "undo", "j:1")];
        let shown = |all: &[Judgement]| -> Vec<(String, bool)> {
            lines(all)
                .into_iter()
                .map(|it| (it.kind + &it.of, it.undone))
                .collect()
        };
        let is = |kind: &str, undone: bool| (kind.to_owned(), undone);
        assert_eq!(shown(&all), [is("undomerge", false), is("merge", true)]);
        all.push(made(3, "undo", "j:2"));
        assert_eq!(
            shown(&all),
            [
                is("undoundo", false),
                is("undomerge", true),
                is("merge", false)
            ]
        );
        all.push(made(4, "undo", "j:3"));
        assert_eq!(
            shown(&all),
            [
                is("undoundo", false),
                is("undoundo", true),
                is("undomerge", false),
                is("merge", true)
            ]
        );
    }
}

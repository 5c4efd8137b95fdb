//! What people decided about something, as pages show it.

use std::collections::BTreeSet;

use serde::Serialize;
use store::{
    Error,
    database::Database,
    judgements::{self, Judgement},
};

use crate::frame::moment;

/// A judgement in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// Its id.
    pub id: String,
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
    Ok(lines(&whole(database, own)?))
}

/// Some judgements with all undoings of them, in order.
fn whole(database: &mut dyn Database, mut all: Vec<Judgement>) -> Result<Vec<Judgement>, Error> {
    // An undoing names the judgement that it takes back, and comes after it.
    let mut at = 0;
    while let Some(judgement) = all.get(at) {
        let id = judgement.id.clone();
        all.extend(judgements::on(database, &id)?);
        at += 1;
    }
    all.sort_by_key(|it| it.seq);
    all.dedup_by_key(|it| it.seq);
    Ok(all)
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
        id: it.id.clone(),
        at: it.at.clone(),
        when: moment(&it.at),
        who: it.who.clone(),
        of: match it.decided.kind.as_str() {
            "undo" => kind_of(&it.decided.subject).unwrap_or_default(),
            _ => String::new(),
        },
        kind: it.decided.kind.clone(),
        reason: it.decided.reason.clone(),
        undone: undone.contains(it.id.as_str()),
    };
    all.iter().rev().map(line).collect()
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

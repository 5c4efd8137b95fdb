//! What people decided about something, as pages show it.

use crate::frame::moment;
use serde::Serialize;
use store::{
    Error,
    database::Database,
    judgements::{self, Judgement},
};

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
    /// Why.
    pub reason: String,
    /// Whether it was taken back since.
    pub undone: bool,
}

/// The judgements on a thing, the latest first.
///
/// # Errors
///
/// What the engine says.
pub fn on(database: &mut dyn Database, subject: &str) -> Result<Vec<Decided>, Error> {
    let mut all = judgements::on(database, subject)?;
    let mut back: Vec<Judgement> = Vec::new();
    for judgement in &all {
        // An undoing names the judgement that it takes back, not the thing.
        back.extend(judgements::on(database, &judgement.id)?);
    }
    all.extend(back);
    all.sort_by_key(|it| it.seq);
    all.dedup_by_key(|it| it.seq);
    let holding: Vec<String> = judgements::holding(&all)
        .into_iter()
        .map(|it| it.id.clone())
        .collect();
    let line = |it: &Judgement| Decided {
        id: it.id.clone(),
        at: it.at.clone(),
        when: moment(&it.at),
        who: it.who.clone(),
        kind: it.decided.kind.clone(),
        reason: it.decided.reason.clone(),
        undone: it.decided.kind != "undo" && !holding.contains(&it.id),
    };
    Ok(all.iter().rev().map(line).collect())
}

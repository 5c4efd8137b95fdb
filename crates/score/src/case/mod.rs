//! A case: reports on one incident with what a careful reader finds in them.
//!
//! What comes in: a folder with reports, `claims.jsonl` and `relations.jsonl`, and the engine. What goes out: how many
//! gold claims and relations the dossier has, how much of each is right, and what the dossier says beyond them.
//!
//! A gold claim is *found* when a claim of the same slot, in the same report, shares a word with its quote and has its
//! value (see [`value`]); no slot counts as another. Claims are matched to gold claims one to one, so that as many as
//! possible are found and, among those ways, as many speakers, stances and scopes as possible are right. Speaker,
//! stance and scope count only on found claims. A gold claim marked `"account":"background"` is looked for among the
//! dossier's background claims, one with the slot `background` in both, any other in the ledger alone: a figure of
//! another incident in the ledger is a fault, and so is the reverse.

mod gold;
mod matching;
mod relations;
mod speaker;
mod value;

use std::{collections::BTreeMap, path::Path};

use model::{Claim, Dossier, Reading};

pub(crate) use gold::lines;
pub use gold::{Case, GoldClaim, GoldRelation};
pub use matching::Match;

use crate::{Engine, Figure, Miss, Outcome, ScoreError};

/// Reads the folder `dir` and measures the dossier of its reports against its gold.
///
/// # Errors
/// If the gold cannot be read, or a report it names is not there or has no text.
pub fn score(dir: &Path, engine: &Engine) -> Result<Outcome, ScoreError> {
    let case = Case::load(dir)?;
    let mut readings = BTreeMap::new();
    for (stem, input) in &case.reports {
        let reading = engine
            .read(input)
            .map_err(|note| ScoreError::shape(&dir.join(&input.name), None, note.message))?;
        readings.insert(stem.clone(), reading);
    }
    let all: Vec<Reading> = readings.values().cloned().collect();
    let dossier = engine.dossier(&all);
    Ok(compare(&case, &readings, &dossier))
}

/// Measures a dossier against a case's gold. `readings` by report name, as the gold names them.
pub fn compare(case: &Case, readings: &BTreeMap<String, Reading>, dossier: &Dossier) -> Outcome {
    let matches = matching::run(case, readings, dossier);
    let relations = relations::run(case, &matches, dossier);

    let count = |test: fn(&Match) -> bool| {
        Figure::Count(matches.iter().flatten().filter(|found| test(found)).count() as u64)
    };
    let found = matches.iter().flatten().count();
    let said = dossier.claims.len();
    let scoped = case
        .claims
        .iter()
        .filter(|claim| claim.scope.is_some())
        .count();
    let metrics = [
        ("claims_found", Figure::Count(found as u64)),
        ("speaker_right", count(|found| found.speaker)),
        ("stance_right", count(|found| found.stance)),
        ("scope_right", count(|found| found.scope == Some(true))),
        ("scopes", Figure::Count(scoped as u64)),
        (
            "extra_claims",
            Figure::Count(extra(&matches, dossier).len() as u64),
        ),
        ("claims_said", Figure::Count(said as u64)),
        ("relations", Figure::Count(case.relations.len() as u64)),
        ("relations_found", Figure::Count(relations.found)),
        ("relations_wrong", Figure::Count(relations.wrong)),
        (
            "wrong_contradictions",
            Figure::Count(relations.wrong_contradictions),
        ),
        (
            "unmatched_contradictions",
            Figure::Count(relations.unmatched_contradictions),
        ),
    ];
    let mut misses = claim_misses(case, &matches, dossier);
    misses.extend(relations.misses);
    misses.extend(extra(&matches, dossier).into_iter().map(|claim| Miss {
        item: letter(dossier, claim),
        field: format!("extra {}", claim.slot),
        expected: String::new(),
        said: said_by(claim),
        words: claim.quote().exact.clone(),
    }));
    Outcome::new("case", case.claims.len(), &metrics, misses)
}

fn extra<'d>(matches: &[Option<Match>], dossier: &'d Dossier) -> Vec<&'d Claim> {
    dossier
        .claims
        .iter()
        .filter(|claim| {
            !matches
                .iter()
                .flatten()
                .any(|found| found.claim == claim.id)
        })
        .collect()
}

fn claim_misses(case: &Case, matches: &[Option<Match>], dossier: &Dossier) -> Vec<Miss> {
    let mut misses = Vec::new();
    for (gold, found) in case.claims.iter().zip(matches) {
        let mut miss = |field: &str, expected: String, said: String| {
            misses.push(Miss {
                item: gold.id.clone(),
                field: field.to_owned(),
                expected,
                said,
                words: gold.quote.clone(),
            });
        };
        let Some(found) = found else {
            let near = matching::nearest(gold, dossier);
            let near: Vec<String> = near.into_iter().map(said_by).collect();
            miss(
                gold.slot.name(),
                gold.value.clone().unwrap_or_default(),
                near.join(" · "),
            );
            continue;
        };
        let Some(claim) = dossier.claim(&found.claim) else {
            continue;
        };
        if !found.speaker {
            let chain: Vec<String> = claim.speakers.iter().map(model::Speaker::label).collect();
            miss("speaker", gold.speaker.join(" > "), chain.join(" > "));
        }
        if !found.stance {
            miss(
                "stance",
                gold.stance.clone(),
                format!("{:?}", claim.stance.kind).to_lowercase(),
            );
        }
        if found.scope == Some(false) {
            miss(
                "scope",
                gold.scope.clone().unwrap_or_default(),
                format!("{:?}", claim.scope.key()),
            );
        }
    }
    misses
}

/// A claim in one line, for misses.
fn said_by(claim: &Claim) -> String {
    format!(
        "{} {} [{}] says {}",
        claim.slot,
        matching::value_text(&claim.value),
        claim.rule,
        claim.speaker().label()
    )
}

fn letter(dossier: &Dossier, claim: &Claim) -> String {
    dossier
        .report(&claim.report)
        .map_or_else(|| claim.report.to_string(), |card| card.letter.clone())
}

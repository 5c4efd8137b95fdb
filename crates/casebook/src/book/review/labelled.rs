//! What somebody corrected in Label Studio, as decisions.
//!
//! Comes in: tasks as Label Studio exports them (JSON), made from `export labelstudio`. Goes out: for each region that
//! was taken out a rejection, for each whose field says something else a correction, for each that is new a claim
//! added. What was left as it is, is no decision. A task nobody annotated says nothing.

use std::collections::{BTreeMap, BTreeSet};

use model::Claim;
use serde::Deserialize;
use store::{Error, database::Database, lookup, results};

use super::{Hand, Review};

/// A task with what people made of it.
#[derive(Deserialize)]
struct Task {
    #[serde(default)]
    id: serde_json::Value,
    data: Data,
    #[serde(default)]
    annotations: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Data {
    #[serde(default)]
    report: String,
    #[serde(default)]
    case: String,
    /// The claims that had a region when the task was made.
    #[serde(default)]
    claims: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Annotation {
    #[serde(default)]
    was_cancelled: bool,
    #[serde(default)]
    result: Vec<Region>,
}

#[derive(Deserialize)]
struct Region {
    #[serde(default)]
    id: String,
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    value: Within,
}

#[derive(Deserialize, Default)]
struct Within {
    #[serde(default)]
    start: usize,
    #[serde(default)]
    text: serde_json::Value,
    #[serde(default)]
    labels: Vec<String>,
}

/// A region as somebody left it.
struct Left<'a> {
    slot: &'a str,
    start: usize,
    words: &'a str,
    value: Option<String>,
}

/// What a file of tasks decides, in its order, and what could not be taken from it.
pub struct Labelled {
    /// The decisions.
    pub decisions: Vec<Review>,
    /// Tasks, or regions of them, that say nothing that can be decided, each with why.
    pub passed_over: Vec<String>,
    /// Tasks that somebody annotated.
    pub annotated: usize,
}

/// Takes decisions out of what Label Studio exported.
///
/// # Errors
///
/// [`Error::Refused`] for what is no such file; what the engine says.
pub fn labelled(database: &mut dyn Database, exported: &[u8]) -> Result<Labelled, Error> {
    let tasks: Vec<Task> = serde_json::from_slice(exported).map_err(|error| {
        Error::Refused(format!(
            "not tasks of Label Studio: {error}\n  hint: export the project there as JSON, not JSON-MIN"
        ))
    })?;
    let mut out = Labelled {
        decisions: Vec::new(),
        passed_over: Vec::new(),
        annotated: 0,
    };
    for task in &tasks {
        // Of several people's work the last one's holds, as there.
        let Some(annotation) = task.annotations.iter().rfind(|it| !it.was_cancelled) else {
            continue;
        };
        out.annotated += 1;
        let name = format!("task {}", task.id);
        if let Err(error) = of_task(database, task, annotation, &name, &mut out) {
            match error {
                Error::Unknown { .. } => out.passed_over.push(format!("{name}: {error}")),
                other => return Err(other),
            }
        }
    }
    Ok(out)
}

fn of_task(
    database: &mut dyn Database,
    task: &Task,
    annotation: &Annotation,
    name: &str,
    out: &mut Labelled,
) -> Result<(), Error> {
    let report = lookup::report_id(database, &task.data.report)?;
    let case = lookup::case_id(database, &task.data.case)?;
    let Some(dossier) = results::dossier(database, &case)? else {
        out.passed_over
            .push(format!("{name}: {case} has no dossier now"));
        return Ok(());
    };
    let known: BTreeMap<&str, &Claim> = dossier
        .claims
        .iter()
        .chain(&dossier.background)
        .filter(|it| it.report.as_str() == report)
        .map(|it| (it.id.as_str(), it))
        .collect();
    let left = left(annotation);
    let mut stays = BTreeSet::new();
    for (id, region) in &left {
        // Whoever takes a file in a second time finds the claims that it added the first time.
        let same = |it: &&&Claim| {
            let quote = it.quote();
            it.slot.name() == region.slot
                && (quote.start, quote.exact.as_str()) == (region.start, region.words)
        };
        let id = match known.contains_key(id.replacen("c-", "c:", 1).as_str()) {
            true => id.replacen("c-", "c:", 1),
            false => match known.values().find(same) {
                Some(claim) => claim.id.to_string(),
                None => (*id).to_owned(),
            },
        };
        match known.get(id.as_str()) {
            Some(claim) if claim.slot.name() == region.slot => {
                stays.insert(id.clone());
                let said = region.value.as_deref().map(str::trim);
                if let Some(said) = said.filter(|it| !it.is_empty() && *it != claim.value.label()) {
                    out.decisions.push(Review::Correct {
                        claim: id,
                        field: "value".to_owned(),
                        to: said.to_owned(),
                    });
                }
            }
            // A new region, or one that is about something else now: what it was is rejected below.
            _ if region.words.trim().is_empty() || region.slot.is_empty() => out
                .passed_over
                .push(format!("{name}: a region without words or label")),
            _ => out.decisions.push(Review::Add(Hand {
                report: report.clone(),
                slot: region.slot.to_owned(),
                value: region.value.clone().unwrap_or_default(),
                words: region.words.to_owned(),
                at: Some(region.start),
                ..Hand::default()
            })),
        }
    }
    let rejected = |it: &Claim| it.judged.as_ref().is_some_and(|it| it.kind == "reject");
    let gone = known
        .iter()
        .filter(|(id, _)| task.data.claims.contains(**id) && !stays.contains(**id))
        .filter(|(_, claim)| !rejected(claim));
    out.decisions.extend(gone.map(|(id, _)| Review::Reject {
        claim: (*id).to_owned(),
    }));
    Ok(())
}

/// The regions of an annotation, by id, each with what its field says.
fn left(annotation: &Annotation) -> BTreeMap<&str, Left<'_>> {
    let mut out: BTreeMap<&str, Left<'_>> = BTreeMap::new();
    for region in annotation.result.iter().filter(|it| it.kind == "labels") {
        let within = &region.value;
        out.insert(
            &region.id,
            Left {
                slot: within.labels.first().map_or("", String::as_str),
                start: within.start,
                words: within.text.as_str().unwrap_or_default(),
                value: None,
            },
        );
    }
    for region in annotation.result.iter().filter(|it| it.kind == "textarea") {
        let words = match &region.value.text {
            serde_json::Value::Array(all) => all.first().and_then(|it| it.as_str()),
            other => other.as_str(),
        };
        if let (Some(left), Some(words)) = (out.get_mut(region.id.as_str()), words) {
            left.value = Some(words.to_owned());
        }
    }
    out
}

//! Reads a case folder.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use model::Slot;
use reader::Input;
use serde::{Deserialize, de::DeserializeOwned};

use crate::ScoreError;

/// A claim as a careful reader finds it.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldClaim {
    /// Its name in the relations.
    pub id: String,
    /// The report: a file name without its ending, or the part after `report-`.
    pub report: String,
    /// What it is about.
    pub slot: Slot,
    /// The words; no-break spaces may stand as spaces.
    pub quote: String,
    /// From the one who says it to `outlet`.
    pub speaker: Vec<String>,
    /// Name of the stance.
    pub stance: String,
    /// What it says, in a reader's words.
    #[serde(default)]
    pub value: Option<String>,
    /// Who is counted or spoken of, in a reader's words.
    #[serde(default)]
    pub scope: Option<String>,
    /// How many things, for `means`.
    #[serde(default)]
    pub count: Option<u64>,
    /// `background` for another incident.
    #[serde(default)]
    pub account: Option<String>,
}

/// How two gold claims stand to each other.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldRelation {
    /// One claim.
    pub a: String,
    /// The other.
    pub b: String,
    /// Name of the relation.
    pub relation: String,
}

/// A case: the reports by name, and the gold.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// The reports the gold speaks of, by the name it gives them.
    pub reports: BTreeMap<String, Input>,
    /// Its claims.
    pub claims: Vec<GoldClaim>,
    /// Its relations.
    pub relations: Vec<GoldRelation>,
}

impl Case {
    /// Reads a case folder: `claims.jsonl`, `relations.jsonl` (may be missing) and the reports, with their JSON
    /// sidecars.
    ///
    /// # Errors
    /// If a file is missing or not of that shape.
    pub fn load(dir: &Path) -> Result<Self, ScoreError> {
        let claims: Vec<GoldClaim> = lines(&dir.join("claims.jsonl"))?;
        let path = dir.join("relations.jsonl");
        let relations = if path.exists() {
            lines(&path)?
        } else {
            Vec::new()
        };
        let mut reports = BTreeMap::new();
        for claim in &claims {
            if !reports.contains_key(&claim.report) {
                let path = report_path(dir, &claim.report)?;
                reports.insert(claim.report.clone(), input(&path)?);
            }
        }
        Ok(Self {
            reports,
            claims,
            relations,
        })
    }
}

/// Reads a file of one JSON object a line; blank lines are skipped.
pub(crate) fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, ScoreError> {
    let text = std::fs::read_to_string(path).map_err(ScoreError::read(path))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|error| ScoreError::shape(path, Some(at + 1), error))
        })
        .collect()
}

fn report_path(dir: &Path, name: &str) -> Result<PathBuf, ScoreError> {
    for stem in [format!("report-{name}"), name.to_owned()] {
        for ending in ["txt", "html", "htm", "md"] {
            let path = dir.join(format!("{stem}.{ending}"));
            if path.is_file() {
                return Ok(path);
            }
        }
    }
    Err(ScoreError::Empty {
        path: dir.join(name),
        hint: format!(
            "the gold names the report `{name}`: put it beside claims.jsonl as {name}.txt or {name}.html"
        ),
    })
}

/// Reads one report with the JSON sidecar beside it, if any.
fn input(path: &Path) -> Result<Input, ScoreError> {
    let bytes = std::fs::read(path).map_err(ScoreError::read(path))?;
    let sidecar = path.with_extension("json");
    let given = if sidecar.is_file() {
        let text = std::fs::read_to_string(&sidecar).map_err(ScoreError::read(&sidecar))?;
        serde_json::from_str(&text).map_err(|error| ScoreError::shape(&sidecar, None, error))?
    } else {
        reader::text::Metadata::default()
    };
    Ok(Input {
        name: path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        bytes,
        given,
    })
}

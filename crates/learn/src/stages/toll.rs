//! Stage `judge-toll`: the weights that choose a report's own figure among the numbers that it gives.
//!
//! Comes in: the events with the tolls of each report, and the judges that the stages `judge-linear` and
//! `judge-encoder` made without each third of the events; every report is judged by weights that never saw its event,
//! and thirds without such a judge are passed over. Goes out: a conditional logit over the numbers of a report and
//! "none of them", in readable weights; before they are written they are measured with each fifth of the events left
//! out.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use casebook::data::DataDir;
use clap::Args;
use reader::{
    Resources,
    claims::{
        judge::{
            self,
            toll::{FEATURES, FILE, options},
        },
        passes, segments,
    },
};
use serde::Serialize;
use serde_json::Value;

use super::{
    job::{Job, Made, Stage},
    judge as linear,
};
use crate::{
    data::{self, FOLDS},
    error::Error,
    optim::logit::{Choice, Row, dense, fit, score},
};

/// Its name.
pub const NAME: &str = "judge-toll";

/// Settings.
#[derive(Clone, Debug, Serialize, Args)]
pub struct Settings {
    /// Ridge penalty
    #[arg(long, default_value_t = 0.5)]
    ridge: f64,
    /// Take the linear judge where no encoder was tuned
    #[arg(long)]
    linear: bool,
}

/// The numbers of one report in one slot.
struct Decision {
    event: String,
    slot: &'static str,
    rows: Vec<Row>,
    numbers: Vec<u64>,
    /// Whether each number is the gold one; all `false` where none is.
    right: Vec<bool>,
    /// Whether the report gives a figure.
    given: bool,
}

/// What is measured, in the words of the manifest.
const MEASURED: [(&str, &str); 3] = [
    (
        "killed",
        "a report's own figure of the killed (the choice alone)",
    ),
    (
        "injured",
        "a report's own figure of the injured (the choice alone)",
    ),
    (
        "silent",
        "no figure where the report gives none (the choice alone)",
    ),
];

impl Stage for Settings {
    fn name(&self) -> &'static str {
        NAME
    }

    fn run(&self, job: &Job) -> Result<Option<Made>, Error> {
        let folders = data::events(&job.events())?;
        let folder = DataDir::locate(None)?;
        let mut all = Vec::new();
        for fold in 0..linear::FOLDS {
            let judges = job.out.join(linear::FOLDER).join(format!("fold-{fold}"));
            // What ships weighs what the encoder says too: the linear judge alone would teach other weights.
            let tuned = judges.join("tuned.safetensors").exists();
            if !tuned && !self.linear || !judges.exists() {
                eprintln!(
                    "no tuned encoder in {}: its events are passed over",
                    judges.display()
                );
                continue;
            }
            let resources = Resources {
                pipeline: folder.load_pipeline()?,
                gazetteer: folder.load_gazetteer()?,
                judge: folder.load_judge_of(&judges)?,
                files: "unnamed".to_owned(),
            };
            let held: Vec<&PathBuf> = folders.iter().skip(fold).step_by(linear::FOLDS).collect();
            for found in job.map(&held, |folder| decisions(&resources, folder)) {
                all.extend(found?);
            }
        }
        if all.is_empty() {
            println!(
                "{NAME}: passed over; no judges that left events out lie in {}: run `{}` and `judge-encoder`",
                job.out.join(linear::FOLDER).display(),
                linear::NAME
            );
            return Ok(None);
        }
        let mut events: Vec<&str> = all.iter().map(|one| one.event.as_str()).collect();
        events.sort_unstable();
        events.dedup();
        let mut tally: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for part in 0..FOLDS {
            let out: Vec<&str> = events.iter().skip(part).step_by(FOLDS).copied().collect();
            let (held, seen): (Vec<&Decision>, Vec<&Decision>) = all
                .iter()
                .partition(|one| out.contains(&one.event.as_str()));
            let weights = learn(&seen, self.ridge);
            for one in held {
                let right = is_right(one, &weights);
                let what = if one.given { one.slot } else { "silent" };
                let counts = tally.entry(what).or_default();
                counts.0 += usize::from(right);
                counts.1 += 1;
            }
        }
        let mut made = Made {
            data: vec![job.events()],
            ..Made::default()
        };
        let mut text = format!(
            "# Weights that choose a report's own figure among the numbers that it gives: feature, weight.\n\
             # Written by `crossbearing-learn {NAME}`; do not edit by hand.\n\
             # Share right of {} events, each left out of training:\n",
            events.len()
        );
        for (key, what) in MEASURED {
            let (right, n) = tally.get(key).copied().unwrap_or_default();
            made.right(what, right, n);
            let share = right as f64 / n.max(1) as f64;
            text.push_str(&format!("# {what}: {right} of {n} = {share:.4}\n"));
        }
        let weights = learn(&all.iter().collect::<Vec<_>>(), self.ridge);
        for (name, weight) in FEATURES.iter().zip(weights) {
            text.push_str(&format!("{name} {weight:.3}\n"));
        }
        made.files.push((FILE.path, text.into_bytes()));
        Ok(Some(made))
    }
}

fn decisions(resources: &Resources, folder: &Path) -> Result<Vec<Decision>, Error> {
    let mut out = Vec::new();
    let event = data::name_of(folder);
    let about: Value = serde_json::from_str(&data::read(&folder.join("event.json"))?)?;
    let Some(tolls) = about["tolls"].as_object() else {
        return Ok(out);
    };
    for (report, toll) in tolls {
        let Ok(page) = std::fs::read_to_string(folder.join(format!("{report}.txt"))) else {
            continue;
        };
        let Some(extracted) = data::extract(&page) else {
            continue;
        };
        let read = resources.read(&extracted);
        let (sample, verdicts) = passes::run(&extracted, &read, &mut segments::opens, |passes| {
            let verdicts = judge::verdicts(passes, &resources.judge);
            (judge::sample(passes), verdicts)
        });
        let Some(verdicts) = verdicts else {
            continue;
        };
        let judged: Vec<_> = sample
            .candidates
            .iter()
            .zip(&verdicts)
            .zip(&sample.at)
            .map(|((one, verdict), (.., sentence))| (one, verdict, *sentence))
            .collect();
        for (class, slot) in [(1, "killed"), (2, "injured")] {
            let gold = &toll[slot];
            let (numbers, rows): (Vec<u64>, Vec<Row>) = options(class, &judged)
                .into_iter()
                .map(|(n, row)| (n, dense(&row)))
                .unzip();
            out.push(Decision {
                event: event.clone(),
                slot,
                right: numbers.iter().map(|n| is_gold(gold, *n)).collect(),
                rows,
                numbers,
                given: !gold.is_null(),
            });
        }
    }
    Ok(out)
}

fn is_gold(toll: &Value, n: u64) -> bool {
    let end = |key: &str| toll[key].as_u64();
    if toll.is_null() {
        return false;
    }
    match end("stated") {
        Some(stated) => n == stated || Some(n) == end("low"),
        None => end("low").unwrap_or(0) <= n && end("high").is_none_or(|high| n <= high),
    }
}

fn learn(decisions: &[&Decision], ridge: f64) -> Vec<f64> {
    let choices: Vec<Choice> = decisions
        .iter()
        // A gold figure that no words give teaches nothing.
        .filter(|one| !one.given || one.right.contains(&true))
        .map(|one| {
            let first = one.right.iter().position(|right| *right);
            let rows = one.rows.iter().enumerate();
            let mut options: Vec<(Row, bool)> = rows
                .map(|(at, row)| (row.clone(), first == Some(at)))
                .collect();
            options.push((Row::new(), first.is_none()));
            Choice {
                options,
                weight: 1.0,
            }
        })
        .collect();
    fit(&choices, &[ridge; FEATURES.len()])
}

fn is_right(one: &Decision, weights: &[f64]) -> bool {
    let mut scores: Vec<f64> = one.rows.iter().map(|row| score(row, weights)).collect();
    scores.push(0.0);
    let best = (0..scores.len()).fold(
        0,
        |best, at| {
            if scores[at] > scores[best] { at } else { best }
        },
    );
    match one.numbers.get(best) {
        None => !one.given,
        Some(0) if !one.given => true,
        Some(_) => one.right[best],
    }
}

//! Stage `when`: the weights that date a report's incident.
//!
//! Comes in: reports of shootings (`gva`, `cis530p`) and assessments of strikes (`airwars gaza`) with the day of each.
//! Goes out: a conditional logit over the days of each report, in readable weights: the share of the day that is right
//! is raised, all candidates of a day together, with a ridge penalty that grows with a feature's frequency. Before the
//! weights are written from all reports, the share of reports dated right is measured with each report left out
//! together with all of its incident (five folds); the development part of `cis530p` trains nothing.

use std::{
    collections::{BTreeMap, HashMap},
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;
use jiff::civil::Date;
use reader::claims::when::{Candidate, FILE, Feature, KINDS, Weights, choose};
use score::cis530p;
use serde::Serialize;
use serde_json::Value;

use super::job::{Job, Made, Stage};
use crate::{
    data::{self, FOLDS, Incident},
    error::Error,
    optim::logit::{Choice, Row, fit},
};

/// Its name.
pub const NAME: &str = "when";

/// Settings.
#[derive(Clone, Debug, Serialize, Args)]
pub struct Settings {
    /// Ridge penalty a report, of a feature as frequent as the median one
    #[arg(long, default_value_t = 3e-3)]
    ridge: f64,
    /// Where the candidates go as JSON lines, to look at
    #[arg(long)]
    #[serde(skip)]
    dump: Option<PathBuf>,
}

/// A report with its candidates.
struct Example {
    set: &'static str,
    fold: usize,
    name: String,
    gold: Date,
    candidates: Vec<Candidate>,
}

/// A report and its day: set, fold, name, day, page.
type Dated = (&'static str, usize, String, Date, String);

/// What is measured of each set, in the words of the manifest.
const SETS: [(&str, &str); 5] = [
    ("single", "date, gva incidents with one report"),
    ("several", "date, reports of gva incidents with more"),
    ("cis530p", "date, cis530p train"),
    ("airwars", "date, airwars gaza"),
    (CHECK, "date, cis530p val (trains nothing)"),
];
/// The set that trains nothing.
const CHECK: &str = "check";

impl Stage for Settings {
    fn name(&self) -> &'static str {
        NAME
    }

    fn run(&self, job: &Job) -> Result<Option<Made>, Error> {
        let [train_x, train_y] = job.cis("train");
        let [check_x, check_y] = job.cis("val");
        let reports = reports(job)?;
        let engine = job.engine()?;
        let examples: Vec<Example> = job
            .map(&reports, |(set, fold, name, gold, page)| {
                Some(Example {
                    set,
                    fold: *fold,
                    name: name.clone(),
                    gold: *gold,
                    candidates: engine.days(page)?,
                })
            })
            .into_iter()
            .flatten()
            .collect();
        eprintln!("{} reports read", examples.len());
        if let Some(path) = &self.dump {
            dump(path, &examples)?;
        }
        known_kinds(&examples)?;
        let mut made = Made {
            data: vec![job.gva(), job.gaza(), train_x, train_y, check_x, check_y],
            ..Made::default()
        };
        let of = |keep: &dyn Fn(&Example) -> bool| -> Vec<&Example> {
            examples.iter().filter(|e| keep(e)).collect()
        };
        let mut tally: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for fold in 0..FOLDS {
            let weights = train(&of(&|e| e.fold != fold && e.set != CHECK), self.ridge);
            let held = of(&|e| e.fold == fold && e.set != CHECK);
            measure(&held, &weights, &mut tally);
        }
        let weights = train(&of(&|e| e.set != CHECK), self.ridge);
        measure(&of(&|e| e.set == CHECK), &weights, &mut tally);
        let mut text = String::from(
            "# Weights that date a report's incident: what was looked at, what was seen, what with it, weight.\n\
             # Written by `crossbearing-learn when`; do not edit by hand.\n\
             # Share of reports dated right, each left out with its incident (the last set trains nothing):\n",
        );
        for (set, what) in SETS {
            let (right, n) = tally.get(set).copied().unwrap_or_default();
            made.right(what, right, n);
            let share = right as f64 / n.max(1) as f64;
            text.push_str(&format!("# {what}: {right} of {n} = {share:.4}\n"));
        }
        let mut lines: Vec<(Feature, f32)> = weights
            .into_iter()
            .filter(|(_, weight)| weight.abs() >= LEAST)
            .collect();
        lines.sort_by(|a, b| a.0.cmp(&b.0));
        for ([a, b, c], weight) in lines {
            text.push_str(&format!("{a} {b} {c} {weight:.3}\n"));
        }
        made.files.push((FILE.path, text.into_bytes()));
        Ok(Some(made))
    }
}

/// Weights nearer to nothing than this are left out.
const LEAST: f32 = 0.02;

/// All reports with a day.
fn reports(job: &Job) -> Result<Vec<Dated>, Error> {
    let mut out: Vec<Dated> = Vec::new();
    let incidents: Vec<Incident> = data::lines(&job.gva())?;
    for (index, incident) in incidents.iter().enumerate() {
        let Ok(gold) = Date::strptime("%B %d, %Y", &incident.gold.date) else {
            continue;
        };
        let set = if incident.reports.len() == 1 {
            "single"
        } else {
            "several"
        };
        for report in &incident.reports {
            let name = format!("{index}/{}", report.id);
            out.push((set, index % FOLDS, name, gold, report.page()));
        }
    }
    for (set, part) in [("cis530p", "train"), (CHECK, "val")] {
        let [x, y] = job.cis(part);
        for (index, (x, y)) in cis530p::rows(&x, &y)?.into_iter().enumerate() {
            let Ok(gold) = y.shooting_date.parse() else {
                continue;
            };
            let page = data::dated(x.publish_date.as_deref(), &x.text);
            out.push((set, index % FOLDS, index.to_string(), gold, page));
        }
    }
    for (index, (gold, body)) in score::airwars::dated(&job.gaza())?.into_iter().enumerate() {
        let page = data::dated(None, &body);
        out.push(("airwars", index % FOLDS, index.to_string(), gold, page));
    }
    Ok(out)
}

/// Whether every feature is of a kind that the reader's list of kinds holds, and every kind is met.
fn known_kinds(examples: &[Example]) -> Result<(), Error> {
    let all = examples.iter().flat_map(|one| &one.candidates);
    let met: std::collections::BTreeSet<&str> = all
        .flat_map(|one| &one.features)
        .map(|[kind, ..]| *kind)
        .collect();
    let listed: std::collections::BTreeSet<&str> = KINDS.iter().copied().collect();
    let other: Vec<&&str> = met.symmetric_difference(&listed).collect();
    if other.is_empty() {
        return Ok(());
    }
    Err(format!("kinds of features that are in the list or in the reports alone: {other:?}").into())
}

fn dump(path: &Path, examples: &[Example]) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for example in examples {
        let candidates: Vec<Value> = example
            .candidates
            .iter()
            .map(|one| {
                let features: Vec<String> = one.features.iter().map(|f| f.join(" ")).collect();
                serde_json::json!({
                    "day": one.day.to_string(),
                    "coarse": one.coarse,
                    "basis": format!("{:?}", one.basis),
                    "features": features,
                })
            })
            .collect();
        let line = serde_json::json!({
            "set": example.set,
            "fold": example.fold,
            "name": example.name,
            "gold": example.gold.to_string(),
            "candidates": candidates,
        });
        writeln!(out, "{line}")?;
    }
    out.flush()
}

fn measure(
    examples: &[&Example],
    weights: &HashMap<Feature, f32>,
    tally: &mut BTreeMap<&'static str, (usize, usize)>,
) {
    let weights = Weights::of(weights.iter().map(|(feature, weight)| (*feature, *weight)));
    for example in examples {
        let right = choose(&example.candidates, &weights)
            .is_some_and(|chosen| example.candidates[chosen.at].day == example.gold);
        let counts = tally.entry(example.set).or_default();
        counts.0 += usize::from(right);
        counts.1 += 1;
    }
}

/// Features that stand in fewer reports than this are left out.
const FEWEST: usize = 4;

/// Features that decide by themselves though few reports have them; their penalty is less by [`LOOSE`].
const DECISIVE: &[&str] = &[
    "form",
    "part",
    "ago",
    "ago-form",
    "limit",
    "limit-by",
    "day-hour",
    "night-hour",
    "part-hour",
];
const LOOSE: f64 = 0.3;
/// Power of a feature's frequency by which its penalty grows: what is rare may weigh more, since it decides where it
/// stands.
const BY_FREQUENCY: f64 = 0.25;

/// The ridge penalty of each feature, by its name and the candidates that have it.
fn penalties(names: &[Feature], counts: &[usize], ridge: f64) -> Vec<f64> {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or(1).max(1) as f64;
    let one = |(name, count): (&Feature, &usize)| {
        let loose = if DECISIVE.contains(&name[0]) {
            LOOSE
        } else {
            1.0
        };
        ridge * loose * (*count as f64 / median).powf(BY_FREQUENCY)
    };
    names.iter().zip(counts).map(one).collect()
}

fn train(examples: &[&Example], ridge: f64) -> HashMap<Feature, f32> {
    let mut seen: BTreeMap<Feature, usize> = BTreeMap::new();
    for example in examples {
        let mut mine: Vec<Feature> = example
            .candidates
            .iter()
            .flat_map(|one| one.features.iter().copied())
            .collect();
        mine.sort();
        mine.dedup();
        for feature in mine {
            *seen.entry(feature).or_default() += 1;
        }
    }
    let names: Vec<Feature> = seen
        .into_iter()
        .filter(|(_, n)| *n >= FEWEST)
        .map(|(name, _)| name)
        .collect();
    let index: HashMap<Feature, u32> = names.iter().copied().zip(0..).collect();
    // The candidates of a day are right together.
    let mut choices: Vec<Choice> = Vec::new();
    for example in examples {
        let mut days: Vec<(Date, bool)> = Vec::new();
        let mut options: Vec<(Row, bool)> = Vec::new();
        for one in &example.candidates {
            days.push((one.day, one.coarse));
            let known = one.features.iter().filter_map(|f| index.get(f));
            let row = known.map(|at| (*at, 1.0)).collect();
            options.push((row, one.day == example.gold && !one.coarse));
        }
        days.sort_unstable();
        days.dedup();
        if days.len() > 1 && options.iter().any(|(_, right)| *right) {
            choices.push(Choice {
                options,
                weight: 1.0,
            });
        }
    }
    let mut counts = vec![0; names.len()];
    for (row, _) in choices.iter().flat_map(|choice| &choice.options) {
        for &(at, _) in row {
            counts[at as usize] += 1;
        }
    }
    let ridge = penalties(&names, &counts, ridge * choices.len().max(1) as f64);
    let weights = fit(&choices, &ridge);
    names
        .into_iter()
        .zip(weights.into_iter().map(|weight| weight as f32))
        .collect()
}

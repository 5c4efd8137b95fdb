//! Learns the weights that choose a report's own figure among the numbers that it gives: `crates/reader/data/judge/toll.txt`.
//!
//!     cargo run --release -p crossbearing-score --example train_toll -- --events DATA/bench/events --judges OUT/fold- --folds 3 \
//!         --out crates/reader/data/judge/toll.txt
//!
//! Every report is judged by weights that never saw its event (`OUT/fold-K`, as `train_judge` and `scripts/judge/tune.py` leave events out); folds
//! that have no folder are passed over. A conditional logit over the numbers of a report and "none of them", with a ridge penalty, by full-batch
//! AdaGrad from zero; no chance is involved. Before the weights are written, they are measured with each fifth of the events left out.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use casebook::data::DataDir;
use clap::Parser;
use reader::{
    Input, Resources,
    claims::{
        judge::{
            self,
            toll::{FEATURES, options},
        },
        passes, scenes,
    },
    text,
};
use serde_json::Value;

#[derive(Parser)]
struct Arguments {
    /// The folder of event folders.
    #[arg(long)]
    events: PathBuf,
    /// What the folders of judges begin with; the number of the fold follows.
    #[arg(long)]
    judges: String,
    /// How many folds there are.
    #[arg(long, default_value_t = 3)]
    folds: usize,
    /// Where the weights go.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Ridge penalty.
    #[arg(long, default_value_t = 0.5)]
    ridge: f64,
    /// Steps.
    #[arg(long, default_value_t = 400)]
    steps: usize,
}

type Error = Box<dyn std::error::Error>;
type Row = [f64; FEATURES.len()];

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

fn main() -> Result<(), Error> {
    let arguments = Arguments::parse();
    let mut folders: Vec<PathBuf> = std::fs::read_dir(&arguments.events)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("event.json").exists())
        .collect();
    folders.sort();
    let data = DataDir::locate(None)?;
    let mut all = Vec::new();
    for fold in 0..arguments.folds {
        let judges = PathBuf::from(format!("{}{fold}", arguments.judges));
        if !judges.exists() {
            eprintln!("no folder {}: its events are passed over", judges.display());
            continue;
        }
        let resources = Resources {
            pipeline: data.load_pipeline()?,
            gazetteer: data.load_gazetteer()?,
            judge: data.load_judge_of(&judges)?,
            files: "unnamed".to_owned(),
        };
        for folder in folders.iter().skip(fold).step_by(arguments.folds) {
            decisions(&resources, folder, &mut all)?;
        }
    }
    let mut events: Vec<String> = all.iter().map(|one| one.event.clone()).collect();
    events.sort();
    events.dedup();
    let mut tally: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for part in 0..5 {
        let out: Vec<&String> = events.iter().skip(part).step_by(5).collect();
        let (held, seen): (Vec<&Decision>, Vec<&Decision>) =
            all.iter().partition(|one| out.contains(&&one.event));
        let weights = learn(&seen, &arguments);
        for one in held {
            let right = is_right(one, &weights);
            let what = if one.given { one.slot } else { "silent" };
            let counts = tally.entry(what).or_default();
            counts.0 += usize::from(right);
            counts.1 += 1;
        }
    }
    let mut text = String::from(
        "# Weights that choose a report's own figure among the numbers that it gives: feature, weight.\n\
         # Written by `cargo run --release -p crossbearing-score --example train_toll`; do not edit by hand.\n",
    );
    text.push_str(&format!(
        "# Share right of {} events, each left out of training:\n",
        events.len()
    ));
    for (what, (right, of)) in &tally {
        let line = format!(
            "# {what}: {right} of {of} = {:.3}\n",
            *right as f64 / *of as f64
        );
        print!("{line}");
        text.push_str(&line);
    }
    let weights = learn(&all.iter().collect::<Vec<_>>(), &arguments);
    for (name, weight) in FEATURES.iter().zip(weights) {
        text.push_str(&format!("{name} {weight:.3}\n"));
    }
    if let Some(path) = arguments.out {
        std::fs::write(path, text)?;
    }
    Ok(())
}

fn decisions(resources: &Resources, folder: &Path, out: &mut Vec<Decision>) -> Result<(), Error> {
    let event = folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let about: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("event.json"))?)?;
    let Some(tolls) = about["tolls"].as_object() else {
        return Ok(());
    };
    for (report, toll) in tolls {
        let Ok(bytes) = std::fs::read(folder.join(format!("{report}.txt"))) else {
            continue;
        };
        let input = Input {
            bytes,
            ..Input::default()
        };
        let Ok(extracted) = text::extract(&input) else {
            continue;
        };
        let read = reader::read::read(&extracted, resources);
        let (sample, verdicts) = passes::run(&extracted, &read, &mut scenes::opens, |passes| {
            (
                judge::sample(passes),
                judge::verdicts(passes, &resources.judge),
            )
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
                .map(|(n, row)| (n, row.map(f64::from)))
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
    Ok(())
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

/// Chance of each number, and of none last.
fn chances(one: &Decision, weights: &Row) -> Vec<f64> {
    let mut out: Vec<f64> = one
        .rows
        .iter()
        .map(|row| row.iter().zip(weights).map(|(x, weight)| x * weight).sum())
        .collect();
    out.push(0.0);
    let most = out.iter().copied().fold(f64::MIN, f64::max);
    for score in &mut out {
        *score = (*score - most).exp();
    }
    let sum: f64 = out.iter().sum();
    out.into_iter().map(|score| score / sum).collect()
}

fn learn(decisions: &[&Decision], arguments: &Arguments) -> Row {
    let mut weights = [0.0; FEATURES.len()];
    let mut squares = [1e-8; FEATURES.len()];
    for _ in 0..arguments.steps {
        let mut slope = weights.map(|weight| -arguments.ridge * weight);
        for one in decisions {
            // A gold figure that no words give teaches nothing.
            let Some(right) = one
                .right
                .iter()
                .position(|right| *right)
                .or((!one.given).then_some(one.rows.len()))
            else {
                continue;
            };
            for ((at, row), chance) in one.rows.iter().enumerate().zip(chances(one, &weights)) {
                let miss = f64::from(u8::from(at == right)) - chance;
                for (slope, x) in slope.iter_mut().zip(row) {
                    *slope += miss * x;
                }
            }
        }
        for ((weight, square), slope) in weights.iter_mut().zip(&mut squares).zip(slope) {
            *square += slope * slope;
            *weight += 0.1 * slope / square.sqrt();
        }
    }
    weights
}

fn is_right(one: &Decision, weights: &Row) -> bool {
    let chances = chances(one, weights);
    let best = (0..chances.len()).fold(0, |best, at| {
        if chances[at] > chances[best] {
            at
        } else {
            best
        }
    });
    match one.numbers.get(best) {
        None => !one.given,
        Some(0) if !one.given => true,
        Some(_) => one.right[best],
    }
}

//! Trains the ranker of towns (`crates/reader/data/town-ranker.txt`): `cargo run --release -p crossbearing-score --example train_towns --
//! GVA.jsonl [WEIGHTS.txt]`.
//!
//! What comes in: incidents with their gold town and reports. What goes out: one weight a feature, and on stderr how often the best
//! candidate is right on incidents that the weights were not trained on (five folds by incident). Conditional logistic regression: of
//! a report's candidates, those that bear the gold name share the probability. Deterministic: full batches, no chance anywhere.
//! With `TOWNS_DUMP=FILE` in the environment the candidates and their features are written there instead, to be looked at.

use std::{env, fs, process::ExitCode};

use reader::{
    Input, Resources,
    claims::{TownCandidate, place::towns::FEATURES, town_candidates},
    read::places::Gazetteer,
};
use serde_json::Value;

/// Parts of the data; each is judged by weights of the others.
const FOLDS: usize = 5;
/// Steps of the optimiser.
const STEPS: usize = 400;
/// How strongly weights are drawn to nothing.
const RIDGE: f32 = 3e-4;

/// First lines of the file of weights.
const HEAD: &str = "# Weights of the ranker of towns: which town a report puts its happening in (crates/reader/src/claims/place).\n\
    # Written by `cargo run --release -p crossbearing-score --example train_towns -- GVA.jsonl crates/reader/data/town-ranker.txt`.\n\
    # On incidents it was not trained on (five folds by incident):\n";

/// One report: which incident, how many reports that has, and its candidates, each with whether it is the gold town.
struct Item {
    fold: usize,
    single: bool,
    candidates: Vec<(TownCandidate, bool)>,
    words: String,
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let Some(data) = args.first() else {
        eprintln!("usage: train_towns GVA.jsonl [WEIGHTS.txt]");
        return ExitCode::from(2);
    };
    match run(data, args.get(1).map(String::as_str)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("train_towns: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(data: &str, out: Option<&str>) -> Result<(), Box<dyn std::error::Error>> {
    let folder = casebook::data::DataDir::locate(None)?;
    let resources = Resources {
        pipeline: language::Pipeline::load(&folder.model())?,
        gazetteer: Gazetteer::from_bytes(fs::read(folder.path().join(casebook::data::GAZETTEER))?)?,
    };
    let items = items(&fs::read_to_string(data)?, &resources)?;
    eprintln!("{} reports", items.len());
    if let Ok(path) = env::var("TOWNS_DUMP") {
        fs::write(path, dump(&items))?;
        return Ok(());
    }
    let judged = report(&items);
    let all: Vec<&Item> = items.iter().collect();
    let weights = train(&all);
    let mut text = format!("{HEAD}# {}\n", judged.join("\n# "));
    for (name, weight) in FEATURES.iter().zip(&weights) {
        text.push_str(&format!("{name} {weight:.3}\n"));
    }
    match out {
        Some(path) => fs::write(path, text)?,
        None => print!("{text}"),
    }
    Ok(())
}

/// Reads every report and its candidates, on two threads.
fn items(text: &str, resources: &Resources) -> Result<Vec<Item>, Box<dyn std::error::Error>> {
    let incidents: Vec<Value> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    let half = incidents.len().div_ceil(2).max(1);
    let parts: Vec<Vec<Item>> = std::thread::scope(|scope| {
        let handles: Vec<_> = incidents
            .chunks(half)
            .enumerate()
            .map(|(part, chunk)| {
                scope.spawn(move || {
                    let mut out = Vec::new();
                    for (i, incident) in chunk.iter().enumerate() {
                        read(incident, (part * half + i) % FOLDS, resources, &mut out);
                    }
                    out
                })
            })
            .collect();
        handles
            .into_iter()
            .filter_map(|one| one.join().ok())
            .collect()
    });
    Ok(parts.into_iter().flatten().collect())
}

fn read(incident: &Value, fold: usize, resources: &Resources, out: &mut Vec<Item>) {
    let gold = incident["gold"]["city_or_county"].as_str().unwrap_or("");
    let reports: &[Value] = incident["reports"].as_array().map_or(&[], Vec::as_slice);
    for report in reports {
        let field = |name: &str| report[name].as_str().unwrap_or("");
        let line = |name: &str| field(name).replace(['\n', '\r'], " ");
        let bytes = format!(
            "Title: {}\nPublished: {}\nURL: {}\n\n{}",
            line("title"),
            line("published"),
            line("url"),
            field("text")
        );
        let input = Input {
            name: field("id").to_owned(),
            bytes: bytes.into_bytes(),
            ..Input::default()
        };
        let candidates = match reader::text::extract(&input) {
            Ok(extracted) => {
                let read = reader::read::read(&extracted, resources);
                town_candidates(&extracted, &read)
            }
            Err(_) => Vec::new(),
        };
        out.push(Item {
            fold,
            single: reports.len() == 1,
            candidates: candidates
                .into_iter()
                .map(|one| {
                    let right = score::gva::city_right(gold, &one.name);
                    (one, right)
                })
                .collect(),
            words: format!(
                "{}\t{gold}\t{}",
                incident["incident"].as_str().unwrap_or(""),
                line("title")
            ),
        });
    }
}

/// Tells how often the best candidate is right, each fold by weights of the others.
fn report(items: &[Item]) -> Vec<String> {
    let (mut right, mut possible, mut all) = ([0; 2], [0; 2], [0; 2]);
    for fold in 0..FOLDS {
        let others: Vec<&Item> = items.iter().filter(|item| item.fold != fold).collect();
        let weights = train(&others);
        for item in items.iter().filter(|item| item.fold == fold) {
            let at = usize::from(item.single);
            all[at] += 1;
            possible[at] += usize::from(item.candidates.iter().any(|one| one.1));
            let hit = best(&weights, item).is_some_and(|i| item.candidates[i].1);
            right[at] += usize::from(hit);
        }
    }
    let names = ["reports on incidents with several", "single reports"];
    let lines: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let share = |n: usize| n as f64 / all[at].max(1) as f64;
            format!(
                "{name}: right {:.4}, gold among the candidates {:.4} of {}",
                share(right[at]),
                share(possible[at]),
                all[at]
            )
        })
        .collect();
    eprintln!("{}", lines.join("\n"));
    lines
}

fn best(weights: &[f32], item: &Item) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    for (i, (candidate, _)) in item.candidates.iter().enumerate() {
        let points = dot(weights, &candidate.features);
        if best.is_none_or(|(_, most)| points > most) {
            best = Some((i, points));
        }
    }
    best.map(|(i, _)| i)
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Fits the weights: Adam on the whole batch.
fn train(items: &[&Item]) -> Vec<f32> {
    let items: Vec<&&Item> = items
        .iter()
        .filter(|item| {
            item.candidates.iter().any(|one| one.1) && item.candidates.iter().any(|one| !one.1)
        })
        .collect();
    let n = items.len().max(1) as f32;
    let mut weights = vec![0.0_f32; FEATURES.len()];
    let (mut first, mut second) = (weights.clone(), weights.clone());
    for step in 1..=STEPS {
        let mut slope: Vec<f32> = weights.iter().map(|w| w * RIDGE).collect();
        for item in &items {
            let points: Vec<f32> = item
                .candidates
                .iter()
                .map(|one| dot(&weights, &one.0.features))
                .collect();
            let top = points.iter().copied().fold(f32::MIN, f32::max);
            let belief: Vec<f32> = points.iter().map(|p| (p - top).exp()).collect();
            let sum: f32 = belief.iter().sum();
            let gold: f32 = belief
                .iter()
                .zip(&item.candidates)
                .filter(|(_, one)| one.1)
                .map(|(b, _)| b)
                .sum();
            for (b, one) in belief.iter().zip(&item.candidates) {
                let wanted = if one.1 { b / gold.max(1e-12) } else { 0.0 };
                let pull = (b / sum - wanted) / n;
                for (slope, value) in slope.iter_mut().zip(&one.0.features) {
                    *slope += pull * value;
                }
            }
        }
        let (fade_first, fade_second) = (
            1.0 - 0.9_f32.powi(step as i32),
            1.0 - 0.999_f32.powi(step as i32),
        );
        for i in 0..weights.len() {
            first[i] = 0.9 * first[i] + 0.1 * slope[i];
            second[i] = 0.999 * second[i] + 0.001 * slope[i] * slope[i];
            weights[i] -=
                0.05 * (first[i] / fade_first) / ((second[i] / fade_second).sqrt() + 1e-8);
        }
    }
    weights
}

/// The items as lines, for looking at.
fn dump(items: &[Item]) -> String {
    let mut out = String::new();
    for item in items {
        out.push_str(&format!(
            "#\t{}\t{}\t{}\n",
            item.fold, item.single, item.words
        ));
        for (candidate, right) in &item.candidates {
            let named: Vec<String> = FEATURES
                .iter()
                .zip(&candidate.features)
                .filter(|(_, value)| **value != 0.0)
                .map(|(name, value)| format!("{name}={value:.2}"))
                .collect();
            out.push_str(&format!(
                "{}\t{}\t{}\t{}\n",
                u8::from(*right),
                candidate.name,
                candidate.words,
                named.join(" ")
            ));
        }
    }
    out
}

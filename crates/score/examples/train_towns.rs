//! Trains the ranker of towns: `cargo run --release -p crossbearing-score --example train_towns -- GVA.jsonl [FOLDER]`, the folder being
//! `crates/reader/data`.
//!
//! What comes in: incidents with their gold town and reports. What goes out: `town-ranker.tre`, boosted trees that choose the town, and
//! `town-ranker.txt`, one weight a feature, that chooses which mention stands for it; and on stderr how often the best candidate of
//! either is right on incidents that it was not trained on (five folds by incident). Both learn to choose among a report's candidates:
//! the softmax of their scores is the chance of each. Deterministic: full batches, columns drawn by fixed seeds.
//! With `TOWNS_DUMP=FILE` in the environment the candidates and their features are written there instead, to be looked at; with
//! `TOWNS_MISSES=FILE` the reports whose town the trees miss: alone on its incident or not, whether the gold town is a candidate, the town said.

use std::{collections::BTreeMap, env, fs, path::Path, process::ExitCode};

use reader::{
    Input, Resources,
    claims::{
        passes,
        place::towns::{self, FEATURES, TownCandidate},
        scenes,
    },
    learned::{
        boost::{self, boost},
        softmax,
        trees::Trees,
    },
    read::places::Gazetteer,
};
use serde_json::Value;

/// Parts of the data; each is judged by weights of the others.
const FOLDS: usize = 5;
/// Steps of the optimiser.
const STEPS: usize = 400;
/// How strongly weights are drawn to nothing.
const RIDGE: f32 = 3e-4;

/// Trees are grown once a seed, and their mean is taken.
const SEEDS: u64 = 2;

/// First lines of the file of weights.
const HEAD: &str = "# Weights of the ranker of towns: which mention of a town stands for it (crates/reader/src/claims/place).\n\
    # Written by `cargo run --release -p crossbearing-score --example train_towns -- GVA.jsonl crates/reader/data`.\n\
    # On incidents it was not trained on (five folds by incident):\n";

/// One report: which incident, how many reports that has, and its candidates, each with whether it is the gold town.
struct Item {
    fold: usize,
    incident: String,
    single: bool,
    candidates: Vec<(TownCandidate, bool)>,
    words: String,
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let Some(data) = args.first() else {
        eprintln!("usage: train_towns GVA.jsonl [FOLDER]");
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
        judge: reader::claims::judge::Judge::Rules,
        files: "unnamed".to_owned(),
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
    if let Some(folder) = out {
        let folder = Path::new(folder);
        fs::write(folder.join("town-ranker.txt"), text)?;
        fs::write(folder.join("town-ranker.tre"), grow(&all).write())?;
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
                passes::run(&extracted, &read, &mut scenes::opens, |passes| {
                    towns::named(passes)
                })
            }
            Err(_) => Vec::new(),
        };
        out.push(Item {
            fold,
            incident: incident["incident"].as_str().unwrap_or("").to_owned(),
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

/// Tells how often the best candidate is right, each fold by weights and trees of the others.
fn report(items: &[Item]) -> Vec<String> {
    let (mut linear, mut trees, mut possible, mut all) = ([0; 2], [0; 2], [0; 2], [0; 2]);
    let mut misses = String::new();
    let mut pool = [0_usize; 3];
    for fold in 0..FOLDS {
        let others: Vec<&Item> = items.iter().filter(|item| item.fold != fold).collect();
        let weights = train(&others);
        let grown = grow(&others);
        let own: Vec<&Item> = items.iter().filter(|item| item.fold == fold).collect();
        for incident in own.chunk_by(|a, b| a.incident == b.incident) {
            if incident.len() > 1 {
                let right = pooled(incident, &grown);
                pool[0] += 1;
                pool[1] += usize::from(right[0]);
                pool[2] += usize::from(right[1]);
            }
        }
        for item in items.iter().filter(|item| item.fold == fold) {
            let at = usize::from(item.single);
            all[at] += 1;
            possible[at] += usize::from(item.candidates.iter().any(|one| one.1));
            let right = |score: &dyn Fn(&[f32]) -> f32| {
                usize::from(best(score, item).is_some_and(|i| item.candidates[i].1))
            };
            let scored = |features: &[f32]| grown.score(features);
            if right(&scored) == 0 {
                let said = best(&scored, item).map_or("", |i| item.candidates[i].0.name.as_str());
                let named = item.candidates.iter().any(|one| one.1);
                misses.push_str(&format!(
                    "{}\t{named}\t{said}\t{}\n",
                    item.single, item.words
                ));
            }
            linear[at] += right(&|features| dot(&weights, features));
            trees[at] += right(&|features| grown.score(features));
        }
    }
    let names = ["reports on incidents with several", "single reports"];
    let mut lines: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let share = |n: usize| n as f64 / all[at].max(1) as f64;
            format!(
                "{name}: right by trees {:.4}, by these weights {:.4}, gold among the candidates {:.4} of {}",
                share(trees[at]),
                share(linear[at]),
                share(possible[at]),
                all[at]
            )
        })
        .collect();
    let share = |n: usize| n as f64 / pool[0].max(1) as f64;
    lines.push(format!(
        "incidents with several: right by the choices of most reports {:.4}, by their chances {:.4} of {}",
        share(pool[1]),
        share(pool[2]),
        pool[0]
    ));
    if let Ok(path) = env::var("TOWNS_MISSES")
        && let Err(error) = fs::write(&path, misses)
    {
        eprintln!("{path}: {error}");
    }
    eprintln!("{}", lines.join("\n"));
    lines
}

/// Of one incident: whether the town is right that most reports choose, and that whose chances, where reports choose it, add up to most.
fn pooled(incident: &[&Item], grown: &Trees) -> [bool; 2] {
    let mut sums: BTreeMap<String, ([f32; 2], bool)> = BTreeMap::new();
    for item in incident {
        let score = |features: &[f32]| grown.score(features);
        let Some(chosen) = best(&score, item) else {
            continue;
        };
        let mut chances: Vec<f32> = item
            .candidates
            .iter()
            .map(|one| score(&one.0.features))
            .collect();
        softmax(&mut chances);
        let (candidate, right) = &item.candidates[chosen];
        let sum = sums.entry(candidate.name.to_lowercase()).or_default();
        sum.0[0] += 1.0;
        sum.0[1] += chances[chosen];
        sum.1 |= right;
    }
    [0, 1].map(|by| {
        let mut top: Option<(f32, bool)> = None;
        for (votes, right) in sums.values() {
            if top.is_none_or(|(most, _)| votes[by] > most) {
                top = Some((votes[by], *right));
            }
        }
        top.is_some_and(|(_, right)| right)
    })
}

fn best(score: &dyn Fn(&[f32]) -> f32, item: &Item) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    for (i, (candidate, _)) in item.candidates.iter().enumerate() {
        let points = score(&candidate.features);
        if best.is_none_or(|(_, most)| points > most) {
            best = Some((i, points));
        }
    }
    best.map(|(i, _)| i)
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Grows the trees: the candidates of a report are options of one choice; of several that bear the gold name the first is the one.
fn grow(items: &[&Item]) -> Trees {
    let (mut rows, mut yes, mut groups) = (Vec::new(), Vec::new(), Vec::new());
    for (group, item) in items.iter().enumerate() {
        if item.candidates.iter().all(|one| one.1) || !item.candidates.iter().any(|one| one.1) {
            continue;
        }
        let mut found = false;
        for (candidate, right) in &item.candidates {
            if *right && found {
                continue;
            }
            found |= *right;
            rows.push(candidate.features.clone());
            yes.push(*right);
            groups.push(group as u32);
        }
    }
    let weight = vec![1.0; rows.len()];
    let all: Vec<Trees> = (1..=SEEDS)
        .map(|seed| {
            let settings = boost::Settings {
                trees: 300,
                leaves: 8,
                rows: 25,
                l2: 5.0,
                columns: 0.5,
                seed,
                ..boost::Settings::default()
            };
            boost(&rows, &yes, &weight, Some(&groups), settings)
        })
        .collect();
    Trees::mean(&all)
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

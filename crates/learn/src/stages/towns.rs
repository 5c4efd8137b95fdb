//! Stage `towns`: the ranker of towns.
//!
//! Comes in: incidents of shootings with their gold town and reports. Goes out: boosted trees that choose the town, and
//! one weight a feature, in readable form, that chooses which mention stands for it; and how often the best candidate
//! of either is right on incidents that it was not trained on (five folds by incident). Both learn to choose among a
//! report's candidates: the softmax of their scores is the chance of each. Columns of the trees are drawn by fixed
//! seeds.

use std::{collections::BTreeMap, fs, path::PathBuf};

use clap::Args;
use reader::{
    claims::{
        passes,
        place::{
            ranker::FILES,
            towns::{self, FEATURES, TownCandidate},
        },
        segments,
    },
    learned::{softmax, trees::Trees, weights::fingerprint},
};
use serde::Serialize;

use super::job::{Job, Made, Stage};
use crate::{
    data::{self, FOLDS, Incident},
    error::Error,
    optim::{
        logit::{Choice, Row, dense, fit},
        trees::{self, boost},
    },
};

/// Its name.
pub const NAME: &str = "towns";

/// Settings.
#[derive(Clone, Debug, Serialize, Args)]
pub struct Settings {
    /// How strongly weights are drawn to nothing, a report
    #[arg(long, default_value_t = 3e-4)]
    ridge: f64,
    /// Where the candidates and their features go, to look at
    #[arg(long)]
    #[serde(skip)]
    dump: Option<PathBuf>,
    /// Where the reports go whose town the trees miss: alone on its incident or not, whether the gold town is a
    /// candidate, the town said
    #[arg(long)]
    #[serde(skip)]
    misses: Option<PathBuf>,
}

/// Trees are grown once a seed, and their mean is taken.
const SEEDS: u64 = 2;

/// One report: which incident, how many reports that has, and its candidates, each with whether it is the gold town.
struct Item {
    fold: usize,
    incident: String,
    single: bool,
    candidates: Vec<(TownCandidate, bool)>,
    words: String,
}

impl Stage for Settings {
    fn name(&self) -> &'static str {
        NAME
    }

    fn run(&self, job: &Job) -> Result<Option<Made>, Error> {
        let items = items(job)?;
        eprintln!("{} reports", items.len());
        if let Some(path) = &self.dump {
            fs::write(path, dump(&items))?;
        }
        let mut made = Made {
            data: vec![job.gva()],
            ..Made::default()
        };
        let (lines, misses) = report(&items, self.ridge, &mut made);
        if let Some(path) = &self.misses {
            fs::write(path, misses)?;
        }
        let all: Vec<&Item> = items.iter().collect();
        let weights = train(&all, self.ridge);
        let mut text = format!(
            "# Weights of the ranker of towns: which mention of a town stands for it.\n\
             # Written by `crossbearing-learn {NAME}`; do not edit by hand.\n\
             # On incidents it was not trained on (five folds by incident):\n# {}\n",
            lines.join("\n# ")
        );
        for (name, weight) in FEATURES.iter().zip(&weights) {
            text.push_str(&format!("{name} {weight:.3}\n"));
        }
        let trees = grow(&all).trained_on(fingerprint(FEATURES));
        let [of_trees, of_weights] = &FILES;
        made.files.push((of_trees.path, trees.write()));
        made.files.push((of_weights.path, text.into_bytes()));
        Ok(Some(made))
    }
}

/// Reads every report and its candidates.
fn items(job: &Job) -> Result<Vec<Item>, Error> {
    let incidents: Vec<Incident> = data::lines(&job.gva())?;
    let engine = job.engine()?;
    let reports: Vec<(usize, &Incident, &data::Report)> = incidents
        .iter()
        .enumerate()
        .flat_map(|(at, one)| one.reports.iter().map(move |report| (at, one, report)))
        .collect();
    Ok(job.map(&reports, |(at, incident, report)| {
        let gold = incident.gold.city_or_county.as_str().unwrap_or("");
        let read = data::reading(engine, &report.page());
        let candidates = read.map_or_else(Vec::new, |(extracted, read)| {
            passes::run(&extracted, &read, &mut segments::opens, |passes| {
                towns::named(passes)
            })
        });
        Item {
            fold: at % FOLDS,
            incident: incident.incident.clone(),
            single: incident.reports.len() == 1,
            candidates: candidates
                .into_iter()
                .map(|one| {
                    let right = score::gva::city_right(gold, &one.name);
                    (one, right)
                })
                .collect(),
            words: format!(
                "{}\t{gold}\t{}",
                incident.incident,
                report.title.replace(['\n', '\r'], " ")
            ),
        }
    }))
}

/// Tells how often the best candidate is right, each fold by weights and trees of the others.
fn report(items: &[Item], ridge: f64, made: &mut Made) -> (Vec<String>, String) {
    let (mut linear, mut trees, mut possible, mut all) = ([0; 2], [0; 2], [0; 2], [0; 2]);
    let mut misses = String::new();
    let mut pool = [0_usize; 3];
    for fold in 0..FOLDS {
        let others: Vec<&Item> = items.iter().filter(|item| item.fold != fold).collect();
        let weights = train(&others, ridge);
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
            linear[at] += right(&|features| dot(&weights, features) as f32);
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
    eprintln!("{}", lines.join("\n"));
    made.right(
        "town, gva incidents with one report (the choice alone)",
        trees[1],
        all[1],
    );
    made.right(
        "town, reports of gva incidents with more (the choice alone)",
        trees[0],
        all[0],
    );
    made.right(
        "town, gva incidents with more, reports given, by the reports' chances",
        pool[2],
        pool[0],
    );
    (lines, misses)
}

/// Of one incident: whether the town is right that most reports choose, and that whose chances, where reports choose
/// it, add up to most.
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

fn dot(weights: &[f64], features: &[f32]) -> f64 {
    let all = weights.iter().zip(features);
    all.map(|(weight, value)| weight * f64::from(*value)).sum()
}

/// Grows the trees: the candidates of a report are options of one choice; of several that bear the gold name the first
/// is the one.
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
            let settings = trees::Settings {
                trees: 300,
                leaves: 8,
                rows: 25,
                l2: 5.0,
                columns: 0.5,
                seed,
                ..trees::Settings::default()
            };
            boost(&rows, &yes, &weight, Some(&groups), settings)
        })
        .collect();
    Trees::mean(&all)
}

/// Fits the weights: all candidates that bear the gold name are right together.
fn train(items: &[&Item], ridge: f64) -> Vec<f64> {
    let choices: Vec<Choice> = items
        .iter()
        .filter(|item| {
            item.candidates.iter().any(|one| one.1) && item.candidates.iter().any(|one| !one.1)
        })
        .map(|item| {
            let all = item.candidates.iter();
            let options: Vec<(Row, bool)> = all
                .map(|(one, right)| (dense(&one.features), *right))
                .collect();
            Choice {
                options,
                weight: 1.0,
            }
        })
        .collect();
    let ridge = ridge * choices.len().max(1) as f64;
    fit(&choices, &vec![ridge; FEATURES.len()])
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

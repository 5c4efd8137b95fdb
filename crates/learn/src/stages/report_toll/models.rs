//! The models of the toll, each without the reports of one fold.

use reader::{
    claims::report_toll,
    learned::{Linear, trees::Trees},
};

use super::reports::{Participant, Report};
use crate::{
    data::FOLDS,
    optim::{
        hashed::{self, Example, train},
        trees::{self, boost},
    },
};

/// Rounds of labelling and training.
const ROUNDS: usize = 4;

/// Count models of a slot that differ in the columns drawn; their mean count models.
const SEEDS: u64 = 3;

/// Whether a report trains the models of a fold.
fn trains(report: &Report, fold: usize) -> bool {
    report.source.fold != fold && report.source.fold < FOLDS
}

/// Whether a candidate counts, where the label's people tell: one person of theirs by age or by name.
fn known(candidate: &report_toll::Candidate, people: &[Participant], slot: usize) -> Option<bool> {
    if candidate.anaphoric && candidate.name == 0 && candidate.years.is_none() {
        return None;
    }
    let of = |fits: &dyn Fn(&Participant) -> bool| {
        let mut found = people
            .iter()
            .filter(|person| fits(person))
            .map(|person| person.hit[slot]);
        let first = found.next()?;
        found.all(|hit| hit == first).then_some(first)
    };
    if candidate.name != 0
        && let Some(hit) = of(&|person| person.name == candidate.name)
    {
        return Some(hit);
    }
    let years = candidate.years?;
    of(&|person| {
        person.years == Some(years)
            && (person.sex.is_none() || candidate.sex.is_none() || person.sex == candidate.sex)
    })
}

/// Which candidates count by the rules.
fn ruled(report: &Report, slot: usize) -> Vec<bool> {
    let said = report.sample.candidates.iter().map(|c| {
        let ruled = match slot {
            0 => c.killed.is_some(),
            _ => c.injured.is_some() && c.killed.is_none(),
        };
        report.source.gold[slot] > 0 && ruled && !c.other && c.n != Some(0)
    });
    said.collect()
}

/// Says anew which candidates of a report with people count: those that the model holds likely, and the best.
fn relabel(report: &Report, model: &Linear, counts: &mut [bool]) {
    let scores: Vec<f32> = report
        .sample
        .features
        .iter()
        .map(|f| model.probability(f))
        .collect();
    let best = scores.iter().copied().fold(0.0, f32::max);
    for (counts, score) in counts.iter_mut().zip(scores) {
        *counts = score > 0.5 || score == best;
    }
}

/// Scores candidates by whether they count in a slot.
pub fn classifier(reports: &[Report], slot: usize, fold: usize) -> Linear {
    let reports: Vec<&Report> = reports
        .iter()
        .filter(|report| trains(report, fold))
        .collect();
    let mut counts: Vec<Vec<bool>> = reports.iter().map(|report| ruled(report, slot)).collect();
    let known: Vec<Vec<Option<bool>>> = reports
        .iter()
        .map(|report| {
            let people = &report.source.people;
            report
                .sample
                .candidates
                .iter()
                .map(|c| known(c, people, slot))
                .collect()
        })
        .collect();
    let mut examples: Vec<Example> = reports
        .iter()
        .flat_map(|report| &report.sample.features)
        .map(|features| Example {
            features: features.clone(),
            class: 0,
            weight: 1.0,
        })
        .collect();
    let mut round = 1;
    loop {
        let labels =
            reports
                .iter()
                .zip(counts.iter().zip(&known))
                .flat_map(|(report, (counts, known))| {
                    counts.iter().zip(known).map(move |(yes, known)| {
                        let sure = *yes || report.source.gold[slot] == 0 || known.is_some();
                        (
                            known.unwrap_or(*yes),
                            report.source.weight * if sure { 1.0 } else { 0.4 },
                        )
                    })
                });
        for (example, (yes, weight)) in examples.iter_mut().zip(labels) {
            example.class = usize::from(yes);
            example.weight = weight;
        }
        let settings = hashed::Settings {
            rounds: if round == ROUNDS { 5 } else { 3 },
            rate: 0.4,
            l2: 1.0,
            ..hashed::Settings::default()
        };
        let model = train(&examples, settings);
        if round == ROUNDS {
            return model;
        }
        for (report, counts) in reports.iter().zip(&mut counts) {
            if report.source.gold[slot] > 0 {
                relabel(report, &model, counts);
            }
        }
        round += 1;
    }
}

/// The number of a report: killed, injured, or both together.
pub fn gold(report: &Report, of: usize) -> u64 {
    let [killed, injured] = report.source.gold;
    [killed, injured, killed + injured][of]
}

/// Whether the number of a group is that of the killed, the injured, of both.
pub fn group_scope(reports: &[Report], of: usize, fold: usize) -> Linear {
    let mut examples = Vec::new();
    for report in reports.iter().filter(|report| trains(report, fold)) {
        let all = report.sample.candidates.iter().zip(&report.sample.features);
        for (candidate, features) in all {
            if let Some(n @ 2..) = candidate.n {
                examples.push(Example {
                    features: features.clone(),
                    class: usize::from(n == gold(report, of)),
                    weight: report.source.weight,
                });
            }
        }
    }
    let settings = hashed::Settings {
        bits: 16,
        rounds: 5,
        ..hashed::Settings::default()
    };
    train(&examples, settings)
}

/// How many a report's words make likely.
pub fn prior_model(reports: &[Report], of: usize, fold: usize) -> Linear {
    let examples: Vec<Example> = reports
        .iter()
        .filter(|report| trains(report, fold))
        .map(|report| Example {
            features: report.sample.report.clone(),
            class: report_toll::count_class(gold(report, of)),
            weight: report.source.weight,
        })
        .collect();
    let settings = hashed::Settings {
        bits: 17,
        classes: 4,
        rounds: 8,
        ..hashed::Settings::default()
    };
    train(&examples, settings)
}

/// The options of both slots: number and features.
pub type Options = [Vec<(u64, Vec<f32>)>; 2];

/// Learns to choose one option of a slot.
pub fn count_model(reports: &[Report], options: &[Options], slot: usize, fold: usize) -> Trees {
    let (mut rows, mut yes, mut weight) = (Vec::new(), Vec::new(), Vec::new());
    let mut groups = Vec::new();
    for (at, (report, options)) in reports.iter().zip(options).enumerate() {
        let gold = report.source.gold[slot];
        // A number that no words give teaches nothing about choosing.
        if !trains(report, fold) || options[slot].iter().all(|(n, _)| *n != gold) {
            continue;
        }
        for (n, features) in &options[slot] {
            rows.push(features.clone());
            yes.push(*n == gold);
            weight.push(report.source.weight);
            groups.push(at as u32);
        }
    }
    seeded(&rows, &yes, &weight, &groups, trees::Settings::default())
}

/// The mean of trees that differ in the columns drawn.
fn seeded(
    rows: &[Vec<f32>],
    yes: &[bool],
    weight: &[f32],
    groups: &[u32],
    settings: trees::Settings,
) -> Trees {
    let all: Vec<Trees> = (1..=SEEDS)
        .map(|seed| {
            let settings = trees::Settings { seed, ..settings };
            boost(rows, yes, weight, Some(groups), settings)
        })
        .collect();
    Trees::mean(&all)
}

/// Pairs of both numbers, and their features.
pub type Pairs = Vec<([u64; 2], Vec<f32>)>;

/// Learns to choose the killed and the injured together.
pub fn pair(reports: &[Report], pairs: &[Pairs], fold: usize) -> Trees {
    let (mut rows, mut yes, mut weight) = (Vec::new(), Vec::new(), Vec::new());
    let mut groups = Vec::new();
    for (at, (report, pairs)) in reports.iter().zip(pairs).enumerate() {
        let gold = report.source.gold;
        if !trains(report, fold) || pairs.iter().all(|(pair, _)| *pair != gold) {
            continue;
        }
        for (pair, features) in pairs {
            rows.push(features.clone());
            yes.push(*pair == gold);
            weight.push(report.source.weight);
            groups.push(at as u32);
        }
    }
    let settings = trees::Settings {
        trees: 120,
        ..trees::Settings::default()
    };
    seeded(&rows, &yes, &weight, &groups, settings)
}

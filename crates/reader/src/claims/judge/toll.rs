//! A report's own figure: which of the numbers that it gives stands, as things are told, for everybody in its own
//! event.
//!
//! Comes in: the candidates of a report with their verdicts, and a slot. Goes out: how likely each number is. A
//! conditional logit over the numbers of the report and "none of them", with readable weights
//! (`data/judge/toll.weights`): the judge sees a candidate in its sentences, this sees the report as a whole, how often
//! a number is told, where first, and how large it is beside the others.

use std::{collections::BTreeMap, sync::LazyLock};

use model::StanceKind;

use super::{
    candidates::{Candidate, Form},
    verdict::{STANCES, Verdict},
};
use crate::learned::weights::{self, File, WeightsError};

/// What is looked at of a number, in the order of the weights.
pub const FEATURES: [&str; 16] = [
    // The largest log-odds that a mention of it is the report's own figure, and the sum of the chances.
    "own",
    "own-sum",
    // The largest log-chance that a mention counts people of the slot.
    "slot",
    // The largest log-odds that a mention counts everybody; the smallest that it is of another event.
    "whole",
    "background",
    // Whether it is the largest number of the report's main event; the log of its share of that.
    "largest",
    "share",
    // The log of how many mentions there are; whether the first is in the first sentence, in the next two; whether one
    // stands below.
    "mentions",
    "first",
    "lead",
    "below",
    // Whether no mention has a number word; the largest chance that a mention is denied; whether it is nobody, or one;
    // always.
    "unnumbered",
    "denied",
    "nobody",
    "one",
    "always",
];

/// Chance of the slot from which on a mention is looked at.
const LEAST: f32 = 0.25;

/// The file of the weights.
pub static FILE: File = File {
    path: "crates/reader/data/judge/toll.weights",
    stage: "judge-toll",
    features: &FEATURES,
    bytes: include_bytes!("../../../data/judge/toll.weights"),
};

static WEIGHTS: LazyLock<Result<Vec<f32>, WeightsError>> = LazyLock::new(|| FILE.named());

/// Whether the file of this build fits its code.
///
/// # Errors
/// If it does not.
pub fn check() -> Result<(), WeightsError> {
    weights::checked(&WEIGHTS)
}

/// Log-odds of a chance.
fn odds(chance: f32) -> f32 {
    let chance = chance.clamp(1e-6, 1.0 - 1e-6);
    (chance / (1.0 - chance)).ln()
}

/// The number that a candidate gives; `None` where its words give none.
pub(super) fn number(one: &Candidate) -> Option<u64> {
    let count = &one.count;
    let told = one.form == Form::Number || count.high == Some(1);
    match (count.stated, count.high) {
        (Some(stated), _) if told => Some(stated),
        (None, Some(_)) if told => Some(count.low),
        _ => None,
    }
}

/// The numbers of a report in one slot with what is looked at of each, in order of the numbers. `class` is the slot's
/// class in a verdict; `judged` are the candidates in order of their words, each with its verdict and its sentence.
pub fn options(
    class: usize,
    judged: &[(&Candidate, &Verdict, usize)],
) -> BTreeMap<u64, [f32; FEATURES.len()]> {
    let mut mentions: BTreeMap<u64, Vec<&(&Candidate, &Verdict, usize)>> = BTreeMap::new();
    for one in judged
        .iter()
        .filter(|(_, verdict, _)| verdict.slots[class] >= LEAST)
    {
        if let Some(n) = number(one.0) {
            mentions.entry(n).or_default().push(one);
        }
    }
    // Slots for which nobody said which figure is a report's own are told by whether everybody is counted.
    let own = |verdict: &Verdict| {
        if class <= 2 {
            verdict.own_figure
        } else {
            verdict.whole
        }
    };
    let largest = mentions
        .iter()
        .filter(|(n, told)| **n > 0 && told.iter().any(|(_, verdict, _)| verdict.background < 0.5))
        .map(|(n, _)| *n)
        .max();
    let denied = STANCES
        .iter()
        .position(|stance| *stance == StanceKind::Denied)
        .unwrap_or(0);
    mentions
        .iter()
        .map(|(&n, told)| {
            let most = |of: &dyn Fn(&Verdict) -> f32| {
                told.iter()
                    .map(|(_, verdict, _)| of(verdict))
                    .fold(f32::MIN, f32::max)
            };
            let first = told
                .iter()
                .map(|(.., sentence)| *sentence)
                .min()
                .unwrap_or(0);
            let flag = |yes: bool| f32::from(u8::from(yes));
            let row = [
                most(&|verdict| odds(own(verdict))),
                told.iter().map(|(_, verdict, _)| own(verdict)).sum(),
                most(&|verdict| verdict.slots[class].max(1e-6).ln()),
                most(&|verdict| odds(verdict.whole)),
                -most(&|verdict| -odds(verdict.background)),
                flag(largest == Some(n)),
                ((n + 1) as f32).ln() - ((largest.unwrap_or(0) + 1) as f32).ln(),
                (told.len() as f32).ln(),
                flag(first == 0),
                flag(first == 1 || first == 2),
                flag(told.iter().any(|(.., sentence)| *sentence > 0)),
                flag(told.iter().all(|(one, ..)| one.form != Form::Number)),
                most(&|verdict| verdict.stances[denied]),
                flag(n == 0),
                flag(n == 1),
                1.0,
            ];
            (n, row)
        })
        .collect()
}

/// How likely each number is the report's own figure; with "none" they sum to 1.
pub fn chances(class: usize, judged: &[(&Candidate, &Verdict, usize)]) -> BTreeMap<u64, f32> {
    let options = options(class, judged);
    let scores: Vec<f32> = options
        .values()
        .map(|row| {
            row.iter()
                .zip(weights::shipped(&WEIGHTS))
                .map(|(x, weight)| x * weight)
                .sum()
        })
        .collect();
    let most = scores.iter().fold(0.0_f32, |most, score| most.max(*score));
    let sum: f32 = (-most).exp() + scores.iter().map(|score| (score - most).exp()).sum::<f32>();
    options
        .keys()
        .zip(&scores)
        .map(|(n, score)| (*n, (score - most).exp() / sum))
        .collect()
}

/// How firmly each number stands as the report's own figure: its chance, and for the likeliest the chance that the
/// report gives any. A report that tells two totals by two voices has an own figure, whichever of them it is.
pub fn firmness(chances: &BTreeMap<u64, f32>) -> BTreeMap<u64, f32> {
    let any: f32 = chances.values().sum();
    let mut top: Option<(u64, f32)> = None;
    for (&n, &chance) in chances {
        if top.is_none_or(|(_, most)| chance > most) {
            top = Some((n, chance));
        }
    }
    let mut out = chances.clone();
    if let Some((n, _)) = top {
        out.insert(n, any.min(1.0));
    }
    out
}

/// The chance of the number that a candidate gives.
pub fn chance_of(one: &Candidate, chances: &BTreeMap<u64, f32>) -> f32 {
    number(one)
        .and_then(|n| chances.get(&n))
        .copied()
        .unwrap_or(0.0)
}

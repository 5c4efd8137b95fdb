//! Options: the numbers that a report's claims could give as its own toll, each with features that speak for and
//! against it.
//!
//! Comes in: scored candidates, their chains, what the rules counted. Goes out: one row of features an option. Every
//! option but 0 rests on words: a number said, or so many single people told of. Which option stands is for the trees
//! to say.

use super::{
    candidates::{Candidate, OPENING},
    inputs::OptionInputs,
    scores::count_class,
    strategies::{APART, strategies},
    totals::totals,
};

/// Names of the features of an option for the killed, in order; behind a colon stands how many features bear the name.
#[rustfmt::skip]
pub const KILLED: &[&str] = &[
    "number", "best, second and other slot's score:3", "likely mentions", "first likely sentence", "form",
    "additional", "by rule", "place of the head", "best of title, opening, rest:3", "best of more, of fewer:2",
    "best sentence", "tally:2", "tally with the dead:2", "ways of counting:6", "size of it", "sizes:4",
    "sizes of the other slot:4", "sizes of both:4", "compared with sums:24", "largest scores:4",
    "largest scores of the other slot:4", "sum of scores", "log chance of nobody",
    "largest scores of single people:4", "single people sure, half, likely:3",
    "single people of this slot alone", "single people named", "sum of single people",
    "groups most, likely, first:4", "first sentence, sums of sentences:3", "deeds", "additional people",
    "nobody said", "ruled:8", "candidates killed, injured, all:3", "last sentence", "shots",
    "largest group of the other slot", "group of both slots", "gone", "ordinal, opening, lists, dead, title:5",
    "best of opening and title:4",
];

/// The same for the injured, who are told what the killed came to.
#[rustfmt::skip]
pub const INJURED: &[&str] = &[
    "number", "best, second and other slot's score:3", "likely mentions", "first likely sentence", "form",
    "additional", "by rule", "place of the head", "best of title, opening, rest:3", "best of more, of fewer:2",
    "best sentence", "tally:2", "tally with the dead:2", "ways of counting:6", "size of it", "sizes:4",
    "sizes of the other slot:4", "sizes of both:4", "shares of the killed:3", "compared with sums:24",
    "largest scores:4", "largest scores of the other slot:4", "sum of scores", "log chance of nobody",
    "largest scores of single people:4", "single people sure, half, likely:3",
    "single people of this slot alone", "single people named", "sum of single people",
    "groups most, likely, first:4", "first sentence, sums of sentences:3", "deeds", "additional people",
    "nobody said", "ruled:8", "candidates killed, injured, all:3", "last sentence", "shots",
    "largest group of the other slot", "group of both slots", "gone", "ordinal, opening, lists, dead, title:5",
    "best of opening and title:4",
];

/// Most people an option counts; the weights saw no larger tolls.
const MAX_COUNT: u64 = 200;

/// The options of a report, smallest first, each with its features.
pub fn options(inputs: &OptionInputs<'_>) -> Vec<(u64, Vec<f32>)> {
    let totals = totals(inputs);
    let mut numbers: Vec<u64> = totals
        .proposed
        .iter()
        .copied()
        .filter(|n| (1..=MAX_COUNT).contains(n))
        .collect();
    numbers.push(0);
    if !inputs.candidates.is_empty() {
        numbers.push(1);
    }
    numbers.extend((2..=5).filter(|n| totals.singles >= *n && totals.likely >= *n));
    numbers.sort_unstable();
    numbers.dedup();
    let strategies = strategies(
        inputs.candidates,
        inputs.chains,
        inputs.sentences,
        inputs.scores,
        inputs.other_scores,
    );
    numbers
        .into_iter()
        .map(|n| {
            let mut row = speaking(inputs, n);
            let dead = inputs.predicted.map_or(0, |predicted| predicted.number);
            row.extend(scope_features(inputs.candidates, inputs.group_scope, n));
            row.extend(scope_features(
                inputs.candidates,
                inputs.group_scope_both,
                n + dead,
            ));
            let at = n.min(APART as u64 - 1) as usize;
            row.extend(strategies.iter().map(|chances| chances[at].max(1e-3).ln()));
            row.push(inputs.prior[count_class(n)]);
            row.extend(inputs.prior);
            row.extend(inputs.prior_other);
            row.extend(inputs.prior_both);
            row.extend(
                inputs
                    .predicted
                    .iter()
                    .flat_map(|predicted| predicted.shares),
            );
            row.extend(
                totals
                    .compared
                    .iter()
                    .map(|value| (value - n as f32).clamp(-5.0, 5.0)),
            );
            row.extend(&totals.features);
            (n, row)
        })
        .collect()
}

/// How likely a group's number is this one, and how likely it is another: the best of each.
pub fn scope_features(candidates: &[Candidate], group_scope: &[f32], n: u64) -> [f32; 2] {
    let (mut this, mut another) = (0.0_f32, 0.0_f32);
    for (candidate, &p) in candidates.iter().zip(group_scope) {
        let best = if candidate.n == Some(n) {
            &mut this
        } else {
            &mut another
        };
        *best = best.max(p);
    }
    [this, another]
}

/// What speaks for a number: the candidates that say it.
fn speaking(inputs: &OptionInputs<'_>, n: u64) -> Vec<f32> {
    let mut best: Option<usize> = None;
    let mut second = 0.0_f32;
    let (mut likely, mut first) = (0.0_f32, 40.0_f32);
    // The same of the title, the opening and the rest, and what other numbers have for them.
    let (mut title, mut opening, mut rest) = (0.0_f32, 0.0_f32, 0.0_f32);
    let (mut more, mut fewer) = (0.0_f32, 0.0_f32);
    for (at, candidate) in inputs.candidates.iter().enumerate() {
        let p = inputs.scores[at];
        if !candidate.says(n) {
            match candidate.n {
                Some(m) if m > n && m > 1 => more = more.max(p),
                Some(m) if m > 1 => fewer = fewer.max(p),
                _ => {}
            }
            continue;
        }
        let part = if inputs.sentences[at] < inputs.title {
            &mut title
        } else if inputs.sentences[at] < OPENING {
            &mut opening
        } else {
            &mut rest
        };
        *part = part.max(p);
        if p > 0.3 {
            likely += 1.0;
            first = first.min(inputs.sentences[at] as f32);
        }
        match best {
            Some(known) if inputs.scores[known] >= p => second = second.max(p),
            known => {
                second = known.map_or(second, |known| inputs.scores[known]);
                best = Some(at);
            }
        }
    }
    let told = best.map(|at| &inputs.candidates[at]);
    vec![
        n as f32,
        best.map_or(0.0, |at| inputs.scores[at]),
        second,
        best.map_or(0.0, |at| inputs.other_scores[at]),
        likely,
        first,
        told.map_or(-1.0, |c| f32::from(c.form as u8)),
        told.map_or(-1.0, |c| f32::from(u8::from(c.additional))),
        told.map_or(0.0, |c| {
            f32::from(u8::from(c.killed.is_some()) + 2 * u8::from(c.injured.is_some()))
        }),
        told.map_or(-1.0, |c| c.head as f32 / 10.0),
        title,
        opening,
        rest,
        more,
        fewer,
        best.map_or(40.0, |at| inputs.sentences[at] as f32),
    ]
}

//! Pairs: the killed and the hurt of a report weighed together.
//!
//! Comes in: the options of both slots with the chance of each, and the scores they came from. Goes out: rows of
//! features, one for the two numbers of each pair, for trees to choose among. "Four shot, two dead" leaves two hurt:
//! what a report says of all who were shot bears on both numbers at once, and neither slot alone sees it.

use super::{
    candidates::{Form, OPENING},
    options::scope_features,
    sample::Sample,
    scores::{Distribution, Scored, count_class},
    strategies::{APART, Chances, strategies},
};
use crate::learned::{softmax, trees::Trees};

/// Names of the features of a pair, in order; behind a colon stands how many features bear the name.
#[rustfmt::skip]
pub const FEATURES: &[&str] = &[
    "log chances of killed, injured, both:3", "ranks:2", "numbers:3", "tally of the killed:2",
    "size of the killed", "tally of the injured:2", "size of the injured", "tally of both:2", "size of both",
    "ways of counting:6", "against all who were shot:4", "one sentence, and of the title:6", "best scores:2",
];

/// Options of a slot that are paired: the likeliest.
const EACH: usize = 6;

/// The pairs of a report, likeliest killed and hurt first, each with its features.
pub fn pairs(
    sample: &Sample,
    scored: &Scored,
    distribution: &[Distribution; 2],
) -> Vec<([u64; 2], Vec<f32>)> {
    let [killed, injured] = distribution.each_ref().map(likeliest);
    let all = Everybody::new(sample, scored);
    let mut out = Vec::with_capacity(killed.len() * injured.len());
    for (k_rank, &(k, k_chance)) in killed.iter().enumerate() {
        for (i_rank, &(i, i_chance)) in injured.iter().enumerate() {
            let mut row = vec![
                k_chance.max(1e-4).ln(),
                i_chance.max(1e-4).ln(),
                k_chance.max(1e-4).ln() + i_chance.max(1e-4).ln(),
                k_rank as f32,
                i_rank as f32,
                (k as f32).min(20.0),
                (i as f32).min(20.0),
                ((k + i) as f32).min(20.0),
            ];
            all.speak(sample, scored, [k, i], &mut row);
            out.push(([k, i], row));
        }
    }
    out
}

/// The numbers of each slot with the chance of each: the sums over the pairs that hold it.
pub fn distribution(pairs: &[([u64; 2], Vec<f32>)], count_model: &Trees) -> [Distribution; 2] {
    let mut chances: Vec<f32> = pairs
        .iter()
        .map(|(_, row)| count_model.score(row))
        .collect();
    softmax(&mut chances);
    [0, 1].map(|slot| {
        let mut out: Distribution = Vec::new();
        for ((pair, _), p) in pairs.iter().zip(&chances) {
            match out.iter_mut().find(|(n, _)| *n == pair[slot]) {
                Some((_, sum)) => *sum += p,
                None => out.push((pair[slot], *p)),
            }
        }
        out
    })
}

fn likeliest(distribution: &Distribution) -> Vec<(u64, f32)> {
    let mut out = distribution.clone();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out.truncate(EACH);
    out
}

/// What is told of all who were shot, killed or not.
struct Everybody {
    /// Chances of each number, by several strategies of counting.
    strategies: [Chances; 6],
    /// The largest number of a group likely to be counted, of the report and of its opening.
    most: [u64; 2],
    /// The last of those counted one by one.
    ordinal: u64,
    /// Of a noun for the event: "a triple shooting".
    event: u64,
}

impl Everybody {
    fn new(sample: &Sample, scored: &Scored) -> Self {
        let either: Vec<f32> = scored.by_slot[0]
            .iter()
            .zip(&scored.by_slot[1])
            .map(|(a, b)| a.max(*b))
            .collect();
        let neither = vec![0.0; either.len()];
        let told = || {
            let all = sample.candidates.iter().zip(&either).enumerate();
            all.filter(|(_, (_, p))| **p > 0.2)
                .map(|(at, (candidate, _))| (at, candidate))
        };
        let numbers = |opening: bool| {
            told()
                .filter(|(at, one)| {
                    one.form != Form::Event && (!opening || sample.sentences[*at] < OPENING)
                })
                .filter_map(|(_, one)| one.n)
                .max()
                .unwrap_or(0)
        };
        Self {
            strategies: strategies(
                &sample.candidates,
                &sample.chains,
                &sample.sentences,
                &either,
                &neither,
            ),
            most: [numbers(false), numbers(true)],
            ordinal: told().map(|(_, one)| one.ordinal).max().unwrap_or(0),
            event: sample
                .candidates
                .iter()
                .filter(|one| one.form == Form::Event)
                .filter_map(|one| one.n)
                .max()
                .unwrap_or(0),
        }
    }

    /// What speaks for a pair.
    fn speak(&self, sample: &Sample, scored: &Scored, pair: [u64; 2], row: &mut Vec<f32>) {
        let [k, i] = pair;
        let both = k + i;
        for (of, n) in [k, i, both].into_iter().enumerate() {
            row.extend(scope_features(
                &sample.candidates,
                &scored.group_scopes[of],
                n,
            ));
            row.push(scored.priors[of][count_class(n)]);
        }
        let at = both.min(APART as u64 - 1) as usize;
        row.extend(
            self.strategies
                .iter()
                .map(|chances| chances[at].max(1e-3).ln()),
        );
        for n in [self.most[0], self.most[1], self.ordinal, self.event] {
            row.push((n as f32 - both as f32).clamp(-5.0, 5.0));
        }
        row.extend(together(sample, scored, pair));
        row.extend(scored.by_slot.iter().map(|own| {
            let best = own.iter().copied().fold(0.0, f32::max);
            (best * 50.0).round() / 50.0
        }));
    }
}

/// How well one sentence says both numbers, or one with the sum of both: the best sentence, and the best of the title.
fn together(sample: &Sample, scored: &Scored, [k, i]: [u64; 2]) -> [f32; 6] {
    let mut out = [0.0_f32; 6];
    let mut at = 0;
    for sentence in sample.sentences.chunk_by(|a, b| a == b) {
        let range = at..at + sentence.len();
        at = range.end;
        // The best candidate that says a number by these scores.
        let best = |n: u64, scores: &[f32]| {
            range
                .clone()
                .filter(|&at| n > 0 && sample.candidates[at].says(n))
                .map(|at| scores[at])
                .fold(0.0, f32::max)
        };
        let killed = best(k, &scored.by_slot[0]);
        let injured = best(i, &scored.by_slot[1]);
        let both = best(k + i, &scored.group_scopes[2]);
        let found = [killed * injured, both * killed, both * injured];
        let titled = sentence[0] < sample.title;
        for (of, value) in found.into_iter().enumerate() {
            out[of] = out[of].max(value);
            if titled {
                out[of + 3] = out[of + 3].max(value);
            }
        }
    }
    out
}

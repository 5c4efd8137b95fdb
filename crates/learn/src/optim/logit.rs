//! Conditional logit: weights by which one of a few options is chosen, fitted to the optimum by L-BFGS.
//!
//! Comes in: choices, each of some options of which one or more are right, and a ridge penalty a weight. Goes out: the
//! weights that make the right options likeliest, less the penalty. A yes or no is a choice between a row and nothing.
//! The method is that of Liu and Nocedal (1989, "On the limited memory BFGS method for large scale optimization") with
//! halved steps; it begins at zero and uses no chance.

/// An option: features by their numbers, and their values. What has no features scores 0.
pub type Row = Vec<(u32, f32)>;

/// Options of which one is to be chosen.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// The options, each with whether it is right.
    pub options: Vec<(Row, bool)>,
    /// How much the choice counts; 1 is usual.
    pub weight: f64,
}

impl Choice {
    /// A yes or no by the features of one row.
    pub fn yes_or_no(row: Row, yes: bool, weight: f64) -> Self {
        Self {
            options: vec![(row, yes), (Row::new(), !yes)],
            weight,
        }
    }
}

/// The features of a dense row.
pub fn dense(values: &[f32]) -> Row {
    let all = values.iter().enumerate();
    all.filter(|(_, value)| **value != 0.0)
        .map(|(at, value)| (at as u32, *value))
        .collect()
}

/// Steps remembered.
const MEMORY: usize = 10;
/// Most steps; it is there long before.
const STEPS: usize = 1000;
/// Slope, by how much the choices count in all, at which it is there.
const FLAT: f64 = 1e-7;
/// Most halvings of a step.
const HALVINGS: usize = 40;

/// Fits a weight for each entry of `ridge`, the penalty on half its square. A choice with no right option, or with none
/// wrong, teaches nothing.
pub fn fit(choices: &[Choice], ridge: &[f64]) -> Vec<f64> {
    let choices: Vec<&Choice> = choices
        .iter()
        .filter(|choice| {
            choice.options.iter().any(|(_, right)| *right)
                && choice.options.iter().any(|(_, right)| !*right)
        })
        .collect();
    let total: f64 = choices.iter().map(|choice| choice.weight).sum();
    let mut weights = vec![0.0; ridge.len()];
    let mut slope = vec![0.0; ridge.len()];
    let mut loss = measure(&choices, ridge, &weights, &mut slope);
    // Steps and changes of the slope, the latest last.
    let mut memory: Vec<(Vec<f64>, Vec<f64>, f64)> = Vec::new();
    for _ in 0..STEPS {
        let steepest = slope.iter().fold(0.0_f64, |most, s| most.max(s.abs()));
        if steepest <= FLAT * total.max(1.0) {
            break;
        }
        let mut way = direction(&slope, &memory);
        let mut down = dot(&way, &slope);
        if down >= 0.0 {
            memory.clear();
            way = slope.iter().map(|s| -s).collect();
            down = -dot(&slope, &slope);
        }
        let mut length = if memory.is_empty() {
            1.0 / steepest
        } else {
            1.0
        };
        let mut found = None;
        for _ in 0..HALVINGS {
            let next: Vec<f64> = weights
                .iter()
                .zip(&way)
                .map(|(w, d)| w + length * d)
                .collect();
            let mut next_slope = vec![0.0; ridge.len()];
            let next_loss = measure(&choices, ridge, &next, &mut next_slope);
            if next_loss <= loss + 1e-4 * length * down {
                found = Some((next, next_slope, next_loss));
                break;
            }
            length /= 2.0;
        }
        let Some((next, next_slope, next_loss)) = found else {
            break;
        };
        let step: Vec<f64> = next.iter().zip(&weights).map(|(a, b)| a - b).collect();
        let change: Vec<f64> = next_slope.iter().zip(&slope).map(|(a, b)| a - b).collect();
        let curve = dot(&step, &change);
        if curve > 1e-12 * dot(&change, &change) {
            if memory.len() == MEMORY {
                memory.remove(0);
            }
            memory.push((step, change, curve));
        }
        (weights, slope, loss) = (next, next_slope, next_loss);
    }
    weights
}

/// Minus the slope as the remembered curvature turns it.
fn direction(slope: &[f64], memory: &[(Vec<f64>, Vec<f64>, f64)]) -> Vec<f64> {
    let mut way: Vec<f64> = slope.iter().map(|s| -s).collect();
    let mut shares = Vec::with_capacity(memory.len());
    for (step, change, curve) in memory.iter().rev() {
        let share = dot(step, &way) / curve;
        add(&mut way, change, -share);
        shares.push(share);
    }
    if let Some((_, change, curve)) = memory.last() {
        let scale = curve / dot(change, change);
        way.iter_mut().for_each(|d| *d *= scale);
    }
    for ((step, change, curve), share) in memory.iter().zip(shares.into_iter().rev()) {
        let back = dot(change, &way) / curve;
        add(&mut way, step, share - back);
    }
    way
}

/// The loss at some weights; its slope goes into `slope`, which holds zeros.
fn measure(choices: &[&Choice], ridge: &[f64], weights: &[f64], slope: &mut [f64]) -> f64 {
    let mut loss = 0.0;
    let mut scores = Vec::new();
    for choice in choices {
        scores.clear();
        scores.extend(choice.options.iter().map(|(row, _)| score(row, weights)));
        let top = scores.iter().copied().fold(f64::MIN, f64::max);
        let (mut all, mut good) = (0.0, 0.0);
        for (score, (_, right)) in scores.iter_mut().zip(&choice.options) {
            *score = (*score - top).exp();
            all += *score;
            if *right {
                good += *score;
            }
        }
        let good = good.max(1e-300);
        loss -= choice.weight * (good / all).ln();
        for (share, (row, right)) in scores.iter().zip(&choice.options) {
            let wanted = if *right { share / good } else { 0.0 };
            let pull = choice.weight * (share / all - wanted);
            for &(at, value) in row {
                slope[at as usize] += pull * f64::from(value);
            }
        }
    }
    for ((slope, weight), ridge) in slope.iter_mut().zip(weights).zip(ridge) {
        *slope += ridge * weight;
        loss += 0.5 * ridge * weight * weight;
    }
    loss
}

/// What an option scores.
pub fn score(row: &[(u32, f32)], weights: &[f64]) -> f64 {
    row.iter()
        .map(|&(at, value)| weights[at as usize] * f64::from(value))
        .sum()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn add(to: &mut [f64], what: &[f64], times: f64) {
    for (to, what) in to.iter_mut().zip(what) {
        *to += times * what;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_optimum_of_a_yes_or_no_is_where_chances_meet_shares() {
        // Three of four with the feature are a yes, one of four without: the weights are the log-odds.
        let choices: Vec<Choice> = (0..80)
            .map(|i| {
                let has = i % 2 == 0;
                let yes = if has { i % 8 != 0 } else { i % 8 == 1 };
                let row = if has {
                    vec![(0, 1.0), (1, 1.0)]
                } else {
                    vec![(1, 1.0)]
                };
                Choice::yes_or_no(row, yes, 1.0)
            })
            .collect();
        let weights = fit(&choices, &[1e-9, 1e-9]);
        assert!((weights[1] + 3.0_f64.ln()).abs() < 1e-4, "{weights:?}");
        assert!(
            (weights[0] - 2.0 * 3.0_f64.ln()).abs() < 1e-4,
            "{weights:?}"
        );
        // A penalty draws a weight towards nothing, and no step is left to take.
        let held = fit(&choices, &[10.0, 1e-9]);
        assert!(held[0] > 0.1 && held[0] < weights[0]);
        let mut slope = vec![0.0; 2];
        let all: Vec<&Choice> = choices.iter().collect();
        measure(&all, &[10.0, 1e-9], &held, &mut slope);
        assert!(slope.iter().all(|s| s.abs() < 1e-4), "{slope:?}");
    }

    #[test]
    fn one_of_several_is_chosen_and_what_teaches_nothing_does_not_matter() {
        let option = |at: u32, right: bool| (vec![(at, 1.0)], right);
        let mut choices = vec![
            Choice {
                options: vec![option(0, false), option(1, true), option(2, false)],
                weight: 1.0,
            };
            20
        ];
        let weights = fit(&choices, &[1.0; 3]);
        assert!(weights[1] > 1.0 && weights[0] < 0.0 && (weights[0] - weights[2]).abs() < 1e-9);
        choices.push(Choice {
            options: vec![option(0, false), option(2, false)],
            weight: 1.0,
        });
        choices.push(Choice {
            options: vec![option(2, true)],
            weight: 1.0,
        });
        assert_eq!(fit(&choices, &[1.0; 3]), weights);
    }
}

//! What the weights say of a report, and what rules counted in it.

use model::Basis;

use crate::learned::{Features, Linear, softmax, trees::Trees};

/// What the weights say of a report before anything is chosen.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// How likely each candidate is of the people of a slot of [`SLOTS`], 0–1.
    pub by_slot: [Vec<f32>; 2],
    /// How likely each group's number is that of the killed, of the hurt, of all who were shot; 0 for what is no group.
    pub group_scopes: [Vec<f32>; 3],
    /// How many the words make likely: killed, hurt, both together.
    pub priors: [CountPrior; 3],
}

impl Scored {
    /// The scores of some candidates, with these priors.
    pub fn narrowed(&self, kept: &[usize], priors: [CountPrior; 3]) -> Self {
        let of = |all: &Vec<f32>| kept.iter().map(|&at| all[at]).collect();
        Self {
            by_slot: self.by_slot.each_ref().map(of),
            group_scopes: self.group_scopes.each_ref().map(of),
            priors,
        }
    }
}

/// What a rule counted in the report's main event.
#[derive(Clone, Debug)]
pub struct Ruled {
    /// Smallest number.
    pub low: u64,
    /// Counts everybody, not a part of the people.
    pub all: bool,
    /// A plural without a number.
    pub bare: bool,
    /// How it was come by.
    pub basis: Basis,
}

/// How likely the words of a whole report make it that nobody, one, two, or more were killed (or hurt):
/// log-probabilities. No value comes from them: they weigh the options that words give.
pub type CountPrior = [f32; COUNT_CLASSES];

/// How many classes of number it tells apart.
pub const COUNT_CLASSES: usize = 4;

/// The class of a number among [`CountPrior`].
pub fn count_class(n: u64) -> usize {
    n.min(3) as usize
}

/// The prior by a model of four classes.
pub fn count_prior(model: &Linear, report: &Features) -> CountPrior {
    let mut out = [0.0; COUNT_CLASSES];
    model.scores(report, &mut out);
    softmax(&mut out);
    out.map(|p| p.max(1e-4).ln())
}

/// What came out for one slot.
#[derive(Clone, Copy, Debug)]
pub struct Prediction {
    /// The number chosen: the first of equals.
    pub number: u64,
    /// How likely it is, 0–1.
    pub chance: f32,
    /// How likely it is 0, 1, or more; they sum to 1.
    pub shares: [f32; 3],
}

/// The options of a slot with the chance of each; the chances sum to 1.
pub type Distribution = Vec<(u64, f32)>;

/// Weighs the options of a slot.
pub fn distribution(options: &[(u64, Vec<f32>)], count_model: &Trees) -> Distribution {
    let mut chances: Vec<f32> = options
        .iter()
        .map(|(_, row)| count_model.score(row))
        .collect();
    softmax(&mut chances);
    options.iter().map(|(n, _)| *n).zip(chances).collect()
}

/// The likeliest option, 0 where there are none, and the shares.
pub fn predicted(distribution: &Distribution) -> Prediction {
    let mut best = (0, 0.0);
    let mut shares = [0.0; 3];
    for &(n, p) in distribution {
        if p > best.1 {
            best = (n, p);
        }
        shares[n.min(2) as usize] += p;
    }
    Prediction {
        number: best.0,
        chance: best.1,
        shares,
    }
}

//! What the weights say of a report, and what rules counted in it.

use model::Basis;

use crate::learned::{Features, Linear, softmax, trees::Trees};

/// What the weights say of a report before anything is chosen.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// How likely each candidate is of the people of a slot of [`SLOTS`], 0–1.
    pub own: [Vec<f32>; 2],
    /// How likely each group's number is that of the killed, of the hurt, of all who were shot; 0 for what is no group.
    pub tallies: [Vec<f32>; 3],
    /// How many the words make likely: killed, hurt, both together.
    pub sizes: [Sizes; 3],
}

impl Scored {
    /// The scores of some candidates, with these sizes.
    pub fn narrowed(&self, kept: &[usize], sizes: [Sizes; 3]) -> Self {
        let of = |all: &Vec<f32>| kept.iter().map(|&at| all[at]).collect();
        Self {
            own: self.own.each_ref().map(of),
            tallies: self.tallies.each_ref().map(of),
            sizes,
        }
    }
}

/// What a rule counted in the report's own happening.
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
pub type Sizes = [f32; SIZES];

/// How many sizes are told apart.
pub const SIZES: usize = 4;

/// The class of a number among [`Sizes`].
pub fn size_of(n: u64) -> usize {
    n.min(3) as usize
}

/// The sizes by a model of four classes.
pub fn sizes(model: &Linear, report: &Features) -> Sizes {
    let mut out = [0.0; SIZES];
    model.scores(report, &mut out);
    softmax(&mut out);
    out.map(|p| p.max(1e-4).ln())
}

/// What came out for one slot.
#[derive(Clone, Copy, Debug)]
pub struct Settled {
    /// The number chosen: the first of equals.
    pub number: u64,
    /// How likely it is, 0–1.
    pub chance: f32,
    /// How likely it is 0, 1, or more; they sum to 1.
    pub shares: [f32; 3],
}

/// The options of a slot with the chance of each; the chances sum to 1.
pub type Judged = Vec<(u64, f32)>;

/// Judges the options of a slot.
pub fn judged(options: &[(u64, Vec<f32>)], judge: &Trees) -> Judged {
    let mut chances: Vec<f32> = options.iter().map(|(_, row)| judge.score(row)).collect();
    softmax(&mut chances);
    options.iter().map(|(n, _)| *n).zip(chances).collect()
}

/// The likeliest option, 0 where there are none, and the shares.
pub fn settled(judged: &Judged) -> Settled {
    let mut best = (0, 0.0);
    let mut shares = [0.0; 3];
    for &(n, p) in judged {
        if p > best.1 {
            best = (n, p);
        }
        shares[n.min(2) as usize] += p;
    }
    Settled {
        number: best.0,
        chance: best.1,
        shares,
    }
}

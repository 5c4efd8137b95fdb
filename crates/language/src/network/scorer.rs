//! Scores of a transition system's actions.

use super::{
    dense::Dense,
    encoder::Rows,
    kernel::{LANES, Lane, Simd, Task, ZERO, flat, lanes},
};
use crate::prepared::TransitionData;

/// The layers of a transition model.
pub(crate) struct Scorer {
    squeeze: Dense,
    lower: Dense,
    upper: Dense,
    pad: Vec<Lane>,
    bias: Vec<Lane>,
}

/// What each token adds to the hidden layer in each of the state's places, worked out for all tokens at once.
#[derive(Default)]
pub(crate) struct Sums {
    squeezed: Vec<Lane>,
    parts: Vec<Lane>,
    hidden: Vec<Lane>,
    scores: Vec<Lane>,
}

impl Scorer {
    pub(crate) fn new(data: &TransitionData) -> Self {
        let (features, hidden) = (data.features as usize, data.hidden as usize);
        let pieces = data.pieces as usize;
        // All first pieces of a feature, then all second ones: the maximum is then taken between two runs.
        let order = |i: usize| {
            let (feature, rest) = (i / (hidden * pieces), i % (hidden * pieces));
            (feature * hidden + rest % hidden) * pieces + rest / hidden
        };
        let ordered = |numbers: &[f32]| {
            let numbers: Vec<f32> = (0..numbers.len()).map(|i| numbers[order(i)]).collect();
            lanes(&numbers)
        };
        Self {
            squeeze: Dense::new(&data.squeeze.w, &data.squeeze.b, hidden, |i| i),
            lower: Dense::new(&data.lower.w, &[], features * hidden * pieces, order),
            upper: Dense::new(&data.upper.w, &data.upper.b, data.upper.b.len(), |i| i),
            pad: ordered(&data.pad),
            bias: ordered(&data.lower.b),
        }
    }

    /// Works out the parts of all tokens.
    pub(crate) fn prepare(&self, simd: Simd, rows: &Rows, sums: &mut Sums) {
        let n = rows.offsets().len();
        let hidden = self.squeeze.lanes();
        sums.squeezed.resize(n * hidden, ZERO);
        self.squeeze
            .apply(simd, rows.numbers(), rows.offsets(), &mut sums.squeezed);
        sums.parts.resize(n * self.lower.lanes(), ZERO);
        let at: Vec<usize> = (0..n).map(|i| i * hidden * LANES).collect();
        self.lower
            .apply(simd, flat(&sums.squeezed), &at, &mut sums.parts);
        sums.hidden.resize(hidden, ZERO);
        sums.scores.resize(self.upper.lanes(), ZERO);
    }

    /// Scores every action for a state whose features are these tokens (negative: absent).
    pub(crate) fn score<'a, const N: usize>(
        &self,
        simd: Simd,
        tokens: &[i64; N],
        sums: &'a mut Sums,
    ) -> &'a [f32] {
        simd.run(Hidden {
            scorer: self,
            tokens,
            parts: &sums.parts,
            hidden: &mut sums.hidden,
        });
        self.upper
            .apply_one(simd, flat(&sums.hidden), &mut sums.scores);
        &flat(&sums.scores)[..self.upper.outputs()]
    }

    /// Multiply-adds of a token in a parse of `steps` actions a token.
    pub(crate) fn multiply_adds(&self, steps: usize) -> usize {
        self.squeeze.multiply_adds()
            + self.lower.multiply_adds()
            + steps * self.upper.multiply_adds()
    }
}

/// Sums the features' parts and takes the largest piece of each hidden output.
struct Hidden<'a, const N: usize> {
    scorer: &'a Scorer,
    tokens: &'a [i64; N],
    parts: &'a [Lane],
    hidden: &'a mut [Lane],
}

impl<const N: usize> Task for Hidden<'_, N> {
    #[inline(always)]
    fn run(self) {
        let width = self.scorer.bias.len();
        let part = |feature: usize| match usize::try_from(self.tokens[feature]) {
            Ok(token) => &self.parts[(token * N + feature) * width..][..width],
            Err(_) => &self.scorer.pad[feature * width..][..width],
        };
        let parts: [&[Lane]; N] = std::array::from_fn(part);
        let n = self.hidden.len();
        for (i, hidden) in self.hidden.iter_mut().enumerate() {
            let mut best = None;
            for at in (i..width).step_by(n) {
                let mut sum = parts[0][at];
                for part in &parts[1..] {
                    sum = sum.plus(part[at]);
                }
                let sum = sum.plus(self.scorer.bias[at]);
                best = Some(match best {
                    Some(best) => sum.max(best),
                    None => sum,
                });
            }
            *hidden = best.unwrap_or(ZERO);
        }
    }
}

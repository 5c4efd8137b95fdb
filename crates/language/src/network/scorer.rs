//! Scores of a transition system's actions.

use super::{dense::Dense, encoder::Rows, kernel::Simd};
use crate::prepared::TransitionData;

/// The layers of a transition model.
pub(crate) struct Scorer {
    squeeze: Dense,
    lower: Dense,
    upper: Dense,
    features: usize,
    hidden: usize,
    pieces: usize,
    pad: Vec<f32>,
    bias: Vec<f32>,
}

/// What each token adds to the hidden layer in each of the state's places, worked out for all tokens at once.
#[derive(Default)]
pub(crate) struct Sums {
    squeezed: Vec<f32>,
    parts: Vec<f32>,
    hidden: Vec<f32>,
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
        Self {
            squeeze: Dense::new(&data.squeeze.w, &data.squeeze.b, hidden, |i| i),
            lower: Dense::new(&data.lower.w, &[], features * hidden * pieces, order),
            upper: Dense::new(&data.upper.w, &data.upper.b, data.upper.b.len(), |i| i),
            features,
            hidden,
            pieces,
            pad: (0..data.pad.len()).map(|i| data.pad[order(i)]).collect(),
            bias: (0..data.lower.b.len())
                .map(|i| data.lower.b[order(i)])
                .collect(),
        }
    }

    /// Works out the parts of all tokens.
    pub(crate) fn prepare(&self, simd: Simd, rows: &Rows, sums: &mut Sums) {
        let n = rows.offsets().len();
        sums.squeezed.resize(n * self.hidden, 0.0);
        self.squeeze.apply(
            simd,
            rows.numbers(),
            rows.offsets(),
            &mut sums.squeezed,
            self.hidden,
        );
        let width = self.lower.outputs();
        sums.parts.resize(n * width, 0.0);
        let at: Vec<usize> = (0..n).map(|i| i * self.hidden).collect();
        self.lower
            .apply(simd, &sums.squeezed, &at, &mut sums.parts, width);
    }

    /// Scores every action for a state whose features are these tokens (negative: absent).
    pub(crate) fn score(&self, simd: Simd, tokens: &[i64], sums: &mut Sums, scores: &mut [f32]) {
        let width = self.hidden * self.pieces;
        let mut total = [0.0; 512];
        let total = &mut total[..width];
        for (feature, &token) in tokens.iter().enumerate() {
            let part = match usize::try_from(token) {
                Ok(token) => &sums.parts[(token * self.features + feature) * width..][..width],
                Err(_) => &self.pad[feature * width..][..width],
            };
            for (total, part) in total.iter_mut().zip(part) {
                *total += part;
            }
        }
        for (total, bias) in total.iter_mut().zip(&self.bias) {
            *total += bias;
        }
        sums.hidden.clear();
        sums.hidden.extend_from_slice(&total[..self.hidden]);
        for piece in total[self.hidden..].chunks_exact(self.hidden) {
            for (hidden, &x) in sums.hidden.iter_mut().zip(piece) {
                *hidden = hidden.max(x);
            }
        }
        self.upper
            .apply(simd, &sums.hidden, &[0], scores, self.upper.outputs());
    }

    /// Number of actions.
    pub(crate) fn actions(&self) -> usize {
        self.upper.outputs()
    }
}

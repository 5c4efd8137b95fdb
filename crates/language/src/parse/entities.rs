//! The entity recogniser: begin, in, last, unit, out, from left to right.

use crate::network::{Scorer, Simd, Sums};

/// Kinds of action, numbered as in the package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntityMove {
    Missing,
    Begin,
    In,
    Last,
    Unit,
    Out,
}

impl EntityMove {
    pub(crate) fn from_kind(kind: u8) -> Option<Self> {
        use EntityMove::*;
        [Missing, Begin, In, Last, Unit, Out]
            .get(usize::from(kind))
            .copied()
    }
}

/// The recogniser: what each output of the network does. Label 0 is the empty one.
pub(crate) struct Entities {
    pub actions: Vec<(EntityMove, u16)>,
}

impl Entities {
    /// Finds the entities among the tokens `first..first + length` of a prepared batch: (start, end, label), relative
    /// to `first`.
    pub(crate) fn find(
        &self,
        simd: Simd,
        scorer: &Scorer,
        sums: &mut Sums,
        first: usize,
        is_space: &dyn Fn(usize) -> bool,
        sent_start: &[bool],
    ) -> Vec<(usize, usize, u16)> {
        let length = sent_start.len();
        let mut found = Vec::new();
        let mut open: Option<(usize, u16)> = None;
        for i in 0..length {
            let at = |token: usize| (first + token) as i64;
            let words = match open {
                Some((start, _)) => [at(i), at(start), at(i) - 1],
                None => [at(i), -1, -1],
            };
            let scores = scorer.score(simd, &words, sums);
            // An entity may go on neither past the end nor into the next sentence, and starts on no white space.
            let goes_on = i + 1 < length && !sent_start[i + 1];
            let space = is_space(i);
            let valid = |kind: EntityMove, label: u16| match (kind, open) {
                (EntityMove::Begin, None) => goes_on && label != 0 && !space,
                (EntityMove::Unit, None) => label != 0 && !space,
                (EntityMove::Out, None) => true,
                (EntityMove::In, Some((_, current))) => goes_on && label == current && label != 0,
                (EntityMove::Last, Some((_, current))) => label == current && label != 0,
                _ => false,
            };
            let mut best: Option<usize> = None;
            for (action, &(kind, label)) in self.actions.iter().enumerate() {
                if valid(kind, label) && best.is_none_or(|best| scores[action] > scores[best]) {
                    best = Some(action);
                }
            }
            let Some(best) = best else { break };
            match (self.actions[best], open) {
                ((EntityMove::Begin, label), _) => open = Some((i, label)),
                ((EntityMove::Unit, label), _) => found.push((i, i + 1, label)),
                ((EntityMove::Last, label), Some((start, _))) => {
                    found.push((start, i + 1, label));
                    open = None;
                }
                _ => {}
            }
        }
        found
    }
}

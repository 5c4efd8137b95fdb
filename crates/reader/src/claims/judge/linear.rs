//! The linear judge: five models over hashed features, for machines that should be quick and where the encoder is not at hand.

use std::sync::LazyLock;

use super::{CLASSES, STANCES, Verdict};
use crate::learned::{Features, FormatError, Linear, sigmoid, softmax};

/// The weights of the linear judge.
#[derive(Clone, Debug)]
pub struct Weights {
    /// The slot, or none.
    pub slot: Linear,
    /// Another happening than the report's own.
    pub background: Linear,
    /// The report's own figure for everybody.
    pub own: Linear,
    /// Everybody and not a part.
    pub whole: Linear,
    /// The stance.
    pub stance: Linear,
}

static SHIPPED: LazyLock<Result<Weights, FormatError>> = LazyLock::new(|| {
    Weights::read([
        include_bytes!("../../../data/judge/slot.lin"),
        include_bytes!("../../../data/judge/background.lin"),
        include_bytes!("../../../data/judge/own.lin"),
        include_bytes!("../../../data/judge/whole.lin"),
        include_bytes!("../../../data/judge/stance.lin"),
    ])
});

/// The weights that come with the program.
///
/// # Panics
/// When the files compiled in are no weights of this version: the build is broken.
pub fn shipped() -> &'static Weights {
    match &*SHIPPED {
        Ok(weights) => weights,
        Err(error) => panic!("the weights of the linear judge in this build: {error}"),
    }
}

impl Weights {
    /// Reads the five models: slot, background, own, whole, stance.
    ///
    /// # Errors
    /// When bytes are no model, or a model of other classes.
    pub fn read(bytes: [&[u8]; 5]) -> Result<Self, FormatError> {
        let [slot, background, own, whole, stance] = bytes.map(Linear::read);
        let of = |model: Result<Linear, FormatError>, classes: usize| {
            model.and_then(|model| {
                let right = model.classes() == classes;
                right.then_some(model).ok_or(FormatError::Magic)
            })
        };
        Ok(Self {
            slot: of(slot, CLASSES)?,
            background: of(background, 1)?,
            own: of(own, 1)?,
            whole: of(whole, 1)?,
            stance: of(stance, STANCES.len())?,
        })
    }

    /// What the weights say of a candidate.
    pub fn judge(&self, features: &Features) -> Verdict {
        let chance = |model: &Linear| {
            let mut out = [0.0];
            model.scores(features, &mut out);
            sigmoid(out[0])
        };
        let mut slots = [0.0; CLASSES];
        self.slot.scores(features, &mut slots);
        softmax(&mut slots);
        let mut stances = [0.0; STANCES.len()];
        self.stance.scores(features, &mut stances);
        softmax(&mut stances);
        Verdict {
            slots,
            background: chance(&self.background),
            own: chance(&self.own),
            whole: chance(&self.whole),
            stances,
        }
    }
}

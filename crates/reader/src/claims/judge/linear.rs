//! The linear judge: five models over hashed features, for machines that should be quick and where the encoder is not
//! at hand.

use std::sync::LazyLock;

use super::{
    features::FEATURES,
    verdict::{CLASSES, STANCES, Verdict},
};
use crate::learned::{
    Features, Linear, sigmoid, softmax,
    weights::{self, File, WeightsError},
};

/// The weights of the linear judge.
#[derive(Clone, Debug)]
pub struct Weights {
    /// The slot, or none.
    pub slot: Linear,
    /// Another event than the report's own.
    pub background: Linear,
    /// The report's own figure for everybody.
    pub own: Linear,
    /// Everybody and not a part.
    pub whole: Linear,
    /// The stance.
    pub stance: Linear,
}

macro_rules! file {
    ($name:literal) => {
        File {
            path: concat!("crates/reader/data/judge/", $name),
            stage: "judge-linear",
            features: FEATURES,
            bytes: include_bytes!(concat!("../../../data/judge/", $name)),
        }
    };
}

/// The files of the models: slot, background, own, whole, stance.
pub static FILES: [File; 5] = [
    file!("slot.linear"),
    file!("background.linear"),
    file!("own.linear"),
    file!("whole.linear"),
    file!("stance.linear"),
];
/// The classes that each tells apart; 1 for yes or no.
const CLASSES_OF: [usize; 5] = [CLASSES, 1, 1, 1, STANCES.len()];

static SHIPPED: LazyLock<Result<Weights, WeightsError>> = LazyLock::new(Weights::load);

/// The weights that come with the program.
///
/// # Panics
/// If a file does not fit the code: [`crate::weights::check`] says so first.
pub fn shipped() -> &'static Weights {
    weights::shipped(&SHIPPED)
}

impl Weights {
    /// Whether the files of this build fit its code.
    ///
    /// # Errors
    /// If one does not.
    pub fn check() -> Result<(), WeightsError> {
        weights::checked(&SHIPPED)
    }

    /// Reads the files of this build.
    ///
    /// # Errors
    /// If one does not fit the code.
    pub fn load() -> Result<Self, WeightsError> {
        Self::read(|file| Ok::<_, WeightsError>(file.bytes))
    }

    /// Reads the five models, each from the bytes that are found for its file.
    ///
    /// # Errors
    /// If bytes are not found, are no model or one of other features or classes.
    pub fn read<B: AsRef<[u8]>, E: From<WeightsError>>(
        mut bytes: impl FnMut(&File) -> Result<B, E>,
    ) -> Result<Self, E> {
        let mut model = |at: usize| -> Result<Linear, E> {
            let file = &FILES[at];
            let found = bytes(file)?;
            let model = weights::linear(found.as_ref(), file.features, CLASSES_OF[at]);
            Ok(model.map_err(|fault| file.refused(fault))?)
        };
        Ok(Self {
            slot: model(0)?,
            background: model(1)?,
            own: model(2)?,
            whole: model(3)?,
            stance: model(4)?,
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
            own_figure: chance(&self.own),
            whole: chance(&self.whole),
            stances,
        }
    }
}

//! The weights: what scores candidates, groups and whole reports, and what chooses by those scores.

use std::sync::LazyLock;

use super::{
    features::FEATURES,
    options, pairs,
    sample::Sample,
    scores::{SIZES, Scored, Settled, judged, settled, sizes},
};
use crate::learned::{
    Linear,
    trees::Trees,
    weights::{self, File, WeightsError},
};

/// The weights: what scores candidates, groups and whole reports, and what chooses by those scores.
#[derive(Clone, Debug)]
pub struct Weights {
    /// Scores candidates, a slot of [`SLOTS`] each.
    pub classifiers: [Linear; 2],
    /// Scores the numbers of groups: as that of the killed, of the hurt, of all who were shot.
    pub tallies: [Linear; 3],
    /// How many a whole report's words make likely, as [`Sizes`]: killed, hurt, both together.
    pub sizes: [Linear; 3],
    /// Scores the options of a slot.
    pub judges: [Trees; 2],
    /// Scores the two numbers together.
    pub pairs: Trees,
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
        let [
            own,
            hurt,
            tally_own,
            tally_hurt,
            tally_both,
            size_own,
            size_hurt,
            size_both,
            trees @ ..,
        ] = &FILES;
        let [killed, injured, both] = trees;
        Ok(Self {
            classifiers: [own.linear(1)?, hurt.linear(1)?],
            tallies: [
                tally_own.linear(1)?,
                tally_hurt.linear(1)?,
                tally_both.linear(1)?,
            ],
            sizes: [
                size_own.linear(SIZES)?,
                size_hurt.linear(SIZES)?,
                size_both.linear(SIZES)?,
            ],
            judges: [killed.trees()?, injured.trees()?],
            pairs: both.trees()?,
        })
    }

    /// Scores a report.
    pub fn score(&self, sample: &Sample) -> Scored {
        let all = |model: &Linear| -> Vec<f32> {
            let features = sample.features.iter();
            features.map(|of| model.probability(of)).collect()
        };
        Scored {
            own: [0, 1].map(|slot| all(&self.classifiers[slot])),
            tallies: [0, 1, 2].map(|of| tallies(&self.tallies[of], sample)),
            sizes: [0, 1, 2].map(|of| sizes(&self.sizes[of], &sample.report)),
        }
    }

    /// Chooses both numbers of a report by its scores.
    pub fn choose(&self, sample: &Sample, scored: &Scored) -> [Settled; 2] {
        let killed = judged(&sample.options(0, scored, None), &self.judges[0]);
        let settled_killed = settled(&killed);
        let options = sample.options(1, scored, Some(&settled_killed));
        let injured = judged(&options, &self.judges[1]);
        let pairs = pairs::pairs(sample, scored, &[killed, injured]);
        pairs::judged(&pairs, &self.pairs).each_ref().map(settled)
    }
}

macro_rules! file {
    ($name:literal, $features:expr) => {
        File {
            path: concat!("crates/reader/data/victims/", $name),
            stage: "victims",
            features: $features,
            bytes: include_bytes!(concat!("../../../data/victims/", $name)),
        }
    };
}

/// The files of the weights, in the order of [`Weights`].
pub static FILES: [File; 11] = [
    file!("killed.linear", FEATURES),
    file!("injured.linear", FEATURES),
    file!("killed-tally.linear", FEATURES),
    file!("injured-tally.linear", FEATURES),
    file!("both-tally.linear", FEATURES),
    file!("killed-size.linear", FEATURES),
    file!("injured-size.linear", FEATURES),
    file!("both-size.linear", FEATURES),
    file!("killed.trees", options::KILLED),
    file!("injured.trees", options::INJURED),
    file!("both.trees", pairs::FEATURES),
];

static SHIPPED: LazyLock<Result<Weights, WeightsError>> = LazyLock::new(Weights::load);

/// The weights that come with the program.
///
/// # Panics
/// If a file does not fit the code: [`crate::weights::check`] says so first.
pub fn shipped() -> &'static Weights {
    weights::shipped(&SHIPPED)
}

/// Scores the numbers of a report's groups; 0 for what is no group.
pub fn tallies(model: &Linear, sample: &Sample) -> Vec<f32> {
    let all = sample.candidates.iter().zip(&sample.features);
    all.map(|(candidate, features)| match candidate.n {
        Some(2..) => model.probability(features),
        _ => 0.0,
    })
    .collect()
}

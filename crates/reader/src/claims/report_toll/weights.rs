//! The weights: what scores candidates, groups and whole reports, and what chooses by those scores.

use std::sync::LazyLock;

use super::{
    features::FEATURES,
    options, pairs,
    sample::Sample,
    scores::{COUNT_CLASSES, Prediction, Scored, count_prior, distribution, predicted},
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
    pub group_scopes: [Linear; 3],
    /// How many a whole report's words make likely, as [`CountPrior`]: killed, hurt, both together.
    pub priors: [Linear; 3],
    /// Scores the options of a slot.
    pub count_models: [Trees; 2],
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
            classifier_killed,
            classifier_hurt,
            group_killed,
            group_hurt,
            group_both,
            prior_killed,
            prior_hurt,
            prior_both,
            trees @ ..,
        ] = &FILES;
        let [killed, injured, both] = trees;
        Ok(Self {
            classifiers: [classifier_killed.linear(1)?, classifier_hurt.linear(1)?],
            group_scopes: [
                group_killed.linear(1)?,
                group_hurt.linear(1)?,
                group_both.linear(1)?,
            ],
            priors: [
                prior_killed.linear(COUNT_CLASSES)?,
                prior_hurt.linear(COUNT_CLASSES)?,
                prior_both.linear(COUNT_CLASSES)?,
            ],
            count_models: [killed.trees()?, injured.trees()?],
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
            by_slot: [0, 1].map(|slot| all(&self.classifiers[slot])),
            group_scopes: [0, 1, 2].map(|of| group_scopes(&self.group_scopes[of], sample)),
            priors: [0, 1, 2].map(|of| count_prior(&self.priors[of], &sample.report)),
        }
    }

    /// Chooses both numbers of a report by its scores.
    pub fn choose(&self, sample: &Sample, scored: &Scored) -> [Prediction; 2] {
        let killed = distribution(&sample.options(0, scored, None), &self.count_models[0]);
        let predicted_killed = predicted(&killed);
        let options = sample.options(1, scored, Some(&predicted_killed));
        let injured = distribution(&options, &self.count_models[1]);
        let pairs = pairs::pairs(sample, scored, &[killed, injured]);
        pairs::distribution(&pairs, &self.pairs)
            .each_ref()
            .map(predicted)
    }
}

macro_rules! file {
    ($name:literal, $features:expr) => {
        File {
            path: concat!("crates/reader/data/report_toll/", $name),
            stage: "report-toll",
            features: $features,
            bytes: include_bytes!(concat!("../../../data/report_toll/", $name)),
        }
    };
}

/// The files of the weights, in the order of [`Weights`].
pub static FILES: [File; 11] = [
    file!("killed.linear", FEATURES),
    file!("injured.linear", FEATURES),
    file!("killed-group.linear", FEATURES),
    file!("injured-group.linear", FEATURES),
    file!("both-group.linear", FEATURES),
    file!("killed-prior.linear", FEATURES),
    file!("injured-prior.linear", FEATURES),
    file!("both-prior.linear", FEATURES),
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
pub fn group_scopes(model: &Linear, sample: &Sample) -> Vec<f32> {
    let all = sample.candidates.iter().zip(&sample.features);
    all.map(|(candidate, features)| match candidate.n {
        Some(2..) => model.probability(features),
        _ => 0.0,
    })
    .collect()
}

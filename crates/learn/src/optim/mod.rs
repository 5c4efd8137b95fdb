//! What weights are fitted with.
//!
//! Comes in: labelled rows. Goes out: weights. Nothing here is left to chance: the same rows and settings give the same
//! weights bit for bit. [`logit`] fits whatever chooses among a few options by readable features (a day, a town, a
//! toll, whether a segment begins): one quasi-Newton method that goes to the optimum, so that no number of steps
//! decides what comes out. [`hashed`] fits tables of hashed features, a million weights seen one example at a time,
//! where stopping early is part of the regularisation. [`trees`] grows boosted trees that choose among options,
//! [`rising`] such whose answer may only rise or only fall with a feature.

pub mod hashed;
pub mod logit;
pub mod rising;
pub mod trees;

//! The neural layers.
//!
//! What comes in: feature ids of tokens. What goes out: token vectors and action scores. It knows no strings and no
//! labels. Every sum is taken in one fixed order, so a token's numbers depend on its paragraph alone: not on its place
//! in a batch, not on what a cache holds, not on how wide the machine's registers are (where the machine has fused
//! multiply-add; else the last bits may differ).

mod dense;
mod encoder;
mod kernel;
mod scorer;

pub(crate) use dense::Dense;
pub(crate) use encoder::{Encoder, FormCache, Rows};
pub(crate) use kernel::{Simd, ZERO, flat, matrix_rate};
pub(crate) use scorer::{Scorer, Sums};

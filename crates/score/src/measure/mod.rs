//! Metrics that several adapters share, each as its benchmark defines it.

mod assignment;
mod bcubed;
mod distance;
mod f1;

pub use assignment::assign;
pub use bcubed::{BCubed, bcubed};
pub use distance::{kilometres, median};
pub use f1::F1;

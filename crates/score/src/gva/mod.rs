//! Gun Violence Archive incidents (SemEval-2018 task 5): killed, injured, date, town, with all reports on each.
//!
//! What comes in: one incident a line with gold and reports. What goes out: exact match of killed, injured, date and
//! town, and B-cubed. The whole job pools the reports of all incidents, shuffled, and finds the incidents first
//! ([`heap`]); `given` takes the grouping of the file, and `single` the incidents with exactly one report. `_multi` are
//! incidents of two reports or more. Three baselines stand on the same readings: the first report only, the latest
//! only, and the majority of the reports. A number the program does not give is 0.

mod fields;
mod heap;
mod incident;
mod modes;
pub mod readings;
pub mod variant;

pub use fields::city_right;
pub(crate) use incident::Incident;
pub use modes::{Mode, all, score};

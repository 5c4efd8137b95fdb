//! Claims that a language model proposes.
//!
//! What comes in: a report that was read, and the address of a language model that a person named. What goes out:
//! claims whose words stand in the report's text, whose value our own readers find in those words, and which the reader
//! did not find itself. They are kept as proposals, which count nowhere until a person takes one. Whatever a model says
//! beyond that is refused and counted, by reason; nothing that it writes is kept.
//!
//! `prompt` is what a model is told, `pieces` what of a text it is sent, `lines` what is taken out of its answer,
//! `numbers` and `held` hold a line to the text, `model` asks, `one` puts that together for one report, `asking` for
//! those of a casebook.

mod asking;
mod held;
mod lines;
mod model;
mod numbers;
mod one;
mod pieces;
mod prompt;

pub use asking::{Asking, Plan, Proposed, Which, plan, propose};
pub use held::{PROPOSED, Refused};
pub use model::{Failed, KEY, Model};
pub use one::{Cost, Outcome, as_taken, of_reading};
pub use prompt::{hash as prompt_hash, instructions};

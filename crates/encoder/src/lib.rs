//! Runs BERT-like sentence encoders in Rust: text to word pieces to vectors.
//!
//! What comes in: the bytes of a quantised [`Model`], and a text. What goes out: [`Piece`]s, which are byte ranges into
//! that very text, and for each of them the numbers of the last layer. It knows nothing of incidents and depends on no
//! other room.
//!
//! Products of weights and activations are whole numbers and summed exactly, everything else is added in a fixed order
//! and never fused: the same input gives the same bytes on every processor.

mod file;
mod forward;
mod kernel;
mod lanes;
mod model;
mod quantise;
#[cfg(test)]
mod testing;
mod wordpiece;

pub use file::{Error, VOCABULARY};
pub use forward::Scratch;
pub use kernel::Kernel;
pub use model::Model;
pub use quantise::quantise;
pub use wordpiece::{Piece, Vocabulary};

//! The dependency parse and the named entities of one paragraph.
//!
//! What comes in: the summed-up layers of the paragraph's tokens. What goes out: heads, labels, sentence starts and
//! entity spans. It knows no words.

mod arc_eager;
mod entities;
mod tree;

pub(crate) use arc_eager::{ArcEager, Move};
pub(crate) use entities::{Entities, EntityMove};
pub(crate) use tree::Tree;

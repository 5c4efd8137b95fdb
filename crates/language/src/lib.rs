//! Runs spaCy pipelines in Rust: tokens, tags, heads, entities, lemmas.
//!
//! What comes in: a text and the byte ranges of its paragraphs. What goes out: a [`Doc`] whose spans are byte ranges into that
//! very text. It knows nothing of incidents and depends on no other room.

mod doc;
mod pipeline;

pub use doc::{Doc, Entity, Pos, Token, TokenData};
pub use pipeline::{LoadError, Pipeline};

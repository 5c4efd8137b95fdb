//! Runs spaCy pipelines in Rust: tokens, tags, heads, entities, lemmas.
//!
//! What comes in: a text and the byte ranges of its paragraphs. What goes out: a [`Doc`] whose spans are byte ranges
//! into that very text. It knows nothing of incidents and depends on no other room.

mod chunks;
mod convert;
mod doc;
mod export;
mod lemma;
mod lexeme;
mod network;
mod parse;
mod pipeline;
mod prepared;
mod ruler;
pub mod speed;
mod strings;
mod symbols;
mod tokenizer;
mod unicode;

pub use convert::{ConvertError, MODEL_FILES, convert};
pub use doc::{Doc, Entity, Pos, Token, TokenData};
pub use export::{to_conllu, to_json};
pub use pipeline::{LoadError, Pipeline};
pub use prepared::FormatError;

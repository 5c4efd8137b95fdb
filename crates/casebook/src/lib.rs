//! Files in, stages run, dossiers out, and what is done with a casebook.
//!
//! `files` reads with a limit and writes whole, `data` finds and makes the language model, the gazetteer and the
//! encoder, `ingest` gathers reports, `run` takes them through reader and reconciler, `publish` lays out what came of
//! it for people and `export` for machines, `redact` makes what may be shown to anybody; `book` adds, reads, links and
//! judges in a casebook, which `store` keeps. It prints nothing: the program does.

pub mod book;
pub mod data;
mod error;
pub mod export;
pub mod files;
pub mod ingest;
pub mod publish;
pub mod redact;
pub mod run;
mod xml;

pub use error::{Error, OutlineError};

//! Benchmark adapters and metrics: quality is part of the product.
//!
//! What comes in: a benchmark's own files and the loaded [`Engine`]. What goes out: an [`Outcome`], the same shape for
//! all. It does not know how a claim is read or reconciled: it calls the same functions as the program, and compares.
//! One adapter a file; what several adapters measure with is under [`measure`], and each metric is tested there on
//! examples small enough to work by hand.

pub mod accounts;
pub mod airwars;
pub mod all;
pub mod case;
pub mod cis530p;
pub mod cli;
pub mod coref;
mod engine;
pub mod events;
mod facts;
pub mod first_look;
pub mod geo;
pub mod gva;
pub mod gvdb;
pub mod lineage;
pub mod manifest;
pub mod measure;
mod outcome;
pub mod polnear;
mod pool;
pub mod tempeval;
pub mod words;

pub use engine::{Engine, Plain};
pub use facts::Facts;
pub use outcome::{Figure, Miss, Outcome, ScoreError};
pub use pool::{Options, Progress, map};

//! A casebook: reports as received, what was read from them, what people decided, and a log of it all.
//!
//! All SQL of the program is in this crate. Comes in: reports with their bytes, readings, dossiers, judgements. Goes
//! out: the same, and rows for lists and searches. It reads no report, links none and makes no dossier; it knows no
//! clock: whoever calls it says what time it is.
//!
//! What is kept never changes: [`Tx`] adds rows and appends to a hash-chained [`log`]; only a purge takes something
//! out, and leaves a tombstone. What is derived may be deleted and comes again. [`schema`] says which table is which.

pub mod arrivals;
pub mod audit;
pub mod bytes;
pub mod changes;
pub mod copy;
pub mod database;
mod error;
pub mod feeds;
pub mod health;
pub mod judgements;
pub mod lines;
pub mod linking;
pub mod lists;
pub mod log;
pub mod lookup;
pub mod people;
pub mod place;
pub mod proposals;
pub mod public;
pub mod purge;
pub mod results;
pub mod schema;
pub mod search;
pub mod steps;
mod store;
pub mod tokens;
mod tx;
pub mod views;

pub use error::Error;
pub use place::Place;
pub use store::{Actor, BYTES, FILE, Store};
pub use tx::Tx;

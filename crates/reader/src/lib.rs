//! One report in, its accounts of claims out.
//!
//! What comes in: the bytes of one report with what is known about it ([`Input`]), and [`Resources`]. What goes out: a
//! [`model::Reading`]. It knows no clock, file, environment or network and nothing of other reports; `reconciler` is a stranger to
//! it. `learned` holds models over hashed features. Rooms, left to right: `text` (main text and metadata of a page), `read` (quantities, times, places, parties, speakers),
//! `claims` (one file a slot).

pub mod claims;
pub mod learned;
pub mod read;
pub mod text;

use model::{Note, Reading};

/// Version of the reader; every claim carries it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What is needed to read, loaded once and shared by all threads.
pub struct Resources {
    /// The language pipeline.
    pub pipeline: language::Pipeline,
    /// The gazetteer.
    pub gazetteer: read::places::Gazetteer,
}

/// One report as it comes in.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// What to call it in messages: a file name. Never part of any id.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What a sidecar file or the caller says about it; wins over what the bytes say.
    pub given: text::Metadata,
}

/// Reads one report whole: extract, read, claim.
///
/// # Errors
/// A [`Note`] of severity error when the bytes hold no readable text (binary, empty, only page furniture).
pub fn read_report(input: &Input, resources: &Resources) -> Result<Reading, Note> {
    let extracted = text::extract(input)?;
    let read = read::read(&extracted, resources);
    Ok(claims::claim(extracted, &read))
}

//! Files in: from the names a person gives to reports with what is known of them.
//!
//! What comes in: names of files and folders, patterns, and `-` for standard input. What goes out: [`reader::Input`]s,
//! one a report, in order of name, and a note for each thing that could not be taken. Nothing here stops a run, and
//! nothing looks into a report: that is the reader's.
//!
//! Rooms: `walk` names to files, `container` one file to its documents, `sidecar` and `fields` what stands beside a
//! report, `judgements` what people have decided.

mod container;
mod endings;
mod fields;
mod gather;
mod judgements;
mod notes;
mod sidecar;
mod walk;

pub use gather::{Gathered, gather};
pub use judgements::judgements;

//! Files in: from the names a person gives to reports with what is known of them.
//!
//! What comes in: names of files and folders, patterns, and `-` for standard input. What goes out: [`reader::Input`]s,
//! one a report, in order of name, and a note for each thing that could not be taken. Nothing here stops a run, and
//! nothing looks into a report: that is the reader's.
//!
//! Rooms: `walk` names to files, `container` one file to its documents, `columns` which values of a record are what,
//! `sidecar` and `fields` what stands beside a report, `taken` what comes of all that, `judgements` what people have
//! decided.

mod columns;
mod container;
mod endings;
mod fields;
mod gather;
#[cfg(test)]
mod hostile;
mod judgements;
mod notes;
mod sidecar;
mod taken;
mod walk;

pub use columns::Columns;
pub(crate) use gather::STDIN;
pub use gather::{Gathered, each, gather};
pub use judgements::judgements;
pub use taken::{Meter, Taken};

//! One file, many reports: what a file holds, taken apart before anybody reads it.
//!
//! What comes in: the name and the bytes of a file or of standard input, as they are read. What goes out: its documents
//! one after another, each with its place, within [`Limits`]; what cannot be taken is a note with its place, and what
//! follows it goes on. What is no container is one document. What a document says is the reader's business: here stands
//! how it is wrapped, there what it is written in.
//!
//! A format of containers is one file here and one line in [`FORMATS`]; what is in gzip is taken out of it first.

mod documents;
mod format;
mod json;
mod jsonl;
mod limits;
mod mail;
mod mbox;
mod packed;
mod records;
mod table;
mod warc;
mod zip;

pub(super) use documents::{Documents, How, holds_reports};
pub(super) use limits::Limits;

use format::Format;

/// The formats, in the order in which they are tried.
const FORMATS: &[Format] = &[
    jsonl::FORMAT,
    json::FORMAT,
    zip::FORMAT,
    warc::FORMAT,
    mbox::FORMAT,
    mail::FORMAT,
    table::FORMAT,
];

//! Dossiers out: the terminal, one HTML page, JSON and Markdown.
//!
//! What comes in: a [`model::Dossier`] and the [`model::Texts`] its quotes point into. What goes out: a `String`, the
//! same bytes for the same dossier. It knows no clock, file or terminal; what a dossier says was settled before it got
//! here, so nothing is computed, ranked or dropped here that the reconciler has not put into the dossier.
//!
//! The desk takes from here what it shows.
//!
//! Rooms: `words` turns codes into plain words, `view` finds and groups, and each publisher lays out what they give it.

pub mod explain;
pub mod html;
pub mod incidents;
pub mod json;
pub mod markdown;
pub mod terminal;

pub mod clean;
#[cfg(test)]
pub(crate) mod fixture;
pub mod grade;
pub mod numbers;
pub mod parts;
mod scale;
#[cfg(test)]
mod schema;
pub mod summary;
pub mod view;
mod votes;
pub mod words;

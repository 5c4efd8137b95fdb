//! What is done with a casebook: reports are added, read, linked and reconciled; people decide; what changed is told.
//!
//! What comes in: an open [`store::Store`], and what a person asks for. What goes out: the casebook, changed, and what
//! became of it in numbers and notes. Rows and SQL are the store's, reading and linking the façade's; here they are put
//! together.

mod add;
mod atom;
pub mod config;
pub mod doctor;
mod elsewhere;
pub mod feeds;
mod incoming;
mod judged;
mod link;
mod news;
pub mod outgoing;
pub mod propose;
pub mod public_copy;
mod read;
mod recent;
mod review;
mod settle;
pub mod web;
pub mod web_archive;

pub use add::{AddOptions, Added, Arriving, Progress, add, add_one};
pub use atom::atom;
pub use elsewhere::{ReadingsTaken, add_inputs, take_readings};
pub use incoming::{Came, Incoming, Pasted, take_in};
pub use judged::{Judged, apply};
pub use link::{Linked, Pace, link, link_at, relink};
pub use news::{Change, Summary, in_words, news};
pub use read::{ReadDone, read, waiting};
pub use recent::{Changed, Recent, Since};
pub use review::{BY_HAND, Hand, Labelled, Review, decide, labelled};
pub use settle::{Far, Stopped, catch_up, settle};

//! The first screen in plain words: where and when, the figures, what is disputed, who is held responsible, who is at
//! risk, what is asked.
//!
//! What comes in: a view. What goes out: rows and lines of [`Phrase`]s, which the terminal, the page and Markdown lay
//! out each in its own way. It names outlets and speakers in full, no letters and no rules; every figure, voice and
//! quote is one of the dossier's.
//!
//! Rooms: `phrase` words of several kinds in a row, `rows` what the screen is made of, `voices` who says it and when,
//! `figures` the table, `disputes`, `people` who did it, who is at risk, who asks; `screen` puts them together.

mod disputes;
mod figures;
mod people;
mod phrase;
mod rows;
mod screen;
#[cfg(test)]
mod tests;
mod voices;

pub use figures::figure;
pub use people::{owned, who_disputed};
pub use phrase::{Bit, Phrase, joined};
pub use rows::{Block, DISPUTES, Dispute, Row, Summary};
pub use screen::of;

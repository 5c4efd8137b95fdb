//! A dossier for a terminal: a summary that fits on one screen of a laptop, and everything else below it.
//!
//! What comes in: a dossier, its texts and the width. What goes out: lines of text. The summary takes [`SCREEN_LINES`]
//! lines and uses no letters and no rules; below it stand the reports by letter and every finding with every position
//! and who holds it. Lists of statements that go on say how many more they hold and where to see them. Colour adds
//! nothing that the words do not say.

mod findings;
pub(super) mod ink;
mod layout;
mod lines;
mod pages;
mod screen;
#[cfg(test)]
mod tests;

pub use layout::{Options, SCREEN_LINES};
pub use pages::render;

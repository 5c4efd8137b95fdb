//! A dossier as one self-contained HTML page.
//!
//! What comes in: a dossier and its texts. What goes out: one page that asks nothing of any other site and can be read,
//! printed and searched without scripts. Findings stand on the left and the sources on the right, each claim linked to
//! its words and back; a small script only lights up what belongs together. The page says of itself, in its content
//! security policy, that it may run nothing but that script.

mod builder;
mod findings;
mod lists;
mod marks;
mod masthead;
mod page;
mod parts;
mod plot;
mod policy;
mod sources;
#[cfg(test)]
mod tests;

pub use page::{DARK, LIGHT, LIGHTING, PLOT, render};
pub use plot::plot;

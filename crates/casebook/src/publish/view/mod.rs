//! A dossier made easy to lay out: labels for claims, names for parties, findings in sections.
//!
//! Every publisher goes through this, so that claim `B3` is the same claim on the page, in the terminal and in
//! Markdown.

mod context;
pub mod highlights;
mod index;
pub mod matrix;
mod scopes;
mod sections;
mod speakers;
#[cfg(test)]
mod tests;

pub use index::View;
pub use sections::Section;
pub use speakers::Link;

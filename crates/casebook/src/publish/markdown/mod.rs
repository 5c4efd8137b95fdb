//! A dossier as Markdown: everything in tables and lists, to paste into a report or an issue.
//!
//! What comes in: a dossier and its texts. What goes out: GitHub-flavoured Markdown without raw HTML. Words of reports
//! are escaped, so that they cannot become headings, links or markup; each source stands whole at the end in a code
//! block.

mod findings;
mod head;
mod lists;
mod page;
mod parts;
mod syntax;
#[cfg(test)]
mod tests;

pub use page::render;

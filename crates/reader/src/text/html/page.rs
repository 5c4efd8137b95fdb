//! A page read: its text in blocks, and what it says of itself.

use model::{Block, BlockKind, Span};

use crate::text::metadata::Metadata;

/// A page read.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// The text: blocks with an empty line between them.
    pub text: String,
    /// The blocks.
    pub blocks: Vec<Block>,
    /// What the page says of itself.
    pub meta: Metadata,
    /// What is known of who made the file and when: it counts where nothing else says who wrote the report and when it
    /// was published.
    pub made: Metadata,
    /// What to tell of it: code, message and hint of a warning each.
    pub odd: Vec<(&'static str, String, &'static str)>,
    /// Whether the page was too deep or too odd to be read as a page, and only its tags were taken off.
    pub stripped: bool,
    /// Whether a layer that asks for consent to cookies was taken off.
    pub consent: bool,
}

pub(crate) fn push(text: &mut String, blocks: &mut Vec<Block>, words: &str, kind: BlockKind) {
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    let start = text.len();
    text.push_str(words);
    blocks.push(Block {
        span: Span::new(start, text.len()),
        kind,
    });
}

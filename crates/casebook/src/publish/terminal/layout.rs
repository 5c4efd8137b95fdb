//! How the lines are laid out: their width, and headings with what stands under them.

use super::ink::{Ink, Style};

/// How wide, and whether in colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Columns; fewer than 40 are taken as 40.
    pub width: usize,
    /// Whether to use colour.
    pub colour: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            width: 100,
            colour: false,
        }
    }
}

/// Lines aimed at: what a laptop shows without scrolling.
pub const SCREEN_LINES: usize = 40;

/// A heading and what stands under it, an item a list of lines.
pub(super) struct Part {
    pub heading: &'static str,
    pub items: Vec<Vec<String>>,
    /// Items shown at most.
    pub most: usize,
}

impl Part {
    pub fn new(heading: &'static str) -> Self {
        Self {
            heading,
            items: Vec::new(),
            most: usize::MAX,
        }
    }

    /// The heading, and how many items are not shown under it.
    pub fn heading(&self, more: usize, options: &Options) -> Vec<String> {
        let mut ink = Ink::default();
        ink.add(Style::Strong, &self.heading.to_uppercase());
        if more > 0 {
            ink.add(Style::Soft, &format!(" · {more} more: see --md or --html"));
        }
        ink.wrap(options.width, 0, 2, options.colour)
    }
}

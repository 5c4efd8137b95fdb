//! What the first screen is made of.

use model::{FindingId, Slot};

use super::phrase::Phrase;

/// Disputes on the first screen.
pub const DISPUTES: usize = 5;

/// Values of one dispute.
pub(super) const VALUES: usize = 4;

/// One line of the table of figures.
pub struct Row {
    /// What is counted.
    pub slot: Slot,
    /// The finding on everybody, where there is one.
    pub finding: Option<FindingId>,
    /// Whether somebody contradicts the figure.
    pub disputed: bool,
    /// The figure with its bound: "more than 210".
    pub figure: String,
    /// Who gives it, as of when.
    pub by: Phrase,
    /// How it moved, and who says otherwise; empty where neither.
    pub course: Phrase,
}

/// One dispute.
pub struct Dispute {
    /// The finding.
    pub finding: Option<FindingId>,
    /// What is disputed: "How many were killed".
    pub about: String,
    /// Each value with who gives it, and at the end how many more there are.
    pub sides: Vec<Phrase>,
}

/// A heading with lines under it.
pub struct Block {
    /// The heading.
    pub title: &'static str,
    /// The finding on it that is disputed, where one is.
    pub disputed: Option<FindingId>,
    /// The lines, the most important first.
    pub lines: Vec<Phrase>,
}

/// The first screen.
pub struct Summary {
    /// Where it happened; empty where no report says.
    pub place: String,
    /// When it happened; empty where no report says.
    pub when: String,
    /// How many reports and outlets, from when to when.
    pub sources: String,
    /// The figures.
    pub figures: Vec<Row>,
    /// Every dispute but that on who did it, where the blocks tell of it, the most important first.
    pub disputes: Vec<Dispute>,
    /// Who is held responsible, who is at risk, what is asked; empty ones are left out.
    pub blocks: Vec<Block>,
}

//! Where the claims of a report stand in its text.
//!
//! Claims overlap: a sentence may be one claim and hold three more. A block is therefore cut at every end of every
//! quote, and each piece knows all the claims that cover it.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashSet},
};

use model::{Block, BlockKind, Claim, SlotGroup, Span, Text};

/// A quote of a claim, found in the text.
pub struct Mark<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// Where its words are, in bytes.
    pub span: Span,
    /// Whether it tells of another happening.
    pub other: bool,
    /// Whether it is the first of the claim's quotes found here: the one that carries the anchor.
    pub first: bool,
}

/// Part of a block with the same claims over all of it.
pub struct Piece<'m, 'a> {
    /// Where it is, in bytes.
    pub span: Span,
    /// What covers it, in order of start, the longer first.
    pub over: Vec<&'m Mark<'a>>,
}

impl Piece<'_, '_> {
    /// The family of the narrowest claim over it, which says most about just these words; `None` where there is none.
    pub fn family(&self) -> Option<&'static str> {
        let narrow = self.over.iter().min_by_key(|it| it.span.len());
        narrow.map(|it| family(it.claim.slot.group()))
    }
}

/// The name of a family of slots, as style sheets have it.
pub fn family(group: SlotGroup) -> &'static str {
    match group {
        SlotGroup::Counts => "counts",
        SlotGroup::Happening => "happening",
        SlotGroup::People => "people",
        SlotGroup::Words => "words",
    }
}

/// The quotes of a report's claims in its text, each with whether it tells of another happening, in order of place; and
/// how many were not where they say.
pub fn marks<'a>(
    text: &Text,
    claims: impl Iterator<Item = (&'a Claim, bool)>,
) -> (Vec<Mark<'a>>, usize) {
    let (mut found, mut lost) = (Vec::new(), 0);
    for (claim, other) in claims {
        let mut first = true;
        for quote in &claim.quotes {
            if quote.text != *text.id() {
                continue;
            }
            match text.span_of(quote) {
                Some(span) if !span.is_empty() => found.push(Mark {
                    claim,
                    span,
                    other,
                    first: std::mem::take(&mut first),
                }),
                _ => lost += 1,
            }
        }
    }
    found.sort_by_key(|it| (it.span.start(), Reverse(it.span.end()), it.claim.id.clone()));
    (found, lost)
}

/// The blocks, and what stands between them as blocks of its own: the whole text is shown, whatever was made of it.
pub fn blocks(text: &Text) -> Vec<Block> {
    let mut out = Vec::new();
    let mut at = 0;
    // Words outside every block were not read; without any block nothing was marked, and all of it is plain text.
    let kind = match text.blocks() {
        [] => BlockKind::Paragraph,
        _ => BlockKind::Boilerplate,
    };
    let gap = |from: usize, to: usize, out: &mut Vec<Block>| {
        let mut from = from;
        for line in text.as_str()[from..to].split_inclusive('\n') {
            if !line.trim().is_empty() {
                let start = from + (line.len() - line.trim_start().len());
                out.push(Block {
                    span: Span::new(start, start + line.trim().len()),
                    kind,
                });
            }
            from += line.len();
        }
    };
    for block in text.blocks() {
        if block.span.start() < at {
            continue;
        }
        gap(at, block.span.start(), &mut out);
        out.push(*block);
        at = block.span.end();
    }
    gap(at, text.as_str().len(), &mut out);
    out
}

/// The longest of some marks, in bytes.
pub fn longest(marks: &[Mark]) -> usize {
    marks.iter().map(|it| it.span.len()).max().unwrap_or(0)
}

/// A block in pieces. `longest` is that of all marks, which are in order.
pub fn pieces<'m, 'a>(block: &Block, marks: &'m [Mark<'a>], longest: usize) -> Vec<Piece<'m, 'a>> {
    // In order of start, so those that can reach this block lie together: a long text is walked once.
    let from = marks.partition_point(|it| it.span.start() + longest <= block.span.start());
    let to = marks.partition_point(|it| it.span.start() < block.span.end());
    let here: Vec<&Mark> = marks[from..to.max(from)]
        .iter()
        .filter(|it| it.span.overlaps(block.span))
        .collect();
    let mut cuts: BTreeSet<usize> = [block.span.start(), block.span.end()].into();
    for it in &here {
        cuts.extend(
            [it.span.start(), it.span.end()]
                .into_iter()
                .filter(|at| block.span.start() < *at && *at < block.span.end()),
        );
    }
    let cuts: Vec<usize> = cuts.into_iter().collect();
    let piece = |pair: &[usize]| {
        let span = Span::new(pair[0], pair[1]);
        let over = here.iter().filter(|it| it.span.contains(span)).copied();
        Piece {
            span,
            over: over.collect(),
        }
    };
    cuts.windows(2).map(piece).collect()
}

/// The claims whose words begin in a piece, each once in a text: those that the piece carries the anchors of.
pub fn beginning<'a>(piece: &Piece<'_, 'a>, placed: &mut HashSet<&'a str>) -> Vec<&'a Claim> {
    let first = piece.over.iter().filter(|it| it.first);
    first
        .filter(|it| placed.insert(it.claim.id.as_str()))
        .map(|it| it.claim)
        .collect()
}

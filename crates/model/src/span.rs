//! A half-open byte range in one text.

use std::ops::Range;

/// A half-open byte range `start..end` in one [`crate::Text`]; `start <= end` always.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Makes a span of bytes `start..end`.
    ///
    /// # Panics
    /// If `start > end` or either exceeds `u32::MAX`: a caller's broken invariant, never a property of input (texts are
    /// capped far below 4 GiB when they are made).
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "span starts after its end: {start}..{end}");
        Self {
            start: u32::try_from(start).expect("span start beyond u32"),
            end: u32::try_from(end).expect("span end beyond u32"),
        }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same as a standard range, to slice with.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Whether `other` lies wholly inside (equal counts).
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

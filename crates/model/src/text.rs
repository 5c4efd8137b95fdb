//! The frozen plain text of a report, its blocks, and the one place where bytes become code points.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Quote, Span, TextId};

/// What part of the page a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The report's own headline.
    Title,
    /// A heading inside the report.
    Heading,
    /// Running text.
    Paragraph,
    /// One item of a list.
    ListItem,
    /// A pull quote or block quotation.
    Quotation,
    /// The words under a picture.
    Caption,
    /// Page furniture: sign-up lines, share buttons, cookie notices. Marked, never cut; no claim is read from it.
    Boilerplate,
}

/// One block of a text and what it is: one line, or a paragraph that the file breaks at a fixed width, with its line
/// breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Bytes of the block, white space at either end left out.
    pub span: Span,
    /// What part of the page it is.
    pub kind: BlockKind,
}

/// The texts that the quotes of a dossier point into, by id.
///
/// A text that is not here is not an error: what shows the dossier says that it is not at hand and shows the quotes
/// alone.
pub type Texts = BTreeMap<TextId, Text>;

/// The plain text of one report, frozen and hashed; never re-normalised.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Text {
    id: TextId,
    text: String,
    blocks: Vec<Block>,
    /// Code points before byte `i * STRIDE` (rounded down to a character), so that conversion is O(STRIDE).
    marks: Vec<u32>,
}

/// A text as it is stored: its characters, and its blocks in code points.
#[derive(Serialize, Deserialize)]
struct Stored {
    text: String,
    blocks: Vec<(usize, usize, BlockKind)>,
}

impl From<Text> for Stored {
    fn from(text: Text) -> Self {
        let point = |at| text.code_points_before(at);
        let blocks = text.blocks.iter();
        Self {
            blocks: blocks
                .map(|block| {
                    let span = block.span;
                    (point(span.start()), point(span.end()), block.kind)
                })
                .collect(),
            text: text.text,
        }
    }
}

impl TryFrom<Stored> for Text {
    type Error = &'static str;

    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        let bare = Text::new(stored.text, Vec::new());
        let block = |(start, end, kind): (usize, usize, BlockKind)| {
            let span = bare
                .byte_at(start)
                .zip(bare.byte_at(end))
                .filter(|(a, b)| a <= b);
            span.map(|(start, end)| Block {
                span: Span::new(start, end),
                kind,
            })
        };
        let blocks: Option<Vec<Block>> = stored.blocks.iter().copied().map(block).collect();
        let blocks = blocks.ok_or("a block lies outside its text")?;
        Ok(Text::new(bare.text, blocks))
    }
}

const STRIDE: usize = 256;
/// Code points of context a quote carries on either side (W3C text quote selector).
const CONTEXT: usize = 24;

impl Text {
    /// Freezes `text` with its blocks, which are kept in order of position.
    ///
    /// # Panics
    /// If a block lies outside the text or off a character boundary.
    pub fn new(text: String, mut blocks: Vec<Block>) -> Self {
        blocks.sort_by_key(|block| block.span);
        for block in &blocks {
            assert!(text.get(block.span.range()).is_some(), "block off the text");
        }
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let (mut next, mut points) = (0, 0u32);
        for (at, _) in text.char_indices() {
            while at >= next {
                marks.push(points);
                next += STRIDE;
            }
            points += 1;
        }
        while next <= text.len() {
            marks.push(points);
            next += STRIDE;
        }
        Self {
            id: TextId::of(&[text.as_bytes()]),
            text,
            blocks,
            marks,
        }
    }

    /// Hash of the characters.
    pub fn id(&self) -> &TextId {
        &self.id
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The blocks in order of position.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The words at `span`.
    ///
    /// # Panics
    /// If the span is not of this text.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// Returns the number of code points before byte `at`, which lies on a character boundary.
    pub fn code_points_before(&self, at: usize) -> usize {
        let stride = (at / STRIDE).min(self.marks.len().saturating_sub(1));
        // A mark counts the characters that start before its byte: the one that straddles it included.
        let mut from = (stride * STRIDE).min(self.text.len());
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        if from > at {
            return self.text[..at].chars().count();
        }
        let base = self.marks.get(stride).copied().unwrap_or(0) as usize;
        base + self.text[from..at].chars().count()
    }

    /// Makes a quote of the words at `span`: the one conversion from bytes to code points.
    pub fn quote(&self, span: Span) -> Quote {
        let exact = self.slice(span).to_owned();
        let start = self.code_points_before(span.start());
        let before = &self.text[..span.start()];
        let prefix_at = before
            .char_indices()
            .rev()
            .nth(CONTEXT - 1)
            .map_or(0, |(at, _)| at);
        let after = &self.text[span.end()..];
        let suffix_to = after
            .char_indices()
            .nth(CONTEXT)
            .map_or(after.len(), |(at, _)| at);
        Quote {
            text: self.id.clone(),
            start,
            end: start + exact.chars().count(),
            exact,
            prefix: before[prefix_at..].to_owned(),
            suffix: after[..suffix_to].to_owned(),
        }
    }

    /// Returns the byte span of a quote of this text, or `None` if the words there are not the quote's.
    pub fn span_of(&self, quote: &Quote) -> Option<Span> {
        if quote.text != self.id || quote.end < quote.start {
            return None;
        }
        let start = self.byte_at(quote.start)?;
        let end = start + quote.exact.len();
        (self.text.get(start..end)? == quote.exact).then(|| Span::new(start, end))
    }

    /// Returns the byte at which code point number `point` starts; the text's length for one past the last.
    pub fn byte_at(&self, point: usize) -> Option<usize> {
        let stride = self
            .marks
            .partition_point(|&mark| mark as usize <= point)
            .saturating_sub(1);
        let mut from = (stride * STRIDE).min(self.text.len());
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let base = self.marks.get(stride).copied().unwrap_or(0) as usize;
        let (mut from, mut base) = (from, base);
        if base > point {
            (from, base) = (0, 0);
        }
        let rest = &self.text[from..];
        rest.char_indices()
            .map(|(at, _)| from + at)
            .chain([self.text.len()])
            .nth(point - base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Text {
        let line = "A 🙂 in سوريا, e\u{301}t cetera; ";
        Text::new(line.repeat(40), Vec::new())
    }

    #[test]
    fn every_boundary_converts_both_ways() {
        let text = sample();
        for (points, (at, _)) in text.as_str().char_indices().enumerate() {
            assert_eq!(text.code_points_before(at), points, "byte {at}");
            assert_eq!(text.byte_at(points), Some(at), "point {points}");
        }
        let all = text.as_str().chars().count();
        assert_eq!(text.code_points_before(text.as_str().len()), all);
        assert_eq!(text.byte_at(all), Some(text.as_str().len()));
        assert_eq!(text.byte_at(all + 1), None);
    }

    #[test]
    fn a_quote_finds_its_words_again() {
        let text = sample();
        let at = text.as_str().rfind("سوريا").unwrap();
        let span = Span::new(at, at + "سوريا".len());
        let quote = text.quote(span);
        assert_eq!(quote.exact, "سوريا");
        assert_eq!(quote.end - quote.start, 5);
        assert_eq!(quote.prefix.chars().count(), 24);
        assert_eq!(text.span_of(&quote), Some(span));
    }

    #[test]
    fn a_quote_of_other_words_is_not_found() {
        let text = sample();
        let mut quote = text.quote(Span::new(0, 1));
        quote.exact = "B".into();
        assert_eq!(text.span_of(&quote), None);
    }

    #[test]
    fn a_stored_text_comes_back_with_its_blocks() {
        let words = "é🙂 one\ntwo";
        let block = Block {
            span: Span::new(words.len() - 3, words.len()),
            kind: BlockKind::Caption,
        };
        let text = Text::new(words.into(), vec![block]);
        let json = serde_json::to_string(&text).unwrap();
        assert!(json.contains("[7,10,\"caption\"]"), "{json}");
        assert_eq!(serde_json::from_str::<Text>(&json).unwrap(), text);
        let off = r#"{"text":"abc","blocks":[[2,9,"title"]]}"#;
        assert!(serde_json::from_str::<Text>(off).is_err());
    }

    #[test]
    fn empty_text_has_offset_zero() {
        let text = Text::new(String::new(), Vec::new());
        assert_eq!(text.code_points_before(0), 0);
        assert_eq!(text.byte_at(0), Some(0));
    }
}

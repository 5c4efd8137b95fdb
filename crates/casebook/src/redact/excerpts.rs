//! What a public copy says of the texts: the passages that quotes take, masked, and nothing between them.

use std::collections::BTreeMap;

use model::{Block, BlockKind, Quote, Span, Text, TextId, Texts};

use super::{mask::Masked, names::Names};

/// What parts two passages.
const GAP: &str = "\n\n[…]\n\n";

/// The passages of all texts.
#[derive(Default)]
pub(super) struct Excerpts {
    /// The passages of a text, as a text.
    of: BTreeMap<TextId, Text>,
    /// Each quote as it was, and as it is published.
    quotes: BTreeMap<Quote, Quote>,
}

impl Excerpts {
    /// Takes the passages of these quotes.
    pub fn of(quotes: Vec<Quote>, texts: &Texts, names: &Names) -> Self {
        let mut by_text: BTreeMap<TextId, Vec<Quote>> = BTreeMap::new();
        for quote in quotes {
            by_text.entry(quote.text.clone()).or_default().push(quote);
        }
        let mut out = Self::default();
        for (id, quotes) in by_text {
            out.text(id.clone(), quotes, texts.get(&id), names);
        }
        out
    }

    fn text(&mut self, id: TextId, quotes: Vec<Quote>, text: Option<&Text>, names: &Names) {
        let masked = text.map(|text| Masked::of(text.as_str(), names));
        // Where each quote stands in the masked text; those of a text that is not at hand are passages of their own.
        let mut placed: Vec<(std::ops::Range<usize>, &Quote)> = Vec::new();
        let mut alone: Vec<(String, &Quote)> = Vec::new();
        for quote in &quotes {
            let span = text.and_then(|text| text.span_of(quote));
            match (span, &masked) {
                (Some(span), Some(masked)) => placed.push((masked.range(span.range()), quote)),
                _ => alone.push((Masked::of(&quote.exact, names).text, quote)),
            }
        }
        placed.sort_by_key(|(range, _)| (range.start, range.end));
        let whole = masked.as_ref().map_or("", |it| it.text.as_str());
        let mut words = String::new();
        let mut blocks: Vec<Block> = Vec::new();
        let mut at: Vec<(Span, &Quote)> = Vec::new();
        let mut passage = 0..0;
        let mut start = 0;
        for (range, quote) in placed {
            if blocks.is_empty() || range.start > passage.end {
                start = begin(&mut words);
                passage = range.start..range.start;
                blocks.push(block(start, start));
            }
            if range.end > passage.end {
                words.push_str(&whole[passage.end..range.end]);
                passage.end = range.end;
            }
            if let Some(last) = blocks.last_mut() {
                *last = block(start, words.len());
            }
            let from = start + (range.start - passage.start);
            at.push((Span::new(from, from + range.len()), quote));
        }
        for (masked, quote) in alone {
            let start = begin(&mut words);
            words.push_str(&masked);
            blocks.push(block(start, words.len()));
            at.push((Span::new(start, words.len()), quote));
        }
        let text = Text::new(words, blocks);
        // Where a hidden name is left in the passages themselves, nothing is made of it here: the dossier is refused.
        let clean = !names.leaks(text.as_str());
        for (span, quote) in at {
            let mut shown = text.quote(span);
            if clean {
                uncut(&mut shown, names);
            }
            self.quotes.insert(quote.clone(), shown);
        }
        self.of.insert(id, text);
    }

    /// A quote as it is published.
    pub fn quote(&self, quote: &Quote) -> Option<&Quote> {
        self.quotes.get(quote)
    }

    /// The id of the passages of a text; of an empty text where nothing of it is quoted.
    pub fn id(&self, of: &TextId) -> TextId {
        let own = self.of.get(of).map(|text| text.id().clone());
        own.unwrap_or_else(|| Text::new(String::new(), Vec::new()).id().clone())
    }

    /// All passages, as texts.
    pub fn into_texts(self) -> Texts {
        self.of
            .into_values()
            .map(|text| (text.id().clone(), text))
            .collect()
    }
}

/// What stands around a quote ends where it is long enough, be it within a public name: the rest of it, which alone is
/// no public name any more, is left out.
fn uncut(quote: &mut Quote, names: &Names) {
    while names.leaks(&quote.suffix) {
        let end = quote.suffix.trim_end().rfind(char::is_whitespace);
        quote.suffix.truncate(end.unwrap_or(0));
    }
    while names.leaks(&quote.prefix) {
        let words = quote.prefix.trim_start();
        let rest = words.split_once(char::is_whitespace);
        quote.prefix = rest.map(|(_, rest)| rest.to_owned()).unwrap_or_default();
    }
}

fn begin(words: &mut String) -> usize {
    if !words.is_empty() {
        words.push_str(GAP);
    }
    words.len()
}

fn block(start: usize, end: usize) -> Block {
    Block {
        span: Span::new(start, end),
        kind: BlockKind::Paragraph,
    }
}

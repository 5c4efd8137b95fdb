//! What stands around a quote, and how a report begins.

use model::{Quote, ReportCard};

use super::index::View;

/// Words shown of a report that has no title.
const OPENING: usize = 12;

/// Quotes of at most so many code points are shown with what stands around them.
const SHORT: usize = 48;

/// Code points of context shown on a side.
const CONTEXT: usize = 24;

impl View<'_> {
    /// A little of what stands before and after a short quote in its paragraph: whole words, and `…` where the
    /// paragraph goes on. Empty for long quotes, which need none.
    pub fn context(&self, quote: &Quote) -> (String, String) {
        if quote.exact.chars().count() > SHORT {
            return (String::new(), String::new());
        }
        let (before, starts, after, ends) = self.around(quote);
        // The first and last word may be cut, unless the paragraph starts or ends there.
        let before = match (starts, before.split_once(char::is_whitespace)) {
            (true, _) => before.trim_start().to_owned(),
            (false, Some((_, rest))) => format!("… {rest}"),
            (false, None) => "… ".to_owned(),
        };
        let after = match (ends, after.rsplit_once(char::is_whitespace)) {
            (true, _) => after.trim_end().to_owned(),
            (false, Some((rest, _))) => format!("{rest} …"),
            (false, None) => " …".to_owned(),
        };
        (before, after)
    }

    /// Up to [`CONTEXT`] code points on either side of a quote within its block, and whether the block starts and ends
    /// there.
    fn around<'q>(&'q self, quote: &'q Quote) -> (&'q str, bool, &'q str, bool) {
        let found = self.texts.get(&quote.text).and_then(|text| {
            let span = text.span_of(quote)?;
            let at = text
                .blocks()
                .partition_point(|block| block.span.start() <= span.start());
            let block = text.blocks().get(at.checked_sub(1)?)?.span;
            block.contains(span).then_some((text.as_str(), span, block))
        });
        let Some((text, span, block)) = found else {
            return (&quote.prefix, false, &quote.suffix, false);
        };
        let before = &text[block.start()..span.start()];
        let cut = before.char_indices().rev().nth(CONTEXT - 1);
        let from = cut.map_or(0, |(at, _)| at);
        let after = &text[span.end()..block.end()];
        let to = after
            .char_indices()
            .nth(CONTEXT)
            .map_or(after.len(), |(at, _)| at);
        (&before[from..], from == 0, &after[..to], to == after.len())
    }

    /// The first words of a report without a title, to know it by.
    pub fn opening(&self, card: &ReportCard) -> Option<String> {
        let text = self.texts.get(&card.report.text)?;
        let block = text.blocks().iter().find(|block| {
            block.kind != model::BlockKind::Boilerplate && !text.slice(block.span).trim().is_empty()
        })?;
        let words: Vec<&str> = text.slice(block.span).split_whitespace().collect();
        let more = if words.len() > OPENING { " …" } else { "" };
        Some(format!(
            "{}{more}",
            words[..words.len().min(OPENING)].join(" ")
        ))
    }
}

//! The running text that linking looks at: of what a report is about its first pages, and of each further incident the
//! words around the claims on it.

use std::collections::BTreeMap;

use model::{Account, AccountKind, BlockKind, Reading, Span};

/// Bytes of running text that are looked at: what a report is about stands in its first few pages.
const TEXT: usize = 5_000;
/// Further incidents of a report that are looked at: more are an archive.
const MOST: usize = 100;

/// The accounts that tell of further incidents.
pub(super) fn further(reading: &Reading) -> impl Iterator<Item = &Account> {
    let further = |account: &&Account| account.kind == AccountKind::Further;
    reading.accounts.iter().filter(further).take(MOST)
}

/// The blocks that are no boilerplate, a line each, cut at [`TEXT`] bytes.
pub(super) fn main(reading: &Reading) -> String {
    let text = &reading.text;
    let mut out = String::new();
    let mut add = |words: &str| {
        if out.len() < TEXT {
            let left = (TEXT - out.len()).min(words.len());
            let mut end = left;
            while !words.is_char_boundary(end) {
                end -= 1;
            }
            out.push_str(&words[..end]);
            out.push('\n');
        }
    };
    if text.blocks().is_empty() {
        add(text.as_str());
    }
    for block in text.blocks() {
        if !matches!(block.kind, BlockKind::Boilerplate | BlockKind::Title) {
            add(text.slice(block.span));
        }
    }
    out
}

/// The path of a report's address: what follows the host of the last address in it (an archive's holds another).
pub(super) fn path(reading: &Reading) -> &str {
    let url = reading.report.url.as_deref().unwrap_or_default();
    let inner = url.rfind("://").map_or(url, |at| &url[at + 3..]);
    let path = inner.split_once('/').map_or("", |(_, path)| path);
    path.split(['?', '#']).next().unwrap_or_default()
}

/// Where the claims of each account stand.
pub(super) struct Passages {
    /// Blocks in order, each with the accounts that speak in it, at most two: more than one is all that matters.
    blocks: Vec<(Span, Vec<usize>)>,
}

impl Passages {
    pub(super) fn of(reading: &Reading) -> Self {
        let mut out = Self {
            blocks: reading
                .text
                .blocks()
                .iter()
                .map(|block| (block.span, Vec::new()))
                .collect(),
        };
        if out.blocks.is_empty() {
            let all = Span::new(0, reading.text.as_str().len());
            out.blocks.push((all, Vec::new()));
        }
        for (at, account) in reading.accounts.iter().enumerate() {
            for span in spans(reading, account) {
                if let Some(block) = out.block(span) {
                    let heard = &mut out.blocks[block].1;
                    if heard.len() < 2 && !heard.contains(&at) {
                        heard.push(at);
                    }
                }
            }
        }
        out
    }

    fn block(&self, span: Span) -> Option<usize> {
        let after = self
            .blocks
            .partition_point(|(block, _)| block.start() <= span.start());
        after.checked_sub(1)
    }

    /// The words of an account: the blocks in which it alone speaks, and of the others the sentences from its first
    /// claim to its last.
    pub(super) fn body(&self, reading: &Reading, account: &Account) -> String {
        let text = reading.text.as_str();
        let mut own: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for span in spans(reading, account) {
            if let Some(block) = self.block(span) {
                let held = own.entry(block).or_insert((span.start(), span.end()));
                *held = (held.0.min(span.start()), held.1.max(span.end()));
            }
        }
        let mut out = String::new();
        for (block, (first, last)) in own {
            let (span, heard) = &self.blocks[block];
            let (mut from, mut to) = (span.start(), span.end());
            if heard.len() > 1 {
                let before = &text[from..first];
                from += before.rfind(". ").map_or(0, |at| at + 2);
                let after = &text[last..to.max(last)];
                to = last + after.find(". ").map_or(after.len(), |at| at + 1);
            }
            if out.len() + to.saturating_sub(from) <= TEXT {
                out.push_str(&text[from..to]);
                out.push('\n');
            }
        }
        out
    }
}

/// Where the words of an account's claims stand.
fn spans<'a>(reading: &'a Reading, account: &'a Account) -> impl Iterator<Item = Span> + 'a {
    let quotes = account.claims.iter().flat_map(|claim| &claim.quotes);
    quotes.filter_map(|quote| reading.text.span_of(quote))
}

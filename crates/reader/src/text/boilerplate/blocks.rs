//! Runs of blocks that are boilerplate together: menus, and headlines of other stories at the foot of a page.

use model::{Block, BlockKind};

use crate::text::lines::ends_sentence;

/// Most words of a headline.
const HEADLINE: usize = 24;

/// Marks the headlines of other stories at the foot of a page: two lines or more of four words and more, none of which
/// ends as a sentence does but one of which a page cut short ("… in eastern…"), below a story of two lines or more that
/// do.
pub(super) fn teasers(text: &str, blocks: &mut [Block]) {
    let words = |block: &Block| &text[block.span.range()];
    let cut = |words: &str| {
        let bare = words.trim_end_matches(['”', '"', '’', ' ', '\u{a0}']);
        bare.ends_with('…') || bare.ends_with("...")
    };
    let full = |block: &Block| {
        block.kind != BlockKind::Boilerplate && ends_sentence(words(block)) && !cut(words(block))
    };
    let short = |block: &Block| words(block).split_whitespace().take(HEADLINE).count() < HEADLINE;
    let from = blocks
        .iter()
        .rposition(|block| {
            block.kind == BlockKind::Title
                || block.kind != BlockKind::Boilerplate && (full(block) || !short(block))
        })
        .map_or(0, |last| last + 1);
    if blocks[..from]
        .iter()
        .filter(|block| full(block))
        .take(2)
        .count()
        < 2
    {
        return;
    }
    let lines = || {
        blocks[from..]
            .iter()
            .filter(|block| block.kind != BlockKind::Boilerplate)
            .filter(|block| words(block).split_whitespace().nth(3).is_some())
    };
    if lines().take(2).count() == 2 && lines().any(|block| cut(words(block))) {
        for block in &mut blocks[from..] {
            block.kind = BlockKind::Boilerplate;
        }
    }
}

/// Marks rows of menu words: four or more short lines in a row, at least half of them known labels.
pub(super) fn menus(text: &str, blocks: &mut [Block]) {
    let short = |block: &Block| {
        let words = &text[block.span.range()];
        words.split_whitespace().take(5).count() <= 3 && !ends_sentence(words)
    };
    let mut at = 0;
    while at < blocks.len() {
        let run = blocks[at..].iter().take_while(|block| short(block)).count();
        let known = blocks[at..at + run]
            .iter()
            .filter(|block| block.kind == BlockKind::Boilerplate)
            .count();
        if run >= 4 && known * 2 >= run {
            for block in &mut blocks[at..at + run] {
                if block.kind != BlockKind::Title {
                    block.kind = BlockKind::Boilerplate;
                }
            }
        }
        at += run.max(1);
    }
}

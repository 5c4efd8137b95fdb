//! Boilerplate: what surrounds a report on its page and says nothing about what happened.
//!
//! What comes in: the blocks of a text. What goes out: the same blocks, boilerplate marked [`BlockKind::Boilerplate`].
//! Nothing is cut: a reader of the dossier still sees it. The rules are of general kinds (sign-up lines, consent, share
//! buttons, rights notices, photo credits, "read more"); none knows a single publisher. When in doubt a line stays: a
//! missed boilerplate line costs little, a lost sentence costs a claim.

mod blocks;
mod lines;
mod sentences;
mod words;

use model::{Block, BlockKind};

use self::{
    lines::{is_boilerplate, is_caption},
    sentences::{boilerplate, split},
    words::{HEADS, fold},
};
use super::lines::ends_sentence;

/// Marks the boilerplate among `blocks`; a block whose boilerplate stands at one end only is cut in two.
pub(crate) fn mark(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    // Inside a list of links to other stories, opened by its heading.
    let mut links = false;
    for block in blocks {
        let words = &text[block.span.range()];
        if matches!(block.kind, BlockKind::Boilerplate | BlockKind::Title) {
            out.push(block);
            continue;
        }
        let folded = fold(words);
        let whole = is_boilerplate(&folded, words);
        let teaser =
            links && !ends_sentence(words) && words.split_whitespace().take(24).count() < 24;
        let opens = HEADS.words().any(|head| {
            let rest = folded.strip_prefix(head);
            rest.is_some_and(|rest| rest.len() <= 40 && !rest.starts_with(char::is_alphabetic))
        }) && !ends_sentence(words.trim_end_matches(':'));
        links = opens || teaser || (links && whole);
        if whole || teaser || opens {
            out.push(boilerplate(block.span));
        } else if is_caption(&folded, words) {
            out.push(Block {
                kind: BlockKind::Caption,
                ..block
            });
        } else {
            split(text, block, &mut out);
        }
    }
    blocks::menus(text, &mut out);
    blocks::teasers(text, &mut out);
    out
}

#[cfg(test)]
mod tests;

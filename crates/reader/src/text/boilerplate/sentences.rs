//! Sentences that are boilerplate, and cutting them off the ends of a block.

use std::ops::Range;

use model::{Block, BlockKind, Span};

use super::words::{ANYWHERE, WHOLE, fold};

pub(super) fn boilerplate(span: Span) -> Block {
    Block {
        span,
        kind: BlockKind::Boilerplate,
    }
}

/// Whether a sentence holds a phrase that makes it boilerplate.
pub(super) fn sentence_is_boilerplate(sentence: &str) -> bool {
    let folded = fold(sentence);
    let said = folded.contains(['"', '“', '”']) || folded.contains(" said");
    !said
        && (ANYWHERE.words().any(|phrase| folded.contains(phrase))
            || folded.trim_start_matches(['(', ' ']).starts_with('©')
            || folded
                .trim_start_matches(['(', ' '])
                .starts_with("copyright 20"))
}

pub(super) fn all_sentences_boilerplate(words: &str) -> bool {
    sentences(words)
        .iter()
        .all(|range| sentence_is_boilerplate(&words[range.clone()]))
}

/// Cuts boilerplate sentences off either end of a block: page templates glue "I agree to the terms." to the next
/// paragraph.
pub(super) fn split(text: &str, block: Block, out: &mut Vec<Block>) {
    let words = &text[block.span.range()];
    let parts = sentences(words);
    let bad: Vec<bool> = parts
        .iter()
        .map(|range| sentence_is_boilerplate(&words[range.clone()]))
        .collect();
    let lead = bad.iter().take_while(|bad| **bad).count();
    let tail = bad[lead..].iter().rev().take_while(|bad| **bad).count();
    if lead + tail == 0 || lead == parts.len() {
        out.push(block);
        return;
    }
    let base = block.span.start();
    let cover = |range: &[Range<usize>]| {
        let (start, end) = (range[0].start, range[range.len() - 1].end);
        Span::new(base + start, base + end)
    };
    if lead > 0 {
        out.push(boilerplate(cover(&parts[..lead])));
    }
    out.push(Block {
        span: cover(&parts[lead..parts.len() - tail]),
        kind: block.kind,
    });
    if tail > 0 {
        out.push(boilerplate(cover(&parts[parts.len() - tail..])));
    }
}

/// Where [`WHOLE`] boilerplate ends before a capital, in order.
pub(super) fn whole_ends(words: &str) -> Vec<usize> {
    let lower = words.to_ascii_lowercase();
    let mut cuts: Vec<usize> = WHOLE
        .words()
        .flat_map(|phrase| lower.match_indices(phrase))
        .map(|(at, phrase)| at + phrase.len())
        .filter(|&end| {
            let rest = words[end..].strip_prefix([' ', '\u{a0}']);
            rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
        })
        .collect();
    cuts.sort_unstable();
    cuts
}

/// Rough sentences: cut after `.`, `!`, `?` before a capital, with or without a space between, and after [`WHOLE`]
/// boilerplate. Only to find boilerplate by; the language pipeline does the real cutting. Ranges leave white space at
/// either end out.
fn sentences(words: &str) -> Vec<Range<usize>> {
    let mut cuts = whole_ends(words).into_iter().peekable();
    let mut out = Vec::new();
    for part in stopped(words) {
        let mut start = part.start;
        while let Some(cut) = cuts.next_if(|&cut| cut < part.end) {
            if cut > start {
                out.push(start..cut);
                start = cut + words[cut..].len() - words[cut..].trim_start().len();
            }
        }
        out.push(start..part.end);
    }
    out
}

/// Ranges that end at a stop before a capital.
fn stopped(words: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = words.char_indices().peekable();
    let mut word = 0;
    let mut push = |from: usize, to: usize| {
        let part = &words[from..to];
        let begin = from + part.len() - part.trim_start().len();
        if !part.trim().is_empty() {
            out.push(begin..begin + part.trim().len());
        }
    };
    let mut capital = false;
    while let Some((at, c)) = chars.next() {
        // An abbreviation ("Gov. Vell", "U.S.", "a.m.") ends no sentence.
        let abbreviated = word <= 1 || (word <= 3 && capital);
        if matches!(c, '.' | '!' | '?') && !abbreviated {
            let rest = words[at + 1..].trim_start_matches([' ', '\u{a0}', ')', '"', '”', '’']);
            let gap = words.len() - at - 1 - rest.len();
            if rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '(' | '©' | '“' | '"'))
            {
                push(start, at + 1 + gap);
                start = at + 1 + gap;
                while chars.peek().is_some_and(|(next, _)| *next < start) {
                    chars.next();
                }
            }
        }
        if c.is_alphanumeric() {
            capital = if word == 0 { c.is_uppercase() } else { capital };
            word += 1;
        } else {
            word = 0;
        }
    }
    push(start, words.len());
    out
}

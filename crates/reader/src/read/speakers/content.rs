//! The content of a cue: which quotations it owns, and its ranges put in order.

use std::ops::Range;

use language::{Pos, Token};

use super::{SpeechContext, cues, cues::is_plain_saying, sources};
use crate::read::parties::phrase;

/// The quotations that belong to a cue of the plain kind: those under it in the tree, or nearest to it in its sentence.
pub fn quoted(cx: &SpeechContext<'_>, verb: Token<'_>) -> Vec<Range<usize>> {
    let doc = cx.doc;
    let quotes = &cx.quotes;
    if quotes.at(verb.i).is_some() {
        return Vec::new();
    }
    let sentence = verb.sentence();
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut seen = usize::MAX;
    for i in sentence.clone() {
        let Some(index) = quotes.at(i) else { continue };
        if index == seen {
            continue;
        }
        seen = index;
        let segment = &quotes.segments[index].tokens;
        if owner(cx, segment, verb) {
            out.push(segment.clone());
        }
    }
    // “Who knows?” he asked.
    let opens = out.is_empty() && is_plain_saying(verb.lemma()) && verb.i < sentence.start + 12;
    if opens && sentence.start > 0 {
        let mut before = sentence.start - 1;
        while before > 0 && doc.token(before).is_space() {
            before -= 1;
        }
        if cx.paragraph[before] == cx.paragraph[verb.i]
            && let Some(index) = quotes.at(before)
            && quotes.segments[index].tokens.end == before + 1
            && !verb
                .children()
                .any(|c| matches!(c.dep(), "ccomp" | "xcomp"))
        {
            out.push(quotes.segments[index].tokens.clone());
        }
    }
    out
}

/// Whether the cue owns the quotation: the first cue met on the way up from it, or the nearest one when the way meets
/// none.
fn owner(cx: &SpeechContext<'_>, segment: &Range<usize>, verb: Token<'_>) -> bool {
    let doc = cx.doc;
    let words = segment
        .clone()
        .filter(|&i| !doc.token(i).is_punct() && !doc.token(i).is_space())
        .count();
    let cue_like = |token: Token<'_>| {
        matches!(token.pos(), Pos::Verb)
            && cx.quotes.at(token.i).is_none()
            && cues::frame(token.lemma())
                .is_some_and(|frame| frame.clause || frame.object || frame.quotation)
            && !matches!(token.dep(), "amod" | "compound")
    };
    let sentence = verb.sentence();
    let inside = segment.start.max(sentence.start)..segment.end.min(sentence.end);
    if inside.is_empty() {
        return false;
    }
    let head = doc.token(phrase::head_of(doc, inside.clone()));
    let mut via = head;
    for up in head.ancestors().take(10) {
        if cue_like(up) {
            // Words quoted within the source, a time or a manner are no content.
            let aside = matches!(
                via.dep(),
                "prep" | "nsubj" | "nsubjpass" | "agent" | "npadvmod" | "advmod"
            );
            return up.i == verb.i && !(aside && words < 6);
        }
        via = up;
    }
    if words < 3 || !is_quoting(verb.lemma()) {
        return false;
    }
    // The segment heads the sentence, or hangs elsewhere: the nearest plain cue outside.
    let nearest = sentence
        .clone()
        .filter(|&i| cue_like(doc.token(i)) && is_quoting(doc.token(i).lemma()))
        .min_by_key(|&i| (distance(i, &inside), i));
    nearest == Some(verb.i) && distance(verb.i, &inside) < 25
}

fn is_quoting(lemma: &str) -> bool {
    cues::frame(lemma).is_some_and(|frame| (frame.clause || frame.quotation) && !frame.weak)
}

fn distance(i: usize, range: &Range<usize>) -> usize {
    if i < range.start {
        range.start - i
    } else {
        i.saturating_sub(range.end)
    }
}

/// What hangs on the cue and is not content: who was told, when, in what.
fn beside(verb: Token<'_>, content: &[Range<usize>]) -> Vec<Range<usize>> {
    verb.children()
        .filter(|child| {
            matches!(child.dep(), "nsubj" | "nsubjpass" | "dative" | "agent")
                || (child.dep() == "dobj"
                    && verb.lemma() == "tell"
                    && child.subtree().start == verb.i + 1)
        })
        .map(|child| child.subtree())
        .filter(|range| {
            !range.is_empty()
                && !range.contains(&verb.i)
                && !content
                    .iter()
                    .any(|c| c.start >= range.start && c.end <= range.end)
        })
        .collect()
}

/// Sorts and joins the content, keeps it off cue and source, and trims it.
pub fn clean(
    cx: &SpeechContext<'_>,
    content: Vec<Range<usize>>,
    cue: &Range<usize>,
    source: Option<&Range<usize>>,
    verb: Token<'_>,
) -> Vec<Range<usize>> {
    let mut cuts: Vec<Range<usize>> = vec![cue.clone()];
    cuts.extend(source.cloned());
    cuts.extend(beside(verb, &content));
    cuts.sort_by_key(|cut| cut.start);
    let mut ranges: Vec<Range<usize>> = content
        .into_iter()
        .filter(|range| !range.is_empty())
        .collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    for cut in &cuts {
        joined = joined
            .into_iter()
            .flat_map(|range| {
                let left = range.start..cut.start.clamp(range.start, range.end);
                let right = cut.end.clamp(range.start, range.end)..range.end;
                if left.end == range.end || right.start == range.start {
                    vec![range]
                } else {
                    vec![left, right]
                }
            })
            .filter(|range| !range.is_empty())
            .collect();
    }
    joined
        .into_iter()
        .map(|range| sources::trim(cx, range))
        // Only a colon or a dash was left: "According to police:" at the end of a text.
        .filter(|range| !range.is_empty())
        .map(|mut range| {
            while range.len() > 1
                && matches!(cx.doc.token(range.end - 1).text(), "." | "(")
                && cx.quotes.at(range.end - 1).is_none()
            {
                range.end -= 1;
            }
            range
        })
        .filter(|range| {
            // "…, which the minister blamed": the word alone says nothing.
            range.len() > 1 || !matches!(cx.doc.token(range.start).tag(), "WDT" | "WP" | "PRP")
        })
        .filter(|range| {
            range
                .clone()
                .any(|i| !cx.doc.token(i).is_punct() && !cx.doc.token(i).is_space())
        })
        .collect()
}

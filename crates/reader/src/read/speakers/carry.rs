//! What runs on over sentences: quotations that go on after "he said", paragraphs that are a quotation only, colons.

use std::ops::Range;

use super::{Attribution, AttributionKind, SpeechContext};

/// Paragraphs that a speaker may be carried over.
const PARAGRAPHS: u32 = 4;

/// Ranges of one content beyond which it grows no more.
const MOST: usize = 200;

/// Gives every quotation that nobody owns yet to who spoke last, if nothing stands between that speaks against it.
pub fn run(cx: &SpeechContext<'_>, out: &mut [Attribution]) {
    let mut owned = vec![false; cx.quotes.segments.len()];
    for attribution in out.iter() {
        for range in &attribution.content {
            for i in range.clone() {
                if let Some(segment) = cx.quotes.at(i) {
                    owned[segment] = true;
                }
            }
        }
    }
    out.sort_by_key(|attribution| attribution.cue.start);
    // The last attribution whose cue, or content, ends before a token, among those that quote.
    for (index, found) in cx.quotes.segments.iter().enumerate() {
        if owned[index] {
            continue;
        }
        let segment = found.tokens.clone();
        if found.continues
            && index > 0
            && let Some(owner) = owner_of(cx, out, index - 1)
        {
            out[owner].content.push(segment);
            continue;
        }
        if !stands_alone(cx, &segment) {
            continue;
        }
        let here = cx.paragraph[segment.start];
        let before = last_before(out, segment.start);
        // “A,” he said. “B.”
        if let Some(before) = before
            && out[before].content.len() < MOST
            && let same = cx.paragraph[last_token(&out[before])] == here
            && (same || whole_paragraph(cx, &segment))
            && here.saturating_sub(cx.paragraph[last_token(&out[before])]) <= 1
            && here.saturating_sub(cx.paragraph[out[before].cue.start]) <= PARAGRAPHS
            && (out[before].kind_hint(cx) || colon_before(cx, &segment))
            && !between(cx, &out[before], segment.start, same)
        {
            out[before].content.push(segment);
            continue;
        }
        // “B.” [new paragraph] “C,” he said: the speaker follows.
        if whole_paragraph(cx, &segment)
            && let Some(after) = first_after(cx, out, segment.end)
        {
            out[after].content.push(segment);
        }
    }
    for attribution in out.iter_mut() {
        attribution.content.sort_by_key(|range| range.start);
        attribution.content.dedup();
    }
}

impl Attribution {
    /// Whether it quotes already, or has nothing yet: only such a one goes on with a quotation.
    fn kind_hint(&self, cx: &SpeechContext<'_>) -> bool {
        self.kind == AttributionKind::Direct
            || self.content.is_empty()
            || self
                .content
                .iter()
                .any(|range| range.clone().any(|i| cx.quotes.at(i).is_some()))
            || matches!(
                self.lemma.as_str(),
                "say" | "tell" | "add" | "explain" | "continue" | "write" | "note" | "warn"
            )
    }
}

fn last_token(attribution: &Attribution) -> usize {
    let content = attribution
        .content
        .iter()
        .map(|range| range.end - 1)
        .max()
        .unwrap_or(0);
    let source = attribution
        .source
        .as_ref()
        .map_or(0, |source| source.end - 1);
    content.max(attribution.cue.end - 1).max(source)
}

fn owner_of(cx: &SpeechContext<'_>, out: &[Attribution], segment: usize) -> Option<usize> {
    let start = cx.quotes.segments[segment].tokens.start;
    let upto = out.partition_point(|attribution| attribution.cue.start <= start + 400);
    (0..upto)
        .rev()
        .take(60)
        .find(|&a| out[a].content.iter().any(|range| range.contains(&start)))
}

/// The last attribution whose cue stands before token `at`, the outermost where several are nested.
fn last_before(out: &[Attribution], at: usize) -> Option<usize> {
    let upto = out.partition_point(|attribution| attribution.cue.start < at);
    let mut best: Option<usize> = None;
    for a in (0..upto).rev().take(12) {
        match best {
            None => best = Some(a),
            Some(held) => {
                let cue = out[held].cue.start;
                let outer = out[a].content.iter().any(|range| range.contains(&cue));
                if outer {
                    best = Some(a);
                }
            }
        }
    }
    best.filter(|&a| !out[a].speakers.is_empty() || out[a].source.is_some())
}

/// An attribution that opens the next paragraph with a quotation of its own.
fn first_after(cx: &SpeechContext<'_>, out: &[Attribution], at: usize) -> Option<usize> {
    let from = out.partition_point(|attribution| attribution.cue.start < at);
    let here = cx.paragraph[at.checked_sub(1)?];
    let found = (from..out.len().min(from + 4)).find(|&a| {
        let first = out[a].content.iter().map(|range| range.start).min();
        first.is_some_and(|first| {
            first >= at
                && cx.paragraph[first] == here + 1
                && cx.quotes.at(first).is_some()
                && (first == at || cx.paragraph[first - 1] == here)
        })
    })?;
    Some(found)
}

/// Whether the quotation is a sentence or more of its own, not words quoted within a sentence.
fn stands_alone(cx: &SpeechContext<'_>, segment: &Range<usize>) -> bool {
    let doc = cx.doc;
    let first = doc.token(segment.start);
    let opens = first.sentence().start >= segment.start
        || first.sentence().start + 1 >= segment.start
        || cx.paragraph[segment.start] != cx.paragraph[segment.start.saturating_sub(1)]
        || colon_before(cx, segment);
    let words = segment
        .clone()
        .filter(|&i| !doc.token(i).is_punct())
        .count();
    opens && words >= 3
}

fn colon_before(cx: &SpeechContext<'_>, segment: &Range<usize>) -> bool {
    segment.start > 0 && cx.doc.token(segment.start - 1).text() == ":"
}

/// Whether the quotation fills its paragraph.
fn whole_paragraph(cx: &SpeechContext<'_>, segment: &Range<usize>) -> bool {
    let here = cx.paragraph[segment.start];
    let before = (0..segment.start)
        .rev()
        .take(3)
        .filter(|&i| cx.paragraph[i] == here)
        .count();
    let last = cx.paragraph.get(segment.end - 1) == Some(&here);
    let after = (segment.end..cx.doc.len())
        .take(3)
        .filter(|&i| cx.paragraph[i] == here && !cx.doc.token(i).is_punct())
        .count();
    last && before <= 1 && after == 0
}

/// Whether plain text stands between the attribution and the quotation: a sentence of the outlet's own breaks the run.
fn between(
    cx: &SpeechContext<'_>,
    attribution: &Attribution,
    at: usize,
    same_paragraph: bool,
) -> bool {
    let doc = cx.doc;
    let from = last_token(attribution) + 1;
    if at < from {
        return false;
    }
    let from_sentence = doc.token(from - 1).sentence_index();
    let plain = (from..at)
        .take(80)
        .filter(|&i| {
            let token = doc.token(i);
            !token.is_punct()
                && !token.is_space()
                && cx.quotes.at(i).is_none()
                && token.sentence_index() != from_sentence
        })
        .count();
    plain > if same_paragraph { 3 } else { 0 }
}

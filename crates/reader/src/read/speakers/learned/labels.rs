//! From the probabilities of each token's label to the spans of an attribution.
//!
//! Comes in: for each token about a cue the probability of each label. Goes out: the cue, its source and its content as
//! ranges. Labels of neighbours cling to each other a little; marks go with the words beside them; a cue that has no
//! likely source gets its likeliest.

use std::ops::Range;

use super::{
    found::Found,
    span::{CLASSES, CONTENT, CUE, OTHER, SOURCE},
    token_features::{Quoted, TokenFeatures},
};

/// What the span model says of the tokens about one cue.
pub struct Labels {
    /// Tokens that were looked at.
    pub reach: Range<usize>,
    /// Logarithm of the probability of each class.
    pub classes: Vec<[f32; CLASSES]>,
}

/// What it costs, as a logarithm of odds, that a label differs from that of the word before.
const CHANGE: f32 = 0.5;
/// The same over a mark.
const CHANGE_AT_MARK: f32 = 0.3;
/// Probability from which a word is the source where no word is likelier to be that than anything else: most cues have
/// one.
const SOURCE_FLOOR: f32 = 0.3;

impl Labels {
    /// The likeliest sequence of labels (Viterbi), in which labels change at a cost; marks get none.
    fn best(&self, columns: &TokenFeatures<'_>) -> Vec<usize> {
        let mark = |slot: usize| {
            let token = columns.doc.token(self.reach.start + slot);
            token.is_punct() || token.is_space()
        };
        let words: Vec<usize> = (0..self.classes.len())
            .filter(|&slot| !mark(slot))
            .collect();
        let mut label = vec![OTHER; self.classes.len()];
        let Some(&first) = words.first() else {
            return label;
        };
        let mut score = self.classes[first];
        let mut from: Vec<[u8; CLASSES]> = vec![[0; CLASSES]];
        for pair in words.windows(2) {
            let (before, slot) = (pair[0], pair[1]);
            let cost = if slot == before + 1 {
                CHANGE
            } else {
                CHANGE_AT_MARK
            };
            let best = (0..CLASSES)
                .max_by(|a, b| score[*a].total_cmp(&score[*b]))
                .unwrap_or(OTHER);
            let mut next = [0.0; CLASSES];
            let mut came = [0u8; CLASSES];
            for class in 0..CLASSES {
                let (stay, change) = (score[class], score[best] - cost);
                let (top, by) = if stay >= change {
                    (stay, class)
                } else {
                    (change, best)
                };
                next[class] = top + self.classes[slot][class];
                came[class] = by as u8;
            }
            score = next;
            from.push(came);
        }
        let mut class = (0..CLASSES)
            .max_by(|a, b| score[*a].total_cmp(&score[*b]))
            .unwrap_or(OTHER);
        for (at, &slot) in words.iter().enumerate().rev() {
            label[slot] = class;
            class = usize::from(from[at][class]);
        }
        label
    }
}

/// Stretches of tokens for which `holds`.
pub fn stretches(range: Range<usize>, holds: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for i in range {
        if !holds(i) {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.end == i => last.end = i + 1,
            _ => out.push(i..i + 1),
        }
    }
    out
}

/// Makes spans of the labels: one range for cue and source, as many as need be for the content.
pub fn read_off(
    columns: &TokenFeatures<'_>,
    at: usize,
    probability: f32,
    labels: &Labels,
) -> Found {
    let reach = labels.reach.clone();
    let mut label = labels.best(columns);
    marks(columns, &reach, &mut label);
    let mut cue = at..at + 1;
    while cue.start > reach.start && label[cue.start - 1 - reach.start] == CUE {
        cue.start -= 1;
    }
    while cue.end < reach.end && label[cue.end - reach.start] == CUE {
        cue.end += 1;
    }
    let weight = |range: &Range<usize>| -> f32 {
        range
            .clone()
            .map(|i| labels.classes[i - reach.start][SOURCE].exp())
            .sum()
    };
    let no_source = !label.contains(&SOURCE);
    if no_source {
        // A source that is nowhere the likeliest label, but likely somewhere.
        let floor = SOURCE_FLOOR.ln();
        let likely: Vec<usize> = (0..label.len())
            .filter(|&slot| {
                labels.classes[slot][SOURCE] > floor
                    && !cue.contains(&(reach.start + slot))
                    && columns.doc.token(reach.start + slot).pos() != language::Pos::Punct
            })
            .collect();
        for slot in likely {
            label[slot] = SOURCE;
        }
    }
    let of = |i: usize| label[i - reach.start];
    let source = stretches(reach.clone(), |i| of(i) == SOURCE && !cue.contains(&i))
        .into_iter()
        .filter_map(|range| trim(columns, range))
        .max_by(|a, b| weight(a).total_cmp(&weight(b)));
    let content = stretches(reach.clone(), |i| of(i) == CONTENT && !cue.contains(&i))
        .into_iter()
        .filter_map(|range| trim(columns, range))
        .collect();
    Found {
        word: at,
        cue,
        source,
        content,
        probability,
    }
}

/// Marks belong to the content that stands on both sides of them; quotation marks also to what they open and close.
fn marks(columns: &TokenFeatures<'_>, reach: &Range<usize>, label: &mut [usize]) {
    let mark = |slot: usize| {
        let token = columns.doc.token(reach.start + slot);
        token.is_punct() || token.is_space()
    };
    let mut before = OTHER;
    let mut slot = 0;
    while slot < label.len() {
        if !mark(slot) {
            before = label[slot];
            slot += 1;
            continue;
        }
        let mut end = slot;
        while end < label.len() && mark(end) {
            end += 1;
        }
        let after = label.get(end).copied().unwrap_or(OTHER);
        for (at, label) in label.iter_mut().enumerate().take(end).skip(slot) {
            *label = match columns.quoted[reach.start + at] {
                _ if before == after => before,
                Quoted::First if after == CONTENT => CONTENT,
                Quoted::Last | Quoted::Yes if before == CONTENT => CONTENT,
                _ => OTHER,
            };
        }
        slot = end;
    }
}

/// Leaves out commas, colons, dashes and white space at the ends; `None` when nothing is left but marks.
pub fn trim(columns: &TokenFeatures<'_>, mut range: Range<usize>) -> Option<Range<usize>> {
    let loose = |i: usize| {
        let token = columns.doc.token(i);
        token.is_space() || matches!(token.text(), "," | ";" | ":" | "–" | "—" | "-" | "--")
    };
    while range.start < range.end && loose(range.start) {
        range.start += 1;
    }
    while range.start < range.end && loose(range.end - 1) {
        range.end -= 1;
    }
    range
        .clone()
        .any(|i| !columns.doc.token(i).is_punct())
        .then_some(range)
}

//! Words that change commitment, and the tokens they reach.
//!
//! What comes in: a parsed text. What goes out: [`StanceCue`]s in order, and for any token the stance that holds there
//! ([`at`]). `words` reads modals, adverbs and adjectives, `verbs` verbs and nouns of reporting, believing and denying,
//! `doubt` what is said to be unconfirmed. It knows nothing of who speaks, except that an attribution by "claimed" or
//! by nobody is itself a cue.
//!
//! Where several cues reach a token, the strongest reservation counts: unconfirmed, denied, claimed, possible,
//! reported; a token that none reaches is asserted. Of two cues of one kind the one with the smaller reach is shown.

mod cue;
mod doubt;
mod verbs;
mod words;

use std::ops::Range;

use language::Doc;
use model::StanceKind;

pub use cue::StanceCue;

use super::{
    interval_index::IntervalIndex,
    parties::phrase,
    speakers::{Attribution, chain_at},
};

/// Finds the cues of a text, in order.
pub fn find(doc: &Doc) -> IntervalIndex<StanceCue> {
    let mut out = Vec::new();
    for token in doc.tokens() {
        if token.sentence().len() > phrase::LONGEST_SENTENCE {
            continue;
        }
        out.extend(words::read(token));
        out.extend(verbs::read(token));
        out.extend(doubt::read(token));
    }
    out.extend(words::questions(doc));
    out.retain(|cue| !cue.scope.is_empty());
    out.sort_by_key(|cue| (cue.tokens.start, cue.tokens.end));
    out.dedup_by(|a, b| a.tokens == b.tokens && a.kind == b.kind);
    IntervalIndex::new(out, |cue| cue.scope.clone())
}

/// How strong a reservation it is; the stronger wins.
fn strength(kind: StanceKind) -> u8 {
    match kind {
        StanceKind::Unconfirmed => 5,
        StanceKind::Denied => 4,
        StanceKind::Claimed => 3,
        StanceKind::Possible => 2,
        StanceKind::Reported => 1,
        StanceKind::Asserted => 0,
    }
}

/// The stance at token `i`, with the cue's tokens.
pub fn at(
    stances: &IntervalIndex<StanceCue>,
    attributions: &IntervalIndex<Attribution>,
    i: usize,
) -> (StanceKind, Option<Range<usize>>) {
    let reach = |scope: &[Range<usize>]| scope.iter().map(ExactSizeIterator::len).sum::<usize>();
    let mut found: Vec<(u8, std::cmp::Reverse<usize>, StanceKind, Range<usize>)> = stances
        .near(i)
        .filter(|cue| cue.scope.iter().any(|range| range.contains(&i)))
        .map(|cue| {
            (
                strength(cue.kind),
                std::cmp::Reverse(reach(&cue.scope)),
                cue.kind,
                cue.tokens.clone(),
            )
        })
        .collect();
    for attribution in chain_at(attributions, i) {
        let kind = match attribution.lemma.as_str() {
            "claim" | "allege" | "allegation" => StanceKind::Claimed,
            "deny" | "denial" => StanceKind::Denied,
            // "Ten deaths were confirmed": firm, whoever confirmed them.
            "confirm" => continue,
            _ if attribution.source.is_none() && attribution.speakers.is_empty() => {
                StanceKind::Reported
            }
            _ => continue,
        };
        found.push((
            strength(kind),
            std::cmp::Reverse(reach(&attribution.content)),
            kind,
            attribution.cue.clone(),
        ));
    }
    found
        .into_iter()
        .max_by_key(|(strength, reach, _, cue)| {
            (*strength, *reach, std::cmp::Reverse(cue.start), cue.end)
        })
        .map_or((StanceKind::Asserted, None), |(_, _, kind, cue)| {
            (kind, Some(cue))
        })
}

#[cfg(test)]
mod tests;

//! What stands around a candidate, whatever the parse makes of it.

use language::Pos;

use super::{
    super::candidates::Candidate,
    families::{AHEAD, BEHIND, NEAR, SAID, WHERE},
    hashed::Hashed,
    rules::rule_bits,
};
use crate::{
    claims::passes::Passes,
    learned::{Features, mix},
};

/// Most words of a sentence that are features.
const MAX_WORDS: usize = 60;

/// The nearest words that may be predicates before and behind, whatever the parse makes of them: headlines parse badly.
pub fn beside(
    cx: &Passes<'_>,
    hashed: &Hashed,
    candidate: &Candidate,
    title: usize,
    out: &mut Features,
) {
    let head = cx.doc.token(candidate.head);
    let sentence = head.sentence();
    let titled = head.sentence_index() < title;
    let form = candidate.form as u64;
    let tells = |i: &usize| {
        let token = cx.doc.token(*i);
        matches!(token.pos(), Pos::Verb | Pos::Adj)
            || matches!(
                token.lower(),
                "dead"
                    | "wounded"
                    | "injured"
                    | "hurt"
                    | "killed"
                    | "shot"
                    | "fatally"
                    | "himself"
                    | "herself"
            )
    };
    let size = candidate.n.map_or(9, |n| n.min(3));
    let after = candidate.tokens.end.max(candidate.head + 1)..sentence.end;
    for (at, i) in after.take(14).filter(tells).take(3).enumerate() {
        out.triple(AHEAD, at as u64, hashed.words[i]);
        if at == 0 {
            out.triple(AHEAD, size + 20, hashed.words[i]);
            out.triple(AHEAD, hashed.words[candidate.head], hashed.words[i]);
            // "Child shot in Kelmoor", "Two girls, a man shot": what a headline says stands behind its people.
            out.triple(mix(AHEAD, form + 40), u64::from(titled), hashed.words[i]);
            let gap = (i - candidate.head).min(4) as u64;
            out.triple(mix(AHEAD, gap + 60), u64::from(titled), hashed.words[i]);
        }
    }
    let before = sentence.start..candidate.tokens.start.max(sentence.start);
    for (at, i) in before.rev().take(14).filter(tells).take(2).enumerate() {
        out.triple(BEHIND, at as u64, hashed.words[i]);
    }
}

/// The words of its sentence and of those beside, and where it stands in the report.
pub fn around(
    cx: &Passes<'_>,
    hashed: &Hashed,
    candidate: &Candidate,
    title: usize,
    out: &mut Features,
) {
    let sentence = cx.doc.token(candidate.head).sentence_index();
    let say = |s: usize, name: u64, out: &mut Features| {
        let mut seen: Vec<u64> = Vec::with_capacity(MAX_WORDS);
        for i in cx.doc.sentence(s) {
            let token = cx.doc.token(i);
            if token.is_punct()
                || token.is_space()
                || matches!(token.pos(), Pos::Det | Pos::Aux | Pos::Part | Pos::Cconj)
            {
                continue;
            }
            let word = hashed.words[i];
            if !seen.contains(&word) {
                seen.push(word);
                out.pair(name, word);
                if seen.len() >= MAX_WORDS {
                    break;
                }
            }
        }
    };
    say(sentence, SAID, out);
    // A title is no neighbour of the text beneath: often that is page furniture.
    if sentence > 0 && sentence != title {
        say(sentence - 1, NEAR, out);
    }
    if sentence + 1 < cx.doc.sentence_count() && sentence + 1 != title {
        say(sentence + 1, NEAR, out);
    }
    let place = match sentence {
        0..=3 => sentence as u64,
        4..=6 => 4,
        7..=12 => 5,
        13..=25 => 6,
        _ => 7,
    };
    out.pair(WHERE, place);
    out.triple(WHERE, place, rule_bits(candidate));
}

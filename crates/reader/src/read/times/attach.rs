//! Which time belongs to which word.

use language::{Doc, Pos, Token};

use super::Time;

/// Tokens on either side that are searched: no clause is longer, and a text without full stops must not cost the square
/// of its length.
const REACH: usize = 256;

/// Returns the index of the time that dates the verb or noun at token `token`: the one that hangs on it, else one in
/// its subtree, else one on a verb it depends on or is joined with, else the nearest in its sentence. Only times with
/// an interval count.
pub fn attach(doc: &Doc, times: &[Time], token: usize) -> Option<usize> {
    if token >= doc.len() {
        return None;
    }
    let word = doc.token(token);
    let sentence = word.sentence();
    let near = token.saturating_sub(REACH).max(sentence.start)..(token + REACH).min(sentence.end);
    let from = times.partition_point(|time| time.tokens.start < near.start);
    times[from..]
        .iter()
        .enumerate()
        .take_while(|(_, time)| time.tokens.start < near.end)
        .filter(|(_, time)| time.when.is_some())
        .min_by_key(|(_, time)| {
            let apart = time.tokens.start.abs_diff(token);
            (rank(doc, word, time), apart)
        })
        .map(|(index, _)| from + index)
}

/// Token that heads a time expression: the one whose head lies outside it.
pub fn head(doc: &Doc, time: &Time) -> usize {
    time.tokens
        .clone()
        .find(|&i| {
            let token = doc.token(i);
            token.is_root() || !time.tokens.contains(&token.head().i)
        })
        .unwrap_or(time.tokens.start)
}

fn rank(doc: &Doc, word: Token, time: &Time) -> usize {
    let head = doc.token(head(doc, time));
    let mut verbs = 0;
    for up in head.ancestors().take(64) {
        if up == word {
            return verbs.min(3) * 2;
        }
        verbs += usize::from(matches!(up.pos(), Pos::Verb | Pos::Aux));
    }
    let governor = head
        .ancestors()
        .take(64)
        .find(|up| matches!(up.pos(), Pos::Verb | Pos::Aux));
    let joined = governor.is_some_and(|verb| word.ancestors().take(64).any(|up| up == verb));
    if joined { 3 } else { 8 }
}

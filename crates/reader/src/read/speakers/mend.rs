//! Who is meant by a speaker that is only a pronoun, a participle or the paper that quotes.

use language::{Pos, Token};
use model::PartyKind;

use super::{
    Attribution, SpeechContext,
    attribution::make,
    sources::{self, Source},
};
use crate::read::parties::phrase;

/// Sentences back in which a pronoun's speaker is looked for.
const BACK: usize = 5;

/// Puts speakers right, in order of the cue.
pub fn run(cx: &SpeechContext<'_>, out: &mut Vec<Attribution>) {
    out.sort_by_key(|attribution| (attribution.cue.start, attribution.cue.end));
    quoting(cx, out);
    // "revises Carnival blasts death toll": blasts of a headline that the tagger takes for a verb.
    for one in out.iter_mut() {
        let short: usize = one.content.iter().map(ExactSizeIterator::len).sum();
        let slams = matches!(one.lemma.as_str(), "blast" | "slam");
        let toll = short <= 4
            && one.content.iter().cloned().flatten().any(|i| {
                matches!(
                    cx.doc.token(i).lower(),
                    "toll" | "death" | "dead" | "victims"
                )
            });
        one.said &= !(slams && (toll || one.speakers.is_empty()));
    }

    for at in 0..out.len() {
        participle(cx, out, at);
        pronoun(cx, out, at);
        same_account(cx, out, at);
        things(cx, &mut out[at]);
    }
}

/// "Norpress quoted an official as saying", "Norpress, citing an official, said": the quoted speaks, the paper was
/// told.
fn quoting(cx: &SpeechContext<'_>, out: &mut Vec<Attribution>) {
    let doc = cx.doc;
    for i in 0..doc.len() {
        let verb = doc.token(i);
        if !matches!(verb.lemma(), "quote" | "cite")
            || verb.pos() != Pos::Verb
            || cx.quotes.at(i).is_some()
        {
            continue;
        }
        let Some(object) = verb.child("dobj") else {
            continue;
        };
        let source = sources::phrase_of(cx, object, Some(i));
        if source.speakers.is_empty() && source.tokens.is_none() {
            continue;
        }
        if verb.tag() == "VBG" {
            citing(cx, verb, source, out);
        } else {
            quoted_as_saying(cx, verb, object, &source, out);
        }
    }
    out.retain(|one| !one.content.is_empty() || one.source.is_some());
    out.sort_by_key(|attribution| (attribution.cue.start, attribution.cue.end));
}

/// "Norpress, citing an official, said": the paper's attribution in the same sentence becomes the official's, or the
/// rest of the sentence where the paper only "had" it.
fn citing(cx: &SpeechContext<'_>, verb: Token<'_>, source: Source, out: &mut Vec<Attribution>) {
    let i = verb.i;
    let press = |party: usize| {
        matches!(
            cx.parties.parties[party].party.kind,
            PartyKind::Outlet | PartyKind::Agency | PartyKind::Unknown
        )
    };
    let sentence = verb.sentence();
    let carrier = out.iter().position(|one| {
        sentence.contains(&one.cue.start)
            && !one.cue.contains(&i)
            && one.said
            && one.speakers.len() == 1
            && press(one.speakers[0])
            && !source.speakers.contains(&one.speakers[0])
    });
    match carrier {
        Some(at) => {
            let paper = out[at].speakers[0];
            out[at].told = out[at].told.or(Some(paper));
            out[at].speakers = source.speakers;
            out[at].source = source.tokens;
        }
        None => {
            let subject = verb
                .ancestors()
                .take(4)
                .find_map(phrase::subject)
                .or(Some(verb.head()));
            let Some(paper) = subject
                .and_then(|subject| cx.party(subject.i))
                .filter(|&party| press(party))
            else {
                return;
            };
            let until = verb.subtree();
            let content = sources::trim(cx, until.end..sentence.end);
            if content.len() > 3 && until.start > sentence.start {
                out.push(make(i..i + 1, "say", source, Some(paper), vec![content]));
            }
        }
    }
    // What is cited by itself is said by whoever is cited.
    for one in out
        .iter_mut()
        .filter(|one| one.cue.contains(&i) && one.lemma != "say")
    {
        one.said = false;
    }
}

/// "Norpress quoted an official as saying": the official speaks, the paper was told.
fn quoted_as_saying(
    cx: &SpeechContext<'_>,
    verb: Token<'_>,
    object: Token<'_>,
    source: &Source,
    out: &mut [Attribution],
) {
    let doc = cx.doc;
    let i = verb.i;
    let saying = |token: Token<'_>| {
        token.lower() == "as" && token.next().is_some_and(|next| next.lower() == "saying")
    };
    let as_saying = verb.lemma() == "quote" && verb.children().chain(object.children()).any(saying);
    if !as_saying {
        return;
    }
    let sentence = verb.sentence();
    let beside = i
        .checked_sub(1)
        .filter(|&before| sentence.contains(&before));
    let paper = beside
        .and_then(|before| cx.party(before))
        .or_else(|| phrase::subject(verb).and_then(|subject| cx.party(subject.i)));
    // What is said stands before the comma that the paper's name follows.
    let name = beside
        .and_then(|before| cx.mention_at(before))
        .map_or(i.saturating_sub(1), |mention| mention.start);
    let comma = (sentence.start..name.max(sentence.start))
        .rev()
        .take(2)
        .find(|&at| doc.token(at).text() == ",");
    let content = comma
        .map(|comma| sources::trim(cx, sentence.start..comma))
        .filter(|content| content.len() > 2);
    for one in out.iter_mut().filter(|one| one.cue.contains(&i)) {
        one.told = one.told.or(paper);
        one.speakers = source.speakers.clone();
        one.source = source.tokens.clone();
        one.lemma = "say".to_owned();
        match &content {
            Some(content) => one.content = vec![content.clone()],
            None => one.content.retain(|range| !range.contains(&object.i)),
        }
    }
}

/// "…, adding that 300 were hurt": the participle's speaker is that of the verb before it in the sentence.
fn participle(cx: &SpeechContext<'_>, out: &mut [Attribution], at: usize) {
    let doc = cx.doc;
    let cue = doc.token(out[at].cue.end - 1);
    let goes_on = matches!(
        cue.lower(),
        "adding"
            | "saying"
            | "noting"
            | "stressing"
            | "explaining"
            | "warning"
            | "claiming"
            | "telling"
            | "insisting"
    );
    if !goes_on {
        return;
    }
    // "reports by the Nurses Committee saying …": who stands right before it.
    if let Some(before) = cue.i.checked_sub(1).and_then(|i| cx.mention_at(i))
        && before.start > 0
        && matches!(doc.token(before.start - 1).lower(), "by" | "from" | "the")
        && (before.start.saturating_sub(2)..before.start)
            .any(|i| matches!(doc.token(i).lower(), "by" | "from"))
        && let Some(party) = cx.party(cue.i - 1)
    {
        out[at].speakers = vec![party];
        out[at].source = Some(before);
        return;
    }
    let sentence = cue.sentence();
    let person = out[at]
        .speakers
        .iter()
        .any(|&party| cx.parties.parties[party].party.kind == PartyKind::Person);
    if person {
        return;
    }
    let before = (0..at)
        .rev()
        .take_while(|&other| out[other].cue.start >= sentence.start)
        .find(|&other| {
            out[other].said && !out[other].speakers.is_empty() && out[other].inside.is_none()
        });
    if let Some(before) = before {
        out[at].speakers = out[before].speakers.clone();
        out[at].told = out[at].told.or(out[before].told);
    }
}

/// "he said", "it added": whoever spoke last and can be meant.
fn pronoun(cx: &SpeechContext<'_>, out: &mut [Attribution], at: usize) {
    let doc = cx.doc;
    let Some(source) = out[at].source.clone().filter(|source| source.len() == 1) else {
        return;
    };
    let word = doc.token(source.start).lower();
    let parties = &cx.parties.parties;
    let single = matches!(word, "he" | "she");
    if !single && word != "it" {
        return;
    }
    let fits = |party: usize| {
        let info = &parties[party];
        let person = matches!(info.party.kind, PartyKind::Person | PartyKind::Witness)
            || info.role.is_some();
        if single {
            person && !matches!(info.party.kind, PartyKind::Civilians)
        } else {
            !person && !matches!(info.party.kind, PartyKind::Civilians)
        }
    };
    let fitting = |party: usize| {
        let info = &parties[party];
        fits(party)
            || info.affiliation.is_some()
            || matches!(info.party.kind, PartyKind::State | PartyKind::Authority)
    };
    if out[at]
        .speakers
        .first()
        .is_some_and(|&party| !single || fitting(party))
    {
        return;
    }
    let here = doc.token(source.start).sentence_index();
    let found = (0..at)
        .rev()
        .take_while(|&other| doc.token(out[other].cue.start).sentence_index() + BACK >= here)
        .find_map(|other| {
            let &[party] = out[other].speakers.as_slice() else {
                return None;
            };
            if fits(party) {
                return Some(party);
            }
            // "its spokesman said … it added": the body that was spoken for. "an official said … he added": one called
            // by a role.
            let body = (!single).then(|| parties[party].affiliation).flatten();
            let role = single
                && !parties[party].named
                && matches!(
                    parties[party].party.kind,
                    PartyKind::State | PartyKind::Authority | PartyKind::Unknown
                );
            body.or(role.then_some(party))
        });
    match found {
        Some(party) => out[at].speakers = vec![party],
        None if single => {
            // Nobody has spoken yet: the last person named.
            let upto = cx
                .parties
                .mentions
                .partition_point(|mention| mention.tokens.start < source.start);
            let last = cx.parties.mentions[..upto]
                .iter()
                .rev()
                .take(40)
                .find(|mention| {
                    parties[mention.party].named
                        && parties[mention.party].party.kind == PartyKind::Person
                });
            if let Some(last) = last {
                out[at].speakers = vec![last.party];
            }
        }
        None => {}
    }
}

/// "by his count", "by the same account": whoever spoke last.
fn same_account(cx: &SpeechContext<'_>, out: &mut [Attribution], at: usize) {
    if out[at].lemma != "accord" || !out[at].speakers.is_empty() {
        return;
    }
    let back = out[at].source.clone().is_some_and(|source| {
        source.take(2).any(|i| {
            matches!(
                cx.doc.token(i).lower(),
                "his" | "her" | "its" | "their" | "same"
            )
        })
    });
    let here = cx.doc.token(out[at].cue.start).sentence_index();
    let last = (0..at)
        .rev()
        .take_while(|&other| cx.doc.token(out[other].cue.start).sentence_index() + BACK >= here)
        .find(|&other| out[other].said && !out[other].speakers.is_empty());
    if let Some(last) = last.filter(|_| back) {
        out[at].speakers = out[last].speakers.clone();
    }
}

/// Numbers and feasts say nothing: the party right before the verb does, or nobody.
fn things(cx: &SpeechContext<'_>, one: &mut Attribution) {
    let doc = cx.doc;
    if !one.speakers.is_empty() {
        return;
    }
    let Some(source) = one.source.clone() else {
        return;
    };
    let head = doc.token(phrase::head_of(doc, source.clone()));
    let thing = matches!(
        head.lemma(),
        "number" | "toll" | "figure" | "count" | "total" | "death" | "tally" | "balance"
    );
    let mut before = one.cue.start;
    while before > 0 && before + 3 > one.cue.start && doc.token(before - 1).pos() == Pos::Adv {
        before -= 1;
    }
    let beside = before
        .checked_sub(1)
        .filter(|&i| !source.contains(&i) || thing)
        .and_then(|i| cx.party(i).map(|party| (i, party)));
    if let Some((i, party)) = beside {
        one.speakers = vec![party];
        one.source = cx.mention_at(i);
    }
}

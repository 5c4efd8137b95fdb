//! The last step of a draft: who says it, with which commitment, in which words; then it is a claim and nothing changes
//! it.

use std::ops::Range;

use model::{
    AccountId, Basis, Claim, Evidence, PartyKind, Quote, Role, Scope, Slot, SlotGroup, Span,
    Speaker, SpeakerKind, Stance, StanceKind, When,
};

use super::{course, draft::Draft, marks, passes::Passes, people};
use crate::read::{speakers, stance};

/// Freezes a draft as a claim of an account.
pub fn finish(cx: &Passes<'_>, draft: Draft, account: &AccountId) -> Claim {
    let (speakers, direct) = chain(cx, &draft);
    let stance = stance_of(cx, &draft, &speakers);
    let quotes = quotes(cx, &draft);
    let course = course::of(cx, &draft);
    let as_of = draft.as_of.or_else(|| as_of(cx, draft.slot, draft.anchor));
    let mut claim = Claim {
        id: Claim::id_of(
            &cx.report.id,
            draft.slot,
            &draft.scope,
            &draft.value,
            &quotes[0],
        ),
        slot: draft.slot,
        value: draft.value,
        scope: draft.scope,
        as_of,
        stance,
        speakers,
        direct,
        actor: draft.actor,
        addressee: draft.addressee,
        quotes,
        report: cx.report.id.clone(),
        account: account.clone(),
        evidence: Evidence::default(),
        rule: draft.rule.name.to_owned(),
        reader: crate::VERSION.to_owned(),
        own: draft.own_figure,
        course,
        judged: None,
    };
    claim.scope.armed = marks::is_armed(&claim.scope);
    claim.evidence = marks::evidence(draft.rule.basis, draft.rule.certainty, &claim);
    claim
}

/// Who says a draft, from its first speaker to the publisher, and whether its words stand between quotation marks.
fn chain(cx: &Passes<'_>, draft: &Draft) -> (Vec<Speaker>, bool) {
    let (mut speakers, direct) = speakers::chain(
        cx.text,
        cx.doc,
        &cx.read.parties,
        &cx.read.attributions,
        draft.anchor,
        &cx.report.source,
    );
    // A figure in a sentence without a source of its own is of who spoke in the one before.
    if speakers.len() == 1 && draft.slot.group() == SlotGroup::Counts && draft.other.is_none() {
        let on = speakers::run_on(
            cx.text,
            cx.doc,
            &cx.read.parties,
            &cx.read.attributions,
            draft.anchor,
        );
        speakers.splice(0..0, on);
    }
    if let Some(voice) = &draft.voice {
        let own = speakers::of_voice(
            cx.text,
            cx.doc,
            &cx.read.parties,
            voice.known,
            &voice.party,
            voice.tokens.clone(),
        );
        let same = |other: &Speaker| {
            other.kind != SpeakerKind::Publisher
                && (other.party == own.party || other.name == own.name)
        };
        match speakers.iter().position(same) {
            Some(at) => speakers[..=at].rotate_right(1),
            None => speakers.insert(0, own),
        }
    }
    // "On 31 October, 2023 confirmed strikes …": a year says nothing. A publisher named "1843" does, and without it a
    // claim would have nobody who says it.
    speakers.retain(|speaker| {
        speaker.kind == SpeakerKind::Publisher
            || speaker.name.is_empty()
            || !speaker.name.chars().all(|c| c.is_ascii_digit())
    });
    (speakers, direct)
}

/// With which commitment a draft is said, and the words that show it.
fn stance_of(cx: &Passes<'_>, draft: &Draft, speakers: &[Speaker]) -> Stance {
    let (kind, cue) = stance::at(&cx.read.stances, &cx.read.attributions, draft.anchor);
    let kind = match (kind, draft.stance) {
        // That nobody has claimed it is nobody's claim.
        (StanceKind::Claimed | StanceKind::Reported, _) if draft.rests_on(Basis::Unclaimed) => {
            StanceKind::Asserted
        }
        (_, Some(StanceKind::Denied)) if draft.slot == Slot::Responsibility => StanceKind::Denied,
        (StanceKind::Asserted | StanceKind::Reported, Some(own)) => own,
        (StanceKind::Claimed, Some(own @ (StanceKind::Denied | StanceKind::Possible))) => own,
        (kind, _) => kind,
    };
    let kind = match kind {
        StanceKind::Asserted
            if !draft.rests_on(Basis::Unclaimed)
                && of_its_own_cause(draft.slot, &draft.scope, speakers) =>
        {
            StanceKind::Claimed
        }
        kind => kind,
    };
    // A judge that saw the whole sentence knows the commitment of a figure better than the cues near it; a cue of
    // another one shows nothing.
    let (kind, cue) = match draft.commitment {
        Some((judged, chance)) if chance >= COMMITTED => (judged, cue.filter(|_| judged == kind)),
        _ => (kind, cue),
    };
    Stance {
        kind,
        cue: cue.map(|tokens| quote(cx, tokens)),
    }
}

/// The words of some tokens.
fn quote(cx: &Passes<'_>, tokens: Range<usize>) -> Quote {
    cx.text.quote(Span::from(cx.doc.bytes(tokens)))
}

/// The words that a draft rests on, those that carry its value first, each once.
fn quotes(cx: &Passes<'_>, draft: &Draft) -> Vec<Quote> {
    let first = quote(cx, widened(cx, draft.slot, draft.tokens.clone()));
    let also = draft.also.iter().map(|tokens| quote(cx, tokens.clone()));
    let metadata = draft.metadata.iter().map(|&span| cx.text.quote(span));
    let early = early_cue(cx, draft.slot, draft.anchor).map(|cue| quote(cx, cue..cue + 1));
    let mut out = vec![first];
    for more in also.chain(metadata).chain(early) {
        if !out.contains(&more) {
            out.push(more);
        }
    }
    out
}

/// Chance from which on the stance that a judge holds likeliest stands.
const COMMITTED: f32 = 0.6;

/// Longest quote of a day or place, in tokens.
const PLACED: usize = 16;

/// The words that say a day or a place, with those that tie them to what happened: "Tuesday's raid", "a market in the
/// town of Darmuk", "fired on Friday". A bare name shows a reader nothing.
fn widened(cx: &Passes<'_>, slot: Slot, tokens: Range<usize>) -> Range<usize> {
    if !matches!(slot, Slot::When | Slot::Where) || tokens.is_empty() || tokens.len() > 8 {
        return tokens;
    }
    // A day that only the printing gives stands by the words of the deed.
    let dated = tokens
        .clone()
        .any(|i| matches!(cx.doc.token(i).entity_label(), "DATE" | "TIME"));
    if slot == Slot::When && !dated {
        return tokens;
    }
    let (mut start, mut end) = (tokens.start, tokens.end);
    let sentence = cx.doc.token(start).sentence();
    let Some(mut head) = tokens
        .clone()
        .map(|i| cx.doc.token(i))
        .find(|token| token.is_root() || !tokens.contains(&token.head().i))
    else {
        return tokens;
    };
    for _ in 0..4 {
        if head.is_root() {
            break;
        }
        let above = head.head();
        let near = above.i + 7 > start && above.i < end + 4 && sentence.contains(&above.i);
        // Another line's words, or a clause of its own, say nothing of this day or place.
        let tied = matches!(
            head.dep(),
            "pobj"
                | "prep"
                | "poss"
                | "npadvmod"
                | "compound"
                | "nmod"
                | "amod"
                | "advmod"
                | "appos"
                | "pcomp"
                | "dobj"
                | "nsubj"
                | "obl"
        );
        if !near || !tied || above.is_punct() {
            break;
        }
        let (from, to) = (start.min(above.i), end.max(above.i + 1));
        if to - from > PLACED || cx.doc.slice(from..to).contains('\n') {
            break;
        }
        (start, end) = (from, to);
        if matches!(above.pos(), language::Pos::Verb | language::Pos::Aux) {
            break;
        }
        head = above;
    }
    // The article and the words before the noun it began with.
    let first = cx.doc.token(start);
    if matches!(first.pos(), language::Pos::Noun | language::Pos::Propn) {
        start = people::phrase(first, None)
            .start
            .max(sentence.start)
            .min(start);
    }
    start.max(end.saturating_sub(PLACED)).min(tokens.start)..end
}

/// Whether a side speaks of its own cause: one that fights, of the dead, the taken and the freed, of what was aimed at
/// and of who did it. A state that says how many of its armed enemies it killed or took speaks of its own cause, too.
fn of_its_own_cause(slot: Slot, scope: &Scope, speakers: &[Speaker]) -> bool {
    let first = speakers.first();
    let enemies = first.is_some_and(|speaker| {
        speaker.kind != SpeakerKind::Publisher && speaker.party_kind == PartyKind::State
    }) && slot.spec().enemies
        && scope.role == Role::Fighter;
    if enemies {
        return true;
    }
    first.is_some_and(|speaker| speaker.kind != SpeakerKind::Publisher && speaker.interested)
        && slot.spec().own_cause
}

/// The word that calls a figure an early one: "initially reported that four had died", "an early report gave five". It
/// stands beside a verb over the figure, or before that verb's subject.
fn early_cue(cx: &Passes<'_>, slot: Slot, anchor: usize) -> Option<usize> {
    if slot.group() != SlotGroup::Counts || anchor >= cx.doc.len() {
        return None;
    }
    let is_cue = |token: language::Token<'_>, deps: &[&str]| {
        deps.contains(&token.dep()) && marks::EARLY.contains(&token.lower())
    };
    // "Initially five were reported dead, but later the toll rose to seven": what comes later is not early.
    let brought_up = |cue: &usize| {
        (*cue..anchor).any(|i| {
            matches!(
                cx.doc.token(i).lower(),
                "later" | "subsequently" | "afterwards" | "eventually"
            )
        })
    };
    let token = cx.doc.token(anchor);
    std::iter::once(token)
        .chain(token.ancestors().take(6))
        .find_map(|over| {
            over.children().find_map(|child| {
                if is_cue(child, &["advmod"]) {
                    return Some(child.i);
                }
                matches!(child.dep(), "nsubj" | "nsubjpass")
                    .then(|| child.children().find(|inner| is_cue(*inner, &["amod"])))
                    .flatten()
                    .map(|inner| inner.i)
            })
        })
        .filter(|cue| !brought_up(cue))
}

/// The time at which a figure stood, for counts: "as of Tuesday", "by Monday evening", or the day on which it was said.
fn as_of(cx: &Passes<'_>, slot: Slot, anchor: usize) -> Option<When> {
    if slot.group() != SlotGroup::Counts {
        return None;
    }
    cx.times_in_sentence(anchor)
        .find(|time| {
            let start = time.tokens.start;
            let before = |back: usize| {
                if start >= back {
                    cx.doc.token(start - back).lower()
                } else {
                    ""
                }
            };
            matches!(before(1), "by") || (before(1) == "of" && before(2) == "as")
        })
        .and_then(|time| time.when.clone())
}

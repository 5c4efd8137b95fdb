//! Claims, one file a slot.
//!
//! Takes a text and everything read off it; gives the report's accounts. Each slot's file finds drafts (slot, value, scope,
//! words); this file adds who says it and with which stance, drops what is found twice, and sorts the rest into the report's own
//! account and those of other happenings it mentions. It knows nothing of other reports.

mod accounts;
mod actor;
mod age;
mod annotated;
mod appeal;
mod assessment;
mod at_risk;
mod background;
mod captured;
mod child_recruitment;
mod conditions;
mod control;
mod counted;
mod counts;
mod course;
mod danger;
mod derived;
mod detention_length;
mod detention_without_charge;
mod displaced;
mod draft;
mod escaped;
mod event;
mod evidence;
mod frames;
mod freed;
mod further;
mod grammar;
mod happenings;
mod harm;
mod held;
mod hostages;
mod human_shields;
mod injured;
pub mod judge;
mod killed;
pub mod marks;
mod means;
mod missing;
mod nationality;
mod other;
mod parts;
pub mod passes;
mod people;
mod person_nouns;
pub mod place;
mod responsibility;
mod safety;
mod said_of_people;
pub mod scenes;
mod slots;
mod statement;
mod status;
mod sums;
mod surrendered;
mod tally;
mod target;
#[cfg(test)]
mod tests;
pub mod victims;
#[cfg(test)]
mod war_tests;
pub mod when;

use model::{Basis, Claim, Evidence, Reading, Slot, SlotGroup, Source, Span, Stance, StanceKind};

use self::{draft::Draft, passes::Passes};
use crate::{
    read::{Read, speakers, stance},
    text::Extracted,
};

/// What judges the claims of a report beside the rules.
pub struct Judges<'a> {
    /// Weights for the report's own toll; `None` leaves the rules' claims.
    pub toll: Option<&'a victims::Weights>,
    /// Who judges which phrases count people.
    pub judge: &'a judge::Judge,
}

impl<'a> Judges<'a> {
    /// These weights for the report's own toll, and the rules for the rest.
    pub fn rules(toll: Option<&'a victims::Weights>) -> Self {
        Self {
            toll,
            judge: &judge::Judge::Rules,
        }
    }
}

/// Makes the claims of one report and sorts them into accounts, by the weights that come with the program.
pub fn claim(extracted: Extracted, read: &Read, judge: &judge::Judge) -> Reading {
    let toll = Some(victims::shipped());
    claim_by(extracted, read, &mut scenes::opens, &Judges { toll, judge })
}

/// The same, split where `opens` says that another event begins, and judged by other judges: what checks weights on reports they were not
/// trained on.
pub fn claim_by(
    extracted: Extracted,
    read: &Read,
    opens: scenes::Opens<'_>,
    judges: &Judges<'_>,
) -> Reading {
    let accounts = passes::run(&extracted, read, opens, |passes| {
        let mut drafts = passes.days().to_vec();
        drafts.extend(slots::all(passes));
        if let Some(weights) = judges.toll {
            victims::settle(passes, weights, &mut drafts);
        }
        judge::settle(passes, judges.judge, &mut drafts);
        drafts.extend(background::claims(passes, accounts::own_year(passes)));
        further::claims(passes, &mut drafts);
        drafts.retain(|draft| !draft.tokens.is_empty());
        drop_denied_plurals(passes, &mut drafts);
        drop_repeats(&mut drafts);
        let statements = statement::claims(passes, &drafts);
        drafts.extend(statements);
        drafts.sort_by_key(|draft| (draft.tokens.start, draft.tokens.end, draft.slot));
        accounts::sort(passes, drafts, |draft, account| {
            finish(passes, draft, account)
        })
    });
    let mut accounts = accounts;
    for account in &mut accounts {
        course::settle(&mut account.claims);
    }
    let Extracted {
        report,
        text,
        notes,
    } = extracted;
    Reading {
        report,
        text,
        accounts,
        notes,
    }
}

/// "denied that its fighters had killed students" denies the deed ([`responsibility`]), not a figure: a plural without a number
/// under a denial counts nobody.
fn drop_denied_plurals(cx: &Passes<'_>, drafts: &mut Vec<Draft>) {
    drafts.retain(|draft| {
        let plural = draft.slot.group() == SlotGroup::Counts
            && draft
                .value
                .count()
                .is_some_and(|count| count.bound == model::Bound::Vague && count.high.is_none());
        let denied = || {
            cx.read
                .attributions
                .near(draft.anchor)
                .filter(|attribution| {
                    matches!(attribution.lemma.as_str(), "deny" | "denial" | "reject")
                })
                .any(|attribution| attribution.holds(draft.anchor))
        };
        !(plural && draft.slot.spec().toll && denied())
    });
}

/// Drops a draft that says what another of the same slot says, of the same people, in words that overlap. The one that begins first
/// stays, of two that begin together the longer. Values without a count are the same when they are of one kind.
fn drop_repeats(drafts: &mut Vec<Draft>) {
    drafts.sort_by_key(|draft| {
        (
            draft.slot,
            draft.tokens.start,
            std::cmp::Reverse(draft.tokens.end),
        )
    });
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts.drain(..) {
        let repeat = kept
            .iter()
            .rev()
            // Claims are short and sorted by start: whatever begins far before this one cannot reach it.
            .take_while(|known| {
                known.slot == draft.slot && known.tokens.start + 128 > draft.tokens.start
            })
            .any(|known| {
                let overlap =
                    known.tokens.start < draft.tokens.end && draft.tokens.start < known.tokens.end;
                let same_value = match (known.value.count(), draft.value.count()) {
                    (Some(a), Some(b)) => (a.low, a.high) == (b.low, b.high),
                    _ => {
                        std::mem::discriminant(&known.value) == std::mem::discriminant(&draft.value)
                    }
                };
                overlap
                    && same_value
                    && known.scope.key() == draft.scope.key()
                    && known.other == draft.other
            });
        if !repeat {
            kept.push(draft);
        }
    }
    *drafts = kept;
}

/// Adds speaker chain and stance to a draft and freezes it.
fn finish(cx: &Passes<'_>, draft: Draft, account: &model::AccountId) -> Claim {
    let publisher: &Source = &cx.report.source;
    let (speakers, direct) = speakers::chain(
        cx.text,
        cx.doc,
        &cx.read.parties,
        &cx.read.attributions,
        draft.anchor,
        publisher,
    );
    let mut speakers = speakers;
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
        let same = |other: &model::Speaker| {
            other.kind != model::SpeakerKind::Publisher
                && (other.party == own.party || other.name == own.name)
        };
        match speakers.iter().position(same) {
            Some(at) => speakers[..=at].rotate_right(1),
            None => speakers.insert(0, own),
        }
    }
    // "On 31 October, 2023 confirmed strikes …": a year says nothing. A publisher named "1843" does, and without it a claim would
    // have nobody who says it.
    speakers.retain(|speaker| {
        speaker.kind == model::SpeakerKind::Publisher
            || speaker.name.is_empty()
            || !speaker.name.chars().all(|c| c.is_ascii_digit())
    });
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
                && of_its_own_cause(draft.slot, &draft.scope, &speakers) =>
        {
            StanceKind::Claimed
        }
        kind => kind,
    };
    // A judge that saw the whole sentence knows the commitment of a figure better than the cues near it; a cue of another one shows nothing.
    let (kind, cue) = match draft.commitment {
        Some((judged, chance)) if chance >= COMMITTED => (judged, cue.filter(|_| judged == kind)),
        _ => (kind, cue),
    };
    let quote = |tokens: std::ops::Range<usize>| cx.text.quote(Span::from(cx.doc.bytes(tokens)));
    let mut quotes = vec![quote(widened(cx, draft.slot, draft.tokens.clone()))];
    for also in &draft.also {
        let more = quote(also.clone());
        if !quotes.contains(&more) {
            quotes.push(more);
        }
    }
    for &span in &draft.metadata {
        let more = cx.text.quote(span);
        if !quotes.contains(&more) {
            quotes.push(more);
        }
    }
    if let Some(cue) = early_cue(cx, draft.slot, draft.anchor) {
        let cue = quote(cue..cue + 1);
        if !quotes.contains(&cue) {
            quotes.push(cue);
        }
    }
    let course = course::of(cx, &draft);
    let as_of = draft.as_of.or_else(|| as_of(cx, &draft.slot, draft.anchor));
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
        stance: Stance {
            kind,
            cue: cue.map(quote),
        },
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
        own: draft.own,
        course,
    };
    claim.scope.armed = marks::is_armed(&claim.scope);
    claim.evidence = marks::evidence(draft.rule.basis, draft.rule.certainty, &claim);
    claim
}

/// Chance from which on the stance that a judge holds likeliest stands.
const COMMITTED: f32 = 0.6;

/// Longest quote of a day or place, in tokens.
const PLACED: usize = 16;

/// The words that say a day or a place, with those that tie them to what happened: "Tuesday's raid", "a market in the town of Darmuk", "fired on
/// Friday". A bare name shows a reader nothing.
fn widened(cx: &Passes<'_>, slot: Slot, tokens: std::ops::Range<usize>) -> std::ops::Range<usize> {
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

/// Whether a side speaks of its own cause: one that fights, of the dead, the taken and the freed, of what was aimed at and of who did it.
/// A state that says how many of its armed enemies it killed or took speaks of its own cause, too.
fn of_its_own_cause(slot: Slot, scope: &model::Scope, speakers: &[model::Speaker]) -> bool {
    let first = speakers.first();
    let enemies = first.is_some_and(|speaker| {
        speaker.kind != model::SpeakerKind::Publisher
            && speaker.party_kind == model::PartyKind::State
    }) && slot.spec().enemies
        && scope.role == model::Role::Fighter;
    if enemies {
        return true;
    }
    first.is_some_and(|speaker| speaker.kind != model::SpeakerKind::Publisher && speaker.interested)
        && slot.spec().own_cause
}

/// The word that calls a figure an early one: "initially reported that four had died", "an early report gave five". It stands beside a
/// verb over the figure, or before that verb's subject.
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
fn as_of(cx: &Passes<'_>, slot: &Slot, anchor: usize) -> Option<model::When> {
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

//! Settling: the claim that gives a report's own toll, and what becomes of the claims that do not.
//!
//! Comes in: the drafts of both slots. Goes out: the same with one draft a slot that counts everybody and carries the
//! number that stands, rule `killed/own-toll` or `injured/own-toll` (`…/open-own-toll` where the words leave the number
//! open), in the words that say it: a rule's own claim, the candidate with that number, the single people who make it
//! up, or a group less those of it who went to the other slot. Drafts that agree stay, and so do smaller numbers: parts
//! of the people or early tolls, which the reconciler sets aside behind the report's own toll. A larger number is told
//! of other people or another event and goes to another account.

use model::{Basis, Bound, Certainty, Count, Slot, Value};

use super::{
    super::{
        draft::{Draft, Other, Rule},
        frames, grammar,
        passes::Passes,
    },
    sample::{SLOTS, Sample, is_of, of_drafts, tells_of_shots},
    scores::{Scored, count_prior},
    weights::Weights,
};

/// Rules of the claim that gives the report's own toll.
const RULES: [Rule; 2] = [
    Rule::new("killed/own-toll", Basis::ReportToll),
    Rule::new("injured/own-toll", Basis::ReportToll),
];
/// The same where the words leave the number open: another is nearly as likely.
const OPEN: [Rule; 2] = [
    Rule::new("killed/open-own-toll", Basis::ReportToll).only(Certainty::Open),
    Rule::new("injured/open-own-toll", Basis::ReportToll).only(Certainty::Open),
];
/// Chance of a number from which on the words do not leave it open.
const CLEAR: f32 = 0.65;
/// Segments from which on the own toll of a report is read off its own segment alone. A report cut in two is more often
/// one event with a step of the case behind it, and its toll is better chosen among all it says.
const MANY: usize = 3;
/// Words a claim's quote spans at most.
const MAX_QUOTE: usize = 22;

/// Settles both slots by these weights.
pub fn apply(cx: &Passes<'_>, weights: &Weights, drafts: &mut Vec<Draft>) {
    if !tells_of_shots(cx) {
        return;
    }
    let sample = of_drafts(cx, drafts);
    let scored = weights.score(&sample);
    // Each event that the report tells of has a toll of its own.
    let segments = cx.segments();
    if !segments.several() {
        return decide(cx, weights, None, &sample, &scored, drafts);
    }
    for segment in 0..segments.all.len() {
        if segment == 0 && segments.all.len() < MANY {
            decide(cx, weights, Some(segment), &sample, &scored, drafts);
            continue;
        }
        let (sample, kept) = if segment == 0 {
            sample.main_event(cx, drafts)
        } else {
            let kept = sample.in_segment(segment);
            let narrowed = sample.narrowed(cx, drafts, segment, &[segment], &kept);
            (narrowed, kept)
        };
        let priors = [0, 1, 2].map(|of| count_prior(&weights.priors[of], &sample.report));
        let scored = scored.narrowed(&kept, priors);
        decide(cx, weights, Some(segment), &sample, &scored, drafts);
    }
}

/// Settles both slots of one event: of the report as a whole, or of one of its segments.
fn decide(
    cx: &Passes<'_>,
    weights: &Weights,
    segment: Option<usize>,
    sample: &Sample,
    scored: &Scored,
    drafts: &mut Vec<Draft>,
) {
    let tolls = weights.choose(sample, scored);
    for (slot, toll) in tolls.into_iter().enumerate() {
        let rule = if toll.chance < CLEAR { OPEN } else { RULES }[slot];
        let toll = Toll {
            slot,
            n: toll.number,
            rule,
        };
        apply_toll(cx, toll, segment, sample, &scored.by_slot, drafts);
    }
}

/// The number that stands for a slot, and the rule of the claim that gives it.
#[derive(Clone, Copy)]
struct Toll {
    slot: usize,
    n: u64,
    rule: Rule,
}

fn apply_toll(
    cx: &Passes<'_>,
    toll: Toll,
    segment: Option<usize>,
    sample: &Sample,
    scores: &[Vec<f32>; 2],
    drafts: &mut Vec<Draft>,
) {
    let Toll {
        slot,
        n: toll,
        rule,
    } = toll;
    let mut others: Vec<usize> = Vec::new();
    let mut told: Option<usize> = None;
    let mut drop: Vec<usize> = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        if draft.slot != SLOTS[slot] || !is_of(cx, draft, segment) {
            continue;
        }
        let Some(count) = draft.value.count() else {
            continue;
        };
        let allows = count.low <= toll && count.high.is_none_or(|high| toll <= high);
        let all = draft.scope.is_all();
        if toll == 0 {
            if count.high != Some(0) {
                others.push(at);
            }
        } else if all && allows {
            let exact = count.low == toll && count.high == Some(toll);
            if exact && told.is_none() {
                told = Some(at);
            }
        } else if count.low > toll {
            others.push(at);
        } else if all && draft.rests_on(Basis::Enumerated) {
            // As where a rule found a total: the people told one by one are in it.
            drop.push(at);
        }
    }
    for &at in &others {
        let words = cx.doc.slice(drafts[at].tokens.clone()).to_owned();
        drafts[at].other = Some(Other::Older(words));
    }
    // A toll is of the event that it was settled for, wherever its words stand.
    let other = segment.filter(|&segment| segment > 0).map(Other::Segment);
    match told {
        Some(at) => {
            drafts[at].rule = rule;
            drafts[at].other = other;
        }
        None if toll > 0 => {
            let found = draft(cx, slot, toll, sample, scores);
            drafts.extend(found.map(|draft| Draft {
                rule,
                other,
                ..draft
            }));
        }
        None => {}
    }
    for at in drop.into_iter().rev() {
        drafts.remove(at);
    }
}

/// The claim for a number that no rule's claim gives: the likeliest candidate that says it, else the single people who
/// make it up.
fn draft(
    cx: &Passes<'_>,
    slot: usize,
    toll: u64,
    sample: &Sample,
    both: &[Vec<f32>; 2],
) -> Option<Draft> {
    let scores = &both[slot];
    let best = |scores: &[f32], keep: &dyn Fn(usize) -> bool| {
        (0..sample.candidates.len())
            .filter(|&at| keep(at))
            .max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)))
    };
    let said = best(scores, &|at| {
        sample.candidates[at].says(toll) && scores[at] > 0.05
    });
    if let Some(at) = said {
        return Some(one(cx, SLOTS[slot], slot, toll, sample, at));
    }
    // One for each of the likeliest people.
    let mut people: Vec<usize> = Vec::new();
    let mut order: Vec<usize> = (0..sample.candidates.len())
        .filter(|&at| sample.candidates[at].is_single())
        .collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
    for at in order {
        if !people
            .iter()
            .any(|&known| sample.chains[known] == sample.chains[at])
        {
            people.push(at);
        }
        if people.len() as u64 == toll {
            break;
        }
    }
    // "Four were shot, one of them died": the rest of a group.
    if (people.len() as u64) < toll {
        let group = best(scores, &|at| {
            sample.candidates[at].n.is_some_and(|n| n > toll)
        })?;
        let mut draft = one(cx, SLOTS[slot], slot, toll, sample, group);
        let gone = best(&both[1 - slot], &|at| at != group);
        draft.also.extend(gone.map(|at| span(cx, sample, at)));
        return Some(draft);
    }
    people.sort_unstable();
    let (&first, rest) = people.split_first()?;
    let mut draft = one(cx, SLOTS[slot], slot, toll, sample, first);
    let words: Vec<&str> = people
        .iter()
        .map(|&at| cx.doc.slice(sample.candidates[at].tokens.clone()))
        .collect();
    draft.value = Value::Count(Count::said(toll, Bound::Exact, words.join("; ")));
    draft
        .also
        .extend(rest.iter().map(|&at| span(cx, sample, at)));
    Some(draft)
}

fn one(cx: &Passes<'_>, slot: Slot, index: usize, toll: u64, sample: &Sample, at: usize) -> Draft {
    let candidate = &sample.candidates[at];
    let words = cx.doc.slice(candidate.tokens.clone());
    let anchor =
        grammar::clause_verb(cx.doc.token(candidate.head)).map_or(candidate.head, |verb| verb.i);
    Draft::new(
        slot,
        Value::Count(Count::said(toll, Bound::Exact, words)),
        span(cx, sample, at),
        anchor,
        RULES[index],
    )
}

/// The words of a candidate with its clause's predicate, where they stand close together.
fn span(cx: &Passes<'_>, sample: &Sample, at: usize) -> std::ops::Range<usize> {
    let candidate = &sample.candidates[at];
    let phrase = candidate.tokens.clone();
    let head = cx.doc.token(candidate.head);
    match grammar::clause_verb(head) {
        Some(verb) if verb.sentence_index() == head.sentence_index() => {
            frames::cover(frames::predicate_tokens(verb), phrase, MAX_QUOTE)
        }
        _ => phrase,
    }
}

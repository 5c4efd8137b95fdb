//! From verdicts to claims.
//!
//! Comes in: the candidates of a report with their verdicts, and what the rules drafted. Goes out: a draft for each
//! candidate that counts people. Where a rule drafted the same figure its draft is kept, for it knows the people and
//! the predicate; where none did, one is made from the candidate's own words; what rules drafted and no verdict bears
//! out goes.

use std::collections::BTreeMap;

use model::{Basis, Certainty, Slot, SlotGroup, Value};

use super::{
    super::{
        draft::{Draft, Other},
        frames, grammar, other,
        passes::Passes,
        report_toll, said_of_people,
    },
    candidates::{self, Candidate},
    drafted::{holds, says},
    judges::Judge,
    toll,
    verdict::{CLASSES, SLOTS, STANCES, Verdict},
};

/// Words that a claim's quote spans at most.
const MAX_QUOTE: usize = 22;
/// Chance from which on a candidate counts people.
const COUNTS: f32 = 0.5;
/// Chance from which on a figure is taken for the report's own though its sentence leaves open whether it counts
/// people.
const OWN: f32 = 0.25;
/// Chance of everybody below which a candidate is a part, where another with the same number is less so.
const PART: f32 = 0.3;
/// Chance from which on a person is told of as one of the slot.
const LIKELY_PERSON: f32 = 0.3;

/// Whether the toll that `report_toll` settled stands in the word right behind a candidate: "2 dead".
fn beside(draft: &Draft, one: &Candidate) -> bool {
    draft.rests_on(Basis::ReportToll)
        && draft
            .value
            .count()
            .is_some_and(|count| count.low == one.count.low)
        && draft.tokens.contains(&one.tokens.end)
}

/// Slots that one figure may be drafted for by a rule and judged for the other.
fn alike(a: Slot, b: Slot) -> bool {
    let both = |x: &[Slot]| x.contains(&a) && x.contains(&b);
    a == b
        || both(&[Slot::Freed, Slot::Escaped])
        || both(&[Slot::Held, Slot::Hostages, Slot::Captured])
}

/// Judges the candidates of a report and settles its count claims.
pub fn apply(cx: &Passes<'_>, judge: &Judge, drafts: &mut Vec<Draft>) {
    // A round-up of shootings has a toll an event; which is whose is settled.
    let shots = report_toll::tells_of_shots(cx);
    if shots && cx.segments().several() {
        return;
    }
    // A text without a day is seldom a news report: monitors' assessments weigh the figures of several sources, and
    // what the rules make of sums, limits and families is better there (measured on Airwars' assessments).
    if !shots && cx.report.published.is_none() {
        return;
    }
    let candidates = candidates::find(cx);
    let Some(verdicts) = judge.judge(cx, drafts, &candidates) else {
        return;
    };
    let (counts, mut out): (Vec<Draft>, Vec<Draft>) =
        std::mem::take(drafts).into_iter().partition(|draft| {
            draft.slot.group() == SlotGroup::Counts && draft.value.count().is_some()
        });
    let mut used = vec![false; counts.len()];
    let judged: Vec<(&Candidate, &Verdict, usize)> = candidates
        .iter()
        .zip(&verdicts)
        .map(|(one, verdict)| {
            (
                one,
                verdict,
                cx.doc.token(one.tokens.start).sentence_index(),
            )
        })
        .collect();
    let tolls: Vec<BTreeMap<u64, f32>> = (1..CLASSES)
        .map(|class| toll::chances(class, &judged))
        .collect();
    let small = is_small(&counts, &tolls, &judged, shots);
    let report = Report {
        cx,
        firm: tolls.iter().map(toll::firmness).collect(),
        tolls,
        judged: &judged,
        local: shots && small,
        ruled: !shots && small,
    };
    for (one, verdict) in candidates.iter().zip(&verdicts) {
        out.extend(report.draft_of(one, verdict, &counts, &mut used));
    }
    let left = counts.into_iter().zip(used).filter(|(_, used)| !used);
    out.extend(left.filter_map(|(draft, _)| report.kept(draft)));
    *drafts = out;
}

/// A candidate with its verdict and the number of its sentence.
type Judged<'a> = (&'a Candidate, &'a Verdict, usize);

/// What the verdicts on a report's candidates say together.
struct Report<'a> {
    cx: &'a Passes<'a>,
    judged: &'a [Judged<'a>],
    /// How likely each number is the report's own figure, a slot each.
    tolls: Vec<BTreeMap<u64, f32>>,
    /// The same, sharpened.
    firm: Vec<BTreeMap<u64, f32>>,
    /// A local shooting, for which what `report_toll` settled stands.
    local: bool,
    /// Few came to harm, and no shots were fired: what the rules count is better than what the judge leaves of it.
    ruled: bool,
}

impl Report<'_> {
    /// The class that a candidate counts people of, if any.
    fn class(&self, one: &Candidate, verdict: &Verdict) -> Option<usize> {
        let likeliest = verdict.class();
        if likeliest > 0 && 1.0 - verdict.slots[0] >= COUNTS {
            return Some(likeliest);
        }
        // What the report as a whole makes its own figure counts people, however its sentence is taken.
        let toll =
            |class: &usize| toll::chance_of(one, &self.tolls[class - 1]) * verdict.slots[*class];
        (1..CLASSES).find(|class| toll(class) >= OWN)
    }

    /// How likely a candidate is the report's own figure of a class.
    fn own(&self, one: &Candidate, verdict: &Verdict, class: usize) -> f32 {
        let own = toll::chance_of(one, &self.firm[class - 1]);
        // "At least four people, among them four guards": a part may have the number of the whole.
        let narrow = one
            .group
            .as_ref()
            .is_some_and(|group| !group.scope.is_anybody());
        let of_all = || {
            self.judged.iter().any(|(other, said, _)| {
                toll::number(other) == toll::number(one)
                    && said.class() == class
                    && said.whole > verdict.whole
            })
        };
        if narrow && verdict.whole < PART && of_all() {
            own.min(verdict.own_figure)
        } else {
            own
        }
    }

    /// The draft of a candidate that counts people: that of a rule with the same figure, which is used up, else one
    /// from its own words.
    fn draft_of(
        &self,
        one: &Candidate,
        verdict: &Verdict,
        counts: &[Draft],
        used: &mut [bool],
    ) -> Option<Draft> {
        let cx = self.cx;
        let class = self.class(one, verdict)?;
        let own = self.own(one, verdict, class);
        let slot = SLOTS[class - 1];
        let known = (0..counts.len())
            .filter(|&at| !used[at] && (says(&counts[at], one) || beside(&counts[at], one)))
            .filter(|&at| alike(counts[at].slot, slot))
            .min_by_key(|&at| (counts[at].slot != slot, counts[at].tokens.len()));
        let mut draft = match known {
            Some(at) => {
                used[at] = true;
                counts[at].clone()
            }
            None => draft(cx, slot, one),
        };
        // The words of a part say more than its noun: "23 of them died in hospital" is compared with no other figure.
        let part = verdict.whole < 0.5 && own < 0.5 && !draft.rests_on(Basis::ReportToll);
        if part && draft.scope.is_all() {
            let words = cx.doc.slice(said_of_people::trim(cx, draft.tokens.clone()));
            draft.scope.kind = Some(words.to_lowercase());
            draft.scope.words = words.to_owned();
        }
        // Whether people got out by themselves or were let out, the verb that a rule saw knows best.
        let by_verb = [Slot::Freed, Slot::Escaped].contains(&slot) && known.is_some();
        if !by_verb {
            draft.slot = slot;
        }
        draft.judged = true;
        draft.own_figure = Some((own * 1000.0).round() as u16);
        if self.local && SHOOTING_SLOTS.contains(&slot) {
            draft.own_figure = Some(toll_chance(&draft));
        } else if self.ruled && SHOOTING_SLOTS.contains(&slot) {
            draft.own_figure = None;
        }
        if !draft.rests_on(Basis::ReportToll) {
            draft.other = (verdict.background >= 0.5)
                .then(|| Other::Older(other::first_words(cx, one.tokens.start)));
        }
        let stance = (0..STANCES.len()).fold(0, |best, at| {
            if verdict.stances[at] > verdict.stances[best] {
                at
            } else {
                best
            }
        });
        draft.commitment = Some((STANCES[stance], verdict.stances[stance]));
        Some(draft)
    }

    /// A rule's draft that no candidate used, where it stands nevertheless.
    fn kept(&self, draft: Draft) -> Option<Draft> {
        // What `report_toll` settled for a local shooting stands.
        if self.local && draft.rests_on(Basis::ReportToll) {
            let own = Some(toll_chance(&draft));
            return Some(Draft {
                own_figure: own,
                ..draft
            });
        }
        // Where the report gives no figure of its own, people told of one by one make one: as the rules count them, if
        // the judge says of any of them that they are of the slot.
        let class = class_of(draft.slot).filter(|class| *class <= SHOOTING_SLOTS.len())?;
        let silent = self.tolls[class - 1].values().sum::<f32>() < 0.5;
        let main = draft.other.is_none()
            && other::other_event(self.cx, draft.slot, draft.anchor).is_none();
        let mut touching = self
            .judged
            .iter()
            .filter(|(one, ..)| holds(&draft, one) || says(&draft, one));
        let told = touching.any(|(_, verdict, _)| {
            verdict.slots[class] >= LIKELY_PERSON && (self.ruled || verdict.background < 0.5)
        });
        (self.ruled && told || !self.local && silent && main && told).then_some(draft)
    }
}

/// The slots that `report_toll` settles for reports of shootings.
const SHOOTING_SLOTS: [Slot; 2] = [Slot::Killed, Slot::Injured];
/// A toll from which on a shooting is none of those that `report_toll` was trained on, but for a few.
const LARGE: u64 = 5;
/// The same where shots were fired: "eight people shot" is no toll of the dead.
const MASS: u64 = 10;
/// Chance from which on a large toll makes a report one of many harmed.
const LIKELY: f32 = 0.3;
/// Sentences of the title and the lead.
const LEAD: usize = 5;

/// Whether few came to harm: no large figure is likely the report's own and above what `report_toll` settled. In a
/// report of shootings only one that stands in the title or the first sentences counts: local reports end with those of
/// older cases.
fn is_small(
    counts: &[Draft],
    tolls: &[BTreeMap<u64, f32>],
    judged: &[(&Candidate, &Verdict, usize)],
    shots: bool,
) -> bool {
    SHOOTING_SLOTS.iter().zip(tolls).all(|(slot, chances)| {
        let settled = counts
            .iter()
            .filter(|draft| shots && draft.slot == *slot && draft.rests_on(Basis::ReportToll))
            .filter_map(|draft| draft.value.count())
            .map(|count| count.low)
            .max()
            .unwrap_or(0);
        let leads = |n: u64| {
            judged.iter().any(|(one, verdict, sentence)| {
                *sentence < LEAD && verdict.background < 0.5 && toll::number(one) == Some(n)
            })
        };
        chances.iter().all(|(n, chance)| {
            *n < LARGE
                || *n <= settled
                || *chance < LIKELY
                || shots && (*n < MASS || *chance < 0.5 || !leads(*n))
        })
    })
}

/// How likely a draft of a local shooting is the report's own figure, in thousandths, by what `report_toll` made of
/// it.
fn toll_chance(draft: &Draft) -> u16 {
    match draft.rule.certainty {
        _ if !draft.rests_on(Basis::ReportToll) => 0,
        Certainty::Open => 600,
        _ => 1000,
    }
}

fn class_of(slot: Slot) -> Option<usize> {
    SLOTS
        .iter()
        .position(|known| *known == slot)
        .map(|at| at + 1)
}

/// A draft from a candidate's own words.
fn draft(cx: &Passes<'_>, slot: Slot, one: &Candidate) -> Draft {
    let head = cx.doc.token(one.head);
    let verb =
        grammar::clause_verb(head).filter(|verb| verb.sentence_index() == head.sentence_index());
    let phrase = one.tokens.start.min(one.head)..one.tokens.end.max(one.head + 1);
    let tokens = match verb {
        Some(verb) => frames::cover(frames::predicate_tokens(verb), phrase, MAX_QUOTE),
        None => phrase,
    };
    let scope = one
        .group
        .as_ref()
        .map(|group| group.scope.clone())
        .unwrap_or_default();
    Draft::new(
        slot,
        Value::Count(one.count.clone()),
        tokens,
        verb.map_or(one.head, |verb| verb.i),
        rule(slot),
    )
    .scoped(scope)
}

/// The rule of a claim that no rule drafted.
fn rule(slot: Slot) -> &'static str {
    match slot {
        Slot::Killed => "killed/judged",
        Slot::Injured => "injured/judged",
        Slot::Missing => "missing/judged",
        Slot::Escaped => "escaped/judged",
        Slot::Freed => "freed/judged",
        Slot::Captured => "captured/judged",
        Slot::Surrendered => "surrendered/judged",
        Slot::Held => "held/judged",
        Slot::Hostages => "hostages/judged",
        Slot::AtRisk => "at_risk/judged",
        _ => "displaced/judged",
    }
}

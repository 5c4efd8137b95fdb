//! Claims, one file a slot.
//!
//! Takes a text and everything read off it; gives the report's accounts. Each slot's file finds drafts (slot, value,
//! scope, words); this file adds who says it and with which stance, drops what is found twice, and sorts the rest into
//! the report's own account and those of other events it mentions. It knows nothing of other reports.

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
#[cfg(test)]
mod count_tests;
mod counted;
mod counts;
mod course;
mod custody;
mod danger;
mod derived;
mod detention_length;
mod detention_without_charge;
mod displaced;
mod doers;
mod draft;
mod escaped;
mod event;
mod event_kinds;
mod evidence;
mod finish;
mod frames;
mod freed;
mod further;
mod grammar;
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
pub mod person_nouns;
pub mod place;
pub mod report_toll;
mod responsibility;
mod safety;
mod said_of_people;
pub mod segments;
mod slots;
mod statement;
mod status;
mod sums;
mod surrendered;
mod tally;
mod target;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod war_tests;
pub mod when;

use model::{Reading, SlotGroup};

use self::{draft::Draft, passes::Passes};
use crate::{read::Annotations, text::Document};

/// What judges the claims of a report beside the rules.
pub struct Models<'a> {
    /// Weights for the report's own toll; `None` leaves the rules' claims.
    pub toll: Option<&'a report_toll::Weights>,
    /// Who judges which phrases count people.
    pub judge: &'a judge::Judge,
}

impl<'a> Models<'a> {
    /// These weights for the report's own toll, and the rules for the rest.
    pub fn rules(toll: Option<&'a report_toll::Weights>) -> Self {
        Self {
            toll,
            judge: &judge::Judge::Rules,
        }
    }
}

/// Makes the claims of one report and sorts them into accounts, by the weights that come with the program.
pub fn claim(extracted: Document, read: &Annotations, judge: &judge::Judge) -> Reading {
    let toll = Some(report_toll::shipped());
    claim_by(
        extracted,
        read,
        &mut segments::opens,
        &Models { toll, judge },
    )
}

/// The same, split where `opens` says that another event begins, and judged by other judges: what checks weights on
/// reports they were not trained on.
pub fn claim_by(
    extracted: Document,
    read: &Annotations,
    opens: segments::Opens<'_>,
    judges: &Models<'_>,
) -> Reading {
    let mut accounts = passes::run(&extracted, read, opens, |passes| {
        let mut drafts = passes.days().to_vec();
        drafts.extend(slots::all(passes));
        if let Some(weights) = judges.toll {
            report_toll::apply(passes, weights, &mut drafts);
        }
        judge::apply(passes, judges.judge, &mut drafts);
        drafts.extend(background::claims(
            passes,
            accounts::main_event_year(passes),
        ));
        further::claims(passes, &mut drafts);
        drafts.retain(|draft| !draft.tokens.is_empty());
        drop_denied_plurals(passes, &mut drafts);
        drop_repeats(&mut drafts);
        let statements = statement::claims(passes, &drafts);
        drafts.extend(statements);
        drafts.sort_by_key(|draft| (draft.tokens.start, draft.tokens.end, draft.slot));
        accounts::sort(passes, drafts, |draft, account| {
            finish::finish(passes, draft, account)
        })
    });
    for account in &mut accounts {
        course::restore_unreplaced(&mut account.claims);
    }
    let Document {
        report,
        text,
        notes,
    } = extracted;
    Reading::new(report, text, accounts, notes)
}

/// "denied that its fighters had killed students" denies the deed ([`responsibility`]), not a figure: a plural without
/// a number under a denial counts nobody.
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

/// Drops a draft that says what another of the same slot says, of the same people, in words that overlap. The one that
/// begins first stays, of two that begin together the longer. Values without a count are the same when they are of one
/// kind.
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

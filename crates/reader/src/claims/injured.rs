//! `injured`: people reported hurt and alive. Whoever the same report tells dead leaves this slot.

use model::{Basis, Bound, Slot};

use super::{
    counts,
    draft::{Draft, Rule},
    passes::Passes,
    tally::Tally,
};

/// Rule of people told of one by one.
const ENUMERATED: Rule = Rule::new("injured/enumerated", Basis::Enumerated);

/// Claims of the slot.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out = Vec::new();
    let dead = counts::shares(cx, Slot::Killed, cx.dead());
    for (other, share) in counts::shares(cx, Slot::Injured, cx.hurt()) {
        let gone = dead.iter().find(|(label, _)| *label == other);
        let gone = gone.map_or_else(Tally::default, |(_, share)| {
            counts::tally(cx, Slot::Killed, share)
        });
        let tally = without_dead(counts::tally(cx, Slot::Injured, &share), &gone);
        for mut draft in counts::drafts(cx, Slot::Injured, tally, ENUMERATED) {
            draft.other.clone_from(&other);
            out.push(draft);
        }
    }
    out
}

/// Takes out whoever the report tells dead: later words on the same person win, and a group that was shot and killed is
/// not hurt.
fn without_dead(mut tally: Tally, dead: &Tally) -> Tally {
    let mut left: Vec<bool> = dead.persons.iter().map(|_| true).collect();
    tally.persons.retain(|person| {
        let gone = dead
            .persons
            .iter()
            .enumerate()
            .position(|(i, gone)| left[i] && gone.may_be(&person.first));
        // One death takes one of the hurt, not all who might be meant.
        if let Some(i) = gone {
            left[i] = false;
        }
        gone.is_none()
    });
    tally.groups.retain(|draft| {
        // "a number of people were killed and injured": some the one, some the other.
        let some = draft
            .value
            .count()
            .is_some_and(|count| count.bound == Bound::Vague && count.high.is_none());
        some || !dead.groups.iter().any(|gone| {
            gone.tokens.start < draft.tokens.end
                && draft.tokens.start < gone.tokens.end
                && gone.value == draft.value
        })
    });
    tally
}

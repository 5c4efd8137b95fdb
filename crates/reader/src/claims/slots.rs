//! The slots that need nothing but the passes. None of them knows another.

use model::{Slot, SlotGroup};

use super::{
    actor, age, appeal, assessment, at_risk, captured, child_recruitment, conditions, control,
    danger, detention_length, detention_without_charge, displaced, draft::Draft, escaped, event,
    evidence, freed, held, hostages, human_shields, injured, killed, means, missing, nationality,
    passes::Passes, place, responsibility, safety, status, surrendered, target,
};

/// A slot's file: everything it finds in a text.
type Finder = fn(&Passes<'_>) -> Vec<Draft>;

/// The slots in the order of the dossier.
const FINDERS: &[(Slot, Finder)] = &[
    (Slot::Killed, killed::claims),
    (Slot::Injured, injured::claims),
    (Slot::Missing, missing::claims),
    (Slot::Escaped, escaped::claims),
    (Slot::Freed, freed::claims),
    (Slot::Captured, captured::claims),
    (Slot::Surrendered, surrendered::claims),
    (Slot::Held, held::claims),
    (Slot::Hostages, hostages::claims),
    (Slot::AtRisk, at_risk::claims),
    (Slot::Displaced, displaced::claims),
    (Slot::Event, event::claims),
    (Slot::Where, place::claims),
    (Slot::Actor, actor::claims),
    (Slot::Target, target::claims),
    (Slot::Means, means::claims),
    (Slot::Responsibility, responsibility::claims),
    (Slot::Control, control::claims),
    (Slot::Status, status::claims),
    (Slot::HumanShields, human_shields::claims),
    (Slot::ChildRecruitment, child_recruitment::claims),
    (
        Slot::DetentionWithoutCharge,
        detention_without_charge::claims,
    ),
    (Slot::Conditions, conditions::claims),
    (Slot::Danger, danger::claims),
    (Slot::Safety, safety::claims),
    (Slot::Nationality, nationality::claims),
    (Slot::Age, age::claims),
    (Slot::DetentionLength, detention_length::claims),
    (Slot::Appeal, appeal::claims),
    (Slot::Evidence, evidence::claims),
    (Slot::Assessment, assessment::claims),
];

/// What the slots that count people draft.
pub fn counts(cx: &Passes<'_>) -> Vec<Draft> {
    drafts(cx, |slot| slot.group() == SlotGroup::Counts)
}

/// What all slots draft, those that count people first.
pub fn all(cx: &Passes<'_>) -> Vec<Draft> {
    drafts(cx, |_| true)
}

fn drafts(cx: &Passes<'_>, wanted: impl Fn(Slot) -> bool) -> Vec<Draft> {
    FINDERS
        .iter()
        .filter(|(slot, _)| wanted(*slot))
        .flat_map(|(_, finder)| finder(cx))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{super::judge, *};

    #[test]
    fn every_slot_is_found_by_whom_its_row_names() {
        for &slot in Slot::ALL {
            let finders = FINDERS.iter().filter(|(of, _)| *of == slot).count();
            let judged = judge::SLOTS.contains(&slot);
            let found = match slot.spec().found_by {
                model::FoundBy::FinderAndJudge => finders == 1 && judged,
                model::FoundBy::Finder => finders == 1 && !judged,
                model::FoundBy::Step => finders == 0 && !judged,
            };
            assert!(found, "{slot}: {finders} finders, judged: {judged}");
        }
        let order = FINDERS.windows(2).all(|pair| pair[0].0 < pair[1].0);
        assert!(order, "the finders stand in the order of the dossier");
    }
}

//! How well a claim of the dossier fits one of the gold.

use std::collections::BTreeSet;

use model::{Claim, Slot, SlotGroup, SpeakerKind};

use super::{
    figure::{self, shared, words},
    gold,
    names::name_of,
};

/// Slots that are one to a careful reader.
const LIKE: &[&[Slot]] = &[
    &[Slot::Freed, Slot::Escaped],
    &[Slot::Held, Slot::Hostages, Slot::Captured],
];

/// A claim of the dossier.
pub(super) struct DossierClaim<'a> {
    pub claim: &'a Claim,
    pub background: bool,
    /// The report's name in the gold.
    pub report: Option<&'a str>,
    /// Words of its quotes.
    pub words: BTreeSet<String>,
}

/// How well a claim fits a gold claim that it gives: the greatest fits best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    pub slot: bool,
    pub speaker: bool,
    pub stance: bool,
    pub shared: usize,
}

impl DossierClaim<'_> {
    /// How well it fits; `None` where it does not give the gold claim.
    pub fn fit(
        &self,
        gold: &gold::Claim,
        slot: Option<Slot>,
        quote: &BTreeSet<String>,
    ) -> Option<Fit> {
        let slot = slot.filter(|slot| like(self.claim.slot, *slot))?;
        let over = shared(&self.words, quote);
        if over == 0 {
            return None;
        }
        if is_count(slot) {
            if !figure::value_right(&gold.value, &self.claim.value)
                || gold.is_background() != self.background
            {
                return None;
            }
        } else if over < quote.len().min(2) {
            return None;
        }
        Some(Fit {
            slot: self.claim.slot == slot,
            speaker: speaker_right(gold, self.claim),
            stance: name_of(self.claim.stance.kind) == gold.stance,
            shared: over,
        })
    }
}

/// Whether the head of the chain is the one that the gold names.
fn speaker_right(gold: &gold::Claim, claim: &Claim) -> bool {
    const NOBODY: &[&str] = &[
        "unnamed",
        "reports",
        "officials",
        "sources",
        "officials said",
    ];
    let (speaker, wanted) = (
        claim.speaker(),
        gold.speaker.first().map_or("", String::as_str),
    );
    if wanted == "outlet" {
        return speaker.kind == SpeakerKind::Publisher;
    }
    let said = [
        Some(speaker.name.as_str()),
        speaker.affiliation.as_deref(),
        speaker.party.as_deref(),
    ];
    let said: Vec<&str> = said.into_iter().flatten().collect();
    shared(&words(wanted), &words(&said.join(" "))) > 0
        || (speaker.kind == SpeakerKind::Unnamed && NOBODY.contains(&wanted))
}

/// Whether the slot counts people.
pub(super) fn is_count(slot: Slot) -> bool {
    slot.group() == SlotGroup::Counts
}

/// Whether two slots mean one thing to a careful reader.
pub(super) fn like(a: Slot, b: Slot) -> bool {
    a == b
        || LIKE
            .iter()
            .any(|group| group.contains(&a) && group.contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_that_mean_one_thing_are_one() {
        assert!(like(Slot::Held, Slot::Captured) && like(Slot::Killed, Slot::Killed));
        assert!(!like(Slot::Freed, Slot::Held));
    }

    #[test]
    fn a_fit_of_slot_outweighs_all_else() {
        let key = |slot, speaker, stance, shared| Fit {
            slot,
            speaker,
            stance,
            shared,
        };
        assert!(key(true, false, false, 1) > key(false, true, true, 9));
        assert!(key(true, true, false, 1) > key(true, false, true, 9));
    }
}

//! What a judge says of a candidate.

use model::{Slot, StanceKind};

/// The count slots, in the order of the classes of a verdict; class 0 is none of them.
pub const SLOTS: [Slot; 11] = [
    Slot::Killed,
    Slot::Injured,
    Slot::Missing,
    Slot::Escaped,
    Slot::Freed,
    Slot::Captured,
    Slot::Surrendered,
    Slot::Held,
    Slot::Hostages,
    Slot::AtRisk,
    Slot::Displaced,
];

/// Classes of a verdict: none, then [`SLOTS`].
pub const CLASSES: usize = SLOTS.len() + 1;

/// The stances, in the order of the chances of a verdict.
pub const STANCES: [StanceKind; 6] = [
    StanceKind::Asserted,
    StanceKind::Reported,
    StanceKind::Claimed,
    StanceKind::Possible,
    StanceKind::Denied,
    StanceKind::Unconfirmed,
];

/// What a judge says of a candidate; all chances are from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Chance of none, then of each of [`SLOTS`]; they sum to 1.
    pub slots: [f32; CLASSES],
    /// Chance that it is of another event than the report's own, or of a period.
    pub background: f32,
    /// Chance that it is the figure which the report gives, as things stand, for everybody in its main event.
    pub own_figure: f32,
    /// Chance that it counts everybody, not a part.
    pub whole: f32,
    /// Chance of each of [`STANCES`]; they sum to 1.
    pub stances: [f32; STANCES.len()],
}

impl Verdict {
    /// The likeliest class: 0 for none, else one more than the place in [`SLOTS`]. Of equals the first.
    pub fn class(&self) -> usize {
        let mut best = 0;
        for class in 1..CLASSES {
            if self.slots[class] > self.slots[best] {
                best = class;
            }
        }
        best
    }
}

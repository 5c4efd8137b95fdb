//! `surrendered`: people who gave themselves up.

use model::Slot;

use super::{counted::Frame, counts, draft::Draft, passes::Passes};

const FRAME: Frame = Frame {
    slot: Slot::Surrendered,
    object_verbs: &[],
    subject_verbs: &["surrender", "capitulate"],
    rule: "surrendered/verb",
};

/// Claims of the slot.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    counts::simple(cx, &FRAME)
}

//! `surrendered`: people who gave themselves up.

use model::Slot;

use super::{
    context::Context,
    counts::{self, Frame},
    draft::Draft,
};

const FRAME: Frame = Frame {
    slot: Slot::Surrendered,
    object_verbs: &[],
    subject_verbs: &["surrender", "capitulate"],
    rule: "surrendered/verb",
};

/// Claims of the slot.
pub fn claims(cx: &Context<'_>) -> Vec<Draft> {
    counts::simple(cx, &FRAME)
}

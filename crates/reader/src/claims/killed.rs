//! `killed`: people reported dead.

use model::{Basis, Slot};

use super::{
    counts,
    draft::{Draft, Rule},
    passes::Passes,
};

/// Rule of people told of one by one.
const ENUMERATED: Rule = Rule::new("killed/enumerated", Basis::Enumerated);

/// Claims of the slot.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    counts::claims(cx, Slot::Killed, cx.dead(), ENUMERATED)
}

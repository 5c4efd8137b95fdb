//! `escaped`: people who got out by themselves, or whom their own side let out.
//!
//! A prison emptied by its attackers is an escape; a hostage let go is [`super::freed`].

use model::{Basis, Role, Slot};

use super::{
    counted::{self, Frame},
    counts, custody,
    draft::{Draft, Rule},
    passes::Passes,
};

const FRAME: Frame = Frame {
    slot: Slot::Escaped,
    object_verbs: &["free", "spring", "liberate"],
    subject_verbs: &["escape", "flee", "abscond"],
    rule: "escaped/verb",
};

/// Rule of people told of one by one.
const ENUMERATED: Rule = Rule::new("escaped/enumerated", Basis::Enumerated);

/// Claims of the slot.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut found = counted::by_verbs(cx, &FRAME, |verb| match verb.lemma() {
        "flee" => custody::leaves_custody(verb),
        "escape" => !matches!(
            verb.child("dobj").map_or("", |object| object.lower()),
            "injury" | "injuries" | "unharmed" | "death" | "harm" | "notice"
        ),
        _ => custody::by_own_side(cx, verb),
    });
    // Civilians who get away from a fight have not broken out of anything.
    for counted in &mut found {
        let from_custody = custody::leaves_custody(cx.doc.token(counted.predicate));
        counted.groups.retain(|group| {
            from_custody || !matches!(group.scope.role, Role::Civilian) || group.count.is_none()
        });
    }
    found.retain(|counted| !counted.groups.is_empty());
    counts::claims(cx, Slot::Escaped, &found, ENUMERATED)
}

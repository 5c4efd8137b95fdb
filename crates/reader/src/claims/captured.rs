//! `captured`: people taken or arrested.

use model::{Basis, Slot};

use super::{
    counted::{self, Frame},
    counts,
    draft::{Draft, Rule},
    frames,
    passes::Passes,
};

const FRAME: Frame = Frame {
    slot: Slot::Captured,
    object_verbs: &[
        "capture",
        "arrest",
        "detain",
        "seize",
        "apprehend",
        "abduct",
        "kidnap",
        "recapture",
        "nab",
        "round",
    ],
    subject_verbs: &[],
    rule: "captured/verb",
};

/// Rule of people told of one by one.
const ENUMERATED: Rule = Rule::new("captured/enumerated", Basis::Enumerated);

/// Claims of the slot: people taken in the event; not those who "are being held" already ([`super::held`]).
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut found = counted::by_verbs(cx, &FRAME, |verb| {
        // "children detained in this facility" tells of a state, not of the taking.
        let state = verb.dep() == "acl" && verb.lemma() == "detain"
            || verb
                .children()
                .any(|child| child.dep() == "auxpass" && child.lower() == "being");
        let round_up = verb.lemma() != "round" || verb.children().any(|child| child.dep() == "prt");
        !state && round_up
    });
    for counted in &mut found {
        counted.groups.retain(|group| group.count.is_some());
    }
    found.retain(|counted| {
        !counted.groups.is_empty() && !frames::is_irrealis(cx.doc.token(counted.predicate))
    });
    counts::claims(cx, Slot::Captured, &found, ENUMERATED)
}

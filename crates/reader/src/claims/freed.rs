//! `freed`: people let go or rescued.
//!
//! Whoever broke out, or was let out by the attackers of a prison, is [`super::escaped`].

use model::{Basis, Slot};

use super::{
    counted::{self, Frame},
    counts, custody,
    draft::{Draft, Rule},
    frames,
    passes::Passes,
};

const FRAME: Frame = Frame {
    slot: Slot::Freed,
    object_verbs: &["free", "release", "rescue", "liberate", "ransom"],
    subject_verbs: &[],
    rule: "freed/verb",
};

/// Rule of people told of one by one.
const ENUMERATED: Rule = Rule::new("freed/enumerated", Basis::Enumerated);

/// Claims of the slot.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut found = counted::by_verbs(cx, &FRAME, |verb| {
        let escape = matches!(verb.lemma(), "free" | "liberate") && custody::by_own_side(cx, verb);
        !escape && !is_published(verb) && !from_hospital(verb)
    });
    for counted in &mut found {
        counted.groups.retain(|group| group.count.is_some());
    }
    found.retain(|counted| !counted.groups.is_empty());
    counts::claims(cx, Slot::Freed, &found, ENUMERATED)
}

/// "was treated and released": let go by a hospital, which held nobody.
fn from_hospital(verb: language::Token<'_>) -> bool {
    let doc = verb.doc();
    verb.lemma() == "release"
        && doc.sentence(verb.sentence_index()).any(|i| {
            matches!(
                doc.token(i).lower(),
                "treated" | "hospital" | "hospitalized" | "hospitalised" | "discharged"
            )
        })
}

/// "released a statement", "released the names of the victims": words, not people.
fn is_published(verb: language::Token<'_>) -> bool {
    frames::object(verb).is_some_and(|object| {
        matches!(
            object.lemma(),
            "statement"
                | "name"
                | "video"
                | "photo"
                | "footage"
                | "report"
                | "identity"
                | "image"
                | "detail"
                | "body"
                | "information"
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::claims::tests::check;
    use model::Slot;

    #[test]
    fn a_hospital_frees_nobody() {
        check(
            Slot::Freed,
            "The rebels released 12 captives on Monday.",
            &["{12} / 12 captives"],
        );
        check(
            Slot::Freed,
            "Two of the victims were treated and released.",
            &[],
        );
    }
}

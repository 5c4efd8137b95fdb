//! `actor`: who is reported to have done it.
//!
//! The doer of a violent act as its own clause names it ([`super::doers`]). Who claims or denies the deed, or is blamed
//! for it, is [`super::responsibility`]'s.

use super::{doers, draft::Draft, passes::Passes};

/// Claims of the slot.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    doers::find(cx)
}

#[cfg(test)]
mod tests {
    use crate::claims::tests::check;
    use model::Slot;

    #[test]
    fn the_doer_is_who_the_clause_of_the_deed_names() {
        check(
            Slot::Actor,
            "Gunmen stormed a college in Darmuk on Monday.",
            &["gunmen"],
        );
        check(
            Slot::Actor,
            "The attack was carried out by unidentified gunmen, police said.",
            &["unidentified gunmen"],
        );
    }

    #[test]
    fn whoever_is_only_hurt_did_nothing() {
        check(Slot::Actor, "Two men shot near the park in Darmuk.", &[]);
        check(
            Slot::Actor,
            "One man confirmed dead after shooting in Darmuk.",
            &[],
        );
        check(
            Slot::Actor,
            "A gunman shot at a bus in Darmuk on Monday.",
            &["gunman"],
        );
        check(
            Slot::Actor,
            "Her 13-year-old son accidentally shot himself on Monday.",
            &["13-year-old son"],
        );
    }

    #[test]
    fn victims_bombs_and_plans_do_nothing() {
        check(
            Slot::Actor,
            "Nine people died when a bomb exploded in Darmuk.",
            &[],
        );
        check(Slot::Actor, "The rebels may attack the town.", &[]);
    }
}

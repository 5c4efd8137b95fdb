//! Text in, claims out, slot by slot. Each line is one fictional sentence or two, and what the slot must say of it.

use model::{Claim, Slot};

use crate::testing::read_off;

/// Every claim read from a text printed on 25 January 2022 by the Lake Tribune, in order; `None` without the model.
pub(super) fn claims(words: &str) -> Option<Vec<(bool, Claim)>> {
    let report = format!("Source: Lake Tribune\nPublished: 2022-01-25\n\n{words}\n");
    let (extracted, read) = read_off(report.as_bytes())?.expect("readable");
    // What the rules say by themselves; the learned toll has its own tests.
    let reading = super::claim_by(
        extracted,
        &read,
        &mut super::segments::opens,
        &super::Models::rules(None),
    );
    let mut out = Vec::new();
    for account in reading.accounts {
        let main = account.kind == model::AccountKind::Main;
        for claim in account.claims {
            for quote in &claim.quotes {
                assert!(
                    reading.text.span_of(quote).is_some(),
                    "quote off its text: {words}"
                );
            }
            assert!(!claim.quotes.is_empty() && !claim.speakers.is_empty());
            let kind = claim.value.kind();
            let known = claim.slot.spec().values.contains(&kind);
            assert!(known, "{} holds a {kind:?}: {words}", claim.slot);
            out.push((main, claim));
        }
    }
    Some(out)
}

/// Checks that the main account's claims of `slot` are exactly these: value, and after a slash whom it counts if not
/// everybody.
pub(super) fn check(slot: Slot, words: &str, expected: &[&str]) {
    let Some(claims) = claims(words) else { return };
    let said: Vec<String> = claims
        .iter()
        .filter(|(main, claim)| *main && claim.slot == slot)
        .map(|(_, claim)| {
            let value = match &claim.value {
                model::Value::Count(count) => count.interval(),
                other => other.label(),
            };
            if claim.scope.is_all() {
                value
            } else {
                format!("{value} / {}", claim.scope.words)
            }
        })
        .collect();
    assert_eq!(said, expected, "{slot} in: {words}");
}

#[test]
fn the_event_has_a_kind_a_day_a_place_and_means() {
    let words = "A car bomb exploded at a market in Darmuk on Monday, killing six people.";
    check(Slot::Event, words, &["bombing"]);
    check(Slot::When, words, &["24 January 2022"]);
    check(Slot::Means, words, &["A car bomb"]);
    let Some(claims) = claims(words) else { return };
    let place = claims.iter().find(|(_, claim)| claim.slot == Slot::Where);
    assert!(
        place.is_some_and(|(_, claim)| claim.value.label().contains("Darmuk")),
        "no place"
    );
}

#[test]
fn what_comes_after_does_not_date_it() {
    check(
        Slot::When,
        "A man was shot on Saturday. He was charged on Monday.",
        &["22 January 2022"],
    );
    check(
        Slot::When,
        "Police said on Monday that a bomb had exploded on Friday.",
        &["21 January 2022"],
    );
}

#[test]
fn before_midnight_ends_the_day_named() {
    check(
        Slot::When,
        "A man was shot just before midnight on Saturday, police said.",
        &["22 January 2022"],
    );
    // The night named is that of the day named.
    check(
        Slot::When,
        "A man was shot in Darmuk. The shooting happened just before midnight Saturday night, police said.",
        &["22 January 2022"],
    );
}

#[test]
fn a_date_of_the_page_does_not_date_it() {
    check(
        Slot::When,
        "Police search the mill in Darmuk on October 19, 2020. (Ana Vell / Lake Tribune)\n\nA man was shot on Sunday \
         outside the mill, police said.",
        &["23 January 2022"],
    );
    check(
        Slot::When,
        "VELL, JON. Date of Birth: 10/19/1990\n\nA man was shot on Sunday outside the mill, police said.",
        &["23 January 2022"],
    );
}

#[test]
fn an_hour_goes_with_the_day_named_last() {
    check(
        Slot::When,
        "A girl was shot in her room on Sunday morning.\n\nHer mother ran to her.\n\nThe house had been sold last \
         year.\n\nPolice said the shots were fired at four in the morning.",
        &["23 January 2022"],
    );
}

#[test]
fn a_report_that_names_no_day_is_dated_by_its_publication() {
    let Some(claims) = claims(
        "Police are investigating a shooting in Darmuk. A man was shot in the leg and is in hospital.",
    ) else {
        return;
    };
    let when: Vec<_> = claims
        .iter()
        .filter(|(_, claim)| claim.slot == Slot::When)
        .collect();
    assert_eq!(when.len(), 1);
    let (_, claim) = when[0];
    assert_eq!(claim.rule, "when/published");
    assert_eq!(claim.quotes[0].exact, "shooting");
    let model::Value::When(when) = &claim.value else {
        panic!("not a time: {:?}", claim.value)
    };
    assert!(when.anchor.contains("publication"), "{}", when.anchor);
    assert_eq!(when.end.date().to_string(), "2022-01-26");
}

#[test]
fn the_day_of_an_arrest_alone_is_called_what_it_is() {
    for (words, rule) in [
        (
            "A man wanted over a shooting in Darmuk is in jail. Abel Torv, 31, was arrested Tuesday at a motel.",
            "when/follow-up",
        ),
        (
            "A man was wounded in Darmuk. Abel Torv, 31, was arrested after he shot him on Tuesday.",
            "when/event-time",
        ),
    ] {
        let Some(claims) = claims(words) else { return };
        let rules: Vec<_> = claims
            .iter()
            .filter(|(_, claim)| claim.slot == Slot::When)
            .map(|(_, claim)| claim.rule.as_str())
            .collect();
        assert_eq!(rules, [rule], "{words}");
    }
}

#[test]
fn a_step_of_the_case_does_not_date_it() {
    check(
        Slot::When,
        "A Darmuk man was sentenced on Monday to 12 years in prison for killing his neighbour. The neighbour was shot \
         on Jan. 3 at his home.",
        &["3 January 2022"],
    );
    check(
        Slot::When,
        "A vigil was held on Sunday for a woman killed last Wednesday. She was shot Wednesday night outside a shop in \
         Darmuk, police said.",
        &["19 January 2022"],
    );
}

#[test]
fn responsibility_is_claimed_denied_or_laid() {
    let stance = |words: &str| {
        claims(words).map(|claims| {
            claims
                .iter()
                .filter(|(_, claim)| claim.slot == Slot::Responsibility)
                .map(|(_, claim)| format!("{} {:?}", claim.value.label(), claim.stance.kind))
                .collect::<Vec<_>>()
        })
    };
    let check = |words: &str, expected: &[&str]| {
        if let Some(said) = stance(words) {
            assert_eq!(said, expected, "{words}");
        }
    };
    check(
        "The Ridge Liberation Front claimed responsibility for the attack.",
        &["Ridge Liberation Front Claimed"],
    );
    check(
        "The Ridge Liberation Front denied any involvement in the attack.",
        &["Ridge Liberation Front Denied"],
    );
    check(
        "No group has claimed responsibility for the bombing.",
        &["unclaimed Asserted"],
    );
}

#[test]
fn control_status_and_safety() {
    check(
        Slot::Status,
        "The battle continues inside the college.",
        &["ongoing"],
    );
    check(Slot::Status, "The fighting is not over.", &["ongoing"]);
    check(Slot::Status, "The siege has ended.", &["ended"]);
    check(
        Slot::Safety,
        "All pupils are safe, the mayor said.",
        &["safe / All pupils"],
    );
    check(Slot::Safety, "The roads are safe.", &[]);
    check(Slot::Control, "The army retook the college.", &["army"]);
    check(
        Slot::Control,
        "The rebels took over the main dormitory.",
        &["rebels"],
    );
    check(
        Slot::HumanShields,
        "The gunmen used residents as human shields.",
        &["used as shields / residents"],
    );
}

#[test]
fn appeals_say_who_is_asked_for_what() {
    let Some(claims) = claims("The League urged the government to release the children.") else {
        return;
    };
    let appeal = claims
        .iter()
        .find(|(_, claim)| claim.slot == Slot::Appeal)
        .map(|(_, claim)| claim);
    let appeal = appeal.expect("an appeal");
    assert!(
        matches!(&appeal.value, model::Value::Act { code, .. } if code == "release"),
        "{:?}",
        appeal.value
    );
    assert!(
        appeal
            .addressee
            .as_ref()
            .is_some_and(|who| who.name.contains("government")),
        "{:?}",
        appeal.addressee
    );
}

#[test]
fn a_text_with_nothing_in_scope_makes_no_account() {
    let Some(claims) =
        claims("The council will meet next week to talk about the price of bread and of salt.")
    else {
        return;
    };
    assert!(
        claims
            .iter()
            .all(|(_, claim)| claim.slot == Slot::Statement),
        "{claims:?}"
    );
}

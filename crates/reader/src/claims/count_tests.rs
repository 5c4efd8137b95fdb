//! The slots that count people: text in, claims out. Each line is one fictional sentence or two, and what the slot
//! must say of it.

use model::Slot;

use super::tests::{check, claims};

#[test]
fn killed_by_verbs_in_every_voice() {
    check(
        Slot::Killed,
        "At least 23 people were killed in the attack.",
        &["[23, ∞)"],
    );
    check(Slot::Killed, "The blast killed 14 people.", &["{14}"]);
    check(
        Slot::Killed,
        "Twelve people died when a bomb exploded.",
        &["{12}"],
    );
    check(
        Slot::Killed,
        "The shelling left more than 210 people dead.",
        &["[211, ∞)"],
    );
    check(
        Slot::Killed,
        "Two people were shot dead outside the mill.",
        &["{2}"],
    );
    check(
        Slot::Killed,
        "The raid claimed the lives of 21 people.",
        &["{21}"],
    );
    check(
        Slot::Killed,
        "The army lost four soldiers in the ambush.",
        &["{4} / four soldiers"],
    );
}

#[test]
fn killed_in_nouns_and_tolls() {
    check(
        Slot::Killed,
        "The death toll rose from 30 to 39 on Monday.",
        &["{39}"],
    );
    check(
        Slot::Killed,
        "Rescuers pulled 19 bodies from the rubble.",
        &["{19}"],
    );
    check(
        Slot::Killed,
        "Police are investigating the deaths of two guards.",
        &["{2} / two guards"],
    );
    check(
        Slot::Killed,
        "The attack left at least 200 dead.",
        &["[200, ∞)"],
    );
}

#[test]
fn nobody_is_killed_by_plans_wishes_and_denials() {
    check(Slot::Killed, "He threatened to kill twelve people.", &[]);
    check(
        Slot::Killed,
        "The bomb could have killed dozens of people.",
        &[],
    );
    check(Slot::Killed, "Prosecutors may seek the death penalty.", &[]);
    check(Slot::Killed, "No one else was killed.", &[]);
}

#[test]
fn people_told_of_one_by_one_are_counted_once() {
    check(
        Slot::Killed,
        "A 61-year-old man was killed on Friday. The man died at the scene.",
        &["{1}"],
    );
    check(
        Slot::Killed,
        "Dorin Vale, 40, was shot and killed. Vale was pronounced dead at a clinic.",
        &["{1}"],
    );
    check(
        Slot::Killed,
        "A woman was killed near the lake. Another woman was killed near the mill.",
        &["{2}"],
    );
}

#[test]
fn parts_have_their_scope() {
    check(
        Slot::Killed,
        "Seven people, including three children, were killed.",
        &["{7}", "{3} / three children"],
    );
    check(
        Slot::Killed,
        "The attack killed 21 people: eight guards, seven students and six employees.",
        &[
            "{21}",
            "{8} / eight guards",
            "{7} / seven students",
            "{6} / six employees",
        ],
    );
    check(
        Slot::Killed,
        "The strike killed 23 people, eight of them children.",
        &["{23}", "{8} / children"],
    );
    check(
        Slot::Killed,
        "Nine of the dead are children.",
        &["{9} / children"],
    );
    check(
        Slot::Killed,
        "Five students were killed.",
        &["{5} / Five students"],
    );
}

#[test]
fn older_cases_and_sums_over_a_period_are_no_part_of_the_account() {
    check(
        Slot::Killed,
        "Two people were killed on Monday. The 2015 attack killed 30 people.",
        &["{2}"],
    );
    check(
        Slot::Killed,
        "A man was killed on Monday. So far this year, 44 people have been killed in shootings in the city.",
        &["{1}"],
    );
    check(
        Slot::Injured,
        "A man was shot on Monday. In an unrelated shooting, three people were wounded.",
        &["{1}"],
    );
    // A number that picks one of the wounded does not count them.
    check(
        Slot::Injured,
        "A teacher said one of the people wounded was her pupil.",
        &[],
    );
}

#[test]
fn injured_and_alive() {
    check(Slot::Injured, "Another 30 people were wounded.", &["{30}"]);
    check(
        Slot::Injured,
        "Three teenagers were taken to a hospital.",
        &["{3} / Three teenagers"],
    );
    check(Slot::Injured, "A man was shot in the leg.", &["{1}"]);
    check(Slot::Injured, "A man was shot and killed.", &[]);
    check(Slot::Injured, "No one was hurt.", &["{0}"]);
    check(
        Slot::Injured,
        "Three men walked into a station with gunshot wounds.",
        &["{3} / Three men"],
    );
}

#[test]
fn people_in_other_plights() {
    check(
        Slot::Missing,
        "Some 70 people are still missing.",
        &["[63, 77]"],
    );
    check(
        Slot::Escaped,
        "Dozens of prisoners escaped from the jail.",
        &["[12, 99] / prisoners"],
    );
    check(
        Slot::Freed,
        "The army freed 15 hostages.",
        &["{15} / 15 hostages"],
    );
    check(
        Slot::Captured,
        "Soldiers arrested nine suspects.",
        &["{9} / nine suspects"],
    );
    check(
        Slot::Surrendered,
        "Three hundred fighters surrendered.",
        &["{300} / Three hundred fighters"],
    );
    check(
        Slot::Displaced,
        "About 300 people were made homeless.",
        &["[270, 330]"],
    );
    check(
        Slot::Hostages,
        "The gunmen took 12 people hostage.",
        &["{12}"],
    );
    check(
        Slot::Held,
        "The jail has about 40 underage inmates.",
        &["[36, 44] / about 40 underage inmates"],
    );
    check(
        Slot::AtRisk,
        "Hundreds of children are trapped in the school.",
        &["[200, 999] / children"],
    );
}

#[test]
fn killed_in_a_monitors_prose() {
    for (words, expected) in [
        (
            "On Friday, between 22 and 25 civilians, including at least 11 children, were reportedly killed.",
            &[
                "[22, 25] / between 22 and 25 civilians",
                "[11, ∞) / at least 11 children",
            ][..],
        ),
        (
            "A strike on the tower and surrounding areas killed at least 101 people.",
            &["[101, ∞)"],
        ),
        (
            "At least 14 civilians, most of them children and members of the same family, were killed in the strike.",
            &["[14, ∞) / At least 14 civilians"],
        ),
        (
            "The strike killed at least 11 and up to 15 members of the Brenn family.",
            &["[11, 15]"],
        ),
        (
            "At least one but possibly up to 12 people were killed.",
            &["[1, 12]"],
        ),
        (
            "Hamo Brenn was killed along with three guests in the strike.",
            &["{4}", "{3} / three guests"],
        ),
        (
            "The strike destroyed the house, killing the entire family of six members.",
            &["{6}"],
        ),
        (
            "More than 13 martyrs arrived at the hospital.",
            &["[14, ∞)"],
        ),
        (
            "The shell killed a child named Hussa Brenn (14), and a child named Anas Aldo (13).",
            &["{2}", "{2} / a child"],
        ),
    ] {
        check(Slot::Killed, words, expected);
    }
    check(
        Slot::Injured,
        "The hospital counted 13 deaths and 25 injuries.",
        &["{25}"],
    );
    // Wounds that somebody bears are no people.
    check(
        Slot::Injured,
        "The man was found with two injuries to the leg.",
        &["{1}"],
    );
}

#[test]
fn lists_that_the_parse_breaks_and_people_added_to_others() {
    for (words, expected) in [
        (
            "Between five and seven members of the Brenn family, including at least three children and at least one \
             woman were killed.",
            &["[5, 7]", "[3, ∞) / at least three children"][..],
        ),
        (
            "The bombing resulted in at least 18 and potentially more than 25 deaths.",
            &["[18, 26]"],
        ),
        (
            "The strike killed up to 20 villagers, including at least 14 members of the Brenn family.",
            &[
                "[0, 20] / up to 20 villagers",
                "[14, ∞) / up to 20 villagers",
            ],
        ),
        (
            "The teacher Oda Brenn was killed on Friday. The strike killed 12 other members of the family.",
            &["{13}"],
        ),
        (
            "The strike hit the home, killing Oda Brenn alongside 11 members of her family.",
            &["{12}"],
        ),
        (
            "Ten members of the Brenn family and nine members of the Aldo family were killed.",
            &["{19}"],
        ),
        (
            "The guards were hurt and between two and four others were killed.",
            &["[2, 4]"],
        ),
        ("The agency spoke of five killed and 35 injured.", &["{5}"]),
        (
            "The ministry said that “29 [members] of [his] family” were killed.",
            &["{29}"],
        ),
        (
            "On Sunday, May 12th 2021, at least 39 villagers from at least five different families were killed.",
            &["[39, ∞) / at least 39 villagers"],
        ),
        (
            "The teacher Oda Brenn, along with 15 family members, including three women, were killed.",
            &["{16}", "{3} / three women"],
        ),
        (
            "At least 52 villagers, including 22 children, and up to 68 villagers were killed.",
            &[
                "[52, ∞) / At least 52 villagers",
                "{22} / 22 children",
                "[0, 68] / up to 68 villagers",
            ],
        ),
        (
            "The agency wrote of dozens of wounded and martyrs.",
            &["[12, 99]"],
        ),
        (
            "The agency wrote of martyrs and wounded in the bombing.",
            &["[2, ∞)"],
        ),
        (
            "At least 35 identified villagers belonging to the Brenn and Aldo families were killed.",
            &["[35, ∞) / At least 35 identified villagers"],
        ),
    ] {
        check(Slot::Killed, words, expected);
    }
}

#[test]
fn what_comes_later_in_its_sentence_is_not_early() {
    let Some(claims) = claims(
        "Initially the agency reported five people killed, but later it said that the death toll rose to seven.",
    ) else {
        return;
    };
    let early = |n: u64| {
        let (_, claim) = claims
            .iter()
            .find(|(_, claim)| claim.value.count().is_some_and(|count| count.low == n))
            .expect("a figure");
        claim.quotes.iter().any(|quote| quote.exact == "Initially")
    };
    assert!(early(5) && !early(7));
}

#[test]
fn an_early_figure_keeps_the_word_that_says_so() {
    let Some(claims) = claims("The agency initially reported that four people had been killed.")
    else {
        return;
    };
    let killed = claims.iter().find(|(_, claim)| claim.slot == Slot::Killed);
    let (_, claim) = killed.expect("a figure");
    assert!(claim.quotes.iter().any(|quote| quote.exact == "initially"));
}

#[test]
fn injuries_told_as_nouns_and_subjects_before_an_aside() {
    for (words, expected) in [
        (
            "The strike on the house resulted in injuries to four nurses.",
            &["{4} / four nurses"][..],
        ),
        (
            "Injuries resulted from an alleged strike on a school.",
            &["[2, ∞)"],
        ),
        (
            "A number of people were killed and injured in the bombing.",
            &["[2, ∞)"],
        ),
        (
            "The school was closed, and no injuries were reported.",
            &["{0}"],
        ),
    ] {
        check(Slot::Injured, words, expected);
    }
    for (words, expected) in [
        (
            "At least 38 people, all members of the Brenn and the Aldo families, including 23 children, were \
             reportedly killed.",
            &["[38, ∞)"][..],
        ),
        (
            "The shell struck a car, killing between three and six people.",
            &["[3, 6]"],
        ),
    ] {
        check(Slot::Killed, words, expected);
    }
}

#[test]
fn a_longer_name_takes_up_a_shorter_one_and_no_other() {
    check(
        Slot::Killed,
        "John Smith was killed on Friday. Smith died at the scene.",
        &["{1}"],
    );
    check(
        Slot::Killed,
        "John Smith was killed on Friday. Mary Smith was killed too.",
        &["{2}"],
    );
}

#[test]
fn its_members_are_of_the_body_that_the_sentence_speaks_of() {
    #[track_caller]
    fn check(words: &str, slot: Slot, side: Option<&str>) {
        let Some(claims) = claims(words) else { return };
        let found = claims.iter().find(|(_, claim)| claim.slot == slot);
        let (_, claim) = found.unwrap_or_else(|| panic!("no claim in: {words}"));
        assert_eq!(claim.scope.side.as_deref(), side, "{words}");
    }
    check(
        "The Ridge Liberation Front said it had stormed the jail and freed hundreds of its members.",
        Slot::Escaped,
        Some("p:ridge-liberation-front"),
    );
    check(
        "The army said that 12 of its soldiers were killed at the jail.",
        Slot::Killed,
        Some("p:army"),
    );
    check(
        "According to the Ridge Liberation Front, 12 of its fighters were killed at the jail.",
        Slot::Killed,
        Some("p:ridge-liberation-front"),
    );
    // A committee of villagers has members that no party stands for.
    check("The flood killed three of its members.", Slot::Killed, None);
}

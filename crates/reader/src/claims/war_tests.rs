//! Counts in war prose: monitors' posts, wires, aid groups, ministries, local papers. Fictional throughout.

use model::Slot;

use super::tests::{check, claims};

/// Checks that some other account says this of `slot`, and the main one does not.
#[track_caller]
fn elsewhere(slot: Slot, words: &str, value: &str) {
    let Some(claims) = claims(words) else { return };
    let said = |main: bool| {
        claims.iter().any(|(own, claim)| {
            let count = claim.value.count();
            *own == main
                && claim.slot == slot
                && count.is_some_and(|count| count.interval() == value)
        })
    };
    assert!(said(false), "{value} in no other account: {words}");
    assert!(!said(true), "{value} in the main account: {words}");
}

#[test]
fn one_number_for_dead_and_hurt_is_of_neither() {
    let words = "Drones kill and injure seven people in Kelmoor.";
    check(Slot::Killed, words, &[]);
    check(Slot::Injured, words, &[]);
    let words = "Over 80 displaced people were killed and injured in Kelmoor.";
    check(Slot::Killed, words, &[]);
    check(Slot::Injured, words, &[]);
    // A word without a number is of both.
    let words = "A number of civilians were killed and injured in Kelmoor.";
    check(Slot::Killed, words, &["[2, ∞) / civilians"]);
}

#[test]
fn two_lots_in_one_sentence_stay_apart() {
    let words = "The strike hit Kelmoor, injuring five people and killing two others.";
    check(Slot::Injured, words, &["{5}"]);
    check(Slot::Killed, words, &["{2}"]);
    let words = "Two civilians and five soldiers were wounded in Kelmoor and one guard was killed.";
    check(Slot::Killed, words, &["{1}", "{1} / one guard"]);
    check(
        Slot::Killed,
        "Injuring and killing a number of residents, the shells fell on Kelmoor.",
        &["[2, ∞) / residents"],
    );
}

#[test]
fn the_whole_stands_before_those_among_it() {
    check(
        Slot::Killed,
        "Shelling left six people, including one woman and two children dead, and 75 others injured.",
        &["{6}", "{1} / one woman", "{2} / two children"],
    );
}

#[test]
fn another_is_one_more() {
    let words = "The monitor documented the death of a child and injury of another in Kelmoor.";
    check(Slot::Killed, words, &["{1}", "{1} / a child"]);
    check(Slot::Injured, words, &["{1}"]);
    // Headline and text tell of the same one.
    check(
        Slot::Injured,
        "Shells hit Kelmoor killing child and injuring another\n\nThe monitor documented the death of a child and \
         injury of another in Kelmoor.",
        &["{1}"],
    );
    check(Slot::Injured, "The two men shot at one another.", &[]);
}

#[test]
fn losses_of_people_are_deaths() {
    check(
        Slot::Killed,
        "A drone hit the road, which led to the loss of the citizen Omar Belk and the injury of the citizen Hadi Dunn.",
        &["{1}", "{1} / the citizen"],
    );
    check(Slot::Killed, "The loss of the bridge cut Kelmoor off.", &[]);
}

#[test]
fn drones_shot_down_are_nobody() {
    check(
        Slot::Injured,
        "At least 8 drones entered Arvela. At least 4 were shot down over Kelmoor.",
        &[],
    );
}

#[test]
fn officials_of_armed_groups_bear_arms() {
    let words = "The strike killed a senior finance official in the terrorist organization.";
    let Some(claims) = claims(words) else { return };
    assert!(
        claims
            .iter()
            .any(|(_, claim)| claim.slot == Slot::Killed && claim.scope.armed),
        "{words}"
    );
}

#[test]
fn what_looks_back_is_of_another_event() {
    elsewhere(
        Slot::Killed,
        "The monitor has documented the death of a civilian in shelling on Kelmoor village.\n\nThe shells fell on two \
         houses, residents said.\n\nOn January 9, activists documented the death of two civilians in artillery fire on \
         Vell.",
        "{2}",
    );
    elsewhere(
        Slot::Killed,
        "A soldier was killed in Kelmoor. Arvela's 12-year conflict has left nearly half a million people dead.",
        "[450000, 550000]",
    );
    elsewhere(
        Slot::Killed,
        "A woman was killed in the strike on Kelmoor. Drones have also targeted the area four times, which resulted in \
         the death of three members of the council.",
        "{3}",
    );
    elsewhere(
        Slot::Killed,
        "A child was killed by a mine near Kelmoor. We have documented hundreds of deaths as a result of such \
         explosions.",
        "[200, 999]",
    );
    elsewhere(
        Slot::Killed,
        "Five members of the Belk family were killed in Kelmoor. A neighbour said that 27 members of the family had \
         been killed up until that point in the conflict.",
        "{27}",
    );
    // What an older shelling left behind kills now.
    check(
        Slot::Killed,
        "A child was killed on Monday by munitions left by previous shelling in Kelmoor.",
        &["{1}", "{1} / A child"],
    );
}

#[test]
fn wire_copy() {
    let words = "DARMUK (Lake Agency) - The death toll from Monday's strike on the market in Kelmoor rose to 39 after \
                 four people died of their wounds, the health ministry said. It had earlier put the number of dead at \
                 35.";
    check_has(Slot::Killed, words, "{39}");
    check_has(
        Slot::Killed,
        "Rescuers pulled 19 bodies from the rubble of the school in Kelmoor, where no one was reported hurt.",
        "{19}",
    );
    check(
        Slot::Injured,
        "A shell landed in a field near Kelmoor. No one was hurt.",
        &["{0}"],
    );
}

#[test]
fn aid_groups_ministries_and_posts() {
    check_has(
        Slot::Killed,
        "The clinic received the bodies of 12 people, among them five children, after the raid on Kelmoor.",
        "{12}",
    );
    check_has(
        Slot::Injured,
        "#Kelmoor: 3 killed, 7 wounded in this morning's shelling.",
        "{7}",
    );
    check_has(
        Slot::Killed,
        "#Kelmoor: 3 killed, 7 wounded in this morning's shelling.",
        "{3}",
    );
    check_has(
        Slot::Killed,
        "The massacre in Kelmoor claimed 12 lives, the directorate said.",
        "{12}",
    );
    check(
        Slot::Killed,
        "The raid resulted in “a number” of deaths in Kelmoor.",
        &["[2, ∞)"],
    );
    check_has(
        Slot::Killed,
        "The network documented the names of eight victims of the strike, three of them women. All eight were killed \
         at home.",
        "{8}",
    );
    check_has(
        Slot::Killed,
        "Omar Belk, his wife and their three daughters were killed when a shell hit their house.",
        "{5}",
    );
}

#[test]
fn numbers_that_two_phrases_give_together() {
    check(
        Slot::Killed,
        "Rockets hit two houses in Kelmoor on Monday, killing three people in each.",
        &["{6}"],
    );
    check(
        Slot::Killed,
        "The bus was carrying 14 pupils when the mine went off; all but two were killed.",
        &["{12} / 14 pupils"],
    );
    check(
        Slot::Killed,
        "Rockets hit several houses in Kelmoor, killing three people in each.",
        &["{3}"],
    );
}

#[test]
fn the_dead_are_told_by_what_they_were() {
    check_has(
        Slot::Killed,
        "The army said 16 militants were killed in the raid on Kelmoor; residents said the dead were seven shepherds.",
        "{7}",
    );
    elsewhere(
        Slot::Killed,
        "A man was killed in the shelling of Vell on Monday. Since Friday the network has recorded 41 civilian deaths \
         in Kelmoor province.",
        "{41}",
    );
    elsewhere(
        Slot::Killed,
        "At least 23 people were killed in Kelmoor on Monday, health officials said, in the deadliest strike since the \
         school bombing of 2019 that killed 60.",
        "{60}",
    );
}

/// Checks that the main account says this of `slot`, among what else it says.
#[track_caller]
fn check_has(slot: Slot, words: &str, value: &str) {
    let Some(claims) = claims(words) else { return };
    let found = claims.iter().any(|(main, claim)| {
        let count = claim.value.count();
        *main && claim.slot == slot && count.is_some_and(|count| count.interval() == value)
    });
    let said: Vec<String> = claims
        .iter()
        .filter(|(_, claim)| claim.slot == slot)
        .filter_map(|(main, claim)| Some(format!("{main} {}", claim.value.count()?.interval())))
        .collect();
    assert!(found, "no {value} among {said:?} in: {words}");
}

//! Four things kept apart: who claims it, who is named for it, who denies it, and that nobody has claimed it.

use model::{Slot, StanceKind, Value};

use crate::claims::tests::{check, claims};

/// The claims of the slot in the main account: whom, how, and who says so first.
fn said(words: &str) -> Option<Vec<(String, StanceKind, String)>> {
    let found = claims(words)?;
    let own = found
        .into_iter()
        .filter(|(main, claim)| *main && claim.slot == Slot::Responsibility);
    Some(
        own.map(|(_, claim)| {
            let whom = match &claim.value {
                Value::Party(party) => party.name.clone(),
                other => other.label(),
            };
            let first = claim.speakers.first().map(|speaker| speaker.name.clone());
            (whom, claim.stance.kind, first.unwrap_or_default())
        })
        .collect(),
    )
}

/// Some claim says this of this party, in this voice.
#[track_caller]
fn has(words: &str, whom: &str, stance: StanceKind, speaker: &str) {
    let Some(said) = said(words) else { return };
    let found = said
        .iter()
        .any(|(a, b, c)| a == whom && *b == stance && c == speaker);
    assert!(
        found,
        "no {whom} {stance:?} by {speaker} in {said:#?} of: {words}"
    );
}

/// No claim names this party.
#[track_caller]
fn lacks(words: &str, whom: &str) {
    let Some(said) = said(words) else { return };
    assert!(
        said.iter().all(|(a, ..)| a != whom),
        "{said:#?} of: {words}"
    );
}

#[test]
fn who_is_charged_or_arrested_for_the_deed_is_named() {
    check(
        Slot::Responsibility,
        "Two people were shot in Darmuk. Police charged Daniel Brand, 24, with murder on Monday.",
        &["Daniel Brand"],
    );
    check(
        Slot::Responsibility,
        "Daniel Brand, 24, was arrested in connection with the shooting in Darmuk.",
        &["Daniel Brand"],
    );
}

#[test]
fn other_charges_and_unnamed_men_name_nobody() {
    check(
        Slot::Responsibility,
        "Two people were shot in Darmuk. Daniel Brand was charged with theft. A man was arrested after the shooting.",
        &[],
    );
}

#[test]
fn a_group_claims_the_deed_in_many_words() {
    let claimed = |words, whom| has(words, whom, StanceKind::Claimed, whom);
    claimed(
        "The Heron Brigade claimed responsibility for the bombing in Darmuk.",
        "Heron Brigade",
    );
    claimed(
        "The raid on the depot was claimed by the Heron Brigade.",
        "Heron Brigade",
    );
    claimed(
        "The Heron Brigade claimed the attack on the depot in a video.",
        "Heron Brigade",
    );
    claimed(
        "The Heron Brigade said on Monday that it was behind the bombing of the depot.",
        "Heron Brigade",
    );
    claimed(
        "The Heron Brigade said it had carried out the attack on the depot.",
        "Heron Brigade",
    );
    claimed(
        "The Heron Brigade said its fighters had stormed the depot.",
        "Heron Brigade",
    );
}

#[test]
fn a_group_with_an_unlisted_name_is_found_and_its_acronym_is_the_same() {
    has(
        "A group calling itself the Sons of Tarrant has claimed the bombing in Darmuk.",
        "Sons of Tarrant",
        StanceKind::Claimed,
        "Sons of Tarrant",
    );
    has(
        "The extremist group Jund al-Barr said it was behind the bombing in Darmuk.",
        "Jund al-Barr",
        StanceKind::Claimed,
        "Jund al-Barr",
    );
    has(
        "The Ridge Unity Front (RUF) holds the hills. Nobody was hurt when the RUF claimed the raid on Darmuk.",
        "Ridge Unity Front",
        StanceKind::Claimed,
        "Ridge Unity Front",
    );
}

#[test]
fn a_government_that_speaks_is_not_the_culprit() {
    let words = "The interior ministry blamed the Heron Brigade for the bombing in Darmuk.";
    has(
        words,
        "Heron Brigade",
        StanceKind::Asserted,
        "interior ministry",
    );
    lacks(words, "interior ministry");
    let words = "The government laid the raid on Darmuk at the door of the Heron Brigade.";
    has(words, "Heron Brigade", StanceKind::Asserted, "government");
    lacks(words, "government");
    let words = "The mayor said the attack was the work of the Heron Brigade.";
    has(words, "Heron Brigade", StanceKind::Asserted, "mayor");
}

#[test]
fn denials_in_many_words() {
    let denied = |words, whom| has(words, whom, StanceKind::Denied, whom);
    denied(
        "The Heron Brigade denied any role in the bombing in Darmuk.",
        "Heron Brigade",
    );
    denied(
        "The Heron Brigade said it had no part in the raid.",
        "Heron Brigade",
    );
    denied(
        "The Heron Brigade says it has nothing to do with the attack.",
        "Heron Brigade",
    );
    denied(
        "The Heron Brigade denied that its fighters had shelled the market.",
        "Heron Brigade",
    );
    denied(
        "The army blamed the Heron Brigade for the raid. The Heron Brigade denied it.",
        "Heron Brigade",
    );
    let Some(said) = said(
        "At least nine strikers were killed in Darmuk. \"We fired on nobody,\" army spokesman Dario Felt told \
         reporters.",
    ) else {
        return;
    };
    assert!(
        said.iter()
            .any(|(_, stance, speaker)| *stance == StanceKind::Denied && speaker == "Dario Felt"),
        "{said:#?}"
    );
}

#[test]
fn nobody_claims_it() {
    for words in [
        "No group has claimed responsibility for the bombing in Darmuk.",
        "Nobody has claimed the attack in Darmuk.",
        "There was no claim of responsibility for the bombing in Darmuk.",
    ] {
        let Some(said) = said(words) else { return };
        assert_eq!(said.len(), 1, "{said:#?} of: {words}");
        assert_eq!(said[0].1, StanceKind::Asserted);
    }
}

#[test]
fn suspects_are_named_by_those_who_name_them() {
    has(
        "Two people were shot in Darmuk. The suspect is Ivo Brand, 27.",
        "Ivo Brand",
        StanceKind::Asserted,
        "Lake Tribune",
    );
    has(
        "A gunman killed two people in Darmuk. Police identified the gunman as Ivo Brand.",
        "Ivo Brand",
        StanceKind::Asserted,
        "police",
    );
    has(
        "Ivo Brand was named as the suspect in the shooting in Darmuk, police said.",
        "Ivo Brand",
        StanceKind::Asserted,
        "police",
    );
}

#[test]
fn who_is_accused_claims_nothing() {
    for words in [
        "A nurse is accused of killing three patients in Darmuk on Sunday.",
        "Guard accused of shooting two men in Darmuk",
        "The baker was accused of stabbing a neighbour in Darmuk.",
    ] {
        let Some(found) = claims(words) else { return };
        for (_, claim) in found {
            let name = claim.speakers[0].name.to_lowercase();
            assert!(
                !["nurse", "guard", "baker"]
                    .iter()
                    .any(|who| name.contains(who)),
                "{name} speaks in: {words}"
            );
        }
    }
}

#[test]
fn police_who_look_into_it_did_not_do_it() {
    for words in [
        "Police investigating after two men stabbed, another assaulted in Darmuk",
        "Police hunting gang after man shot, woman stabbed in Darmuk",
        "Police seeking driver after boy killed, girl injured in Darmuk",
    ] {
        lacks(words, "police");
    }
}

#[test]
fn a_dateline_claims_nothing() {
    for words in [
        "Darmuk, May 6 (DNA): The Red Dawn claimed responsibility for the market bombs in Harnok.",
        "Darmuk, June 2 (HNA): The Red Dawn claimed responsibility for the raid on the depot.",
    ] {
        has(words, "Red Dawn", StanceKind::Claimed, "Red Dawn");
        lacks(words, "Darmuk");
        lacks(words, "Harnok");
    }
}

#[test]
fn a_headlines_council_did_not_do_it() {
    for words in [
        "Council: army bombed Darmuk cinema",
        "Mayor: rebels shelled Darmuk market",
        "Police: gang attacked Darmuk depot",
    ] {
        lacks(words, "council");
        lacks(words, "mayor");
        lacks(words, "police");
    }
}

#[test]
fn they_never_accept_the_blame_is_no_claim() {
    check(
        Slot::Responsibility,
        "Two men died in Darmuk. \"They never accept the blame,\" he said of the bakers' union.",
        &[],
    );
}

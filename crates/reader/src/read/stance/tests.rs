use super::*;
use crate::read::{parties, speakers};

/// The stance at the first occurrence of `at`, with its cue.
fn check(text: &str, at_word: &str, kind: StanceKind, cue: Option<&str>) {
    let Some(pipeline) = ::testing::pipeline() else {
        return;
    };
    let doc = pipeline.parse(text, std::slice::from_ref(&(0..text.len())));
    let found = parties::find(&doc, &[]);
    let attributions = speakers::find(&doc, &found);
    let i = doc.token_at(text.find(at_word).unwrap());
    let (got, words) = at(&find(&doc), &attributions, i);
    let words = words.map(|range| doc.slice(range));
    assert_eq!((got, words), (kind, cue), "{text}");
}

#[test]
fn a_plain_statement_is_asserted() {
    check(
        "Police said ten people died.",
        "ten",
        StanceKind::Asserted,
        None,
    );
}

#[test]
fn modals_and_adverbs() {
    check(
        "Ten people may have died.",
        "Ten",
        StanceKind::Possible,
        Some("may"),
    );
    check(
        "The driver allegedly fled.",
        "driver",
        StanceKind::Claimed,
        Some("allegedly"),
    );
    check(
        "Ten people could not leave the house.",
        "Ten",
        StanceKind::Asserted,
        None,
    );
}

#[test]
fn passives_of_belief_and_report() {
    check(
        "The jail is thought to house ten men.",
        "ten",
        StanceKind::Possible,
        Some("is thought to"),
    );
    check(
        "The fire is reported to have killed ten men.",
        "ten",
        StanceKind::Reported,
        Some("is reported to"),
    );
}

#[test]
fn claims_and_denials() {
    check(
        "The army claimed that ten rebels died.",
        "ten",
        StanceKind::Claimed,
        Some("claimed"),
    );
    check(
        "The army denied that ten children died.",
        "ten",
        StanceKind::Denied,
        Some("denied"),
    );
    check(
        "There is no evidence that ten children died.",
        "ten",
        StanceKind::Denied,
        Some("no evidence"),
    );
    check(
        "Claims that ten houses burned are false.",
        "ten",
        StanceKind::Denied,
        Some("are false"),
    );
}

#[test]
fn doubt_reaches_the_nearest_clause() {
    let text = "The group said it had burned the bridge and freed ten men, though this has not been confirmed.";
    check(
        text,
        "ten",
        StanceKind::Unconfirmed,
        Some("has not been confirmed"),
    );
    check(text, "bridge", StanceKind::Asserted, None);
    check(
        "The group said it held ten men. The claim could not be independently verified.",
        "ten",
        StanceKind::Unconfirmed,
        Some("could not be independently verified"),
    );
}

#[test]
fn questions_and_conditions() {
    check("Did ten men flee?", "ten", StanceKind::Possible, Some("?"));
    check(
        "If ten men fled, the jail would close.",
        "ten",
        StanceKind::Possible,
        Some("If"),
    );
}

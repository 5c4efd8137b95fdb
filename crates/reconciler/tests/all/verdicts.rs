//! Verdicts, numbers, order, notes and the incident card.

use model::RuleName;

use super::script::{dossier_of, name, verdicts};

#[track_caller]
fn check(script: &str, want: &[&str]) {
    assert_eq!(verdicts(&dossier_of(script)), want);
}

#[test]
fn two_independent_voices_corroborate() {
    check(
        "# Lake Tribune
         killed 5 by=Varda-police
         # Hill Post
         killed 5 by=Varda-hospital",
        &[
            "killed corroborated: Varda police and Varda hospital, independent as far as can be told",
        ],
    );
}

#[test]
fn one_voice_in_two_outlets_is_one_origin() {
    check(
        "# Lake Tribune
         killed 5 by=Mira-Tosk@Varda-police
         # Hill Post
         killed 5 by=Varda-police",
        &["killed single-origin: Varda police alone says so"],
    );
}

#[test]
fn nobody_named_and_a_party_alone_are_unconfirmed() {
    check(
        "# Lake Tribune
         killed 5 by=?
         escaped hundreds by=Lake-Front!",
        &[
            "killed unconfirmed: reported by nobody named",
            "escaped unconfirmed: Lake Front alone says so, a party to it",
        ],
    );
}

#[test]
fn a_party_beside_one_voice_is_told_apart() {
    check(
        "# Lake Tribune
         killed 5 by=Hill-Army!
         # Hill Post
         killed 5",
        &[
            "killed single-origin: Hill Post alone says so; Hill Army, a party to it, speaks for itself",
        ],
    );
}

#[test]
fn disputed_comes_first_in_its_family_and_hides_nobody() {
    let dossier = dossier_of(
        "# Lake Tribune
         killed 5
         injured 9
         when 2031-05-06
         # Hill Post
         killed 5
         injured 14",
    );
    let lines = verdicts(&dossier);
    assert!(lines[0].starts_with("injured disputed"), "{lines:?}");
    assert!(lines[1].starts_with("killed corroborated"), "{lines:?}");
    assert_eq!(dossier.findings[0].positions.len(), 2);
}

#[test]
fn a_revised_position_says_by_what() {
    let dossier = dossier_of(
        "# Lake Tribune, 2031-05-06
         killed 5 by=Varda-police
         # Hill Post, 2031-05-07
         killed 8 by=Varda-police",
    );
    let finding = &dossier.findings[0];
    assert_eq!(
        verdicts(&dossier),
        ["killed revised: the same voice, 24 hours later: {8} takes the place of {5} in report B"]
    );
    assert!(finding.positions[0].standing && !finding.positions[1].standing);
    let numbers = finding.numbers.as_ref().unwrap();
    assert_eq!(numbers[RuleName::Ucdp].best, Some(8));
    assert_eq!(
        name(&dossier, &numbers[RuleName::Acled].set_aside[0].0),
        "A1"
    );
}

#[test]
fn a_figure_still_said_after_a_revision_stands() {
    let dossier = dossier_of(
        "# Lake Tribune, 2031-05-06
         killed 5
         # Hill Post, 2031-05-07
         killed 8
         # Bay Herald, 2031-05-07
         killed 5",
    );
    assert!(verdicts(&dossier)[0].starts_with("killed corroborated"));
    assert!(
        dossier.findings[0]
            .positions
            .iter()
            .all(|position| position.standing)
    );
}

#[test]
fn parts_are_added_up() {
    let notes = |script: &str| -> Vec<String> {
        dossier_of(script)
            .notes
            .into_iter()
            .map(|note| note.message)
            .collect()
    };
    assert_eq!(
        notes(
            "# Lake Tribune
             killed 123
             killed 77 who=prisoners
             killed 39 who=fighters
             killed 7 who=civilians"
        ),
        ["killed: 77 + 39 + 7 = 123, the total given"]
    );
    assert_eq!(
        notes(
            "# Lake Tribune
             killed 10
             killed 7 who=prisoners
             killed 6 who=fighters"
        ),
        ["killed: 7 + 6 = 13, more than the 10 given for everybody"]
    );
}

#[test]
fn background_is_set_apart_and_never_counted() {
    let dossier = dossier_of(
        "# Lake Tribune
         killed 5
         ~
         killed 30
         when 2025-03-01",
    );
    assert_eq!((dossier.claims.len(), dossier.background.len()), (1, 2));
    assert_eq!(dossier.findings.len(), 1);
    assert_eq!(dossier.findings[0].positions.len(), 1);
    assert!(dossier.timeline.is_empty());
}

#[test]
fn the_title_is_made_of_claims() {
    let dossier = dossier_of(
        "# Lake Tribune
         event attack
         where Dulmira-prison/Varda/Lakeland
         where Lakeland
         when 2031-05-06
         # Hill Post
         event attack
         when 2031-05-06",
    );
    assert_eq!(
        dossier.incident.title,
        "Attack on Dulmira prison, Varda, Lakeland, 6 May 2031"
    );
    assert_eq!(dossier.incident.title_claims.len(), 5);
    assert_eq!(dossier.timeline.len(), 1);
    assert_eq!(
        dossier_of("# Lake Tribune\n killed 4").incident.title,
        "Incident"
    );
}

#[test]
fn no_reports_and_no_claims_give_an_empty_dossier() {
    let none = reconciler::dossier(&[], &super::script::policy());
    assert!(none.findings.is_empty() && none.reports.is_empty());
    assert!(
        dossier_of("# Lake Tribune\n | Nothing happened.")
            .findings
            .is_empty()
    );
}

#[test]
fn a_weekday_corroborates_its_date() {
    check(
        "# Lake Tribune
         when 2031-05-06
         # Hill Post
         when \"on Tuesday\"",
        &["when corroborated: Lake Tribune and Hill Post, independent as far as can be told"],
    );
}

#[test]
fn the_day_is_that_of_the_reports_that_say_it_best() {
    let day = |script: &str| {
        let when = dossier_of(script).incident.when;
        when.map(|when| when.date().to_string())
    };
    let said = "# Lake Tribune, 2031-05-08
         when 2031-05-06
         # Hill Post, 2031-05-08
         when 2031-05-07 basis=near
         # Bay Herald, 2031-05-07
         when 2031-05-07 basis=publication";
    assert_eq!(day(said).as_deref(), Some("2031-05-06"));
    // Two reports of the 9th date it to that day, but the first of all is of the 7th.
    let late = "# Lake Tribune, 2031-05-07
         when 2031-05-06 basis=near
         # Hill Post, 2031-05-09
         when 2031-05-09
         # Bay Herald, 2031-05-09
         when 2031-05-09";
    assert_eq!(day(late).as_deref(), Some("2031-05-06"));
}

#[test]
fn the_title_takes_what_stands_nearest_the_top() {
    let dossier = dossier_of(
        "# Lake Tribune
         killed 5 \"five people died in Varda on a day of fear and long speeches\"
         event prison_break \"an attempted breakout\"
         # Hill Post
         event attack \"gunmen attacked the jail\"",
    );
    assert_eq!(dossier.incident.title, "Attack");
}

#[test]
fn attackers_who_died_are_no_part_of_a_toll_that_does_not_hold_them() {
    let codes = |who: &str| -> Vec<String> {
        let script = format!(
            "# Lake Tribune, 2031-05-06
             killed 21
             killed 8 who=police
             killed 17 who={who}"
        );
        let notes = dossier_of(&script).notes;
        notes.into_iter().map(|note| note.code).collect()
    };
    assert!(!codes("attackers").contains(&"parts-exceed-total".to_owned()));
    assert!(codes("civilians").contains(&"parts-exceed-total".to_owned()));
}

//! The one figure that independent reports agree on.

use model::Slot;

use super::script::dossier_of;

#[track_caller]
fn check(script: &str, slot: Slot, want: Option<(u64, usize, &str)>) {
    let dossier = dossier_of(script);
    let said = dossier
        .agreed(slot)
        .map(|agreed| (agreed.n, agreed.reports.len(), agreed.why.as_str()));
    assert_eq!(said, want);
}

#[test]
fn one_misread_report_is_outvoted() {
    check(
        "# Lake Tribune
         killed 5
         # Hill Post
         killed 50
         # Varda Mail
         killed 5",
        Slot::Killed,
        Some((
            5,
            2,
            "2 of 3 independent reports; a higher figure stands in one report alone",
        )),
    );
}

#[test]
fn a_report_that_tells_of_no_dead_has_no_vote_on_them() {
    check(
        "# Lake Tribune
         injured 4
         # Hill Post
         injured 4
         # Varda Mail
         killed 2",
        Slot::Killed,
        Some((2, 1, "1 of 1 independent reports")),
    );
    check("# Lake Tribune\ninjured 4", Slot::Killed, None);
}

#[test]
fn who_dies_leaves_the_hurt() {
    // At first three hurt, then one of them dead: the reports that agree on the dead say who is left.
    check(
        "# Lake Tribune, 2031-05-06
         injured 3
         # Hill Post, 2031-05-08
         killed 1
         injured 2",
        Slot::Injured,
        Some((
            2,
            1,
            "1 of 2 independent reports; as many give another figure: those that agree on \
             the dead count twice, and the higher stands",
        )),
    );
}

#[test]
fn parts_add_up_where_nobody_gives_the_whole() {
    check(
        "# Lake Tribune
         killed 2 who=women
         killed 3 who=children",
        Slot::Killed,
        Some((3, 1, "1 of 1 independent reports")),
    );
}

#[test]
fn a_toll_of_the_dead_grows() {
    check(
        "# Lake Tribune
         killed 2
         # Hill Post
         killed 2
         # Varda Mail
         killed 3",
        Slot::Killed,
        Some((
            3,
            1,
            "1 of 3 independent reports; the highest figure: a toll of the dead only grows",
        )),
    );
    // Against three that agree, one alone does not stand.
    check(
        "# Lake Tribune
         killed 2
         # Hill Post
         killed 2
         # Varda Mail
         killed 3
         # Coast Radio
         killed 2",
        Slot::Killed,
        Some((
            2,
            3,
            "3 of 4 independent reports; a higher figure stands in one report alone",
        )),
    );
}

#[test]
fn a_part_is_no_larger_than_the_whole() {
    check(
        "# Lake Tribune
         killed 17 who=civilians
         killed 4",
        Slot::Killed,
        Some((17, 1, "1 of 1 independent reports")),
    );
}

#[test]
fn silence_does_not_outvote_those_who_count() {
    check(
        "# Lake Tribune
         injured 26
         # Hill Post
         injured 31
         # Varda Mail
         injured 11
         # Coast Radio
         killed 2
         # Dale Echo
         killed 2",
        Slot::Injured,
        Some((
            31,
            1,
            "1 of 3 independent reports; as many give another figure: those that agree on \
             the dead count twice, and the higher stands",
        )),
    );
}

#[test]
fn a_death_in_open_words_falls_to_those_who_tell_of_the_hurt_alone() {
    for (certainty, want) in [
        (
            "open",
            (
                0,
                1,
                "1 of 2 independent reports; a higher figure stands where words leave the number open",
            ),
        ),
        ("sure", (1, 1, "1 of 1 independent reports")),
    ] {
        check(
            &format!(
                "# Lake Tribune\nkilled 1 basis=report_toll certainty={certainty}\n# Hill Post\ninjured 2"
            ),
            Slot::Killed,
            Some(want),
        );
    }
}

#[test]
fn a_higher_toll_in_open_words_needs_only_one_against_it() {
    check(
        "# Lake Tribune
         killed 2 basis=report_toll certainty=open
         # Hill Post
         killed 1 basis=report_toll",
        Slot::Killed,
        Some((
            1,
            1,
            "1 of 2 independent reports; a higher figure stands where words leave the number open",
        )),
    );
}

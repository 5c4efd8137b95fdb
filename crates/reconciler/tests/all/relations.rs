//! How two claims stand, class by class.

use model::Verdict;

use super::script::{check, dossier_of, relations};

#[test]
fn lower_bounds_that_hold_each_other_are_compatible() {
    check(
        "# Lake Tribune, 2031-05-06
         killed >=200
         # Hill Post, 2031-05-06
         killed >210 by=?",
        &["A1 compatible B1: both are lower bounds; [211, ∞) lies inside [200, ∞)"],
    );
}

#[test]
fn disjoint_figures_of_two_speakers_on_one_day_contradict() {
    check(
        "# Lake Tribune, 2031-05-06T09
         killed 5 by=Varda-police
         # Hill Post, 2031-05-06T20
         killed 8 by=Varda-hospital",
        &[
            "A1 contradicts B1: {5} and {8} share no number; the same people, and no time tells them apart",
        ],
    );
    // Two reports that cannot be steps of one running toll; one report that lets both speak; no time at all.
    check(
        "# Lake Tribune, 2031-05-06T09
         killed 19 by=Varda-ministry
         # Hill Post, 2031-05-06T20
         killed 54 by=Nurses-Union",
        &["A1 contradicts B1"],
    );
    check(
        "# Lake Tribune, 2031-05-06T09
         killed 19 by=Varda-ministry
         killed 23 by=Nurses-Union",
        &["A1 contradicts A2"],
    );
    check(
        "# Lake Tribune
         killed 5 by=Varda-police
         # Hill Post
         killed 8 by=Varda-hospital",
        &["A1 contradicts B1"],
    );
}

#[test]
fn rounded_figures_and_vague_words_contradict_no_number_near_them() {
    for (one, other) in [
        (">17000", "17000"),
        ("~30", "33"),
        (">=90", "81"),
        ("several", "140"),
    ] {
        let found = relations(&dossier_of(&format!(
            "# Lake Tribune, 2031-05-06
             displaced {one} by=Varda-police
             # Hill Post, 2031-05-06
             displaced {other} by=Varda-hospital"
        )));
        assert!(
            found.iter().all(|line| !line.contains("contradicts")),
            "{one} {other}: {found:?}"
        );
    }
}

#[test]
fn who_corrects_a_figure_disputes_nothing_unless_somebody_stands_by_it() {
    let verdict = |script: &str| dossier_of(script).findings[0].verdict;
    let corrected = "# Lake Tribune, 2031-05-06
         escaped 61 by=Varda-police
         # Hill Post, 2031-05-07
         escaped 61 by=Prison-Service stance=denied
         escaped 48 by=Prison-Service";
    assert_ne!(verdict(corrected), Verdict::Disputed);
    let kept = format!("{corrected}\n# Bay Herald, 2031-05-08\nescaped 61 by=Varda-police");
    assert_eq!(verdict(&kept), Verdict::Disputed);
}

#[test]
fn a_later_figure_of_one_speaker_revises_whichever_way_it_goes() {
    for (first, then) in [("5", "8"), ("8", "5")] {
        check(
            &format!(
                "# Lake Tribune, 2031-05-06T09
                 killed {first} by=Varda-police
                 # Hill Post, 2031-05-06T20
                 killed {then} by=Varda-police"
            ),
            &[&format!(
                "B1 revises A1: the same voice, 11 hours later: {{{then}}} takes the place of {{{first}}}"
            )],
        );
    }
}

#[test]
fn a_running_toll_is_told_link_by_link() {
    check(
        "# Lake Tribune, 2031-05-06
         killed 5
         # Hill Post, 2031-05-07
         killed 8
         # Bay Herald, 2031-05-08
         killed 12",
        &["B1 revises A1", "C1 revises A1", "C1 revises B1"],
    );
    check(
        "# Lake Tribune, 2031-05-06
         killed 5
         # Hill Post, 2031-05-07
         killed 8
         # Bay Herald, 2031-05-08
         killed 12
         # Old Herald, 2031-05-09
         killed 14
         # Last Post, 2031-05-10
         killed 15",
        &[
            "B1 revises A1",
            "C1 revises B1",
            "D1 revises C1",
            "E1 revises D1",
        ],
    );
}

#[test]
fn a_lower_count_by_another_voice_later_is_a_tension() {
    check(
        "# Lake Tribune, 2031-05-06
         killed 12 by=Varda-hospital
         # Hill Post, 2031-05-08
         killed 5 by=Hill-Army!",
        &["B1 contradicts A1"],
    );
    check(
        "# Lake Tribune, 2031-05-06
         killed 12 by=Varda-hospital
         # Hill Post, 2031-05-08
         killed 5 by=Varda-police",
        &["B1 tension A1"],
    );
}

#[test]
fn as_of_times_in_one_report_tell_figures_apart() {
    check(
        "# Lake Tribune, 2031-05-08
         killed 5 by=Varda-police asof=2031-05-06
         killed 9 by=Varda-police asof=2031-05-08",
        &["B1 revises A1"].map(|_| "A2 revises A1"),
    );
}

#[test]
fn vague_words_against_numbers() {
    check(
        "# Lake Tribune
         escaped several who=Lake-Front
         escaped many who=Lake-Front
         # Hill Post
         escaped hundreds who=Lake-Front by=Lake-Front! stance=unconfirmed",
        // A vague word is open upward: "several" contradicts no "hundreds".
        &["A1 compatible B1", "A2 compatible B1"],
    );
    check(
        "# Lake Tribune
         held ~640 who=children
         # Hill Post
         at_risk hundreds who=children by=Campaigners",
        &[
            "A1 compatible B1: [576, 704] lies inside [200, 999]; held and at_risk may count the same people",
        ],
    );
}

#[test]
fn parts_belong_to_wholes_and_other_people_are_told_apart() {
    check(
        "# Lake Tribune
         killed >=200
         killed >=23 who=Hill-Army
         # Hill Post
         killed multiple who=children",
        &[
            "A2 part_of A1: Hill Army: part of the figure for everybody",
            "B1 part_of A1: children: part of the figure for everybody",
        ],
    );
    // Two reports that each count other people, and neither everybody: they might be confused.
    check(
        "# Lake Tribune
         killed >=23 who=Hill-Army
         # Hill Post
         killed multiple who=children",
        &["A1 scope_differs B1: Hill Army against children: different people"],
    );
    check(
        "# Lake Tribune
         killed >=17 who=civilians
         killed 6 who=children",
        &["A2 part_of A1: children: part of the figure for civilians"],
    );
}

#[test]
fn one_figure_twice_in_one_report_is_one_claim() {
    check(
        "# Lake Tribune
         hostages ~640 who=children \"some 640 children are hostages\"
         held ~640 who=children \"about 640 children are held\"
         held ~640 who=children \"the 640 or so in there\"",
        &["A1 same_claim A2", "A2 same_claim A3"],
    );
}

#[test]
fn a_denial_without_a_number_contradicts_any() {
    check(
        "# Lake Tribune
         held >50 who=children by=Child-Aid
         # Hill Post
         held multiple who=children by=Hill-Army! stance=denied",
        &["A1 contradicts B1: one denies that there was anybody to count"],
    );
}

#[test]
fn a_lower_bound_that_a_later_report_raises_is_an_early_toll() {
    check(
        "# Lake Tribune, 2031-05-06
         killed >=4
         # Hill Post, 2031-05-07
         killed >=19
         # Bay Herald, 2031-05-07
         killed 21",
        &[
            "B1 compatible A1: both are lower bounds; [19, ∞) lies inside [4, ∞); 24 hours later",
            "B1 compatible C1: {21} lies inside [19, ∞)",
            "C1 revises A1",
        ],
    );
}

#[test]
fn no_day_brings_a_partys_own_figure_up_to_date() {
    check(
        "# Lake Tribune, 2031-05-06
         killed 0 who=civilians by=Hill-Army!
         # Hill Post, 2031-05-08
         killed >=17 who=civilians by=Child-Aid",
        &["B1 contradicts A1"],
    );
}

#[test]
fn people_described_one_by_one_are_some_and_not_all() {
    check(
        "# Lake Tribune
         killed >=3 who=children
         # Hill Post
         killed 2 who=children by=Varda-hospital \"two children\"",
        &["A1 contradicts B1"],
    );
    check(
        "# Lake Tribune
         killed >=3 who=children
         # Hill Post
         killed 2 who=her-two-sons",
        &["A1 compatible B1"],
    );
}

#[test]
fn a_figure_passed_on_stands_at_its_first_time() {
    check(
        "# Health Office, 2031-05-06
         killed 52
         # Hill Post, 2031-05-08
         killed 54
         killed 52 by=Health-Office",
        &["A1 same_origin B2", "B1 revises A1", "B1 revises B2"],
    );
}

#[test]
fn nationalities_compare_as_counts() {
    check(
        "# Lake Tribune
         nationality 20 who=children
         # Hill Post
         nationality dozens who=children",
        &["A1 compatible B1"],
    );
}

#[test]
fn some_of_a_reports_own_toll_are_part_of_it_and_rival_nobody() {
    check(
        "# Lake Tribune, 2031-05-06
         injured 7 basis=report_toll
         injured 2
         # Hill Post, 2031-05-06
         injured 7 basis=report_toll",
        &["A1 corroborates B1", "A2 part_of A1"],
    );
    // What another speaker counts stays beside it.
    check(
        "# Lake Tribune, 2031-05-06
         injured 7 basis=report_toll by=Varda-police
         injured 2 by=Varda-hospital",
        &["A1 contradicts A2"],
    );
}

#[test]
fn people_picked_from_others_are_no_total() {
    check(
        "# Lake Tribune, 2031-05-06
         injured 5 by=Varda-police
         # Hill Post, 2031-05-06
         injured 2 by=Varda-hospital \"2 of the wounded were flown out\"",
        &["A1 compatible B1"],
    );
}

#[test]
fn other_children_who_are_safe_are_not_those_who_died() {
    check(
        "# Lake Tribune, 2031-05-06
         safety safe who=children \"her other children were unharmed\"
         killed 2 who=children by=Varda-police",
        &[],
    );
}

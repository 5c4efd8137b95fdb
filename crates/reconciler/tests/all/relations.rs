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
fn nameless_attackers_may_be_the_group_that_others_name() {
    check(
        "# Lake Tribune
         control attackers \"taken over by the attackers\"
         # Hill Post
         control Lake-Front \"in the hands of the Lake Front\"
         control Hill-Army \"the army held it until noon\"",
        &[],
    );
}

#[test]
fn denial_contradicts() {
    check(
        "# Lake Tribune
         killed 40 by=Lake-Front!
         # Hill Post
         killed 40 by=Hill-Army! stance=denied",
        &["A1 contradicts B1: one denies the figure that the other gives"],
    );
}

#[test]
fn means_of_one_kind_compare_by_number_and_others_do_not() {
    check(
        "# Lake Tribune
         means car_bomb \"a car bomb struck the gate\"
         # Hill Post
         means explosive_vehicle*2 \"drove two vehicles full of explosives\"",
        &["A1 contradicts B1"],
    );
    check(
        "# Lake Tribune
         means car_bomb \"a car bomb struck the gate\"
         # Hill Post
         means firearm \"opened fire\"",
        &[],
    );
    check(
        "# Lake Tribune
         means airstrike \"an airstrike hit the yard\"
         # Hill Post
         means rocket \"a stray rocket fell on the yard\"",
        &["A1 contradicts B1"],
    );
    check(
        "# Lake Tribune
         means airstrike \"an airstrike hit the yard\"
         # Hill Post
         means missile*3 \"three missiles struck\"",
        &["A1 compatible B1: the one may have carried the other"],
    );
    check(
        "# Lake Tribune
         means airstrike \"an airstrike hit the yard\"
         means rocket \"and rockets followed\"
         # Hill Post
         means rocket stance=possible \"a rocket fell on the yard\"
         # Bay Herald
         means bomb*2 \"two bombs fell on the yard\"
         # Old Herald
         means missile*3 \"three missiles struck\"",
        &[
            "A1 compatible C1: a bomb may be either",
            "A1 compatible D1",
            "A2 compatible B1",
            "A2 compatible C1",
            "A2 compatible D1",
            "B1 tension C1",
            "B1 tension D1",
            "C1 contradicts D1",
        ],
    );
    check(
        "# Lake Tribune
         means firearm \"fired a hunting rifle\"
         # Hill Post
         means firearm \"a pistol was found\"
         means firearm stance=denied \"no rifle was used\"",
        &[
            "A1 contradicts B1: a rifle against a handgun",
            "A1 contradicts B2",
        ],
    );
}

#[test]
fn control_and_what_pulls_against_it() {
    check(
        "# Lake Tribune
         control prisoners \"taken over by prisoners\"
         # Hill Post
         status ongoing by=Ana-Rukh@Hill-Council! \"the battle goes on\"
         control Hill-Army by=Ivo-Brand@Hill-Army! \"fully in control of the prison\"",
        &["A1 contradicts B2", "B1 tension B2"],
    );
    check(
        "# Lake Tribune, 2031-05-06
         control prisoners \"taken over by prisoners\"
         # Hill Post, 2031-05-09
         control Hill-Army \"back in army hands\"",
        &["B1 revises A1"],
    );
}

#[test]
fn safe_people_are_not_harmed_at_the_same_time() {
    check(
        "# Lake Tribune
         danger who=children by=Mira-Tosk@UNICEF \"their lives are at stake\"
         # Hill Post
         safety safe who=children by=Ana-Rukh@Hill-Council! \"now they are safe\"
         killed multiple who=children by=Child-Aid
         killed >200
         human_shields who=children actor=Lake-Front by=Ivo-Brand@Hill-Army! \"used as shields\"
         at_risk hundreds who=children",
        &[
            "B1 contradicts A1",
            "B1 contradicts B2",
            "B1 contradicts B4",
            "B1 tension B5",
            "B2 part_of B3",
        ],
    );
    check(
        "# Lake Tribune
         safety safe who=children \"they are safe\"
         killed 0 who=children
         danger who=residents \"residents are at risk\"",
        &[],
    );
    check(
        "# Lake Tribune, 2031-05-09
         safety safe who=children \"they are safe\"
         human_shields who=children asof=2031-05-02 \"were used as shields\"",
        &["A1 tension A2"],
    );
}

#[test]
fn shields_of_other_people_are_other_people() {
    check(
        "# Lake Tribune
         human_shields who=residents actor=Lake-Front \"residents as shields\"
         # Hill Post
         human_shields who=children actor=Lake-Front by=Hill-Army! \"children as shields\"
         human_shields who=children actor=Lake-Front by=Ivo-Brand@Hill-Army! \"the kids as shields\"",
        &[
            "A1 scope_differs B1",
            "B1 same_origin B2: both from Hill Army: one origin, a party to it",
        ],
    );
}

#[test]
fn responsibility_claimed_denied_and_laid_on_others() {
    check(
        "# Lake Tribune
         responsibility Lake-Front by=Lake-Front! stance=claimed \"said it carried out the attack\"
         # Hill Post
         responsibility Lake-Front by=Hill-Army! \"blamed the Lake Front\"
         # Bay Herald
         responsibility Lake-Front by=Lake-Front! stance=denied \"denied that it had any part\"
         # Old Herald
         responsibility Hill-Army by=role:residents \"blamed the army\"",
        &[
            "A1 compatible B1",
            "A1 contradicts D1",
            "A1 tension C1",
            "B1 contradicts C1",
            "B1 contradicts D1",
        ],
    );
}

#[test]
fn dates_agree_by_overlap_and_disagree_when_near() {
    check(
        "# Lake Tribune
         when 2031-05-06
         # Hill Post
         when 2031-05-06
         when 2031-05-08",
        &["A1 corroborates B1: both give 6 May 2031, independently as far as can be told"],
    );
    check(
        "# Lake Tribune
         when 2031-05-06
         # Hill Post
         when 2031-05-07",
        &["A1 tension B1: 6 May 2031 against 7 May 2031"],
    );
    check(
        "# Lake Tribune
         when 2031-05-06
         # Hill Post
         when \"on Tuesday\"
         # Bay Herald
         when \"on Friday\"",
        &["A1 corroborates B1: 6 May 2031 is a Tuesday, and the other gives no more than that day"],
    );
    check(
        "# Lake Tribune
         when 2031-05-06
         status ongoing
         # Hill Post
         when 2031-05-07",
        &[],
    );
}

#[test]
fn times_of_day_disagree_when_the_parts_of_the_day_exclude_each_other() {
    check(
        "# Lake Tribune
         when 2031-05-06T01
         # Hill Post
         when 2031-05-06T03",
        &[
            "A1 corroborates B1: 6 May 2031, 01:00 and 6 May 2031, 03:00 are less than 3 hours apart",
        ],
    );
    check(
        "# Lake Tribune
         when 2031-05-06T01
         # Hill Post
         when 2031-05-06T18",
        &["A1 contradicts B1: 6 May 2031, 01:00 against 6 May 2031, 18:00"],
    );
}

#[test]
fn a_day_inferred_from_publication_disputes_nothing() {
    check(
        "# Lake Tribune
         when 2031-05-06
         # Hill Post
         when 2031-05-07 basis=publication",
        &[],
    );
    check(
        "# Lake Tribune
         when 2031-05-06
         # Hill Post
         when 2031-05-06 basis=publication",
        &["A1 compatible B1: one is inferred from publication and leaves room for the other"],
    );
}

#[test]
fn one_place_under_two_spellings() {
    check(
        "# Lake Tribune
         where Dulmira-prison/Varda/Lakeland
         # Hill Post
         where Dulmeera-jail/Varda/Lakeland
         where Varda/Lakeland",
        &[
            "A1 compatible B2: Dulmira prison lies in Varda",
            "A1 same_place B1: “Dulmira prison” and “Dulmeera jail” are one place",
        ],
    );
}

#[test]
fn two_years_for_one_past_happening_contradict() {
    check(
        "# Lake Tribune
         background \"the Lake Front lost its last coastal stronghold in 2029\"
         # Hill Post
         background \"since its coastal defeat in 2027\"
         background \"the Lake Front seized Varda in 2025\"
         # Bay Herald
         background \"the Lake Front captured Morla in 2026\"",
        &["A1 contradicts B1"],
    );
}

#[test]
fn one_speaker_in_two_reports_is_one_origin() {
    check(
        "# Lake Tribune
         conditions who=children by=UNICEF \"overcrowded and cold\"
         danger who=children by=Mira-Tosk@UNICEF>Reuters \"in danger every minute\"
         # Hill Post
         appeal release who=children by=Mira-Tosk@UNICEF \"need to be released\"
         appeal repatriate who=children by=Mira-Tosk@UNICEF \"need to be sent home\"",
        &["A2 same_origin B1: both from UNICEF: one origin"],
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
fn a_part_of_the_day_and_a_day_that_only_stands_near_dispute_no_date() {
    check(
        "# Lake Tribune, 2031-05-07
         when 2031-05-06T01
         # Hill Post, 2031-05-07
         when 2031-05-09 basis=near",
        &[],
    );
    check(
        "# Lake Tribune, 2031-05-07
         when 2031-05-06T01
         # Hill Post, 2031-05-07
         when 2031-05-08",
        &["A1 contradicts B1"],
    );
}

#[test]
fn the_day_of_an_arrest_is_set_aside() {
    let dossier = super::script::dossier_of(
        "# Lake Tribune, 2031-05-07
         when 2031-05-06
         # Hill Post, 2031-05-09
         when 2031-05-09 basis=follow_up",
    );
    let finding = &dossier.findings[0];
    assert_eq!(finding.verdict, model::Verdict::SingleOrigin);
    let standing: Vec<bool> = finding.positions.iter().map(|it| it.standing).collect();
    assert_eq!(standing, [true, false]);
    assert!(finding.positions[1].why.contains("what followed"));
}

#[test]
fn two_people_charged_do_not_rival_each_other() {
    check(
        "# Lake Tribune, 2031-05-06
         responsibility Abel-Torv basis=charged stance=claimed \"Abel Torv was charged\"
         # Hill Post, 2031-05-08
         responsibility Nils-Okar basis=charged stance=claimed \"Nils Okar was charged\"",
        &[],
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

//! How claims of other slots than counts stand to each other.

use super::script::check;

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

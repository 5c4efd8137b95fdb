//! The parts of an incident of several days: text in, parts out.

use model::{Dossier, Reading, Slot};
use proptest::prelude::*;
use reconciler::dossier;

use super::script::{dossier_of, name, policy, readings};

/// A siege told by two reports; 11 May 2031 is a Sunday.
const SIEGE: &str = r#"
    # Lake Tribune, 2031-05-16
    event siege "The siege of Varda prison is over"
    when 2031-05-11 "Gunmen stormed the prison on 11 May"
    where Varda-prison/Varda/Lakeland "On 11 May they fired on the gate of Varda prison, an attack nobody had expected"
    killed 12 who=guards "On the first day 12 guards were killed in the attack"
    when 2031-05-14 basis=further "Fighting spread to the Low Quarter on Wednesday"
    killed 7 "On Wednesday seven more were killed in the fighting"
    when 2031-05-16 basis=further "The army stormed the last block on Friday"
    control Hill-Army "On Friday the army retook the prison"
    # Hill Post, 2031-05-12
    when 2031-05-11 "Gunmen attacked Varda prison on Sunday"
    killed 12 who=guards "On Sunday twelve guards were killed in the attack"
"#;

/// Each part as `title | claims`.
fn lines(dossier: &Dossier) -> Vec<String> {
    let told = dossier.parts.iter().map(|part| {
        let claims: Vec<String> = part.claims.iter().map(|id| name(dossier, id)).collect();
        format!("{} | {}", part.title, claims.join(" "))
    });
    told.collect()
}

#[track_caller]
fn none(script: &str) {
    assert_eq!(lines(&dossier_of(script)), Vec::<String>::new());
}

#[test]
fn a_siege_has_a_part_for_each_day_that_something_happened() {
    let dossier = dossier_of(SIEGE);
    assert_eq!(
        lines(&dossier),
        [
            "11 May 2031: attack at Varda prison, Varda, Lakeland | A1 A2 B2 B3 B4",
            "14 May 2031: clash | B5 B6",
            "16 May 2031: recapture | B7 B8",
        ]
    );
    assert!(
        dossier.parts[0]
            .why
            .contains("reports A and B put something on 11 May 2031")
    );
    let killed = dossier.parts[1]
        .findings
        .iter()
        .find(|it| it.slot == Slot::Killed)
        .unwrap();
    assert_eq!(killed.positions[0].value.count().unwrap().low, 7);
}

#[test]
fn parts_are_added_only_where_nobody_gives_a_total() {
    let dossier = dossier_of(SIEGE);
    assert_eq!(
        dossier.part_sums[0].arithmetic,
        "12 (11 May 2031) + 7 (14 May 2031) = 19, all by report B"
    );
    let total = SIEGE.replace(
        "event siege",
        "killed >=40 \"At least 40 people lost their lives\"\n    event siege",
    );
    let dossier = dossier_of(&total);
    assert_eq!(dossier.parts.len(), 3);
    assert!(dossier.part_sums.is_empty(), "a stated total stands");
}

#[test]
fn figures_of_two_parts_do_not_contradict() {
    let dossier = dossier_of(&SIEGE.replace("killed 12 who=guards", "killed 12"));
    let killed = dossier
        .findings
        .iter()
        .find(|it| it.slot == Slot::Killed)
        .unwrap();
    assert_ne!(killed.verdict, model::Verdict::Disputed, "{}", killed.why);
    let told = killed
        .relations
        .iter()
        .any(|it| it.why == "figures of different parts: 1 and 2");
    assert!(told, "{:?}", killed.relations);
}

#[test]
fn a_total_of_the_whole_is_no_toll_of_the_day_it_is_told_with() {
    let dossier = dossier_of(&SIEGE.replace(
        "On Wednesday seven more were killed in the fighting",
        "On Wednesday the fighting, which has left seven dead so far, went on",
    ));
    let part = dossier
        .parts
        .iter()
        .find(|part| part.title.starts_with("14 May"))
        .unwrap();
    assert!(
        part.findings
            .iter()
            .all(|finding| finding.slot != Slot::Killed)
    );
}

#[test]
fn one_day_has_no_parts() {
    none(
        r#"# Lake Tribune, 2031-05-12
        when 2031-05-11 "A man opened fire in a bar on Sunday"
        killed 4 "Four people were killed in the shooting on Sunday"
        killed 2 "Two of them died in hospital on Monday"
        captured 1 "The man was arrested on Monday""#,
    );
}

#[test]
fn reports_that_differ_about_the_day_make_no_parts() {
    none(
        r#"# Lake Tribune, 2031-05-13
        when 2031-05-11 "Gunmen stormed the prison on Sunday"
        # Hill Post, 2031-05-13
        when 2031-05-12 "Gunmen stormed the prison on Monday""#,
    );
}

#[test]
fn shootings_of_several_days_are_a_round_up_and_no_siege() {
    none(
        r#"# Lake Tribune, 2031-05-16
        when 2031-05-11 "A man was shot on Mill Street on Sunday"
        when 2031-05-14 basis=further "Another man was shot on Bay Road on Wednesday"
        killed 1 "One more was killed on Wednesday""#,
    );
}

#[test]
fn what_goes_on_without_a_day_comes_last() {
    let dossier = dossier_of(
        r#"# Lake Tribune, 2031-05-12
        when 2031-05-11 "Gunmen stormed the prison on Sunday"
        status ongoing "The battle continues inside and outside the prison""#,
    );
    assert_eq!(
        lines(&dossier),
        [
            "11 May 2031: assault | A1",
            "Going on as reported: clash | A2"
        ]
    );
    assert!(dossier.parts[1].when.is_none());
}

/// Sentences of a siege over four days.
fn sentence() -> impl Strategy<Value = String> {
    let day = prop::sample::select(vec![11u8, 12, 14, 16]);
    let deed = prop::sample::select(vec![
        "Gunmen stormed the prison",
        "Fighting went on",
        "A bomb exploded",
        "People were shot",
        "Nothing was heard",
    ]);
    (day, deed, 0..4u8, 1..30u32).prop_map(|(day, deed, kind, n)| match kind {
        0 => format!("when 2031-05-{day} \"{deed} on {day} May\""),
        1 => format!("when 2031-05-{day} basis=further \"{deed} on {day} May\""),
        2 => format!("killed {n} \"{deed} on {day} May and {n} more were killed\""),
        _ => format!("status ongoing \"{deed} on {day} May and goes on\""),
    })
}

fn siege() -> impl Strategy<Value = String> {
    let head = prop::sample::select(vec![
        "Lake Tribune, 2031-05-12",
        "Hill Post, 2031-05-17",
        "Bay Herald",
    ]);
    let report = (head, prop::collection::vec(sentence(), 0..8))
        .prop_map(|(head, lines)| format!("# {head}\n{}", lines.join("\n")));
    prop::collection::vec(report, 1..5).prop_map(|reports| reports.join("\n"))
}

fn json(readings: &[Reading]) -> String {
    serde_json::to_string(&dossier(readings, &policy())).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_are_of_the_claims_in_order_and_of_no_order_of_reports(script in siege(), turn in 0..5usize) {
        let one = readings(&script);
        let dossier = dossier(&one, &policy());
        let mut other = one.clone();
        let by = turn.min(other.len());
        other.rotate_left(by);
        other.reverse();
        prop_assert_eq!(json(&one), json(&other));
        prop_assert!(dossier.parts.len() != 1, "one part is no parts");
        let days: Vec<_> = dossier.parts.iter().filter_map(|part| part.when.as_ref()).map(|it| it.date()).collect();
        prop_assert!(days.windows(2).all(|pair| pair[0] < pair[1]));
        for part in &dossier.parts {
            prop_assert!(!part.quotes.is_empty(), "a part has words");
            for quote in &part.quotes {
                let reading = one.iter().find(|it| *it.text.id() == quote.text).expect("a text of the dossier");
                let span = reading.text.span_of(quote).expect("the words are there");
                prop_assert_eq!(reading.text.slice(span), quote.exact.as_str());
            }
            for id in &part.claims {
                prop_assert!(dossier.claim(id).is_some(), "a claim of the dossier");
            }
            for id in part.findings.iter().flat_map(|it| &it.positions).flat_map(|it| &it.claims) {
                prop_assert!(part.claims.contains(id), "a finding of the part's own claims");
            }
        }
        for sum in &dossier.part_sums {
            prop_assert!(sum.claims.iter().all(|id| dossier.claim(id).is_some()));
        }
    }
}

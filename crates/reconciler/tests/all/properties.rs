//! What must hold for any readings.

use std::collections::BTreeSet;

use model::{Reading, RuleName};
use proptest::prelude::*;
use reconciler::dossier;

use super::script::{policy, readings};

/// A claim line over few values, so that values meet.
fn line() -> impl Strategy<Value = String> {
    let slot = prop::sample::select(vec![
        "killed",
        "injured",
        "held",
        "hostages",
        "escaped",
        "human_shields",
        "safety",
        "danger",
        "control",
        "responsibility",
        "means",
        "when",
        "where",
        "event",
        "status",
        "background",
        "appeal",
        "statement",
        "nationality",
    ]);
    let n = prop::sample::select(vec![
        "3", "5", ">=5", ">8", "~12", "dozens", "several", "4..9", "<=40",
    ]);
    let who = prop::sample::select(vec![
        "",
        " who=children",
        " who=Lake-Front",
        " who=civilians",
        " who=women",
    ]);
    let by = prop::sample::select(vec![
        "",
        " by=?",
        " by=Varda-police",
        " by=Ivo-Brand@Hill-Army!",
        " by=Lake-Front!",
        " by=role:residents",
        " by=Lake-Tribune",
        " by=Mira-Tosk@UNICEF>Reuters",
    ]);
    let more = prop::sample::select(vec![
        "",
        "",
        "",
        " stance=denied",
        " stance=possible",
        " asof=2031-05-05",
        " actor=LF",
    ]);
    (slot, n, who, by, more, 0..5usize).prop_map(|(slot, n, who, by, more, k)| {
        let value = match slot {
            "human_shields" | "danger" | "background" | "statement" => String::new(),
            "safety" => "safe".into(),
            "control" | "responsibility" => {
                ["Lake-Front", "LF", "Hill-Army", "prisoners", "UN"][k].into()
            }
            "means" => [
                "car_bomb*1",
                "explosive_vehicle*2",
                "airstrike",
                "rocket",
                "firearm",
            ][k]
                .into(),
            "when" => [
                "2031-05-06",
                "2031-05-07",
                "2031-05-06T09",
                "2031-05-01",
                "2031-05-06",
            ][k]
                .into(),
            "where" => [
                "Dulmira-prison/Varda/Lakeland",
                "Dulmeera-jail/Varda/Lakeland",
                "Varda/Lakeland",
                "Lakeland",
                "Hillia",
            ][k]
                .into(),
            "event" => ["attack", "bombing", "siege", "attack", "clash"][k].into(),
            "status" => ["ongoing", "ended", "ongoing", "paused", "ended"][k].into(),
            "appeal" => ["release", "help", "access", "release", "protect"][k].into(),
            _ => n.to_owned(),
        };
        let words = format!("line {slot} {k} of the coastal defeat in 20{}", 20 + k);
        format!("{slot} {value}{who}{by}{more} \"{words}\"")
    })
}

fn script() -> impl Strategy<Value = String> {
    let head = prop::sample::select(vec![
        "# Lake Tribune, 2031-05-06",
        "# Hill Post, 2031-05-06T10",
        "# Bay Herald, 2031-05-08",
        "# -",
        "# Old Post",
    ]);
    let report = (head, prop::collection::vec(line(), 0..9))
        .prop_map(|(head, lines)| format!("{head}\n{}", lines.join("\n")));
    prop::collection::vec(report, 0..6).prop_map(|reports| reports.join("\n"))
}

fn json(readings: &[Reading]) -> String {
    serde_json::to_string(&dossier(readings, &policy())).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_of_readings_never_matters(script in script(), seed in any::<u64>()) {
        let one = readings(&script);
        let mut other = one.clone();
        let mut state = seed | 1;
        for i in (1..other.len()).rev() {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            other.swap(i, (state >> 33) as usize % (i + 1));
        }
        prop_assert_eq!(json(&one), json(&other));
    }

    #[test]
    fn every_claim_is_held_by_one_position_and_keeps_its_words(script in script()) {
        let all = readings(&script);
        let dossier = dossier(&all, &policy());
        let mut given = BTreeSet::new();
        for reading in &all {
            for claim in reading.accounts.iter().flat_map(|account| &account.claims) {
                given.insert(claim.id.clone());
                let kept = dossier.claim(&claim.id).expect("no claim is lost");
                let span = reading.text.span_of(kept.quote()).expect("the quote is of its text");
                prop_assert_eq!(reading.text.slice(span), kept.quote().exact.as_str());
            }
        }
        let mut held = Vec::new();
        for finding in &dossier.findings {
            for position in &finding.positions {
                prop_assert!(position.standing || !position.why.is_empty());
                held.extend(position.claims.iter().cloned());
            }
            if let Some(numbers) = &finding.numbers {
                let claims: usize = finding.positions.iter().map(|position| position.claims.len()).sum();
                for range in numbers.iter().filter(|it| it.name != RuleName::Airwars).map(|it| &it.range) {
                    prop_assert_eq!(range.used.len() + range.set_aside.len(), claims);
                }
                // This rule presumes civilians: their finding draws on what is said of everybody too.
                let airwars = &numbers[RuleName::Airwars];
                prop_assert!(airwars.used.len() + airwars.set_aside.len() >= claims);
            }
        }
        let once: BTreeSet<_> = held.iter().cloned().collect();
        prop_assert_eq!(once.len(), held.len());
        prop_assert_eq!(once, given);
    }

    #[test]
    fn only_figures_with_nothing_in_common_contradict(script in script()) {
        let dossier = dossier(&readings(&script), &policy());
        for relation in dossier.findings.iter().flat_map(|finding| &finding.relations) {
            let (a, b) = (dossier.claim(&relation.a).unwrap(), dossier.claim(&relation.b).unwrap());
            prop_assert!(!relation.why.is_empty());
            if relation.kind == model::RelationKind::Contradicts
                && let (model::Value::Count(x), model::Value::Count(y)) = (&a.value, &b.value)
                && a.stance.kind != model::StanceKind::Denied
                && b.stance.kind != model::StanceKind::Denied
            {
                prop_assert!(!x.overlaps(y), "{:?} {:?}", x, y);
            }
        }
    }
}

#[test]
fn the_same_report_twice_is_one_report_and_a_note() {
    let all = readings("# Lake Tribune\n killed 5");
    let twice: Vec<Reading> = all.iter().chain(&all).cloned().collect();
    let dossier = dossier(&twice, &policy());
    assert_eq!((dossier.reports.len(), dossier.claims.len()), (1, 1));
    assert_eq!(dossier.notes[0].code, "report-given-twice");
}

#[test]
fn a_thousand_copies_are_one_voice_with_few_relations() {
    let story = (0..60)
        .map(|i| {
            format!(
                "| sentence {i} of a long story about matter {i} in the town of Varda number {i}"
            )
        })
        .collect::<Vec<_>>()
        .join("\n");
    let script: String = (0..1000)
        .map(|i| {
            format!(
                "# Outlet {i}, 2031-05-06\n{story}\nkilled 12 \"twelve people died at the wall\"\n"
            )
        })
        .collect();
    let dossier = dossier(&readings(&script), &policy());
    assert_eq!(dossier.origins.len(), 1);
    assert_eq!(dossier.lineage.len(), 999);
    assert!(dossier.findings[0].relations.len() < 50);
    assert!(!verdict_is_corroborated(&dossier));
}

fn verdict_is_corroborated(dossier: &model::Dossier) -> bool {
    dossier.findings[0].verdict == model::Verdict::Corroborated
}

#[test]
fn many_reports_of_many_claims_give_a_bounded_number_of_relations() {
    let slots = [
        "killed",
        "injured",
        "missing",
        "escaped",
        "held",
        "displaced",
        "captured",
        "freed",
    ];
    let who = [
        "",
        " who=children",
        " who=women",
        " who=civilians",
        " who=Lake-Front",
    ];
    let mut script = String::new();
    for report in 0..300 {
        script.push_str(&format!(
            "# Outlet {report}, 2031-05-{:02}\n",
            1 + report % 28
        ));
        for (s, slot) in slots.iter().enumerate() {
            for (w, who) in who.iter().enumerate() {
                script.push_str(&format!(
                    "{slot} {}{who} \"{slot} {report} {s} {w}\"\n",
                    (report * 7 + s * 3 + w) % 97
                ));
            }
        }
    }
    let dossier = dossier(&readings(&script), &policy());
    assert_eq!(dossier.claims.len(), 12_000);
    let most = dossier
        .findings
        .iter()
        .map(|finding| finding.relations.len())
        .max()
        .unwrap();
    assert!(most < 1_500, "{most}");
}

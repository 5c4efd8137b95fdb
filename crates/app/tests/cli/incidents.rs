//! `crossbearing dossier` on many reports: the list, one of it, judgements.

use std::fs;

use serde_json::Value;

use super::{
    REPORT, SAMPLES,
    common::{folder, run},
    golden, samples, schema,
};

#[test]
fn a_heap_of_reports_is_sorted_into_its_incidents() {
    if !testing::prepared() {
        return;
    }
    let ask = |what: &[&str]| run(&samples(), &[&["dossier"][..], SAMPLES, what].concat());
    let ran = ask(&["--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let list: Value = serde_json::from_str(&ran.out).unwrap();
    let text = fs::read_to_string(samples().join("../schema/incidents-1.schema.json")).unwrap();
    assert_eq!(
        schema::Schema::new(&text).errors(&list),
        Vec::<String>::new()
    );
    let incidents = list["incidents"].as_array().unwrap();
    let sizes: Vec<usize> = incidents
        .iter()
        .map(|line| line["reports"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [5, 5, 4, 4], "in order of time");
    // One of them by its id is what its folder gives alone, and every link in it says why.
    let id = incidents[3]["id"].as_str().unwrap();
    let alone = ask(&["--incident", &id[..10], "--json"]).out;
    assert!(alone == golden("depot-shooting", "json"));
    let why = run(
        &samples(),
        &["dossier", "depot-shooting", "--incident", id, "--why"],
    );
    assert!(
        why.out.contains("LINKS") && why.out.contains("stand in both"),
        "{}",
        why.out
    );
    let none = run(
        &samples(),
        &["dossier", "depot-shooting", "--incident", "i:xyz"],
    );
    assert_eq!(none.code, 1);
    assert!(
        none.err.contains("no incident has the id i:xyz"),
        "{}",
        none.err
    );
}

#[test]
fn judgements_bind() {
    if !testing::prepared() {
        return;
    }
    let folder = folder("judgements");
    let other = REPORT.replace("Orrin", "Tasdur").replace("mill", "harbour");
    fs::write(folder.join("a.txt"), REPORT).unwrap();
    fs::write(folder.join("b.txt"), other).unwrap();
    let count = |judgements: &str| {
        fs::write(folder.join("j.jsonl"), judgements).unwrap();
        let args = [
            "dossier",
            "a.txt",
            "b.txt",
            "--json",
            "--judgements",
            "j.jsonl",
        ];
        let ran = run(&folder, &args);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let found: Value = serde_json::from_str(&ran.out).unwrap();
        found["incidents"].as_array().map_or(1, Vec::len)
    };
    let one = run(&folder, &["dossier", "a.txt", "b.txt", "--one", "--json"]);
    let one: Value = serde_json::from_str(&one.out).unwrap();
    let id = |at: usize| {
        one["reports"][at]["report"]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let judgement = |decision: &str| {
        format!(
            "{{\"decision\":\"{decision}\",\"a\":\"{}\",\"b\":\"{}\"}}\n",
            id(0),
            id(1)
        )
    };
    assert_eq!(count(&judgement("same")), 1);
    assert_eq!(count(&judgement("different")), 2);
    fs::write(folder.join("j.jsonl"), "nonsense").unwrap();
    let ran = run(&folder, &["dossier", "a.txt", "--judgements", "j.jsonl"]);
    assert!(
        ran.err.contains("j.jsonl:1: not a judgement"),
        "{}",
        ran.err
    );
}

#[test]
fn reports_without_a_day_a_place_or_a_possible_date_are_kept_and_told() {
    if !testing::prepared() {
        return;
    }
    let folder = folder("impossible");
    let all = [
        (
            "a.txt",
            "Title: Attack in Orvane\nPublished: 2023-02-31\n\nAt least four people were killed on 31 February 2023 \
             when gunmen attacked. On the 45th of May two more died at 25:99.\n",
        ),
        ("b.txt", "Gunmen attacked and killed 3 people.\n"),
        (
            "c.txt",
            "Title: Deaths\nPublished: 99999-99-99\n\nThree people were killed on 0/0/0000 by gunmen.\n",
        ),
    ];
    for (name, text) in all {
        fs::write(folder.join(name), text).unwrap();
    }
    // The same report under many names is one.
    for n in 0..40 {
        fs::write(folder.join(format!("copy-{n}.txt")), all[0].1).unwrap();
    }
    let ran = run(&folder, &["dossier", ".", "--list", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("publication date given could not be read"),
        "{}",
        ran.err
    );
    let list: Value = serde_json::from_str(&ran.out).unwrap();
    let incidents = list["incidents"].as_array().unwrap();
    let kept: usize = incidents
        .iter()
        .map(|it| it["reports"].as_array().unwrap().len())
        .sum();
    assert_eq!(kept, 3, "none is lost and none counts twice");
    let same = list["notes"].as_array().unwrap();
    let same = same.iter().filter(|it| it["code"] == "same-report").count();
    assert_eq!(same, 40);
}

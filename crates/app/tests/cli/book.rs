//! A casebook from the command line: made, filled, read, judged, searched, copied, held against its log.

use std::{fs, path::Path};

use serde_json::Value;

use super::{
    common::{self, as_ana as run, done, folder, json, sample},
    golden,
};

/// The case id of the incident whose title holds `words`.
fn case(folder: &Path, words: &str) -> String {
    let list = json(folder, &["list"]);
    let all = list["incidents"].as_array().unwrap();
    let found = all
        .iter()
        .find(|line| line["title"].as_str().unwrap().contains(words));
    found.unwrap_or_else(|| panic!("{words}: {list}"))["case_id"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// A casebook with two samples in it, read.
fn filled(name: &str) -> std::path::PathBuf {
    let folder = folder(name);
    done(&folder, &["init"]);
    done(
        &folder,
        &["add", &sample("depot-shooting"), &sample("river-strike")],
    );
    let ran = json(&folder, &["run"]);
    assert_eq!(ran["read"]["read"], 8, "{ran}");
    assert_eq!(ran["linked"]["incidents"], 2, "{ran}");
    folder
}

#[test]
fn a_casebook_gives_the_dossiers_that_its_reports_give_without_one() {
    if !testing::prepared() {
        return;
    }
    let folder = filled("book-dossiers");
    for (words, sample) in [("depot", "depot-shooting"), ("Airstrike", "river-strike")] {
        let case = case(&folder, words);
        let shown = done(&folder, &["show", &case, "--json"]);
        assert!(shown == golden(sample, "json"), "{sample} as JSON");
        let shown = done(&folder, &["show", &case[..10]]);
        assert!(
            shown == golden(sample, "txt"),
            "{sample} on the terminal: {shown}"
        );
    }
    // All is done: nothing is read, linked or made again, and nothing is new.
    let again = json(&folder, &["run"]);
    assert_eq!(
        (&again["read"]["read"], &again["linked"]["made"]),
        (&0.into(), &0.into())
    );
    assert_eq!(
        json(&folder, &["news"])["changes"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        json(&folder, &["news"])["changes"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    // What is derived comes again, the same to the byte.
    let file = folder.join("casebook").join(store::FILE);
    let before = rows(&folder);
    let mut open = store::Store::open(&store::Place::Folder(folder.join("casebook"))).unwrap();
    open.write(&mut |tx| store::results::remove_derived(tx))
        .unwrap();
    drop(open);
    assert!(rows(&folder) != before && file.exists());
    let again = json(&folder, &["run"]);
    assert_eq!(again["read"]["read"], 8, "{again}");
    assert!(rows(&folder) == before);
    assert_eq!(
        json(&folder, &["audit", "verify"])["faults"],
        Value::Array(Vec::new())
    );
}

/// All rows of what is derived.
fn rows(folder: &Path) -> Vec<String> {
    let mut open = store::Store::open(&store::Place::Folder(folder.join("casebook"))).unwrap();
    let mut out = Vec::new();
    for table in store::schema::TABLES {
        if table.kind == store::schema::Kind::Derived {
            let rows = open.database().rows(&table.select(""), &[]).unwrap();
            out.extend(rows.iter().map(|row| format!("{} {row:?}", table.name)));
        }
    }
    out
}

#[test]
fn reports_come_in_once_and_bad_ones_are_told() {
    let folder = folder("book-add");
    let ran = run(&folder, &["add", &sample("depot-shooting")]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("no casebook is here") && ran.err.contains("crossbearing init"),
        "{}",
        ran.err
    );
    done(&folder, &["init"]);
    let ran = run(&folder, &["init"]);
    assert!(
        ran.code == 1 && ran.err.contains("is here already"),
        "{}",
        ran.err
    );
    let would = json(&folder, &["add", "--dry-run", &sample("depot-shooting")]);
    assert_eq!(would["new"], 4);
    let added = json(&folder, &["add", &sample("depot-shooting")]);
    assert_eq!((&added["new"], &added["known"]), (&4.into(), &0.into()));
    let added = json(&folder, &["add", &sample("depot-shooting")]);
    assert_eq!((&added["new"], &added["known"]), (&0.into(), &4.into()));
    fs::write(folder.join("empty.txt"), "").unwrap();
    fs::write(
        folder.join("lines.jsonl"),
        "{\"text\": \"Two people were hurt in Kelmoor on Monday.\", \"title\": \"Two hurt\"}\nno line\n",
    )
    .unwrap();
    let ran = run(&folder, &["add", "empty.txt", "lines.jsonl", "--json"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    let added: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(added["new"], 1);
    assert!(
        ran.err.contains("empty.txt") && ran.err.contains("lines.jsonl:2"),
        "{}",
        ran.err
    );
    let found = json(&folder, &["search", "kelmoor", "hurt"]);
    assert!(
        found
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["title"] == "Two hurt"),
        "{found}"
    );
    let id = found
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["title"] == "Two hurt")
        .unwrap()["id"]
        .clone();
    let shown = json(&folder, &["show", id.as_str().unwrap()]);
    assert_eq!(shown["captures"][0]["method"], "archive");
    assert!(
        shown["captures"][0]["container"]
            .as_str()
            .unwrap()
            .contains("lines.jsonl"),
        "{shown}"
    );
}

#[test]
fn a_judgement_holds_until_it_is_taken_back() {
    if !testing::prepared() {
        return;
    }
    let folder = filled("book-review");
    let depot = case(&folder, "depot");
    let dossier = json(&folder, &["show", &depot]);
    let killed = dossier["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["slot"] == "killed" && it["scope"]["role"] == "all")
        .unwrap();
    let claim = killed["positions"][0]["claims"][0]
        .as_str()
        .unwrap()
        .to_owned();
    let ran = run(&folder, &["review", "reject", &claim, "--reason", " "]);
    assert!(
        ran.code == 1 && ran.err.contains("needs a reason"),
        "{}",
        ran.err
    );
    let ran = run(
        &folder,
        &[
            "review", "correct", &claim, "value", "lots", "--reason", "misread",
        ],
    );
    assert!(
        ran.code == 1 && ran.err.contains("at least 12"),
        "{}",
        ran.err
    );
    let made = json(
        &folder,
        &[
            "review", "correct", &claim, "value", "9", "--reason", "misread", "--seen", "0",
        ],
    );
    let ran = run(
        &folder,
        &["review", "reject", &claim, "--reason", "no", "--seen", "0"],
    );
    assert!(
        ran.code == 1 && ran.err.contains("judged by Ana in the meantime"),
        "{}",
        ran.err
    );
    // One report that says otherwise moves no figure; all of them do.
    let positions = killed["positions"].as_array().unwrap().iter();
    let others = positions.flat_map(|it| it["claims"].as_array().unwrap());
    let mut decided = vec![made["id"].as_str().unwrap().to_owned()];
    for other in others
        .map(|it| it.as_str().unwrap())
        .filter(|it| *it != claim)
    {
        let words = [
            "review", "correct", other, "value", "9", "--reason", "misread",
        ];
        decided.push(json(&folder, &words)["id"].as_str().unwrap().to_owned());
    }
    let ran = json(&folder, &["run"]);
    assert_eq!(ran["linked"]["made"], 1, "{ran}");
    let now = json(&folder, &["show", &depot]);
    let corrected = now["claims"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["id"] == claim.as_str())
        .unwrap();
    assert_eq!(
        (&corrected["value"]["low"], &corrected["judged"]["who"]),
        (&9.into(), &"Ana".into())
    );
    assert_eq!(
        json(&folder, &["list"])["incidents"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| it["judged"] == decided.len())
            .count(),
        1
    );
    let news = json(&folder, &["news", "--since", "0", "--keep"]);
    assert!(
        news["changes"]
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["what"] == "figure"),
        "{news}"
    );
    for id in &decided {
        json(&folder, &["review", "undo", id, "--reason", "it was right"]);
    }
    json(&folder, &["run"]);
    assert!(done(&folder, &["show", &depot, "--json"]) == golden("depot-shooting", "json"));
    assert_eq!(
        json(&folder, &["audit", "verify"])["faults"],
        Value::Array(Vec::new())
    );
}

#[test]
fn incidents_are_merged_and_split_and_keep_their_names() {
    if !testing::prepared() {
        return;
    }
    let folder = filled("book-merge");
    let (depot, strike) = (case(&folder, "depot"), case(&folder, "Airstrike"));
    let made = json(
        &folder,
        &["review", "merge", &depot, &strike, "--reason", "a test"],
    );
    let ran = json(&folder, &["run"]);
    assert_eq!(
        (&ran["linked"]["merged"], &ran["linked"]["incidents"]),
        (&1.into(), &1.into()),
        "{ran}"
    );
    let list = json(&folder, &["list"]);
    let kept = list["incidents"][0]["case_id"].as_str().unwrap().to_owned();
    assert_eq!(list["incidents"][0]["reports"], 8);
    assert!([&depot, &strike].contains(&&kept));
    // The name that ended leads to the one that it went into.
    let ended = if kept == depot { &strike } else { &depot };
    assert_eq!(
        json(&folder, &["show", ended])["incident"]["case"],
        kept.as_str()
    );
    json(
        &folder,
        &[
            "review",
            "undo",
            made["id"].as_str().unwrap(),
            "--reason",
            "they are two",
        ],
    );
    let ran = json(&folder, &["run"]);
    assert_eq!(
        (&ran["linked"]["split"], &ran["linked"]["incidents"]),
        (&1.into(), &2.into()),
        "{ran}"
    );
    let list = json(&folder, &["list"]);
    assert!(
        list["incidents"]
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["case_id"] == kept.as_str())
    );
    let news = json(&folder, &["news", "--since", "0"]);
    let told: Vec<&str> = news["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["what"].as_str().unwrap())
        .collect();
    assert!(
        told.contains(&"merged") && told.contains(&"split"),
        "{told:?}"
    );
    assert_eq!(
        json(&folder, &["audit", "verify"])["faults"],
        Value::Array(Vec::new())
    );
}

#[test]
fn a_casebook_is_copied_purged_and_held_against_its_log() {
    if !testing::prepared() {
        return;
    }
    let folder = filled("book-copy");
    let anchor = done(&folder, &["audit", "anchor"]).trim().to_owned();
    done(&folder, &["backup", "copy"]);
    let copied = json(&folder, &["list", "--casebook", "copy"]);
    assert_eq!(copied, json(&folder, &["list"]));
    done(
        &folder,
        &["audit", "verify", "--casebook", "copy", "--anchor", &anchor],
    );
    let wrong = format!("{}0", &anchor[..anchor.len() - 1]);
    let other = if wrong == anchor {
        format!("{}1", &anchor[..anchor.len() - 1])
    } else {
        wrong
    };
    let ran = run(&folder, &["audit", "verify", "--anchor", &other]);
    assert!(
        ran.code == 1 && ran.out.contains("NOT AS WRITTEN"),
        "{}",
        ran.out
    );
    let found = json(&folder, &["search", "depot"]);
    let id = found[0]["id"].as_str().unwrap().to_owned();
    let before = case(&folder, "depot");
    done(&folder, &["purge", &id, "--reason", "a survivor asked"]);
    done(&folder, &["run"]);
    let after = json(&folder, &["show", &case(&folder, "depot")]);
    assert_eq!(after["reports"].as_array().unwrap().len(), 3);
    assert_eq!(after["incident"]["case"], before.as_str());
    done(&folder, &["audit", "verify", "--anchor", &anchor]);
    let ran = run(&folder, &["show", &id]);
    assert!(
        ran.code == 1 && ran.err.contains("not in the casebook"),
        "{}",
        ran.err
    );
    done(
        &folder,
        &[
            "export",
            "csv-claims=claims.csv",
            "csv-incidents=incidents.csv",
        ],
    );
    assert!(
        !fs::read_to_string(folder.join("claims.csv"))
            .unwrap()
            .contains(&id)
    );
    let ran = run(&folder, &["export", "xml=a.xml"]);
    assert!(
        ran.code == 1 && ran.err.contains("csv-claims"),
        "{}",
        ran.err
    );
    done(&folder, &["restore", "copy", "--casebook", "back"]);
    assert_eq!(json(&folder, &["list", "--casebook", "back"]), copied);
}

/// A site that answers one page whatever it is asked for, and has no rules.
fn site(page: &'static str) -> u16 {
    testing::site::serve(move |path, _| match path {
        "/robots.txt" => testing::site::Answer::missing(),
        _ => testing::site::Answer::html(page.to_owned()),
    })
}

#[test]
fn pages_are_fetched_where_that_is_safe() {
    let folder = folder("book-fetch");
    done(&folder, &["init"]);
    let port = site(
        "<html><head><title>Two hurt in Kelmoor</title></head><body><article><h1>Two hurt in Kelmoor</h1>\
         <p>Two people were hurt when a shell hit a bakery in Kelmoor on Monday, the mayor said.</p>\
         <p>The bakery had been closed for a week, and nobody knew why the two had come.</p></article></body></html>",
    );
    let address = format!("http://127.0.0.1:{port}/a");
    for refused in [
        address.as_str(),
        "file:///etc/passwd",
        "http://169.254.169.254/latest/",
        "ftp://a.example/",
    ] {
        let ran = run(&folder, &["add", refused]);
        assert!(
            ran.code == 1 && ran.err.contains(refused) && ran.err.contains("hint"),
            "{refused}: {}",
            ran.err
        );
    }
    let added = json(&folder, &["add", "--allow-private", &address]);
    assert_eq!(added["new"], 1, "{added}");
    let found = json(&folder, &["search", "bakery"]);
    let shown = json(&folder, &["show", found[0]["id"].as_str().unwrap()]);
    assert_eq!(shown["report"]["url"], address.as_str());
    assert_eq!(shown["captures"][0]["status"], 200);
    let headers = shown["captures"][0]["headers"].to_string();
    assert!(headers.contains("content-type"), "{headers}");
    assert_eq!(
        json(&folder, &["audit", "verify"])["faults"],
        Value::Array(Vec::new())
    );
}

/// An address of a database of the test's own, where there is a server.
fn shared(schema: &str) -> Option<String> {
    use store::database::Database;
    let server = testing::postgres()?;
    let mut database = store::database::Postgres::connect(&server).unwrap();
    let sql = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
    database.script(&sql).unwrap();
    Some(format!("{server}?options=-csearch_path%3D{schema}"))
}

#[test]
fn a_shared_casebook_is_the_same_casebook() {
    let Some(address) = shared("cli_shared").filter(|_| testing::prepared()) else {
        return;
    };
    let folder = filled("book-shared");
    let at = ["--casebook", address.as_str()];
    let with = |words: &[&str]| json(&folder, &[words, &at].concat());
    with(&["init"]);
    with(&["add", &sample("depot-shooting"), &sample("river-strike")]);
    with(&["run"]);
    assert_eq!(with(&["list"]), json(&folder, &["list"]));
    let case = case(&folder, "depot");
    let shown = done(&folder, &[&["show", &case, "--json"], &at[..]].concat());
    assert!(shown == golden("depot-shooting", "json"));
    assert_eq!(
        with(&["audit", "verify"])["faults"],
        Value::Array(Vec::new())
    );
    // From the server to a folder.
    done(&folder, &[&["backup", "copy"], &at[..]].concat());
    assert_eq!(
        json(&folder, &["list", "--casebook", "copy"]),
        with(&["list"])
    );
}

/// Reports as JSON lines, `from` to `to`.
fn lines(from: usize, to: usize) -> String {
    let line = |n: usize| {
        format!(
            "{{\"title\": \"Report {n}\", \"url\": \"https://outlet.example/{n}\", \"text\": \"In town {n} the council \
             met on Monday. Nobody was hurt in the storm of the night before, the mayor of town {n} said.\"}}\n"
        )
    };
    (from..to).map(line).collect()
}

#[test]
fn two_who_add_at_once_lose_nothing() {
    let folder = folder("book-two");
    done(&folder, &["init"]);
    fs::write(folder.join("a.jsonl"), lines(0, 1500)).unwrap();
    fs::write(folder.join("b.jsonl"), lines(1000, 2500)).unwrap();
    let start = |file: &str| {
        let mut command = common::program(&folder, &["add", file, "--who", "Ana"]);
        command
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null());
        command.spawn().unwrap()
    };
    for mut child in [start("a.jsonl"), start("b.jsonl")] {
        assert!(child.wait().unwrap().success());
    }
    let audit = json(&folder, &["audit", "verify"]);
    assert_eq!(
        (&audit["reports"], &audit["faults"]),
        (&2500.into(), &Value::Array(Vec::new()))
    );
    // The 500 that came twice are kept once, received twice.
    assert_eq!(audit["captures"], 3000);
}
